//! What the recommended stack keeps to: Amazon's pace, and the request's time whatever else is stuck.

use std::fs::File;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use linkwright_emulator::{EmulatedCredential, HostThread, Settings};
use linkwright_sdk::core::{
    Account, ApiVersion, Asin, BoxStream, Capabilities, Clock, CredentialMeta, CredentialName, CredentialSet,
    CredentialStore, CredentialStoreExt as _, DeleteMode, ErrorKind, Marketplace, MemoryStore, MissingReason,
    PartnerTag, ProductSourceExt as _, PutMode, PutState, Reason, RequestContext, Result, Revision,
    RevisionMeta, Source, StoreInfo, Stored,
};
use linkwright_sdk::state::{Pace, Slot, State as _};
use linkwright_sdk::zero::ZeroSource;
use linkwright_sdk::{ApiAccess, ApiSettings, ProductOptions, Profile, SourceChoice, SystemClock, products};

use crate::support::{file, variables};

fn settings() -> ApiSettings {
    let profile = Profile::resolve(&file(""), None, &variables(&[])).expect("a profile");
    ApiSettings::of_profile(&profile, None, "0.0.0").expect("settings")
}

fn context() -> RequestContext {
    let tag = PartnerTag::new("demo-20", Marketplace::Us).expect("a tag");
    RequestContext::tagged(Account::new("main"), tag)
}

fn run<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let answer = runtime.block_on(work);
    // What waits for a stuck file waits without us.
    runtime.shutdown_background();
    answer
}

/// A store with the emulator's credential for the US shop.
fn filled() -> Arc<dyn CredentialStore> {
    let store = MemoryStore::new(Arc::new(SystemClock::new()));
    let credential = EmulatedCredential::of(ApiVersion::V3_1);
    let set = CredentialSet::new(credential.id, credential.secret, ApiVersion::V3_1);
    run(store.create(&CredentialName::try_from("na").expect("a name"), set)).expect("a stored credential");
    Arc::new(store)
}

#[test]
fn amazons_own_api_is_asked_at_its_pace_and_another_as_fast_as_it_goes() {
    /// How long a second call has to wait after a first one.
    fn wait_after_a_call(settings: ApiSettings) -> (Option<Pace>, Duration) {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let access = ApiAccess::new(settings, vec![filled()], Arc::clone(&clock)).expect("access");
        let access = Arc::new(access);
        let source = products(&access, ZeroSource::new(), &ProductOptions::new(SourceChoice::Creators));
        let mut context = context();
        context.deadline = Some(clock.monotonic() + Duration::from_secs(1));
        run(async {
            let asked = [Asin::parse("B0EMU00000").expect("an ASIN")];
            source.get_items(&context, &asked).await.expect("an answer");
            let hour = Duration::from_secs(3600);
            match access.state().reserve("pace/main", ApiAccess::PACE, hour).await.expect("a slot") {
                Slot::In(wait) => (access.pace(), wait),
                Slot::TooFarAhead(wait) => panic!("in {wait:?}"),
            }
        })
    }
    let second_and_a_half = Pace::every(Duration::from_millis(1500));
    let host = HostThread::start(Settings::default()).expect("a free port");

    // Amazon's own is not reached: nobody listens where the proxy should be.
    let port =
        TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let mut amazon = settings();
    assert!(amazon.endpoints.is_amazon());
    amazon.endpoints.token = Some(host.ready().token);
    amazon.http.proxy = Some(format!("http://127.0.0.1:{port}").into());
    let (pace, wait) = wait_after_a_call(amazon);
    assert_eq!(pace, Some(second_and_a_half));
    assert!(wait > Duration::from_millis(500) && wait <= second_and_a_half.interval, "{wait:?}");

    let mut other = settings();
    other.endpoints.api = host.url();
    other.endpoints.token = Some(host.ready().token);
    assert_eq!(wait_after_a_call(other), (None, Duration::ZERO));
}

#[test]
fn a_state_that_others_keep_locked_costs_no_answer() {
    let (host, folder) = (HostThread::start(Settings::default()), tempfile::tempdir().expect("a folder"));
    let host = host.expect("a free port");
    let mut settings = settings();
    settings.endpoints.api = host.url();
    settings.endpoints.token = Some(host.ready().token);
    let path = folder.path().join("state.sqlite3");
    settings.state_file = Some(path.clone());
    // Who opens the file waits for this one.
    let lock = File::create(path.with_extension("sqlite3.lock")).expect("a lock");
    lock.lock().expect("nobody else has it");

    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let access = ApiAccess::new(settings, vec![filled()], Arc::clone(&clock)).expect("access");
    let source = products(&Arc::new(access), ZeroSource::new(), &ProductOptions::new(SourceChoice::Auto));
    let mut context = context();
    // A state that is waited for is waited for five seconds, by each who needs it.
    context.deadline = Some(clock.monotonic() + Duration::from_secs(4));
    let asked = [Asin::parse("B0EMU00000").expect("an ASIN")];
    let batch = run(source.get_items(&context, &asked)).expect("an answer");
    let sources: Vec<_> = batch.found().iter().map(|(_, item)| (item.source, item.degraded)).collect();
    assert_eq!(sources, [(Source::Creators, None)]);
    assert!(!path.exists(), "the state was not locked");
}

#[test]
fn a_store_that_does_not_answer_costs_no_more_than_the_request_s_time() {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    for (choice, found) in [(SourceChoice::Auto, 1), (SourceChoice::Creators, 0)] {
        let access = ApiAccess::new(settings(), vec![Arc::new(Hung)], Arc::clone(&clock)).expect("access");
        let source = products(&Arc::new(access), ZeroSource::new(), &ProductOptions::new(choice));
        let mut context = context();
        context.deadline = Some(clock.monotonic());
        let asked = [Asin::parse("B0EMU00000").expect("an ASIN")];
        let batch = run(source.get_items(&context, &asked)).expect("an answer");
        assert_eq!(batch.found().len(), found);
        for (_, item) in batch.found() {
            assert_eq!((item.source, item.degraded), (Source::Zero, Some(Reason::Timeout)));
        }
        for (_, reason) in batch.missing() {
            assert!(matches!(reason, MissingReason::Failed(error) if error.kind() == ErrorKind::Timeout));
        }
    }
}

/// A store that never says what it holds.
#[derive(Debug)]
struct Hung;

#[async_trait]
impl CredentialStore for Hung {
    fn info(&self) -> StoreInfo {
        StoreInfo::new("hung", "")
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::NONE
    }

    async fn get(&self, _: &CredentialName, _: Option<&Revision>) -> Result<Stored> {
        std::future::pending().await
    }

    async fn get_many(&self, _: &[CredentialName]) -> Vec<Result<Stored>> {
        std::future::pending().await
    }

    async fn put(&self, _: &CredentialName, _: CredentialSet, _: PutMode, _: PutState) -> Result<Revision> {
        std::future::pending().await
    }

    async fn promote(&self, _: &CredentialName, _: &Revision) -> Result<Revision> {
        std::future::pending().await
    }

    async fn delete(&self, _: &CredentialName, _: DeleteMode) -> Result<bool> {
        std::future::pending().await
    }

    async fn restore(&self, _: &CredentialName) -> Result<bool> {
        std::future::pending().await
    }

    fn list(&self) -> BoxStream<'_, Result<CredentialMeta>> {
        unreachable!("nobody lists")
    }

    async fn revisions(&self, _: &CredentialName) -> Result<Vec<RevisionMeta>> {
        std::future::pending().await
    }
}
