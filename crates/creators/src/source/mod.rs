//! The Creators API as a source of products.
//!
//! `keyed.rs` is for operations over any number of keys, `paged.rs` for those that answer a page.

mod keyed;
mod paged;

use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{
    Answer, Error, ErrorKind, ProductSource, Query, RequestContext, Result, SourceCapabilities, SourceInfo,
};

use crate::client::CreatorsClient;
use crate::partial;
use crate::request::{ApiOperation, GetBrowseNodesRequest, GetItemsRequest, no_tag};

/// Answers with what Amazon says at this moment: ten products or categories a call, one call a page.
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
}

#[async_trait]
impl ProductSource for CreatorsSource {
    fn info(&self) -> SourceInfo {
        SourceInfo::new(crate::ORIGIN)
    }

    fn capabilities(&self) -> SourceCapabilities {
        let mut capabilities = SourceCapabilities::NONE;
        capabilities.get_items = true;
        capabilities.search_items = true;
        capabilities.get_variations = true;
        capabilities.get_browse_nodes = true;
        capabilities.offers = true;
        capabilities
    }

    async fn call(&self, context: &RequestContext, query: Query) -> Result<Answer> {
        context.cancellation.check(query.name())?;
        if let Some(answer) = query.answer_to_nothing() {
            return Ok(answer);
        }
        if context.tag().is_none()
            && let Some(operation) = operation(&query)
        {
            return query.failed(no_tag(context, operation));
        }
        match query {
            Query::GetItems(query) => {
                let request = |asins| GetItemsRequest::new(context, asins, query.resources);
                let most = GetItemsRequest::MOST_ASINS;
                let batch = self.in_chunks(context, query.asins, most, request, partial::items).await?;
                Ok(Answer::Items(batch))
            }
            Query::GetBrowseNodes(query) => {
                let request = |ids| GetBrowseNodesRequest::new(context, query.for_ids(ids));
                let most = GetBrowseNodesRequest::MOST_IDS;
                let ids = query.ids.clone();
                let batch = self.in_chunks(context, ids, most, request, partial::browse_nodes).await?;
                Ok(Answer::BrowseNodes(batch))
            }
            Query::SearchItems(search) => self.search(context, search).await.map(Answer::Search),
            Query::GetVariations(variations) => {
                self.variations(context, variations).await.map(Answer::Variations)
            }
            other => {
                let message = format!("this source cannot answer: `{}`", other.name());
                Err(Error::new(ErrorKind::Unsupported, other.name(), message).with_origin(crate::ORIGIN))
            }
        }
    }
}

/// The operation that answers a query.
fn operation(query: &Query) -> Option<ApiOperation> {
    match query {
        Query::GetItems(_) => Some(ApiOperation::GetItems),
        Query::SearchItems(_) => Some(ApiOperation::SearchItems),
        Query::GetVariations(_) => Some(ApiOperation::GetVariations),
        Query::GetBrowseNodes(_) => Some(ApiOperation::GetBrowseNodes),
        _ => None,
    }
}
