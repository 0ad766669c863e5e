//! Streams over pages through the whole stack: what a reader gets on a day on which the API stops answering halfway.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use linkwright_emulator::{EmulatedCredential, HostThread, Settings};
use linkwright_sdk::core::{
    Account, ApiVersion, Asin, BoxStream, CredentialName, CredentialSet, CredentialStoreExt as _, ErrorKind,
    GetVariations, Item, Marketplace, MemoryStore, PageBounds, PartnerTag, ProductSource,
    ProductSourceExt as _, Reason, RequestContext, Result, Retry, SearchItems, Sourced,
};
use linkwright_sdk::zero::ZeroSource;
use linkwright_sdk::{ApiAccess, ApiSettings, ProductOptions, Profile, SourceChoice, SystemClock, products};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

use crate::support::{file, variables};

/// An emulator, and the recommended stack over it.
struct Shop {
    runtime: Runtime,
    host: HostThread,
    source: Arc<dyn ProductSource>,
    context: RequestContext,
}

impl Shop {
    fn open(choice: SourceChoice) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let host = HostThread::start(Settings::default()).expect("a free port");
        let profile = Profile::resolve(&file(""), None, &variables(&[])).expect("a profile");
        let mut settings = ApiSettings::of_profile(&profile, None, "0.0.0").expect("settings");
        settings.endpoints.api = host.url();
        settings.endpoints.token = Some(host.ready().token);
        let store = MemoryStore::new(Arc::new(SystemClock::new()));
        let credential = EmulatedCredential::of(ApiVersion::V3_1);
        let set = CredentialSet::new(credential.id, credential.secret, ApiVersion::V3_1);
        let name = CredentialName::try_from("na").expect("a name");
        runtime.block_on(store.create(&name, set)).expect("a credential");
        let access = ApiAccess::new(settings, vec![Arc::new(store)], Arc::new(SystemClock::new()));
        let access = Arc::new(access.expect("access"));
        let source = products(&access, ZeroSource::new(), &ProductOptions::new(choice));
        let tag = PartnerTag::new("demo-20", Marketplace::Us).expect("a tag");
        let context = RequestContext::tagged(Account::new("main"), tag);
        Self { runtime, host, source, context }
    }

    /// What a stream gives next.
    fn next<T>(&self, stream: &mut BoxStream<'_, T>) -> Option<T> {
        self.runtime.block_on(stream.next())
    }

    fn control(&self, name: &str, body: &Value) {
        self.host.control(name, body).expect("a control");
    }

    fn calls(&self) -> u64 {
        self.host.with_emulator(|emulator| emulator.counters().calls)
    }

    /// All products of three pages, or of the two that the variations fill.
    fn all(&self, is_search: bool) -> BoxStream<'_, Result<Sourced<Arc<Item>>>> {
        if is_search {
            self.source.search_all(&self.context, SearchItems::new("tea"), PageBounds::pages(3))
        } else {
            let asin = Asin::parse("B0EMUP1000").expect("an ASIN");
            self.source.variations_all(&self.context, GetVariations::new(asin), PageBounds::pages(3))
        }
    }
}

/// With the quota used up after so many pages, and restored after the failure.
#[track_caller]
fn check(choice: SourceChoice, is_search: bool, pages: u64) {
    let whole = Shop::open(choice);
    let expected = whole.all(is_search).map(|item| item.expect("an item").value.asin);
    let expected: Vec<Asin> = whole.runtime.block_on(expected.collect());

    let shop = Shop::open(choice);
    shop.control("quota", &json!({"calls_per_day": pages, "retry_after": true}));
    let mut given = shop.all(is_search);
    let (mut asins, mut errors) = (Vec::new(), Vec::new());
    while let Some(item) = shop.next(&mut given) {
        match item {
            Ok(item) => asins.push(item.value.asin),
            Err(error) => {
                errors.push((error.kind(), asins.len(), shop.calls()));
                match choice {
                    // The layers' own word, which says how long.
                    SourceChoice::Creators => {
                        let day = Duration::from_secs(24 * 3600);
                        assert!(matches!(error.retry(), Retry::After(wait) if wait <= day), "{error:?}");
                    }
                    _ => {
                        let (page, throttled) = (pages + 1, Reason::Throttled);
                        assert_eq!(error.message(), format!("page {page} was not answered: `{throttled}`"));
                        assert_eq!(error.retry(), Retry::Exhausted);
                    }
                }
                shop.control("quota", &json!({"calls_per_day": null}));
            }
        }
    }
    let before = (pages * 10) as usize;
    assert_eq!(errors, [(ErrorKind::RateLimited, before, pages + 1)], "{choice} {is_search}");
    assert_eq!(asins, expected, "{choice} {is_search}");
    let distinct: HashSet<&Asin> = asins.iter().collect();
    assert!(asins.len() > before && distinct.len() == asins.len(), "{asins:?}");
}

#[test]
fn a_page_that_is_not_answered_is_an_error_and_can_be_asked_for_again() {
    for choice in [SourceChoice::Auto, SourceChoice::Creators] {
        check(choice, true, 2);
        check(choice, true, 1);
        check(choice, false, 1);
    }
}

#[test]
fn an_account_that_loses_its_access_halfway_is_no_end_of_the_list() {
    let shop = Shop::open(SourceChoice::Auto);
    let mut given = shop.all(true);
    for number in 0..10 {
        shop.next(&mut given).expect("an item").unwrap_or_else(|error| panic!("{number}: {error:?}"));
    }
    shop.control("eligibility", &json!({"eligible": false}));
    let error = shop.next(&mut given).expect("an element").expect_err("the second page");
    assert_eq!((error.kind(), error.retry()), (ErrorKind::PermissionDenied, Retry::Never));
    assert_eq!(error.message(), format!("page 2 was not answered: `{}`", Reason::NotEligible));
    assert!(shop.next(&mut given).is_none());
}

#[test]
fn the_first_page_asked_for_stays_a_link() {
    let shop = Shop::open(SourceChoice::Auto);
    shop.control("throttle", &json!({"count": 10, "retry_after": 3600}));
    let search = SearchItems::new("tea").page(3);
    let pages = shop.source.search_pages(&shop.context, search, PageBounds::SEARCH);
    let pages: Vec<_> = shop.runtime.block_on(pages.map(|page| page.expect("a page")).collect());
    let links: Vec<_> = pages.iter().map(|page| (page.degraded, page.value.search_url.as_deref())).collect();
    assert_eq!(links, [(Some(Reason::Throttled), Some("https://www.amazon.com/s?k=tea&tag=demo-20"))]);
}
