//! The list of store cases as such.

use std::collections::BTreeSet;

use linkwright_core::Capabilities;
use linkwright_testkit::{MemoryFixture, WrappedFixture, store_cases};

use crate::drive::drive;

#[test]
fn names_are_unique_and_every_case_says_what_it_shows() {
    let mut names = BTreeSet::new();
    for case in store_cases() {
        assert!(names.insert(case.name), "twice: {}", case.name);
        assert!(case.shows.ends_with('.') && case.shows.len() > 20, "{}: {}", case.name, case.shows);
    }
}

#[test]
fn every_case_applies_to_some_fixture_and_passes_there() {
    let full = MemoryFixture::default();
    let mut write_only = Capabilities::NONE;
    write_only.write = true;
    let plain = WrappedFixture::limited(MemoryFixture::default(), write_only);
    let read_only = WrappedFixture::limited(MemoryFixture::default(), Capabilities::NONE);
    for case in store_cases() {
        let mut ran = 0;
        for fixture in [&full as &dyn linkwright_testkit::StoreFixture, &plain, &read_only] {
            if (case.needs)(fixture).is_ok() {
                assert_eq!(drive((case.run)(fixture)), Ok(()), "{}", case.name);
                ran += 1;
            }
        }
        assert!(ran > 0, "no fixture here for: {}", case.name);
    }
}

#[test]
fn a_case_that_does_not_apply_says_why() {
    let read_only = WrappedFixture::limited(MemoryFixture::default(), Capabilities::NONE);
    let cases = store_cases();
    let find = |name| cases.iter().find(|case| case.name == name).unwrap();
    assert_eq!((find("create_twice_conflicts").needs)(&read_only), Err("the store lacks `create_only`"));
    assert_eq!(
        (find("listing_is_refused_without_list").needs)(&MemoryFixture::default()),
        Err("the store has `list`")
    );
}
