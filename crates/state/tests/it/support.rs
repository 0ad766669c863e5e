//! Fresh folders and states in them.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use linkwright_state::SqliteState;
use linkwright_testkit::ManualClock;
use tempfile::TempDir;

pub(crate) const MINUTE: Duration = Duration::from_secs(60);

/// A folder that is removed with the value.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The names of the files in it, sorted, without SQLite's own and the lock.
    pub(crate) fn files(&self) -> Vec<String> {
        let names = std::fs::read_dir(self.0.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.retain(|name| !["-wal", "-shm", ".lock"].iter().any(|suffix| name.ends_with(suffix)));
        names.sort();
        names
    }

    /// The state in this folder's file `state.sqlite`.
    pub(crate) fn state(&self) -> SqliteState {
        SqliteState::open(self.path("state.sqlite"), Arc::new(ManualClock::new()))
    }
}
