//! The variations of a product, page by page, for people and for programs.

use linkwright_sdk::core::{
    Asin, ItemView, Perishable, RequestContext, Source, Sourced, VariationSummary, VariationsPage,
};
use linkwright_sdk::zero::Page;
use serde::Serialize;

use super::{VariationsArgs, summary};
use crate::asking::link_to;
use crate::exit::{Count, Outcome};
use crate::failure::{CommandResult, Failure};
use crate::json::{DegradedJson, ItemJson};
use crate::output::Output;
use crate::paging::{Pages, past_the_last, tell_missing};
use crate::printable::printable;
use crate::product_table::ProductTable;
use crate::world::World;

#[derive(Serialize)]
struct PageLine<'a> {
    format: u8,
    page: PageJson<'a>,
}

/// What page follows. `items` is how many lines of products do.
#[derive(Serialize)]
struct PageJson<'a> {
    marketplace: &'static str,
    number: u32,
    items: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<u32>,
    product_url: &'a str,
    source: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fetched_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    degraded: Option<DegradedJson>,
}

/// What was answered so far.
pub(super) struct Answer<'a> {
    args: &'a VariationsArgs,
    context: &'a RequestContext,
    asin: Asin,
    /// The page that comes next.
    number: u32,
    product_url: Option<String>,
    summary: Option<Perishable<VariationSummary>>,
    next: Option<u32>,
    /// Whether the first answer is the link alone.
    link_only: bool,
    table: ProductTable,
    given: usize,
    count: Count,
}

impl<'a> Answer<'a> {
    pub(super) fn new(args: &'a VariationsArgs, context: &'a RequestContext, asin: Asin) -> Self {
        Self {
            args,
            context,
            asin,
            number: args.page.unwrap_or(1),
            product_url: None,
            summary: None,
            next: None,
            link_only: false,
            table: ProductTable::default(),
            given: 0,
            count: Count::default(),
        }
    }

    /// For a person who waits for several pages.
    pub(super) fn show_progress(&self, pages: &Pages<'_, VariationsPage>, output: &Output) {
        let progress = output.progress();
        if progress.is_seen() && !self.args.pages.is_one_page() {
            progress.show(&format!("page {}, {} variations so far", self.number, pages.given()));
        }
    }

    /// The page that comes next, if one came before it.
    pub(super) fn later_page(&self) -> Option<u32> {
        self.product_url.as_ref().map(|_| self.number)
    }

    /// Takes a page: lines of JSON at once, rows for the table at the end.
    pub(super) fn page(
        &mut self,
        page: Sourced<VariationsPage>,
        pages: &mut Pages<'_, VariationsPage>,
        world: &World,
        output: &mut Output,
    ) -> CommandResult<()> {
        let Sourced { value, source, fetched_at, degraded, .. } = page;
        self.count.answered();
        if degraded.is_some() && self.args.api.fail_on_degraded() {
            self.count.degraded();
        }
        let url = match value.product_url {
            Some(url) => url,
            // The API gives none.
            None => link_to(&Page::Product(self.asin), self.context)?,
        };
        let items = pages.new_ones(value.items);
        let now = world.clock.now();
        let first_summary = value.summary.filter(|_| self.summary.is_none());
        if output.json {
            let asin = self.asin.as_str();
            if let Some(line) = first_summary.as_ref().and_then(|summary| summary::json(asin, summary, now)) {
                output.json_line(&line)?;
            }
            output.json_line(&PageLine {
                format: 1,
                page: PageJson {
                    marketplace: self.context.marketplace.code(),
                    number: self.number,
                    items: items.len(),
                    next: pages.go_on_with(value.next_page),
                    product_url: &url,
                    source: source.as_str(),
                    fetched_at: fetched_at.map(|at| at.to_string()),
                    degraded: degraded.map(DegradedJson::new),
                },
            })?;
            for item in &items {
                output.json_line(&ItemJson::new(self.context.marketplace, ItemView::new(item, now)))?;
            }
        } else {
            items.iter().for_each(|item| self.table.add(item, now));
        }
        self.given += items.len();
        self.summary = self.summary.take().or(first_summary);
        if self.product_url.is_none() {
            self.link_only = source == Source::Zero;
            self.product_url = Some(url);
        }
        self.next = value.next_page;
        self.number = value.next_page.unwrap_or(self.number);
        Ok(())
    }

    pub(super) fn finish(
        mut self,
        failed: Option<Failure>,
        world: &World,
        output: &mut Output,
    ) -> CommandResult<Outcome> {
        let is_whole = failed.is_none();
        if let Some(failure) = failed {
            if self.product_url.is_none() {
                return Err(failure);
            }
            tell_missing(self.number, failure, &mut self.count, output)?;
        }
        if !output.json {
            self.print(world, output)?;
        }
        if let Some(first) = self.args.page.filter(|first| *first > 1)
            && self.given == 0
            && is_whole
            && !self.link_only
        {
            output.status(&past_the_last(first));
        }
        if let Some(next) = self.next.filter(|_| self.args.pages.is_one_page()) {
            output.hint(&format!("the next page: `--page {next}`, all of them: `--all`"));
        }
        Ok(self.count.outcome())
    }

    fn print(&mut self, world: &World, output: &mut Output) -> CommandResult<()> {
        let width = world.table_width();
        if let Some(summary) = &self.summary {
            let shown = summary::lines(self.asin.as_str(), summary, world.clock.now(), width);
            if shown.priced {
                self.table.mention(&summary.fetched_at().to_string());
            }
            for (name, said) in summary::names(summary, world.clock.now()) {
                self.table.name(name, said);
            }
            for line in &shown.lines {
                output.line(line)?;
            }
            if !shown.lines.is_empty() {
                output.line("")?;
            }
        }
        if !self.table.is_empty() {
            self.table.print(width, self.args.links, output)?;
        }
        self.table.print_times(output)?;
        if self.summary.is_some() || !self.table.is_empty() {
            output.line("")?;
        }
        output.line(&printable(self.product_url.as_deref().unwrap_or_default()))
    }
}
