//! What the command prints: results on standard output, problems on standard error.
//!
//! Invariant: a closed pipe is never a panic. Not here: what is printed.

use anyhow::{Context, Result};
use crossread::engine::Problem;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

/// Standard output, buffered.
pub struct Output {
    to: BufWriter<StdoutLock<'static>>,
    /// Whether bold can be seen.
    bold: bool,
}

impl Output {
    /// Locks standard output.
    pub fn new() -> Output {
        let to = io::stdout().lock();
        let bold = to.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
        Output { to: BufWriter::new(to), bold }
    }

    /// Writes one line.
    pub fn line(&mut self, text: &str) -> Result<()> {
        writeln!(self.to, "{text}").context("standard output")
    }

    /// Writes one value as a line of JSON.
    pub fn json(&mut self, value: &impl serde::Serialize) -> Result<()> {
        let text = serde_json::to_string(value).context("a result could not be written as JSON")?;
        self.line(&text)
    }

    /// Writes text as it is.
    pub fn raw(&mut self, text: &str) -> Result<()> {
        self.to.write_all(text.as_bytes()).context("standard output")
    }

    /// Text in bold where that can be seen.
    pub fn strong(&self, text: &str) -> String {
        if self.bold { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// Writes out what is buffered; call it last, so that a full disk is an error.
    pub fn finish(mut self) -> Result<()> {
        self.to.flush().context("standard output")
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

/// Problems that are said one by one; of more, the first.
const SAID: usize = 20;

/// Says problems on standard error, each in a line; of many the first, what was not taken in before all else.
pub fn problems(problems: &[Problem]) {
    let refused = |one: &&Problem| one.message.starts_with("not ");
    let (refused, others): (Vec<&Problem>, Vec<&Problem>) =
        problems.iter().partition(|one| problems.len() > SAID && refused(one));
    for one in refused.into_iter().chain(others).take(SAID) {
        problem(&place(one));
    }
    if let Some(more) = problems.len().checked_sub(SAID).filter(|more| *more > 0) {
        problem(&format!("{more} more; `crossread check` says them all"));
    }
}

/// A problem as `file:line: message`, the form that editors jump to.
pub fn place(problem: &Problem) -> String {
    match (problem.file.as_str(), problem.line) {
        ("", _) => problem.message.clone(),
        (file, Some(line)) => format!("{file}:{line}: {}", problem.message),
        (file, None) => format!("{file}: {}", problem.message),
    }
}

/// Says how far the work is, on standard error.
pub fn progress(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
