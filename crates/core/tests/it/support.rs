//! What several test modules need: a clock that stands still, and waiting for futures that never wait.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use futures_util::FutureExt;
use linkwright_core::{
    ApiVersion, BoxFuture, Clock, CredentialName, CredentialSet, MemoryStore, Secret, Timestamp,
};

/// Shows what it was last set to.
#[derive(Debug, Default)]
pub(crate) struct SetClock(AtomicI64);

impl SetClock {
    pub(crate) fn set_seconds(&self, seconds: i64) {
        self.0.store(seconds, Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_seconds(self.0.load(Ordering::SeqCst))
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

pub(crate) fn empty_store() -> MemoryStore {
    MemoryStore::new(Arc::new(SetClock::default()))
}

/// The result of a future that is ready at once, as all of `MemoryStore`'s are.
#[track_caller]
pub(crate) fn now<T>(future: impl Future<Output = T>) -> T {
    future.now_or_never().expect("a memory store never waits")
}

pub(crate) fn name(text: &str) -> CredentialName {
    CredentialName::try_from(text).expect("a well-formed name")
}

pub(crate) fn set(secret: &str) -> CredentialSet {
    CredentialSet::new("an-id", Secret::new(secret), ApiVersion::V3_1)
}
