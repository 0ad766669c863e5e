//! What the state cases need from whoever runs them: fresh states on a clock of theirs.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{Clock, Result};
use linkwright_state::{MemoryState, State};

/// Makes states of one kind for the cases.
#[async_trait]
pub trait StateFixture: fmt::Debug + Send + Sync + 'static {
    /// Two handles on one fresh and empty state, as two processes have them; for a state that is one process' own, the
    /// same twice. It shares nothing with states opened before.
    async fn open_two(&self, clock: Arc<dyn Clock>) -> Result<[Arc<dyn State>; 2]>;

    /// A fresh and empty state.
    async fn open(&self, clock: Arc<dyn Clock>) -> Result<Arc<dyn State>> {
        let [state, _] = self.open_two(clock).await?;
        Ok(state)
    }
}

/// A fixture of [`MemoryState`]s, seen through `wrap`.
pub fn memory_state(
    wrap: impl Fn(MemoryState) -> Arc<dyn State> + Send + Sync + 'static,
) -> Arc<dyn StateFixture> {
    Arc::new(InMemory(wrap))
}

struct InMemory<W>(W);

impl<W> fmt::Debug for InMemory<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InMemory")
    }
}

#[async_trait]
impl<W: Fn(MemoryState) -> Arc<dyn State> + Send + Sync + 'static> StateFixture for InMemory<W> {
    async fn open_two(&self, clock: Arc<dyn Clock>) -> Result<[Arc<dyn State>; 2]> {
        let state = (self.0)(MemoryState::new(clock));
        Ok([Arc::clone(&state), state])
    }
}
