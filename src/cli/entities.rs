//! `crossread entities`: who and what is named where.

use super::{Status, ask, input, output::Output};
use anyhow::Result;
use crossread::engine::views::ArticleView;
use crossread::engine::{Answer, Request, Scalars};
use serde::Serialize;
use std::path::PathBuf;

/// Lists who and what the articles name.
///
/// Without --json: every entity with its kind, its mentions and its other names. With it: every mention.
#[derive(clap::Args)]
pub struct Arguments {
    /// Files, folders, corpus files or pages.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// One mention as a JSON object a line; offsets are Unicode scalar values into the article's text.
    #[arg(long)]
    json: bool,
}

/// A mention as a line of JSON. `entity` is the same for every mention of one entity in all articles given.
#[derive(Serialize)]
struct Line<'a> {
    article: &'a str,
    start: u32,
    end: u32,
    text: &'a str,
    r#type: &'static str,
    entity: &'a str,
    name: &'a str,
    certainty: f64,
    why: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    gloss: &'a str,
}

/// Runs it.
pub fn run(arguments: Arguments) -> Result<Status> {
    let mut opened = input::open(&arguments.paths, None)?;
    let mut out = Output::new();
    if arguments.json {
        for slug in opened.engine.slugs() {
            if let Answer::Article(article) = ask(&mut opened.engine, Request::Article { slug }) {
                mentions(&mut out, &article)?;
            }
        }
    } else if let Answer::Names(names) = ask(&mut opened.engine, Request::Names) {
        for name in &names.names {
            let others: Vec<&str> =
                name.aliases.iter().filter(|a| **a != name.name).map(String::as_str).collect();
            let others = if others.is_empty() { String::new() } else { format!("  ({})", others.join(", ")) };
            out.line(&format!(
                "{:>5}  {:<12}  {}{others}",
                name.total,
                name.kind.label(),
                out.strong(&name.name)
            ))?;
        }
    }
    out.finish()?;
    Ok(opened.status())
}

fn mentions(out: &mut Output, article: &ArticleView) -> Result<()> {
    let scalars = Scalars::new(&article.text);
    for mention in &article.mentions {
        let Some(name) = article.names.get(mention.name as usize) else { continue };
        let [start, end] = scalars.span(mention.span);
        out.json(&Line {
            article: &article.article.slug,
            start,
            end,
            text: mention.span.of(&article.text),
            r#type: mention.label(name.kind),
            entity: &name.entity,
            name: &name.name,
            certainty: f64::from(mention.certainty) / 100.0,
            why: &mention.why,
            gloss: &name.gloss,
        })?;
    }
    Ok(())
}
