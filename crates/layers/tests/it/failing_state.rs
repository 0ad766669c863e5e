//! A state nobody can reach.

use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::{Error, ErrorKind, Result};
use linkwright_state::{Pace, Slot, State, StateInfo};

#[derive(Debug)]
pub(crate) struct FailingState;

fn gone<T>(operation: &'static str) -> Result<T> {
    Err(Error::new(ErrorKind::Unavailable, operation, "the state is away").with_origin("failing:"))
}

#[async_trait]
impl State for FailingState {
    fn info(&self) -> StateInfo {
        StateInfo::new("failing", "")
    }

    async fn get(&self, _: &str) -> Result<Option<Vec<u8>>> {
        gone("state.get")
    }

    async fn put(&self, _: &str, _: &[u8], _: Duration) -> Result<()> {
        gone("state.put")
    }

    async fn compare_and_set(&self, _: &str, _: Option<&[u8]>, _: &[u8], _: Duration) -> Result<bool> {
        gone("state.compare_and_set")
    }

    async fn remove(&self, _: &str) -> Result<bool> {
        gone("state.remove")
    }

    async fn reserve(&self, _: &str, _: Pace, _: Duration) -> Result<Slot> {
        gone("state.reserve")
    }
}
