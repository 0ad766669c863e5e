//! A fixture for the state that needs a file.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use linkwright_core::{Clock, Error, ErrorKind, Result};
use linkwright_state::{SqliteState, State};
use linkwright_testkit::StateFixture;
use tempfile::TempDir;

/// Opens [`SqliteState`]s, each on a file of its own in a folder that lasts as long as the fixture.
#[derive(Debug, Default)]
pub(crate) struct SqliteFixture(Mutex<Vec<TempDir>>);

#[async_trait]
impl StateFixture for SqliteFixture {
    async fn open_two(&self, clock: Arc<dyn Clock>) -> Result<[Arc<dyn State>; 2]> {
        let folder = tempfile::tempdir().map_err(|cause| {
            Error::new(ErrorKind::Unavailable, "fixture.open", "cannot make a temporary folder")
                .with_source(cause)
        })?;
        let path = folder.path().join("state.sqlite");
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(folder);
        let open = || Arc::new(SqliteState::open(path.clone(), Arc::clone(&clock)));
        Ok([open(), open()])
    }
}
