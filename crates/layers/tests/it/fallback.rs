//! The design's table of what goes to the second source, row by row.

use std::sync::{Arc, Mutex};

use linkwright_core::{
    Asin, Error, ErrorKind, MissingReason, ProductSource, ProductSourceExt, Query, Reason, RequestContext,
    Source,
};
use linkwright_layers::{Degradation, DegradationListener, Fallback, GonePolicy};

use crate::drive::at_once;
use crate::script::{Script, answered, asin, asins, context, error, found, link, not_eligible};

const TITLED: usize = 1;
const UNTITLED: usize = 2;

/// As the Zero API: a link to everything, and a title of the author's for one.
fn links() -> Arc<Script> {
    Script::by_key(|_, key| link(key, (key == asin(TITLED)).then_some("My kettle")))
}

fn failed(error: Error) -> MissingReason {
    MissingReason::Failed(error)
}

fn coded(kind: ErrorKind, code: &str) -> MissingReason {
    failed(error(kind).with_context(Error::CODE, code))
}

fn not_set_up(reason: &str) -> MissingReason {
    failed(error(ErrorKind::ConfigInvalid).with_context(Error::REASON, reason))
}

const PRODUCT: &str = "https://www.amazon.com/dp/B0LAYER00";

/// What is expected of one product: its source, why it is degraded, its link, and how often the second was called.
type Expected = (Source, Option<Reason>, String, usize);

fn check(row: &str, product: usize, policy: GonePolicy, missing: Option<MissingReason>, expected: Expected) {
    let first = Script::by_key(move |_, key| missing.clone().map_or_else(|| found(key), Err));
    let second = links();
    let fallback = Fallback::new(first.clone(), second.clone()).with_gone_policy(policy);
    let batch = at_once(fallback.get_items(&context(), &[asin(product)])).unwrap();
    let item = batch.get(asin(product)).unwrap_or_else(|| panic!("{row}: {batch:?}"));
    let answer = (item.source, item.degraded, item.value.detail_page_url.clone(), second.calls());
    assert_eq!(answer, expected, "{row}");
    assert_eq!(first.calls(), 1, "{row}");
}

#[test]
fn each_row_of_the_table_is_kept() {
    use ErrorKind::{Corrupt, PermissionDenied, RateLimited, Timeout, Unauthenticated, Unavailable};
    let product = |number| format!("{PRODUCT}{number}");
    let zero = |reason| (Source::Zero, reason, product(UNTITLED), 1);
    let rows: Vec<(&str, Option<MissingReason>, Expected)> = vec![
        ("found", None, (Source::Creators, None, format!("{}?linkCode=api", product(UNTITLED)), 0)),
        ("no credential", Some(not_set_up("no_credential")), zero(None)),
        ("no tag", Some(not_set_up("no_tag")), zero(None)),
        (
            "ItemNotAccessible",
            Some(MissingReason::NotAccessible { code: Some("ItemNotAccessible".to_owned()) }),
            zero(Some(Reason::NotAccessible)),
        ),
        ("unknown id", Some(MissingReason::NotFound), zero(Some(Reason::Gone))),
        ("403 AssociateNotEligible", Some(failed(not_eligible())), zero(Some(Reason::NotEligible))),
        (
            "400 InvalidAssociate",
            Some(coded(PermissionDenied, "InvalidAssociate")),
            zero(Some(Reason::Associate)),
        ),
        (
            "400 InvalidPartnerTag",
            Some(coded(PermissionDenied, "InvalidPartnerTag")),
            zero(Some(Reason::Associate)),
        ),
        (
            "403 AuthorizationFailed",
            Some(coded(PermissionDenied, "AuthorizationFailed")),
            zero(Some(Reason::Denied)),
        ),
        ("403 of another kind", Some(failed(error(PermissionDenied))), zero(Some(Reason::Denied))),
        ("wrong credential", Some(failed(error(Unauthenticated))), zero(Some(Reason::Credential))),
        ("429", Some(failed(error(RateLimited))), zero(Some(Reason::Throttled))),
        ("5xx, no network", Some(failed(error(Unavailable))), zero(Some(Reason::Unavailable))),
        ("timeout", Some(failed(error(Timeout))), zero(Some(Reason::Timeout))),
        ("an answer nobody can read", Some(failed(error(Corrupt))), zero(Some(Reason::Unavailable))),
    ];
    for (row, missing, expected) in rows {
        check(row, UNTITLED, GonePolicy::ProductLink, missing, expected);
    }
}

#[test]
fn what_is_gone_gets_a_search_by_its_own_title_if_the_policy_says_so() {
    let gone = || Some(MissingReason::NotFound);
    let reason = Some(Reason::Gone);
    let (titled, untitled) = (format!("{PRODUCT}{TITLED}"), format!("{PRODUCT}{UNTITLED}"));
    let search = "https://www.amazon.com/s?k=My+kettle".to_owned();
    check("titled", TITLED, GonePolicy::SearchLink, gone(), (Source::Catalog, reason, search, 2));
    check("untitled", UNTITLED, GonePolicy::SearchLink, gone(), (Source::Zero, reason, untitled, 1));
    check(
        "by the other policy",
        TITLED,
        GonePolicy::ProductLink,
        gone(),
        (Source::Catalog, reason, titled.clone(), 1),
    );
    let throttled = Some(failed(error(ErrorKind::RateLimited)));
    let expected = (Source::Catalog, Some(Reason::Throttled), titled, 1);
    check("not gone", TITLED, GonePolicy::SearchLink, throttled, expected);
}

#[test]
fn what_the_caller_must_mend_stays_an_error() {
    use ErrorKind::{ConfigInvalid, Conflict, Internal, NotFound, RequestInvalid, Unsupported};
    for kind in [RequestInvalid, Internal, ConfigInvalid, Conflict, NotFound, Unsupported] {
        let first = Script::by_key(move |_, _| Err(failed(error(kind))));
        let second = links();
        let batch =
            at_once(Fallback::new(first, second.clone()).get_items(&context(), &asins(0..2))).unwrap();
        match batch.missing_reason(asin(0)) {
            Some(MissingReason::Failed(kept)) => assert_eq!(kept.kind(), kind),
            other => panic!("{kind}: {other:?}"),
        }
        assert_eq!((batch.missing().len(), second.calls()), (2, 0), "{kind}");
    }
}

/// What the first answers as a whole, and what becomes of it: the error's kind, or why every key is degraded.
fn check_whole(first_error: Error, expected: Result<Option<Reason>, ErrorKind>, second_calls: usize) {
    for query in [
        Query::from(linkwright_core::GetItems::new(asins(0..2))),
        linkwright_core::SearchItems::new("kettle").into(),
    ] {
        let is_search = matches!(query, Query::SearchItems(_));
        let given = first_error.clone();
        let first = Script::new(move |_, _, _| Box::pin(std::future::ready(Err(given.clone()))));
        let second = links();
        let fallback = Fallback::new(first, second.clone());
        let answer = at_once(fallback.call(&context(), query));
        match (&answer, expected) {
            (Err(error), Err(kind)) => assert_eq!(error.kind(), kind),
            (Ok(linkwright_core::Answer::Items(batch)), Ok(reason)) => {
                assert_eq!(batch.found().len(), 2);
                assert!(batch.found().iter().all(|(_, item)| item.degraded == reason), "{batch:?}");
            }
            (Ok(linkwright_core::Answer::Search(page)), Ok(_)) => {
                assert!(
                    is_search && page.value.search_url.as_deref().unwrap_or_default().contains("/s?k=kettle"),
                    "{page:?}"
                );
            }
            other => panic!("{first_error:?}: {other:?}"),
        }
        assert_eq!(second.calls(), second_calls, "{first_error:?}");
    }
}

#[test]
fn a_failure_of_the_whole_is_treated_as_one_of_every_key() {
    check_whole(not_eligible(), Ok(Some(Reason::NotEligible)), 1);
    check_whole(error(ErrorKind::Unavailable), Ok(Some(Reason::Unavailable)), 1);
    check_whole(error(ErrorKind::Unsupported), Ok(None), 1);
    check_whole(error(ErrorKind::ConfigInvalid).with_context(Error::REASON, "no_tag"), Ok(None), 1);
    check_whole(error(ErrorKind::RequestInvalid), Err(ErrorKind::RequestInvalid), 0);
    check_whole(error(ErrorKind::Cancelled), Err(ErrorKind::Cancelled), 0);
    check_whole(error(ErrorKind::Internal), Err(ErrorKind::Internal), 0);
}

/// A notice's keys and reason, and its error's kind.
type Notice = (Vec<Asin>, Option<Reason>, Option<ErrorKind>);

#[derive(Debug, Default)]
struct Heard(Mutex<Vec<Notice>>);

impl DegradationListener for Heard {
    fn degraded(&self, _: &RequestContext, notice: &Degradation) {
        let kind = notice.error.as_ref().map(Error::kind);
        self.0.lock().unwrap().push((notice.keys.clone(), notice.reason, kind));
    }
}

#[test]
fn the_second_is_asked_once_for_all_that_is_missing_and_each_reason_is_told_once() {
    let keys = asins(0..6);
    let first = Script::by_key(|_, key| match key {
        key if key == asin(1) || key == asin(4) => Err(failed(not_eligible())),
        key if key == asin(2) => Err(MissingReason::NotFound),
        key if key == asin(3) => Err(failed(error(ErrorKind::Internal))),
        key => found(key),
    });
    let second = links();
    let heard = Arc::new(Heard::default());
    let fallback = Fallback::new(first, second.clone()).with_listener(heard.clone());
    let batch = at_once(fallback.get_items(&context(), &keys)).unwrap();
    assert_eq!(second.asked(), [vec![asin(1), asin(2), asin(4)]]);
    let order: Vec<Asin> = batch.iter().map(|(key, _)| *key).collect();
    assert_eq!(order, keys);
    let missing: Vec<Asin> = batch.missing().iter().map(|(key, _)| *key).collect();
    assert_eq!(missing, [asin(3)]);
    let notices = heard.0.lock().unwrap().clone();
    let not_eligible = Some(ErrorKind::PermissionDenied);
    assert_eq!(
        notices,
        [
            (vec![asin(1), asin(4)], Some(Reason::NotEligible), not_eligible),
            (vec![asin(2)], Some(Reason::Gone), None),
        ]
    );
}

#[test]
fn if_the_second_fails_too_the_first_reason_stays() {
    let first = Script::by_key(|_, _| Err(failed(not_eligible())));
    let second = Script::new(|_, _, _| Box::pin(std::future::ready(Err(error(ErrorKind::Internal)))));
    let batch = at_once(Fallback::new(first, second).get_items(&context(), &asins(0..2))).unwrap();
    assert_eq!(crate::script::only_error(&batch).code(), Some("AssociateNotEligible"));
}

#[test]
fn nobody_is_asked_for_nothing() {
    let (first, second) = (links(), links());
    let fallback = Fallback::new(first.clone(), second.clone());
    assert!(at_once(fallback.get_items(&context(), &[])).unwrap().is_empty());
    assert_eq!((first.calls(), second.calls()), (0, 0));
}

#[test]
fn a_search_both_can_answer_is_the_first_one_s() {
    let (first, second) =
        (Script::new(|_, _, query| Box::pin(std::future::ready(answered(query, found)))), links());
    let page = at_once(Fallback::new(first.clone(), second.clone()).search(&context(), "kettle")).unwrap();
    assert!(page.value.search_url.unwrap_or_default().ends_with("k=kettle"));
    assert_eq!((first.calls(), second.calls()), (1, 0));
}
