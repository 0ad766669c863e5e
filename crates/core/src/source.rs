//! Where products come from: one trait with one method, and typed calls over it.
//!
//! [`ProductSource`] is for who makes a source or a layer over one: a single `call`, so that a layer cannot forget an
//! operation. [`ProductSourceExt`] is for who asks. Feeds and reports are not here: only the Creators client has them.

use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;

use crate::{Asin, Batch, Error, ErrorKind, Item, MissingReason, RequestContext, Resources, Result, Sourced};

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
    /// May give prices and availability.
    pub offers: bool,
}

impl SourceCapabilities {
    /// Nothing at all: a start for saying what a source can do.
    pub const NONE: Self = Self { get_items: false, search_items: false, offers: false };
}

/// Asks for products by their ASINs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetItems {
    /// Any number of ASINs; repeated ones are answered once.
    pub asins: Vec<Asin>,
    /// Which parts of each are wanted. A source without them answers what it has.
    pub resources: Resources,
}

impl GetItems {
    /// Asks for these, with what a product card shows.
    pub fn new(asins: impl IntoIterator<Item = Asin>) -> Self {
        Self { asins: asins.into_iter().collect(), resources: Resources::default() }
    }

    /// The same with these parts of each.
    #[must_use]
    pub fn with_resources(self, resources: Resources) -> Self {
        Self { resources, ..self }
    }

    /// The same parts of other products.
    #[must_use]
    pub fn for_asins(&self, asins: impl IntoIterator<Item = Asin>) -> Self {
        Self { asins: asins.into_iter().collect(), resources: self.resources }
    }
}

/// Asks for products by words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SearchItems {
    /// The words to look for.
    pub keywords: String,
    /// The shop's department to look in (Creators API, `searchIndex`); `None` for all.
    pub search_index: Option<String>,
}

impl SearchItems {
    /// Looks for words in all departments.
    pub fn new(keywords: impl Into<String>) -> Self {
        Self { keywords: keywords.into(), search_index: None }
    }
}

/// One page of what a search found.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SearchPage {
    /// What was found, best first; empty where the source cannot search.
    pub items: Vec<Sourced<Arc<Item>>>,
    /// The shop's own page for this search, with the tag: always there, so that a reader can look for themselves.
    pub search_url: String,
    /// How many there are in all, if the source knows.
    pub total: Option<u64>,
}

impl SearchPage {
    /// A page with nothing but the link to the shop's own search.
    pub fn link_only(search_url: String) -> Self {
        Self { items: Vec::new(), search_url, total: None }
    }
}

/// All that can be asked. Users call [`ProductSourceExt`] instead of making one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Query {
    /// Products by ASIN.
    GetItems(GetItems),
    /// Products by words.
    SearchItems(SearchItems),
}

impl Query {
    /// The operation's name in messages and logs.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::GetItems(_) => "get_items",
            Self::SearchItems(_) => "search_items",
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
        match self {
            Self::GetItems(request)
                if !matches!(error.kind(), ErrorKind::RequestInvalid | ErrorKind::Cancelled) =>
            {
                Ok(Answer::Items(Batch::collect(request.asins, |_| {
                    Err(MissingReason::Failed(error.clone()))
                })))
            }
            _ => Err(error),
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
    Search(SearchPage),
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
    /// - An empty list of keys is answered with an empty batch, without asking anybody.
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

mod sealed {
    #[allow(unnameable_types, reason = "that nobody else can name it is what seals `Operation`")]
    pub trait Sealed {}
    impl Sealed for super::GetItems {}
    impl Sealed for super::SearchItems {}
}

/// A query whose answer's type is known. Sealed: the operations are those of the Creators API.
pub trait Operation: Into<Query> + Send + sealed::Sealed {
    /// What a source answers.
    type Output;

    /// Takes this operation's output out of an answer; `None` if the source answered something else.
    fn output(answer: Answer) -> Option<Self::Output>;
}

impl From<GetItems> for Query {
    fn from(operation: GetItems) -> Self {
        Self::GetItems(operation)
    }
}

impl Operation for GetItems {
    type Output = Batch<Item>;

    fn output(answer: Answer) -> Option<Batch<Item>> {
        match answer {
            Answer::Items(batch) => Some(batch),
            Answer::Search(_) => None,
        }
    }
}

impl From<SearchItems> for Query {
    fn from(operation: SearchItems) -> Self {
        Self::SearchItems(operation)
    }
}

impl Operation for SearchItems {
    type Output = SearchPage;

    fn output(answer: Answer) -> Option<SearchPage> {
        match answer {
            Answer::Search(page) => Some(page),
            Answer::Items(_) => None,
        }
    }
}

/// Typed calls on any [`ProductSource`].
#[async_trait]
pub trait ProductSourceExt: ProductSource {
    /// Runs one operation.
    ///
    /// # Errors
    /// As [`ProductSource::call`]; kind `Internal` if the source answered with another operation's answer.
    async fn run<O: Operation + 'static>(&self, context: &RequestContext, operation: O) -> Result<O::Output> {
        let query: Query = operation.into();
        let name = query.name();
        let answer = self.call(context, query).await?;
        O::output(answer).ok_or_else(|| {
            Error::new(
                ErrorKind::Internal,
                name,
                format!("the source answered another question than: `{name}`"),
            )
            .with_origin(self.info().name)
        })
    }

    /// Products by their ASINs.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    async fn get_items(&self, context: &RequestContext, asins: &[Asin]) -> Result<Batch<Item>> {
        self.run(context, GetItems::new(asins.iter().copied())).await
    }

    /// Products by words.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    async fn search(&self, context: &RequestContext, keywords: &str) -> Result<SearchPage> {
        self.run(context, SearchItems::new(keywords)).await
    }
}

impl<S: ProductSource + ?Sized> ProductSourceExt for S {}
