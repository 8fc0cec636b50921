//! `crossread search`: one query for people or scripts, or a file of queries for an evaluation.

use super::input::{self, Opened};
use super::output::{self, Output};
use super::{Status, ask};
use anyhow::{Context, Result};
use crossread::engine::views::{Ranked, Results, Snippet};
use crossread::engine::{Answer, Filters, Request, Scalars, Sort};
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Searches articles.
///
/// A query has words, “phrases”, -excluded words, OR, prefix*, and title: source: entity: before: after: fields.
#[derive(clap::Args)]
#[command(
    override_usage = "crossread search [OPTIONS] QUERY PATH…\n       \
                            crossread search --queries FILE.tsv --trec RUN [--limit N] PATH…",
    after_help = "Examples:\n  crossread search '\"direct talks\" -sanctions' articles/\n  \
                        crossread search --json --limit 5 Araghchi briefing.html\n  \
                        crossread search --queries queries.tsv --trec run.txt docs.jsonl"
)]
pub struct Arguments {
    /// The query, then files, folders, corpus files or pages.
    #[arg(required = true, value_name = "QUERY PATH…", num_args = 1..)]
    rest: Vec<String>,
    /// Articles at most.
    #[arg(long, value_name = "N")]
    limit: Option<u32>,
    /// One JSON object a line; offsets are Unicode scalar values into the article's text.
    #[arg(long)]
    json: bool,
    /// Queries from a file, `id<TAB>query` a line, in place of QUERY.
    #[arg(long, value_name = "FILE.tsv", requires = "trec")]
    queries: Option<PathBuf>,
    /// Where to write the run of --queries: `id Q0 article rank score crossread` a line; `-` for standard output.
    #[arg(long, value_name = "RUN", requires = "queries")]
    trec: Option<PathBuf>,
}

/// A result as a line of JSON.
#[derive(Serialize)]
struct Line<'a> {
    article: &'a str,
    score: f64,
    title: &'a str,
    snippet: &'a str,
    hits: Vec<[u32; 2]>,
    why: String,
}

/// Runs it.
pub fn run(arguments: Arguments) -> Result<Status> {
    if let (Some(queries), Some(run)) = (&arguments.queries, &arguments.trec) {
        let mut opened = input::open(&paths(&arguments.rest), None)?;
        return trec(&mut opened, queries, run, arguments.limit.unwrap_or(100));
    }
    let Some((query, rest)) = arguments.rest.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        super::wrong_usage("search", "give a query and then at least one PATH: crossread search QUERY PATH…");
    };
    if query.trim().is_empty() {
        super::wrong_usage("search", "the query is empty: say what to look for");
    }
    let mut opened = input::open(&paths(rest), None)?;
    let limit = arguments.limit.unwrap_or(10);
    let mut out = Output::new();
    if arguments.json {
        let request = Request::Rank { query: query.clone(), limit, details: true };
        if let Answer::Ranking(list) = ask(&mut opened.engine, request) {
            for ranked in &list {
                out.json(&line(ranked))?;
            }
        }
    } else {
        let request = Request::Search {
            query: query.clone(),
            filters: Filters::default(),
            sort: Sort::Best,
            concordance: None,
            limit,
        };
        if let Answer::Results(results) = ask(&mut opened.engine, request) {
            print(&mut out, &results)?;
        }
    }
    out.finish()?;
    Ok(opened.status())
}

fn paths(arguments: &[String]) -> Vec<PathBuf> {
    arguments.iter().map(PathBuf::from).collect()
}

fn line(ranked: &Ranked) -> Line<'_> {
    let scalars = Scalars::new(&ranked.text);
    Line {
        article: &ranked.slug,
        score: ranked.score,
        title: &ranked.title,
        snippet: &ranked.snippet.text,
        hits: ranked.hits.iter().map(|h| scalars.span(*h)).collect(),
        why: ranked.why.join("; "),
    }
}

fn print(out: &mut Output, results: &Results) -> Result<()> {
    let number = |n: u32, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
    if results.groups.is_empty() {
        out.line(&format!("Nothing found for {}", results.query))?;
        for loosen in &results.loosen {
            let matches = number(loosen.matches, "match", "matches");
            let articles = number(loosen.articles, "article", "articles");
            out.line(&format!("  {}: {matches} in {articles}", loosen.label))?;
        }
    } else {
        let matches = number(results.matches, "match", "matches");
        let articles = number(results.articles, "article", "articles");
        // A query of fields alone has no word to find.
        out.line(&if results.matches == 0 { articles } else { format!("{matches} in {articles}") })?;
    }
    for note in &results.notes {
        out.line(&format!("{}: {}", note.label, note.text))?;
    }
    for group in &results.groups {
        out.line("")?;
        out.line(&format!("{}  ({})", out.strong(&group.article.title), group.article.slug))?;
        for passage in &group.passages {
            let place = passage.paragraph.map_or(String::new(), |n| format!("¶ {n}"));
            let why = if passage.why.is_empty() {
                String::new()
            } else {
                format!("  [{}]", passage.why.join("; "))
            };
            out.line(&format!("  {place:<5} {}{why}", marked(out, &passage.snippet)))?;
        }
    }
    Ok(())
}

/// A snippet on one line, its marks in bold where that can be seen.
fn marked(out: &Output, snippet: &Snippet) -> String {
    let mut text = String::new();
    let mut at = 0;
    for mark in &snippet.marks {
        text.push_str(snippet.text.get(at..mark.start as usize).unwrap_or(""));
        text.push_str(&out.strong(mark.of(&snippet.text)));
        at = mark.end as usize;
    }
    text.push_str(snippet.text.get(at..).unwrap_or(""));
    let text = text.replace(['\n', '\t'], " ");
    let ends = |cut: bool| if cut { "…" } else { "" };
    format!("{}{text}{}", ends(snippet.cut_start), ends(snippet.cut_end))
}

/// A run over a file of queries, in the format of TREC.
fn trec(opened: &mut Opened, queries: &Path, run: &Path, limit: u32) -> Result<Status> {
    let text = input::text(queries)?;
    let mut lines = String::new();
    let mut refused = false;
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let Some((id, query)) = line.split_once('\t') else {
            output::problem(&format!(
                "{}:{}: not a query: there is no tab in it",
                queries.display(),
                number + 1
            ));
            refused = true;
            continue;
        };
        let request = Request::Rank { query: query.to_owned(), limit, details: false };
        if let Answer::Ranking(list) = ask(&mut opened.engine, request) {
            for (rank, found) in list.iter().enumerate() {
                lines.push_str(&format!(
                    "{id} Q0 {} {} {:.6} crossread\n",
                    found.slug,
                    rank + 1,
                    found.score
                ));
            }
        }
    }
    if run.as_os_str() == "-" {
        let mut out = Output::new();
        out.raw(&lines)?;
        out.finish()?;
    } else {
        let write = || -> std::io::Result<()> { std::fs::File::create(run)?.write_all(lines.as_bytes()) };
        write().with_context(|| format!("{}: not written", run.display()))?;
    }
    Ok(if refused { Status::Refused } else { opened.status() })
}
