//! What a check of a credential says, against an emulator.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use linkwright_emulator::{EmulatedCredential, HostThread, Settings};
use linkwright_sdk::core::{
    Account, ApiVersion, Clock, CredentialSet, Marketplace, PartnerTag, RequestContext, Revision, Stored,
    Timestamp,
};
use linkwright_sdk::state::{SqliteState, State as _};
use linkwright_sdk::{
    ApiSettings, CredentialCheck, CredentialVerdict as Verdict, Profile, Verification, layers,
};
use linkwright_testkit::{ManualClock, Sentinel};
use serde_json::json;

use crate::support::{file, variables};

const STORED_AT: &str = "2026-11-01T00:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn us_tag() -> Option<PartnerTag> {
    Some(PartnerTag::new("demo-20", Marketplace::Us).expect("a tag"))
}

/// One check, and all it depends on.
struct Case {
    settings: ApiSettings,
    set: CredentialSet,
    stored_at: Option<Timestamp>,
    tag: Option<PartnerTag>,
    clock: Arc<ManualClock>,
}

impl Case {
    /// The emulator's own credential of this version, stored a month ago, with the US tag.
    fn new(host: &HostThread, version: ApiVersion) -> Self {
        let profile = Profile::resolve(&file(""), None, &variables(&[])).expect("a profile");
        let mut settings = ApiSettings::of_profile(&profile, None, "0.0.0").expect("settings");
        settings.endpoints.api = host.url();
        settings.endpoints.token = Some(host.ready().token);
        let credential = EmulatedCredential::of(version);
        let set = CredentialSet::new(credential.id, credential.secret, version);
        let clock = Arc::new(ManualClock::at(at("2026-12-01T00:00:00Z")));
        Self { settings, set, stored_at: Some(at(STORED_AT)), tag: us_tag(), clock }
    }

    fn run(&self) -> Verification {
        let stored = Stored::new(self.set.clone(), Revision::new("1"), self.stored_at);
        let clock: Arc<dyn Clock> = Arc::clone(&self.clock) as _;
        let check = CredentialCheck::new(self.settings.clone(), stored, clock).expect("a check");
        let account = Account::new("main");
        let context = match &self.tag {
            Some(tag) => RequestContext::tagged(account, tag.clone()),
            None => RequestContext::untagged(account, Marketplace::Us),
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(check.run(&context)).expect("a verdict")
    }

    #[track_caller]
    fn check(&self, verdict: Verdict, message: &str) -> Verification {
        let verification = self.run();
        assert_eq!((verification.verdict, verification.message.as_str()), (verdict, message));
        // Whatever is wrong, it is said what to do.
        assert!(verification.hint.is_some() || verdict == Verdict::Works, "{verification:?}");
        verification
    }
}

fn host() -> HostThread {
    HostThread::start(Settings::default()).expect("a free port")
}

/// The versions of one service.
const LOGIN_WITH_AMAZON: [ApiVersion; 3] = [ApiVersion::V3_1, ApiVersion::V3_2, ApiVersion::V3_3];

fn token(host: &HostThread) -> String {
    host.ready().token
}

fn counter(host: &HostThread, name: &str) -> u64 {
    let counters =
        host.with_emulator(|emulator| serde_json::to_value(emulator.counters())).expect("counters");
    counters[name].as_u64().expect("a number")
}

#[test]
fn a_good_credential_takes_one_token_and_one_call() {
    let host = host();
    for version in [ApiVersion::V3_1, ApiVersion::V2_1] {
        let mut case = Case::new(&host, version);
        if version == ApiVersion::V2_1 {
            case.settings.endpoints.token = Some(format!("{}/oauth2/token", host.url()));
        }
        // The emulator does not know the ASIN that is asked for: that is an answer.
        case.check(Verdict::Works, "the API answers for www.amazon.com");
    }
    assert_eq!((counter(&host, "token_requests"), counter(&host, "calls")), (2, 2));
}

#[test]
fn without_a_tag_only_the_token_is_checked() {
    let host = host();
    let mut case = Case::new(&host, ApiVersion::V3_1);
    case.tag = None;
    case.check(Verdict::TokenAccepted, "Amazon gave a token for the credential");
    assert_eq!((counter(&host, "token_requests"), counter(&host, "calls")), (1, 0));
}

#[test]
fn a_wrong_secret_is_a_wrong_credential_and_is_not_shown() {
    let (host, sentinel) = (host(), Sentinel::new(7));
    let mut case = Case::new(&host, ApiVersion::V3_1);
    case.set = case.set.with_secret(sentinel.secret());
    // One address for all versions: that the version is right cannot be known.
    let message =
        format!("Amazon does not accept the credential's id, secret or version: `{}`", case.set.masked_id());
    let verification = case.check(Verdict::WrongCredential, &message);
    sentinel.assert_absent("the verdict", format!("{verification:?}"));

    let hosts = [self::host(), self::host(), self::host()];
    case.settings.endpoints.token_of =
        LOGIN_WITH_AMAZON.into_iter().zip(hosts.each_ref().map(token)).collect();
    let message = format!("Amazon does not accept the credential's id or secret: `{}`", case.set.masked_id());
    let verification = case.check(Verdict::WrongCredential, &message);
    sentinel.assert_absent("the verdict", format!("{verification:?}"));
    // None of the others is asked twice, and one that does not answer proves nothing.
    assert_eq!(hosts.each_ref().map(|host| counter(host, "token_requests")), [1, 1, 1]);
    hosts[2].control("fail", &json!({ "count": 1, "status": 500, "service": "token" })).expect("a fault");
    assert!(case.run().message.contains("id, secret or version"));
}

#[test]
fn a_secret_goes_to_no_token_service_nobody_pointed_at() {
    let [own, other] = [host(), host()];
    let mut case = Case::new(&own, ApiVersion::V3_1);
    case.set = case.set.with_secret(linkwright_sdk::core::Secret::new("wrong"));
    case.settings.endpoints.token = None;
    // Amazon's own is left for 3.3: the others are not tried either.
    case.settings.endpoints.token_of =
        BTreeMap::from([(ApiVersion::V3_1, token(&own)), (ApiVersion::V3_2, token(&other))]);
    let message =
        format!("Amazon does not accept the credential's id, secret or version: `{}`", case.set.masked_id());
    case.check(Verdict::WrongCredential, &message);
    assert_eq!((counter(&own, "token_requests"), counter(&other, "token_requests")), (1, 0));
}

#[test]
fn a_credential_that_works_under_another_version_has_the_wrong_one() {
    let own = HostThread::start(Settings::default().only_version(ApiVersion::V3_1)).expect("a free port");
    let other = HostThread::start(Settings::default().only_version(ApiVersion::V3_2)).expect("a free port");
    let mut case = Case::new(&own, ApiVersion::V3_2);
    case.set = CredentialSet::new(case.set.id(), case.set.secret().clone(), ApiVersion::V3_1);
    case.settings.endpoints.token_of =
        LOGIN_WITH_AMAZON.into_iter().zip([token(&own), token(&other), token(&own)]).collect();
    let message = "Amazon accepts id and secret, but under another version than `3.1`";
    let verification = case.check(Verdict::WrongVersion, message);
    assert_eq!(verification.likely_version, Some(ApiVersion::V3_2));
    assert_eq!(verification.hint.as_deref(), Some("store it again with the version `3.2`"));
}

#[test]
fn what_contradicts_itself_is_refused_before_anybody_is_asked() {
    let host = host();
    let mut case = Case::new(&host, ApiVersion::V3_1);
    case.set = CredentialSet::new(case.set.id(), case.set.secret().clone(), ApiVersion::V2_1);
    let message = "the id is one of Login with Amazon, which does not go with the version: `2.1`";
    let verification = case.check(Verdict::WrongVersion, message);
    assert_eq!(verification.likely_version, Some(ApiVersion::V3_1));

    let mut case = Case::new(&host, ApiVersion::V3_1);
    case.tag = Some(PartnerTag::new("demo-21", Marketplace::De).expect("a tag"));
    let message = "version 3.1 is for the shops of `na`, and www.amazon.de is not one of them";
    case.check(Verdict::WrongRegion, message);
    assert_eq!((counter(&host, "token_requests"), counter(&host, "calls")), (0, 0));
}

#[test]
fn a_token_of_another_region_is_the_wrong_region() {
    let host = host();
    // One token service for all: the id is one of 3.2's, and only the API notices.
    let mut case = Case::new(&host, ApiVersion::V3_2);
    case.set = CredentialSet::new(case.set.id(), case.set.secret().clone(), ApiVersion::V3_1);
    case.check(Verdict::WrongRegion, "the credential's version is not one for this shop's region: `us`");
}

#[test]
fn a_tag_of_somebody_else_is_not_linked() {
    let host = host();
    let mut case = Case::new(&host, ApiVersion::V3_1);
    case.tag = Some(PartnerTag::new("demo-21", Marketplace::Us).expect("a tag"));
    case.check(Verdict::TagNotLinked, "the credential is not linked to this tag in the shop `us`: `demo-21`");
    host.control("associate", &json!({ "marketplace": "us", "linked": false }))
        .expect("the emulator's answer");
    case.tag = us_tag();
    case.check(Verdict::TagNotLinked, "the credential is not linked to this tag in the shop `us`: `demo-20`");
}

#[test]
fn a_new_credential_is_told_from_an_old_one_where_amazon_does_not() {
    #[track_caller]
    fn check(host: &HostThread, now: &str, stored_at: Option<&str>, verdict: Verdict) -> Option<String> {
        let mut case = Case::new(host, ApiVersion::V3_1);
        case.clock = Arc::new(ManualClock::at(at(now)));
        case.stored_at = stored_at.map(at);
        let verification = case.run();
        assert_eq!(verification.verdict, verdict, "{now}");
        assert!(verification.hint.is_some());
        verification.ask_again.map(|at| at.to_string())
    }
    let host = host();
    host.control("eligibility", &json!({ "eligible": false })).expect("the emulator's answer");
    let new = Verdict::NotActiveOrNotEligible;
    let again = Some("2026-11-04T00:00:01Z".to_owned());
    assert_eq!(check(&host, "2026-11-01T00:00:00Z", Some(STORED_AT), new), again);
    assert_eq!(check(&host, "2026-11-03T23:59:59Z", Some(STORED_AT), new), again);
    assert_eq!(check(&host, "2026-11-04T00:00:01Z", Some(STORED_AT), Verdict::NotEligible), None);
    assert_eq!(check(&host, "2026-11-01T00:00:00Z", None, Verdict::NotEligible), None);
}

#[test]
fn throttled_denied_failing_and_away_are_told_apart() {
    let host = host();
    let case = Case::new(&host, ApiVersion::V3_1);
    let fault =
        |name: &str, details: serde_json::Value| host.control(name, &details).expect("the emulator's answer");
    fault("unauthorized", json!({ "count": 1, "reason": "TokenExpired" }));
    case.check(Verdict::Works, "the API answers for www.amazon.com");
    fault("unauthorized", json!({ "count": 2, "reason": "InvalidToken" }));
    case.check(
        Verdict::ServiceFailed,
        "the API refuses the token that Amazon has just given for this credential",
    );
    fault("throttle", json!({ "count": 1 }));
    case.check(Verdict::Throttled, "Amazon wants fewer calls per second or day from this account");
    fault("fail", json!({ "count": 1, "status": 503 }));
    case.check(Verdict::ServiceFailed, &format!("the API failed, status 503: `{}`", host.url()));
    fault("fail", json!({ "count": 1, "status": 500, "service": "token" }));
    assert_eq!(case.run().verdict, Verdict::ServiceFailed);
    fault("denied", json!({ "count": 1, "reason": "AuthorizationFailed" }));
    assert_eq!(case.run().verdict, Verdict::Denied);
    fault("malformed", json!({ "count": 1 }));
    assert_eq!(case.run().verdict, Verdict::ServiceFailed);
    fault("cut", json!({ "count": 1 }));
    assert_eq!(case.run().verdict, Verdict::NoNetwork);
    drop(host);
    let away = case.run();
    assert_eq!(away.verdict, Verdict::NoNetwork);
    assert!(away.message.starts_with("no token could be fetched, no connection: "), "{away:?}");
}

#[test]
fn a_success_lifts_what_was_remembered_of_the_account() {
    let (host, folder) = (host(), tempfile::tempdir().expect("a folder"));
    let mut case = Case::new(&host, ApiVersion::V3_1);
    let path = folder.path().join("state.sqlite3");
    case.settings.state_file = Some(path.clone());
    let state = SqliteState::open(path, Arc::clone(&case.clock) as _);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let account = Account::new("main");
    // Whatever stands there: a success makes it void. The other shop's is not touched.
    for shop in ["us", "ca"] {
        let key = format!("eligibility/{account}/{shop}");
        runtime.block_on(state.put(&key, b"[]", Duration::from_secs(3600))).expect("written");
    }
    assert_eq!(case.run().verdict, Verdict::Works);
    let lifted = |shop| runtime.block_on(layers::clear(&state, &account, shop)).expect("read");
    assert!(!lifted(Marketplace::Us), "the verdict is still there");
    assert!(lifted(Marketplace::Ca), "another shop's verdict is gone, or the key is another one");
}
