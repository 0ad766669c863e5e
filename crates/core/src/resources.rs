//! Which parts of a product are asked for, in the Creators API's own names.
//!
//! The names are those of `getItems`; the API answers no more than what is asked for, and takes the price of a call for
//! one part as for all.

use std::fmt;
use std::str::FromStr;

use crate::{Error, ErrorKind};

macro_rules! resources {
    ($($(#[$doc:meta])* $variant:ident = $text:literal,)+) => {
        /// One part of a product that can be asked for with getItems.
        ///
        /// The names are spelled as in the official SDKs 1.2.0 and 1.3.0 (`get_items_resource.py`). Four of them are not in
        /// the documentation: the two of `customerReviews`, and `highRes` of both kinds of images.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Resource {
            $($(#[$doc])* $variant,)+
        }

        impl Resource {
            /// All, in alphabetical order of their names.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The name as the API takes it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }
    };
}

resources! {
    /// The categories the product is in.
    BrowseNodes = "browseNodeInfo.browseNodes",
    /// The categories above those.
    BrowseNodeAncestors = "browseNodeInfo.browseNodes.ancestor",
    /// The product's rank in each category.
    BrowseNodeSalesRank = "browseNodeInfo.browseNodes.salesRank",
    /// The product's rank in the whole shop.
    WebsiteSalesRank = "browseNodeInfo.websiteSalesRank",
    /// How many reviews there are; expect nothing.
    ReviewCount = "customerReviews.count",
    /// How many stars they give; expect nothing.
    ReviewStars = "customerReviews.starRating",
    /// The main picture in its largest size.
    PrimaryImageHighRes = "images.primary.highRes",
    /// The main picture, 500 pixels.
    PrimaryImageLarge = "images.primary.large",
    /// The main picture, 160 pixels.
    PrimaryImageMedium = "images.primary.medium",
    /// The main picture, 75 pixels.
    PrimaryImageSmall = "images.primary.small",
    /// The further pictures in their largest size.
    VariantImagesHighRes = "images.variants.highRes",
    /// The further pictures, 500 pixels.
    VariantImagesLarge = "images.variants.large",
    /// The further pictures, 160 pixels.
    VariantImagesMedium = "images.variants.medium",
    /// The further pictures, 75 pixels.
    VariantImagesSmall = "images.variants.small",
    /// Brand, manufacturer, authors and others who made it.
    ByLineInfo = "itemInfo.byLineInfo",
    /// Binding and product group.
    Classifications = "itemInfo.classifications",
    /// Edition, languages, pages and day of publication.
    ContentInfo = "itemInfo.contentInfo",
    /// For what age.
    ContentRating = "itemInfo.contentRating",
    /// EAN, ISBN and UPC.
    ExternalIds = "itemInfo.externalIds",
    /// The bullet points.
    Features = "itemInfo.features",
    /// Part number, model and warranty.
    ManufactureInfo = "itemInfo.manufactureInfo",
    /// Colour, size, dimensions and the like.
    ProductInfo = "itemInfo.productInfo",
    /// Formats and energy class.
    TechnicalInfo = "itemInfo.technicalInfo",
    /// The title.
    Title = "itemInfo.title",
    /// Whether and for how much it can be traded in.
    TradeInInfo = "itemInfo.tradeInInfo",
    /// Whether it can be had.
    Availability = "offersV2.listings.availability",
    /// New, used or refurbished.
    Condition = "offersV2.listings.condition",
    /// What deal there is.
    DealDetails = "offersV2.listings.dealDetails",
    /// Whether the offer is the one Amazon features.
    IsBuyBoxWinner = "offersV2.listings.isBuyBoxWinner",
    /// The points that come with it, in Japan.
    LoyaltyPoints = "offersV2.listings.loyaltyPoints",
    /// Who sells it.
    MerchantInfo = "offersV2.listings.merchantInfo",
    /// The price and what is saved.
    Price = "offersV2.listings.price",
    /// Whether it is a lightning deal, a subscription or the like.
    ListingType = "offersV2.listings.type",
    /// The product of which this one is a variation.
    ParentAsin = "parentASIN",
}

/// A set of [`Resource`]s.
///
/// ```
/// use linkwright_core::{Resource, Resources};
///
/// let asked = Resources::LINK.with(Resource::Price);
/// assert!(asked.contains(Resource::Price) && !asked.contains(Resource::Features));
/// assert_eq!(asked.to_string(), "itemInfo.title,offersV2.listings.price");
/// # let typed: Resources = "card".parse()?;
/// # assert_eq!(typed, Resources::CARD);
/// # Ok::<(), linkwright_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Resources(u64);

impl Resources {
    /// Nothing.
    pub const NONE: Self = Self(0);

    /// What a link is written with: the title.
    pub const LINK: Self = Self::NONE.with(Resource::Title);

    /// What a product card shows: title, byline, the main picture in its sizes, price and availability.
    pub const CARD: Self = Self::LINK
        .with(Resource::ByLineInfo)
        .with(Resource::PrimaryImageSmall)
        .with(Resource::PrimaryImageMedium)
        .with(Resource::PrimaryImageLarge)
        .with(Resource::Price)
        .with(Resource::Availability);

    /// All there are.
    pub const FULL: Self = {
        let mut all = Self::NONE;
        let mut next = 0;
        while next < Resource::ALL.len() {
            all = all.with(Resource::ALL[next]);
            next += 1;
        }
        all
    };

    /// The ready-made sets, by name.
    pub const PRESETS: [(&'static str, Self); 3] =
        [("link", Self::LINK), ("card", Self::CARD), ("full", Self::FULL)];

    /// The set with one more.
    #[must_use]
    pub const fn with(self, resource: Resource) -> Self {
        Self(self.0 | 1 << resource as u32)
    }

    /// What is in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it is in the set.
    pub const fn contains(self, resource: Resource) -> bool {
        self.0 & (1 << resource as u32) != 0
    }

    /// Whether all of the other set is in this one, so that an answer to this one also serves the other.
    pub const fn covers(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether nothing is in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// All that is in it, in alphabetical order of the names.
    pub fn iter(self) -> impl Iterator<Item = Resource> {
        Resource::ALL.iter().copied().filter(move |resource| self.contains(*resource))
    }
}

impl Default for Resources {
    /// [`CARD`](Self::CARD).
    fn default() -> Self {
        Self::CARD
    }
}

impl FromIterator<Resource> for Resources {
    fn from_iter<I: IntoIterator<Item = Resource>>(resources: I) -> Self {
        resources.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Debug for Resources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Resources({self})")
    }
}

impl fmt::Display for Resources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, resource) in self.iter().enumerate() {
            f.write_str(if position == 0 { "" } else { "," })?;
            f.write_str(resource.as_str())?;
        }
        Ok(())
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Resources {
    type Err = Error;

    /// Reads names of resources and of presets, separated by commas.
    fn from_str(text: &str) -> Result<Self, Error> {
        let mut read = Self::NONE;
        for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let preset = Self::PRESETS.iter().find(|(known, _)| *known == name).map(|(_, preset)| *preset);
            let one = || {
                let known = Resource::ALL.iter().find(|known| known.as_str().eq_ignore_ascii_case(name));
                known.map(|known| Self::NONE.with(*known))
            };
            read = read.union(preset.or_else(one).ok_or_else(|| unknown(name))?);
        }
        if read.is_empty() {
            return Err(Error::new(ErrorKind::RequestInvalid, "resources.parse", "no resources named"));
        }
        Ok(read)
    }
}

fn unknown(name: &str) -> Error {
    let error = Error::new(
        ErrorKind::RequestInvalid,
        "resources.parse",
        format!("no resource or preset of that name: `{}`", name.escape_debug()),
    )
    .with_context("reason", "unknown_resource");
    match nearest(name) {
        Some(near) => error.with_context("nearest", near).with_hint(format!("did you mean `{near}`?")),
        None => error.with_hint("use `link`, `card`, `full`, or names such as `offersV2.listings.price`"),
    }
}

/// The resource a name was probably meant as: one whose name ends in it, as `offersV2.listings.price` in `price`; one
/// whose name it is a part of; or one that differs in at most two characters at one place.
fn nearest(name: &str) -> Option<&'static str> {
    let plain = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
    };
    let name = plain(name);
    if name.len() < 3 {
        return None;
    }
    let find = |fits: &dyn Fn(&str) -> bool| {
        Resource::ALL.iter().map(|resource| resource.as_str()).find(|known| fits(&plain(known)))
    };
    find(&|known| known.ends_with(&name))
        .or_else(|| find(&|known| known.contains(&name) || name.contains(known)))
        .or_else(|| find(&|known| differ_at_one_place(known.as_bytes(), name.as_bytes())))
}

fn differ_at_one_place(one: &[u8], other: &[u8]) -> bool {
    let shorter = one.len().min(other.len());
    let start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    start + end.min(shorter - start) + 2 >= one.len().max(other.len())
}
