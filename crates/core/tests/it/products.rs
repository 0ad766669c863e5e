//! Items, what may be shown of them, batches, and errors.

use std::cell::Cell;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Wake};
use std::time::Duration;

use futures_util::FutureExt as _;
use linkwright_core::{
    Account, Answer, Asin, Availability, AvailabilityKind, Batch, Cancellation, Error, ErrorKind, GetItems,
    Image, ImageOwner, Item, ItemView, Marketplace, MissingReason, Money, Offer, Offers, OwnWords,
    PartnerTag, Price, Query, Reason, RequestContext, Retry, SearchItems, ShopInfo, Source, Sourced,
    Timestamp, error_chain,
};
use proptest::prelude::*;

fn asin(text: &str) -> Asin {
    Asin::parse(text).unwrap()
}

fn priced(fetched: Timestamp) -> Sourced<Arc<Item>> {
    let mut item = Item::new(asin("B08N5WRWNW"), "https://www.amazon.com/dp/B08N5WRWNW?tag=demo-20");
    let money = Money::new("39.99", "USD", "$39.99");
    let availability = Availability::new(Some(AvailabilityKind::InStock), Some("In Stock".to_owned()));
    let offer = Offer::new(Some(Price::new(money)), Some(availability));
    item.offers = Some(Offers::new(vec![offer]).fetched(fetched));
    let picture = Image::new("https://m.media-amazon.com/shop.jpg", ImageOwner::Amazon).with_size(500, 400);
    item.shop_info = Some(ShopInfo::new(Some("Shop title".to_owned()), Some(picture)).fetched(fetched));
    Sourced::fetched(Arc::new(item), Source::Creators, fetched)
}

#[test]
fn a_price_is_shown_with_its_time_and_only_in_its_hour() {
    let fetched = Timestamp::from_unix_seconds(0);
    let item = priced(fetched);
    let shown = |seconds| {
        serde_json::to_string(&ItemView::new(&item, Timestamp::from_unix_seconds(seconds))).unwrap()
    };
    let fresh = shown(3599);
    for part in [
        "$39.99",
        "\"as_of\":\"1970-01-01T00:00:00Z\"",
        "\"expires\":\"1970-01-01T01:00:00Z\"",
        "are accurate as of",
    ] {
        assert!(fresh.contains(part), "{part} in {fresh}");
    }
    for late in [3600, 86_400, -1] {
        let stale = shown(late);
        assert!(!stale.contains("39.99") && !stale.contains("In Stock"), "at {late}: {stale}");
        assert!(stale.contains("detailPageURL"), "the link stays: {stale}");
    }
}

/// Amazon's words, its picture and its price, as they stand in the JSON of a view.
fn amazons_parts(view: &ItemView<'_>) -> [bool; 3] {
    let json = serde_json::to_string(view).unwrap();
    ["Shop title", "shop.jpg", "$39.99"].map(|part| json.contains(part))
}

#[test]
fn shop_words_and_pictures_are_shown_for_a_day() {
    let item = priced(Timestamp::from_unix_seconds(0));
    for (seconds, shown) in [
        (-1, [false; 3]),
        (0, [true; 3]),
        (3600, [true, true, false]),
        (86_399, [true, true, false]),
        (86_400, [false; 3]),
    ] {
        let view = ItemView::new(&item, Timestamp::from_unix_seconds(seconds));
        assert_eq!(amazons_parts(&view), shown, "at {seconds}");
    }
}

#[test]
fn the_authors_own_goes_before_the_shops_and_stays() {
    let mut item = Item::clone(&priced(Timestamp::from_unix_seconds(0)).value);
    item.title = Some(OwnWords::new("My kettle"));
    item.image = Some(Image::new("https://blog.example/kettle.jpg", ImageOwner::Author));
    let item = Sourced::made_here(item, Source::Catalog);
    for seconds in [0, 86_400, i64::MAX / 1000] {
        let view = ItemView::new(&item, Timestamp::from_unix_seconds(seconds));
        assert_eq!((view.title, view.image), (Some("My kettle"), Some("https://blog.example/kettle.jpg")));
    }
}

#[test]
fn a_picture_of_amazons_in_the_authors_place_is_never_shown() {
    let mut item = Item::new(asin("B08N5WRWNW"), "https://www.amazon.com/dp/B08N5WRWNW");
    item.image = Some(Image::new("https://m.media-amazon.com/shop.jpg", ImageOwner::Amazon));
    let item = Sourced::made_here(item, Source::Catalog);
    assert_eq!(ItemView::new(&item, Timestamp::from_unix_seconds(0)).image, None);
}

proptest! {
    #[test]
    fn nothing_of_amazons_is_in_a_view_after_its_time(
        fetched in -10_000_000_000_i64..10_000_000_000,
        // Mostly near the two ends of time, and some far off.
        later in prop_oneof![-10_000_i64..100_000_000, 3_590_000_i64..3_610_000, 86_390_000_i64..86_410_000],
    ) {
        let item = priced(Timestamp::from_unix_millis(fetched));
        let view = ItemView::new(&item, Timestamp::from_unix_millis(fetched + later));
        let (hour, day) = ((0..3_600_000).contains(&later), (0..86_400_000).contains(&later));
        prop_assert_eq!(amazons_parts(&view), [day, day, hour]);
        prop_assert_eq!((view.title.is_some(), view.image.is_some(), view.offer.is_some()), (day, day, hour));
    }
}

#[test]
fn a_fetched_value_says_when_and_why_it_is_less() {
    let fetched = Timestamp::from_unix_seconds(7);
    let value = Sourced::fetched((), Source::Cache, fetched).degraded(Reason::Throttled);
    assert_eq!(
        (value.source, value.fetched_at, value.degraded),
        (Source::Cache, Some(fetched), Some(Reason::Throttled))
    );
}

#[test]
fn a_batch_accounts_for_every_key_in_order() {
    let keys = ["B000000003", "B000000001", "B000000003", "B000000002"].map(asin);
    let batch = Batch::collect(keys, |key| match key.as_str() {
        "B000000001" => Err(MissingReason::NotFound),
        _ => Ok(Sourced::made_here(Arc::new(*key), Source::Zero)),
    });
    let found: Vec<&str> = batch.found().iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(found, ["B000000003", "B000000002"]);
    assert_eq!(batch.missing().len(), 1);
    assert_eq!(batch.len(), 3);
    assert!(batch.get(asin("B000000002")).is_some() && batch.get(asin("B000000001")).is_none());
    assert!(matches!(batch.missing_reason(asin("B000000001")), Some(MissingReason::NotFound)));
    assert!(batch.missing_reason(asin("B000000002")).is_none(), "it was found");
    assert!(batch.missing_reason(asin("B000000009")).is_none(), "it was not asked for");
    let all: Vec<(&str, bool)> = batch.iter().map(|(key, answer)| (key.as_str(), answer.is_ok())).collect();
    assert_eq!(all, [("B000000003", true), ("B000000001", false), ("B000000002", true)]);
    let (found, missing) = batch.into_parts();
    assert_eq!((found.len(), missing.len()), (2, 1));
}

#[test]
fn a_batch_may_have_keys_that_are_not_copied() {
    let keys = ["a", "b", "a"].map(str::to_owned);
    let batch = Batch::collect(keys, |key: &String| match key.as_str() {
        "a" => Ok(Sourced::made_here(Arc::new(1), Source::Zero)),
        _ => Err(MissingReason::NotAccessible { code: Some("ItemNotAccessible".to_owned()) }),
    });
    assert_eq!(batch.get("a".to_owned()).map(|value| *value.value), Some(1));
    assert!(matches!(
        batch.missing_reason("b".to_owned()),
        Some(MissingReason::NotAccessible { code: Some(code) }) if code == "ItemNotAccessible"
    ));
}

proptest! {
    #[test]
    fn a_fallback_is_asked_for_what_is_missing_and_keeps_the_order(
        keys in prop::collection::vec(0_u8..40, 0..60),
        known in prop::collection::hash_set(0_u8..40, 0..40),
        known_to_fallback in prop::collection::hash_set(0_u8..40, 0..40),
    ) {
        let value = |origin: &'static str| Ok(Sourced::made_here(Arc::new(origin), Source::Zero));
        let first = Batch::collect(keys.iter().copied(), |key| {
            if known.contains(key) { value("first") } else { Err(MissingReason::NotFound) }
        });
        let asked = Cell::new(0);
        let filled = first.clone().fill_missing(|key, reason| {
            asked.set(asked.get() + 1);
            if known_to_fallback.contains(key) { value("fallback") } else { Err(reason) }
        });
        prop_assert_eq!(asked.get(), first.missing().len());
        let mut distinct = Vec::new();
        for key in keys {
            if !distinct.contains(&key) {
                distinct.push(key);
            }
        }
        for batch in [&first, &filled] {
            let order: Vec<u8> = batch.iter().map(|(key, _)| *key).collect();
            prop_assert_eq!(&order, &distinct);
            prop_assert_eq!(batch.len(), distinct.len());
            let found = batch.iter().filter(|(_, answer)| answer.is_ok()).map(|(key, _)| *key);
            prop_assert!(found.eq(batch.found().iter().map(|(key, _)| *key)));
            for key in &distinct {
                prop_assert!(batch.get(key).is_some() != batch.missing_reason(key).is_some());
            }
        }
        for (key, answer) in filled.iter() {
            let expected = if known.contains(key) {
                Some("first")
            } else {
                known_to_fallback.contains(key).then_some("fallback")
            };
            prop_assert_eq!(answer.ok().map(|found| *found.value), expected);
        }
    }
}

#[test]
fn a_context_never_gives_a_tag_to_another_shop() {
    let tag = PartnerTag::new("demo-20", Marketplace::Us).unwrap();
    let mut context = RequestContext::tagged(Account::new("main"), tag.clone());
    assert_eq!(context.tag(), Some(&tag));
    context.marketplace = Marketplace::De;
    assert_eq!(context.tag(), None);
}

#[test]
fn a_cancelled_request_stays_cancelled_in_every_clone() {
    let context = RequestContext::untagged(Account::new("main"), Marketplace::Us);
    let clone = context.clone();
    assert!(clone.cancellation.check("test").is_ok());
    context.cancellation.cancel();
    assert_eq!(clone.cancellation.check("test").unwrap_err().kind(), ErrorKind::Cancelled);
}

/// Counts how often its task is woken.
#[derive(Default)]
struct CountingWaker(AtomicUsize);

impl Wake for CountingWaker {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn who_waits_for_a_cancellation_is_woken_once_and_nobody_else() {
    let cancellation = Cancellation::default();
    let wakers: [Arc<CountingWaker>; 4] = Default::default();
    let mut waits: Vec<_> = wakers.iter().map(|_| cancellation.cancelled()).collect();
    let poll = |wait: &mut Pin<Box<dyn Future<Output = ()> + Send>>, waker: &Arc<CountingWaker>| {
        wait.as_mut().poll(&mut Context::from_waker(&Arc::clone(waker).into())).is_ready()
    };
    for (wait, waker) in waits.iter_mut().zip(&wakers) {
        assert!(!poll(wait, waker));
    }
    // The last leaves, and the one before it moves to another task.
    drop(waits.pop());
    let moved = Arc::new(CountingWaker::default());
    assert!(!poll(&mut waits[2], &moved));
    assert_eq!(Arc::strong_count(&wakers[3]), 1, "a wait that is over leaves nothing behind");

    cancellation.clone().cancel();
    cancellation.cancel();
    let woken = wakers.each_ref().map(|waker| waker.0.load(Ordering::SeqCst));
    assert_eq!((woken, moved.0.load(Ordering::SeqCst)), ([1, 1, 0, 0], 1));
    for (wait, waker) in waits.iter_mut().zip(&wakers) {
        assert!(poll(wait, waker));
    }
    assert_eq!(cancellation.cancelled().now_or_never(), Some(()), "at once");
}

#[test]
fn no_cancellation_is_missed_by_another_thread() {
    for _ in 0..200 {
        let cancellation = Cancellation::default();
        std::thread::scope(|threads| {
            for _ in 0..3 {
                let cancelled = cancellation.cancelled();
                // Hangs if the wake is lost.
                threads.spawn(|| block_on(cancelled));
            }
            cancellation.cancel();
        });
    }
}

/// Sleeps until its future is ready.
fn block_on(mut future: Pin<Box<dyn Future<Output = ()> + Send>>) {
    struct Unpark(std::thread::Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Arc::new(Unpark(std::thread::current())).into();
    while future.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
        std::thread::park();
    }
}

#[test]
fn an_error_says_each_cause_once() {
    let cause = Error::new(ErrorKind::Timeout, "inner", "no answer in 10 s")
        .with_source(std::io::Error::other("cut"));
    let error = Error::new(ErrorKind::Unavailable, "outer", "cannot ask Amazon")
        .with_source(cause)
        .with_retry(Retry::After(Duration::from_secs(3)))
        .with_context("host", "creatorsapi.amazon");
    assert_eq!(error_chain(&error), "cannot ask Amazon: no answer in 10 s: cut");
    assert_eq!(error.to_string(), "cannot ask Amazon");
    assert_eq!(error.context_value("host"), Some("creatorsapi.amazon"));
    assert_eq!((error.kind().as_str(), error.retry().as_str()), ("unavailable", "after"));
}

#[test]
fn an_error_is_a_reason_to_degrade_unless_the_caller_must_mend_it() {
    let error = |kind, code: Option<&str>| {
        let error = Error::new(kind, "get_items", "no");
        code.into_iter().fold(error, |error, code| error.with_context(Error::CODE, code))
    };
    for (kind, code, reason) in [
        (ErrorKind::PermissionDenied, Some("AssociateNotEligible"), Some(Reason::NotEligible)),
        (ErrorKind::PermissionDenied, Some("InvalidAssociate"), Some(Reason::Associate)),
        (ErrorKind::PermissionDenied, Some("InvalidPartnerTag"), Some(Reason::Associate)),
        (ErrorKind::PermissionDenied, Some("AuthorizationFailed"), Some(Reason::Denied)),
        (ErrorKind::PermissionDenied, None, Some(Reason::Denied)),
        (ErrorKind::Unauthenticated, Some("invalid_client"), Some(Reason::Credential)),
        (ErrorKind::RateLimited, None, Some(Reason::Throttled)),
        (ErrorKind::Timeout, None, Some(Reason::Timeout)),
        (ErrorKind::Unavailable, None, Some(Reason::Unavailable)),
        (ErrorKind::Corrupt, None, Some(Reason::Unavailable)),
        (ErrorKind::RequestInvalid, Some("FieldValidationFailed"), None),
        (ErrorKind::ConfigInvalid, None, None),
        (ErrorKind::Cancelled, None, None),
        (ErrorKind::Internal, None, None),
    ] {
        assert_eq!(Reason::of(&error(kind, code)), reason, "{kind} {code:?}");
    }
    for (kind, reason) in [
        (ErrorKind::PermissionDenied, Some(Reason::Store)),
        (ErrorKind::Corrupt, Some(Reason::Store)),
        (ErrorKind::ConfigInvalid, Some(Reason::Store)),
        (ErrorKind::Cancelled, None),
    ] {
        assert_eq!(Reason::of(&Error::new(kind, "store.get", "no")), reason, "{kind} of a store");
    }
}

#[test]
fn a_failure_of_the_whole_is_one_of_every_part_unless_the_caller_must_mend_it() {
    let keys = [asin("B08N5WRWNW"), asin("080442957X")];
    let failed = |query: Query, kind| query.failed(Error::new(kind, "get_items", "no"));
    match failed(GetItems::new(keys).into(), ErrorKind::Unavailable) {
        Ok(Answer::Items(batch)) => {
            assert_eq!(batch.missing().iter().map(|(key, _)| *key).collect::<Vec<_>>(), keys);
            assert!(matches!(batch.missing_reason(keys[0]), Some(MissingReason::Failed(_))));
        }
        other => panic!("{other:?}"),
    }
    for kind in [ErrorKind::RequestInvalid, ErrorKind::Cancelled] {
        assert_eq!(failed(GetItems::new(keys).into(), kind).unwrap_err().kind(), kind);
    }
    let search = failed(SearchItems::new("kettle").into(), ErrorKind::Unavailable);
    assert_eq!(search.unwrap_err().kind(), ErrorKind::Unavailable);
}
