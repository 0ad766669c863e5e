//! Every rule for sources has a case that notices when it is broken.

use std::collections::BTreeSet;

use linkwright_testkit::source_cases;

use crate::broken_source::{Fault, broken, run_case};
use crate::drive::drive;

const NOTICED_BY: [(Fault, &str); 56] = [
    (Fault::MissingAreDropped, "every_key_is_accounted_for_once"),
    (Fault::OrderIsSorted, "answers_keep_the_order_of_the_request"),
    (Fault::RepeatedKeysAreDropped, "repeated_keys_are_answered_once"),
    (Fault::NoKeysAreRefused, "no_keys_is_an_empty_answer"),
    (Fault::OnlyTheFirstTenAreAnswered, "many_keys_are_answered"),
    (Fault::ItemsAreMixedUp, "items_belong_to_their_keys"),
    (Fault::LinksHaveNoTag, "links_carry_the_tag_of_the_request"),
    (Fault::LinksHaveTwoTags, "links_carry_the_tag_of_the_request"),
    (Fault::LinksLeadToTheUnitedStates, "links_lead_to_the_shop_of_the_request"),
    (Fault::LinksLeadToOneProduct, "links_lead_to_the_shop_of_the_request"),
    (Fault::TagIsThereUnasked, "links_carry_no_tag_unasked"),
    (Fault::UnknownFailsTheRequest, "unknown_key_is_missing"),
    (Fault::UnknownIsInvented, "unknown_key_is_missing"),
    (Fault::OffersLiveForADay, "offers_expire"),
    (Fault::TradeInLivesForADay, "offers_expire"),
    (Fault::OffersAreOverstated, "offers_expire"),
    (Fault::OffersAreUnderstated, "offers_expire"),
    (Fault::ShopWordsLiveForAWeek, "shop_words_and_pictures_expire"),
    (Fault::ShopPicturesPassForTheAuthors, "shop_words_and_pictures_expire"),
    (Fault::FetchedHasNoTime, "degraded_items_say_when_they_were_made"),
    (Fault::CancellationIsIgnored, "cancelled_request_is_an_error"),
    (Fault::SearchLinksHaveNoTag, "search_gives_products_or_a_link"),
    (Fault::SearchWordsAreNotEscaped, "search_for_odd_words_is_safe"),
    (Fault::AnswersAnotherQuestion, "answer_fits_the_question"),
    (Fault::SearchIsEmptyWhenUnsupported, "unsupported_query_is_an_error"),
    (Fault::CallersShareTheirKeys, "one_source_serves_many_callers"),
    (Fault::SearchLinksHaveATagUnasked, "links_carry_no_tag_unasked"),
    (Fault::SearchFindsNothing, "search_gives_products_or_a_link"),
    (Fault::ItemsOnPagesHaveNoTag, "search_gives_products_or_a_link"),
    (Fault::ItemsOnPagesHaveNoTag, "variations_are_products_or_a_link"),
    (Fault::OffersOnPagesLiveForADay, "search_gives_products_or_a_link"),
    (Fault::PagesHaveNoTime, "search_gives_products_or_a_link"),
    (Fault::EmptySearchIsAnError, "empty_search_is_an_empty_page"),
    (Fault::PagesNeverEnd, "pages_of_a_search_go_on_and_end"),
    (Fault::PagesGoBack, "pages_of_a_search_go_on_and_end"),
    (Fault::PageAfterTheLastIsAnError, "pages_of_a_search_go_on_and_end"),
    (Fault::PagesRepeatTheFirst, "pages_of_a_search_differ"),
    (Fault::PagesAreTooLong, "pages_of_a_search_differ"),
    (Fault::PagesAreCountedByCalls, "search_goes_on_where_it_failed"),
    (Fault::PagesNeverEnd, "pages_of_variations_go_on_and_end"),
    (Fault::PageAfterTheLastIsAnError, "pages_of_variations_go_on_and_end"),
    (Fault::PagesRepeatTheFirst, "pages_of_variations_go_on_and_end"),
    (Fault::PagesAreCountedByCalls, "variations_go_on_where_they_failed"),
    (Fault::SummariesLiveForADay, "variations_are_products_or_a_link"),
    (Fault::VariationLinksHaveNoTag, "variations_are_products_or_a_link"),
    (Fault::NoVariationsAreAnEmptyPage, "no_variations_are_an_error"),
    (Fault::CancelledSearchIsAnswered, "cancelled_request_is_an_error"),
    (Fault::MissingCategoriesAreDropped, "every_category_is_accounted_for_once"),
    (Fault::CategoriesAreSorted, "every_category_is_accounted_for_once"),
    (Fault::NoCategoriesAreRefused, "no_categories_is_an_empty_answer"),
    (Fault::OnlyTheFirstTenCategoriesAreAnswered, "many_categories_are_answered"),
    (Fault::UnknownCategoryFailsTheRequest, "unknown_category_is_missing"),
    (Fault::CategoriesAreMixedUp, "categories_have_a_name_or_a_link"),
    (Fault::CategoriesLiveForADay, "categories_have_a_name_or_a_link"),
    (Fault::CategoryLinksHaveNoTag, "categories_have_a_name_or_a_link"),
    (Fault::CategoriesAreEmpty, "categories_have_a_name_or_a_link"),
];

#[test]
fn every_fault_is_noticed_by_its_case() {
    for (fault, noticed_by) in NOTICED_BY {
        let outcome = run_case(noticed_by, &*broken(fault));
        assert!(outcome.is_err(), "{noticed_by} does not notice {fault:?}");
    }
}

#[test]
fn every_case_notices_some_fault() {
    let noticing: BTreeSet<&str> = NOTICED_BY.into_iter().map(|(_, case)| case).collect();
    for case in source_cases() {
        assert!(noticing.contains(case.name), "no broken source for: {}", case.name);
    }
}

#[test]
fn every_case_applies_to_a_source_without_fault_and_passes_there() {
    let fixtures = [Fault::Nothing, Fault::NothingOfALinkSource, Fault::NothingOfAnItemSource].map(broken);
    for case in source_cases() {
        let mut ran = 0;
        for fixture in fixtures.iter().filter(|fixture| (case.needs)(&***fixture).is_ok()) {
            assert_eq!(drive((case.run)(&**fixture)), Ok(()), "{}: {fixture:?}", case.name);
            ran += 1;
        }
        assert!(ran > 0, "no fixture here for: {}", case.name);
    }
}

#[test]
fn names_are_unique_and_every_case_says_what_it_shows() {
    let mut names = BTreeSet::new();
    for case in source_cases() {
        assert!(names.insert(case.name), "twice: {}", case.name);
        assert!(case.shows.ends_with('.') && case.shows.len() > 20, "{}: {}", case.name, case.shows);
    }
}
