//! Where a file goes, and the files beside it.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use linkwright_core::{Error, ErrorKind, Result};

use super::OPERATION;

/// A place a file can be put to.
#[derive(Debug)]
pub(super) struct Place {
    target: PathBuf,
}

impl Place {
    /// Looks at the target; makes nothing. A symbolic link stays one: what it leads to is replaced.
    pub(super) fn check(target: &Path) -> Result<Self> {
        let refused = |what: &str| {
            Error::new(ErrorKind::RequestInvalid, OPERATION, format!("{what}: `{}`", target.display()))
                .with_context("path", target.display().to_string())
        };
        let target = match fs::metadata(target) {
            Ok(present) if present.is_file() => {
                fs::canonicalize(target).map_err(|error| failed("find", target, error))?
            }
            // Also a device: renaming a file over `/dev/null` would be the end of it.
            Ok(_) => return Err(refused("the target is there and is no file")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => target.to_owned(),
            Err(error) => return Err(failed("look at", target, error)),
        };
        if target.file_name().is_none() {
            return Err(refused("the target names no file"));
        }
        let place = Self { target };
        if !place.folder().is_dir() {
            return Err(refused("the target's folder is not there").with_hint("make the folder first"));
        }
        Ok(place)
    }

    pub(super) fn target(&self) -> &Path {
        &self.target
    }

    pub(super) fn part(&self) -> PathBuf {
        self.beside(".part")
    }

    pub(super) fn version(&self) -> PathBuf {
        self.beside(".part.version")
    }

    pub(super) fn plain(&self) -> PathBuf {
        self.beside(".part.plain")
    }

    fn beside(&self, ending: &str) -> PathBuf {
        let mut name = OsString::from(&self.target);
        name.push(ending);
        name.into()
    }

    fn folder(&self) -> &Path {
        self.target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// Puts a file to the target, whole or not at all, so that a power cut does not undo it.
    pub(super) fn put(&self, file: &File, path: &Path) -> Result<()> {
        file.sync_all().map_err(|error| failed("flush", path, error))?;
        fs::rename(path, &self.target).map_err(|error| failed("replace", &self.target, error))?;
        sync_folder(self.folder()).map_err(|error| failed("flush the folder of", &self.target, error))
    }
}

/// Opens a file of ours for reading and writing; a new one is readable by its owner only where it is to be private.
pub(super) fn open(path: &Path, private: bool) -> Result<File> {
    // What is there under this name and is no file of ours is not written to, nor where it leads.
    if fs::symlink_metadata(path).is_ok_and(|present| !present.is_file()) {
        return Err(failed("write", path, io::Error::other("it is there and is no file")));
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    restrict(&mut options, private);
    let file = options.open(path).map_err(|error| failed("write", path, error))?;
    if private {
        make_private(&file).map_err(|error| failed("protect", path, error))?;
    }
    Ok(file)
}

/// Removes a file of ours; one that is not there is as good as removed.
pub(super) fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed("remove", path, error)),
        _ => Ok(()),
    }
}

/// A file or folder of this machine is in the way.
pub(super) fn failed(what: &str, path: &Path, error: io::Error) -> Error {
    Error::new(ErrorKind::Unavailable, OPERATION, format!("cannot {what}: `{}`", path.display()))
        .with_context("path", path.display().to_string())
        .with_source(error)
}

#[cfg(unix)]
fn restrict(options: &mut OpenOptions, private: bool) {
    use std::os::unix::fs::OpenOptionsExt;
    if private {
        options.mode(0o600);
    }
}

#[cfg(not(unix))]
fn restrict(_options: &mut OpenOptions, _private: bool) {}

/// Also a file that an earlier run made, when it was not to be private.
#[cfg(unix)]
fn make_private(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn make_private(_file: &File) -> io::Result<()> {
    Ok(())
}

/// Makes the rename itself survive a power cut. Windows has no such call and needs none.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
