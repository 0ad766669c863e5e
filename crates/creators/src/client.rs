//! The client: one call of one operation.

use std::sync::Arc;
use std::time::Duration;

use linkwright_core::{Clock, Error, RequestContext, Result, Stored};
use linkwright_http::{Body, Request, Transport};
use linkwright_state::State;

use crate::credentials::CredentialProvider;
use crate::endpoints::Endpoints;
use crate::refusal::{self, Circumstances};
use crate::request::GetItemsRequest;
use crate::token::{Exchange, Given, Token, TokenKeeper, refusal as token_refusal};
use crate::wire::GetItemsAnswer;
use crate::within::{remaining, within};

/// What a client needs, and its bounds.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CreatorsSettings {
    /// How calls are sent.
    pub transport: Arc<dyn Transport>,
    /// Where tokens are shared with other processes.
    pub state: Arc<dyn State>,
    /// Where credentials come from.
    pub credentials: Arc<dyn CredentialProvider>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where the API is.
    pub endpoints: Endpoints,
    /// How long a request for a token may take.
    pub token_timeout: Duration,
    /// How long a call may take, without waiting for a token.
    pub call_timeout: Duration,
}

impl CreatorsSettings {
    /// A token comes in well under a second as a rule.
    pub const TOKEN_TIMEOUT: Duration = Duration::from_secs(10);
    /// Ten products with all resources take a few seconds on a bad day.
    pub const CALL_TIMEOUT: Duration = Duration::from_secs(15);

    /// Amazon's own endpoints and the usual bounds.
    pub fn new(
        transport: Arc<dyn Transport>,
        state: Arc<dyn State>,
        credentials: Arc<dyn CredentialProvider>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            transport,
            state,
            credentials,
            clock,
            endpoints: Endpoints::default(),
            token_timeout: Self::TOKEN_TIMEOUT,
            call_timeout: Self::CALL_TIMEOUT,
        }
    }
}

/// The Creators API, one call at a time. Retries, pace and caching are layers over [`CreatorsSource`](crate::CreatorsSource).
#[derive(Debug)]
pub struct CreatorsClient {
    transport: Arc<dyn Transport>,
    credentials: Arc<dyn CredentialProvider>,
    clock: Arc<dyn Clock>,
    endpoints: Endpoints,
    call_timeout: Duration,
    tokens: TokenKeeper,
}

impl CreatorsClient {
    /// Checks the endpoints; nothing is sent.
    ///
    /// # Errors
    /// `ConfigInvalid` for an endpoint that is no address, and for plain http to another machine; the context `setting`
    /// says which.
    pub fn new(settings: CreatorsSettings) -> Result<Self> {
        let CreatorsSettings { transport, state, credentials, clock, endpoints, token_timeout, call_timeout } =
            settings;
        endpoints.check()?;
        let exchange =
            Exchange { transport: Arc::clone(&transport), clock: Arc::clone(&clock), timeout: token_timeout };
        let tokens = TokenKeeper::new(exchange, endpoints.clone(), state);
        Ok(Self { transport, credentials, clock, endpoints, call_timeout, tokens })
    }

    /// Asks for up to ten products: one call, and before it one for a token if there is none.
    ///
    /// # Errors
    /// - `Unauthenticated`: the credential or token is not accepted. A token that was is forgotten, and `retry` is `Now`.
    /// - `PermissionDenied`: with Amazon's reason as code: `AssociateNotEligible`, `InvalidAssociate`,
    ///   `InvalidPartnerTag`, `AuthorizationFailed`.
    /// - `NotFound`: the shop has none of the products.
    /// - `RateLimited`, `Timeout`, `Unavailable`, `Corrupt`: as their kinds say, with `retry` as Amazon asks for it.
    /// - `ConfigInvalid` with reason `no_credential`; `RequestInvalid`; `Cancelled`.
    pub async fn get_items(
        &self,
        context: &RequestContext,
        request: &GetItemsRequest,
    ) -> Result<GetItemsAnswer> {
        request.check()?;
        within(context, &*self.clock, GetItemsRequest::OPERATION, self.call(context, request)).await
    }

    /// Asks for a new token for this credential, whatever tokens there are: for checking a credential. The token serves the
    /// calls that follow.
    ///
    /// # Errors
    /// `Unauthenticated` with Amazon's code (`invalid_client` and others), or with reason `version_mismatch` before
    /// anything is sent; `RateLimited`, `Timeout`, `Unavailable`, `Corrupt` as their kinds say.
    pub async fn exchange_token(&self, context: &RequestContext, stored: &Stored) -> Result<Token> {
        within(context, &*self.clock, "creators.token", self.tokens.ask(&stored.set)).await
    }

    /// The clock that counts here.
    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    async fn call(&self, context: &RequestContext, request: &GetItemsRequest) -> Result<GetItemsAnswer> {
        let shop = request.partner_tag.marketplace();
        // Every shop a tag can be of is in a group; a shop without one is as good as without a tag.
        let group = shop.region_group().ok_or_else(|| crate::request::no_tag(context))?;
        let stored = self.credentials.credential(group).await?;
        let (stored, Given { token, is_new }) = match self.tokens.token(&stored.set).await {
            Ok(given) => (stored, given),
            Err(error) => self.with_rotated(stored, group, error).await?,
        };
        let authorization = token.authorization(stored.set.api_version());
        let mut call =
            Request::post(self.endpoints.operation(GetItemsRequest::PATH), Body::Plain(request.body()))
                .with_header("authorization", authorization)
                .with_timeout(
                    remaining(context, &*self.clock)
                        .map_or(self.call_timeout, |left| left.min(self.call_timeout)),
                );
        for (name, value) in request.headers() {
            call = call.with_header(name, value);
        }
        let started = self.clock.monotonic();
        let response = self.transport.send(call).await?;
        let took = self.clock.monotonic().saturating_sub(started);
        tracing::debug!(
            marketplace = shop.code(),
            keys = request.asins.len(),
            status = response.status,
            milliseconds = took.as_millis() as u64,
            "called getItems"
        );
        if (200..=299).contains(&response.status) {
            return GetItemsAnswer::decode(&response.body)
                .map_err(|error| refusal::common(error, &response, shop, token.expose()));
        }
        let error = refusal::of(
            &response,
            &Circumstances {
                request,
                api: &self.endpoints.api,
                token_is_new: is_new,
                token: token.expose(),
                now: self.clock.now(),
            },
        );
        if response.status == 401 {
            self.tokens.forget(&stored.set, &token).await;
            if is_new {
                self.credentials.forget();
            }
        }
        Err(error)
    }

    /// After a refused credential: looks whether the store has a newer revision, and tries that one at once.
    async fn with_rotated(
        &self,
        stored: Stored,
        group: linkwright_core::RegionGroup,
        error: Error,
    ) -> Result<(Stored, Given)> {
        if error.code() != Some(token_refusal::INVALID_CLIENT) {
            return Err(error);
        }
        self.credentials.forget();
        let now = self.credentials.credential(group).await?;
        if now.revision == stored.revision && now.set == stored.set {
            return Err(error);
        }
        tracing::debug!(revision = %now.revision, "the credential was changed; trying the present one");
        let given = self.tokens.token(&now.set).await?;
        Ok((now, given))
    }
}
