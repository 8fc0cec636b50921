//! `cargo xtask test`: all that CI runs, in order, each step also alone, and a summary.
//!
//! Invariant: a step that fails does not hide what the others find; the last line is `N passed, N failed`. Not
//! here: how a step works inside.

use crate::cargo::{WEB, cargo, run, say, shown};
use crate::{browser, shell, size, wasm};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

/// Checks that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Passed.
    pub passed: u32,
    /// Failed.
    pub failed: u32,
}

/// The trainer, which plain `cargo xtask` is built without.
const TRAINER: &str = "--features=xtask/trainer";

const ONE: Outcome = Outcome { passed: 1, failed: 0 };

/// The steps in their order.
const STEPS: [&str; 8] = ["fmt", "clippy", "clippy-web", "doc", "native", "web", "size", "browser"];

/// Runs the steps that are asked for, or all.
pub fn run_steps(arguments: &[&str]) -> Result<ExitCode> {
    let (arguments, words) = match arguments.iter().position(|a| *a == "--") {
        Some(at) => (&arguments[..at], &arguments[at + 1..]),
        None => (arguments, &[][..]),
    };
    let asked = |name: &str| arguments.contains(&name);
    let steps: Vec<&str> = arguments.iter().copied().filter(|a| !a.starts_with("--")).collect();
    if let Some(unknown) = arguments.iter().find(|a| !STEPS.contains(a) && **a != "--firefox") {
        bail!("there is no step `{unknown}`: {}", STEPS.join(" "));
    }
    let mut summary = Summary::default();
    let mut built = None;
    for step in STEPS.into_iter().filter(|step| steps.is_empty() || asked(step)) {
        let needs_shell = matches!(step, "web" | "size" | "browser");
        if needs_shell && built.is_none() {
            built = Some(summary.step("web", || shell::build().map(|built| (built, ONE))));
        }
        match (step, &built) {
            ("web", _) => {}
            ("size" | "browser", Some(None)) => summary.missing(step, "the page was not built"),
            ("size", Some(Some(built))) => drop(summary.step(step, || {
                say(&size::weigh(built)?);
                Ok(((), ONE))
            })),
            _ => drop(summary.step(step, || one(step, words).map(|outcome| ((), outcome)))),
        }
    }
    if asked("--firefox") {
        summary.step("firefox", || browser::firefox().map(|outcome| ((), outcome)));
    }
    Ok(summary.print())
}

/// One step that stands alone.
fn one(step: &str, words: &[&str]) -> Result<Outcome> {
    let mut command = match step {
        "fmt" => cargo(&["fmt", "--all", "--check"]),
        "clippy" => {
            let mut command =
                cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--test", "browser", TRAINER]);
            command.args(["--", "-D", "warnings"]);
            command
        }
        "clippy-web" => {
            wasm::target()?;
            let mut command = cargo(&["clippy", "--quiet", "--package", "crossread", "--lib", "--bins"]);
            command.args(["--features", "module"]).args(WEB).args(["--", "-D", "warnings"]);
            command
        }
        "doc" => {
            let mut command = cargo(&[
                "doc",
                "--quiet",
                "--package",
                "crossread",
                "--lib",
                "--no-deps",
                "--document-private-items",
            ]);
            // For contributors: private items are shown, so links to them are no mistake.
            command.env("RUSTDOCFLAGS", "-D warnings -A rustdoc::private-intra-doc-links");
            command
        }
        "native" => return counted(cargo(&["test", "--workspace", TRAINER]).args(words)),
        "browser" => return browser::test(words),
        other => bail!("there is no step `{other}`"),
    };
    run(&mut command).map(|()| ONE)
}

/// Runs tests, passes on what they print, and counts them.
pub fn counted(command: &mut Command) -> Result<Outcome> {
    let shown = shown(command);
    say(&shown);
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("`{shown}` could not be started"))?;
    let mut outcome = Outcome::default();
    for line in BufReader::new(child.stdout.take().context("its output")?).lines() {
        let line = line?;
        println!("{line}");
        if let Some(found) = result_line(&line) {
            outcome.passed += found.passed;
            outcome.failed += found.failed;
        }
    }
    if !child.wait()?.success() && outcome.failed == 0 {
        bail!("`{shown}` failed before its tests could run");
    }
    Ok(outcome)
}

/// Reads `test result: ok. 3 passed; 1 failed; …`.
fn result_line(line: &str) -> Option<Outcome> {
    let counts = line.strip_prefix("test result: ")?.split_once(". ")?.1;
    let count = |what: &str| {
        counts
            .split("; ")
            .find_map(|part| part.strip_suffix(what))
            .and_then(|number| number.trim().parse().ok())
    };
    Some(Outcome { passed: count(" passed")?, failed: count(" failed")? })
}

/// What the steps came to.
#[derive(Default)]
struct Summary {
    lines: Vec<String>,
    total: Outcome,
}

impl Summary {
    /// Runs a step; a failure is said and counted.
    fn step<T>(&mut self, name: &str, work: impl FnOnce() -> Result<(T, Outcome)>) -> Option<T> {
        let start = Instant::now();
        let result = work();
        let seconds = start.elapsed().as_secs_f64();
        let (value, outcome) = match result {
            Ok((value, outcome)) => (Some(value), outcome),
            Err(error) => {
                eprintln!("✗ {name}: {error:#}");
                (None, Outcome { passed: 0, failed: 1 })
            }
        };
        self.add(name, &format!("{seconds:7.1} s"), outcome);
        value
    }

    /// Counts a step that could not be tried.
    fn missing(&mut self, name: &str, why: &str) {
        self.add(name, &format!("not run: {why}"), Outcome { passed: 0, failed: 1 });
    }

    fn add(&mut self, name: &str, time: &str, outcome: Outcome) {
        let Outcome { passed, failed } = outcome;
        let mark = if failed > 0 { "✗" } else { "✓" };
        self.lines.push(format!("{mark} {name:<10} {time}  {passed} passed, {failed} failed"));
        self.total.passed += passed;
        self.total.failed += failed;
    }

    fn print(&self) -> ExitCode {
        println!("\n{}", self.lines.join("\n"));
        println!("{} passed, {} failed", self.total.passed, self.total.failed);
        if self.total.failed == 0 && self.total.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn result_lines_are_counted() {
        for (line, expected) in [
            ("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out", Some((12, 0))),
            (
                "test result: FAILED. 2 passed; 31 failed; 0 ignored; 0 measured; 0 filtered out",
                Some((2, 31)),
            ),
            ("test a ... ok", None),
            ("running 3 tests", None),
        ] {
            let found = result_line(line).map(|o| (o.passed, o.failed));
            assert_eq!(found, expected, "{line}");
        }
    }
}
