//! `crossread check`: what is wrong with articles, a line each, in the form that editors jump to.

use super::{Status, input, output};
use anyhow::{Result, bail};
use std::path::PathBuf;

/// Says what is wrong with articles: unreadable files, bad UTF-8, front matter, dates, duplicate names.
///
/// Prints `file:line: problem` a line. The status is 1 where there is any but a missing date.
#[derive(clap::Args)]
pub struct Arguments {
    /// Files, folders, corpus files or pages.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// Runs it.
pub fn run(arguments: Arguments) -> Result<Status> {
    let mut opened = input::read(&arguments.paths)?.engine(None)?;
    let mut out = output::Output::new();
    let undated = opened.undated();
    for problem in opened.problems.iter().chain(&undated) {
        out.line(&output::place(problem))?;
    }
    out.finish()?;
    if opened.engine.slugs().is_empty() && opened.problems.is_empty() {
        bail!("no articles: give files (.txt, .md, .csv, .json, .jsonl) or a folder with some");
    }
    Ok(if opened.problems.is_empty() { Status::Done } else { Status::Refused })
}
