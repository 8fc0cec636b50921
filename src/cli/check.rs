//! `crossread check`: what is wrong with articles, a line each, in the form that editors jump to.

use super::{Status, input, output};
use anyhow::{Result, bail};
use crossread::engine::Engine;
use std::path::PathBuf;

/// Says what is wrong with articles: unreadable files, bad UTF-8, front matter, dates, duplicate names.
///
/// Prints `file:line: problem` a line. The status is 1 where there is any problem.
#[derive(clap::Args)]
pub struct Arguments {
    /// Files, folders, .jsonl, corpus files or pages.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// Runs it.
pub fn run(arguments: Arguments) -> Result<Status> {
    let input = input::read(&arguments.paths)?;
    let (engine, outcomes) = Engine::build(input.files, None);
    let mut problems = input.problems;
    problems.extend(outcomes.into_iter().flat_map(|o| o.problems));
    let mut out = output::Output::new();
    for problem in &problems {
        out.line(&output::place(problem))?;
    }
    out.finish()?;
    if engine.slugs().is_empty() && problems.is_empty() {
        bail!("no articles: give files (.txt, .md, .json, .jsonl) or a folder with some");
    }
    Ok(if problems.is_empty() { Status::Done } else { Status::Refused })
}
