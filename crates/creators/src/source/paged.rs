//! One page of a list: searches and variations.

use std::sync::Arc;

use linkwright_core::{
    Asin, ErrorKind, GetVariations, Item, RequestContext, Result, SearchItems, SearchPage, Source, Sourced,
    Timestamp, VariationsPage,
};

use super::CreatorsSource;
use crate::convert;
use crate::request::{GetVariationsRequest, SearchItemsRequest};
use crate::wire::{self, PartialError, Unreadable};

impl CreatorsSource {
    pub(super) async fn search(
        &self,
        context: &RequestContext,
        search: SearchItems,
    ) -> Result<Sourced<SearchPage>> {
        let request = SearchItemsRequest::new(context, search)?;
        let answered = self.client.search_items(context, &request).await;
        let at = self.client.clock().now();
        let answer = match answered {
            Ok(answer) => answer,
            // Amazon answers a search without results, and a page after the last, with 404.
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Ok(Sourced::fetched(SearchPage::default(), Source::Creators, at));
            }
            Err(error) => return Err(error),
        };
        let total = answer.total_result_count.and_then(|count| count.to_u64());
        let is_full = answer.items.len() + answer.unreadable.len() >= request.page_size() as usize;
        let may_follow =
            total.is_none_or(|total| total > u64::from(request.page()) * u64::from(request.page_size()));
        let mut page = SearchPage::default();
        page.next_page = request
            .page()
            .checked_add(1)
            .filter(|next| is_full && may_follow && *next <= SearchItemsRequest::LAST_PAGE);
        page.search_url = answer.search_url.filter(|url| !url.is_empty());
        page.total = total;
        page.refinements = answer.search_refinements.map(convert::refinements).unwrap_or_default();
        page.items = items(answer.items, at);
        if let Some(least) = request.search.saving_to_recheck() {
            page.items.retain(|item| saves(&item.value, least, at));
        }
        mention("searchItems", &answer.unreadable, &answer.errors);
        Ok(Sourced::fetched(page, Source::Creators, at))
    }

    pub(super) async fn variations(
        &self,
        context: &RequestContext,
        variations: GetVariations,
    ) -> Result<Sourced<VariationsPage>> {
        let request = GetVariationsRequest::new(context, variations)?;
        let answered = self.client.get_variations(context, &request).await;
        let at = self.client.clock().now();
        let answer = match answered {
            Ok(answer) => answer,
            // A page after the last. Of the first it says that there are no variations, or no product.
            Err(error) if error.kind() == ErrorKind::NotFound && request.page() > 1 => {
                return Ok(Sourced::fetched(VariationsPage::default(), Source::Creators, at));
            }
            Err(error) => return Err(error),
        };
        let summary = answer.variation_summary.map(convert::variation_summary);
        let is_full = answer.items.len() + answer.unreadable.len() >= request.page_size() as usize;
        let may_follow = match summary.as_ref().and_then(|summary| summary.page_count) {
            Some(pages) => pages > u64::from(request.page()),
            None => is_full,
        };
        let mut page = VariationsPage::default();
        page.next_page = request.page().checked_add(1).filter(|_| may_follow);
        page.summary = summary.map(|summary| summary.fetched(at));
        page.items = items(answer.items, at);
        mention("getVariations", &answer.unreadable, &answer.errors);
        Ok(Sourced::fetched(page, Source::Creators, at))
    }
}

/// The items that have an ASIN and a link.
fn items(items: Vec<wire::Item>, at: Timestamp) -> Vec<Sourced<Arc<Item>>> {
    let item = |item: wire::Item| {
        let asin = Asin::parse(item.asin.as_deref()?).ok()?;
        Some(Sourced::fetched(Arc::new(convert::item(asin, item, at)?), Source::Creators, at))
    };
    items.into_iter().filter_map(item).collect()
}

/// Whether the offer that is shown saves at least so much.
fn saves(item: &Item, least: u32, at: Timestamp) -> bool {
    let percent = item.saving(at).and_then(|saving| saving.percent);
    percent.is_some_and(|percent| percent >= u64::from(least))
}

/// What a page lacks has no place in it: nobody asked for that product in particular.
fn mention(operation: &'static str, unreadable: &[Unreadable], errors: &[PartialError]) {
    for broken in unreadable {
        tracing::warn!(error = %broken.error, hint = broken.error.hint(), "a product of {operation} is left out");
    }
    for error in errors {
        let code = error.code.as_deref().unwrap_or("none");
        tracing::debug!(code, "{operation} says what is not shown");
    }
}
