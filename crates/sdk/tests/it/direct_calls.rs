//! Calls that are no query: the same token, pace, repetitions and verdicts as all that is asked.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use linkwright_emulator::{EmulatedCredential, HostThread, Settings};
use linkwright_sdk::core::{
    Account, ApiVersion, Asin, Clock, CredentialName, CredentialSet, CredentialStore,
    CredentialStoreExt as _, ErrorKind, Marketplace, MemoryStore, MissingReason, PartnerTag,
    ProductSourceExt as _, RequestContext,
};
use linkwright_sdk::creators::{ApiOperation, ListFeedsRequest};
use linkwright_sdk::layers::Probe;
use linkwright_sdk::state::Slot;
use linkwright_sdk::{ApiAccess, ApiSettings, Profile, SystemClock};
use serde_json::{Value, json};

use crate::support::{file, variables};

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(work)
}

fn settings() -> ApiSettings {
    let profile = Profile::resolve(&file(""), None, &variables(&[])).expect("a profile");
    ApiSettings::of_profile(&profile, None, "0.0.0").expect("settings")
}

fn store(filled: bool) -> Arc<dyn CredentialStore> {
    let store = MemoryStore::new(Arc::new(SystemClock::new()));
    let credential = EmulatedCredential::of(ApiVersion::V3_1);
    let set = CredentialSet::new(credential.id, credential.secret, ApiVersion::V3_1);
    if filled {
        run(store.create(&CredentialName::try_from("na").expect("a name"), set))
            .expect("a stored credential");
    }
    Arc::new(store)
}

fn tagged() -> RequestContext {
    let tag = PartnerTag::new("demo-20", Marketplace::Us).expect("a tag");
    RequestContext::tagged(Account::new("main"), tag)
}

/// An emulator, and the way to it.
struct Shop {
    host: HostThread,
    access: ApiAccess,
}

impl Shop {
    fn new() -> Self {
        let host = HostThread::start(Settings::default()).expect("a free port");
        let mut settings = settings();
        settings.endpoints.api = host.url();
        settings.endpoints.token = Some(host.ready().token);
        let access =
            ApiAccess::new(settings, vec![store(true)], Arc::new(SystemClock::new())).expect("access");
        Self { host, access }
    }

    fn control(&self, name: &str, body: &Value) {
        self.host.control(name, body).expect("a control");
    }

    /// How often an operation was called.
    fn calls(&self, operation: ApiOperation) -> u64 {
        let counters = self.host.with_emulator(|emulator| emulator.counters());
        counters.operations.get(operation.as_str()).copied().unwrap_or(0)
    }

    fn raw(&self, operation: ApiOperation, body: &Value) -> Result<Value, ErrorKind> {
        let calls = self.access.direct_calls(Probe::WhenDue);
        let answer = run(calls.call_raw(&tagged(), operation, &body.to_string()));
        answer.map(|answer| serde_json::from_str(answer.get()).expect("JSON")).map_err(|error| {
            assert_eq!(error.origin(), "creators", "{error:?}");
            error.kind()
        })
    }
}

#[test]
fn a_body_of_ones_own_is_answered_whole_with_one_token_for_all() {
    let shop = Shop::new();
    let asin = shop.host.ready().asins[0].clone();
    let items = shop.raw(ApiOperation::GetItems, &json!({"itemIds": [asin]})).expect("an answer");
    assert!(items.to_string().contains(&asin), "{items}");
    let words = shop.host.ready().keywords;
    let found = shop.raw(ApiOperation::SearchItems, &json!({"keywords": words})).expect("an answer");
    assert!(found["searchResult"]["totalResultCount"].as_u64() > Some(0), "{found}");
    let nothing = shop.raw(ApiOperation::SearchItems, &json!({"keywords": "xyzzy"}));
    assert_eq!(nothing, Err(ErrorKind::NotFound));
    assert_eq!(shop.raw(ApiOperation::SearchItems, &json!({"keywords": 7})), Err(ErrorKind::RequestInvalid));
    assert_eq!(shop.host.with_emulator(|emulator| emulator.counters()).tokens_issued, 1);
}

#[test]
fn feeds_are_listed_without_a_tag_also_while_the_catalogue_is_closed() {
    let shop = Shop::new();
    let untagged = RequestContext::untagged(Account::new("main"), Marketplace::Us);
    let list = || {
        let calls = shop.access.direct_calls(Probe::WhenDue);
        run(calls.call(&untagged, &ListFeedsRequest::new(Marketplace::Us))).expect("the feeds").feeds.len()
    };
    let feeds = list();
    assert!(feeds > 0);
    // What a source learnt, a call of the catalogue knows; and feeds are another matter.
    shop.control("eligibility", &json!({"eligible": false}));
    let asin = Asin::parse(&shop.host.ready().asins[0]).expect("an ASIN");
    let refused = run(shop.access.source(Probe::WhenDue).get_items(&tagged(), &[asin])).expect("an answer");
    let code = |reason: &MissingReason| match reason {
        MissingReason::Failed(error) => error.code().map(str::to_owned),
        other => panic!("{other:?}"),
    };
    assert_eq!(code(&refused.missing()[0].1).as_deref(), Some("AssociateNotEligible"));
    let search = json!({"keywords": "kettle"});
    assert_eq!(shop.raw(ApiOperation::SearchItems, &search), Err(ErrorKind::PermissionDenied));
    assert_eq!((shop.calls(ApiOperation::SearchItems), shop.calls(ApiOperation::GetItems)), (0, 1));
    // A list is no proof that the catalogue is open again.
    let listed = shop.calls(ApiOperation::ListFeeds);
    shop.control("eligibility", &json!({"eligible": true}));
    assert_eq!((list(), shop.calls(ApiOperation::ListFeeds)), (feeds, listed + 1));
    assert_eq!(shop.raw(ApiOperation::SearchItems, &search), Err(ErrorKind::PermissionDenied));
    // Who asks all the same finds it open, for all.
    let calls = shop.access.direct_calls(Probe::Always);
    run(calls.call_raw(&tagged(), ApiOperation::SearchItems, &search.to_string())).expect("an answer");
    let found = run(shop.access.source(Probe::WhenDue).get_items(&tagged(), &[asin])).expect("an answer");
    assert_eq!(found.found().len(), 1);
}

#[test]
fn a_refused_list_does_not_close_the_catalogue() {
    let shop = Shop::new();
    shop.control("files", &json!({"feeds": false}));
    let calls = shop.access.direct_calls(Probe::WhenDue);
    let error = run(calls.call(&tagged(), &ListFeedsRequest::new(Marketplace::Us))).expect_err("no feeds");
    assert_eq!(error.kind(), ErrorKind::PermissionDenied);
    assert!(shop.raw(ApiOperation::SearchItems, &json!({"keywords": "kettle"})).is_ok());
}

#[test]
fn a_call_that_may_succeed_is_made_again() {
    let shop = Shop::new();
    shop.control("fail", &json!({"status": 503, "count": 1}));
    assert!(shop.raw(ApiOperation::SearchItems, &json!({"keywords": "kettle"})).is_ok());
    assert_eq!(shop.calls(ApiOperation::SearchItems), 2);
    shop.control("tokens", &json!({"action": "expire"}));
    assert!(shop.raw(ApiOperation::SearchItems, &json!({"keywords": "kettle"})).is_ok());
    assert_eq!(shop.calls(ApiOperation::SearchItems), 4);
}

#[test]
fn without_a_credential_nobody_is_asked() {
    let access =
        ApiAccess::new(settings(), vec![store(false)], Arc::new(SystemClock::new())).expect("access");
    let calls = access.direct_calls(Probe::WhenDue);
    let context = tagged();
    for operation in [ApiOperation::SearchItems, ApiOperation::ListReports] {
        let error = run(calls.call_raw(&context, operation, "{}")).expect_err("no credential");
        assert_eq!((error.kind(), error.reason()), (ErrorKind::ConfigInvalid, Some("no_credential")));
    }
    // No turn was taken of Amazon's pace.
    let slot = run(access.state().reserve("pace/main", ApiAccess::PACE, Duration::from_secs(60)));
    assert_eq!(slot.expect("a slot"), Slot::In(Duration::ZERO));
}

#[test]
fn calls_and_queries_share_amazons_pace() {
    let host = HostThread::start(Settings::default()).expect("a free port");
    // Amazon's own is not reached: nobody listens where the proxy should be.
    let port =
        TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let mut settings = settings();
    settings.endpoints.token = Some(host.ready().token);
    settings.http.proxy = Some(format!("http://127.0.0.1:{port}").into());
    let clock = Arc::new(SystemClock::new());
    let access = ApiAccess::new(settings, vec![store(true)], clock.clone()).expect("access");
    let mut context = tagged();
    context.deadline = Some(clock.monotonic() + Duration::from_secs(1));
    let calls = access.direct_calls(Probe::WhenDue);
    run(calls.call(&context, &ListFeedsRequest::new(Marketplace::Us))).expect_err("not reached");
    // A second turn would come only after the deadline.
    let second =
        run(calls.call(&context, &ListFeedsRequest::new(Marketplace::Us))).expect_err("not its turn");
    assert_eq!((second.kind(), second.origin()), (ErrorKind::RateLimited, "creators"), "{second:?}");
    let asin = Asin::parse("B0EMU00000").expect("an ASIN");
    let batch = run(access.source(Probe::WhenDue).get_items(&context, &[asin])).expect("an answer");
    match &batch.missing()[0].1 {
        MissingReason::Failed(error) => assert_eq!(error.kind(), ErrorKind::RateLimited, "{error:?}"),
        other => panic!("{other:?}"),
    }
}
