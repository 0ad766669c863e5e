//! What a search found, page by page, for people and for programs.

use linkwright_sdk::core::{ItemView, Refinement, RequestContext, SearchPage, Source, Sourced};
use serde::Serialize;

use super::{SearchArgs, refinements};
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
    total: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<u32>,
    search_url: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    refinements: Vec<RefinementJson<'a>>,
    source: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fetched_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    degraded: Option<DegradedJson>,
}

#[derive(Serialize)]
struct RefinementJson<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_name: Option<&'a str>,
    bins: Vec<BinJson<'a>>,
}

#[derive(Serialize)]
struct BinJson<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_name: Option<&'a str>,
}

/// What was found so far.
pub(super) struct Answer<'a> {
    args: &'a SearchArgs,
    context: &'a RequestContext,
    /// The shop's own search as the Zero API links it.
    own_link: String,
    /// The page that comes next.
    number: u32,
    /// The shop's own page for the search, as the first answer has it.
    search_url: Option<String>,
    total: Option<u64>,
    next: Option<u32>,
    refinements: Vec<Refinement>,
    /// Whether the first answer is the link alone.
    link_only: bool,
    /// Whether the link is of the Zero API.
    is_own_link: bool,
    table: ProductTable,
    found: usize,
    count: Count,
}

impl<'a> Answer<'a> {
    pub(super) fn new(
        args: &'a SearchArgs,
        context: &'a RequestContext,
        own_link: String,
        number: u32,
    ) -> Self {
        Self {
            args,
            context,
            own_link,
            number,
            search_url: None,
            total: None,
            next: None,
            refinements: Vec::new(),
            link_only: false,
            is_own_link: false,
            table: ProductTable::default(),
            found: 0,
            count: Count::default(),
        }
    }

    /// For a person who waits for several pages.
    pub(super) fn show_progress(&self, pages: &Pages<'_, SearchPage>, output: &Output) {
        let progress = output.progress();
        if progress.is_seen() && !self.args.pages.is_one_page() {
            progress.show(&format!("page {}, {} products so far", self.number, pages.given()));
        }
    }

    /// The page that comes next, if one came before it.
    pub(super) fn later_page(&self) -> Option<u32> {
        self.search_url.as_ref().map(|_| self.number)
    }

    /// Takes a page: lines of JSON at once, rows for the table at the end.
    pub(super) fn page(
        &mut self,
        page: Sourced<SearchPage>,
        pages: &mut Pages<'_, SearchPage>,
        world: &World,
        output: &mut Output,
    ) -> CommandResult<()> {
        let Sourced { value, source, fetched_at, degraded, .. } = page;
        self.count.answered();
        if degraded.is_some() && self.args.api.fail_on_degraded() {
            self.count.degraded();
        }
        // Amazon gives no link where it found nothing.
        let url = value.search_url.unwrap_or_else(|| self.own_link.clone());
        let items = pages.new_ones(value.items);
        let now = world.clock.now();
        if output.json {
            output.json_line(&PageLine {
                format: 1,
                page: PageJson {
                    marketplace: self.context.marketplace.code(),
                    number: self.number,
                    items: items.len(),
                    total: value.total,
                    next: pages.go_on_with(value.next_page),
                    search_url: &url,
                    refinements: value.refinements.iter().map(refinement).collect(),
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
        self.found += items.len();
        if self.search_url.is_none() {
            self.link_only = source == Source::Zero;
            // Whoever put it there, it holds no filters; Amazon's own has them.
            self.is_own_link = url == self.own_link;
            self.search_url = Some(url);
        }
        self.total = value.total.or(self.total);
        if self.refinements.is_empty() {
            self.refinements = value.refinements;
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
            if self.search_url.is_none() {
                return Err(failure);
            }
            tell_missing(self.number, failure, &mut self.count, output)?;
        }
        if !output.json {
            self.print(world, output)?;
        }
        let found_nothing = self.found == 0 && is_whole && !self.link_only;
        if found_nothing {
            output.status(&self.nothing_found());
        }
        if self.is_own_link {
            let mut left_out = self.args.not_in(&self.own_link);
            // Where that page is none, nobody misses it.
            left_out.retain(|option| *option != "--page" || !found_nothing);
            if !left_out.is_empty() {
                output.warning(&format!(
                    "the link is a search for the words alone, without: `{}`",
                    left_out.join("`, `")
                ));
            }
        }
        self.say_how_to_go_on(output);
        Ok(self.count.outcome())
    }

    fn print(&self, world: &World, output: &mut Output) -> CommandResult<()> {
        let width = world.table_width();
        if !self.table.is_empty() {
            self.table.print(width, self.args.links, output)?;
            self.table.print_times(output)?;
            output.line("")?;
        }
        if !self.refinements.is_empty() {
            for line in refinements::lines(&self.refinements, width) {
                output.line(&line)?;
            }
            output.line("")?;
        }
        let url = self.search_url.as_deref().unwrap_or_default();
        output.line(&printable(url))
    }

    fn nothing_found(&self) -> String {
        let first = self.args.page.unwrap_or(1);
        match self.args.min_saving {
            // Amazon counts what it has, but for a page that is none.
            Some(percent) if self.total > Some(0) => match self.args.pages.is_one_page() {
                true => format!("nothing on page {first} saves {percent} %"),
                false => format!("nothing from page {first} on saves {percent} %"),
            },
            _ if first > 1 => past_the_last(first),
            _ => format!("{} has nothing of this kind", self.context.marketplace.host()),
        }
    }

    fn say_how_to_go_on(&self, output: &mut Output) {
        let Some(next) = self.next.filter(|_| self.args.pages.is_one_page()) else { return };
        let total = self.total.map_or_else(String::new, |total| format!("{total} products in all; "));
        output.hint(&format!("{total}the next page: `--page {next}`, all that can be had: `--all`"));
    }
}

fn refinement(refinement: &Refinement) -> RefinementJson<'_> {
    RefinementJson {
        id: &refinement.id,
        display_name: refinement.display_name.as_deref(),
        bins: refinement
            .bins
            .iter()
            .map(|bin| BinJson { id: &bin.id, display_name: bin.display_name.as_deref() })
            .collect(),
    }
}
