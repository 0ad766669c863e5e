//! Paces: who may begin when.

use std::sync::Arc;
use std::time::Duration;

use linkwright_core::Error;
use linkwright_state::{Pace, Slot, State};

use super::values::put_back;
use super::{MINUTE, SECOND, check_value, open};
use crate::ManualClock;
use crate::case::{Outcome, check, check_equal};
use crate::state_fixture::StateFixture;

/// The default pace against Amazon's own endpoints.
const PACE: Pace = Pace::every(Duration::from_millis(1500));

const HOUR: Duration = Duration::from_secs(3600);

/// Reserves with time enough, and checks after how long the slot begins.
async fn check_slot(state: &dyn State, what: &str, pace: Pace, after: Duration) -> Outcome {
    check_equal(what, &state.reserve("pace", pace, HOUR).await?, &Slot::In(after))
}

pub(super) async fn first_slot_is_at_once(fixture: &dyn StateFixture) -> Outcome {
    let (state, _) = open(fixture).await?;
    let slot = state.reserve("pace", PACE, Duration::ZERO).await?;
    check_equal("the first slot", &slot, &Slot::In(Duration::ZERO))
}

pub(super) async fn slots_follow_one_another(fixture: &dyn StateFixture) -> Outcome {
    let (state, clock) = open(fixture).await?;
    for number in 0..5 {
        check_slot(&*state, &format!("slot {number}"), PACE, PACE.interval * number).await?;
    }
    clock.advance(MINUTE / 60);
    check_slot(&*state, "a slot a second later", PACE, PACE.interval * 5 - SECOND).await?;
    clock.advance(HOUR);
    check_slot(&*state, "a slot after a rest", PACE, Duration::ZERO).await?;
    check_slot(&*state, "the one after it", PACE, PACE.interval).await
}

pub(super) async fn burst_is_at_once_and_then_the_pace(fixture: &dyn StateFixture) -> Outcome {
    let (state, _) = open(fixture).await?;
    let pace = Pace { interval: SECOND, burst: 3 };
    for (number, after) in [0, 0, 0, 1, 2, 3].into_iter().enumerate() {
        check_slot(&*state, &format!("slot {number}"), pace, SECOND * after).await?;
    }
    Ok(())
}

pub(super) async fn rest_restores_the_burst_and_no_more(fixture: &dyn StateFixture) -> Outcome {
    let (state, clock) = open(fixture).await?;
    let pace = Pace { interval: SECOND, burst: 3 };
    for (rest, expected) in [(Duration::ZERO, [0, 0, 0, 1]), (3 * SECOND, [0, 0, 1, 2]), (HOUR, [0, 0, 0, 1])]
    {
        clock.advance(rest);
        for (number, after) in expected.into_iter().enumerate() {
            check_slot(&*state, &format!("slot {number} after {rest:?}"), pace, SECOND * after).await?;
        }
    }
    Ok(())
}

pub(super) async fn slot_too_far_ahead_is_not_reserved(fixture: &dyn StateFixture) -> Outcome {
    let (state, clock) = open(fixture).await?;
    check_slot(&*state, "the first slot", PACE, Duration::ZERO).await?;
    for _ in 0..3 {
        let slot = state.reserve("pace", PACE, SECOND).await?;
        check_equal("a slot too far ahead", &slot, &Slot::TooFarAhead(PACE.interval))?;
    }
    check_slot(&*state, "the second slot", PACE, PACE.interval).await?;
    clock.advance(PACE.interval * 2);
    let slot = state.reserve("pace", PACE, Duration::ZERO).await?;
    check_equal("a slot for who cannot wait", &slot, &Slot::In(Duration::ZERO))
}

pub(super) async fn wait_of_exactly_the_longest_is_reserved(fixture: &dyn StateFixture) -> Outcome {
    let (state, _) = open(fixture).await?;
    check_slot(&*state, "the first slot", PACE, Duration::ZERO).await?;
    let short = PACE.interval - Duration::from_millis(1);
    let refused = state.reserve("pace", PACE, short).await?;
    check_equal("a millisecond too short", &refused, &Slot::TooFarAhead(PACE.interval))?;
    let taken = state.reserve("pace", PACE, PACE.interval).await?;
    check_equal("exactly as long", &taken, &Slot::In(PACE.interval))
}

pub(super) async fn paces_are_told_apart(fixture: &dyn StateFixture) -> Outcome {
    let (state, _) = open(fixture).await?;
    for key in ["pace/a", "pace/b", "pace/A", "pace"] {
        let slot = state.reserve(key, PACE, Duration::ZERO).await?;
        check_equal(&format!("the first slot of `{key}`"), &slot, &Slot::In(Duration::ZERO))?;
    }
    Ok(())
}

pub(super) async fn pace_and_value_of_one_key_do_not_meet(fixture: &dyn StateFixture) -> Outcome {
    let (state, _) = open(fixture).await?;
    check_slot(&*state, "the first slot", PACE, Duration::ZERO).await?;
    check_value(&*state, "the value of a key with a pace", "pace", None).await?;
    state.put("pace", b"1", MINUTE).await?;
    check_slot(&*state, "the second slot", PACE, PACE.interval).await?;
    check_value(&*state, "the value", "pace", Some(b"1")).await?;
    check_equal("removing the value", &state.remove("pace").await?, &true)?;
    check_slot(&*state, "the third slot", PACE, PACE.interval * 2).await
}

pub(super) async fn fine_intervals_are_kept(fixture: &dyn StateFixture) -> Outcome {
    let (state, _) = open(fixture).await?;
    for interval in [Duration::from_nanos(1), Duration::from_micros(250), Duration::from_nanos(333_333_333)] {
        let (key, mut before) = (format!("{interval:?}"), None);
        for _ in 0..100 {
            let Slot::In(slot) = state.reserve(&key, Pace::every(interval), HOUR).await? else {
                return check(false, || format!("a slot of {interval:?} too far ahead"));
            };
            let apart = before.map(|before| slot - before);
            check(apart.is_none_or(|apart| apart >= interval), || {
                format!("slots closer than {interval:?}: {apart:?}")
            })?;
            check(apart.is_none_or(|apart| apart <= interval + Duration::from_millis(1)), || {
                format!("slots over a millisecond further apart than {interval:?}: {apart:?}")
            })?;
            before = Some(slot);
        }
    }
    Ok(())
}

pub(super) async fn no_interval_is_no_pace(fixture: &dyn StateFixture) -> Outcome {
    let (state, _) = open(fixture).await?;
    for number in 0..3 {
        check_slot(&*state, &format!("slot {number}"), Pace::every(Duration::ZERO), Duration::ZERO).await?;
    }
    Ok(())
}

pub(super) async fn burst_of_zero_counts_as_one(fixture: &dyn StateFixture) -> Outcome {
    let (state, _) = open(fixture).await?;
    let pace = Pace { interval: SECOND, burst: 0 };
    for number in 0..3 {
        check_slot(&*state, &format!("slot {number}"), pace, SECOND * number).await?;
    }
    Ok(())
}

pub(super) async fn clock_put_back_does_not_lock_out(fixture: &dyn StateFixture) -> Outcome {
    for back in [MINUTE, HOUR, 30 * 24 * HOUR, 40 * 365 * 24 * HOUR] {
        let (state, clock) = open(fixture).await?;
        check_slot(&*state, "the first slot", PACE, Duration::ZERO).await?;
        put_back(&clock, back);
        let Slot::In(wait) = state.reserve("pace", PACE, HOUR * 24 * 365 * 100).await? else {
            return check(false, || format!("locked out by a clock put back {back:?}"));
        };
        check(wait <= PACE.interval, || format!("waits {wait:?} for a clock put back {back:?}"))?;
    }
    Ok(())
}

pub(super) async fn clock_put_back_keeps_the_pace(fixture: &dyn StateFixture) -> Outcome {
    let (state, clock) = open(fixture).await?;
    check_slot(&*state, "the first slot", PACE, Duration::ZERO).await?;
    put_back(&clock, SECOND);
    check_slot(&*state, "the second slot", PACE, PACE.interval).await?;
    check_slot(&*state, "the third slot", PACE, PACE.interval * 2).await
}

pub(super) async fn clock_put_forward_frees_the_pace(fixture: &dyn StateFixture) -> Outcome {
    let (state, clock) = open(fixture).await?;
    for number in 0..3 {
        check_slot(&*state, &format!("slot {number}"), PACE, PACE.interval * number).await?;
    }
    clock.advance(365 * 24 * HOUR);
    check_slot(&*state, "a slot a year later", PACE, Duration::ZERO).await
}

pub(super) async fn many_callers_get_slots_of_their_own(fixture: &dyn StateFixture) -> Outcome {
    let handles = fixture.open_two(Arc::new(ManualClock::new())).await?;
    let callers = (0..40_usize).map(|caller| handles[caller % 2].reserve("pace", PACE, HOUR));
    let slots = futures_util::future::join_all(callers).await;
    let mut waits = slots.into_iter().map(|slot| slot.map(wait)).collect::<Result<Vec<_>, Error>>()?;
    waits.sort();
    let expected: Vec<Option<Duration>> = (0..40).map(|number| Some(PACE.interval * number)).collect();
    check_equal("the slots of all", &waits, &expected)
}

fn wait(slot: Slot) -> Option<Duration> {
    match slot {
        Slot::In(wait) => Some(wait),
        Slot::TooFarAhead(_) => None,
    }
}

pub(super) async fn handles_share_paces(fixture: &dyn StateFixture) -> Outcome {
    let [one, two] = fixture.open_two(Arc::new(ManualClock::new())).await?;
    for number in 0..3 {
        check_slot(&*one, "a slot of one", PACE, PACE.interval * (2 * number)).await?;
        check_slot(&*two, "a slot of the other", PACE, PACE.interval * (2 * number + 1)).await?;
    }
    Ok(())
}
