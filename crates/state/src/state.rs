//! The trait.

use std::fmt::{self, Debug};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::Result;

use crate::{Pace, Slot};

/// Who a state is: for messages.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StateInfo {
    /// Its kind: `memory`, `sqlite`.
    pub scheme: &'static str,
    /// Where it is; empty where that means nothing. Never a secret.
    pub location: String,
}

impl StateInfo {
    /// A state of this kind at this place.
    pub fn new(scheme: &'static str, location: impl Into<String>) -> Self {
        Self { scheme, location: location.into() }
    }
}

impl fmt::Display for StateInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.scheme, self.location)
    }
}

/// Keys with values that expire.
///
/// - A key is any text of 1 to 512 bytes; by habit `kind/part/part`, as `token/…`. A value is at most 64 KiB.
/// - Every value has a lifetime, after which it is not there. An expired value is never seen, by no method.
/// - Readers see the state before a change or after it, never a mixture.
/// - Time is the state's own clock, so that processes agree. A clock that is put back lengthens neither a life nor a
///   wait: a value written more than a minute ahead of it is not there, and reserved slots move back with it.
/// - An error's operation is `state.` and the method's name, its origin is [`info`](Self::info) as text. A state that
///   cannot be reached is `Unavailable`, one that cannot be understood `Corrupt`.
#[async_trait]
pub trait State: Debug + Send + Sync + 'static {
    /// Who this is. Asks nobody.
    fn info(&self) -> StateInfo;

    /// Reads a value; `None` if there is none or it expired.
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>>;

    /// Writes a value, whatever was there.
    async fn put(&self, key: &str, value: &[u8], lifetime: Duration) -> Result<()>;

    /// Writes a value if the present one is `expected` (`None`: if there is none), and says whether it did. Of two that
    /// expect the same at once, one succeeds.
    async fn compare_and_set(
        &self,
        key: &str,
        expected: Option<&[u8]>,
        value: &[u8],
        lifetime: Duration,
    ) -> Result<bool>;

    /// Forgets a value, and says whether there was one.
    async fn remove(&self, key: &str) -> Result<bool>;

    /// Reserves the next free slot of a pace (GCRA): slots follow one another in the order they were asked for, also
    /// between processes, `pace.interval` apart.
    ///
    /// A slot further ahead than `longest_wait` is not reserved. A slot that is not used is lost.
    async fn reserve(&self, key: &str, pace: Pace, longest_wait: Duration) -> Result<Slot>;
}

#[async_trait]
impl<S: State + ?Sized> State for Arc<S> {
    fn info(&self) -> StateInfo {
        (**self).info()
    }

    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>> {
        (**self).get(key).await
    }

    async fn put(&self, key: &str, value: &[u8], lifetime: Duration) -> Result<()> {
        (**self).put(key, value, lifetime).await
    }

    async fn compare_and_set(
        &self,
        key: &str,
        expected: Option<&[u8]>,
        value: &[u8],
        lifetime: Duration,
    ) -> Result<bool> {
        (**self).compare_and_set(key, expected, value, lifetime).await
    }

    async fn remove(&self, key: &str) -> Result<bool> {
        (**self).remove(key).await
    }

    async fn reserve(&self, key: &str, pace: Pace, longest_wait: Duration) -> Result<Slot> {
        (**self).reserve(key, pace, longest_wait).await
    }
}
