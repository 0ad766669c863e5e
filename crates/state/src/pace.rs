//! How often something may be done.

use std::time::Duration;

/// A pace: so many at once, and then one every so often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The time from one to the next, kept to the microsecond; zero for no pace at all.
    pub interval: Duration,
    /// How many may be done at once after a rest; 0 counts as 1.
    pub burst: u32,
}

impl Pace {
    /// One every `interval`, never two at once.
    pub const fn every(interval: Duration) -> Self {
        Self { interval, burst: 1 }
    }
}

/// The answer of [`State::reserve`](crate::State::reserve).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// The slot is the caller's, who begins after this long; zero for at once.
    In(Duration),
    /// The next free slot begins only after this long, which is more than the caller would wait. Nothing was reserved.
    TooFarAhead(Duration),
}
