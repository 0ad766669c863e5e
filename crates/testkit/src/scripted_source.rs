//! A source that answers as one with a service behind it does, from a list.
//!
//! It knows some products only, has Amazon's words, pictures and offers for them with their times, and cannot search. So
//! it is what a link-only source is not, and a layer can be tried on both.

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{
    Answer, Asin, Availability, AvailabilityKind, Batch, Error, ErrorKind, Image, ImageOwner, Item,
    MissingReason, Money, Offer, Offers, Price, ProductSource, Query, RequestContext, Result, ShopInfo,
    Source, SourceCapabilities, SourceInfo, Sourced, Timestamp,
};

/// Finds the products it was given, each with a title, a picture and an offer, all fetched at one moment.
///
/// ```
/// use futures_util::FutureExt;
/// use linkwright_core::{Account, Asin, ItemView, Marketplace, ProductSourceExt, RequestContext, Timestamp};
/// use linkwright_testkit::ScriptedSource;
///
/// let (known, unknown) = (Asin::parse("B08N5WRWNW")?, Asin::parse("B000000000")?);
/// let fetched = Timestamp::from_unix_seconds(0);
/// let source = ScriptedSource::new([known], fetched);
/// let context = RequestContext::untagged(Account::new("main"), Marketplace::Us);
/// let batch = source.get_items(&context, &[known, unknown]).now_or_never().expect("it never waits")?;
/// assert!(batch.missing_reason(unknown).is_some());
/// let item = batch.get(known).expect("it is known");
/// assert_eq!(ItemView::new(item, fetched).title, Some("Product B08N5WRWNW"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct ScriptedSource {
    known: HashSet<Asin>,
    fetched_at: Timestamp,
}

impl ScriptedSource {
    /// A source that knows these products, and says it fetched them at this moment.
    pub fn new(known: impl IntoIterator<Item = Asin>, fetched_at: Timestamp) -> Self {
        Self { known: known.into_iter().collect(), fetched_at }
    }

    fn item(&self, context: &RequestContext, asin: Asin) -> Result<Sourced<Arc<Item>>, MissingReason> {
        if !self.known.contains(&asin) {
            return Err(MissingReason::NotFound);
        }
        let shop = context.marketplace;
        let mut url = format!("https://{}/dp/{asin}", shop.host());
        if let Some(tag) = context.tag() {
            url = format!("{url}?tag={tag}");
        }
        let mut item = Item::new(asin, url);
        let picture = format!("https://m.media-amazon.com/images/I/{asin}.jpg");
        let picture = Image::new(picture, ImageOwner::Amazon).with_size(500, 500);
        let info = ShopInfo::new(Some(format!("Product {asin}")), Some(picture));
        item.shop_info = Some(info.fetched(self.fetched_at));
        let currency = shop.currency();
        let price = Money::new("39.99", currency, format!("{currency} 39.99"));
        let availability = Availability::new(Some(AvailabilityKind::InStock), Some("In Stock".to_owned()));
        let offer = Offer::new(Some(Price::new(price)), Some(availability));
        item.offers = Some(Offers::new(vec![offer]).fetched(self.fetched_at));
        Ok(Sourced::fetched(Arc::new(item), Source::Creators, self.fetched_at))
    }
}

#[async_trait]
impl ProductSource for ScriptedSource {
    fn info(&self) -> SourceInfo {
        SourceInfo::new("scripted")
    }

    fn capabilities(&self) -> SourceCapabilities {
        let mut capabilities = SourceCapabilities::NONE;
        capabilities.get_items = true;
        capabilities.offers = true;
        capabilities
    }

    async fn call(&self, context: &RequestContext, query: Query) -> Result<Answer> {
        context.cancellation.check(query.name())?;
        match query {
            Query::GetItems(request) => {
                Ok(Answer::Items(Batch::collect(request.asins, |asin| self.item(context, *asin))))
            }
            other => {
                let message = format!("a scripted source cannot answer: `{}`", other.name());
                Err(Error::new(ErrorKind::Unsupported, other.name(), message).with_origin("scripted"))
            }
        }
    }
}
