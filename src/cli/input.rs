//! PATHs on the command line: which files they mean, and their contents.
//!
//! Invariant: files come in the order of their paths, so the same folder is the same input on any machine; a
//! file that cannot be read is a problem that names it, and the others are still read. Not here: what the
//! contents mean (see `intake`).

use anyhow::{Result, bail};
use crossread::engine::{Problem, SourceFile};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Endings of the files that are taken from a folder. A file named on the command line is always read.
const ENDINGS: [&str; 9] = ["txt", "text", "md", "markdown", "json", "jsonl", "ndjson", "crossread", "toml"];

/// Bytes that one file may have.
const LARGEST: u64 = 1 << 30;

/// The sidecar that says what text files cannot.
const SIDECAR: &str = "articles.toml";

/// What the PATHs came to.
#[derive(Debug)]
pub struct Input {
    /// The files, in order, named as the reader knows them.
    pub files: Vec<SourceFile>,
    /// Files that could not be read.
    pub problems: Vec<Problem>,
}

/// Reads every file that the PATHs mean.
pub fn read(paths: &[PathBuf]) -> Result<Input> {
    let mut input = Input { files: Vec::new(), problems: Vec::new() };
    for path in paths {
        if path.is_dir() {
            input.folder(path);
        } else {
            input.file(path);
            input.sidecar(path);
        }
    }
    if input.files.is_empty() && input.problems.is_empty() {
        bail!("no articles in {}: give files (.txt, .md, .json, .jsonl) or a folder with some", shown(paths));
    }
    Ok(input)
}

impl Input {
    fn folder(&mut self, folder: &Path) {
        for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
            match entry {
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
    }

    fn file(&mut self, path: &Path) {
        let name = name(path);
        if self.files.iter().any(|f| f.name == name) {
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
        if beside != path && beside.is_file() {
            self.file(&beside);
        }
    }

    fn refuse(&mut self, file: String, message: &str) {
        self.problems.push(Problem { file, line: None, message: message.to_owned() });
    }
}

/// Whether a file of a folder is taken: by its ending, and not hidden.
fn wanted(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    let known = ending.as_deref().is_some_and(|e| ENDINGS.contains(&e));
    !hidden && known && (ending.as_deref() != Some("toml") || path.file_name().is_some_and(|n| n == SIDECAR))
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
