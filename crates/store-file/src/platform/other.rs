//! Files where owners and permissions are not of Unix's kind, as on Windows: what a user's own folder grants holds.

use std::fs::{File, OpenOptions, Permissions};
use std::io;
use std::path::Path;

use crate::access_rule::Facts;

/// Opens a file to read it, behind a link too, and says whether there was a link.
pub(crate) fn open_to_read(path: &Path) -> io::Result<(File, Facts)> {
    let is_link = std::fs::symlink_metadata(path)?.is_symlink();
    let file = File::open(path)?;
    let facts = facts_of(&file, is_link)?;
    Ok((file, facts))
}

/// Opens the lock file, making it if needed.
pub(crate) fn open_lock(path: &Path) -> io::Result<(File, Facts)> {
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
    let facts = facts_of(&file, false)?;
    Ok((file, facts))
}

fn facts_of(file: &File, is_link: bool) -> io::Result<Facts> {
    let is_regular_file = file.metadata()?.is_file();
    Ok(Facts { is_link, is_regular_file, ownership: None, on_read_only_file_system: false })
}

/// Files get what their folder grants.
pub(crate) fn private_permissions() -> Option<Permissions> {
    None
}

/// Makes a folder and those above it.
pub(crate) fn make_private_folder(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)
}

/// Folders have none of Unix's kind.
pub(crate) fn folder_permissions(_folder: &Path) -> io::Result<Option<u32>> {
    Ok(None)
}

/// Windows has no such call and needs none.
pub(crate) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
