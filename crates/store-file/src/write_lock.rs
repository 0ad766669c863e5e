//! One writer at a time: within a store by turns, between processes by a lock on a file beside the credential file.
//!
//! The lock file is empty and stays for ever. If it were renamed or removed, two processes could each hold a lock on a
//! file of that name.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use linkwright_core::Clock;
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::disk;
use crate::failure::{Failure, Role};

/// How often a lock held by another process is asked for: short beside a write, which takes some milliseconds at least.
const PAUSE: Duration = Duration::from_millis(10);

/// The lock file of a credential file.
pub(crate) fn lock_path(credential_file: &Path) -> PathBuf {
    let mut path = credential_file.as_os_str().to_owned();
    path.push(".lock");
    path.into()
}

/// Where writers queue.
pub(crate) struct WriteLock {
    path: PathBuf,
    turns: Arc<Mutex<()>>,
}

/// The right to write, until it is dropped.
pub(crate) struct Held {
    _turn: OwnedMutexGuard<()>,
    file: File,
}

impl Drop for Held {
    /// Closing the file gives the lock back too, also when the process is killed, but not while a child process that
    /// another thread has forked and not yet started shares the open file.
    fn drop(&mut self) {
        if let Err(error) = self.file.unlock() {
            tracing::debug!(%error, "cannot unlock; closing the file does it");
        }
    }
}

impl WriteLock {
    /// The lock of this credential file.
    pub(crate) fn of(credential_file: &Path) -> Self {
        Self { path: lock_path(credential_file), turns: Arc::default() }
    }

    /// Opens the file that is locked. May wait for the disk.
    pub(crate) fn open(&self) -> Result<File, Failure> {
        disk::open_lock(&self.path)
    }

    /// Waits for the other writers: for those of this store until it is this one's turn, for another process as long as
    /// `timeout`. The file must have been opened for this wait.
    pub(crate) async fn acquire(
        &self,
        file: File,
        clock: &dyn Clock,
        timeout: Duration,
    ) -> Result<Held, Failure> {
        let turn = Arc::clone(&self.turns).lock_owned().await;
        let start = clock.monotonic();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Held { _turn: turn, file }),
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => {
                    return Err(Failure::io("lock", Role::Lock, &self.path)(error));
                }
            }
            let waited = clock.monotonic().saturating_sub(start);
            if waited >= timeout {
                return Err(Failure::Locked { path: self.path.clone(), waited });
            }
            clock.sleep(PAUSE.min(timeout - waited)).await;
        }
    }
}
