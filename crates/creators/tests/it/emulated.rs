//! The whole way over real sockets, with the emulator in Amazon's place.

use std::sync::Arc;
use std::time::Duration;

use linkwright_core::{
    Account, ApiVersion, Asin, CredentialSet, ErrorKind, MissingReason, PartnerTag, ProductSourceExt,
    RequestContext, Resources, Retry, Secret,
};
use linkwright_creators::{
    CreatorsClient, CreatorsSettings, CreatorsSource, FixedCredential, GetItemsRequest,
};
use linkwright_emulator::{Host, ItemKind, Settings};
use linkwright_http::{HttpSettings, HttpTransport, user_agent};
use linkwright_state::{MemoryState, State};
use linkwright_testkit::ManualClock;
use serde_json::{Value, json};

/// An emulator, and a client that talks to it.
struct Emulated {
    host: Host,
    client: Arc<CreatorsClient>,
    state: Arc<dyn State>,
    clock: ManualClock,
    context: RequestContext,
    asins: Vec<Asin>,
}

impl Emulated {
    async fn start(version: ApiVersion) -> Self {
        let host = Host::start(Settings::default().api_version(version)).await.unwrap();
        let ready = host.ready();
        let clock = ManualClock::new();
        let state: Arc<dyn State> = Arc::new(MemoryState::new(Arc::new(clock.clone())));
        let tag = PartnerTag::new(&ready.tag, ready.shop()).unwrap();
        let client = client(&host, &state, &clock, |_| ());
        Self {
            client,
            state,
            clock,
            context: RequestContext::tagged(Account::new("main"), tag),
            asins: ready.asins.iter().map(|text| Asin::parse(text).unwrap()).collect(),
            host,
        }
    }

    fn control(&self, name: &str, body: Value) {
        self.host.control(name, &body).unwrap_or_else(|error| panic!("{name}: {error}"));
    }

    fn request(&self, resources: Resources) -> GetItemsRequest {
        GetItemsRequest::new(&self.context, self.asins.iter().copied().take(10), resources).unwrap()
    }

    async fn call(&self) -> linkwright_core::Result<usize> {
        let answer = self.client.get_items(&self.context, &self.request(Resources::FULL)).await?;
        assert!(answer.unreadable.is_empty(), "{:?}", answer.unreadable);
        Ok(answer.items.len())
    }

    /// Requests for tokens, and calls.
    fn counted(&self) -> (u64, u64) {
        self.host.with_emulator(|emulator| {
            let counters = emulator.counters();
            (counters.token_requests, counters.calls)
        })
    }
}

fn client(
    host: &Host,
    state: &Arc<dyn State>,
    clock: &ManualClock,
    change: impl FnOnce(&mut CreatorsSettings),
) -> Arc<CreatorsClient> {
    let ready = host.ready();
    let version: ApiVersion = ready.credential.version.parse().unwrap();
    let set = CredentialSet::new(ready.credential.id, Secret::new(ready.credential.secret), version);
    let transport = HttpTransport::new(HttpSettings::new(user_agent("0.0.0"))).unwrap();
    let mut settings = CreatorsSettings::new(
        Arc::new(transport),
        Arc::clone(state),
        Arc::new(FixedCredential::new(set)),
        Arc::new(clock.clone()),
    );
    settings.endpoints.api = ready.api;
    settings.endpoints.token = Some(ready.token);
    change(&mut settings);
    Arc::new(CreatorsClient::new(settings).unwrap())
}

#[tokio::test]
async fn all_six_versions_get_ten_full_items() {
    for version in ApiVersion::ALL {
        let emulated = Emulated::start(version).await;
        assert_eq!(emulated.call().await.unwrap(), 10, "{version}");
        assert_eq!(emulated.counted(), (1, 1), "{version}");
    }
}

/// The forms in which documents and observations contradict each other.
#[tokio::test]
async fn every_form_of_an_answer_is_read() {
    let emulated = Emulated::start(ApiVersion::V3_1).await;
    let items = |answer: linkwright_creators::wire::GetItemsAnswer| answer.items;
    let request = emulated.request(Resources::FULL);
    let expected = items(emulated.client.get_items(&emulated.context, &request).await.unwrap());
    for switches in [
        json!({"null_members": true}),
        json!({"result_member": "itemResults"}),
        json!({"null_members": true, "result_member": "itemResults", "lwa_json_only": true}),
    ] {
        emulated.control("switches", switches.clone());
        emulated.control("tokens", json!({"action": "forget"}));
        emulated.client.get_items(&emulated.context, &request).await.unwrap_err();
        let read = items(emulated.client.get_items(&emulated.context, &request).await.unwrap());
        let asins = |items: &[linkwright_creators::wire::Item]| -> Vec<_> {
            items
                .iter()
                .map(|item| (item.asin.clone(), item.item_info.clone(), item.offers_v2.clone()))
                .collect()
        };
        assert_eq!(asins(&read), asins(&expected), "{switches}");
    }
}

#[tokio::test]
async fn what_the_emulator_does_to_a_call_becomes_what_it_means() {
    use ErrorKind::{Corrupt, PermissionDenied, RateLimited, Unauthenticated, Unavailable};
    let after = |seconds| Retry::After(Duration::from_secs(seconds));
    let table = [
        (
            "eligibility",
            json!({"eligible": false}),
            PermissionDenied,
            Retry::Never,
            Some("AssociateNotEligible"),
        ),
        ("associate", json!({"linked": false}), PermissionDenied, Retry::Never, Some("InvalidAssociate")),
        ("tokens", json!({"action": "expire"}), Unauthenticated, Retry::Now, Some("TokenExpired")),
        ("tokens", json!({"action": "forget"}), Unauthenticated, Retry::Now, Some("InvalidToken")),
        (
            "unauthorized",
            json!({"reason": "InvalidIssuer"}),
            Unauthenticated,
            Retry::Never,
            Some("InvalidIssuer"),
        ),
        (
            "denied",
            json!({"reason": "AuthorizationFailed"}),
            PermissionDenied,
            Retry::Never,
            Some("AuthorizationFailed"),
        ),
        ("throttle", json!({}), RateLimited, Retry::Now, Some("ThrottleException")),
        ("throttle", json!({"retry_after": 3}), RateLimited, after(3), Some("ThrottleException")),
        ("throttle", json!({"retry_after_seconds": 4}), RateLimited, after(4), Some("ThrottleException")),
        ("fail", json!({}), Unavailable, Retry::Now, Some("InternalServerException")),
        ("fail", json!({"status": 503}), Unavailable, Retry::Now, None),
        ("cut", json!({}), Unavailable, Retry::Now, None),
        ("cut", json!({"where": "body"}), Unavailable, Retry::Now, None),
        ("malformed", json!({}), Corrupt, Retry::Never, None),
        ("malformed", json!({"how": "types"}), Corrupt, Retry::Never, None),
        ("malformed", json!({"how": "truncated"}), Corrupt, Retry::Never, None),
        ("malformed", json!({"how": "html"}), Corrupt, Retry::Never, None),
        ("malformed", json!({"how": "empty"}), Corrupt, Retry::Never, None),
    ];
    for (control, body, kind, retry, code) in table {
        let emulated = Emulated::start(ApiVersion::V3_1).await;
        emulated.call().await.unwrap();
        emulated.control(control, body.clone());
        let error = emulated.call().await.unwrap_err();
        let what = format!("{control} {body}: {error:?}");
        assert_eq!((error.kind(), error.retry()), (kind, retry), "{what}");
        if code.is_some() {
            assert_eq!(error.code(), code, "{what}");
        }
        emulated.control("reset", json!({}));
        // A reset leaves no token valid.
        let again = emulated.call().await;
        assert!(again.is_ok() || emulated.call().await.is_ok(), "{what}: {again:?}");
    }
}

#[tokio::test]
async fn a_slow_answer_is_a_timeout() {
    let emulated = Emulated::start(ApiVersion::V3_1).await;
    emulated.call().await.unwrap();
    for place in ["before", "body"] {
        emulated.control("slow", json!({"milliseconds": 60_000, "where": place}));
        let quick = client(&emulated.host, &emulated.state, &emulated.clock, |settings| {
            settings.call_timeout = Duration::from_millis(50);
        });
        let error = quick.get_items(&emulated.context, &emulated.request(Resources::LINK)).await.unwrap_err();
        assert_eq!((error.kind(), error.retry()), (ErrorKind::Timeout, Retry::Now), "{place}: {error:?}");
    }
    assert_eq!(emulated.counted().0, 1, "the two clients shared a token");
}

#[tokio::test]
async fn a_credential_that_is_not_accepted_is_said_so() {
    for version in [ApiVersion::V2_2, ApiVersion::V3_2] {
        let emulated = Emulated::start(version).await;
        emulated.control("credentials", json!({"accepted": false}));
        let error = emulated.call().await.unwrap_err();
        assert_eq!(
            (error.kind(), error.code()),
            (ErrorKind::Unauthenticated, Some("invalid_client")),
            "{version}"
        );
        assert_eq!(emulated.counted(), (1, 0), "{version}");
    }
}

#[tokio::test]
async fn a_thousand_products_take_a_hundred_calls_and_one_token() {
    let emulated = Emulated::start(ApiVersion::V3_1).await;
    let source = CreatorsSource::new(Arc::clone(&emulated.client));
    let shop = emulated.context.marketplace;
    let mut asins: Vec<Asin> = emulated
        .host
        .with_emulator(|emulator| emulator.asins(shop, ItemKind::Plain, 500))
        .iter()
        .map(|text| Asin::parse(text).unwrap())
        .collect();
    asins.extend((0..500).map(|number| Asin::parse(&format!("B0NONE{number:04}")).unwrap()));
    let batch = source.get_items(&emulated.context, &asins).await.unwrap();
    assert_eq!((batch.found().len(), batch.missing().len()), (500, 500));
    assert!(batch.missing().iter().all(|(_, reason)| matches!(reason, MissingReason::NotFound)));
    assert_eq!(emulated.counted(), (1, 100));
    // Another process.
    let other = client(&emulated.host, &emulated.state, &emulated.clock, |_| ());
    CreatorsSource::new(other).get_items(&emulated.context, &asins[..10]).await.unwrap();
    assert_eq!(emulated.counted(), (1, 101));
}

#[tokio::test]
async fn every_kind_of_product_is_accounted_for() {
    let emulated = Emulated::start(ApiVersion::V3_1).await;
    let source = CreatorsSource::new(Arc::clone(&emulated.client));
    let one = |kind| {
        let found =
            emulated.host.with_emulator(|emulator| emulator.asins(emulated.context.marketplace, kind, 1));
        Asin::parse(&found[0]).unwrap()
    };
    let (plain, hidden, out, closed) = (
        one(ItemKind::Plain),
        one(ItemKind::ViolatesMap),
        one(ItemKind::OutOfStock),
        one(ItemKind::NotAccessible),
    );
    let unknown = Asin::parse("B0NONE0000").unwrap();
    let batch = source.get_items(&emulated.context, &[unknown, closed, out, hidden, plain]).await.unwrap();
    let now = linkwright_core::Clock::now(&emulated.clock);
    let offers = |asin: Asin| {
        batch.get(asin).unwrap().value.offers.clone().map(|offers| offers.at(now).unwrap().clone())
    };
    assert!(offers(plain).unwrap().featured().unwrap().price.is_some());
    let hidden = offers(hidden).unwrap();
    assert!(hidden.featured().unwrap().price.is_none() && hidden.featured().unwrap().violates_map);
    assert!(offers(out).is_none_or(|offers| offers.listings.is_empty()));
    assert!(matches!(batch.missing_reason(unknown), Some(MissingReason::NotFound)));
    match batch.missing_reason(closed) {
        Some(MissingReason::NotAccessible { code }) => assert_eq!(code.as_deref(), Some("ItemNotAccessible")),
        other => panic!("{other:?}"),
    }
}
