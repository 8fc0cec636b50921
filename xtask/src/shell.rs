//! The shell: the program's parts in one file, which the command puts around a corpus (`bundle/page.rs` reads it).
//!
//! There is one for each edition of the page. Invariant: the same sources give the same shell. Not here: the page itself and its policy.

use crate::cargo::say;
use crate::wasm;
use anyhow::{Context, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::fmt::Write as _;

/// Where the shells stand, as `NAME.shell`.
pub const SHELLS: &str = "target/web";

/// The editions of the page: reading, and studio, which also takes in articles.
pub const EDITIONS: [&str; 2] = ["reading", "studio"];

/// Style sheets that come first; the others of `static/` follow by name.
const STYLES: [&str; 3] = ["tokens.css", "base.css", "parts.css"];

/// Bytes of WebAssembly up to which it travels as it is: quicker to start, larger to carry.
const AS_IT_IS: usize = 500_000;

/// What was built.
pub struct Built {
    /// Bytes of the WebAssembly of each edition, deflated, in the order of [`EDITIONS`].
    pub deflated: [usize; 2],
}

/// Builds the shells of both editions.
pub fn build() -> Result<Built> {
    Ok(Built { deflated: [edition(EDITIONS[0])?, edition(EDITIONS[1])?] })
}

/// Where the shell of an edition stands.
pub fn path(edition: &str) -> String {
    format!("{SHELLS}/{edition}.shell")
}

/// Builds the shell of an edition; bytes of its WebAssembly, deflated.
fn edition(name: &str) -> Result<usize> {
    let bound = wasm::app(name == "studio")?;
    let deflated = deflate(&bound.wasm)?;
    let carried = if bound.wasm.len() <= AS_IT_IS { &bound.wasm } else { &deflated };
    let glue = format!("self.GLUE = function () {{\n{}\nreturn wasm_bindgen;\n}};", bound.js.trim());
    let parts = [
        ("css", styles()?),
        ("icons", read("static/icons.svg")?.replace('\n', "")),
        ("theme", read("static/theme.js")?),
        ("boot", read("static/boot.js")?),
        ("glue", glue),
        ("wasm", STANDARD.encode(carried)),
    ];
    let mut shell = String::new();
    for (name, text) in parts {
        let text = text.replace("\r\n", "\n");
        writeln!(shell, "{name} {}\n{text}", text.len())?;
    }
    let path = path(name);
    std::fs::write(&path, &shell).with_context(|| path.clone())?;
    say(&format!("{path}: {} kB", shell.len() / 1000));
    Ok(deflated.len())
}

/// Raw deflate, as tight as it goes.
pub fn deflate(bytes: &[u8]) -> Result<Vec<u8>> {
    // Parts of a program differ: with more blocks than the usual 15, each with codes of its own, 2 kB less of 400.
    let options = zopfli::Options { maximum_block_splits: 80, ..zopfli::Options::default() };
    let mut deflated = Vec::new();
    zopfli::compress(options, zopfli::Format::Deflate, bytes, &mut deflated)?;
    Ok(deflated)
}

/// The style sheets in one, without comments and indentation.
fn styles() -> Result<String> {
    let mut names: Vec<String> = Vec::new();
    for entry in std::fs::read_dir("static").context("static")? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".css") {
            names.push(name);
        }
    }
    names.sort_by_key(|name| (STYLES.iter().position(|s| s == name).unwrap_or(STYLES.len()), name.clone()));
    names.iter().map(|name| read(&format!("static/{name}")).map(|css| slim(&css))).collect()
}

/// Drops comments and indentation; our strings hold no `/*`.
fn slim(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find("/*") {
        out.push_str(&rest[..at]);
        rest = rest[at..].split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::new(), |all, line| all + line + "\n")
}

fn read(path: &str) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| path.to_owned())
}
