//! Going through the pages of an answer: one call a page, when it is wanted, and no product twice.

use std::collections::HashSet;
use std::sync::Arc;

use futures_util::stream::{self, StreamExt};

use crate::{
    BoxStream, ErrorKind, GetVariations, Item, Operation, ProductSource, ProductSourceExt, RequestContext,
    Result, SearchItems, SearchPage, Sourced, VariationsPage,
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

/// How often one page is asked for. Layers below have their own patience; this is that of the stream's reader.
const ATTEMPTS: u32 = 3;

/// How far the reading came.
struct Position<Q> {
    query: Q,
    /// The page to ask for; `None` at the end.
    page: Option<u32>,
    /// Pages and items given so far.
    pages: u32,
    items: usize,
    failures: u32,
}

impl<Q> Position<Q> {
    fn at(query: Q, page: Option<u32>) -> Self {
        Self { query, page: Some(page.unwrap_or(1)), pages: 0, items: 0, failures: 0 }
    }

    /// The page to ask for now, if there is one within the bounds.
    fn next(&self, bounds: PageBounds) -> Option<u32> {
        self.page.filter(|_| self.pages < bounds.pages && self.items < bounds.items)
    }

    fn answered(&mut self, items: usize, next: Option<u32>) {
        self.pages += 1;
        self.items = self.items.saturating_add(items);
        // A source that names an earlier page would be asked for ever.
        self.page = next.filter(|next| self.page.is_some_and(|asked| *next > asked));
        self.failures = 0;
    }

    fn failed(&mut self, kind: ErrorKind) {
        self.failures += 1;
        let may_pass = matches!(kind, ErrorKind::RateLimited | ErrorKind::Timeout | ErrorKind::Unavailable);
        if !may_pass || self.failures >= ATTEMPTS {
            self.page = None;
        }
    }
}

/// What a page says of the next one and of itself.
trait Page {
    fn count(&self) -> usize;
    fn next_page(&self) -> Option<u32>;
}

impl Page for SearchPage {
    fn count(&self) -> usize {
        self.items.len()
    }
    fn next_page(&self) -> Option<u32> {
        self.next_page
    }
}

impl Page for VariationsPage {
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
) -> BoxStream<'a, Result<Sourced<SearchPage>>> {
    let first = search.item_page;
    pages(source, context, Position::at(search, first), bounds, SearchItems::page)
}

pub(crate) fn variations<'a, S: ProductSource + ?Sized>(
    source: &'a S,
    context: &'a RequestContext,
    variations: GetVariations,
    bounds: PageBounds,
) -> BoxStream<'a, Result<Sourced<VariationsPage>>> {
    let first = variations.variation_page;
    pages(source, context, Position::at(variations, first), bounds, GetVariations::page)
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
        match &answer {
            Ok(page) => position.answered(page.value.count(), page.value.next_page()),
            Err(error) => position.failed(error.kind()),
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
