//! The clock moved by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use linkwright_core::{Clock, Timestamp};
use linkwright_testkit::ManualClock;

const SECOND: Duration = Duration::from_secs(1);

/// Counts how often it was woken.
#[derive(Default)]
struct Bell(AtomicUsize);

impl Bell {
    fn rings(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn time_stands_still_until_it_is_moved() {
    let clock = ManualClock::at(Timestamp::from_unix_seconds(100));
    assert_eq!((clock.now(), clock.monotonic()), (Timestamp::from_unix_seconds(100), Duration::ZERO));
    clock.clone().advance(5 * SECOND);
    assert_eq!(
        (clock.now(), clock.monotonic()),
        (Timestamp::from_unix_seconds(105), 5 * SECOND),
        "clones share time"
    );
    assert_eq!(ManualClock::new().now().to_string(), "2026-01-01T00:00:00Z");
}

#[test]
fn a_corrected_wall_clock_leaves_sleeps_and_monotonic_time_alone() {
    let clock = ManualClock::at(Timestamp::from_unix_seconds(100));
    let mut sleep = clock.sleep(SECOND);
    clock.set_now(Timestamp::from_unix_seconds(1));
    assert_eq!(clock.now(), Timestamp::from_unix_seconds(1));
    assert_eq!(clock.monotonic(), Duration::ZERO);
    assert!(sleep.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
}

#[test]
fn a_sleep_is_woken_once_when_it_is_over_and_not_before() {
    let clock = ManualClock::new();
    let bell = Arc::new(Bell::default());
    let waker = Waker::from(bell.clone());
    let mut task = Context::from_waker(&waker);
    let mut sleep = clock.sleep(10 * SECOND);
    assert_eq!(clock.sleepers(), 0, "nobody waits before the first poll");
    clock.advance(4 * SECOND);
    assert!(sleep.as_mut().poll(&mut task).is_pending());
    assert!(sleep.as_mut().poll(&mut task).is_pending());
    assert_eq!(clock.sleepers(), 1, "polled twice, but one sleep");
    clock.advance(5 * SECOND);
    assert_eq!(bell.rings(), 0);
    clock.advance(SECOND);
    assert_eq!((bell.rings(), clock.sleepers()), (1, 0));
    assert_eq!(sleep.as_mut().poll(&mut task), Poll::Ready(()));
}

#[test]
fn a_sleep_of_no_time_is_over_at_once_and_one_that_is_dropped_is_forgotten() {
    let clock = ManualClock::new();
    let mut task = Context::from_waker(Waker::noop());
    assert!(clock.sleep(Duration::ZERO).as_mut().poll(&mut task).is_ready());
    let mut endless = clock.sleep(Duration::MAX);
    assert!(endless.as_mut().poll(&mut task).is_pending());
    assert_eq!(clock.sleepers(), 1);
    drop(endless);
    assert_eq!(clock.sleepers(), 0);
}
