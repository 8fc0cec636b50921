//! `crossread build`: articles in, one HTML file, a site's folder or a corpus file out.
//!
//! Invariant: the same articles give the same bytes; nothing is written where there are no articles. Not here:
//! the page (`engine::page`), writing files safely (`write`).

use super::input::Opened;
use super::shell::{self, Edition};
use super::{Status, input, output, write};
use anyhow::{Context, Result, bail};
use crossread::engine::page::{self, Content, SERVICE_WORKER, Shell};
use crossread::engine::{Answer, Engine, Request, Saved};
use std::path::{Path, PathBuf};

/// Makes one HTML file, or a folder for a host, out of articles.
///
/// The HTML file holds everything: the articles, the index over them, the names in them and the program. Open it
/// by double-click or put it on any host. A file of that name is replaced only if crossread made it.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  crossread build articles/ -o briefing.html\n  crossread build one.txt two.md -o \
                        site/ --title \"The talks in April\"\n\nProblems with single articles (no date, bad UTF-8, …) \
                        are said on standard error as `crossread check` says them, and the rest is built."
)]
pub struct Arguments {
    /// Files (.txt, .md, .csv, .json, .jsonl), folders, corpus files or pages.
    #[arg(required_unless_present = "empty", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// What to make: NAME.html is one file, NAME.crossread the corpus alone, any other name a folder for a host.
    #[arg(short, long, value_name = "NAME")]
    output: PathBuf,
    /// Title of the whole.
    #[arg(long)]
    title: Option<String>,
    /// A page without articles, which takes them in when it is open.
    #[arg(long, conflicts_with_all = ["paths", "title"])]
    empty: bool,
    /// A page that also takes in articles when it is open; larger.
    #[arg(long)]
    studio: bool,
}

/// Runs it.
pub fn run(arguments: Arguments) -> Result<Status> {
    let target = Target::of(&arguments.output);
    target.may_be_made()?;
    let edition = if arguments.studio || arguments.empty { Edition::Studio } else { Edition::Reading };
    if arguments.empty {
        target.write(edition, &empty(), "")?;
        return Ok(Status::Done);
    }
    let mut opened = articles(&arguments.paths, arguments.title)?;
    target.write(edition, &saved(&mut opened.engine), &said(&opened.engine))?;
    Ok(opened.status())
}

/// Makes a corpus of PATHs; says how it goes and what is wrong on standard error.
pub fn articles(paths: &[PathBuf], title: Option<String>) -> Result<Opened> {
    output::progress("reading, indexing, finding names …");
    let mut opened = input::open(paths, title).context("nothing was made")?;
    output::problems(&opened.undated());
    Ok(opened)
}

/// The corpus file and what stands around it in a page.
pub fn saved(engine: &mut Engine) -> Saved {
    match engine.answer(Request::Save).answer {
        Answer::Saved(saved) => saved,
        _ => empty(),
    }
}

/// How many articles, and their edition, for a person.
pub fn said(engine: &Engine) -> String {
    let (articles, edition) = (engine.slugs().len(), engine.edition());
    let s = if articles == 1 { "" } else { "s" };
    format!("{articles} article{s}, edition {}", edition.get(..8).unwrap_or(&edition))
}

/// The page around a corpus.
pub fn html(shell: &Shell, saved: &Saved, hosted: bool) -> String {
    let Saved { bytes, articles_html, title } = saved;
    page::page(shell, &Content { title, articles_html, corpus: bytes, hosted })
}

/// What a page without articles holds.
fn empty() -> Saved {
    Saved { bytes: Vec::new(), articles_html: String::new(), title: String::new() }
}

/// What is to be made.
enum Target<'a> {
    Page(&'a Path),
    Corpus(&'a Path),
    Site(&'a Path),
}

/// What a site's folder holds.
const SITE: [&str; 3] = ["index.html", "sw.js", "corpus.crossread"];

/// Endings that nobody gives to a folder.
const FILES: [&str; 11] =
    ["txt", "md", "csv", "json", "jsonl", "pdf", "docx", "epub", "zip", "xhtml", "mhtml"];

impl Target<'_> {
    fn of(path: &Path) -> Target<'_> {
        match path.extension().map(|e| e.to_string_lossy().to_lowercase()).as_deref() {
            Some("html" | "htm") => Target::Page(path),
            Some("crossread") => Target::Corpus(path),
            _ => Target::Site(path),
        }
    }

    /// Refuses before the work rather than after it.
    fn may_be_made(&self) -> Result<()> {
        let corpus = Engine::empty().to_bytes();
        let magic = corpus.get(..8).unwrap_or(&corpus);
        match self {
            Target::Page(path) => write::may_replace(path, page::SIGNATURE.as_bytes()),
            Target::Corpus(path) => write::may_replace(path, magic),
            Target::Site(folder) => {
                let ending =
                    folder.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
                if !folder.is_dir() && FILES.contains(&ending.as_str()) {
                    bail!(
                        "{}: build makes no .{ending}: give a name that ends in .html, or the name of a folder",
                        folder.display()
                    );
                }
                if folder.exists() && !folder.is_dir() {
                    bail!(
                        "{} is a file: give the name of a folder, or a name that ends in .html",
                        folder.display()
                    );
                }
                let worker = SERVICE_WORKER.lines().next().unwrap_or_default();
                let starts = [page::SIGNATURE.as_bytes(), worker.as_bytes(), magic];
                SITE.iter()
                    .zip(starts)
                    .try_for_each(|(name, ours)| write::may_replace(&folder.join(name), ours))
            }
        }
    }

    fn write(&self, edition: Edition, saved: &Saved, said: &str) -> Result<()> {
        let path = match self {
            Target::Page(path) => {
                write::whole(path, html(&shell::find(edition)?, saved, false).as_bytes())?;
                path.to_path_buf()
            }
            Target::Corpus(path) => {
                write::whole(path, &saved.bytes)?;
                path.to_path_buf()
            }
            Target::Site(folder) => {
                let index = html(&shell::find(edition)?, saved, true);
                let contents = [index.as_bytes(), SERVICE_WORKER.as_bytes(), &saved.bytes];
                for (name, bytes) in SITE.iter().zip(contents) {
                    write::whole(&folder.join(name), bytes)?;
                }
                folder.join("index.html")
            }
        };
        let length = std::fs::metadata(&path).map_or(0, |data| data.len());
        let comma = if said.is_empty() { "" } else { ", " };
        output::progress(&format!(
            "{}: {said}{comma}{}",
            path.display(),
            size(usize::try_from(length).unwrap_or(usize::MAX))
        ));
        Ok(())
    }
}

/// A number of bytes for a person.
fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
