//! A state of one process, which ends with it.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::{Clock, Result, Timestamp};

use crate::entry::{Lifetime, check_key, check_value};
use crate::gcra::{self, Kept};
use crate::{Pace, Slot, State, StateInfo};

/// A state in memory. For one process alone, and for where no file can be written.
///
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
///
/// use futures_util::FutureExt;
/// use linkwright_state::{MemoryState, State};
/// use linkwright_testkit::ManualClock;
///
/// let clock = ManualClock::new();
/// let state = MemoryState::new(Arc::new(clock.clone()));
/// state.put("verdict/demo/us", b"no", Duration::from_secs(60)).now_or_never().unwrap()?;
/// clock.advance(Duration::from_secs(60));
/// assert_eq!(state.get("verdict/demo/us").now_or_never().unwrap()?, None);
/// # Ok::<(), linkwright_core::Error>(())
/// ```
pub struct MemoryState {
    clock: Arc<dyn Clock>,
    contents: Mutex<Contents>,
}

#[derive(Default)]
struct Contents {
    entries: HashMap<String, (Vec<u8>, Lifetime)>,
    paces: HashMap<String, Kept>,
    /// How many entries there may be before those that expired are looked for.
    tidy_at: usize,
}

/// Below this many, looking for what expired is not worth the while.
const FEW: usize = 64;

impl Contents {
    fn get(&self, key: &str, now: Timestamp) -> Option<&[u8]> {
        let (value, lifetime) = self.entries.get(key)?;
        lifetime.covers(now).then_some(value)
    }

    fn put(&mut self, key: &str, value: &[u8], lifetime: Lifetime) {
        self.entries.insert(key.to_owned(), (value.to_owned(), lifetime));
        if self.entries.len() > self.tidy_at.max(FEW) {
            self.entries.retain(|_, (_, kept)| kept.covers(lifetime.written_at));
            // Twice what is left, so that each entry is looked at a fixed number of times.
            self.tidy_at = 2 * self.entries.len();
        }
    }
}

impl MemoryState {
    /// Empty, with this clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, contents: Mutex::default() }
    }

    fn contents(&self) -> MutexGuard<'_, Contents> {
        // No change is half done where a panic could be.
        self.contents.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for MemoryState {
    /// Without the values, which may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryState").field("entries", &self.contents().entries.len()).finish_non_exhaustive()
    }
}

#[async_trait]
impl State for MemoryState {
    fn info(&self) -> StateInfo {
        StateInfo::new("memory", "")
    }

    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>> {
        check_key(&self.info(), "state.get", key)?;
        let contents = self.contents();
        Ok(contents.get(key, self.clock.now()).map(<[u8]>::to_vec))
    }

    async fn put(&self, key: &str, value: &[u8], lifetime: Duration) -> Result<()> {
        check_key(&self.info(), "state.put", key)?;
        check_value(&self.info(), "state.put", value)?;
        let mut contents = self.contents();
        contents.put(key, value, Lifetime::new(self.clock.now(), lifetime));
        Ok(())
    }

    async fn compare_and_set(
        &self,
        key: &str,
        expected: Option<&[u8]>,
        value: &[u8],
        lifetime: Duration,
    ) -> Result<bool> {
        check_key(&self.info(), "state.compare_and_set", key)?;
        check_value(&self.info(), "state.compare_and_set", value)?;
        let mut contents = self.contents();
        let now = self.clock.now();
        if contents.get(key, now) != expected {
            return Ok(false);
        }
        contents.put(key, value, Lifetime::new(now, lifetime));
        Ok(true)
    }

    async fn remove(&self, key: &str) -> Result<bool> {
        check_key(&self.info(), "state.remove", key)?;
        let mut contents = self.contents();
        let now = self.clock.now();
        Ok(contents.entries.remove(key).is_some_and(|(_, lifetime)| lifetime.covers(now)))
    }

    async fn reserve(&self, key: &str, pace: Pace, longest_wait: Duration) -> Result<Slot> {
        check_key(&self.info(), "state.reserve", key)?;
        let mut contents = self.contents();
        let kept = contents.paces.get(key).copied();
        let (slot, keep) = gcra::reserve(kept, pace, self.clock.now(), longest_wait);
        if let Some(keep) = keep {
            contents.paces.insert(key.to_owned(), keep);
        }
        Ok(slot)
    }
}
