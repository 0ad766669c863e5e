//! Paces under any order of callers, rests and clocks.

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use linkwright_core::Clock;
use linkwright_state::{MemoryState, Pace, Slot, State};
use linkwright_testkit::ManualClock;
use proptest::prelude::*;

/// One caller: how long after the one before, and how long it would wait.
type Caller = (u64, u64);

/// When each caller's slot begins, in milliseconds since the first; `None` for who would have waited too long.
fn slots(pace: Pace, callers: &[Caller]) -> Vec<Option<u128>> {
    let clock = ManualClock::new();
    let state = MemoryState::new(Arc::new(clock.clone()));
    let mut begins = Vec::new();
    for (rest, longest) in callers {
        clock.advance(Duration::from_millis(*rest));
        let slot =
            state.reserve("pace", pace, Duration::from_millis(*longest)).now_or_never().unwrap().unwrap();
        begins.push(match slot {
            Slot::In(wait) => Some((clock.monotonic() + wait).as_millis()),
            Slot::TooFarAhead(_) => None,
        });
    }
    begins
}

fn callers() -> impl Strategy<Value = Vec<Caller>> {
    prop::collection::vec((0..5_000_u64, 0..20_000_u64), 1..60)
}

proptest! {
    #[test]
    fn no_window_holds_more_than_the_burst_and_the_pace(
        interval in 1..3_000_u64,
        burst in 1..5_u32,
        callers in callers(),
    ) {
        let pace = Pace { interval: Duration::from_millis(interval), burst };
        let begins: Vec<u128> = slots(pace, &callers).into_iter().flatten().collect();
        prop_assert!(begins.is_sorted(), "out of order: {begins:?}");
        for first in 0..begins.len() {
            for last in first..begins.len() {
                let beyond_burst = (last - first + 1).saturating_sub(burst as usize) as u128;
                prop_assert!(begins[last] - begins[first] >= beyond_burst * u128::from(interval), "{begins:?}");
            }
        }
    }

    #[test]
    fn nobody_waits_longer_than_the_pace_makes_necessary(
        interval in 1..3_000_u64,
        callers in callers(),
    ) {
        // With a burst of one the next slot is known: an interval after the last, or at once.
        let pace = Pace::every(Duration::from_millis(interval));
        let (mut now, mut free_at) = (0_u128, 0_u128);
        for ((rest, longest), begin) in callers.iter().zip(slots(pace, &callers)) {
            now += u128::from(*rest);
            let next = free_at.max(now);
            let expected = (next - now <= u128::from(*longest)).then_some(next);
            prop_assert_eq!(begin, expected);
            if begin.is_some() {
                free_at = next + u128::from(interval);
            }
        }
    }

    #[test]
    fn a_clock_put_back_makes_nobody_wait_longer(
        interval in 1..3_000_u64,
        burst in 1..5_u32,
        back in 0..4_000_000_000_000_i64,
        before in 1..10_usize,
    ) {
        let clock = ManualClock::new();
        let state = MemoryState::new(Arc::new(clock.clone()));
        let pace = Pace { interval: Duration::from_millis(interval), burst };
        let reserve = || state.reserve("pace", pace, Duration::MAX).now_or_never().unwrap().unwrap();
        for _ in 0..before {
            reserve();
        }
        let expected = pace.interval * u32::try_from(before).unwrap().saturating_sub(burst - 1);
        clock.set_now(linkwright_core::Timestamp::from_unix_millis(clock.now().as_unix_millis() - back));
        prop_assert_eq!(reserve(), Slot::In(expected));
    }
}
