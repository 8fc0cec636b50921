//! The shell: the page's program, which the executable carries behind its own end.
//!
//! Invariant: the release works from an empty folder with nothing else installed. During development
//! `CROSSREAD_SHELL` names the file that `cargo xtask web` built. Not here: the page around it.
//!
//! The trailer: the shell as raw deflate, its length as eight bytes little-endian, then [`MARK`].
//! `cargo xtask dist` writes it.

use anyhow::{Context, Result, bail};
use crossread::engine::page::Shell;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// Last bytes of an executable that carries a shell.
const MARK: &[u8; 16] = b"\ncrossread shell";

/// Bytes that an unpacked shell may have.
const LARGEST: u64 = 64 << 20;

/// Finds the shell.
pub fn find() -> Result<Shell> {
    let text = match std::env::var_os("CROSSREAD_SHELL") {
        Some(path) => std::fs::read_to_string(&path)
            .with_context(|| format!("{} (from CROSSREAD_SHELL) was not read", path.display()))?,
        None => carried().context("the page's program inside this executable could not be read")?,
    };
    Shell::parse(&text)
        .map_err(|part| anyhow::anyhow!("the page's program is damaged in its part “{part}”: get it anew"))
}

/// The shell behind the end of this executable.
fn carried() -> Result<String> {
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
    let mut text = String::new();
    flate2::read::DeflateDecoder::new(file.take(length)).take(LARGEST).read_to_string(&mut text)?;
    Ok(text)
}
