//! Where products come from: one trait with one method.
//!
//! [`ProductSource`] is for who makes a source or a layer over one: a single `call`, so that a layer cannot forget an
//! operation. [`ProductSourceExt`](crate::ProductSourceExt) is for who asks. Feeds and reports are not here: only the
//! Creators client has them.

use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;

use crate::{
    Batch, BrowseNodeId, BrowseNodePage, Error, ErrorKind, GetBrowseNodes, GetItems, GetVariations, Item,
    RequestContext, Result, SearchItems, SearchPage, Sourced, VariationsPage,
};

/// Who a source is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SourceInfo {
    /// A short stable name: `zero`, `creators`.
    pub name: &'static str,
}

impl SourceInfo {
    /// A source of this name.
    pub const fn new(name: &'static str) -> Self {
        Self { name }
    }
}

/// What a source can do. A flag is true only where conformance proves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct SourceCapabilities {
    /// Answers [`GetItems`].
    pub get_items: bool,
    /// Answers [`SearchItems`], if only with a link to the shop's own search.
    pub search_items: bool,
    /// Answers [`GetVariations`], if only with a link to the product.
    pub get_variations: bool,
    /// Answers [`GetBrowseNodes`], if only with links to the categories.
    pub get_browse_nodes: bool,
    /// May give prices and availability.
    pub offers: bool,
}

impl SourceCapabilities {
    /// Nothing at all: a start for saying what a source can do.
    pub const NONE: Self = Self {
        get_items: false,
        search_items: false,
        get_variations: false,
        get_browse_nodes: false,
        offers: false,
    };
}

/// All that can be asked. Users call [`ProductSourceExt`](crate::ProductSourceExt) instead of making one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Query {
    /// Products by ASIN.
    GetItems(GetItems),
    /// Products by words.
    SearchItems(SearchItems),
    /// The variations of a product.
    GetVariations(GetVariations),
    /// Categories by number.
    GetBrowseNodes(GetBrowseNodes),
}

impl Query {
    /// The operation's name in messages and logs.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::GetItems(_) => "get_items",
            Self::SearchItems(_) => "search_items",
            Self::GetVariations(_) => "get_variations",
            Self::GetBrowseNodes(_) => "get_browse_nodes",
        }
    }

    /// The answer that says of every part that it failed like this; the error itself where a query has no parts.
    ///
    /// For sources and layers: a failure that holds for the whole is still one of parts, so that a layer above can mend
    /// each. A request that is wrong or was cancelled is never one of parts.
    ///
    /// # Errors
    /// The given one.
    pub fn failed(self, error: Error) -> Result<Answer> {
        if matches!(error.kind(), ErrorKind::RequestInvalid | ErrorKind::Cancelled) {
            return Err(error);
        }
        match self {
            Self::GetItems(request) => Ok(Answer::Items(Batch::all_failed(request.asins, &error))),
            Self::GetBrowseNodes(request) => Ok(Answer::BrowseNodes(Batch::all_failed(request.ids, &error))),
            Self::SearchItems(_) | Self::GetVariations(_) => Err(error),
        }
    }

    /// The answer to a query that asks for no keys at all, which nobody need be asked for; `None` of any other.
    pub fn answer_to_nothing(&self) -> Option<Answer> {
        match self {
            Self::GetItems(request) if request.asins.is_empty() => Some(Answer::Items(Batch::empty())),
            Self::GetBrowseNodes(request) if request.ids.is_empty() => {
                Some(Answer::BrowseNodes(Batch::empty()))
            }
            _ => None,
        }
    }
}

/// The answer to a [`Query`], in the variant of the same name.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Answer {
    /// To [`Query::GetItems`].
    Items(Batch<Item>),
    /// To [`Query::SearchItems`].
    Search(Sourced<SearchPage>),
    /// To [`Query::GetVariations`].
    Variations(Sourced<VariationsPage>),
    /// To [`Query::GetBrowseNodes`].
    BrowseNodes(Batch<BrowseNodePage, BrowseNodeId>),
}

/// Where products come from.
#[async_trait]
pub trait ProductSource: Debug + Send + Sync + 'static {
    /// Who this is.
    fn info(&self) -> SourceInfo;

    /// What it can do.
    fn capabilities(&self) -> SourceCapabilities;

    /// Answers one query.
    ///
    /// - The answer's variant is that of the query.
    /// - Every distinct key of the query is accounted for: found or missing with a reason.
    /// - Only a request that is invalid as a whole, or was cancelled, is an error; a failure of a part is in the answer
    ///   ([`Query::failed`]). A query without keys has no parts, so its failure is an error.
    /// - A query the source cannot answer is an error of kind `Unsupported`, never an empty answer.
    /// - An empty list of keys is answered with an empty batch, without asking anybody ([`Query::answer_to_nothing`]).
    /// - A search without results is a page without items, and one page of a list that has no such page, too.
    /// - Links carry the context's tag and no other; with no tag in the context they carry none.
    async fn call(&self, context: &RequestContext, query: Query) -> Result<Answer>;
}

#[async_trait]
impl<S: ProductSource + ?Sized> ProductSource for Arc<S> {
    fn info(&self) -> SourceInfo {
        (**self).info()
    }

    fn capabilities(&self) -> SourceCapabilities {
        (**self).capabilities()
    }

    async fn call(&self, context: &RequestContext, query: Query) -> Result<Answer> {
        (**self).call(context, query).await
    }
}
