//! A product, in the Creators API's vocabulary, whoever made it.
//!
//! Whose words they are decides how long they may be shown: the author's own for ever, Amazon's for a day, its prices for
//! an hour. So the two are kept apart here: what came from Amazon is [`Perishable`], the rest is the author's.
//!
//! An [`Item`] is not `Serialize` on purpose: output goes through [`ItemView`](crate::ItemView), which knows the time
//! and leaves out what may no longer be shown.

use std::ops::Deref;

use serde::Serialize;

use crate::{Asin, BrowseNodeInfo, Offers, Perishable, ShopInfo, Timestamp, TradeIn};

/// A product: at least its ASIN and a link to it.
///
/// [`shop_info`](Self::shop_info), [`offers`](Self::offers), [`trade_in`](Self::trade_in) and
/// [`browse_node_info`](Self::browse_node_info) hold all that Amazon says of it. Only a source with API data ever fills them; the Zero API leaves them empty.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Item {
    /// The product's number in this shop.
    pub asin: Asin,
    /// The number of the product of which this one is a variation.
    pub parent_asin: Option<Asin>,
    /// The link to the product's page, with the tag it was asked for. A link from the API is never changed.
    pub detail_page_url: String,
    /// The author's own title. It goes before the shop's.
    pub title: Option<OwnWords>,
    /// The author's own picture. It goes before the shop's; one of Amazon's in this place is never shown, for nobody
    /// would know when its time is over.
    pub image: Option<Image>,
    /// The author's own remark.
    pub note: Option<OwnWords>,
    /// What the shop says of it, for a day.
    pub shop_info: Option<Perishable<ShopInfo>>,
    /// What the shop asks for it, for an hour.
    pub offers: Option<Perishable<Offers>>,
    /// What the shop pays for a used one, for an hour.
    pub trade_in: Option<Perishable<TradeIn>>,
    /// The categories it is in and its rank there, for an hour.
    pub browse_node_info: Option<Perishable<BrowseNodeInfo>>,
}

impl Item {
    /// A product of which only the number and the link are known.
    pub fn new(asin: Asin, detail_page_url: impl Into<String>) -> Self {
        Self {
            asin,
            parent_asin: None,
            detail_page_url: detail_page_url.into(),
            title: None,
            image: None,
            note: None,
            shop_info: None,
            offers: None,
            trade_in: None,
            browse_node_info: None,
        }
    }

    /// The title that may be shown at `now`: the author's own, or else the shop's within its time.
    pub fn title_at(&self, now: Timestamp) -> Option<&str> {
        self.title.as_deref().or_else(|| self.shop_info.as_ref()?.at(now)?.title.as_deref())
    }

    /// The picture that may be shown at `now`: the author's own, or else the shop's within its time.
    pub fn image_at(&self, now: Timestamp) -> Option<&Image> {
        self.own_image().or_else(|| self.shop_info.as_ref()?.at(now)?.images.primary.for_page())
    }

    pub(crate) fn own_image(&self) -> Option<&Image> {
        self.image.as_ref().filter(|image| image.owner == ImageOwner::Author)
    }
}

/// Words the author wrote, which may be shown for ever. Amazon's belong into [`ShopInfo`]: a type of their own keeps one
/// from getting into the other's place unnoticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnWords(String);

impl OwnWords {
    /// Words that did not come from Amazon.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl Deref for OwnWords {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// The address of a picture, and whose it is. The bytes are never stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Image {
    /// The picture's address.
    pub url: String,
    /// Whose picture it is: Amazon's may be shown for 24 hours after it was fetched, the author's own always.
    #[serde(skip)]
    pub owner: ImageOwner,
    /// The width in pixels, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// The height in pixels, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

impl Image {
    /// A picture of unknown size.
    pub fn new(url: impl Into<String>, owner: ImageOwner) -> Self {
        Self { url: url.into(), owner, width: None, height: None }
    }

    /// The same picture, of this many pixels.
    #[must_use]
    pub fn with_size(self, width: u32, height: u32) -> Self {
        Self { width: Some(width), height: Some(height), ..self }
    }
}

/// Whose picture an [`Image`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImageOwner {
    /// From Amazon's API.
    Amazon,
    /// The author's own.
    Author,
}
