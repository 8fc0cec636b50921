//! `crossread verify`: whether a corpus file, or the one in a page, is whole.

use super::output::Output;
use super::{Status, ask, input};
use anyhow::Result;
use crossread::engine::{Answer, Request};
use std::path::PathBuf;

/// Checks a corpus file or a page: its checksums, its contents, its edition.
///
/// Prints the edition, the sections with their sizes, and the articles with their hashes. The status is 1 where
/// anything is damaged, and the message names the section.
#[derive(clap::Args)]
pub struct Arguments {
    /// A corpus file, or a page that `crossread build` made.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

/// Runs it.
pub fn run(arguments: Arguments) -> Result<Status> {
    let mut engine = input::corpus(&arguments.file)?;
    let mut out = Output::new();
    if let Answer::About(about) = ask(&mut engine, Request::About) {
        if arguments.json {
            out.json(&about)?;
        } else {
            out.line(&format!("whole: {}", out.strong(&about.title)))?;
            out.line(&format!("edition   {}", about.edition))?;
            out.line(&format!("format    {}, made by {}", about.format, about.made_by))?;
            for (name, bytes) in &about.sections {
                out.line(&format!("section   {name:<10} {bytes:>10} bytes"))?;
            }
            for (article, hash) in &about.articles {
                out.line(&format!("article   {hash}  {}", article.slug))?;
            }
        }
    }
    out.finish()?;
    Ok(Status::Done)
}
