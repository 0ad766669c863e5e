//! A state in a SQLite file, shared by the processes of one user on one machine.
//!
//! Not for network file systems, where SQLite's locks do not hold.

mod checksum;
mod database;
mod failure;
mod file;
mod rows;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::{Clock, Error, ErrorKind, Result};
use rusqlite::{Connection, TransactionBehavior};

use self::database::Database;
use self::failure::Failure;
use crate::entry::{Lifetime, check_key, check_value};
use crate::{Pace, Slot, State, StateInfo, gcra};

/// A state in a SQLite file. Needs a tokio runtime, in whose threads for blocking work the file is read and written.
///
/// - The file is opened by the first call. A folder that is missing is made for its owner alone (0700), the file too
///   (0600); a file others may read or write, or of another owner, is refused as `Unavailable` with the command that
///   mends it.
/// - Beside it lie SQLite's own `-wal` and `-shm`, and a `.lock` that is held while the file is opened or replaced.
/// - A file of a newer format or of another program is `Corrupt`, and stays as it is.
/// - A damaged file is moved aside, with a warning, and a fresh one begun: what it held is asked for again. See
///   [`moved_aside`](Self::moved_aside).
/// - A file that is deleted or replaced while it is open is noticed by the next call.
pub struct SqliteState {
    shared: Arc<Shared>,
}

struct Shared {
    path: PathBuf,
    clock: Arc<dyn Clock>,
    database: Mutex<Option<Database>>,
    moved_aside: Mutex<Option<PathBuf>>,
}

impl SqliteState {
    /// The state in this file, which is not touched yet.
    pub fn open(path: impl Into<PathBuf>, clock: Arc<dyn Clock>) -> Self {
        let (database, moved_aside) = (Mutex::default(), Mutex::default());
        Self { shared: Arc::new(Shared { path: path.into(), clock, database, moved_aside }) }
    }

    /// Where the file is, or will be.
    pub fn path(&self) -> &Path {
        &self.shared.path
    }

    /// Where the last damaged file was moved by this state, if one was.
    pub fn moved_aside(&self) -> Option<PathBuf> {
        lock(&self.shared.moved_aside).clone()
    }

    async fn run<T: Send + 'static>(
        &self,
        operation: &'static str,
        work: impl Fn(&mut Connection, &dyn Clock) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T> {
        let shared = Arc::clone(&self.shared);
        match tokio::task::spawn_blocking(move || shared.run(work)).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(failure)) => Err(failure.into_error(operation, &self.shared.path, &self.info())),
            Err(error) => {
                let kind = if error.is_panic() { ErrorKind::Internal } else { ErrorKind::Cancelled };
                Err(Error::new(kind, operation, "the state's work did not end")
                    .with_origin(self.info().to_string()))
            }
        }
    }
}

impl Shared {
    /// Does the work on the open database; on a fresh one, if this shows to be damaged.
    fn run<T>(&self, work: impl Fn(&mut Connection, &dyn Clock) -> Result<T, Failure>) -> Result<T, Failure> {
        let mut open = lock(&self.database);
        match self.attempt(&mut open, &work) {
            Err(failure) if failure.is_damage() => {
                *open = None;
                if let Some(aside) = database::replace_damaged(&self.path)? {
                    tracing::warn!(
                        path = %aside.display(),
                        error = %failure,
                        "the state file was damaged; a fresh one is begun, and the damaged one was moved to"
                    );
                    *lock(&self.moved_aside) = Some(aside);
                }
                self.attempt(&mut open, &work)
            }
            Err(failure) if failure.is_moved() => {
                *open = None;
                self.attempt(&mut open, &work)
            }
            other => other,
        }
    }

    fn attempt<T>(
        &self,
        open: &mut Option<Database>,
        work: impl Fn(&mut Connection, &dyn Clock) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        if open.as_ref().is_some_and(|database| !database.is_still_at(&self.path)) {
            *open = None;
        }
        let database = match open {
            Some(database) => database,
            None => open.insert(Database::open(&self.path)?),
        };
        work(&mut database.connection, &*self.clock)
    }
}

/// What is in the mutexes is replaced whole, so a panic leaves nothing half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for SqliteState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteState").field("path", &self.shared.path).finish_non_exhaustive()
    }
}

#[async_trait]
impl State for SqliteState {
    fn info(&self) -> StateInfo {
        StateInfo::new("sqlite", self.shared.path.display().to_string())
    }

    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>> {
        const OPERATION: &str = "state.get";
        check_key(&self.info(), OPERATION, key)?;
        let key = key.to_owned();
        // One statement, and so one moment, without a transaction.
        self.run(OPERATION, move |connection, clock| rows::get(connection, &key, clock.now())).await
    }

    async fn put(&self, key: &str, value: &[u8], lifetime: Duration) -> Result<()> {
        const OPERATION: &str = "state.put";
        check_key(&self.info(), OPERATION, key)?;
        check_value(&self.info(), OPERATION, value)?;
        let (key, value) = (key.to_owned(), value.to_owned());
        self.run(OPERATION, move |connection, clock| {
            // The clock is read when all others are kept out, so that times go up from one writer to the next.
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            rows::put(&transaction, &key, &value, Lifetime::new(clock.now(), lifetime))?;
            Ok(transaction.commit()?)
        })
        .await
    }

    async fn compare_and_set(
        &self,
        key: &str,
        expected: Option<&[u8]>,
        value: &[u8],
        lifetime: Duration,
    ) -> Result<bool> {
        const OPERATION: &str = "state.compare_and_set";
        check_key(&self.info(), OPERATION, key)?;
        check_value(&self.info(), OPERATION, value)?;
        let (key, expected, value) = (key.to_owned(), expected.map(<[u8]>::to_vec), value.to_owned());
        self.run(OPERATION, move |connection, clock| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let now = clock.now();
            if rows::get(&transaction, &key, now)? != expected {
                return Ok(false);
            }
            rows::put(&transaction, &key, &value, Lifetime::new(now, lifetime))?;
            transaction.commit()?;
            Ok(true)
        })
        .await
    }

    async fn remove(&self, key: &str) -> Result<bool> {
        const OPERATION: &str = "state.remove";
        check_key(&self.info(), OPERATION, key)?;
        let key = key.to_owned();
        self.run(OPERATION, move |connection, clock| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let was_there = rows::get(&transaction, &key, clock.now())?.is_some();
            rows::remove(&transaction, &key)?;
            transaction.commit()?;
            Ok(was_there)
        })
        .await
    }

    async fn reserve(&self, key: &str, pace: Pace, longest_wait: Duration) -> Result<Slot> {
        const OPERATION: &str = "state.reserve";
        check_key(&self.info(), OPERATION, key)?;
        let key = key.to_owned();
        self.run(OPERATION, move |connection, clock| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let kept = rows::pace(&transaction, &key)?;
            let (slot, keep) = gcra::reserve(kept, pace, clock.now(), longest_wait);
            if let Some(keep) = keep {
                rows::keep_pace(&transaction, &key, keep)?;
                transaction.commit()?;
            }
            Ok(slot)
        })
        .await
    }
}
