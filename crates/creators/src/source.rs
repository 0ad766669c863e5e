//! The Creators API as a source of products.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use futures_util::StreamExt;
use futures_util::stream;
use linkwright_core::{
    Answer, Asin, Batch, Error, ErrorKind, GetItems, MissingReason, ProductSource, Query, RequestContext,
    Result, Retry, SourceCapabilities, SourceInfo,
};

use crate::client::CreatorsClient;
use crate::partial::{Outcome, account};
use crate::request::{GetItemsRequest, no_tag};

/// Answers with what Amazon says at this moment, ten products a call.
///
/// A call that fails costs its own keys only. One that fails of what every call would fail of, as a credential that is
/// refused, is the last: the keys that are left fail of the same, and nobody is asked.
#[derive(Debug, Clone)]
pub struct CreatorsSource {
    client: Arc<CreatorsClient>,
    parallel_calls: usize,
}

impl CreatorsSource {
    /// Enough to hide the way there and back; Amazon's highest quota is 10 calls a second.
    pub const PARALLEL_CALLS: usize = 4;

    /// A source over this client.
    pub fn new(client: Arc<CreatorsClient>) -> Self {
        Self { client, parallel_calls: Self::PARALLEL_CALLS }
    }

    /// The same with so many calls at once, at least one.
    #[must_use]
    pub fn with_parallel_calls(self, parallel_calls: usize) -> Self {
        Self { parallel_calls: parallel_calls.max(1), ..self }
    }

    /// What the source asks by.
    pub fn client(&self) -> &CreatorsClient {
        &self.client
    }

    async fn get_items(&self, context: &RequestContext, query: GetItems) -> Result<Answer> {
        let mut seen = HashSet::with_capacity(query.asins.len());
        let distinct: Vec<Asin> = query.asins.iter().copied().filter(|asin| seen.insert(*asin)).collect();
        // What every further call would fail of.
        let hopeless: OnceLock<Error> = OnceLock::new();
        let chunks: Vec<Vec<Asin>> =
            distinct.chunks(GetItemsRequest::MOST_ASINS).map(<[Asin]>::to_vec).collect();
        let calls = chunks.into_iter().map(|chunk| self.chunk(context, &query, chunk, &hopeless));
        let mut answers = stream::iter(calls).buffer_unordered(self.parallel_calls);
        let mut outcomes: HashMap<Asin, Outcome> = HashMap::with_capacity(distinct.len());
        while let Some(answer) = answers.next().await {
            outcomes.extend(answer?);
        }
        Ok(Answer::Items(Batch::collect(distinct, |asin| {
            // Every key is in one chunk, and a chunk accounts for all of its own.
            outcomes.remove(asin).unwrap_or(Err(MissingReason::NotFound))
        })))
    }

    /// One call. An error is one of the whole request.
    async fn chunk(
        &self,
        context: &RequestContext,
        query: &GetItems,
        asins: Vec<Asin>,
        hopeless: &OnceLock<Error>,
    ) -> Result<Vec<(Asin, Outcome)>> {
        let answered = match hopeless.get() {
            Some(error) => Err(error.clone()),
            None => {
                // What is wrong with the request is so for every call; what Amazon refuses is about these products.
                let request = GetItemsRequest::new(context, asins.iter().copied(), query.resources)?;
                self.client.get_items(context, &request).await
            }
        };
        let error = match answered {
            Ok(answer) => return Ok(account(&asins, answer, self.client.clock().now())),
            Err(error) => error,
        };
        let reason = match error.kind() {
            ErrorKind::Cancelled => return Err(error),
            ErrorKind::NotFound => MissingReason::NotFound,
            kind => {
                if is_hopeless(kind) && error.retry() == Retry::Never {
                    hopeless.get_or_init(|| error.clone());
                }
                MissingReason::Failed(error)
            }
        };
        Ok(asins.into_iter().map(|asin| (asin, Err(reason.clone()))).collect())
    }
}

/// Whether a failure of this kind is one of the account, not of the call.
fn is_hopeless(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::Unauthenticated | ErrorKind::PermissionDenied | ErrorKind::ConfigInvalid)
}

#[async_trait]
impl ProductSource for CreatorsSource {
    fn info(&self) -> SourceInfo {
        SourceInfo::new(crate::ORIGIN)
    }

    fn capabilities(&self) -> SourceCapabilities {
        let mut capabilities = SourceCapabilities::NONE;
        capabilities.get_items = true;
        capabilities.offers = true;
        capabilities
    }

    async fn call(&self, context: &RequestContext, query: Query) -> Result<Answer> {
        context.cancellation.check(query.name())?;
        match query {
            Query::GetItems(request) if request.asins.is_empty() => {
                Ok(Answer::Items(Batch::collect([], |_| Err(MissingReason::NotFound))))
            }
            Query::GetItems(_) if context.tag().is_none() => query.failed(no_tag(context)),
            Query::GetItems(request) => self.get_items(context, request).await,
            other => {
                let message = format!("this source cannot answer: `{}`", other.name());
                Err(Error::new(ErrorKind::Unsupported, other.name(), message).with_origin(crate::ORIGIN))
            }
        }
    }
}
