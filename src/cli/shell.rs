//! The shells: the page's programs, one an edition, which the executable carries behind its own end.
//!
//! Invariant: the release works from an empty folder with nothing else installed. During development
//! `CROSSREAD_SHELLS` names the folder in which `cargo xtask web` put them. Not here: the page around them.
//!
//! The trailer: for each edition its length as eight bytes little-endian and its text, all as raw deflate; the
//! length of that as eight bytes little-endian; then [`MARK`]. `cargo xtask dist` writes it.

use anyhow::{Context, Result, bail};
use crossread::engine::page::Shell;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// Last bytes of an executable that carries shells.
const MARK: &[u8; 16] = b"\ncrossread shell";

/// Bytes that the unpacked shells may have.
const LARGEST: u64 = 64 << 20;

/// An edition of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// Searches, reads and compares; small enough to mail.
    Reading,
    /// Takes in articles as well.
    Studio,
}

/// Finds the shell of an edition.
pub fn find(edition: Edition) -> Result<Shell> {
    let text = match std::env::var_os("CROSSREAD_SHELLS") {
        Some(folder) => {
            let name = if edition == Edition::Studio { "studio.shell" } else { "reading.shell" };
            let path = Path::new(&folder).join(name);
            std::fs::read_to_string(&path)
                .with_context(|| format!("{} (from CROSSREAD_SHELLS) was not read", path.display()))?
        }
        None => carried(edition).context("the page's program inside this executable could not be read")?,
    };
    Shell::parse(&text)
        .map_err(|part| anyhow::anyhow!("the page's program is damaged in its part “{part}”: get it anew"))
}

/// A shell behind the end of this executable.
fn carried(edition: Edition) -> Result<String> {
    let mut file = File::open(std::env::current_exe()?)?;
    let mut trailer = [0; 24];
    file.seek(SeekFrom::End(-24))?;
    file.read_exact(&mut trailer)?;
    let (length, mark) = trailer.split_at(8);
    if mark != MARK {
        bail!("there is none. Use a release, or make one with `cargo xtask dist`");
    }
    let length = u64::from_le_bytes(length.try_into()?);
    file.seek(SeekFrom::End(-24 - i64::try_from(length)?))?;
    let mut shells = flate2::read::DeflateDecoder::new(file.take(length)).take(LARGEST);
    let mut next = || -> Result<String> {
        let mut length = [0; 8];
        shells.read_exact(&mut length)?;
        let mut text = String::new();
        shells.by_ref().take(u64::from_le_bytes(length)).read_to_string(&mut text)?;
        Ok(text)
    };
    let reading = next()?;
    if edition == Edition::Reading { Ok(reading) } else { next() }
}
