//! A clock that stands still until it is moved.
//!
//! With it, tests of expiry, retries and waiting take no time and never depend on the machine's load.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use linkwright_core::{BoxFuture, Clock, Timestamp};

/// A [`Clock`] moved by hand. Clones show the same time.
///
/// ```
/// use std::time::Duration;
///
/// use futures_util::FutureExt;
/// use linkwright_core::Clock;
/// use linkwright_testkit::ManualClock;
///
/// let clock = ManualClock::new();
/// let mut sleep = clock.sleep(Duration::from_secs(60));
/// clock.advance(Duration::from_secs(59));
/// assert!((&mut sleep).now_or_never().is_none());
/// clock.advance(Duration::from_secs(1));
/// assert!((&mut sleep).now_or_never().is_some());
/// ```
#[derive(Clone)]
pub struct ManualClock {
    hands: Arc<Mutex<Hands>>,
}

struct Hands {
    now: Timestamp,
    monotonic: Duration,
    sleepers: Vec<Sleeper>,
    sleepers_ever: u64,
}

/// A sleep somebody waits for.
struct Sleeper {
    number: u64,
    wakes_at: Duration,
    waker: Waker,
}

impl ManualClock {
    /// Shows 2026-01-01T00:00:00Z.
    pub fn new() -> Self {
        Self::at(Timestamp::from_unix_seconds(1_767_225_600))
    }

    /// Shows this time.
    pub fn at(now: Timestamp) -> Self {
        let hands = Hands { now, monotonic: Duration::ZERO, sleepers: Vec::new(), sleepers_ever: 0 };
        Self { hands: Arc::new(Mutex::new(hands)) }
    }

    /// Lets time pass: moves both times forward and wakes every sleep that is over by then.
    pub fn advance(&self, duration: Duration) {
        let due: Vec<Sleeper> = {
            let mut hands = self.hands();
            hands.now = hands.now.plus(duration);
            hands.monotonic += duration;
            let monotonic = hands.monotonic;
            hands.sleepers.extract_if(.., |sleeper| sleeper.wakes_at <= monotonic).collect()
        };
        // Not under the lock: a waker may run its task at once, and the task may look at the clock.
        for sleeper in due {
            sleeper.waker.wake();
        }
    }

    /// Sets the wall-clock time alone, forward or back, as somebody who corrects a machine's clock does. Sleeps and
    /// monotonic time do not notice.
    pub fn set_now(&self, now: Timestamp) {
        self.hands().now = now;
    }

    /// How many sleeps are being waited for, so that a test can tell when the code under test has come to its wait.
    pub fn sleepers(&self) -> usize {
        self.hands().sleepers.len()
    }

    fn hands(&self) -> MutexGuard<'_, Hands> {
        self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for ManualClock {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for ManualClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hands = self.hands();
        f.debug_struct("ManualClock")
            .field("now", &hands.now)
            .field("monotonic", &hands.monotonic)
            .field("sleepers", &hands.sleepers.len())
            .finish()
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        self.hands().now
    }

    fn monotonic(&self) -> Duration {
        self.hands().monotonic
    }

    /// Counts from this call, not from the first poll.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        let mut hands = self.hands();
        hands.sleepers_ever += 1;
        let (number, wakes_at) = (hands.sleepers_ever, hands.monotonic.saturating_add(duration));
        Box::pin(Sleep { clock: self, number, wakes_at })
    }
}

struct Sleep<'a> {
    clock: &'a ManualClock,
    number: u64,
    wakes_at: Duration,
}

impl Future for Sleep<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<()> {
        let mut hands = self.clock.hands();
        if hands.monotonic >= self.wakes_at {
            return Poll::Ready(());
        }
        match hands.sleepers.iter_mut().find(|sleeper| sleeper.number == self.number) {
            Some(sleeper) => sleeper.waker.clone_from(task.waker()),
            None => {
                let sleeper =
                    Sleeper { number: self.number, wakes_at: self.wakes_at, waker: task.waker().clone() };
                hands.sleepers.push(sleeper);
            }
        }
        Poll::Pending
    }
}

impl Drop for Sleep<'_> {
    fn drop(&mut self) {
        self.clock.hands().sleepers.retain(|sleeper| sleeper.number != self.number);
    }
}
