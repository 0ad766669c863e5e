//! Going through the pages of an answer: one call a page, when it is wanted, and no product twice.
//!
//! Nothing here waits. After a failure that may pass it is the reader who waits, and asks for the next element.

use std::collections::HashSet;
use std::sync::Arc;

use futures_util::stream::{self, StreamExt};

use crate::{
    BoxStream, Error, ErrorKind, GetVariations, Item, Operation, ProductSource, ProductSourceExt, Reason,
    RequestContext, Result, Retry, SearchItems, SearchPage, Sourced, VariationsPage,
};

/// Where a stream over pages stops at the latest. Each page is one call of the account's quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageBounds {
    /// The most pages that are asked for.
    pub pages: u32,
    /// The most products that are given. A page that is not needed for them is not asked for.
    pub items: usize,
}

impl PageBounds {
    /// What Amazon gives of one search: ten pages of ten (searchItems, `itemPage` and `itemCount`).
    pub const SEARCH: Self = Self { pages: 10, items: 100 };

    /// No more than this many products.
    pub const fn items(items: usize) -> Self {
        Self { pages: u32::MAX, items }
    }

    /// No more than this many pages.
    pub const fn pages(pages: u32) -> Self {
        Self { pages, items: usize::MAX }
    }

    /// The same pages, whatever is on them.
    pub(crate) const fn of_pages(self) -> Self {
        Self::pages(self.pages)
    }
}

/// How often one page is asked for. Layers below have their own patience; this is for a reader who waits and asks on.
const ATTEMPTS: u32 = 3;

/// How far the reading came.
struct Position<Q> {
    query: Q,
    /// The page to ask for; `None` at the end.
    page: Option<u32>,
    /// Pages and items given so far.
    pages: u32,
    items: usize,
    /// Whether somebody was asked for one of them.
    fetched: bool,
    failures: u32,
    first: FirstPage,
}

/// What the first page may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FirstPage {
    /// Also a link in place of the products, which says why it is one.
    MayBeLink,
    /// Products, for only these are given on: a link would look as if nothing were found.
    MustHaveProducts,
}

impl<Q> Position<Q> {
    fn at(query: Q, page: Option<u32>, first: FirstPage) -> Self {
        Self { query, page: Some(page.unwrap_or(1)), pages: 0, items: 0, fetched: false, failures: 0, first }
    }

    /// The page to ask for now, if there is one within the bounds.
    fn next(&self, bounds: PageBounds) -> Option<u32> {
        self.page.filter(|_| self.pages < bounds.pages && self.items < bounds.items)
    }

    fn answered<P: Page>(&mut self, page: &Sourced<P>) {
        self.pages += 1;
        self.items = self.items.saturating_add(page.value.count());
        self.fetched |= page.fetched_at.is_some();
        // A source that names an earlier page would be asked for ever.
        self.page = page.value.next_page().filter(|next| self.page.is_some_and(|asked| *next > asked));
        self.failures = 0;
    }

    fn failed(&mut self, error: &Error) {
        self.failures += 1;
        if is_final(error) || self.failures >= ATTEMPTS {
            self.page = None;
        }
    }

    /// Why an answer is none: a link in place of a page that another came before. It names no page after it, so that the
    /// list would seem to end there. In place of the first page it is all there is, and says so itself.
    fn unanswered<P: Page>(&self, number: u32, answer: &Sourced<P>) -> Option<Error> {
        let may_be_link = self.pages == 0 && self.first == FirstPage::MayBeLink;
        if may_be_link || answer.value.count() > 0 {
            return None;
        }
        let (kind, retry, why) = match answer.degraded {
            Some(reason) => {
                let (kind, retry) = failure_of(reason);
                (kind, retry, reason.as_str())
            }
            // As when the credential is taken away meanwhile.
            None if self.fetched && answer.fetched_at.is_none() => {
                (ErrorKind::Unsupported, Retry::Never, "not_asked")
            }
            None => return None,
        };
        let message = format!("page {number} was not answered: `{why}`");
        let error = Error::new(kind, P::OPERATION, message).with_retry(retry);
        Some(error.with_context("page", number.to_string()).with_context(Error::REASON, why))
    }
}

/// Whether the same page fails again however long the reader waits.
fn is_final(error: &Error) -> bool {
    use ErrorKind::{Cancelled, NotFound, RequestInvalid, Unsupported};
    error.retry() == Retry::Never
        || matches!(error.kind(), RequestInvalid | Cancelled | Unsupported | NotFound)
}

/// The failure for which an answer has this reason. The layers below have asked again already, as far as that could help.
fn failure_of(reason: Reason) -> (ErrorKind, Retry) {
    match reason {
        Reason::Throttled => (ErrorKind::RateLimited, Retry::Exhausted),
        Reason::Timeout => (ErrorKind::Timeout, Retry::Exhausted),
        Reason::Unavailable | Reason::Store => (ErrorKind::Unavailable, Retry::Exhausted),
        Reason::Credential => (ErrorKind::Unauthenticated, Retry::Never),
        Reason::NotEligible | Reason::Associate | Reason::Denied | Reason::NotAccessible => {
            (ErrorKind::PermissionDenied, Retry::Never)
        }
        Reason::Gone => (ErrorKind::NotFound, Retry::Never),
    }
}

/// What a page says of the next one and of itself.
trait Page {
    /// The name of the query it answers.
    const OPERATION: &'static str;

    fn count(&self) -> usize;
    fn next_page(&self) -> Option<u32>;
}

impl Page for SearchPage {
    const OPERATION: &'static str = "search_items";

    fn count(&self) -> usize {
        self.items.len()
    }
    fn next_page(&self) -> Option<u32> {
        self.next_page
    }
}

impl Page for VariationsPage {
    const OPERATION: &'static str = "get_variations";

    fn count(&self) -> usize {
        self.items.len()
    }
    fn next_page(&self) -> Option<u32> {
        self.next_page
    }
}

pub(crate) fn search<'a, S: ProductSource + ?Sized>(
    source: &'a S,
    context: &'a RequestContext,
    search: SearchItems,
    bounds: PageBounds,
    may_be: FirstPage,
) -> BoxStream<'a, Result<Sourced<SearchPage>>> {
    let first = search.item_page;
    pages(source, context, Position::at(search, first, may_be), bounds, SearchItems::page)
}

pub(crate) fn variations<'a, S: ProductSource + ?Sized>(
    source: &'a S,
    context: &'a RequestContext,
    variations: GetVariations,
    bounds: PageBounds,
    may_be: FirstPage,
) -> BoxStream<'a, Result<Sourced<VariationsPage>>> {
    let first = variations.variation_page;
    pages(source, context, Position::at(variations, first, may_be), bounds, GetVariations::page)
}

fn pages<'a, S, Q, P>(
    source: &'a S,
    context: &'a RequestContext,
    position: Position<Q>,
    bounds: PageBounds,
    page_of: fn(&Q, u32) -> Q,
) -> BoxStream<'a, Result<Sourced<P>>>
where
    S: ProductSource + ?Sized,
    Q: Operation<Output = Sourced<P>> + Send + Sync + 'static,
    P: Page + Send,
{
    stream::unfold(position, move |mut position| async move {
        let page = position.next(bounds)?;
        let answer = source.run(context, page_of(&position.query, page)).await;
        let answer = answer.and_then(|answer| match position.unanswered(page, &answer) {
            Some(error) => Err(error.with_origin(source.info().name)),
            None => Ok(answer),
        });
        match &answer {
            Ok(page) => position.answered(page),
            Err(error) => position.failed(error),
        }
        Some((answer, position))
    })
    .boxed()
}

/// The products on pages, each once: between two calls a product can move to a later page. The pages themselves are bounded by
/// their number alone ([`PageBounds::of_pages`]), as only this knows how many of their products are new.
pub(crate) fn items<'a, P: Send + 'a>(
    pages: BoxStream<'a, Result<Sourced<P>>>,
    bounds: PageBounds,
    items_of: fn(P) -> Vec<Sourced<Arc<Item>>>,
) -> BoxStream<'a, Result<Sourced<Arc<Item>>>> {
    let mut seen = HashSet::new();
    let all = pages.flat_map(move |page| {
        let items: Vec<Result<Sourced<Arc<Item>>>> = match page {
            Ok(page) => {
                items_of(page.value).into_iter().filter(|item| seen.insert(item.value.asin)).map(Ok).collect()
            }
            Err(error) => vec![Err(error)],
        };
        stream::iter(items)
    });
    stream::unfold((all.boxed(), bounds.items), |(mut all, left)| async move {
        // Before the next is looked at, which may ask for a page.
        left.checked_sub(1)?;
        let item = all.next().await?;
        let left = if item.is_ok() { left - 1 } else { left };
        Some((item, (all, left)))
    })
    .boxed()
}
