//! Runs futures while time is moved by hand.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use futures_util::FutureExt;
use linkwright_testkit::ManualClock;

/// The smallest step of time, so waits are seen to this precision.
const STEP: Duration = Duration::from_millis(50);

/// Runs a future to its end; whenever it waits, time goes on.
pub(crate) fn run<T>(clock: &ManualClock, future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    for _ in 0..1_000_000 {
        // More than once, for futures that only make room for others.
        for _ in 0..4 {
            if let Some(output) = future.as_mut().now_or_never() {
                return output;
            }
        }
        clock.advance(STEP);
    }
    panic!("not done after a million steps");
}

/// Runs a future that needs no time.
pub(crate) fn at_once<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    for _ in 0..64 {
        if let Some(output) = future.as_mut().now_or_never() {
            return output;
        }
    }
    panic!("it waits");
}
