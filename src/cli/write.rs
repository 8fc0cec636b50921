//! Files that the command makes: whole or not at all, and never over a file that it did not make.
//!
//! Invariant: a name holds its old content until the new one is complete on the disk. Not here: what is written.

use anyhow::{Context, Result, bail};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// Refuses where a file stands that does not begin as ours do.
pub fn may_replace(path: &Path, ours: &[u8]) -> Result<()> {
    let mut start = Vec::new();
    match File::open(path).and_then(|file| file.take(ours.len() as u64).read_to_end(&mut start)) {
        Ok(_) if start == ours => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Ok(_) => bail!(
            "{} is there already and was not made by crossread: give another name, or remove it first",
            path.display()
        ),
        Err(error) => {
            Err(error).with_context(|| format!("{} is there already and cannot be read", path.display()))
        }
    }
}

/// Writes a file whole or not at all; folders on the way are made.
pub fn whole(path: &Path, bytes: &[u8]) -> Result<()> {
    replace(path, bytes).map_err(|error| match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            anyhow::anyhow!(
                "{} was not written: the disk is full ({} kB are needed). Nothing was changed.",
                path.display(),
                bytes.len().div_ceil(1000)
            )
        }
        _ => anyhow::Error::new(error)
            .context(format!("{} was not written; nothing was changed", path.display())),
    })
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: the umask takes away what it does.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.prefix(".crossread-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_files_are_replaced() {
        let folder = tempfile::tempdir().unwrap();
        for (there, may) in
            [(None, true), (Some("ours, and more"), true), (Some("our"), false), (Some("x"), false)]
        {
            let path = folder.path().join("page.html");
            let _ = std::fs::remove_file(&path);
            if let Some(text) = there {
                std::fs::write(&path, text).unwrap();
            }
            assert_eq!(may_replace(&path, b"ours").is_ok(), may, "{there:?}");
        }
    }

    #[test]
    fn a_file_that_cannot_be_written_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("name");
        std::fs::create_dir(&path).unwrap();
        let error = whole(&path, b"text").unwrap_err();
        assert!(format!("{error:#}").contains("nothing was changed"), "{error:#}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
