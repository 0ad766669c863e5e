//! Categories, within items and alone.

use super::Number;
use super::object::wire_object;

wire_object! {
    /// `browseNodeInfo`.
    pub struct BrowseNodeInfo {
        /// The categories.
        browse_nodes: many BrowseNode = "browseNodes",
        /// The rank in the whole shop.
        website_sales_rank: one WebsiteSalesRank = "websiteSalesRank",
    }

    /// A category.
    pub struct BrowseNode {
        /// Its number, a text.
        id: one String = "id",
        /// `displayName`.
        display_name: one String = "displayName",
        /// `contextFreeName`.
        context_free_name: one String = "contextFreeName",
        /// `isRoot`.
        is_root: one bool = "isRoot",
        /// The product's rank in it: within items only.
        sales_rank: one Number = "salesRank",
        /// The category above.
        ancestor: one Box<Ancestor> = "ancestor",
        /// The categories below: in the answer of getBrowseNodes only.
        children: many BrowseNodeChild = "children",
    }

    /// A category above another.
    pub struct Ancestor {
        /// Its number, a text.
        id: one String = "id",
        /// `displayName`.
        display_name: one String = "displayName",
        /// `contextFreeName`.
        context_free_name: one String = "contextFreeName",
        /// The category above that.
        ancestor: one Box<Ancestor> = "ancestor",
    }

    /// A category below another.
    pub struct BrowseNodeChild {
        /// Its number, a text.
        id: one String = "id",
        /// `displayName`.
        display_name: one String = "displayName",
        /// `contextFreeName`.
        context_free_name: one String = "contextFreeName",
    }

    /// `websiteSalesRank`.
    pub struct WebsiteSalesRank {
        /// The number of what it is counted in.
        id: one String = "id",
        /// `displayName`.
        display_name: one String = "displayName",
        /// `contextFreeName`.
        context_free_name: one String = "contextFreeName",
        /// The rank.
        sales_rank: one Number = "salesRank",
    }
}
