//! A source that answers as one with a service behind it does, from a list.
//!
//! It knows some products and categories only, and has Amazon's words, pictures and offers for them with their times. So it
//! is what a link-only source is not, and a layer can be tried on both.

use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{
    Answer, Asin, Availability, AvailabilityKind, Batch, BrowseNode, BrowseNodeId, BrowseNodePage, Error,
    ErrorKind, GetVariations, Image, ImageOwner, Item, MissingReason, Money, Offer, Offers, Price,
    ProductSource, Query, RequestContext, Result, SearchItems, SearchPage, ShopInfo, Source,
    SourceCapabilities, SourceInfo, Sourced, Timestamp, VariationSummary, VariationsPage,
};

/// Finds the products it was given, each with a title, a picture and an offer, all fetched at one moment.
///
/// - A search finds all of them, ten a page or as many as are asked for, whatever the words; but nothing for
///   [`NOTHING`](Self::NOTHING).
/// - The variations of each are all the others. What it does not know has none.
/// - It knows the categories it was given, by their numbers alone.
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
    known: Vec<Asin>,
    known_nodes: Vec<BrowseNodeId>,
    fetched_at: Timestamp,
    capabilities: SourceCapabilities,
}

impl ScriptedSource {
    /// The words a search finds nothing for.
    pub const NOTHING: &str = "nothing of the kind";

    /// A source that knows these products and no categories, and says it fetched them at this moment.
    pub fn new(known: impl IntoIterator<Item = Asin>, fetched_at: Timestamp) -> Self {
        let mut capabilities = SourceCapabilities::NONE;
        capabilities.get_items = true;
        capabilities.search_items = true;
        capabilities.get_variations = true;
        capabilities.get_browse_nodes = true;
        capabilities.offers = true;
        Self { known: known.into_iter().collect(), known_nodes: Vec::new(), fetched_at, capabilities }
    }

    /// The same, but it knows these categories.
    #[must_use]
    pub fn with_browse_nodes(self, ids: impl IntoIterator<Item = BrowseNodeId>) -> Self {
        Self { known_nodes: ids.into_iter().collect(), ..self }
    }

    /// The same, but it answers by number alone: no search, no variations, no categories.
    #[must_use]
    pub fn items_only(self) -> Self {
        let mut capabilities = SourceCapabilities::NONE;
        capabilities.get_items = true;
        capabilities.offers = true;
        Self { capabilities, ..self }
    }

    fn item(&self, context: &RequestContext, asin: Asin) -> Result<Sourced<Arc<Item>>, MissingReason> {
        if !self.known.contains(&asin) {
            return Err(MissingReason::NotFound);
        }
        let shop = context.marketplace;
        let mut item = Item::new(asin, link(context, &format!("dp/{asin}")));
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

    /// These products from the one on which a page begins, and the number of the page after it.
    fn page(
        &self,
        context: &RequestContext,
        products: &[Asin],
        page: Option<u32>,
        count: Option<u32>,
    ) -> (Vec<Sourced<Arc<Item>>>, Option<u32>) {
        let (page, count) = (page.unwrap_or(1).max(1), count.unwrap_or(10).max(1));
        let before = (page - 1).saturating_mul(count) as usize;
        let items = products.iter().skip(before).take(count as usize);
        let items = items.filter_map(|asin| self.item(context, *asin).ok()).collect();
        let more = products.len() > before.saturating_add(count as usize);
        (items, more.then_some(page + 1))
    }

    fn search(&self, context: &RequestContext, search: &SearchItems) -> Sourced<SearchPage> {
        let mut page = SearchPage::default();
        let words = search.words();
        if words != Self::NOTHING {
            let escaped: String = words.bytes().map(|byte| format!("%{byte:02X}")).collect();
            page.search_url = Some(link(context, &format!("s?k={escaped}")));
            page.total = Some(self.known.len() as u64);
            (page.items, page.next_page) =
                self.page(context, &self.known, search.item_page, search.item_count);
        }
        Sourced::fetched(page, Source::Creators, self.fetched_at)
    }

    fn variations(&self, context: &RequestContext, asked: &GetVariations) -> Result<Sourced<VariationsPage>> {
        let others: Vec<Asin> = self.known.iter().copied().filter(|asin| *asin != asked.asin).collect();
        if others.len() == self.known.len() || others.is_empty() {
            let message = format!("there are no variations of: `{}`", asked.asin);
            return Err(Error::new(ErrorKind::NotFound, "get_variations", message).with_origin("scripted"));
        }
        let mut page = VariationsPage::default();
        (page.items, page.next_page) =
            self.page(context, &others, asked.variation_page, asked.variation_count);
        let mut summary = VariationSummary::default();
        summary.variation_count = Some(others.len() as u64);
        page.summary = Some(summary.fetched(self.fetched_at));
        Ok(Sourced::fetched(page, Source::Creators, self.fetched_at))
    }

    fn browse_node(&self, id: BrowseNodeId) -> Result<Sourced<Arc<BrowseNodePage>>, MissingReason> {
        if !self.known_nodes.contains(&id) {
            return Err(MissingReason::NotFound);
        }
        let mut node = BrowseNode::default();
        node.id = Some(id.to_string());
        node.display_name = Some(format!("Category {id}"));
        let page = BrowseNodePage::described(node.fetched(self.fetched_at));
        Ok(Sourced::fetched(Arc::new(page), Source::Creators, self.fetched_at))
    }
}

/// A place in the shop, with the tag.
fn link(context: &RequestContext, place: &str) -> String {
    let url = format!("https://{}/{place}", context.marketplace.host());
    let separator = if place.contains('?') { '&' } else { '?' };
    match context.tag() {
        Some(tag) => format!("{url}{separator}tag={tag}"),
        None => url,
    }
}

#[async_trait]
impl ProductSource for ScriptedSource {
    fn info(&self) -> SourceInfo {
        SourceInfo::new("scripted")
    }

    fn capabilities(&self) -> SourceCapabilities {
        self.capabilities
    }

    async fn call(&self, context: &RequestContext, query: Query) -> Result<Answer> {
        context.cancellation.check(query.name())?;
        let can = self.capabilities;
        match query {
            Query::GetItems(request) if can.get_items => {
                Ok(Answer::Items(Batch::collect(request.asins, |asin| self.item(context, *asin))))
            }
            Query::SearchItems(search) if can.search_items => {
                Ok(Answer::Search(self.search(context, &search)))
            }
            Query::GetVariations(asked) if can.get_variations => {
                self.variations(context, &asked).map(Answer::Variations)
            }
            Query::GetBrowseNodes(request) if can.get_browse_nodes => {
                Ok(Answer::BrowseNodes(Batch::collect(request.ids, |id| self.browse_node(*id))))
            }
            other => {
                let message = format!("this scripted source cannot answer: `{}`", other.name());
                Err(Error::new(ErrorKind::Unsupported, other.name(), message).with_origin("scripted"))
            }
        }
    }
}
