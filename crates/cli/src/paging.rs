//! Answers that come in pages: how many are wanted, and one after another of them.

use std::collections::HashSet;
use std::sync::Arc;

use clap::Args;
use futures_util::StreamExt as _;
use linkwright_sdk::core::{Asin, BoxStream, Error, Item, PageBounds, Result, Sourced};

use crate::choice::at_least_one;
use crate::runtime::Runtime;

/// How many products over how many pages.
#[derive(Debug, Args)]
pub(crate) struct PagesArgs {
    /// Give so many products at most, from as many pages as that takes
    #[arg(long, value_name = "NUMBER", value_parser = at_least_one, help_heading = "Pages")]
    limit: Option<u32>,

    /// Give all pages there are, from this one on; each is a call of the API
    #[arg(long, help_heading = "Pages")]
    all: bool,
}

impl PagesArgs {
    /// Where to stop. `most` is what there can be.
    pub(crate) fn bounds(&self, most: PageBounds) -> PageBounds {
        let mut bounds = most;
        if let Some(limit) = self.limit {
            bounds.items = bounds.items.min(limit as usize);
        } else if !self.all {
            bounds.pages = 1;
        }
        bounds
    }

    /// How many products a page need not have more than.
    pub(crate) fn page_size(&self) -> Option<u32> {
        /// What a page has of itself, and at most.
        const FULL: u32 = 10;
        self.limit.filter(|limit| *limit < FULL)
    }

    /// Whether one page alone is wanted.
    pub(crate) fn is_one_page(&self) -> bool {
        self.limit.is_none() && !self.all
    }
}

/// One page after another.
pub(crate) struct Pages<'a, P> {
    pages: BoxStream<'a, Result<Sourced<P>>>,
    /// The last try's, if it failed.
    failed: Option<Error>,
    /// What was given, as a product can move to a later page between two calls.
    seen: HashSet<Asin>,
    bounds: PageBounds,
}

impl<'a, P> Pages<'a, P> {
    pub(crate) fn new(pages: BoxStream<'a, Result<Sourced<P>>>, bounds: PageBounds) -> Self {
        Self { pages, failed: None, seen: HashSet::new(), bounds }
    }

    /// The next page; `None` at the end, and where there is no getting on.
    pub(crate) fn next(&mut self, runtime: &Runtime) -> Option<Sourced<P>> {
        loop {
            match runtime.block_on(self.pages.next())? {
                Ok(page) => {
                    self.failed = None;
                    return Some(page);
                }
                // The next element is another try of the same page, if it is worth one.
                Err(error) => self.failed = Some(error),
            }
        }
    }

    /// Of these products those that were not given yet and are still wanted.
    pub(crate) fn new_ones(&mut self, mut items: Vec<Sourced<Arc<Item>>>) -> Vec<Sourced<Arc<Item>>> {
        items.retain(|item| self.seen.len() < self.bounds.items && self.seen.insert(item.value.asin));
        items
    }

    /// How many products were given.
    pub(crate) fn given(&self) -> usize {
        self.seen.len()
    }

    /// Why there is no getting on; `None` at a good end.
    pub(crate) fn into_failure(self) -> Option<Error> {
        self.failed
    }
}
