//! By what a search can be narrowed.

use super::object::wire_object;

wire_object! {
    /// `searchRefinements`.
    pub struct SearchRefinements {
        /// By search index: only of a search in all of them.
        search_index: one Refinement = "searchIndex",
        /// By browse node: only of a search in one index.
        browse_node: one Refinement = "browseNode",
        /// By `Actor`, `Artist`, `Author`, `Brand`.
        other_refinements: many Refinement = "otherRefinements",
    }

    /// One way to narrow a search.
    pub struct Refinement {
        /// By what: the request's parameter, as `SearchIndex`, `BrowseNodeId` or `Brand`.
        id: one String = "id",
        /// In the shop's language.
        display_name: one String = "displayName",
        /// To what.
        bins: many RefinementBin = "bins",
    }

    /// One value to narrow a search to.
    pub struct RefinementBin {
        /// What to put into the request.
        id: one String = "id",
        /// In the shop's language.
        display_name: one String = "displayName",
    }
}
