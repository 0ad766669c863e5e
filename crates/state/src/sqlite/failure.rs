//! What can go wrong with the file, and what it means to the caller.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use linkwright_core::{Error, ErrorKind, Retry};
use rusqlite::{ErrorCode, ffi};

use crate::StateInfo;

/// Why an operation on the file failed.
#[derive(Debug)]
pub(super) enum Failure {
    /// SQLite says so.
    Sqlite(rusqlite::Error),
    /// A row or the whole is not as it was written.
    Damaged(&'static str),
    /// The file system says so.
    Io { doing: &'static str, path: PathBuf, error: io::Error },
    /// Others may read or change it.
    Unsafe { what: String, mend: String },
    /// Another process keeps it from being opened.
    Busy,
    /// The file is of a format that is not known here.
    Newer(i64),
    /// The file is a sound database, but not ours.
    Foreign,
}

impl Failure {
    /// Whether the file is damaged, so that a fresh one helps.
    pub(super) fn is_damage(&self) -> bool {
        match self {
            Self::Damaged(_) => true,
            Self::Sqlite(error) => is_damage(error),
            Self::Io { .. } | Self::Unsafe { .. } | Self::Busy | Self::Newer(_) | Self::Foreign => false,
        }
    }

    /// Whether the file went elsewhere between the look at its path and the write.
    pub(super) fn is_moved(&self) -> bool {
        let Self::Sqlite(error) = self else { return false };
        code(error).is_some_and(|code| code.extended_code == ffi::SQLITE_READONLY_DBMOVED)
    }

    /// The one conversion to the public error.
    pub(super) fn into_error(self, operation: &'static str, path: &Path, info: &StateInfo) -> Error {
        let shown = path.display();
        let error = |kind, message: String| Error::new(kind, operation, message);
        let error = match self {
            Self::Damaged(_) => error(ErrorKind::Corrupt, format!("the state file is damaged: `{shown}`"))
                .with_hint(format!("delete it, nothing in it is worth a backup: rm {}", quoted(path)))
                .with_source(self),
            Self::Newer(format) => error(
                ErrorKind::Corrupt,
                format!("the state file is of format {format}, which a newer Linkwright wrote: `{shown}`"),
            )
            .with_hint(format!(
                "update linkwright, or delete the file, nothing in it is worth a backup: rm {}",
                quoted(path)
            )),
            Self::Foreign => {
                error(ErrorKind::Corrupt, format!("the file is the database of another program: `{shown}`"))
                    .with_hint("name another file for the state")
            }
            Self::Unsafe { what, mend } => error(ErrorKind::Unavailable, what).with_hint(mend),
            Self::Busy => busy(operation, path),
            Self::Io { doing, path, error: cause } => error(
                ErrorKind::Unavailable,
                format!("cannot {doing}: `{}`", path.display()),
            )
            .with_hint(
                "check the folder's permissions and the free space, or name another file for the state",
            )
            .with_source(cause),
            Self::Sqlite(ref cause) if is_damage(cause) => {
                error(ErrorKind::Corrupt, format!("the state file is damaged: `{shown}`"))
                    .with_hint(format!("delete it, nothing in it is worth a backup: rm {}", quoted(path)))
                    .with_source(self)
            }
            Self::Sqlite(ref cause) => match code(cause).map(|code| code.code) {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                    busy(operation, path).with_source(self)
                }
                _ => error(ErrorKind::Unavailable, format!("the state file cannot be used: `{shown}`"))
                    .with_hint("check the file's and its folder's permissions, and the free space")
                    .with_source(self),
            },
        };
        error.with_origin(info.to_string()).with_context("path", shown.to_string())
    }
}

fn busy(operation: &'static str, path: &Path) -> Error {
    let message = format!("another process holds the state file too long: `{}`", path.display());
    Error::new(ErrorKind::Unavailable, operation, message)
        .with_retry(Retry::Now)
        .with_hint("find the process that holds it and end it")
}

/// A path as a shell takes it back.
pub(super) fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', r"'\''"))
}

fn is_damage(error: &rusqlite::Error) -> bool {
    use rusqlite::Error as E;
    match error {
        // A column of a type or a range that was never written.
        E::InvalidColumnType(..)
        | E::IntegralValueOutOfRange(..)
        | E::FromSqlConversionFailure(..)
        | E::Utf8Error(..) => return true,
        _ => {}
    }
    let Some(code) = code(error) else { return false };
    match code.code {
        // The last is said of SQL that does not fit the tables. Ours does, unless the tables are not ours any more.
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::Unknown => true,
        ErrorCode::SystemIoFailure => matches!(
            code.extended_code,
            ffi::SQLITE_IOERR_SHORT_READ | ffi::SQLITE_IOERR_CORRUPTFS | ffi::SQLITE_IOERR_DATA
        ),
        _ => false,
    }
}

/// SQLite's number for it, also where the SQL itself was refused.
fn code(error: &rusqlite::Error) -> Option<ffi::Error> {
    match error {
        rusqlite::Error::SqliteFailure(code, _) | rusqlite::Error::SqlInputError { error: code, .. } => {
            Some(*code)
        }
        _ => None,
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(error) => write!(f, "{error}"),
            Self::Damaged(what) => f.write_str(what),
            Self::Io { error, .. } => write!(f, "{error}"),
            Self::Unsafe { what, .. } => f.write_str(what),
            Self::Busy => f.write_str("the lock is held"),
            Self::Newer(format) => write!(f, "format {format}"),
            Self::Foreign => f.write_str("another program's database"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}
