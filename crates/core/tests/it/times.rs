//! Moments, and values that end with their hour.

use std::time::Duration;

use linkwright_core::{Perishable, Timestamp};
use proptest::prelude::*;

#[test]
fn moments_are_read_and_printed() {
    let check = |text: &str, expected: Option<&str>| {
        let found = text.parse::<Timestamp>().ok().map(|moment| moment.to_string());
        assert_eq!(found.as_deref(), expected, "{text}");
    };
    check("1970-01-01T00:00:00Z", Some("1970-01-01T00:00:00Z"));
    check("2026-11-22T17:05:00Z", Some("2026-11-22T17:05:00Z"));
    check("2024-02-29T23:59:59.5Z", Some("2024-02-29T23:59:59.500Z"));
    check("2024-02-29T23:59:59.123456789Z", Some("2024-02-29T23:59:59.123Z"));
    // As Amazon's deal times come.
    check("2024-11-06T05:35Z", Some("2024-11-06T05:35:00Z"));
    check("1969-12-31T23:59:59Z", Some("1969-12-31T23:59:59Z"));
    for wrong in [
        "",
        "Z",
        "2023-02-29T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "2024-01-01T24:00:00Z",
        "2024-01-01T00:60:00Z",
        "2024-01-01T00:00:00",
        "2024-01-01T00:00:00+01:00",
        "2024-01-01T00:00:00.Z",
        "2024-01-01T0é:00:00Z",
        "2024-01-01Z",
        "2024/01/01T00:00:00Z",
    ] {
        check(wrong, None);
    }
}

proptest! {
    #[test]
    fn a_moment_survives_its_text(millis in -62_135_596_800_000_i64..253_402_300_800_000) {
        let moment = Timestamp::from_unix_millis(millis);
        prop_assert_eq!(moment.to_string().parse(), Ok(moment));
    }

    #[test]
    fn any_text_is_a_moment_or_none(text in "\\PC{0,30}") {
        let _found = text.parse::<Timestamp>();
    }

    #[test]
    fn a_perishable_value_is_there_only_in_its_time(age in -7200_i64..7200) {
        let fetched = Timestamp::from_unix_seconds(1_000_000);
        let value = Perishable::new((), fetched, Duration::from_secs(3600));
        let now = Timestamp::from_unix_seconds(1_000_000 + age);
        prop_assert_eq!(value.at(now).is_some(), (0..3600).contains(&age));
    }
}

#[test]
fn time_does_not_run_over() {
    let last = Timestamp::from_unix_millis(i64::MAX);
    assert_eq!(last.plus(Duration::from_secs(1)), last);
    assert_eq!(Timestamp::from_unix_seconds(0).since(last), Duration::ZERO);
}
