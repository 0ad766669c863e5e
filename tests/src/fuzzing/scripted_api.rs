//! A service that gives the same answer to every call, for targets that go through the client.

use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{
    Account, ApiVersion, CredentialSet, Marketplace, PartnerTag, RequestContext, Result, Secret,
};
use linkwright_creators::{ApiOperation, CreatorsClient, CreatorsSettings, FixedCredential};
use linkwright_http::{Headers, Request, Response, Transport};
use linkwright_state::MemoryState;
use linkwright_testkit::ManualClock;

/// The token that is given where none is made up. It stands in the corpus, too.
pub(super) const TOKEN: &str = "Atc|hush-hush-hush-hush";

/// The credential's secret. It stands in the corpus, too.
pub(super) const SECRET: &str = "amzn1.oa2-cs.v1.hush";

/// What one kind of call is answered with; the other kind is answered as on a good day.
#[derive(Debug)]
pub(super) struct ScriptedApi {
    status: u16,
    body: Vec<u8>,
    to_tokens: bool,
}

impl ScriptedApi {
    /// Answers calls of operations so.
    pub(super) fn answering(status: u16, body: &[u8]) -> Self {
        Self { status, body: body.to_vec(), to_tokens: false }
    }

    /// Answers requests for a token so.
    pub(super) fn answering_to_tokens(status: u16, body: &[u8]) -> Self {
        Self { status, body: body.to_vec(), to_tokens: true }
    }

    /// A client that asks it.
    pub(super) fn client(self) -> CreatorsClient {
        let clock = Arc::new(ManualClock::new());
        let set =
            CredentialSet::new("amzn1.application-oa2-client.0f", Secret::new(SECRET), ApiVersion::V3_1);
        let settings = CreatorsSettings::new(
            Arc::new(self),
            Arc::new(MemoryState::new(clock.clone())),
            Arc::new(FixedCredential::new(set)),
            clock,
        );
        CreatorsClient::new(settings).unwrap_or_else(|error| panic!("{error}"))
    }
}

/// Who asks.
pub(super) fn context() -> RequestContext {
    let tag = PartnerTag::new("demo-20", Marketplace::Us).unwrap_or_else(|error| panic!("{error}"));
    RequestContext::tagged(Account::new("main"), tag)
}

#[async_trait]
impl Transport for ScriptedApi {
    async fn send(&self, request: Request) -> Result<Response> {
        let for_token = !ApiOperation::ALL.iter().any(|operation| request.url.ends_with(operation.path()));
        if for_token == self.to_tokens {
            return Ok(Response::new(self.status, Headers::default(), self.body.clone()));
        }
        let body = match for_token {
            true => format!(r#"{{"access_token":"{TOKEN}","expires_in":3600}}"#),
            false => "{}".to_owned(),
        };
        Ok(Response::new(200, Headers::default(), body))
    }
}
