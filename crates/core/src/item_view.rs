//! What may be shown of an item at one moment.

use serde::Serialize;

use crate::{Asin, Item, Sourced, Timestamp};

/// The words Amazon wants next to a price or availability (Associates Program Policies, as of 2026-04-14).
pub const PRICE_DISCLAIMER: &str = "Product prices and availability are accurate as of the date/time indicated and are \
     subject to change. Any price and availability information displayed on Amazon at the time of purchase will apply \
     to the purchase of this product.";

/// What may be shown of an item at one moment: the only way from an [`Item`] to an output.
///
/// The shop's words and pictures past their day, and an offer past its hour, are not there at all; an offer within its
/// time comes with its time stamp and disclaimer. The author's own words and picture are always there. Make a view when
/// it is needed: what it lends was true at its `now`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ItemView<'a> {
    /// The product's number.
    pub asin: Asin,
    /// The link to the product's page.
    #[serde(rename = "detailPageURL")]
    pub detail_page_url: &'a str,
    /// The title: the author's own, or the shop's if it is still within its time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'a str>,
    /// The address of a picture: the author's own, or the shop's if it is still within its time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<&'a str>,
    /// The author's own remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'a str>,
    /// The offer, if it is still within its time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer: Option<OfferView<'a>>,
    /// Who gave the item.
    pub source: &'static str,
    /// When it was fetched, in RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetched_at: Option<String>,
    /// Why it is less than asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub degraded: Option<DegradedView>,
}

/// An offer within its time, with what must stand beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OfferView<'a> {
    /// The price as the shop writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<&'a str>,
    /// The exact amount, as a decimal text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<&'a str>,
    /// The ISO 4217 code of the amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<&'a str>,
    /// Whether it can be had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub availability: Option<&'a str>,
    /// The moment the offer was true, in RFC 3339.
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
        let offer = value.offer.as_ref().and_then(|perishable| {
            let offer = perishable.at(now)?;
            Some(OfferView {
                price: offer.price.as_ref().map(|money| money.display.as_str()),
                amount: offer.price.as_ref().map(|money| money.amount.as_str()),
                currency: offer.price.as_ref().map(|money| money.currency.as_str()),
                availability: offer.availability.as_deref(),
                as_of: perishable.fetched_at().to_string(),
                expires: perishable.expires_at().to_string(),
                disclaimer: PRICE_DISCLAIMER,
            })
        });
        Self {
            asin: value.asin,
            detail_page_url: &value.detail_page_url,
            title: value.title_at(now),
            image: value.image_at(now).map(|image| image.url.as_str()),
            note: value.note.as_deref(),
            offer,
            source: item.source.as_str(),
            fetched_at: item.fetched_at.map(|at| at.to_string()),
            degraded: item.degraded.map(|reason| DegradedView { reason: reason.as_str() }),
        }
    }
}

impl AsRef<Self> for Item {
    fn as_ref(&self) -> &Self {
        self
    }
}
