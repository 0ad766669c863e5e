//! Answers that come in pages: how many are wanted, and one after another of them.

use std::collections::HashSet;
use std::sync::Arc;

use clap::Args;
use futures_util::StreamExt as _;
use linkwright_sdk::core::{Asin, BoxStream, Error, Item, PageBounds, Result, Sourced};

use crate::choice::at_least_one;
use crate::exit::Count;
use crate::failure::{CommandResult, Failure};
use crate::json::{MissingJson, MissingLine};
use crate::output::Output;
use crate::runtime::Runtime;

/// How many products over how many pages. Pages are asked for whole, however few of their products are wanted: where a page
/// begins depends on the size of those before it, and a smaller one is a call of the API as well.
#[derive(Debug, Args)]
pub(crate) struct PagesArgs {
    /// Give so many products at most, from as many pages as that takes
    #[arg(
        long,
        value_name = "NUMBER",
        value_parser = at_least_one,
        allow_negative_numbers = true,
        help_heading = "Pages"
    )]
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

    /// Whether one page alone is wanted.
    pub(crate) fn is_one_page(&self) -> bool {
        self.limit.is_none() && !self.all
    }
}

/// One page after another.
pub(crate) struct Pages<'a, P> {
    pages: BoxStream<'a, Result<Sourced<P>>>,
    /// Why there is no getting on.
    failed: Option<Error>,
    /// What was given, as a product can move to a later page between two calls.
    seen: HashSet<Asin>,
    bounds: PageBounds,
    /// Whether the last page had products that are past the limit.
    is_cut: bool,
}

impl<'a, P> Pages<'a, P> {
    pub(crate) fn new(pages: BoxStream<'a, Result<Sourced<P>>>, bounds: PageBounds) -> Self {
        Self { pages, failed: None, seen: HashSet::new(), bounds, is_cut: false }
    }

    /// The next page; `None` at the end, and after a failure. What failed is not asked for again: the layers below had their
    /// patience, and nobody wants to wait here as long as is left.
    pub(crate) fn next(&mut self, runtime: &Runtime) -> Option<Sourced<P>> {
        match runtime.block_on(self.pages.next())? {
            Ok(page) => Some(page),
            Err(error) => {
                self.failed = Some(error);
                None
            }
        }
    }

    /// Of these products those that were not given yet and are still wanted.
    pub(crate) fn new_ones(&mut self, mut items: Vec<Sourced<Arc<Item>>>) -> Vec<Sourced<Arc<Item>>> {
        let wanted = self.bounds.items - self.seen.len();
        items.retain(|item| self.seen.insert(item.value.asin));
        self.is_cut = items.len() > wanted;
        for left_out in items.drain(wanted.min(items.len())..) {
            self.seen.remove(&left_out.value.asin);
        }
        items
    }

    /// The page to go on with, after the last one whose products were taken. None where some of those were left out: they
    /// would be skipped.
    pub(crate) fn go_on_with(&self, next: Option<u32>) -> Option<u32> {
        next.filter(|_| !self.is_cut)
    }

    /// How many products were given.
    pub(crate) fn given(&self) -> usize {
        self.seen.len()
    }

    /// Why there is no getting on; `None` at a good end.
    pub(crate) fn into_failure(self) -> Option<Failure> {
        self.failed.map(Failure::of_options)
    }
}

/// That this page, the first one asked for, is none.
pub(crate) fn past_the_last(page: u32) -> String {
    format!("page {page} is past the last")
}

/// Says that what comes from this page on is missing in the answer, and why.
pub(crate) fn tell_missing(
    page: u32,
    failure: Failure,
    count: &mut Count,
    output: &mut Output,
) -> CommandResult<()> {
    let failure = failure
        .with_hint(format!("what was found before is given; page {page} and those after it are missing"));
    count.failed(failure.kind());
    output.failure(&failure);
    if output.json {
        let input = format!("page {page}");
        output.json_line(&MissingLine::new(MissingJson::new(&input, &failure)))?;
    }
    Ok(())
}
