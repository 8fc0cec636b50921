//! The WebAssembly and the JavaScript beside it, by cargo and then wasm-bindgen as a library.
//!
//! Invariant: bindgen's version is that of Cargo.lock, so the two always match. Not here: the page around them.

use crate::cargo::{self, WEB, cargo, say};
use crate::{locals, pack};
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

/// A bound program.
pub struct Bound {
    /// The JavaScript that loads it and lends it the browser.
    pub js: String,
    /// Its types, for programs that use the ES module.
    pub types: String,
    /// The WebAssembly.
    pub wasm: Vec<u8>,
}

const TARGET: &str = "wasm32-unknown-unknown";
const BUILT: &str = "target/web/wasm32-unknown-unknown/web/crossread.wasm";

/// Passes of LLVM that make a loop or a branch quicker by saying more: left out of the page, whose code the browser
/// compiles once more anyway. Six kilobytes; docs/BENCH.md says what it costs.
const LEANER: &str = "-Cllvm-args=-disable-lsr -disable-machine-licm -enable-pre=false";

/// Adds the WebAssembly target to the toolchain where it is missing.
pub fn target() -> Result<()> {
    let sysroot = cargo::output(Command::new("rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    cargo::run(Command::new("rustup").args(["target", "add", TARGET]))
        .with_context(|| format!("Rust's WebAssembly target is missing: run `rustup target add {TARGET}`"))
}

/// Adds the standard library's source to the toolchain where it is missing: the page is built with a library of its own.
fn source() -> Result<()> {
    let sysroot = cargo::output(Command::new("rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/Cargo.lock").is_file() {
        return Ok(());
    }
    cargo::run(Command::new("rustup").args(["component", "add", "rust-src"]))
        .context("the standard library's source is missing: run `rustup component add rust-src`")
}

/// The page's program of an edition, with glue for a classic script. What panics say is left out with the code that
/// says it: the page starts again whatever broke, and tells the reader so (`src/app/worker.rs`).
pub fn app(studio: bool) -> Result<Bound> {
    target()?;
    source()?;
    let mut build = cargo(&["build", "--profile", "web", "--bin", "crossread", "--no-default-features"]);
    if studio {
        build.args(["--features", "studio"]);
    }
    build.args(["-Z", "build-std=std,panic_abort", "-Z", "build-std-features=optimize_for_size"]);
    cargo::run(slim(build.args(WEB), &["-Zunstable-options", "-Cpanic=immediate-abort", LEANER]))?;
    let bound = bind(Bindgen::new().no_modules(true)?.typescript(false))?;
    let (js, wasm) = pack::pack(&bound.js, &locals::sorted(&bound.wasm)?)?;
    Ok(Bound { js, wasm, ..bound })
}

/// The engine as an ES module.
pub fn module() -> Result<Bound> {
    target()?;
    let library = ["rustc", "--profile", "web", "--lib", "--crate-type", "cdylib", "--features", "module"];
    // Other pages want it quick, and fetch it once: not the page's profile, which is as small as can be.
    let quick = ["--config", "profile.web.opt-level=3"];
    cargo::run(slim(cargo(&library).args(WEB).args(quick), &[]))?;
    bind(Bindgen::new().web(true)?.typescript(true))
}

/// Flags that make the program smaller, and some more.
///
/// This machine's folders are left out of what the program holds, which makes it the same on any machine. A panic
/// does not say its place and `Debug` writes nothing: 20 kB. rustc calls such options unstable and wants to be
/// told by its variable; rust-toolchain.toml pins it. The stack has 768 kB, so that what stands behind it is below
/// 2²⁰ and its addresses are a byte shorter.
fn slim<'a>(build: &'a mut Command, more: &[&str]) -> &'a mut Command {
    let home =
        std::env::var("CARGO_HOME").ok().or_else(|| Some(format!("{}/.cargo", std::env::var("HOME").ok()?)));
    let home = home.unwrap_or_default().replace('\\', "/");
    let here = std::env::current_dir().unwrap_or_default().display().to_string().replace('\\', "/");
    let mut flags = format!(
        "'--remap-path-prefix={home}/registry/src/=', '--remap-path-prefix={here}/=', '-Zlocation-detail=none', \
         '-Zfmt-debug=none', '-Clink-arg=-zstack-size=786432'"
    );
    more.iter().for_each(|flag| flags.push_str(&format!(", '{flag}'")));
    build.env("RUSTC_BOOTSTRAP", "1").args(["--config", &format!("target.{TARGET}.rustflags=[{flags}]")])
}

fn bind(bindgen: &mut Bindgen) -> Result<Bound> {
    say("wasm-bindgen");
    // Names and producers are weight.
    let mut output = bindgen
        .input_path(BUILT)
        .out_name("crossread")
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()
        .with_context(|| format!("wasm-bindgen could not read {BUILT}"))?;
    let (js, types) = (output.js().to_owned(), output.ts().unwrap_or_default().to_owned());
    Ok(Bound { js, types, wasm: output.wasm_mut().emit_wasm() })
}
