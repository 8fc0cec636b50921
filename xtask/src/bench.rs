//! `cargo xtask bench start`: how soon a reader can search, beside a trivial page in the same run.
//!
//! Invariant: the page that is measured is the one that is built (`web` profile). Not here: the measuring
//! (`benches/start.rs`), the record (`docs/BENCH.md`).

use crate::cargo::{cargo, run};
use crate::{browser, shell};
use anyhow::Result;

/// Measures the start.
pub fn start() -> Result<()> {
    shell::build()?;
    let (chromium, driver) = browser::chromium()?;
    // Only what is in the page is measured, so the command need not be optimised.
    let mut command = cargo(&["bench", "--quiet", "--profile", "dev", "--bench", "start"]);
    browser::with(&mut command, &chromium, &driver)?;
    run(&mut command)
}
