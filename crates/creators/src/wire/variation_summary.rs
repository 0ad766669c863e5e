//! What holds for all variations of a product.

use super::object::wire_object;
use super::offers::Money;
use super::{Interned, Number};

wire_object! {
    /// `variationSummary`.
    pub struct VariationSummary {
        /// On how many pages of the size asked for they are.
        page_count: one Number = "pageCount",
        /// How many there are.
        variation_count: one Number = "variationCount",
        /// Between what they cost.
        price: one VariationPrice = "price",
        /// In what they differ. The request spells it `variationDimension`.
        variation_dimensions: many VariationDimension = "variationDimensions",
    }

    /// The range of the variations' prices.
    pub struct VariationPrice {
        /// The highest.
        highest_price: one Money = "highestPrice",
        /// The lowest.
        lowest_price: one Money = "lowestPrice",
    }

    /// One thing in which variations differ.
    pub struct VariationDimension {
        /// For programs, as `color_name`.
        name: one String = "name",
        /// In the shop's language.
        display_name: one String = "displayName",
        /// The language of `display_name`.
        locale: one Interned = "locale",
        /// What there is, as `Blue`.
        values: many String = "values",
    }
}
