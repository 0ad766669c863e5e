//! Typed calls on any source: one method an operation, and streams over pages.

use std::sync::Arc;

use async_trait::async_trait;

use crate::pages::{self, FirstPage};
use crate::{
    Answer, Asin, Batch, BoxStream, BrowseNodeId, BrowseNodePage, Error, ErrorKind, GetBrowseNodes, GetItems,
    GetVariations, Item, PageBounds, ProductSource, Query, RequestContext, Result, SearchItems, SearchPage,
    Sourced, VariationsPage,
};

mod sealed {
    #[allow(unnameable_types, reason = "that nobody else can name it is what seals `Operation`")]
    pub trait Sealed {}
}

/// A query whose answer's type is known. Sealed: the operations are those of the Creators API.
pub trait Operation: Into<Query> + Send + sealed::Sealed {
    /// What a source answers.
    type Output;

    /// Takes this operation's output out of an answer; `None` if the source answered something else.
    fn output(answer: Answer) -> Option<Self::Output>;
}

macro_rules! operations {
    ($($operation:ident => $answer:ident($output:ty),)+) => {$(
        impl sealed::Sealed for $operation {}

        impl From<$operation> for Query {
            fn from(operation: $operation) -> Self {
                Self::$operation(operation)
            }
        }

        impl Operation for $operation {
            type Output = $output;

            fn output(answer: Answer) -> Option<$output> {
                match answer {
                    Answer::$answer(output) => Some(output),
                    _ => None,
                }
            }
        }
    )+};
}

operations! {
    GetItems => Items(Batch<Item>),
    SearchItems => Search(Sourced<SearchPage>),
    GetVariations => Variations(Sourced<VariationsPage>),
    GetBrowseNodes => BrowseNodes(Batch<BrowseNodePage, BrowseNodeId>),
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

    /// The first page of the products that fit some words.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    async fn search(&self, context: &RequestContext, keywords: &str) -> Result<Sourced<SearchPage>> {
        self.run(context, SearchItems::new(keywords)).await
    }

    /// The first page of the variations of a product.
    ///
    /// # Errors
    /// As [`run`](Self::run); `NotFound` for a product without variations.
    async fn variations(&self, context: &RequestContext, asin: Asin) -> Result<Sourced<VariationsPage>> {
        self.run(context, GetVariations::new(asin)).await
    }

    /// Categories by their numbers, with what is above and below them.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    async fn browse_nodes(
        &self,
        context: &RequestContext,
        ids: &[BrowseNodeId],
    ) -> Result<Batch<BrowseNodePage, BrowseNodeId>> {
        self.run(context, GetBrowseNodes::new(ids.iter().copied())).await
    }

    /// The pages of a search, from the one it names on, each asked for when it is wanted.
    ///
    /// A failure is an element. After one that may pass ([`Retry::Now`](crate::Retry::Now), `After`, `Exhausted`) the
    /// stream stays where it is: when it is polled again, it asks for the same page again. **The stream never waits; its reader
    /// does**, as long as [`Error::retry`] says, before polling again, or stops. The stream ends after the third failure of
    /// one page, and after one that stays: [`Retry::Never`](crate::Retry::Never), and the kinds [`ErrorKind::RequestInvalid`],
    /// [`ErrorKind::Cancelled`], [`ErrorKind::Unsupported`] and [`ErrorKind::NotFound`].
    ///
    /// A source that falls back on links gives a page without products and with a reason where it cannot ask. As the first
    /// page of the stream that is an element, with its link; in place of a later page it is a failure with that reason, such as
    /// ``page 3 was not answered: `throttled` ``, so that a list that was cut off is never taken for a whole one.
    fn search_pages<'a>(
        &'a self,
        context: &'a RequestContext,
        search: SearchItems,
        bounds: PageBounds,
    ) -> BoxStream<'a, Result<Sourced<SearchPage>>> {
        pages::search(self, context, search, bounds, FirstPage::MayBeLink)
    }

    /// The products of a search over its pages, each once. Failures as in [`search_pages`](Self::search_pages): what came
    /// before is not repeated. A link in place of the first page is a failure with its reason, too, for without products it
    /// would look as if nothing were found; `search_pages` gives that link. A source that only makes links gives none.
    fn search_all<'a>(
        &'a self,
        context: &'a RequestContext,
        search: SearchItems,
        bounds: PageBounds,
    ) -> BoxStream<'a, Result<Sourced<Arc<Item>>>> {
        let pages = pages::search(self, context, search, bounds.of_pages(), FirstPage::MustHaveProducts);
        pages::items(pages, bounds, |page| page.items)
    }

    /// The pages of a product's variations. Failures as in [`search_pages`](Self::search_pages).
    fn variation_pages<'a>(
        &'a self,
        context: &'a RequestContext,
        variations: GetVariations,
        bounds: PageBounds,
    ) -> BoxStream<'a, Result<Sourced<VariationsPage>>> {
        pages::variations(self, context, variations, bounds, FirstPage::MayBeLink)
    }

    /// The variations of a product over all pages, each once. Failures as in [`search_all`](Self::search_all).
    fn variations_all<'a>(
        &'a self,
        context: &'a RequestContext,
        variations: GetVariations,
        bounds: PageBounds,
    ) -> BoxStream<'a, Result<Sourced<Arc<Item>>>> {
        let pages =
            pages::variations(self, context, variations, bounds.of_pages(), FirstPage::MustHaveProducts);
        pages::items(pages, bounds, |page| page.items)
    }
}

impl<S: ProductSource + ?Sized> ProductSourceExt for S {}
