//! What every state has in common: what may be a key or a value, and when a value is there.

use std::time::Duration;

use linkwright_core::{Error, ErrorKind, Result, Timestamp};

use crate::StateInfo;

/// In bytes, as [`State`](crate::State) promises.
const LONGEST_KEY: usize = 512;
const LARGEST_VALUE: usize = 64 << 10;

/// How far behind the time of its writing the clock may be for a value still to count. Clocks are put right by seconds;
/// one that went back further says nothing of how old the value is.
const CLOCK_TOLERANCE: Duration = Duration::from_secs(60);

/// From when to when a value is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lifetime {
    pub(crate) written_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

impl Lifetime {
    pub(crate) fn new(now: Timestamp, lifetime: Duration) -> Self {
        Self { written_at: now, expires_at: now.plus(lifetime) }
    }

    /// A clock that was put back does not lengthen a life: a value that seems to be from the future is not there.
    pub(crate) fn covers(self, now: Timestamp) -> bool {
        now < self.expires_at && self.written_at <= now.plus(CLOCK_TOLERANCE)
    }
}

/// Refuses a key no state takes.
pub(crate) fn check_key(info: &StateInfo, operation: &'static str, key: &str) -> Result<()> {
    let what = match key.len() {
        1..=LONGEST_KEY => return Ok(()),
        0 => "a key cannot be empty".to_owned(),
        length => format!("a key has at most {LONGEST_KEY} bytes, not: `{length}`"),
    };
    Err(Error::new(ErrorKind::RequestInvalid, operation, what).with_origin(info.to_string()))
}

/// Refuses a value no state takes.
pub(crate) fn check_value(info: &StateInfo, operation: &'static str, value: &[u8]) -> Result<()> {
    if value.len() <= LARGEST_VALUE {
        return Ok(());
    }
    let what = format!("a value has at most {LARGEST_VALUE} bytes, not: `{}`", value.len());
    Err(Error::new(ErrorKind::RequestInvalid, operation, what).with_origin(info.to_string()))
}
