//! What may be shown of an item at one moment.

use serde::Serialize;

use crate::{
    Asin, BrowseNodeInfo, CategoryRank, CustomerReviews, Deal, Images, Item, ItemDetails, Merchant, Offer,
    Offers, Perishable, Price, ShopInfo, Sourced, Timestamp, TradeIn,
};

/// The words Amazon wants next to a price or availability (Associates Program Policies, as of 2026-04-14).
pub const PRICE_DISCLAIMER: &str = "Product prices and availability are accurate as of the date/time indicated and are \
     subject to change. Any price and availability information displayed on Amazon at the time of purchase will apply \
     to the purchase of this product.";

/// What may be shown of an item at one moment: the only way from an [`Item`] to an output.
///
/// The shop's words and pictures past their day, and a price past its hour, are not there at all; an offer within its
/// time comes with its time stamp and disclaimer, and so does what the shop pays for a used one. The author's own words
/// and picture are always there. Make a view when it is needed: what it lends was true at its `now`.
///
/// In JSON, a member with a name of Amazon's (`detailPageURL`, `parentASIN`, `images`) has the form it has there. Other
/// members are Linkwright's own, flatter than Amazon's: `details` for `itemInfo`, `categories` for `browseNodeInfo`,
/// `reviews` for `customerReviews`, `offer` for `offersV2`, `trade_in` for `itemInfo.tradeInInfo`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ItemView<'a> {
    /// The product's number.
    pub asin: Asin,
    /// The number of the product of which this one is a variation.
    #[serde(rename = "parentASIN", skip_serializing_if = "Option::is_none")]
    pub parent_asin: Option<Asin>,
    /// The link to the product's page.
    #[serde(rename = "detailPageURL")]
    pub detail_page_url: &'a str,
    /// The title: the author's own, or the shop's if it is still within its time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'a str>,
    /// Who it is by: authors and the like, else the brand, else the manufacturer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// The brand, else the manufacturer, else whoever is named first of those who made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<&'a str>,
    /// The EAN, if its check digit is right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ean: Option<&'a str>,
    /// The ISBN with 13 digits, if its check digit is right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub isbn: Option<String>,
    /// The UPC, if its check digit is right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upc: Option<&'a str>,
    /// The address of a picture: the author's own, or the shop's if it is still within its time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<&'a str>,
    /// The author's own remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'a str>,
    /// Whether it is in stock; not there where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_stock: Option<bool>,
    /// The offer a reader sees first, if it is still within its time: [`Offers::to_show`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer: Option<OfferView<'a>>,
    /// The others, if there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_offers: Vec<OfferView<'a>>,
    /// What the shop pays for a used one, if that is still within its time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trade_in: Option<TradeInView<'a>>,
    /// The shop's pictures in all sizes asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub images: Option<&'a Images>,
    /// What else the shop says of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<&'a ItemDetails>,
    /// What readers think of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviews: Option<&'a CustomerReviews>,
    /// The categories it is in and its rank there, if they are still within their time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub categories: Option<&'a BrowseNodeInfo>,
    /// The names of the categories from the root down to the one that says most of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub browse_path: Vec<&'a str>,
    /// How it sells in the whole shop, or else where it sells best.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_rank: Option<CategoryRank<'a>>,
    /// Who gave the item.
    pub source: &'static str,
    /// When it was fetched, in RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetched_at: Option<String>,
    /// The first moment at which something in this view may no longer be shown, in RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// Why it is less than asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub degraded: Option<DegradedView>,
}

/// An offer within its time, with what must stand beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OfferView<'a> {
    /// The price as the shop writes it. The shop may not tell: some manufacturers forbid that it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<&'a str>,
    /// The exact amount, as a decimal text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<&'a str>,
    /// The ISO 4217 code of the amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<&'a str>,
    /// The price of a unit, as the shop writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_per_unit: Option<&'a str>,
    /// What is saved, as the shop writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saving: Option<&'a str>,
    /// The same in percent: the shop's figure, else computed and rounded down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saving_percent: Option<u64>,
    /// The price the saving is counted from, as the shop writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saving_basis: Option<&'a str>,
    /// What kind of price that is, in the shop's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saving_basis_label: Option<&'a str>,
    /// Whether it can be had, in the shop's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub availability: Option<&'a str>,
    /// The same in a word for programs: `IN_STOCK`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub availability_type: Option<&'a str>,
    /// New, used or refurbished.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<&'a str>,
    /// The deal it is part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deal: Option<&'a Deal>,
    /// Whether that deal runs at the moment of the view.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deal_is_running: Option<bool>,
    /// When that deal ends, in RFC 3339, if it has an end that can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deal_ends: Option<String>,
    /// Who sells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merchant: Option<&'a Merchant>,
    /// The points that come with it, in Japan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loyalty_points: Option<u64>,
    /// What kind of offer it is; most have none.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'a str>,
    /// The moment the offer was true, in RFC 3339.
    pub as_of: String,
    /// The first moment it may no longer be shown, in RFC 3339.
    pub expires: String,
    /// The words that must stand beside it.
    pub disclaimer: &'static str,
}

/// What the shop pays for a used one, within its time, with what must stand beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TradeInView<'a> {
    /// Whether it takes it at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_eligible: Option<bool>,
    /// What it pays, as the shop writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<&'a str>,
    /// The exact amount, as a decimal text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<&'a str>,
    /// The ISO 4217 code of the amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<&'a str>,
    /// The moment it was true, in RFC 3339.
    pub as_of: String,
    /// The first moment it may no longer be shown, in RFC 3339.
    pub expires: String,
    /// The words that must stand beside it.
    pub disclaimer: &'static str,
}

/// Why an item is less than asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[allow(unnameable_types, reason = "reached only through the public field of `ItemView`")]
pub struct DegradedView {
    /// The reason's stable name.
    pub reason: &'static str,
}

impl<'a> ItemView<'a> {
    /// What may be shown of `item` at `now`.
    pub fn new<T: AsRef<Item>>(item: &'a Sourced<T>, now: Timestamp) -> Self {
        let value = item.value.as_ref();
        let (info, offers, nodes) = (&value.shop_info, &value.offers, &value.browse_node_info);
        let shown = Shown {
            info: at(info, now),
            offers: at(offers, now),
            trade_in: at(&value.trade_in, now),
            nodes: at(nodes, now),
        };
        let details = shown.info.map(|info| &info.details).filter(|details| !details.is_empty());
        let (offer, other_offers) = offers.as_ref().map_or((None, Vec::new()), |offers| views(offers, now));
        Self {
            asin: value.asin,
            parent_asin: value.parent_asin,
            detail_page_url: &value.detail_page_url,
            title: value.title_at(now),
            byline: details.and_then(ItemDetails::byline),
            brand: value.brand(now),
            ean: value.ean(now),
            isbn: value.isbn(now).map(|isbn| isbn.to_string()),
            upc: value.upc(now),
            image: value.image_at(now).map(|image| image.url.as_str()),
            note: value.note.as_deref(),
            in_stock: value.in_stock(now).known(),
            offer,
            other_offers,
            trade_in: value.trade_in.as_ref().and_then(|trade_in| TradeInView::new(trade_in, now)),
            images: shown.info.map(|info| &info.images).filter(|images| !images.is_empty()),
            details,
            reviews: shown.info.and_then(|info| info.reviews.as_ref()),
            categories: shown.nodes,
            browse_path: value.browse_path(now),
            sales_rank: value.sales_rank(now),
            source: item.source.as_str(),
            fetched_at: item.fetched_at.map(|at| at.to_string()),
            expires: shown.expires(value).map(|at| at.to_string()),
            degraded: item.degraded.map(|reason| DegradedView { reason: reason.as_str() }),
        }
    }
}

/// The perishable parts that are still within their time.
struct Shown<'a> {
    info: Option<&'a ShopInfo>,
    offers: Option<&'a Offers>,
    trade_in: Option<&'a TradeIn>,
    nodes: Option<&'a BrowseNodeInfo>,
}

impl Shown<'_> {
    /// When the first of them is over.
    fn expires(&self, item: &Item) -> Option<Timestamp> {
        let info = self.info.and(item.shop_info.as_ref()).map(Perishable::expires_at);
        let offers = self.offers.and(item.offers.as_ref()).map(Perishable::expires_at);
        let nodes = self.nodes.and(item.browse_node_info.as_ref()).map(Perishable::expires_at);
        let trade_in = self.trade_in.and(item.trade_in.as_ref()).map(Perishable::expires_at);
        [info, offers, trade_in, nodes].into_iter().flatten().min()
    }
}

fn at<T>(value: &Option<Perishable<T>>, now: Timestamp) -> Option<&T> {
    value.as_ref()?.at(now)
}

/// The offer a reader sees, and the others.
fn views(offers: &Perishable<Offers>, now: Timestamp) -> (Option<OfferView<'_>>, Vec<OfferView<'_>>) {
    let Some(readable) = offers.at(now) else { return (None, Vec::new()) };
    let Some(first) = readable.to_show() else { return (None, Vec::new()) };
    let others = readable.listings.iter().filter(|offer| !std::ptr::eq(*offer, first));
    let view = |offer| OfferView::new(offer, offers, now);
    (Some(view(first)), others.map(view).collect())
}

impl<'a> OfferView<'a> {
    fn new(offer: &'a Offer, times: &Perishable<Offers>, now: Timestamp) -> Self {
        // Whoever made the offer may have left in a price that may not be shown.
        let price = offer.shown_price();
        let saving = price.and_then(|price| price.saving.as_ref());
        let basis = price.and_then(|price| price.basis.as_ref());
        let availability = offer.availability.as_ref();
        let window = offer.deal.as_ref().map(Deal::window);
        Self {
            price: price.map(|price| price.money.display.as_str()),
            amount: price.map(|price| price.money.amount.as_str()),
            currency: price.map(|price| price.money.currency.as_str()),
            price_per_unit: price.and_then(|price| Some(price.per_unit.as_ref()?.display.as_str())),
            saving: saving.and_then(|saving| Some(saving.money.as_ref()?.display.as_str())),
            saving_percent: price.and_then(Price::saved).and_then(|saved| saved.percent),
            saving_basis: basis.map(|basis| basis.money.display.as_str()),
            saving_basis_label: basis.and_then(|basis| basis.label.as_deref()),
            availability: availability.and_then(|availability| availability.message.as_deref()),
            availability_type: availability
                .and_then(|availability| Some(availability.kind.as_ref()?.as_str())),
            condition: offer.condition.as_ref().map(|condition| condition.value.as_str()),
            deal: offer.deal.as_ref(),
            deal_is_running: window.map(|window| window.is_running(now)),
            deal_ends: window.and_then(|window| Some(window.end.timestamp()?.to_string())),
            merchant: offer.merchant.as_ref(),
            loyalty_points: offer.loyalty_points,
            kind: offer.kind.as_ref().map(|kind| kind.as_str()),
            as_of: times.fetched_at().to_string(),
            expires: times.expires_at().to_string(),
            disclaimer: PRICE_DISCLAIMER,
        }
    }
}

impl<'a> TradeInView<'a> {
    fn new(trade_in: &'a Perishable<TradeIn>, now: Timestamp) -> Option<Self> {
        let TradeIn { is_eligible, price } = trade_in.at(now)?;
        let price = price.as_ref();
        Some(Self {
            is_eligible: *is_eligible,
            price: price.map(|money| money.display.as_str()),
            amount: price.map(|money| money.amount.as_str()),
            currency: price.map(|money| money.currency.as_str()),
            as_of: trade_in.fetched_at().to_string(),
            expires: trade_in.expires_at().to_string(),
            disclaimer: PRICE_DISCLAIMER,
        })
    }
}

impl AsRef<Self> for Item {
    fn as_ref(&self) -> &Self {
        self
    }
}
