//! The conformance cases, on the two states of this crate.

use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{Clock, Result};
use linkwright_state::{Bounded, SqliteState, State};
use linkwright_testkit::{ManualClock, StateFixture, memory_state, state_cases};
use tempfile::TempDir;

#[derive(Debug)]
struct SqliteFixture(TempDir);

#[async_trait]
impl StateFixture for SqliteFixture {
    async fn open_two(&self, clock: Arc<dyn Clock>) -> Result<[Arc<dyn State>; 2]> {
        let folder = tempfile::tempdir_in(self.0.path()).unwrap().keep();
        let open = || Arc::new(SqliteState::open(folder.join("state.sqlite"), Arc::clone(&clock)));
        Ok([open(), open()])
    }
}

async fn check(fixture: &dyn StateFixture) {
    for case in state_cases() {
        assert_eq!((case.run)(fixture).await, Ok(()), "{}: {}", case.name, case.shows);
    }
}

#[tokio::test]
async fn memory_passes_every_case() {
    check(&*memory_state(|state| Arc::new(state))).await;
}

#[tokio::test]
async fn what_is_bounded_passes_every_case() {
    let bounded =
        |state| Arc::new(Bounded::new(Arc::new(state), Arc::new(ManualClock::new()))) as Arc<dyn State>;
    check(&*memory_state(bounded)).await;
}

#[tokio::test]
async fn sqlite_passes_every_case() {
    check(&SqliteFixture(tempfile::tempdir().unwrap())).await;
}
