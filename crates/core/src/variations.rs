//! Asking for the variations of a product, and a page of them.

use std::sync::Arc;
use std::time::Duration;

use crate::{Asin, Item, Money, Perishable, Resources, Sourced, Timestamp};

/// Asks for the variations of a product: its sizes, colours and the like, one page of them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetVariations {
    /// The product, or any of its variations.
    pub asin: Asin,
    /// How many are on a page, 1 to 10; `None` for 10.
    pub variation_count: Option<u32>,
    /// Which page, from 1; `None` for the first.
    pub variation_page: Option<u32>,
    /// Which parts of each variation, and of the summary, are wanted.
    pub resources: Resources,
}

impl GetVariations {
    /// Asks for the first page, with what a product card shows and the summary.
    pub fn new(asin: Asin) -> Self {
        let resources = Resources::CARD.union(Resources::VARIATION_SUMMARY);
        Self { asin, variation_count: None, variation_page: None, resources }
    }

    /// The same with these parts.
    #[must_use]
    pub fn with_resources(self, resources: Resources) -> Self {
        Self { resources, ..self }
    }

    /// The same question, this page of it.
    #[must_use]
    pub fn page(&self, page: u32) -> Self {
        Self { variation_page: Some(page), ..self.clone() }
    }
}

/// One page of the variations of a product.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct VariationsPage {
    /// The variations; empty where the source does not know them.
    pub items: Vec<Sourced<Arc<Item>>>,
    /// What they differ in and what they cost, if that was asked for.
    pub summary: Option<Perishable<VariationSummary>>,
    /// The page of the product that was asked about, with the tag. The API gives none; the Zero API always gives one.
    pub product_url: Option<String>,
    /// The page after this one; `None` if there is none.
    pub next_page: Option<u32>,
}

impl VariationsPage {
    /// A page with nothing but the link to the product.
    pub fn link_only(product_url: String) -> Self {
        Self { product_url: Some(product_url), ..Self::default() }
    }
}

/// What the variations of a product have in common. Holds prices, so it is read only through [`Perishable`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct VariationSummary {
    /// How many there are.
    pub variation_count: Option<u64>,
    /// How many pages they fill, at the count that was asked for.
    pub page_count: Option<u64>,
    /// The lowest price.
    pub lowest_price: Option<Money>,
    /// The highest price.
    pub highest_price: Option<Money>,
    /// What they differ in.
    pub dimensions: Vec<VariationDimension>,
}

impl VariationSummary {
    /// How long it may be shown after it was fetched, for it holds prices (Associates Program Policies, as of 2026-04-14).
    pub const LIFETIME: Duration = Duration::from_secs(3600);

    /// Locks it up for its [`LIFETIME`](Self::LIFETIME), counted from when it was fetched.
    pub fn fetched(self, at: Timestamp) -> Perishable<Self> {
        Perishable::new(self, at, Self::LIFETIME)
    }
}

/// What variations differ in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct VariationDimension {
    /// The API's name: `color_name`.
    pub name: Option<String>,
    /// That, in the shop's words.
    pub display_name: Option<String>,
    /// What there is of it.
    pub values: Vec<String>,
}
