//! Items, what may be shown of them, batches, and errors.

use std::sync::Arc;
use std::time::Duration;

use linkwright_core::{
    Account, Asin, Batch, Error, ErrorKind, Item, ItemView, Marketplace, MissingReason, Money, Offer,
    PartnerTag, Perishable, RequestContext, Retry, Source, Sourced, Timestamp, error_chain,
};

fn asin(text: &str) -> Asin {
    Asin::parse(text).unwrap()
}

fn priced(fetched: Timestamp) -> Sourced<Arc<Item>> {
    let mut item = Item::new(asin("B08N5WRWNW"), "https://www.amazon.com/dp/B08N5WRWNW?tag=demo-20");
    let money =
        Money { amount: "39.99".to_owned(), currency: "USD".to_owned(), display: "$39.99".to_owned() };
    let offer = Offer::new(Some(money), Some("In Stock".to_owned()));
    item.offer = Some(Perishable::new(offer, fetched, Duration::from_secs(3600)));
    Sourced { value: Arc::new(item), source: Source::Creators, fetched_at: Some(fetched), degraded: None }
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

#[test]
fn a_batch_accounts_for_every_key_in_order() {
    let keys = ["B000000003", "B000000001", "B000000003", "B000000002"].map(asin);
    let batch = Batch::collect(keys, |key| match key.as_str() {
        "B000000001" => Err(MissingReason::NotFound),
        _ => Ok(Sourced::made_here(Arc::new(key), Source::Zero)),
    });
    let found: Vec<&str> = batch.found().iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(found, ["B000000003", "B000000002"]);
    assert_eq!(batch.missing().len(), 1);
    assert_eq!(batch.len(), 3);
    assert!(batch.get(asin("B000000002")).is_some() && batch.get(asin("B000000001")).is_none());
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
