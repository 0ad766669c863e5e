//! Reading and replacing files whole.
//!
//! Every file this crate writes appears under its name complete and flushed to the disk, or not at all.

use std::fs::{File, Permissions};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;
use zeroize::Zeroizing;

use crate::access_rule::{Objection, Purpose, judge, judge_folder};
use crate::failure::{Failure, Role};
use crate::platform;

/// Far above what credentials need (ten revisions of a thousand credentials are 2 MB), and little enough to read into
/// memory when a path is wrong.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// Stands between a file's name and the random end of the temporary files that are to replace it.
const TEMPORARY_MARK: &str = ".new-";

/// Reads a file, if it is there and may be trusted.
pub(crate) fn read(path: &Path, role: Role, purpose: Purpose) -> Result<Option<Zeroizing<Vec<u8>>>, Failure> {
    let (file, facts) = match platform::open_to_read(path) {
        Ok(opened) => opened,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::io("open", role, path)(error)),
    };
    judge(&facts, purpose).map_err(|objection| refused(path, role, objection))?;
    let failed = || Failure::io("read", role, path);
    let length = file.metadata().map_err(failed())?.len();
    if length > MOST_BYTES {
        return Err(Failure::FileTooLarge { most: MOST_BYTES });
    }
    // One more, so that reading to the end does not grow the buffer and leave a copy behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1));
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(failed())?;
    Ok(Some(bytes))
}

/// Whether there is anything under this name, also what cannot be looked at.
pub(crate) fn is_there(path: &Path) -> bool {
    !matches!(std::fs::symlink_metadata(path), Err(error) if error.kind() == io::ErrorKind::NotFound)
}

/// Opens a lock file, and makes it where it is missing.
pub(crate) fn open_lock(path: &Path) -> Result<File, Failure> {
    if std::fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) {
        return Err(refused(path, Role::Lock, Objection::Link));
    }
    let (file, facts) = platform::open_lock(path).map_err(Failure::io("open", Role::Lock, path))?;
    judge(&facts, Purpose::Replace).map_err(|objection| refused(path, Role::Lock, objection))?;
    Ok(file)
}

fn refused(path: &Path, role: Role, objection: Objection) -> Failure {
    Failure::Refused { role, path: path.to_owned(), objection }
}

/// The folder of a file, made if it is missing.
pub(crate) fn make_folder_of(path: &Path, role: Role) -> Result<(), Failure> {
    platform::make_private_folder(folder_of(path)).map_err(Failure::io("make the folder of", role, path))
}

/// Refuses to write where others could remove the file.
pub(crate) fn judge_folder_of(path: &Path, role: Role) -> Result<(), Failure> {
    let failed = Failure::io("look at the folder of", role, path);
    let permissions = platform::folder_permissions(folder_of(path)).map_err(failed)?;
    judge_folder(permissions).map_err(|objection| refused(folder_of(path), role, objection))
}

/// Replaces a file at once. Needs the write lock: what others began and did not finish is removed.
pub(crate) fn replace(path: &Path, role: Role, bytes: &[u8]) -> Result<(), Failure> {
    remove_leftovers(path);
    let temporary = write_beside(path, role, bytes)?;
    temporary.persist(path).map_err(|error| Failure::io("replace", role, path)(error.error))?;
    sync_folder_of(path);
    Ok(())
}

/// Puts a file where none is; `false`, and nothing changed, if one is there by now.
///
/// Needs no lock, and so removes nothing that another process may be about to put there.
pub(crate) fn create(path: &Path, role: Role, bytes: &[u8]) -> Result<bool, Failure> {
    make_folder_of(path, role)?;
    judge_folder_of(path, role)?;
    let temporary = write_beside(path, role, bytes)?;
    match temporary.persist_noclobber(path) {
        Ok(_) => {
            sync_folder_of(path);
            Ok(true)
        }
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(Failure::io("create", role, path)(error.error)),
    }
}

/// Writes a temporary file in the folder of `path`, flushed to the disk.
fn write_beside(path: &Path, role: Role, bytes: &[u8]) -> Result<NamedTempFile, Failure> {
    let prefix = temporary_prefix(path);
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix);
    let permissions: Option<Permissions> = platform::private_permissions();
    if let Some(permissions) = permissions {
        builder.permissions(permissions);
    }
    let failed = |doing| Failure::io(doing, role, path);
    let mut temporary = builder.tempfile_in(folder_of(path)).map_err(failed("write beside"))?;
    temporary.write_all(bytes).map_err(failed("write"))?;
    temporary.as_file().sync_all().map_err(failed("flush"))?;
    Ok(temporary)
}

/// Removes the temporary files of writers that were killed. A failure does no harm, so it is not one of the write's.
fn remove_leftovers(path: &Path) {
    let prefix = temporary_prefix(path);
    let Ok(entries) = std::fs::read_dir(folder_of(path)) else { return };
    for entry in entries.flatten() {
        let is_leftover = entry.file_name().to_str().is_some_and(|name| name.starts_with(&prefix));
        if is_leftover && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            match std::fs::remove_file(entry.path()) {
                Ok(()) => {
                    tracing::debug!(path = %entry.path().display(), "removed what a killed writer left");
                }
                Err(error) => {
                    tracing::warn!(path = %entry.path().display(), %error, "cannot remove a left-over file");
                }
            }
        }
    }
}

fn temporary_prefix(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!(".{name}{TEMPORARY_MARK}")
}

/// The folder a file is in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Makes a rename survive a power cut. If that fails, the new file is in place all the same and readers see it, so an
/// error, which says that nothing changed, would be wrong.
fn sync_folder_of(path: &Path) {
    if let Err(error) = platform::sync_folder(folder_of(path)) {
        tracing::warn!(path = %path.display(), %error, "cannot flush the folder; a power cut may undo this change");
    }
}
