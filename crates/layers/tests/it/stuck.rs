//! What never answers: a state, and a place a credential is read from.

use std::future::pending;
use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::{RequestContext, Result};
use linkwright_layers::AccessIdentity;
use linkwright_state::{Pace, Slot, State, StateInfo};

#[derive(Debug)]
pub(crate) struct Stuck;

#[async_trait]
impl State for Stuck {
    fn info(&self) -> StateInfo {
        StateInfo::new("stuck", "")
    }

    async fn get(&self, _: &str) -> Result<Option<Vec<u8>>> {
        pending().await
    }

    async fn put(&self, _: &str, _: &[u8], _: Duration) -> Result<()> {
        pending().await
    }

    async fn compare_and_set(&self, _: &str, _: Option<&[u8]>, _: &[u8], _: Duration) -> Result<bool> {
        pending().await
    }

    async fn remove(&self, _: &str) -> Result<bool> {
        pending().await
    }

    async fn reserve(&self, _: &str, _: Pace, _: Duration) -> Result<Slot> {
        pending().await
    }
}

#[async_trait]
impl AccessIdentity for Stuck {
    async fn identity(&self, _: &RequestContext) -> Result<Option<String>> {
        pending().await
    }
}
