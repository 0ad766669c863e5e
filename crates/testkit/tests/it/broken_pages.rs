//! The broken source's pages and categories.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use linkwright_core::{
    Batch, BrowseNodeId, BrowseNodePage, Error, ErrorKind, GetBrowseNodes, GetVariations, Item,
    ProductSourceExt as _, RequestContext, Result, SearchItems, SearchPage, Source, Sourced, VariationsPage,
};

use crate::broken_source::{BrokenSource, Fault, relived};

const DAY: u64 = 24 * 3600;

/// The parts of a page of either kind that can be spoilt.
struct Parts<'a> {
    items: &'a mut Vec<Sourced<Arc<Item>>>,
    next_page: &'a mut Option<u32>,
    /// The page that was asked for.
    asked: u32,
}

impl BrokenSource {
    /// Which page is asked for in place of this one.
    fn spoil_number(&self, page: Option<u32>) -> Option<u32> {
        match self.fault {
            Fault::PagesRepeatTheFirst => Some(1),
            Fault::PagesAreCountedByCalls => Some(self.page_calls.fetch_add(1, Ordering::Relaxed) + 1),
            _ => page,
        }
    }

    fn spoil_page(&self, context: &RequestContext, parts: Parts<'_>) -> Result<()> {
        let Parts { items, next_page, asked } = parts;
        match self.fault {
            Fault::PagesNeverEnd => *next_page = Some(asked + 1),
            Fault::PagesGoBack if asked > 1 => *next_page = Some(1),
            Fault::PageAfterTheLastIsAnError if items.is_empty() && asked > 1 => {
                return Err(Error::new(ErrorKind::NotFound, "page", "there is no such page"));
            }
            Fault::PagesAreTooLong => items.extend(items.clone()),
            Fault::ItemsOnPagesHaveNoTag => {
                for item in items.iter_mut() {
                    let url = &mut Arc::make_mut(&mut item.value).detail_page_url;
                    url.truncate(url.find('?').unwrap_or(url.len()));
                }
            }
            Fault::OffersOnPagesLiveForADay => {
                for item in items.iter_mut() {
                    let item = Arc::make_mut(&mut item.value);
                    item.offers = relived(item.offers.as_ref(), DAY);
                }
            }
            _ => {}
        }
        let spoilt = items.drain(..).map(|item| self.spoil_item(context, item)).collect();
        *items = spoilt;
        Ok(())
    }

    /// A place in the shop, as a source of links writes it.
    fn link(&self, context: &RequestContext, place: &str, untagged: Fault) -> String {
        let url = format!("https://{}/{place}", context.marketplace.host());
        match context.tag() {
            Some(tag) if self.fault != untagged => format!("{url}&tag={tag}"),
            None if self.fault == Fault::SearchLinksHaveATagUnasked => format!("{url}&tag=ours-20"),
            _ => url,
        }
    }

    pub(crate) async fn search(
        &self,
        context: &RequestContext,
        asked: SearchItems,
    ) -> Result<Sourced<SearchPage>> {
        match self.fault {
            Fault::SearchIsEmptyWhenUnsupported => {
                return Ok(Sourced::made_here(SearchPage::default(), Source::Zero));
            }
            Fault::SearchFindsNothing => return self.inner.search(context, "nothing of the kind").await,
            _ => {}
        }
        if self.fault.is_of_a_link_source() {
            let words = asked.words();
            let escaped: String = match self.fault {
                Fault::SearchWordsAreNotEscaped => words,
                _ => words.bytes().map(|byte| format!("%{byte:02X}")).collect(),
            };
            let url = self.link(context, &format!("s?k={escaped}"), Fault::SearchLinksHaveNoTag);
            return Ok(Sourced::made_here(SearchPage::link_only(url), Source::Zero));
        }
        let number = self.spoil_number(asked.item_page);
        let asked_for = asked.item_page.unwrap_or(1);
        let mut page = self.inner.run(context, asked.page(number.unwrap_or(1))).await?;
        if self.fault == Fault::EmptySearchIsAnError && page.value.items.is_empty() {
            return Err(Error::new(ErrorKind::NotFound, "search_items", "nothing found"));
        }
        let SearchPage { items, next_page, .. } = &mut page.value;
        self.spoil_page(context, Parts { items, next_page, asked: asked_for })?;
        if self.fault == Fault::PagesHaveNoTime {
            page.fetched_at = None;
        }
        Ok(page)
    }

    pub(crate) async fn variations(
        &self,
        context: &RequestContext,
        asked: GetVariations,
    ) -> Result<Sourced<VariationsPage>> {
        if self.fault.is_of_a_link_source() {
            self.inner.variations(context, asked.asin).await?;
            let url = self.link(context, &format!("dp/{}?th=1", asked.asin), Fault::VariationLinksHaveNoTag);
            return Ok(Sourced::made_here(VariationsPage::link_only(url), Source::Zero));
        }
        let number = self.spoil_number(asked.variation_page);
        let asked_for = asked.variation_page.unwrap_or(1);
        let mut page = match self.inner.run(context, asked.page(number.unwrap_or(1))).await {
            Err(error) if self.fault == Fault::NoVariationsAreAnEmptyPage => {
                assert_eq!(error.kind(), ErrorKind::NotFound);
                return Ok(Sourced::made_here(VariationsPage::default(), Source::Zero));
            }
            answer => answer?,
        };
        if self.fault == Fault::SummariesLiveForADay {
            page.value.summary = relived(page.value.summary.as_ref(), DAY);
        }
        let VariationsPage { items, next_page, .. } = &mut page.value;
        self.spoil_page(context, Parts { items, next_page, asked: asked_for })?;
        Ok(page)
    }

    pub(crate) async fn browse_nodes(
        &self,
        context: &RequestContext,
        asked: GetBrowseNodes,
    ) -> Result<Batch<BrowseNodePage, BrowseNodeId>> {
        let mut ids = asked.ids;
        match self.fault {
            Fault::CategoriesAreSorted => ids.sort(),
            Fault::OnlyTheFirstTenCategoriesAreAnswered => ids.truncate(10),
            Fault::NoCategoriesAreRefused if ids.is_empty() => {
                return Err(Error::new(ErrorKind::RequestInvalid, "get_browse_nodes", "no keys"));
            }
            _ => {}
        }
        let batch = self.inner.browse_nodes(context, &ids).await?;
        if self.fault == Fault::UnknownCategoryFailsTheRequest && !batch.missing().is_empty() {
            return Err(Error::new(ErrorKind::NotFound, "get_browse_nodes", "one of them is unknown"));
        }
        if self.fault == Fault::MissingCategoriesAreDropped {
            ids.retain(|id| batch.get(id).is_some());
        }
        let first = batch.found().first().map(|(_, page)| page.clone());
        Ok(Batch::collect(ids, |id| match (batch.get(id), batch.missing_reason(id), &first) {
            (Some(_), _, Some(first)) if self.fault == Fault::CategoriesAreMixedUp => Ok(first.clone()),
            (Some(page), ..) => Ok(self.spoil_category(context, *id, page)),
            (None, reason, _) => Err(reason.cloned().expect("every category is accounted for")),
        }))
    }

    fn spoil_category(
        &self,
        context: &RequestContext,
        id: BrowseNodeId,
        page: &Sourced<Arc<BrowseNodePage>>,
    ) -> Sourced<Arc<BrowseNodePage>> {
        if self.fault.is_of_a_link_source() {
            let url = self.link(context, &format!("b?node={id}"), Fault::CategoryLinksHaveNoTag);
            return Sourced::made_here(Arc::new(BrowseNodePage::link_only(url)), Source::Zero);
        }
        let mut page = page.clone();
        let inside = Arc::make_mut(&mut page.value);
        match self.fault {
            Fault::CategoriesLiveForADay => inside.node = relived(inside.node.as_ref(), DAY),
            Fault::CategoriesAreEmpty => inside.node = None,
            _ => {}
        }
        page
    }
}
