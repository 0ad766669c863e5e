//! Answers of getItems: whatever a service sends, every key is accounted for, and no error quotes what it sent.

use std::sync::Arc;

use async_trait::async_trait;
use futures_util::FutureExt;
use linkwright_core::{
    Account, ApiVersion, Asin, CredentialSet, Error, ErrorKind, Marketplace, PartnerTag, ProductSourceExt,
    RequestContext, Result, Secret, error_chain,
};
use linkwright_creators::wire::GetItemsAnswer;
use linkwright_creators::{
    CreatorsClient, CreatorsSettings, CreatorsSource, FixedCredential, GetItemsRequest,
};
use linkwright_http::{Headers, Request, Response, Transport};
use linkwright_state::MemoryState;
use linkwright_testkit::ManualClock;

/// A value in the corpus. No error may hold it, wherever in an answer it stands.
const SENTINEL: &str = "hunter2";

/// The products that are asked for; those of the corpus.
const ASKED: [&str; 2] = ["B000000001", "B000000002"];

/// Takes bytes for an answer, and for the body of a refusal.
///
/// # Panics
/// If a property is broken.
pub fn decode_items(input: &[u8]) {
    match (GetItemsAnswer::decode(input), GetItemsAnswer::decode(input)) {
        (Ok(first), Ok(second)) => {
            assert_eq!(first.items, second.items, "reading twice gives two answers");
            assert_eq!(first.errors, second.errors, "reading twice gives two answers");
            assert_eq!(first.unreadable.len(), second.unreadable.len(), "reading twice gives two answers");
            first.unreadable.iter().for_each(|unreadable| check_error(&unreadable.error));
        }
        (Err(first), Err(second)) => {
            assert_eq!(first.message(), second.message());
            check_error(&first);
        }
        (first, second) => panic!("reading twice gives {first:?} and {second:?}"),
    }
    for status in [200, 400, 401, 403, 404, 429, 500] {
        answer_with(status, input);
    }
}

fn check_error(error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Corrupt);
    let said = format!("{} {error:?}", error_chain(error));
    assert!(!said.contains(SENTINEL), "an error quotes the answer: {said}");
    assert!(error.message().chars().count() < 500, "an error without end: {}", error.message());
}

/// Asks a source whose service answers like this.
fn answer_with(status: u16, body: &[u8]) {
    let asked = ASKED.map(|text| Asin::parse(text).unwrap_or_else(|error| panic!("{error}")));
    let tag = PartnerTag::new("demo-20", Marketplace::Us).unwrap_or_else(|error| panic!("{error}"));
    let context = RequestContext::tagged(Account::new("main"), tag);
    let answered = source(status, body).get_items(&context, &asked).now_or_never();
    match answered.unwrap_or_else(|| panic!("nothing here waits")) {
        Ok(batch) => {
            assert_eq!(batch.len(), asked.len());
            assert!(batch.found().iter().all(|(asin, item)| item.value.asin == *asin));
        }
        Err(error) => {
            assert_eq!((status, error.kind()), (400, ErrorKind::RequestInvalid), "{error:?}");
            assert!(!error.message().contains('\n'), "{error:?}");
        }
    }
}

fn source(status: u16, body: &[u8]) -> CreatorsSource {
    let clock = Arc::new(ManualClock::new());
    let set = CredentialSet::new("amzn1.application-oa2-client.0f", Secret::new("hush"), ApiVersion::V3_1);
    let settings = CreatorsSettings::new(
        Arc::new(Service { status, body: body.to_vec() }),
        Arc::new(MemoryState::new(clock.clone())),
        Arc::new(FixedCredential::new(set)),
        clock,
    );
    let client = CreatorsClient::new(settings).unwrap_or_else(|error| panic!("{error}"));
    CreatorsSource::new(Arc::new(client))
}

/// Gives a good token, and one answer to every call.
#[derive(Debug)]
struct Service {
    status: u16,
    body: Vec<u8>,
}

#[async_trait]
impl Transport for Service {
    async fn send(&self, request: Request) -> Result<Response> {
        if request.url.ends_with(GetItemsRequest::PATH) {
            return Ok(Response::new(self.status, Headers::default(), self.body.clone()));
        }
        Ok(Response::new(200, Headers::default(), r#"{"access_token":"Atc|1","expires_in":3600}"#))
    }
}
