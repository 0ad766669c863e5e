//! A state that never answers keeps nobody.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::FutureExt;
use linkwright_core::{Clock, ErrorKind, Result, Retry};
use linkwright_state::{Bounded, MemoryState, Pace, Slot, State, StateInfo};
use linkwright_testkit::ManualClock;

use crate::support::MINUTE;

/// Begins operations and ends none, until it is told to.
#[derive(Debug)]
struct Stuck {
    own: MemoryState,
    operations: AtomicUsize,
    stuck_for: usize,
}

impl Stuck {
    async fn wait(&self) {
        if self.operations.fetch_add(1, Ordering::Relaxed) < self.stuck_for {
            pending::<()>().await;
        }
    }
}

#[async_trait]
impl State for Stuck {
    fn info(&self) -> StateInfo {
        StateInfo::new("stuck", "here")
    }

    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>> {
        self.wait().await;
        self.own.get(key).await
    }

    async fn put(&self, key: &str, value: &[u8], lifetime: Duration) -> Result<()> {
        self.wait().await;
        self.own.put(key, value, lifetime).await
    }

    async fn compare_and_set(
        &self,
        key: &str,
        old: Option<&[u8]>,
        new: &[u8],
        life: Duration,
    ) -> Result<bool> {
        self.wait().await;
        self.own.compare_and_set(key, old, new, life).await
    }

    async fn remove(&self, key: &str) -> Result<bool> {
        self.wait().await;
        self.own.remove(key).await
    }

    async fn reserve(&self, key: &str, pace: Pace, longest: Duration) -> Result<Slot> {
        self.wait().await;
        self.own.reserve(key, pace, longest).await
    }
}

fn bounded(clock: &ManualClock, stuck_for: usize) -> (Arc<Stuck>, Bounded) {
    let own = MemoryState::new(Arc::new(clock.clone()));
    let inner = Arc::new(Stuck { own, operations: AtomicUsize::new(0), stuck_for });
    (inner.clone(), Bounded::new(inner, Arc::new(clock.clone())))
}

#[test]
fn every_operation_ends_within_the_bound() {
    /// How an operation ends that waits for a stuck state, and after how long.
    fn check(operation: &str, begin: impl AsyncFnOnce(&Bounded) -> Result<()>) {
        let clock = ManualClock::new();
        let (_, state) = bounded(&clock, usize::MAX);
        let mut work = Box::pin(begin(&state));
        assert!((&mut work).now_or_never().is_none(), "{operation}");
        clock.advance(Bounded::LIMIT - Duration::from_millis(1));
        assert!((&mut work).now_or_never().is_none(), "{operation}");
        clock.advance(Duration::from_millis(1));
        let error = work.now_or_never().expect("the bound is reached").unwrap_err();
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Unavailable, operation));
        assert_eq!((error.origin(), error.retry()), ("stuck:here", Retry::After(Bounded::PAUSE)));
    }
    check("state.get", async |state| state.get("a").await.map(drop));
    check("state.put", async |state| state.put("a", b"1", MINUTE).await);
    check("state.compare_and_set", async |state| {
        state.compare_and_set("a", None, b"1", MINUTE).await.map(drop)
    });
    check("state.remove", async |state| state.remove("a").await.map(drop));
    check("state.reserve", async |state| state.reserve("a", Pace::every(MINUTE), MINUTE).await.map(drop));
}

#[test]
fn after_one_that_was_given_up_nobody_waits_and_later_all_is_well_again() {
    let clock = ManualClock::new();
    let (inner, state) = bounded(&clock, 1);
    let mut first = Box::pin(state.put("a", b"1", MINUTE));
    assert!((&mut first).now_or_never().is_none());
    clock.advance(Bounded::LIMIT);
    assert!(first.now_or_never().unwrap().is_err());
    for _ in 0..3 {
        let error = state.get("a").now_or_never().expect("no wait").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unavailable);
    }
    assert_eq!(inner.operations.load(Ordering::Relaxed), 1, "a stuck state is asked on and on");
    clock.advance(Bounded::PAUSE);
    let before = clock.monotonic();
    assert!(state.put("a", b"1", MINUTE).now_or_never().unwrap().is_ok());
    assert_eq!(state.get("a").now_or_never().unwrap().unwrap(), Some(b"1".to_vec()));
    assert_eq!(clock.monotonic(), before);
}
