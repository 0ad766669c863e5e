//! Every rule of states has a case that notices when it is broken.

use std::collections::BTreeSet;

use linkwright_testkit::{Sentinel, state_cases};

use crate::broken_state::{BrokenFixture, Fault};
use crate::drive::drive;

#[test]
fn every_fault_is_noticed_by_its_case() {
    use Fault as F;
    let cases = state_cases();
    for (fault, noticed_by) in [
        (F::AbsentIsEmpty, "absent_key_has_no_value"),
        (F::ValuesEndAtNul, "value_is_read_back"),
        (F::FirstValueStays, "put_replaces"),
        (F::KeysIgnoreCase, "keys_are_told_apart"),
        (F::ValuesNeverExpire, "value_expires"),
        (F::LifetimesAreWholeSeconds, "put_begins_a_new_lifetime"),
        (F::RemoveIsAlwaysTrue, "removing_says_whether_there_was_a_value"),
        (F::CompareAndSetOverwrites, "compare_and_set_creates_once"),
        (F::CompareAndSetTakesNoneForEmpty, "compare_and_set_needs_the_present_value"),
        (F::CompareAndSetComparesTooEarly, "concurrent_compare_and_set_has_one_winner"),
        (F::CompareAndSetKeepsTheLifetime, "compare_and_set_sets_the_lifetime"),
        (F::HandlesAreAlone, "handles_share_values"),
        (F::HandlesAreAlone, "handles_share_paces"),
        (F::PaceIsIgnored, "slots_follow_one_another"),
        (F::PaceIsIgnored, "many_callers_get_slots_of_their_own"),
        (F::BurstIsIgnored, "burst_is_at_once_and_then_the_pace"),
        (F::RefusedSlotsAreTaken, "slot_too_far_ahead_is_not_reserved"),
        (F::LongestWaitIsTooLong, "wait_of_exactly_the_longest_is_reserved"),
        (F::PacesAreOne, "paces_are_told_apart"),
        (F::PaceIsAValue, "pace_and_value_of_one_key_do_not_meet"),
        (F::SlotsAreWholeMillis, "fine_intervals_are_kept"),
        (F::PaceFollowsTheClockBack, "clock_put_back_does_not_lock_out"),
        (F::EmptyKeysAreTaken, "keys_have_bounds"),
        (F::LargeValuesAreCut, "values_have_bounds"),
        (F::ErrorsLackTheirOrigin, "errors_say_where_they_come_from"),
        (F::DebugShowsValues, "debug_and_errors_show_no_value"),
        (F::HandlesDiffer, "info_is_the_same_for_all_handles"),
    ] {
        let case = cases.iter().find(|case| case.name == noticed_by).unwrap();
        let fixture = BrokenFixture(fault);
        assert!(drive((case.run)(&fixture)).is_err(), "{noticed_by} does not notice {fault:?}");
    }
}

#[test]
fn a_state_without_fault_passes_every_case() {
    for case in state_cases() {
        assert_eq!(drive((case.run)(&BrokenFixture(Fault::Nothing))), Ok(()), "{}", case.name);
    }
}

#[test]
fn names_of_state_cases_are_unique_and_every_case_says_what_it_shows() {
    let mut names = BTreeSet::new();
    for case in state_cases() {
        assert!(names.insert(case.name), "twice: {}", case.name);
        assert!(case.shows.ends_with('.') && case.shows.len() > 20, "{}: {}", case.name, case.shows);
    }
}

#[test]
fn the_failure_about_a_leaked_value_does_not_repeat_it() {
    let cases = state_cases();
    let case = cases.iter().find(|case| case.name == "debug_and_errors_show_no_value").unwrap();
    let failure = drive((case.run)(&BrokenFixture(Fault::DebugShowsValues))).unwrap_err().to_string();
    assert!(failure.contains("holds the value: plain at byte"), "{failure}");
    assert!(Sentinel::new(3).find_in(failure.as_bytes()).is_none(), "{failure}");
}
