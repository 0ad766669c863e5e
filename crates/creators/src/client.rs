//! The client: one call of one operation.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use linkwright_core::{Clock, CredentialSet, Error, Marketplace, RequestContext, Result, Stored};
use linkwright_http::{Body, HttpSettings, HttpTransport, Request, Transport, user_agent};
use linkwright_state::{MemoryState, State};

use crate::credentials::{CredentialProvider, FixedCredential};
use crate::endpoints::Endpoints;
use crate::refusal::{self, Circumstances};
use crate::request::{
    ApiOperation, ApiRequest, GetBrowseNodesRequest, GetFeedRequest, GetItemsRequest, GetReportRequest,
    GetVariationsRequest, ListFeedsRequest, ListReportsRequest, RawAnswer, RawRequest, RequestWarning,
    SearchItemsRequest,
};
use crate::system_clock::SystemClock;
use crate::token::{Exchange, Given, Token, TokenKeeper, refusal as token_refusal};
use crate::wire::{
    DownloadLink, GetBrowseNodesAnswer, GetItemsAnswer, GetVariationsAnswer, ListFeedsAnswer,
    ListReportsAnswer, SearchItemsAnswer,
};
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

    /// One credential, HTTPS, tokens kept in this process alone, and the machine's clock: what a first program needs.
    ///
    /// # Errors
    /// As [`HttpTransport::new`].
    pub fn for_credential(credential: CredentialSet) -> Result<Self> {
        let clock = Arc::new(SystemClock::new());
        Ok(Self::new(
            Arc::new(HttpTransport::new(HttpSettings::new(user_agent(env!("CARGO_PKG_VERSION"))))?),
            Arc::new(MemoryState::new(Arc::clone(&clock) as Arc<dyn Clock>)),
            Arc::new(FixedCredential::new(credential)),
            clock,
        ))
    }

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
    /// Of which field, asked of which shop, a warning was given. Not of which value: there is no end of those.
    warned: Mutex<BTreeSet<(&'static str, Marketplace)>>,
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
        Ok(Self { transport, credentials, clock, endpoints, call_timeout, tokens, warned: Mutex::default() })
    }

    /// Makes one call, and before it one for a token if there is none.
    ///
    /// The first [`RequestWarning`] of a field and shop is logged at level `WARN`, further ones at `DEBUG`.
    ///
    /// # Errors
    /// - `RequestInvalid`: before anything is sent, a field is out of its range; or Amazon refuses one.
    /// - `Unauthenticated`: the credential or token is not accepted. A token that was is forgotten, and `retry` is `Now`.
    /// - `PermissionDenied`: with Amazon's reason as code: `AssociateNotEligible`, `InvalidAssociate`,
    ///   `InvalidPartnerTag`, `AuthorizationFailed`.
    /// - `NotFound`: the shop has nothing of what was asked for. That is also how Amazon answers a search without results.
    /// - `RateLimited`, `Timeout`, `Unavailable`, `Corrupt`: as their kinds say, with `retry` as Amazon asks for it.
    /// - `ConfigInvalid` with reason `no_credential`; `Cancelled`.
    pub async fn call<R: ApiRequest>(&self, context: &RequestContext, request: &R) -> Result<R::Answer> {
        request.check()?;
        for warning in request.warnings() {
            self.mention(&warning, request.marketplace());
        }
        within(context, &*self.clock, request.operation().error_name(), self.send(context, request)).await
    }

    /// Up to ten products.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_items(
        &self,
        context: &RequestContext,
        request: &GetItemsRequest,
    ) -> Result<GetItemsAnswer> {
        self.call(context, request).await
    }

    /// One page of a search.
    ///
    /// # Errors
    /// As [`call`](Self::call); `NotFound` for a search without results.
    pub async fn search_items(
        &self,
        context: &RequestContext,
        request: &SearchItemsRequest,
    ) -> Result<SearchItemsAnswer> {
        self.call(context, request).await
    }

    /// One page of the variations of a product.
    ///
    /// # Errors
    /// As [`call`](Self::call); `NotFound` for a product without variations.
    pub async fn get_variations(
        &self,
        context: &RequestContext,
        request: &GetVariationsRequest,
    ) -> Result<GetVariationsAnswer> {
        self.call(context, request).await
    }

    /// Up to ten categories.
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub async fn get_browse_nodes(
        &self,
        context: &RequestContext,
        request: &GetBrowseNodesRequest,
    ) -> Result<GetBrowseNodesAnswer> {
        self.call(context, request).await
    }

    /// Which feeds there are for the context's shop. Amazon grants feeds to some accounts.
    ///
    /// # Errors
    /// As [`call`](Self::call); `PermissionDenied` for an account without them.
    pub async fn list_feeds(&self, context: &RequestContext) -> Result<ListFeedsAnswer> {
        self.call(context, &ListFeedsRequest::new(context.marketplace)).await
    }

    /// Where a feed can be fetched, for some minutes.
    ///
    /// # Errors
    /// As [`call`](Self::call); `NotFound` for a feed there is not.
    pub async fn get_feed(&self, context: &RequestContext, request: &GetFeedRequest) -> Result<DownloadLink> {
        self.call(context, request).await
    }

    /// Which reports there are for the context's shop.
    ///
    /// # Errors
    /// As [`call`](Self::call); `PermissionDenied` for an account without them.
    pub async fn list_reports(&self, context: &RequestContext) -> Result<ListReportsAnswer> {
        self.call(context, &ListReportsRequest::new(context.marketplace)).await
    }

    /// Where a report can be fetched, for some minutes.
    ///
    /// # Errors
    /// As [`call`](Self::call); `NotFound` for a report there is not.
    pub async fn get_report(
        &self,
        context: &RequestContext,
        request: &GetReportRequest,
    ) -> Result<DownloadLink> {
        self.call(context, request).await
    }

    /// Calls any of the operations with a body of one's own, and gives the answer's: for fields and members that this
    /// version does not know yet.
    ///
    /// # Errors
    /// As [`call`](Self::call) and [`RawRequest::new`].
    pub async fn call_raw(
        &self,
        context: &RequestContext,
        operation: ApiOperation,
        json: &str,
    ) -> Result<RawAnswer> {
        self.call(context, &RawRequest::new(context, operation, json)?).await
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

    /// How calls are sent.
    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.transport
    }

    /// The clock that counts here.
    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    fn mention(&self, warning: &RequestWarning, shop: Marketplace) {
        let is_new = {
            let mut warned = self.warned.lock().unwrap_or_else(PoisonError::into_inner);
            warned.insert((warning.field, shop))
        };
        let (field, hint) = (warning.field, warning.hint.as_str());
        match is_new {
            true => tracing::warn!(field, hint, "{warning}"),
            false => tracing::debug!(field, hint, "{warning}"),
        }
    }

    async fn send<R: ApiRequest>(&self, context: &RequestContext, request: &R) -> Result<R::Answer> {
        let (operation, shop) = (request.operation(), request.marketplace());
        // A shop without the programme is in no group; no credential can be for it.
        let group = shop.region_group().ok_or_else(|| crate::request::no_tag(context, operation))?;
        let stored = self.credentials.credential(group).await?;
        let (stored, Given { token, is_new }) = match self.tokens.token(&stored.set).await {
            Ok(given) => (stored, given),
            Err(error) => self.with_rotated(stored, group, error).await?,
        };
        let authorization = token.authorization(stored.set.api_version());
        let mut call = Request::post(self.endpoints.operation(operation.path()), Body::Plain(request.body()))
            .with_header("authorization", authorization)
            .with_timeout(
                remaining(context, &*self.clock)
                    .map_or(self.call_timeout, |left| left.min(self.call_timeout)),
            );
        // To overwrite 50 KB of products costs a tenth of reading them, for nothing; the address of a file is a secret.
        if operation.takes_tag() {
            call = call.with_plain_answer();
        }
        for (name, value) in request.headers() {
            call = call.with_header(name, value);
        }
        let started = self.clock.monotonic();
        let response = self.transport.send(call).await?;
        let took = self.clock.monotonic().saturating_sub(started);
        tracing::debug!(
            marketplace = shop.code(),
            status = response.status,
            milliseconds = took.as_millis() as u64,
            "called {operation}"
        );
        if (200..=299).contains(&response.status) {
            return R::decode(&response.body)
                .map_err(|error| refusal::common(error, &response, shop, token.expose()));
        }
        let error = refusal::of(
            &response,
            &Circumstances {
                operation,
                marketplace: shop,
                partner_tag: request.partner_tag(),
                subject: request.subject(),
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
