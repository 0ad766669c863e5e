//! The file as a file: who may read it, who opens it, where it goes when it is damaged.
//!
//! The database file itself is never opened here once it exists. Closing any descriptor of it would drop the locks that
//! SQLite holds on it for the whole process (<https://sqlite.org/howtocorrupt.html>, §2.2).

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::failure::{Failure, quoted};

/// How long others may keep a file from being opened, or a write from being made. Both take milliseconds.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// How often it is looked whether the lock is free.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// Makes the folder if it is missing, and refuses one in which others may replace files.
pub(super) fn prepare_folder(path: &Path) -> Result<(), Failure> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let failed = |doing| move |error| Failure::Io { doing, path: folder.to_owned(), error };
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(failed("make the folder of the state file"))?;
    let metadata = fs::metadata(folder).map_err(failed("look at the folder of the state file"))?;
    owner::check_folder(folder, &metadata)
}

/// The lock that is held while the file is opened or replaced. Freed when dropped, also by a process that is killed. Its
/// file is never removed: who waits for it has it open already.
#[derive(Debug)]
pub(super) struct Lock(#[allow(dead_code, reason = "held for its lock")] File);

impl Lock {
    pub(super) fn take(path: &Path) -> Result<Self, Failure> {
        let path = beside(path, ".lock");
        let failed = |error| Failure::Io { doing: "lock the state file", path: path.clone(), error };
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        let file = owner::private(&mut options).open(&path).map_err(failed)?;
        let mut waited = Duration::ZERO;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self(file)),
                Err(TryLockError::Error(error)) => return Err(failed(error)),
                Err(TryLockError::WouldBlock) if waited >= LONGEST_WAIT => return Err(Failure::Busy),
                Err(TryLockError::WouldBlock) => {
                    std::thread::sleep(LOOK_AGAIN);
                    waited += LOOK_AGAIN;
                }
            }
        }
    }
}

/// Makes the file if it is missing, and refuses one that others may read or change. Under the lock only.
pub(super) fn prepare_file(path: &Path) -> Result<(), Failure> {
    let failed = |doing| move |error| Failure::Io { doing, path: path.to_owned(), error };
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    match owner::private(&mut options).open(path) {
        Ok(_) => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(failed("make the state file")(error)),
    }
    let metadata = fs::metadata(path).map_err(failed("look at the state file"))?;
    if !metadata.is_file() {
        let mend = "name a file for the state".to_owned();
        return Err(Failure::Unsafe {
            what: format!("the state file is no file: `{}`", path.display()),
            mend,
        });
    }
    owner::check_file(path, &metadata)
}

/// Moves the file and SQLite's own beside it to the first free name, and says which. Under the lock only.
pub(super) fn move_aside(path: &Path) -> Result<PathBuf, Failure> {
    let failed =
        |error| Failure::Io { doing: "move the damaged state file aside", path: path.to_owned(), error };
    let mut number = 1;
    let aside = loop {
        let aside = beside(path, &format!(".corrupt-{number}"));
        if !fs::exists(&aside).map_err(failed)? {
            break aside;
        }
        number += 1;
    };
    // The log first: a fresh file must not meet the old one's.
    for suffix in ["-wal", "-shm", ""] {
        match fs::rename(beside(path, suffix), beside(&aside, suffix)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            other => other.map_err(failed)?,
        }
    }
    Ok(aside)
}

/// Which file is at the path at this moment; `None` for none, and where the platform does not say.
pub(super) fn identity(path: &Path) -> Option<(u64, u64)> {
    fs::metadata(path).ok().and_then(|metadata| owner::identity(&metadata))
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

#[cfg(unix)]
mod owner {
    //! Owners and modes as Unix has them.

    use std::fs::{Metadata, OpenOptions};
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt};

    use super::{Failure, Path, quoted};

    pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
        options.mode(0o600)
    }

    pub(super) fn identity(metadata: &Metadata) -> Option<(u64, u64)> {
        Some((metadata.dev(), metadata.ino()))
    }

    pub(super) fn check_file(path: &Path, metadata: &Metadata) -> Result<(), Failure> {
        let shown = path.display();
        if metadata.uid() != rustix::process::geteuid().as_raw() {
            return Err(Failure::Unsafe {
                what: format!("the state file belongs to another user: `{shown}`"),
                mend: "run as that user, or name another file for the state".to_owned(),
            });
        }
        if metadata.mode() & 0o077 != 0 {
            return Err(Failure::Unsafe {
                what: format!("the state file is open to other users: `{shown}`"),
                mend: format!("close it to them: chmod 600 {}", quoted(path)),
            });
        }
        Ok(())
    }

    /// A folder others may read is no harm: the files in it are closed to them.
    pub(super) fn check_folder(folder: &Path, metadata: &Metadata) -> Result<(), Failure> {
        let shown = folder.display();
        // The administrator may do anything anyway.
        if ![rustix::process::geteuid().as_raw(), 0].contains(&metadata.uid()) {
            return Err(Failure::Unsafe {
                what: format!("the folder of the state file belongs to another user: `{shown}`"),
                mend: "run as that user, or name another file for the state".to_owned(),
            });
        }
        let sticky = metadata.mode() & 0o1000 != 0;
        if metadata.mode() & 0o022 != 0 && !sticky {
            return Err(Failure::Unsafe {
                what: format!("other users may replace files in the folder of the state file: `{shown}`"),
                mend: format!("close it to them: chmod go-w {}", quoted(folder)),
            });
        }
        Ok(())
    }
}

#[cfg(not(unix))]
mod owner {
    //! A user's folders are closed to others by what they inherit, and a file that is open cannot be replaced.

    use std::fs::{Metadata, OpenOptions};

    use super::{Failure, Path};

    pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
        options
    }

    pub(super) fn identity(_metadata: &Metadata) -> Option<(u64, u64)> {
        Some((0, 0))
    }

    pub(super) fn check_file(_path: &Path, _metadata: &Metadata) -> Result<(), Failure> {
        Ok(())
    }

    pub(super) fn check_folder(_folder: &Path, _metadata: &Metadata) -> Result<(), Failure> {
        Ok(())
    }
}
