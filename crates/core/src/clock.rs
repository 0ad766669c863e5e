//! Time as a parameter.
//!
//! Libraries take a [`Clock`] and never read the machine's; tests pass one they move by hand.

use std::fmt::Debug;
use std::time::Duration;

use crate::{BoxFuture, Timestamp};

/// Where a part of Linkwright gets the time from.
pub trait Clock: Debug + Send + Sync + 'static {
    /// The wall-clock time, which may jump. For what other machines must understand: expiry dates, time stamps.
    fn now(&self) -> Timestamp;

    /// Time since some fixed point, which never goes back. For measuring how long something takes.
    fn monotonic(&self) -> Duration;

    /// Waits this long.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;
}
