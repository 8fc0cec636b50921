//! `cargo xtask serve`: from a fresh clone to the explorer in a browser.
//!
//! Invariant: one command, nothing to install but Rust. Not here: the server, which is the command's own.

use crate::cargo::{cargo, run};
use crate::shell;
use anyhow::Result;

/// Builds the page and the command, and serves articles: `seeds/` unless others are given.
pub fn serve(arguments: &[&str]) -> Result<()> {
    shell::build()?;
    let mut command = cargo(&["run", "--release", "--bin", "crossread", "--", "serve"]);
    match arguments.iter().any(|a| !a.starts_with("--")) {
        true => command.args(arguments),
        false => command.arg("seeds").args(arguments),
    };
    if has_screen() && !arguments.contains(&"--open") {
        command.arg("--open");
    }
    run(command.env("CROSSREAD_SHELLS", shell::SHELLS))
}

/// Whether somebody sits before this machine.
fn has_screen() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let remote = set("CI") || set("SSH_CONNECTION");
    !remote && (cfg!(any(windows, target_os = "macos")) || set("DISPLAY") || set("WAYLAND_DISPLAY"))
}
