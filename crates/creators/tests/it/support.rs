//! A transport that answers as it is told, and everything around a client.

use std::fmt;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use linkwright_core::{
    Account, ApiVersion, Asin, CredentialSet, Error, ErrorKind, Marketplace, PartnerTag, RequestContext,
    Resources, Result, Secret,
};
use linkwright_creators::{
    ApiOperation, CreatorsClient, CreatorsSettings, CreatorsSource, FixedCredential, GetItemsRequest,
};
use linkwright_http::{Body, Headers, Request, Response, Transport};
use linkwright_state::{MemoryState, State};
use linkwright_testkit::ManualClock;
use tokio::sync::Semaphore;

/// What Amazon is to answer to a request.
type Answers = dyn Fn(&Request) -> Result<Response> + Send + Sync;

/// Amazon, played by a function. Remembers what it was asked.
pub(crate) struct Script {
    answers: Box<Answers>,
    asked: Mutex<Vec<Request>>,
    /// Taken once by every request before it is answered.
    pub(crate) gate: Semaphore,
}

impl Script {
    pub(crate) fn new(answers: impl Fn(&Request) -> Result<Response> + Send + Sync + 'static) -> Arc<Self> {
        let gate = Semaphore::new(Semaphore::MAX_PERMITS);
        Arc::new(Self { answers: Box::new(answers), asked: Mutex::default(), gate })
    }

    /// Answers tokens with a good one, and calls by this function.
    pub(crate) fn with_token(answers: impl Fn(&Request) -> Response + Send + Sync + 'static) -> Arc<Self> {
        Self::new(move |request| Ok(if is_call(request) { answers(request) } else { token("token-1", 3600) }))
    }

    /// The same that holds every request back until the gate is given permits.
    pub(crate) fn closed(self: Arc<Self>) -> Arc<Self> {
        self.gate.forget_permits(Semaphore::MAX_PERMITS);
        self
    }

    pub(crate) fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }

    pub(crate) fn calls(&self) -> Vec<Request> {
        self.asked().into_iter().filter(is_call).collect()
    }

    pub(crate) fn token_requests(&self) -> usize {
        self.asked().iter().filter(|request| !is_call(request)).count()
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Script").finish_non_exhaustive()
    }
}

#[async_trait]
impl Transport for Script {
    async fn send(&self, request: Request) -> Result<Response> {
        self.asked.lock().unwrap().push(request.clone());
        self.gate.acquire().await.unwrap().forget();
        (self.answers)(&request)
    }
}

pub(crate) fn is_call(request: &Request) -> bool {
    ApiOperation::ALL.iter().any(|operation| request.url.ends_with(operation.path()))
}

pub(crate) fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.expose())
}

pub(crate) fn body(request: &Request) -> String {
    let bytes = match &request.body {
        Body::Empty => Vec::new(),
        Body::Plain(bytes) => bytes.clone(),
        Body::Secret(bytes) => bytes.to_vec(),
        other => panic!("a body of another kind: {other:?}"),
    };
    String::from_utf8(bytes).unwrap()
}

pub(crate) fn answer(status: u16, body: &str) -> Response {
    Response::new(status, Headers::default(), body)
}

pub(crate) fn token(text: &str, lifetime: u64) -> Response {
    answer(200, &format!(r#"{{"access_token":"{text}","token_type":"bearer","expires_in":{lifetime}}}"#))
}

/// A good answer to a call: an item for every ASIN it asks for.
pub(crate) fn all_items(request: &Request) -> Response {
    let items: Vec<String> = asked_asins(request).iter().map(|asin| item(asin)).collect();
    answer(200, &format!(r#"{{"itemsResult":{{"items":[{}]}}}}"#, items.join(",")))
}

pub(crate) fn item(asin: &str) -> String {
    format!(
        r#"{{"asin":"{asin}","detailPageURL":"https://www.amazon.com/dp/{asin}?tag=demo-20&linkCode=ogi&th=1&psc=1",
        "itemInfo":{{"title":{{"displayValue":"Kettle {asin}"}}}},
        "offersV2":{{"listings":[{{"price":{{"money":{{"amount":39.99,"currency":"USD","displayAmount":"$39.99"}}}}}}]}}}}"#
    )
}

pub(crate) fn asked_asins(request: &Request) -> Vec<String> {
    let body = body(request);
    let list = body.split(['[', ']']).nth(1).unwrap();
    list.split(',').map(|asin| asin.trim_matches('"').to_owned()).collect()
}

pub(crate) fn asin(text: &str) -> Asin {
    Asin::parse(text).unwrap()
}

/// Different ASINs, as many as asked.
pub(crate) fn asins(count: usize) -> Vec<Asin> {
    (0..count).map(|number| asin(&format!("B0{number:08}"))).collect()
}

pub(crate) const ID: &str = "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef";

pub(crate) fn credential(version: ApiVersion) -> CredentialSet {
    let id = if version.as_str().starts_with('3') { ID } else { "5f3k2m1n0pq9r8s7t6u5v4w3x2" };
    CredentialSet::new(id, Secret::new("hush"), version)
}

pub(crate) fn tag() -> PartnerTag {
    PartnerTag::new("demo-20", Marketplace::Us).unwrap()
}

pub(crate) fn context() -> RequestContext {
    RequestContext::tagged(Account::new("main"), tag())
}

pub(crate) fn request(asins: &[Asin]) -> GetItemsRequest {
    GetItemsRequest::new(&context(), asins.iter().copied(), Resources::CARD).unwrap()
}

/// A client and the world it lives in.
pub(crate) struct World {
    pub(crate) clock: ManualClock,
    pub(crate) state: Arc<dyn State>,
    pub(crate) script: Arc<Script>,
}

impl World {
    pub(crate) fn new(script: Arc<Script>) -> Self {
        let clock = ManualClock::new();
        let state = Arc::new(MemoryState::new(Arc::new(clock.clone())));
        Self { clock, state, script }
    }

    pub(crate) fn settings(&self, set: CredentialSet) -> CreatorsSettings {
        CreatorsSettings::new(
            Arc::clone(&self.script) as _,
            Arc::clone(&self.state),
            Arc::new(FixedCredential::new(set)),
            Arc::new(self.clock.clone()),
        )
    }

    pub(crate) fn client(&self) -> Arc<CreatorsClient> {
        self.client_of(credential(ApiVersion::V3_1))
    }

    pub(crate) fn client_of(&self, set: CredentialSet) -> Arc<CreatorsClient> {
        Arc::new(CreatorsClient::new(self.settings(set)).unwrap())
    }

    pub(crate) fn source(&self) -> CreatorsSource {
        CreatorsSource::new(self.client())
    }
}

/// A state that begins what it is asked for and never ends it.
#[derive(Debug)]
pub(crate) struct StuckState;

#[async_trait]
impl State for StuckState {
    fn info(&self) -> linkwright_state::StateInfo {
        linkwright_state::StateInfo::new("stuck", "")
    }

    async fn get(&self, _: &str) -> Result<Option<Vec<u8>>> {
        std::future::pending().await
    }

    async fn put(&self, _: &str, _: &[u8], _: std::time::Duration) -> Result<()> {
        std::future::pending().await
    }

    async fn compare_and_set(
        &self,
        _: &str,
        _: Option<&[u8]>,
        _: &[u8],
        _: std::time::Duration,
    ) -> Result<bool> {
        std::future::pending().await
    }

    async fn remove(&self, _: &str) -> Result<bool> {
        std::future::pending().await
    }

    async fn reserve(
        &self,
        _: &str,
        _: linkwright_state::Pace,
        _: std::time::Duration,
    ) -> Result<linkwright_state::Slot> {
        std::future::pending().await
    }
}

/// A state that is always away.
#[derive(Debug)]
pub(crate) struct BrokenState;

#[async_trait]
impl State for BrokenState {
    fn info(&self) -> linkwright_state::StateInfo {
        linkwright_state::StateInfo::new("broken", "")
    }

    async fn get(&self, _: &str) -> Result<Option<Vec<u8>>> {
        Err(away())
    }

    async fn put(&self, _: &str, _: &[u8], _: std::time::Duration) -> Result<()> {
        Err(away())
    }

    async fn compare_and_set(
        &self,
        _: &str,
        _: Option<&[u8]>,
        _: &[u8],
        _: std::time::Duration,
    ) -> Result<bool> {
        Err(away())
    }

    async fn remove(&self, _: &str) -> Result<bool> {
        Err(away())
    }

    async fn reserve(
        &self,
        _: &str,
        _: linkwright_state::Pace,
        _: std::time::Duration,
    ) -> Result<linkwright_state::Slot> {
        Err(away())
    }
}

fn away() -> Error {
    Error::new(ErrorKind::Unavailable, "state.get", "the state is away")
}
