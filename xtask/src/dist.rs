//! `cargo xtask dist`: the release, in `target/dist/`.
//!
//! Invariant: what is there works without Rust and without this folder. Not here: the trailer's reader
//! (`src/cli/shell.rs`).

use crate::cargo::{cargo, run, say};
use crate::{shell, wasm};
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

/// Where the release stands.
const DIST: &str = "target/dist";

/// Last bytes of an executable that carries shells, after the deflated shells and their length.
const MARK: &[u8] = b"\ncrossread shell";

/// Files that go along.
const TEXTS: [&str; 4] = ["README.md", "LICENSE", "LICENSE-APACHE", "LICENSE-MIT"];

/// Builds everything.
pub fn dist() -> Result<()> {
    let dist = Path::new(DIST);
    if dist.exists() {
        std::fs::remove_dir_all(dist).context(DIST)?;
    }
    std::fs::create_dir_all(dist).context(DIST)?;
    shell::build()?;
    let command = executable(dist)?;
    run(Command::new(&command).args(["build", "--empty", "-o"]).arg(dist.join("crossread.html")))?;
    module(dist)?;
    for name in TEXTS.iter().filter(|name| Path::new(name).exists()) {
        std::fs::copy(name, dist.join(name)).with_context(|| (*name).to_owned())?;
    }
    for entry in std::fs::read_dir(dist)? {
        let entry = entry?;
        say(&format!("{} ({} kB)", entry.path().display(), entry.metadata()?.len() / 1000));
    }
    Ok(())
}

/// The command with the shells behind its end.
fn executable(dist: &Path) -> Result<std::path::PathBuf> {
    run(&mut cargo(&["build", "--release", "--bin", "crossread"]))?;
    let name = format!("crossread{}", std::env::consts::EXE_SUFFIX);
    let built = Path::new("target/release").join(&name);
    let mut bytes = std::fs::read(&built).with_context(|| built.display().to_string())?;
    let mut shells = Vec::new();
    for path in shell::EDITIONS.map(shell::path) {
        let shell = std::fs::read(&path).with_context(|| path.clone())?;
        shells.extend_from_slice(&(shell.len() as u64).to_le_bytes());
        shells.extend_from_slice(&shell);
    }
    let shell = shell::deflate(&shells)?;
    bytes.extend_from_slice(&shell);
    bytes.extend_from_slice(&(shell.len() as u64).to_le_bytes());
    bytes.extend_from_slice(MARK);
    let path = dist.join(&name);
    std::fs::copy(&built, &path).with_context(|| path.display().to_string())?;
    std::fs::write(&path, bytes).with_context(|| path.display().to_string())?;
    Ok(std::path::absolute(path)?)
}

/// The engine as an ES module, into a folder.
pub fn module(dist: &Path) -> Result<()> {
    let module = wasm::module()?;
    std::fs::create_dir_all(dist).with_context(|| dist.display().to_string())?;
    std::fs::write(dist.join("crossread.js"), module.js)?;
    std::fs::write(dist.join("crossread.d.ts"), module.types)?;
    std::fs::write(dist.join("crossread_bg.wasm"), module.wasm)?;
    Ok(())
}
