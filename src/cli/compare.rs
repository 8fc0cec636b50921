//! `crossread compare`: two articles sentence by sentence, or many pairs of short texts.

use super::input::{self, Opened};
use super::{Status, ask, output, output::Output};
use anyhow::{Result, bail};
use crossread::engine::compared::{self, Changed, Compared, Difference};
use crossread::engine::views::{Compare, Outcome};
use crossread::engine::{Answer, Request, Scalars, Span};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Compares two articles: what corresponds, what differs, what only one of them says.
///
/// It states that two texts differ, never which of them is right.
#[derive(clap::Args)]
#[command(
    override_usage = "crossread compare [--json] A B\n       crossread compare --json --pairs FILE.tsv",
    after_help = "Examples:\n  crossread compare monday.txt tuesday.txt\n  \
                        crossread compare --json monday.txt tuesday.txt\n  \
                        crossread compare --json --pairs sentences.tsv"
)]
pub struct Arguments {
    /// The two articles, a file each.
    #[arg(value_names = ["A", "B"], num_args = 2, required_unless_present = "pairs", conflicts_with = "pairs")]
    articles: Vec<PathBuf>,
    /// Pairs of texts from a file, `id<TAB>text<TAB>text` a line.
    #[arg(long, value_name = "FILE.tsv", requires = "json")]
    pairs: Option<PathBuf>,
    /// JSON; offsets are Unicode scalar values into the texts.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Comparison {
    #[serde(flatten)]
    compared: Compared,
    summary: Summary,
}

#[derive(Serialize)]
struct Summary {
    outcome: &'static str,
    pairs: u32,
    differences: u32,
    only_a: u32,
    only_b: u32,
    moved: u32,
}

#[derive(Serialize)]
struct Likeness<'a> {
    id: &'a str,
    similarity: f64,
    differences: Vec<Difference>,
    changes: Vec<Changed>,
}

/// Runs it.
pub fn run(arguments: Arguments) -> Result<Status> {
    if let Some(file) = &arguments.pairs {
        return pairs(file);
    }
    let [a, b] = arguments.articles.as_slice() else {
        super::wrong_usage("compare", "give two articles: crossread compare A B");
    };
    let (mut opened, b) = open(&arguments.articles, a, b)?;
    let (a, b) = (the_article(&opened, a)?, the_article(&opened, b)?);
    let mut out = Output::new();
    if let Answer::Compare(view) = ask(&mut opened.engine, Request::Compare { a, b }) {
        if arguments.json {
            out.json(&comparison(&view))?;
        } else {
            print(&mut out, &view)?;
        }
    }
    out.finish()?;
    Ok(opened.status())
}

/// The articles of both files, and the file that stands for `b`: `a` where both hold the same article, which a
/// corpus takes in once.
fn open<'a>(paths: &[PathBuf], a: &'a Path, b: &'a Path) -> Result<(Opened, &'a Path)> {
    let both = input::read(paths)?.engine(None)?;
    let content = |file: &Path| {
        let mut engine = input::read(&[file.to_owned()]).ok()?.engine(None).ok()?.engine;
        let slug = engine.slugs().first()?.clone();
        match engine.answer(Request::Article { slug }).answer {
            Answer::Article(view) => Some((view.article.title, view.text)),
            _ => None,
        }
    };
    if b.is_file() && both.slugs_of(b).is_empty() && content(b).is_some_and(|own| content(a) == Some(own)) {
        return Ok((input::open(&[a.to_owned()], None)?, a));
    }
    Ok((both.said(paths)?, b))
}

/// The article that a file holds; an error where it holds none or several.
fn the_article(opened: &Opened, file: &Path) -> Result<String> {
    if file.is_dir() {
        bail!("{}: a folder; give two files with one article each", file.display());
    }
    match opened.slugs_of(file).as_slice() {
        [slug] => Ok(slug.clone()),
        [] => bail!("{}: there is no article in it", file.display()),
        more => bail!("{}: there are {} articles in it; give a file with one", file.display(), more.len()),
    }
}

fn comparison(view: &Compare) -> Comparison {
    let (in_a, in_b) = (Scalars::new(&view.a.text), Scalars::new(&view.b.text));
    let mut compared = compared::compared(view, &in_a, &in_b);
    compared.pairs.extend(compared::unsure(view, &in_a, &in_b));
    let summary = Summary {
        outcome: outcome(view.outcome),
        pairs: view.counts.pairs,
        differences: view.counts.differences,
        only_a: view.counts.only_a,
        only_b: view.counts.only_b,
        moved: view.counts.moved,
    };
    Comparison { compared, summary }
}

fn print(out: &mut Output, view: &Compare) -> Result<()> {
    let counts = &view.counts;
    out.line(&format!("A  {}", out.strong(&view.a.article.title)))?;
    out.line(&format!("B  {}", out.strong(&view.b.article.title)))?;
    out.line("")?;
    out.line(match view.outcome {
        Outcome::Identical => "No differences: the same sentences in the same order.",
        Outcome::OnlyMoved => "The same sentences, some in another place.",
        Outcome::LittleInCommon => "Little in common: too few sentences correspond.",
        Outcome::Compared => "Two accounts with passages that correspond.",
        Outcome::TwoLanguages => "Two languages: passages with the same figures, dates and names correspond.",
    })?;
    out.line(&format!(
        "{} passages correspond, {} differences, {} sentences only in A, {} only in B, {} moved",
        counts.pairs, counts.differences, counts.only_a, counts.only_b, counts.moved
    ))?;
    for pair in view.pairs.iter().filter(|p| !p.differences.is_empty()) {
        out.line("")?;
        for d in pair.differences.iter().filter_map(|d| view.differences.get(*d as usize)) {
            let (a, b) = (d.a.of(&view.a.text), d.b.of(&view.b.text));
            out.line(&format!("{}: {} | {}  ({})", d.kind.label(), out.strong(a), out.strong(b), d.note))?;
        }
        for (letter, side, at) in [("A", &view.a, pair.a), ("B", &view.b, pair.b)] {
            let span = side.sentences.get(at as usize).map_or(Span::default(), |s| s.span);
            out.line(&format!("  {letter}  {}", span.of(&side.text)))?;
        }
    }
    Ok(())
}

/// Pairs of texts, a line of JSON each.
fn pairs(file: &Path) -> Result<Status> {
    let mut engine = crossread::engine::Engine::empty();
    let mut out = Output::new();
    let mut status = Status::Done;
    for (number, line) in input::text(file)?.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let mut fields = line.splitn(3, '\t');
        let (Some(id), Some(a), Some(b)) = (fields.next(), fields.next(), fields.next()) else {
            output::problem(&format!("{}:{}: not a pair: it needs two tabs", file.display(), number + 1));
            status = Status::Refused;
            continue;
        };
        let request = Request::Likeness { a: a.to_owned(), b: b.to_owned() };
        if let Answer::Likeness(likeness) = ask(&mut engine, request) {
            let (in_a, in_b) = (Scalars::new(a), Scalars::new(b));
            let differences = likeness.differences.iter();
            let differences = differences.map(|d| compared::difference(d, &in_a, &in_b)).collect();
            let changes = compared::changed(&likeness.changes, &in_a, &in_b);
            out.json(&Likeness { id, similarity: likeness.similarity, differences, changes })?;
        }
    }
    out.finish()?;
    Ok(status)
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Identical => "identical",
        Outcome::OnlyMoved => "only moved",
        Outcome::LittleInCommon => "little in common",
        Outcome::Compared => "compared",
        Outcome::TwoLanguages => "two languages",
    }
}
