//! Asking for products by their ASINs.

use crate::{Asin, Resources};

/// Asks for products by their ASINs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetItems {
    /// Any number of ASINs; repeated ones are answered once.
    pub asins: Vec<Asin>,
    /// Which parts of each are wanted. A source without them answers what it has.
    pub resources: Resources,
}

impl GetItems {
    /// Asks for these, with what a product card shows.
    pub fn new(asins: impl IntoIterator<Item = Asin>) -> Self {
        Self { asins: asins.into_iter().collect(), resources: Resources::default() }
    }

    /// The same with these parts of each.
    #[must_use]
    pub fn with_resources(self, resources: Resources) -> Self {
        Self { resources, ..self }
    }

    /// The same parts of other products.
    #[must_use]
    pub fn for_asins(&self, asins: impl IntoIterator<Item = Asin>) -> Self {
        Self { asins: asins.into_iter().collect(), resources: self.resources }
    }
}
