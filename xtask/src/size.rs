//! The size budget: what a reader downloads or mails.
//!
//! Invariant: a page over budget fails `cargo xtask test`. Not here: what makes it large.

use crate::{cargo, shell};
use anyhow::{Context, Result, bail};

/// Bytes of the reading edition's WebAssembly, compressed as a host would (deflate, as in gzip).
const WASM: usize = 400_000;

/// The same of the studio edition, which also takes in articles, without what [`TABLES`] counts.
const STUDIO: usize = 700_000;

/// Bytes of the recogniser's model and lists, compressed: only the studio edition has them.
const TABLES: usize = 1_500_000;

/// Bytes of one HTML file with the two seed articles.
const PAGE: u64 = 1_200_000;

/// The page that is weighed.
pub const SEEDS_PAGE: &str = "target/web/seeds.html";

/// Builds the page with the seeds and weighs it.
pub fn check() -> Result<String> {
    let built = shell::build()?;
    weigh(&built)
}

/// Weighs the page with the seeds.
pub fn weigh(built: &shell::Built) -> Result<String> {
    let build = ["run", "--quiet", "--bin", "crossread", "--", "build", "seeds", "-o", SEEDS_PAGE];
    cargo::run(cargo::cargo(&build).env("CROSSREAD_SHELLS", shell::SHELLS))?;
    let page = std::fs::metadata(SEEDS_PAGE).context(SEEDS_PAGE)?.len();
    let [reading, whole] = built.deflated;
    let tables = tables()?;
    let studio = whole.saturating_sub(tables);
    let said = format!(
        "wasm {:.1} of {} kB compressed (studio {:.1} of {}, and model and lists {} of {}), page with the seeds {} of {} kB",
        reading as f64 / 1000.0,
        WASM / 1000,
        studio as f64 / 1000.0,
        STUDIO / 1000,
        tables / 1000,
        TABLES / 1000,
        page / 1000,
        PAGE / 1000
    );
    if reading > WASM || studio > STUDIO || tables > TABLES || page > PAGE {
        bail!("over the size budget: {said}");
    }
    Ok(said)
}

/// Bytes of the recogniser's model and lists, each file compressed.
fn tables() -> Result<usize> {
    let mut bytes = shell::deflate(&std::fs::read("src/entities/model.bin")?)?.len();
    for entry in std::fs::read_dir("src/entities/lists").context("src/entities/lists")? {
        bytes += shell::deflate(&std::fs::read(entry?.path())?)?.len();
    }
    Ok(bytes)
}
