//! A source that breaks one rule of `ProductSource`, as real ones have been seen to.

use std::sync::atomic::AtomicU32;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::{
    Answer, Asin, Batch, Error, ErrorKind, GetItems, Image, ImageOwner, Item, Marketplace, MissingReason,
    PartnerTag, Perishable, ProductSource, Query, RequestContext, Result, SourceCapabilities, SourceInfo,
    Sourced, Timestamp, TradeIn,
};
use linkwright_testkit::{SourceFixture, scripted};

use crate::drive::{drive, yield_once};

/// Which rule is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No rule at all, to see that the wrapper alone breaks nothing.
    Nothing,
    /// No rule either, as a source that gives links only.
    NothingOfALinkSource,
    /// No rule either, as a source that answers by number alone.
    NothingOfAnItemSource,
    MissingAreDropped,
    OrderIsSorted,
    RepeatedKeysAreDropped,
    NoKeysAreRefused,
    OnlyTheFirstTenAreAnswered,
    ItemsAreMixedUp,
    LinksHaveNoTag,
    LinksHaveTwoTags,
    LinksLeadToTheUnitedStates,
    LinksLeadToOneProduct,
    TagIsThereUnasked,
    UnknownFailsTheRequest,
    UnknownIsInvented,
    OffersLiveForADay,
    TradeInLivesForADay,
    OffersAreOverstated,
    OffersAreUnderstated,
    ShopWordsLiveForAWeek,
    ShopPicturesPassForTheAuthors,
    FetchedHasNoTime,
    CancellationIsIgnored,
    SearchLinksHaveNoTag,
    SearchWordsAreNotEscaped,
    SearchLinksHaveATagUnasked,
    SearchIsEmptyWhenUnsupported,
    SearchFindsNothing,
    EmptySearchIsAnError,
    AnswersAnotherQuestion,
    CallersShareTheirKeys,
    PagesRepeatTheFirst,
    PagesNeverEnd,
    PagesGoBack,
    PageAfterTheLastIsAnError,
    PagesAreCountedByCalls,
    PagesAreTooLong,
    PagesHaveNoTime,
    ItemsOnPagesHaveNoTag,
    OffersOnPagesLiveForADay,
    SummariesLiveForADay,
    VariationLinksHaveNoTag,
    NoVariationsAreAnEmptyPage,
    CancelledSearchIsAnswered,
    MissingCategoriesAreDropped,
    CategoriesAreSorted,
    NoCategoriesAreRefused,
    OnlyTheFirstTenCategoriesAreAnswered,
    UnknownCategoryFailsTheRequest,
    CategoriesAreMixedUp,
    CategoriesLiveForADay,
    CategoryLinksHaveNoTag,
    CategoriesAreEmpty,
}

impl Fault {
    /// Whether it is shown on a source that gives links only, instead of one with data.
    pub(crate) fn is_of_a_link_source(self) -> bool {
        matches!(
            self,
            Self::NothingOfALinkSource
                | Self::TagIsThereUnasked
                | Self::OffersAreUnderstated
                | Self::SearchLinksHaveNoTag
                | Self::SearchWordsAreNotEscaped
                | Self::SearchLinksHaveATagUnasked
                | Self::VariationLinksHaveNoTag
                | Self::CategoryLinksHaveNoTag
        )
    }
}

#[derive(Debug)]
pub(crate) struct BrokenSource {
    pub(crate) fault: Fault,
    pub(crate) inner: Arc<dyn ProductSource>,
    /// For the fault of callers who share what they should not.
    last_keys: Mutex<Vec<Asin>>,
    /// For the fault of pages that are counted by calls.
    pub(crate) page_calls: AtomicU32,
}

impl BrokenSource {
    fn spoil_keys(&self, mut keys: Vec<Asin>) -> Vec<Asin> {
        match self.fault {
            Fault::OrderIsSorted => keys.sort(),
            Fault::OnlyTheFirstTenAreAnswered => keys.truncate(10),
            Fault::RepeatedKeysAreDropped => {
                let all = keys.clone();
                keys.retain(|key| all.iter().filter(|other| *other == key).count() == 1);
            }
            _ => {}
        }
        keys
    }

    async fn items(&self, context: &RequestContext, asked: GetItems) -> Result<Batch<Item>> {
        let mut keys = self.spoil_keys(asked.asins);
        if self.fault == Fault::NoKeysAreRefused && keys.is_empty() {
            return Err(Error::new(ErrorKind::RequestInvalid, "get_items", "no keys"));
        }
        if self.fault == Fault::CallersShareTheirKeys {
            *self.last_keys.lock().expect("no test panics while it holds it") = keys;
            yield_once().await;
            keys = self.last_keys.lock().expect("no test panics while it holds it").clone();
        }
        let Answer::Items(batch) = self.inner.call(context, GetItems::new(keys).into()).await? else {
            return Err(Error::new(ErrorKind::Internal, "get_items", "the scripted source is broken"));
        };
        if self.fault == Fault::UnknownFailsTheRequest && !batch.missing().is_empty() {
            return Err(Error::new(ErrorKind::NotFound, "get_items", "one of them is unknown"));
        }
        let first = batch.found().first().map(|(_, item)| item.clone());
        let kept =
            batch.iter().filter(|(_, answer)| answer.is_ok() || self.fault != Fault::MissingAreDropped);
        let kept: Vec<Asin> = kept.map(|(key, _)| *key).collect();
        Ok(Batch::collect(kept, |key| match (batch.get(key), batch.missing_reason(key), &first) {
            (Some(_), _, Some(first)) if self.fault == Fault::ItemsAreMixedUp => Ok(first.clone()),
            (Some(item), ..) => Ok(self.spoil_item(context, item.clone())),
            (None, _, Some(first)) if self.fault == Fault::UnknownIsInvented => Ok(first.clone()),
            (None, reason, _) => Err(reason.cloned().unwrap_or(MissingReason::NotFound)),
        }))
    }

    pub(crate) fn spoil_item(
        &self,
        context: &RequestContext,
        mut sourced: Sourced<Arc<Item>>,
    ) -> Sourced<Arc<Item>> {
        let item = Arc::make_mut(&mut sourced.value);
        let host = context.marketplace.host();
        if self.fault.is_of_a_link_source() && self.fault != Fault::OffersAreUnderstated {
            item.offers = None;
        }
        let url = &mut item.detail_page_url;
        match self.fault {
            Fault::LinksHaveNoTag => url.truncate(url.find('?').unwrap_or(url.len())),
            Fault::LinksHaveTwoTags => url.push_str("&tag=ours-20"),
            Fault::LinksLeadToTheUnitedStates => *url = url.replace(host, Marketplace::Us.host()),
            Fault::LinksLeadToOneProduct => *url = url.replace(item.asin.as_str(), "B000000000"),
            Fault::TagIsThereUnasked if context.tag().is_none() => url.push_str("?tag=ours-20"),
            Fault::OffersLiveForADay => item.offers = relived(item.offers.as_ref(), 24 * 3600),
            Fault::TradeInLivesForADay => {
                let fetched = TradeIn::new(Some(true), None).fetched(Timestamp::from_unix_seconds(0));
                item.trade_in = relived(Some(&fetched), 24 * 3600);
            }
            Fault::OffersAreOverstated => item.offers = None,
            Fault::ShopWordsLiveForAWeek => item.shop_info = relived(item.shop_info.as_ref(), 7 * 24 * 3600),
            Fault::ShopPicturesPassForTheAuthors => {
                item.image = Some(Image::new("https://m.media-amazon.com/i.jpg", ImageOwner::Amazon));
            }
            _ => {}
        }
        if self.fault == Fault::FetchedHasNoTime {
            sourced.fetched_at = None;
        }
        sourced
    }
}

/// The same value with another life.
pub(crate) fn relived<T: Clone>(value: Option<&Perishable<T>>, seconds: u64) -> Option<Perishable<T>> {
    let value = value?;
    let fetched = value.fetched_at();
    Some(Perishable::new(value.at(fetched)?.clone(), fetched, Duration::from_secs(seconds)))
}

#[async_trait]
impl ProductSource for BrokenSource {
    fn info(&self) -> SourceInfo {
        SourceInfo::new("broken")
    }

    fn capabilities(&self) -> SourceCapabilities {
        let mut capabilities = self.inner.capabilities();
        capabilities.search_items &= self.fault != Fault::SearchIsEmptyWhenUnsupported;
        capabilities.offers = !self.fault.is_of_a_link_source();
        capabilities
    }

    async fn call(&self, context: &RequestContext, query: Query) -> Result<Answer> {
        let uncancelled;
        let mut context = context;
        let is_search = matches!(query, Query::SearchItems(_));
        if self.fault == Fault::CancellationIsIgnored
            || (self.fault == Fault::CancelledSearchIsAnswered && is_search)
        {
            let mut copy = context.clone();
            copy.cancellation = linkwright_core::Cancellation::default();
            uncancelled = copy;
            context = &uncancelled;
        }
        context.cancellation.check(query.name())?;
        match query {
            Query::GetItems(_) if self.fault == Fault::AnswersAnotherQuestion => {
                self.inner.call(context, linkwright_core::SearchItems::new("kettle").into()).await
            }
            Query::GetItems(asked) => self.items(context, asked).await.map(Answer::Items),
            Query::SearchItems(asked) => self.search(context, asked).await.map(Answer::Search),
            Query::GetVariations(asked) => self.variations(context, asked).await.map(Answer::Variations),
            Query::GetBrowseNodes(asked) => self.browse_nodes(context, asked).await.map(Answer::BrowseNodes),
            other => self.inner.call(context, other).await,
        }
    }
}

/// A fixture of a source with this fault. It asks a shop other than the United States', where most mistakes lead.
pub(crate) fn broken(fault: Fault) -> Arc<dyn SourceFixture> {
    let tag = PartnerTag::new("broken-21", Marketplace::De).expect("a good tag");
    scripted(tag, |source| {
        let source = if fault == Fault::NothingOfAnItemSource { source.items_only() } else { source };
        Arc::new(BrokenSource {
            fault,
            inner: Arc::new(source),
            last_keys: Mutex::default(),
            page_calls: AtomicU32::new(0),
        })
    })
}

/// Runs one case by its name.
pub(crate) fn run_case(name: &str, fixture: &dyn SourceFixture) -> linkwright_testkit::Outcome {
    let cases = linkwright_testkit::source_cases();
    let case = cases.iter().find(|case| case.name == name).expect("a case of that name");
    assert_eq!((case.needs)(fixture), Ok(()), "{name} does not run with {fixture:?}");
    drive((case.run)(fixture))
}
