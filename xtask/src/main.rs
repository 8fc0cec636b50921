//! The builder: everything that builds, packs, serves and tests Crossread. `cargo xtask help` says what it can.
//!
//! Invariant: every step of `cargo xtask test` is also a command of its own, and CI runs nothing else. Not here:
//! any knowledge of articles.

mod bench;
mod browser;
mod cargo;
mod dist;
mod locals;
mod pack;
mod serve;
mod shell;
mod size;
mod test;
mod wasm;

use anyhow::{Result, bail};
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  serve             build the page and the command, bundle seeds/ and serve them on this machine
  test              everything that CI runs; --firefox: the first scenario also in Firefox
  test STEP…        some steps: fmt clippy clippy-web doc native web size browser
                    after `browser`, words that the names of the tests must contain: test browser -- compare
  web               build the page's program, both editions (target/web/*.shell)
  size              build it and check the size budget
  dist              the release, in target/dist/
  train DATA -o F   trains the recogniser's model on a folder of annotated texts (docs/MODEL.md); also predict,
                    ablate and link, each with words of its own
  module            only the ES module of the engine, into benches/peers/assets/ (see benches/peers/crossread.mjs)
  bench start       from navigation to a usable search box, beside a trivial page
  help              this";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Result<ExitCode> {
    std::env::set_current_dir(root())?;
    match arguments {
        ["serve", rest @ ..] => serve::serve(rest)?,
        ["test", rest @ ..] => return test::run_steps(rest),
        ["web"] => {
            shell::build()?;
        }
        ["size"] => println!("{}", size::check()?),
        ["dist"] => dist::dist()?,
        ["train" | "predict" | "ablate" | "link", ..] => {
            let build =
                ["run", "--release", "--package", "xtask", "--features", "trainer", "--bin", "trainer", "--"];
            cargo::run(cargo::cargo(&build).args(arguments))?;
        }
        ["module"] => dist::module(std::path::Path::new("benches/peers/assets"))?,
        ["bench", "start"] => bench::start()?,
        [] | ["help" | "--help" | "-h"] => println!("{HELP}"),
        other => bail!("there is no command `{}`\n\n{HELP}", other.join(" ")),
    }
    Ok(ExitCode::SUCCESS)
}

/// The top folder of the project.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask stands in the project").to_owned()
}
