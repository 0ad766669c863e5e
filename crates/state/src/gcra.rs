//! The generic cell rate algorithm: who may begin when, from two numbers per pace.
//!
//! Pure arithmetic; keeping the numbers, and keeping others out meanwhile, is the state's work. Times are microseconds
//! since 1970: milliseconds would make a pace of 300 a second wait a tenth too long.

use std::time::Duration;

use linkwright_core::Timestamp;

use crate::{Pace, Slot};

/// What is kept of a pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kept {
    /// When the pace is at rest again, if nobody comes: GCRA's theoretical arrival time.
    pub(crate) rests_at: i64,
    /// When it was looked at last, to notice a clock that went back.
    pub(crate) seen_at: i64,
}

/// What is further ahead than this, beyond the burst, was written by a clock gone wrong or is damaged. Nobody waits a
/// day for a slot.
const PLAUSIBLE: Duration = Duration::from_secs(24 * 60 * 60);

/// The next slot, and what is to be kept if it is taken.
pub(crate) fn reserve(
    kept: Option<Kept>,
    pace: Pace,
    now: Timestamp,
    longest_wait: Duration,
) -> (Slot, Option<Kept>) {
    let now = now.as_unix_millis().saturating_mul(1000);
    let interval = micros(pace.interval);
    // Rounded up, so that two slots are never closer than the pace.
    let interval = interval.saturating_add(i64::from(!pace.interval.subsec_nanos().is_multiple_of(1000)));
    let allowance = interval.saturating_mul(i64::from(pace.burst.max(1)) - 1);
    let rests_at = rests_at(kept, now, allowance.saturating_add(interval));
    let wait = rests_at.saturating_sub(allowance).saturating_sub(now).max(0);
    let slot = Duration::from_micros(wait.unsigned_abs());
    if slot > longest_wait {
        return (Slot::TooFarAhead(slot), None);
    }
    (Slot::In(slot), Some(Kept { rests_at: rests_at.saturating_add(interval), seen_at: now }))
}

/// When the pace is at rest, seen from now: never in the past, and not where a clock that has since been put right had
/// put it.
fn rests_at(kept: Option<Kept>, now: i64, whole_burst: i64) -> i64 {
    let Some(kept) = kept else { return now };
    // The clock went back by this much, and what was waited for moves with it: nobody waits longer for that.
    let back = kept.seen_at.saturating_sub(now).max(0);
    let rests_at = kept.rests_at.saturating_sub(back);
    let plausible = now.saturating_add(micros(PLAUSIBLE)).saturating_add(whole_burst);
    if rests_at > plausible { now } else { rests_at.max(now) }
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
