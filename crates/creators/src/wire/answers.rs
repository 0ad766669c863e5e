//! The answers of the catalogue's four operations.

use super::Number;
use super::answer::{PartialError, wire_answer};
use super::browse_node::BrowseNode;
use super::item::Item;
use super::search_refinements::SearchRefinements;
use super::variation_summary::VariationSummary;

wire_answer! {
    /// The answer of getItems.
    pub struct GetItemsAnswer {
        // The documentation's page on GetItems says `itemResults`; SDK, all other pages and live answers say `itemsResult`.
        within "itemsResult" | "itemResults" {
            /// What was found, in Amazon's order, which is not that of the request.
            items: many Item = "items",
        }
        beside {
            /// What was not, and why.
            errors: many PartialError = "errors",
        }
    }
}

wire_answer! {
    /// The answer of searchItems: one page.
    pub struct SearchItemsAnswer {
        within "searchResult" {
            /// How many products there are on all pages; a broad search seen live had 1000.
            total_result_count: one Number = "totalResultCount",
            /// `searchURL`: the shop's own page of this search, with the tag of the request.
            search_url: one String = "searchURL",
            /// The products of this page.
            items: many Item = "items",
            /// By what the search can be narrowed.
            search_refinements: one SearchRefinements = "searchRefinements",
        }
        beside {
            /// What cannot be shown, and why.
            errors: many PartialError = "errors",
        }
    }
}

wire_answer! {
    /// The answer of getVariations: one page.
    pub struct GetVariationsAnswer {
        within "variationsResult" {
            /// The variations of this page.
            items: many Item = "items",
            /// What holds for all of them.
            variation_summary: one VariationSummary = "variationSummary",
        }
        beside {
            /// What cannot be shown, and why.
            errors: many PartialError = "errors",
        }
    }
}

wire_answer! {
    /// The answer of getBrowseNodes.
    pub struct GetBrowseNodesAnswer {
        within "browseNodesResult" {
            /// What was found.
            browse_nodes: many BrowseNode = "browseNodes",
        }
        beside {
            /// What was not, and why.
            errors: many PartialError = "errors",
        }
    }
}
