//! A product, in the Creators API's vocabulary, whoever made it.
//!
//! An [`Item`] is not `Serialize` on purpose: output goes through [`ItemView`](crate::ItemView), which knows the time
//! and leaves out what may no longer be shown.

use crate::{Asin, Perishable};

/// A product: at least its ASIN and a link to it.
///
/// Prices and availability are [`Perishable`]. Only a source with API data ever fills them; the Zero API leaves them
/// empty.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Item {
    /// The product's number in this shop.
    pub asin: Asin,
    /// The link to the product's page, with the tag it was asked for. A link from the API is never changed.
    pub detail_page_url: String,
    /// The title: the shop's, or the author's own.
    pub title: Option<String>,
    /// A picture, as an address. The bytes are never stored.
    pub image: Option<Image>,
    /// The author's own remark.
    pub note: Option<String>,
    /// What the shop asks for it, for an hour.
    pub offer: Option<Perishable<Offer>>,
}

impl Item {
    /// A product of which only the number and the link are known.
    pub fn new(asin: Asin, detail_page_url: impl Into<String>) -> Self {
        Self {
            asin,
            detail_page_url: detail_page_url.into(),
            title: None,
            image: None,
            note: None,
            offer: None,
        }
    }
}

/// The address of a picture, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The picture's address.
    pub url: String,
    /// Whose picture it is: Amazon's may be shown for 24 hours after it was fetched, the author's own always.
    pub owner: ImageOwner,
}

/// Whose picture an [`Image`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageOwner {
    /// From Amazon's API.
    Amazon,
    /// The author's own.
    Author,
}

/// What the shop asks for a product: API data only.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Offer {
    /// The price.
    pub price: Option<Money>,
    /// Whether it can be had, in the shop's words.
    pub availability: Option<String>,
}

impl Offer {
    /// An offer with what is known of it.
    pub fn new(price: Option<Money>, availability: Option<String>) -> Self {
        Self { price, availability }
    }
}

/// An amount of money, exactly as the API gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money {
    /// The amount as a decimal text, exact: `39.99`.
    pub amount: String,
    /// The ISO 4217 code.
    pub currency: String,
    /// How the shop writes it: `$39.99`.
    pub display: String,
}
