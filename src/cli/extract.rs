//! `crossread extract`: articles back into files.
//!
//! Invariant: nothing is overwritten that an extract did not write, or that was changed since; what was written can be
//! built again into a corpus of the same edition. Not here: the sidecar's meaning (see `intake`).

use super::{Status, ask, input, write};
use anyhow::{Context, Result, bail};
use crossread::engine::views::ArticleRef;
use crossread::engine::{Answer, Request};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes the articles of a corpus file or a page back as text files, with an articles.toml that says the rest.
#[derive(clap::Args)]
pub struct Arguments {
    /// A corpus file, or a page that `crossread build` made.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The folder to write into; it is made where it is not there.
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
}

/// The sidecar that `intake` reads.
const SIDECAR: &str = "articles.toml";

/// First line of a sidecar that we wrote: a folder that has it is ours to write again.
const OURS: &str = "# Written by crossread extract.";

/// Runs it.
pub fn run(arguments: Arguments) -> Result<Status> {
    let mut engine = input::corpus(&arguments.file)?;
    let folder = &arguments.output;
    refuse_foreign(folder)?;
    fs::create_dir_all(folder).with_context(|| format!("{}: the folder cannot be made", folder.display()))?;
    let mut sidecar = format!("{OURS}\n");
    if let Answer::About(about) = ask(&mut engine, Request::About) {
        let _ = writeln!(sidecar, "title = {}", quoted(&about.title));
    }
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    let mut names = BTreeSet::new();
    for slug in engine.slugs() {
        let Answer::Article(article) = ask(&mut engine, Request::Article { slug: slug.clone() }) else {
            continue;
        };
        let name = file_name(&slug, &mut names);
        files.push((folder.join(&name), article.text));
        sidecar.push_str(&entry(&name, &article.article));
    }
    files.push((folder.join(SIDECAR), sidecar));
    for (path, text) in &files {
        if fs::read(path).is_ok_and(|there| there != text.as_bytes()) {
            bail!(
                "{}: not written: it is there already with another content. Give an empty folder or a new one",
                path.display()
            );
        }
    }
    for (path, text) in &files {
        write::whole(path, text.as_bytes())?;
    }
    Ok(Status::Done)
}

/// An error where the folder holds anything and is not of our making.
fn refuse_foreign(folder: &Path) -> Result<()> {
    let Ok(mut entries) = fs::read_dir(folder) else {
        if folder.exists() {
            bail!("{}: not a folder; give another --output", folder.display());
        }
        return Ok(());
    };
    let ours = fs::read_to_string(folder.join(SIDECAR)).is_ok_and(|t| t.starts_with(OURS));
    if entries.next().is_some() && !ours {
        bail!(
            "{}: not written: it holds files that are not ours. Give an empty folder or a new one",
            folder.display()
        );
    }
    Ok(())
}

/// A file name from an address's name: safe on every system, and not taken.
fn file_name(slug: &str, taken: &mut BTreeSet<String>) -> String {
    let safe: String =
        slug.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '-' }).take(80).collect();
    let safe = if safe.trim_matches('-').is_empty() { "article".to_owned() } else { safe };
    let name = (1u32..)
        .map(|n| if n == 1 { format!("{safe}.txt") } else { format!("{safe}-{n}.txt") })
        .find(|name| !taken.contains(name))
        .unwrap_or_default();
    taken.insert(name.clone());
    name
}

/// An article's entry in the sidecar.
fn entry(name: &str, article: &ArticleRef) -> String {
    let mut out = format!("\n[[article]]\nfile = {}\nslug = {}\n", quoted(name), quoted(&article.slug));
    let title = article.title_given.then(|| article.title.clone());
    let fields = [
        ("title", &title),
        ("source", &article.source),
        ("author", &article.author),
        ("date", &article.date),
        ("language", &article.language),
        ("url", &article.url),
        ("licence", &article.licence),
    ];
    for (key, value) in fields {
        if let Some(value) = value {
            let _ = writeln!(out, "{key} = {}", quoted(value));
        }
    }
    out
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
