//! A state nobody waits for long.

use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::future::{Either, select};
use linkwright_core::{Clock, Error, ErrorKind, Result, Retry};

use crate::{Pace, Slot, State, StateInfo};

/// Another state, of which no operation takes longer than a bound; then it is `Unavailable`.
///
/// Nothing in a state is worth an answer that comes too late: who cannot look asks the service, and who cannot write lets
/// others ask for themselves. An operation that is given up may still have its effect.
///
/// After one that was given up, all fail at once for a while: what keeps a state busy seldom keeps one operation alone
/// from it, and a request makes several.
#[derive(Debug)]
pub struct Bounded {
    inner: Arc<dyn State>,
    clock: Arc<dyn Clock>,
    limit: Duration,
    /// Until when nobody is kept waiting, on the clock's monotonic scale.
    given_up_until: Mutex<Duration>,
}

impl Bounded {
    /// Long for a file on a machine's own disk, whose operations take milliseconds, and short for who waits.
    pub const LIMIT: Duration = Duration::from_millis(500);

    /// How long all fail after one that was given up: as long as a SQLite state itself waits for others.
    pub const PAUSE: Duration = Duration::from_secs(5);

    /// Bounds every operation of a state to [`LIMIT`](Self::LIMIT).
    pub fn new(inner: Arc<dyn State>, clock: Arc<dyn Clock>) -> Self {
        Self { inner, clock, limit: Self::LIMIT, given_up_until: Mutex::default() }
    }

    /// The same with this bound.
    #[must_use]
    pub fn with_limit(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }

    fn given_up_until(&self) -> MutexGuard<'_, Duration> {
        self.given_up_until.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn run<T>(
        &self,
        operation: &'static str,
        work: impl Future<Output = Result<T>> + Send + Unpin,
    ) -> Result<T> {
        if self.clock.monotonic() < *self.given_up_until() {
            return Err(self.busy(operation, "the state did not answer a moment ago, and is not asked now"));
        }
        match select(work, self.clock.sleep(self.limit)).await {
            Either::Left((answer, _)) => answer,
            Either::Right(_) => {
                *self.given_up_until() = self.clock.monotonic().saturating_add(Self::PAUSE);
                Err(self.busy(operation, "the state does not answer in time"))
            }
        }
    }

    fn busy(&self, operation: &'static str, what: &str) -> Error {
        let info = self.inner.info().to_string();
        Error::new(ErrorKind::Unavailable, operation, format!("{what}: `{info}`"))
            .with_retry(Retry::After(Self::PAUSE))
            .with_origin(info)
            .with_hint("look for a program that keeps the file locked, or for a slow disk")
    }
}

#[async_trait]
impl State for Bounded {
    fn info(&self) -> StateInfo {
        self.inner.info()
    }

    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>> {
        self.run("state.get", self.inner.get(key)).await
    }

    async fn put(&self, key: &str, value: &[u8], lifetime: Duration) -> Result<()> {
        self.run("state.put", self.inner.put(key, value, lifetime)).await
    }

    async fn compare_and_set(
        &self,
        key: &str,
        expected: Option<&[u8]>,
        value: &[u8],
        lifetime: Duration,
    ) -> Result<bool> {
        let work = self.inner.compare_and_set(key, expected, value, lifetime);
        self.run("state.compare_and_set", work).await
    }

    async fn remove(&self, key: &str) -> Result<bool> {
        self.run("state.remove", self.inner.remove(key)).await
    }

    async fn reserve(&self, key: &str, pace: Pace, longest_wait: Duration) -> Result<Slot> {
        self.run("state.reserve", self.inner.reserve(key, pace, longest_wait)).await
    }
}
