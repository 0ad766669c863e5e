//! A state in memory that breaks one rule of `State`, as real ones have been seen to.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::{Clock, Error, Result, Timestamp};
use linkwright_state::{MemoryState, Pace, Slot, State, StateInfo};
use linkwright_testkit::StateFixture;

use crate::drive::yield_once;

/// Which rule is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No rule at all, to see that the wrapper alone breaks nothing.
    Nothing,
    AbsentIsEmpty,
    ValuesEndAtNul,
    FirstValueStays,
    KeysIgnoreCase,
    ValuesNeverExpire,
    LifetimesAreWholeSeconds,
    RemoveIsAlwaysTrue,
    CompareAndSetOverwrites,
    CompareAndSetTakesNoneForEmpty,
    CompareAndSetComparesTooEarly,
    CompareAndSetKeepsTheLifetime,
    HandlesAreAlone,
    PaceIsIgnored,
    BurstIsIgnored,
    RefusedSlotsAreTaken,
    LongestWaitIsTooLong,
    PacesAreOne,
    PaceIsAValue,
    SlotsAreWholeMillis,
    PaceFollowsTheClockBack,
    EmptyKeysAreTaken,
    LargeValuesAreCut,
    ErrorsLackTheirOrigin,
    DebugShowsValues,
    HandlesDiffer,
}

#[derive(Debug)]
pub(crate) struct BrokenFixture(pub(crate) Fault);

#[async_trait]
impl StateFixture for BrokenFixture {
    async fn open_two(&self, clock: Arc<dyn Clock>) -> Result<[Arc<dyn State>; 2]> {
        let one = Arc::new(MemoryState::new(Arc::clone(&clock)));
        let other = match self.0 {
            Fault::HandlesAreAlone => Arc::new(MemoryState::new(Arc::clone(&clock))),
            _ => Arc::clone(&one),
        };
        let opened_at = clock.now();
        Ok([one, other].map(|inner| -> Arc<dyn State> {
            let (clock, seen) = (Arc::clone(&clock), Mutex::default());
            Arc::new(BrokenState { fault: self.0, inner, clock, opened_at, seen })
        }))
    }
}

struct BrokenState {
    fault: Fault,
    inner: Arc<MemoryState>,
    clock: Arc<dyn Clock>,
    opened_at: Timestamp,
    /// For the fault that leaks.
    seen: Mutex<String>,
}

impl std::fmt::Debug for BrokenState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BrokenState({:?})", self.seen.lock().expect("no test panics while it holds it"))
    }
}

impl BrokenState {
    fn has(&self, fault: Fault) -> bool {
        self.fault == fault
    }

    fn key(&self, key: &str) -> String {
        match self.fault {
            Fault::KeysIgnoreCase => key.to_lowercase(),
            Fault::EmptyKeysAreTaken if key.is_empty() => "empty".to_owned(),
            _ => key.to_owned(),
        }
    }

    fn value<'a>(&self, value: &'a [u8]) -> &'a [u8] {
        match self.fault {
            Fault::ValuesEndAtNul => value.split(|byte| *byte == 0).next().unwrap_or_default(),
            Fault::LargeValuesAreCut => &value[..value.len().min(64 << 10)],
            _ => value,
        }
    }

    fn lifetime(&self, lifetime: Duration) -> Duration {
        match self.fault {
            Fault::ValuesNeverExpire => Duration::MAX,
            Fault::LifetimesAreWholeSeconds => {
                Duration::from_secs(lifetime.as_millis().div_ceil(1000) as u64)
            }
            _ => lifetime,
        }
    }

    fn mend<T>(&self, answer: Result<T>) -> Result<T> {
        match answer {
            Err(error) if self.has(Fault::ErrorsLackTheirOrigin) => {
                Err(Error::new(error.kind(), error.operation().to_owned(), error.message().to_owned()))
            }
            other => other,
        }
    }
}

#[async_trait]
impl State for BrokenState {
    fn info(&self) -> StateInfo {
        if self.has(Fault::HandlesDiffer) {
            return StateInfo::new("broken", format!("{:p}", &raw const self.seen));
        }
        self.inner.info()
    }

    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>> {
        let found = self.mend(self.inner.get(&self.key(key)).await)?;
        Ok(if self.has(Fault::AbsentIsEmpty) { found.or_else(|| Some(Vec::new())) } else { found })
    }

    async fn put(&self, key: &str, value: &[u8], lifetime: Duration) -> Result<()> {
        let key = self.key(key);
        if self.has(Fault::DebugShowsValues) {
            *self.seen.lock().expect("no test panics while it holds it") =
                String::from_utf8_lossy(value).into();
        }
        if self.has(Fault::FirstValueStays) && self.inner.get(&key).await?.is_some() {
            return Ok(());
        }
        self.mend(self.inner.put(&key, self.value(value), self.lifetime(lifetime)).await)
    }

    async fn compare_and_set(
        &self,
        key: &str,
        expected: Option<&[u8]>,
        value: &[u8],
        lifetime: Duration,
    ) -> Result<bool> {
        let (key, value, mut lifetime) = (self.key(key), self.value(value), self.lifetime(lifetime));
        match self.fault {
            Fault::CompareAndSetOverwrites => {
                self.inner.put(&key, value, lifetime).await?;
                return Ok(true);
            }
            Fault::CompareAndSetTakesNoneForEmpty if expected == Some(b"") => {
                return self.inner.compare_and_set(&key, None, value, lifetime).await;
            }
            Fault::CompareAndSetComparesTooEarly => {
                let same = self.inner.get(&key).await?.as_deref() == expected;
                yield_once().await;
                if same {
                    self.inner.put(&key, value, lifetime).await?;
                }
                return Ok(same);
            }
            Fault::CompareAndSetKeepsTheLifetime => lifetime = Duration::from_secs(1),
            _ => {}
        }
        self.mend(self.inner.compare_and_set(&key, expected, value, lifetime).await)
    }

    async fn remove(&self, key: &str) -> Result<bool> {
        let removed = self.mend(self.inner.remove(&self.key(key)).await)?;
        Ok(removed || self.has(Fault::RemoveIsAlwaysTrue))
    }

    async fn reserve(&self, key: &str, pace: Pace, longest_wait: Duration) -> Result<Slot> {
        let (mut key, mut pace, mut longest_wait) = (self.key(key), pace, longest_wait);
        match self.fault {
            Fault::PaceIsIgnored => pace.interval = Duration::ZERO,
            Fault::BurstIsIgnored => pace.burst = 1,
            Fault::PacesAreOne => "one".clone_into(&mut key),
            Fault::LongestWaitIsTooLong => {
                longest_wait = longest_wait.saturating_sub(Duration::from_millis(1));
            }
            Fault::PaceIsAValue => self.inner.put(&key, b"pace", Duration::MAX).await?,
            Fault::SlotsAreWholeMillis => {
                pace.interval = Duration::from_millis(pace.interval.as_millis() as u64);
            }
            // As one that keeps the time of the next slot, and looks at nothing else.
            Fault::PaceFollowsTheClockBack if self.clock.now() < self.opened_at => {
                let back = self.opened_at.since(self.clock.now());
                return Ok(match self.inner.reserve(&key, pace, longest_wait).await? {
                    Slot::In(wait) => Slot::In(wait + back),
                    far => far,
                });
            }
            Fault::RefusedSlotsAreTaken => {
                return Ok(match self.inner.reserve(&key, pace, Duration::MAX).await? {
                    Slot::In(wait) if wait > longest_wait => Slot::TooFarAhead(wait),
                    slot => slot,
                });
            }
            _ => {}
        }
        self.mend(self.inner.reserve(&key, pace, longest_wait).await)
    }
}
