//! One at a time, and all who waited share what came of it.

use std::sync::atomic::{AtomicU64, Ordering};

use linkwright_core::{Error, Result};
use tokio::sync::Mutex;

/// Lets one caller work while the others wait for its result.
///
/// A caller whose future is dropped strands nobody: the next one in the queue takes its place. A failure is shared by
/// those who waited for it, and by nobody who came later.
#[derive(Debug, Default)]
pub(crate) struct SingleFlight {
    /// How many attempts came to an end.
    finished: AtomicU64,
    /// Held while working: what the last attempt failed of.
    turn: Mutex<Option<Error>>,
}

impl SingleFlight {
    /// Gives what is `there` already, else does the work.
    ///
    /// `there` is asked once it is this caller's turn: what another has made meanwhile is there then.
    pub(crate) async fn run<T>(
        &self,
        there: impl FnOnce() -> Option<T>,
        work: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        let before = self.finished.load(Ordering::Acquire);
        let mut turn = self.turn.lock().await;
        if let Some(value) = there() {
            return Ok(value);
        }
        if self.finished.load(Ordering::Acquire) > before
            && let Some(error) = &*turn
        {
            return Err(error.clone());
        }
        let result = work.await;
        *turn = result.as_ref().err().cloned();
        self.finished.fetch_add(1, Ordering::Release);
        result
    }

    /// Does the work if nobody else is at it; `None` without waiting if somebody is.
    pub(crate) async fn run_if_idle<T>(&self, work: impl Future<Output = Result<T>>) -> Option<Result<T>> {
        let mut turn = self.turn.try_lock().ok()?;
        let result = work.await;
        *turn = result.as_ref().err().cloned();
        self.finished.fetch_add(1, Ordering::Release);
        Some(result)
    }
}
