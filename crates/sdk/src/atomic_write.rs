//! Replacing a file so that readers see the old or the new one, never half.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use linkwright_core::{Error, ErrorKind, Result};

/// Writes a file by way of a temporary one in the same folder, flushed to the disk and renamed. Missing folders are made;
/// the permissions of a file that is there are kept, a new one is readable by its owner only.
///
/// # Errors
/// Kind `Unavailable`, with the path; the file is then as it was.
pub fn write_atomically(path: &Path, contents: &[u8]) -> Result<()> {
    let failed = |what: &str, error: std::io::Error| {
        Error::new(ErrorKind::Unavailable, "file.write", format!("cannot {what}: `{}`", path.display()))
            .with_context("path", path.display().to_string())
            .with_source(error)
    };
    let real = behind_links(path);
    let folder = match real.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(folder).map_err(|error| failed("make the folder of", error))?;
    let mut temporary =
        tempfile::NamedTempFile::new_in(folder).map_err(|error| failed("write beside", error))?;
    temporary.write_all(contents).map_err(|error| failed("write", error))?;
    if let Ok(present) = std::fs::metadata(&real) {
        temporary.as_file().set_permissions(present.permissions()).map_err(|error| failed("write", error))?;
    }
    temporary.as_file().sync_all().map_err(|error| failed("flush", error))?;
    temporary.persist(&real).map_err(|error| failed("replace", error.error))?;
    sync_folder(folder).map_err(|error| failed("flush the folder of", error))
}

/// The file itself behind symbolic links, also where it is not there yet: a link, as managers of dotfiles make them,
/// stays a link.
fn behind_links(path: &Path) -> PathBuf {
    // As many as Linux follows (`MAXSYMLINKS`); links in a circle end here, and writing then says what is wrong.
    const MOST_LINKS: usize = 40;
    let mut real = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(target) = std::fs::read_link(&real) else { return real };
        real = real.parent().unwrap_or(Path::new("")).join(target);
    }
    path.to_owned()
}

/// Makes the rename itself survive a power cut. Windows has no such call and needs none.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}
