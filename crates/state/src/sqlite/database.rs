//! Opening the database: its format, its settings, and what happens when it is damaged.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::failure::Failure;
use super::{file, rows};

/// An open database, and which file it is.
#[derive(Debug)]
pub(super) struct Database {
    pub(super) connection: Connection,
    file: Option<(u64, u64)>,
}

/// "Lkwr" in ASCII: how SQLite files say whose they are (`PRAGMA application_id`).
const APPLICATION: i64 = 0x4c6b_7772;

/// What makes a file of one format one of the next; the first begins with an empty file. The number of the format is
/// `PRAGMA user_version`. A step that was released is never changed.
const STEPS: &[&str] = &["
    CREATE TABLE entry (
        key BLOB NOT NULL PRIMARY KEY,
        value BLOB NOT NULL,
        written_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        checksum INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX entry_by_expiry ON entry (expires_at);
    CREATE TABLE pace (
        key BLOB NOT NULL PRIMARY KEY,
        rests_at INTEGER NOT NULL,
        seen_at INTEGER NOT NULL,
        checksum INTEGER NOT NULL
    ) STRICT;
"];

impl Database {
    /// Opens the file, makes it if it is missing, and brings it to the present format.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        file::prepare_folder(path)?;
        let _lock = file::Lock::take(path)?;
        file::prepare_file(path)?;
        let mut connection = connect(path)?;
        let newest = STEPS.len() as i64;
        let format = format(&connection)?;
        if format > newest {
            return Err(Failure::Newer(format));
        }
        // In this order: a file of another format or program is not even put into another mode.
        // A file system without shared memory answers with another mode, which is as safe and only slower.
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        // Survives a crash of this program whole, and one of the machine but for the last changes: nobody misses them.
        connection.execute_batch("PRAGMA synchronous = NORMAL")?;
        if format < newest {
            migrate(&mut connection, format)?;
        }
        Ok(Self { connection, file: file::identity(path) })
    }

    /// Whether the file at the path is still the one that was opened.
    pub(super) fn is_still_at(&self, path: &Path) -> bool {
        self.file.is_some() && file::identity(path) == self.file
    }
}

/// Moves a damaged file aside and says where to; `None` if it is sound, because another process was faster.
pub(super) fn replace_damaged(path: &Path) -> Result<Option<PathBuf>, Failure> {
    let _lock = file::Lock::take(path)?;
    let verdict = connect(path).and_then(|connection| {
        format(&connection)?;
        let check: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if check != "ok" {
            return Err(Failure::Damaged("SQLite's own check failed"));
        }
        rows::verify(&connection)
    });
    match verdict {
        Err(failure) if failure.is_damage() => file::move_aside(path).map(Some),
        other => other.map(|()| None),
    }
}

fn connect(path: &Path) -> Result<Connection, Failure> {
    // Never made by SQLite, which would make it readable to others.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(file::LONGEST_WAIT)?;
    Ok(connection)
}

/// The file's format; 0 for an empty one.
fn format(connection: &Connection) -> Result<i64, Failure> {
    let number = |sql| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let format = number("PRAGMA user_version")?;
    let application = number("PRAGMA application_id")?;
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    if application == APPLICATION || (application == 0 && format == 0 && tables == 0) {
        Ok(format)
    } else {
        Err(Failure::Foreign)
    }
}

fn migrate(connection: &mut Connection, format: i64) -> Result<(), Failure> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = usize::try_from(format).map_err(|_| Failure::Damaged("a format below zero"))?;
    for step in &STEPS[done..] {
        transaction.execute_batch(step)?;
    }
    transaction.execute_batch(&format!(
        "PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {}",
        STEPS.len()
    ))?;
    Ok(transaction.commit()?)
}
