//! Every rule has a case that notices when it is broken.

use linkwright_testkit::{MemoryFixture, Sentinel, store_cases};

use crate::broken_store::{BrokenFixture, Fault};
use crate::drive::drive;

#[test]
fn every_fault_is_noticed_by_its_case() {
    use Fault as F;
    let expected = [
        (F::AbsentIsUnavailable, "absent_name_is_not_found"),
        (F::DamagedIsNotFound, "damaged_value_is_corrupt_and_not_absent"),
        (F::GetManyLeavesOutTheAbsent, "get_many_answers_each_name_at_its_place"),
        (F::GetIgnoresTheRevision, "every_revision_is_read_by_naming_it"),
        (F::SecretsAreTrimmed, "secrets_with_blanks_are_read_back"),
        (F::LabelsAreDropped, "labels_in_any_language_are_read_back"),
        (F::UnknownMembersAreDropped, "unknown_members_survive_a_change"),
        (F::CreateOverwrites, "create_twice_conflicts"),
        (F::UpdateOverwrites, "update_from_a_stale_revision_conflicts"),
        (F::UpdateComparesTooEarly, "concurrent_updates_have_one_winner"),
        (F::CreateComparesTooEarly, "concurrent_creates_have_one_winner"),
        (F::WritesInTwoSteps, "readers_see_old_or_new_never_half"),
        (F::SizeIsNotChecked, "oversized_value_is_refused"),
        (F::PendingIsCurrent, "pending_revision_is_unseen_until_promoted"),
        (F::PromoteAcceptsAnything, "promoting_the_unknown_is_not_found"),
        (F::DeleteIsAlwaysTrue, "deleting_what_is_absent_is_false"),
        (F::RecoverableDeletePurges, "deleted_name_is_absent_until_restored"),
        (F::PurgeIsRecoverable, "purge_cannot_be_restored"),
        (F::RestoreIsAlwaysTrue, "restoring_what_is_not_deleted_is_false"),
        (F::ListHasOnePage, "long_list_is_complete"),
        (F::ListRepeats, "each_credential_is_listed_once"),
        (F::ListIsEmptyWhenUnsupported, "listing_is_refused_without_list"),
        (F::RevisionsAreOldestFirst, "revisions_are_newest_first"),
        (F::RevisionsOfAbsentAreEmpty, "revisions_of_an_absent_name_are_not_found"),
        (F::CapabilitiesAreOverstated, "capabilities_are_as_announced"),
        (F::ErrorsLackTheirOrigin, "errors_say_where_they_come_from"),
        (F::ErrorsQuoteTheSecret, "errors_show_no_secret"),
        (F::DebugShowsTheSecret, "debug_shows_no_secret"),
        (F::InfoShowsTheSecret, "info_shows_no_secret"),
    ];
    let cases = store_cases();
    for (fault, noticed_by) in expected {
        let fixture = BrokenFixture { fault, inner: MemoryFixture::default() };
        let case = cases.iter().find(|case| case.name == noticed_by).unwrap();
        assert_eq!((case.needs)(&fixture), Ok(()), "{noticed_by} does not run with {fault:?}");
        assert!(drive((case.run)(&fixture)).is_err(), "{noticed_by} does not notice {fault:?}");
    }
}

#[test]
fn a_store_without_fault_passes_every_case_that_applies() {
    let fixture = BrokenFixture { fault: Fault::Nothing, inner: MemoryFixture::default() };
    for case in store_cases().into_iter().filter(|case| (case.needs)(&fixture).is_ok()) {
        assert_eq!(drive((case.run)(&fixture)), Ok(()), "{}", case.name);
    }
}

#[test]
fn the_failure_about_a_leak_does_not_repeat_it() {
    let fixture = BrokenFixture { fault: Fault::ErrorsQuoteTheSecret, inner: MemoryFixture::default() };
    let cases = store_cases();
    let case = cases.iter().find(|case| case.name == "errors_show_no_secret").unwrap();
    let failure = drive((case.run)(&fixture)).unwrap_err().to_string();
    assert!(failure.contains("holds the secret: plain at byte"), "{failure}");
    assert!(Sentinel::new(2).find_in(failure.as_bytes()).is_none(), "{failure}");
}
