//! The conformance cases for what processes share.
//!
//! They run on a [`ManualClock`]: no case waits. That several real processes agree is for tests of the state itself; two
//! handles are as near as a case comes.

mod paces;
mod refusals;
mod values;

use std::sync::Arc;
use std::time::Duration;

use linkwright_state::State;

use crate::ManualClock;
use crate::case::{Case, Failure, Outcome, check_equal};
use crate::state_fixture::StateFixture;

/// A behaviour of states, checked on whatever a [`StateFixture`] opens.
pub type StateCase = Case<dyn StateFixture>;

macro_rules! case {
    ($module:ident :: $name:ident, $shows:literal) => {
        StateCase {
            name: stringify!($name),
            shows: $shows,
            needs: |_| Ok(()),
            run: |fixture| Box::pin($module::$name(fixture)),
        }
    };
}

/// All cases, each with a name of its own.
pub fn state_cases() -> Vec<StateCase> {
    vec![
        case!(values::absent_key_has_no_value, "A key nobody wrote has no value."),
        case!(values::value_is_read_back, "Bytes of any kind and none are read as they were written."),
        case!(values::put_replaces, "The last value written is the one that is read."),
        case!(values::keys_are_told_apart, "Keys that look alike are different keys."),
        case!(values::value_expires, "A value is there until its lifetime is over, and not after."),
        case!(values::put_begins_a_new_lifetime, "A value written again lives from then on."),
        case!(values::value_without_lifetime_is_not_there, "A lifetime of zero is over at once."),
        case!(values::longest_lifetime_does_not_overflow, "A lifetime without end is one."),
        case!(
            values::value_from_the_future_is_not_there,
            "A clock that was put back does not lengthen a life."
        ),
        case!(
            values::small_correction_of_the_clock_loses_nothing,
            "A clock put right by a second keeps values."
        ),
        case!(
            values::removing_says_whether_there_was_a_value,
            "Removing is true once, and false for what expired."
        ),
        case!(
            values::compare_and_set_needs_the_present_value,
            "A value is replaced only where the expected one is."
        ),
        case!(values::compare_and_set_creates_once, "Of two that expect no value, the second is refused."),
        case!(values::compare_and_set_does_not_see_what_expired, "An expired value counts as none."),
        case!(
            values::compare_and_set_sets_the_lifetime,
            "What compare-and-set writes expires as what put writes."
        ),
        case!(
            values::concurrent_compare_and_set_has_one_winner,
            "Of many that expect the same, one succeeds."
        ),
        case!(values::handles_share_values, "What one handle writes or removes, the other sees."),
        case!(paces::first_slot_is_at_once, "Who comes first waits for nobody."),
        case!(
            paces::slots_follow_one_another,
            "Slots are the pace's interval apart, in the order asked for."
        ),
        case!(paces::burst_is_at_once_and_then_the_pace, "So many begin at once, then one every interval."),
        case!(
            paces::rest_restores_the_burst_and_no_more,
            "A long rest saves up one burst, a short one a part."
        ),
        case!(
            paces::slot_too_far_ahead_is_not_reserved,
            "Who would wait too long takes no slot from others."
        ),
        case!(paces::wait_of_exactly_the_longest_is_reserved, "The longest wait itself is not too long."),
        case!(paces::paces_are_told_apart, "Keys have paces of their own."),
        case!(
            paces::pace_and_value_of_one_key_do_not_meet,
            "A key's value and its pace know nothing of each other."
        ),
        case!(
            paces::fine_intervals_are_kept,
            "Intervals below a millisecond are neither lost nor rounded down."
        ),
        case!(paces::no_interval_is_no_pace, "An interval of zero lets all begin at once."),
        case!(paces::burst_of_zero_counts_as_one, "A pace that allows nothing would never end."),
        case!(
            paces::clock_put_back_does_not_lock_out,
            "Nobody waits for a time that only a wrong clock knew."
        ),
        case!(
            paces::clock_put_back_keeps_the_pace,
            "A correction of the clock does not let two begin at once."
        ),
        case!(paces::clock_put_forward_frees_the_pace, "What lies behind is over."),
        case!(paces::many_callers_get_slots_of_their_own, "Callers at the same time never share a slot."),
        case!(paces::handles_share_paces, "Slots of two handles follow one another."),
        case!(
            refusals::keys_have_bounds,
            "A key of 1 to 512 bytes is taken, any other refused by all methods."
        ),
        case!(refusals::values_have_bounds, "A value of 64 KiB is taken, a larger one refused."),
        case!(refusals::errors_say_where_they_come_from, "An error names the method and the state."),
        case!(refusals::debug_and_errors_show_no_value, "Values may be tokens: nothing prints them."),
        case!(refusals::info_is_the_same_for_all_handles, "Handles on one state have one name for it."),
    ]
}

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

/// A fresh state and the clock it is on.
async fn open(fixture: &dyn StateFixture) -> Result<(Arc<dyn State>, ManualClock), Failure> {
    let clock = ManualClock::new();
    Ok((fixture.open(Arc::new(clock.clone())).await?, clock))
}

async fn check_value(state: &dyn State, what: &str, key: &str, expected: Option<&[u8]>) -> Outcome {
    check_equal(what, &state.get(key).await?.as_deref(), &expected)
}
