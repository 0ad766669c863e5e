//! Calls of the API that are no query of a source: feeds, reports, and bodies of the caller's own.
//!
//! They go the way of all calls, with the same token, pace and errors, but ask for one thing once: nothing is coalesced, and
//! nothing falls back.

use std::sync::Arc;

use linkwright_core::{Clock, RequestContext, Result};
use linkwright_creators::{
    ApiOperation, ApiRequest, CreatorsClient, CredentialProvider, RawAnswer, RawRequest,
};
use linkwright_layers::{PaceKeeper, Retrier, VerdictKeeper, within_attempt};

use super::access::ApiAccess;
use super::gate::find_credential;

/// Makes calls one by one, as the layers over the API do.
///
/// - Nobody is asked, and no turn is waited for, without a credential for the shop.
/// - What Amazon said of the account counts for operations of the catalogue ([`ApiOperation::takes_tag`]): while it refuses
///   the account no such call is made, and one that is made is learnt from. Feeds and reports are granted apart from the
///   catalogue (that they do not depend on the same sales is inferred), so a refusal of one says nothing of the other.
/// - Each attempt pays for a turn of the account's pace, and has a time of its own.
#[derive(Debug)]
pub struct DirectCalls {
    pub(super) client: Arc<CreatorsClient>,
    pub(super) credentials: Arc<dyn CredentialProvider>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) verdicts: VerdictKeeper,
    pub(super) retrier: Retrier,
    pub(super) turns: Arc<PaceKeeper>,
}

impl DirectCalls {
    /// Makes a call, and again where that can help.
    ///
    /// # Errors
    /// As [`CreatorsClient::call`], after the last attempt; `RateLimited` if the account's next turn is too far ahead; the
    /// service's refusal as it is remembered.
    pub async fn call<R: ApiRequest>(&self, context: &RequestContext, request: &R) -> Result<R::Answer> {
        let answer = self.guarded(context, request).await;
        // The service's own errors say whose they are.
        answer.map_err(|error| if error.origin().is_empty() { error.with_origin("creators") } else { error })
    }

    /// Calls any operation with a body of one's own, and gives the answer's.
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

    async fn guarded<R: ApiRequest>(&self, context: &RequestContext, request: &R) -> Result<R::Answer> {
        let operation = request.operation();
        let name = operation.error_name();
        context.cancellation.check(name)?;
        // Before anything that costs time or a turn.
        request.check()?;
        find_credential(&*self.credentials, &*self.clock, context, name).await?;
        let work = self.retrier.run(context, name, || self.attempt(context, request));
        match request.partner_tag() {
            // What Amazon says of a tag that a body of the caller's own names holds for that tag.
            Some(tag) => self.verdicts.guard(&context.clone().with_tag(tag.clone()), name, work).await,
            None => work.await,
        }
    }

    async fn attempt<R: ApiRequest>(&self, context: &RequestContext, request: &R) -> Result<R::Answer> {
        let name = request.operation().error_name();
        self.turns.admit(context, name).await?;
        let call = self.client.call(context, request);
        within_attempt(&*self.clock, context, name, ApiAccess::ATTEMPT, call).await
    }
}
