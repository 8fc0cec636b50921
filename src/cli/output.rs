//! What the command prints: results on standard output, problems on standard error.
//!
//! Invariant: a closed pipe is never a panic. Not here: what is printed.

use anyhow::{Context, Result};
use crossread::engine::Problem;
use std::io::{self, BufWriter, StdoutLock, Write};

/// Standard output, buffered.
pub struct Output(BufWriter<StdoutLock<'static>>);

impl Output {
    /// Locks standard output.
    pub fn new() -> Output {
        Output(BufWriter::new(io::stdout().lock()))
    }

    /// Writes one line.
    pub fn line(&mut self, text: &str) -> Result<()> {
        writeln!(self.0, "{text}").context("standard output")
    }

    /// Writes one value as a line of JSON.
    pub fn json(&mut self, value: &impl serde::Serialize) -> Result<()> {
        let text = serde_json::to_string(value).context("a result could not be written as JSON")?;
        self.line(&text)
    }

    /// Writes out what is buffered; call it last, so that a full disk is an error.
    pub fn finish(mut self) -> Result<()> {
        self.0.flush().context("standard output")
    }
}

/// Whether an error only says that nobody reads standard output any more.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|e| e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

/// Says what went wrong, on standard error.
pub fn problem(text: &str) {
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(io::stderr(), "crossread: {text}");
}

/// A problem as `file:line: message`, the form that editors jump to.
pub fn place(problem: &Problem) -> String {
    match (problem.file.as_str(), problem.line) {
        ("", _) => problem.message.clone(),
        (file, Some(line)) => format!("{file}:{line}: {}", problem.message),
        (file, None) => format!("{file}: {}", problem.message),
    }
}
