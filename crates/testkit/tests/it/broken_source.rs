//! A source that breaks one rule of `ProductSource`, as real ones have been seen to.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::{
    Answer, Asin, Batch, Error, ErrorKind, GetItems, Image, ImageOwner, Item, Marketplace, MissingReason,
    PartnerTag, Perishable, ProductSource, Query, RequestContext, Result, SearchPage, SourceCapabilities,
    SourceInfo, Sourced,
};
use linkwright_testkit::{SourceFixture, scripted};

use crate::drive::{drive, yield_once};

/// Which rule is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No rule at all, to see that the wrapper alone breaks nothing.
    Nothing,
    /// No rule either, as a source that gives links only and can search.
    NothingOfALinkSource,
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
    OffersAreOverstated,
    OffersAreUnderstated,
    ShopWordsLiveForAWeek,
    ShopPicturesPassForTheAuthors,
    FetchedHasNoTime,
    CancellationIsIgnored,
    SearchLinksHaveNoTag,
    SearchWordsAreNotEscaped,
    AnswersAnotherQuestion,
    SearchIsEmptyWhenUnsupported,
    CallersShareTheirKeys,
}

impl Fault {
    /// Whether it is shown on a source that gives links only and can search, instead of one with data.
    fn is_of_a_link_source(self) -> bool {
        matches!(
            self,
            Self::NothingOfALinkSource
                | Self::TagIsThereUnasked
                | Self::OffersAreUnderstated
                | Self::SearchLinksHaveNoTag
                | Self::SearchWordsAreNotEscaped
        )
    }
}

#[derive(Debug)]
struct BrokenSource {
    fault: Fault,
    inner: Arc<dyn ProductSource>,
    /// For the fault of callers who share what they should not.
    last_keys: Mutex<Vec<Asin>>,
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

    fn spoil_item(&self, context: &RequestContext, mut sourced: Sourced<Arc<Item>>) -> Sourced<Arc<Item>> {
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

    fn search_url(&self, context: &RequestContext, words: &str) -> String {
        let escaped: String = match self.fault {
            Fault::SearchWordsAreNotEscaped => words.to_owned(),
            _ => words.bytes().map(|byte| format!("%{byte:02X}")).collect(),
        };
        let mut url = format!("https://{}/s?k={escaped}", context.marketplace.host());
        if let Some(tag) = context.tag().filter(|_| self.fault != Fault::SearchLinksHaveNoTag) {
            url = format!("{url}&tag={tag}");
        }
        url
    }
}

/// The same value with another life.
fn relived<T: Clone>(value: Option<&Perishable<T>>, seconds: u64) -> Option<Perishable<T>> {
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
        capabilities.search_items = self.fault.is_of_a_link_source();
        capabilities.offers = !self.fault.is_of_a_link_source();
        capabilities
    }

    async fn call(&self, context: &RequestContext, query: Query) -> Result<Answer> {
        let uncancelled;
        let mut context = context;
        if self.fault == Fault::CancellationIsIgnored {
            let mut copy = context.clone();
            copy.cancellation = linkwright_core::Cancellation::default();
            uncancelled = copy;
            context = &uncancelled;
        }
        context.cancellation.check(query.name())?;
        match query {
            Query::GetItems(_) if self.fault == Fault::AnswersAnotherQuestion => {
                Ok(Answer::Search(SearchPage::link_only(self.search_url(context, "kettle"))))
            }
            Query::GetItems(asked) => self.items(context, asked).await.map(Answer::Items),
            Query::SearchItems(asked) if self.capabilities().search_items => {
                Ok(Answer::Search(SearchPage::link_only(self.search_url(context, &asked.keywords))))
            }
            Query::SearchItems(_) if self.fault == Fault::SearchIsEmptyWhenUnsupported => {
                Ok(Answer::Search(SearchPage::link_only(String::new())))
            }
            other => self.inner.call(context, other).await,
        }
    }
}

/// A fixture of a source with this fault. It asks a shop other than the United States', where most mistakes lead.
pub(crate) fn broken(fault: Fault) -> Arc<dyn SourceFixture> {
    let tag = PartnerTag::new("broken-21", Marketplace::De).expect("a good tag");
    scripted(tag, |source| {
        Arc::new(BrokenSource { fault, inner: Arc::new(source), last_keys: Mutex::default() })
    })
}

/// Runs one case by its name.
pub(crate) fn run_case(name: &str, fixture: &dyn SourceFixture) -> linkwright_testkit::Outcome {
    let cases = linkwright_testkit::source_cases();
    let case = cases.iter().find(|case| case.name == name).expect("a case of that name");
    assert_eq!((case.needs)(fixture), Ok(()), "{name} does not run with {fixture:?}");
    drive((case.run)(fixture))
}
