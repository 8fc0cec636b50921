//! PATHs on the command line: which files they mean, and their contents.
//!
//! Invariant: files come in the order of their paths, so the same folder is the same input on any machine; a
//! file that cannot be read is a problem that names it, and the others are still read. Not here: what the
//! contents mean (see `intake`).

use super::{Status, output, write};
use anyhow::{Context, Result, anyhow, bail};
use crossread::engine::page;
use crossread::engine::views::FileOutcome;
use crossread::engine::{Answer, Engine, Problem, Request, SourceFile};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Endings of the files that are taken from a folder. A file named on the command line is always read.
const ENDINGS: [&str; 11] =
    ["txt", "text", "md", "markdown", "json", "jsonl", "ndjson", "csv", "tsv", "crossread", "toml"];

/// Endings of documents that are not read yet. In a folder they are passed over, and said to be.
const NOT_YET: [&str; 10] = ["pdf", "docx", "doc", "odt", "rtf", "epub", "html", "htm", "eml", "mbox"];

/// Bytes that one file may have.
const LARGEST: u64 = 1 << 30;

/// The sidecar that says what text files cannot.
const SIDECAR: &str = "articles.toml";

/// What to do with a damaged corpus file or page.
const AGAIN: &str = "Get it again from where it came from";

/// What the PATHs came to.
#[derive(Debug)]
pub struct Input {
    /// The files, in order, named as the reader knows them.
    pub files: Vec<SourceFile>,
    /// Files that could not be read.
    pub problems: Vec<Problem>,
    /// Sidecars that were not asked for and stand beside files that were. They may speak of files that were not
    /// given, so their problems are told only to those who ask for them.
    beside: Vec<String>,
    /// What was passed over in folders: no reason to end with another status.
    passed: Vec<Problem>,
}

/// An engine over the PATHs.
pub struct Opened {
    /// The engine.
    pub engine: Engine,
    /// What was wrong with the input, in the order of the files.
    pub problems: Vec<Problem>,
    outcomes: Vec<FileOutcome>,
    /// Whether a file could not be read or nothing in it could be used.
    refused: bool,
}

/// Opens the articles of the PATHs and says on standard error what is wrong with them; an error where there is
/// none at all.
pub fn open(paths: &[PathBuf], title: Option<String>) -> Result<Opened> {
    read(paths)?.engine(title)?.said(paths)
}

impl Opened {
    /// The same after its problems were said on standard error; an error where there is no article.
    pub fn said(self, paths: &[PathBuf]) -> Result<Opened> {
        output::problems(&self.problems);
        if self.engine.slugs().is_empty() {
            bail!("no articles in {}", shown(paths));
        }
        Ok(self)
    }

    /// What the command comes to once its work is done.
    pub fn status(&self) -> Status {
        if self.refused { Status::Refused } else { Status::Done }
    }

    /// Articles that say no date, for those who write articles: it is missed when accounts are put in order.
    pub fn undated(&mut self) -> Vec<Problem> {
        let Answer::About(about) = self.engine.answer(Request::About).answer else { return Vec::new() };
        let undated: Vec<&str> =
            about.articles.iter().filter(|(a, _)| a.date.is_none()).map(|(a, _)| a.slug.as_str()).collect();
        let of =
            |outcome: &FileOutcome| outcome.added.iter().any(|(slug, _)| undated.contains(&slug.as_str()));
        let message = "no date given; say it in the front matter or in articles.toml, like 2025-04-12";
        let remark =
            |o: &FileOutcome| Problem { file: o.file.clone(), line: Some(1), message: message.to_owned() };
        // One thing at a time: a date that could not be read has been said.
        self.outcomes.iter().filter(|o| o.problems.is_empty() && of(o)).map(remark).collect()
    }

    /// The articles that a file holds.
    pub fn slugs_of(&self, file: &Path) -> Vec<String> {
        let name = name(file);
        let added = self.outcomes.iter().filter(|o| o.file == name).flat_map(|o| &o.added);
        added.map(|(slug, _)| slug.clone()).collect()
    }
}

/// Opens one corpus file or page.
pub fn corpus(file: &Path) -> Result<Engine> {
    let bytes = std::fs::read(file).map_err(|e| anyhow!("{}: {}", file.display(), why(&e)))?;
    match Engine::open_file(&bytes) {
        Some(opened) => opened.map_err(|why| anyhow!("{}: {why}. {AGAIN}", file.display())),
        None => bail!("{}: neither a corpus file nor a page that Crossread made", file.display()),
    }
}

/// Reads a text file of the command's own, such as a list of queries.
pub fn text(file: &Path) -> Result<String> {
    let bytes = std::fs::read(file).map_err(|e| anyhow!("{}: {}", file.display(), why(&e)))?;
    String::from_utf8(bytes).with_context(|| format!("{}: not UTF-8", file.display()))
}

/// Reads every file that the PATHs mean.
pub fn read(paths: &[PathBuf]) -> Result<Input> {
    let mut input = Input { files: Vec::new(), problems: Vec::new(), beside: Vec::new(), passed: Vec::new() };
    for path in paths {
        if path.is_dir() {
            input.folder(path);
        } else {
            input.file(path);
            input.sidecar(path);
        }
    }
    if input.files.is_empty() && input.problems.is_empty() && input.passed.is_empty() {
        bail!(
            "no articles in {}: give files (.txt, .md, .csv, .json, .jsonl) or a folder with some",
            shown(paths)
        );
    }
    Ok(input)
}

impl Input {
    /// An engine over the files. One corpus file alone is opened as it is, with its index and names; an error
    /// where that is damaged. Anything else is built.
    pub fn engine(self, title: Option<String>) -> Result<Opened> {
        let alone = match self.files.as_slice() {
            [file] => Engine::open_file(&file.bytes).map(|opened| (file.name.clone(), opened)),
            _ => None,
        };
        let (engine, mut outcomes) = match alone {
            Some((file, opened)) => {
                let mut engine = opened.map_err(|why| anyhow!("{file}: {why}. {AGAIN}"))?;
                if let Some(title) = title {
                    engine = engine.with_title(title);
                }
                let added = engine.slugs().into_iter().map(|slug| (slug, String::new())).collect();
                (engine, vec![FileOutcome { file, added, corrections: 0, known: 0, problems: Vec::new() }])
            }
            None => Engine::build(self.files, title),
        };
        for outcome in outcomes.iter_mut().filter(|o| self.beside.contains(&o.file)) {
            outcome.problems.clear();
        }
        let refused = !self.problems.is_empty()
            || outcomes.iter().any(|o| o.added.is_empty() && !o.problems.is_empty())
            || outcomes.iter().flat_map(|o| &o.problems).any(|p| p.message.starts_with("not taken in: "));
        let mut problems = self.problems;
        problems.extend(self.passed);
        problems.extend(outcomes.iter().flat_map(|o| o.problems.iter().cloned()));
        Ok(Opened { engine, problems, outcomes, refused })
    }

    fn folder(&mut self, folder: &Path) {
        let mut passed: Vec<(String, u32)> = Vec::new();
        for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
            match entry {
                Ok(entry) if entry.file_type().is_file() && not_yet(entry.path()) => {
                    let ending = ending(entry.path());
                    match passed.iter_mut().find(|(of, _)| *of == ending) {
                        Some((_, count)) => *count += 1,
                        None => passed.push((ending, 1)),
                    }
                }
                Ok(entry) if entry.file_type().is_file() && wanted(entry.path()) => self.file(entry.path()),
                Ok(_) => {}
                Err(error) => {
                    let place = error.path().unwrap_or(folder).display().to_string();
                    self.refuse(
                        place,
                        &error.io_error().map_or("not followed: it leads back to itself".into(), why),
                    );
                }
            }
        }
        if !passed.is_empty() {
            let kinds: Vec<String> =
                passed.iter().map(|(ending, count)| format!("{count} .{ending}")).collect();
            let message = format!(
                "passed over, of kinds that are not read yet: {}; save them as text or Markdown",
                kinds.join(", ")
            );
            self.passed.push(Problem { file: name(folder), line: None, message });
        }
    }

    fn file(&mut self, path: &Path) {
        let name = name(path);
        if self.files.iter().any(|f| f.name == name) {
            self.beside.retain(|b| *b != name);
            return;
        }
        match std::fs::metadata(path) {
            Ok(data) if data.len() > LARGEST => {
                self.refuse(name, "not read: it is larger than 1 GB. Split it.");
            }
            _ => match std::fs::read(path) {
                Ok(bytes) => self.files.push(SourceFile { name, bytes }),
                Err(error) => self.refuse(name, &why(&error)),
            },
        }
    }

    /// A text file that is given alone still has the sidecar beside it.
    fn sidecar(&mut self, path: &Path) {
        let beside = path.with_file_name(SIDECAR);
        let named = name(&beside);
        if beside != path && beside.is_file() && !self.files.iter().any(|f| f.name == named) {
            self.file(&beside);
            self.beside.push(named);
        }
    }

    fn refuse(&mut self, file: String, message: &str) {
        self.problems.push(Problem { file, line: None, message: message.to_owned() });
    }
}

/// Whether a file of a folder is taken: by its ending, and not hidden.
fn wanted(path: &Path) -> bool {
    let ending = ending(path);
    let known = ENDINGS.contains(&ending.as_str());
    !hidden(path) && known && (ending != "toml" || path.file_name().is_some_and(|n| n == SIDECAR))
}

/// Whether a file of a folder is a document that is not read yet; a page of ours is none.
fn not_yet(path: &Path) -> bool {
    let ours = || write::may_replace(path, page::SIGNATURE.as_bytes()).is_ok();
    !hidden(path) && NOT_YET.contains(&ending(path).as_str()) && !ours()
}

fn hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'))
}

/// A file's ending in small letters, without its dot.
fn ending(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// A path as the engine names it: folders parted by `/`.
fn name(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace('\\', "/") }
}

/// Why the system did not give a file, in words.
fn why(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "not read: there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "not read: you may not read it".to_owned(),
        _ => format!("not read: {error}"),
    }
}

fn shown(paths: &[PathBuf]) -> String {
    paths.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", ")
}
