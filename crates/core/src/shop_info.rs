//! Amazon's words and pictures for a product: a day's data.
//!
//! The vocabulary is that of `itemInfo` and `images` in the Creators API, with the labels and locales left out.

use std::time::Duration;

use serde::Serialize;

use crate::browse_path::first_said;
use crate::{Image, Perishable, Timestamp};

/// Amazon's words and pictures for a product: API data only. Read only through [`Perishable`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ShopInfo {
    /// The shop's title.
    pub title: Option<String>,
    /// The pictures.
    pub images: Images,
    /// All else that is said of the product.
    pub details: ItemDetails,
    /// What readers think of it.
    pub reviews: Option<CustomerReviews>,
}

impl ShopInfo {
    /// How long it may be shown after it was fetched (Associates Program Policies, as of 2026-04-14).
    pub const LIFETIME: Duration = Duration::from_secs(24 * 3600);

    /// What is known of the title and the main picture.
    pub fn new(title: Option<String>, image: Option<Image>) -> Self {
        let primary = ImageSizes { large: image, ..ImageSizes::default() };
        Self { title, images: Images { primary, variants: Vec::new() }, ..Self::default() }
    }

    /// Locks it up for its [`LIFETIME`](Self::LIFETIME), counted from when it was fetched.
    pub fn fetched(self, at: Timestamp) -> Perishable<Self> {
        Perishable::new(self, at, Self::LIFETIME)
    }
}

/// The pictures of a product.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub struct Images {
    /// The main picture.
    #[serde(skip_serializing_if = "ImageSizes::is_empty")]
    pub primary: ImageSizes,
    /// Further ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<ImageSizes>,
}

impl Images {
    /// The main picture and the further ones.
    pub fn new(primary: ImageSizes, variants: Vec<ImageSizes>) -> Self {
        Self { primary, variants }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.primary.is_empty() && self.variants.iter().all(ImageSizes::is_empty)
    }

    /// All of them, in every size.
    pub fn iter(&self) -> impl Iterator<Item = &Image> {
        std::iter::once(&self.primary).chain(&self.variants).flat_map(ImageSizes::iter)
    }
}

/// One picture in the sizes it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ImageSizes {
    /// 75 pixels on the longer side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub small: Option<Image>,
    /// 160 pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub medium: Option<Image>,
    /// 500 pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub large: Option<Image>,
    /// As large as there is.
    #[serde(rename = "hiRes", skip_serializing_if = "Option::is_none")]
    pub high_res: Option<Image>,
}

impl ImageSizes {
    /// The sizes there are, the smallest first.
    pub fn iter(&self) -> impl Iterator<Item = &Image> {
        [&self.small, &self.medium, &self.large, &self.high_res].into_iter().flatten()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// The size for a page: 500 pixels, or what comes next to it.
    pub fn for_page(&self) -> Option<&Image> {
        [&self.large, &self.high_res, &self.medium, &self.small].into_iter().flatten().next()
    }

    /// The smallest that has at least so many pixels on its longer side; `None` if none is known to. A size that does not
    /// say counts as what it is called: 75, 160 or 500 pixels.
    pub fn at_least(&self, pixels: u32) -> Option<&Image> {
        let known = self.longer_sides().filter_map(|(image, longer)| Some((image, longer?)));
        known
            .filter(|(_, longer)| *longer >= pixels)
            .min_by_key(|(_, longer)| *longer)
            .map(|(image, _)| image)
    }

    /// The smallest that has [at least](Self::at_least) so many pixels on its longer side, else the largest there is.
    ///
    /// ```
    /// use linkwright_core::{Image, ImageOwner, ImageSizes};
    ///
    /// let mut sizes = ImageSizes::default();
    /// sizes.medium = Some(Image::new("https://m.media-amazon.com/images/I/a._SL160_.jpg", ImageOwner::Amazon));
    /// sizes.large = Some(Image::new("https://m.media-amazon.com/images/I/a.jpg", ImageOwner::Amazon));
    /// assert_eq!(sizes.fitting(120), sizes.medium.as_ref());
    /// assert_eq!(sizes.fitting(2000), sizes.large.as_ref());
    /// ```
    pub fn fitting(&self, pixels: u32) -> Option<&Image> {
        // The largest size is the only one without a size in its name.
        let largest = || self.longer_sides().max_by_key(|(_, longer)| longer.unwrap_or(u32::MAX));
        self.at_least(pixels).or_else(|| largest().map(|(image, _)| image))
    }

    /// Each size there is with the pixels of its longer side, as it says or else as it is called (Creators API, page
    /// "Images").
    fn longer_sides(&self) -> impl Iterator<Item = (&Image, Option<u32>)> {
        let named = [
            (&self.small, Some(75)),
            (&self.medium, Some(160)),
            (&self.large, Some(500)),
            (&self.high_res, None),
        ];
        named.into_iter().filter_map(|(image, name)| {
            let image = image.as_ref()?;
            let said = image.width.max(image.height).filter(|longer| *longer > 0);
            Some((image, said.or(name)))
        })
    }
}

/// What readers think of a product.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CustomerReviews {
    /// How many there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// The stars they give, as a decimal text: `4.5`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stars: Option<String>,
}

/// What is said of a product besides its title. No price is in it: what the shop pays for a used one is a
/// [`TradeIn`](crate::TradeIn), which has less time.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names are those of the Creators API, whose meaning its own pages give")]
pub struct ItemDetails {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manufacturer: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contributors: Vec<Contributor>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binding: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_group: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages_count: Option<u64>,
    /// As the API writes it: a year, a day or a moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publication_date: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Language>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience_rating: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub eans: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub isbns: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub upcs: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_part_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warranty: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_adult_product: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_count: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_dimensions: Option<Dimensions>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub formats: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub energy_efficiency_class: Option<String>,
    /// In which it differs from the other variations of its parent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variation_attributes: Vec<VariationAttribute>,
}

impl ItemDetails {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The brand, else the manufacturer, else the first of the contributors that has a name, in the order of the API. Blank
    /// texts count as none.
    pub fn brand_or_maker(&self) -> Option<&str> {
        first_said([&self.brand, &self.manufacturer])
            .or_else(|| self.contributors.iter().find_map(|contributor| first_said([&contributor.name])))
    }

    /// Who it is by: at most three contributors with what they did, else the brand, else the manufacturer.
    pub fn byline(&self) -> Option<String> {
        const MOST: usize = 3;
        let named = self.contributors.iter().filter_map(|contributor| {
            let name = contributor.name.as_deref()?;
            Some(
                contributor
                    .role
                    .as_deref()
                    .map_or_else(|| name.to_owned(), |role| format!("{name} ({role})")),
            )
        });
        let names: Vec<String> = named.take(MOST).collect();
        if names.is_empty() {
            return self.brand.clone().or_else(|| self.manufacturer.clone());
        }
        Some(names.join(", "))
    }
}

/// Somebody who made a product: an author, an actor, an artist.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Contributor {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What they did, in the shop's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The same in a word for programs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_type: Option<String>,
}

/// A language of a product.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub struct Language {
    /// Which, in the shop's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Of what: `Published`, `Original Language`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

/// How large and heavy a product is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each is what its name says")]
pub struct Dimensions {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<Measure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<Measure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<Measure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<Measure>,
}

/// A number with its unit.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub struct Measure {
    /// The number as a decimal text, exact.
    pub value: String,
    /// The unit, in the shop's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// In what a variation differs: `color_name` is `Blue`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each is what its name says")]
pub struct VariationAttribute {
    pub name: String,
    pub value: String,
}
