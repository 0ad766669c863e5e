//! An item with its pictures and what buyers think of it.

use super::Number;
use super::browse_node::BrowseNodeInfo;
use super::item_info::ItemInfo;
use super::object::wire_object;
use super::offers::OffersV2;

wire_object! {
    /// A product, as the API gives it.
    pub struct Item {
        /// `asin`.
        asin: one String = "asin",
        /// `parentASIN`.
        parent_asin: one String = "parentASIN",
        /// `detailPageURL`: the link with the tag of the request.
        detail_page_url: one String = "detailPageURL",
        /// `score`: how well it fits a search. Not in the documentation.
        score: one Number = "score",
        /// `images`.
        images: one Images = "images",
        /// `itemInfo`.
        item_info: one ItemInfo = "itemInfo",
        /// `offersV2`.
        offers_v2: one OffersV2 = "offersV2",
        /// `browseNodeInfo`.
        browse_node_info: one BrowseNodeInfo = "browseNodeInfo",
        /// `customerReviews`: in the SDK, not in the documentation; expect nothing.
        customer_reviews: one CustomerReviews = "customerReviews",
        /// `variationAttributes`.
        variation_attributes: many VariationAttribute = "variationAttributes",
    }

    /// `images`.
    pub struct Images {
        /// The main picture.
        primary: one ImageType = "primary",
        /// Further ones.
        variants: many ImageType = "variants",
    }

    /// One picture in its sizes.
    pub struct ImageType {
        /// 75 pixels.
        small: one ImageSize = "small",
        /// 160 pixels.
        medium: one ImageSize = "medium",
        /// 500 pixels.
        large: one ImageSize = "large",
        /// The largest. The answer spells it `hiRes`, the request `highRes`.
        hi_res: one ImageSize = "hiRes" | "highRes",
    }

    /// One size of a picture.
    pub struct ImageSize {
        /// Where it is.
        url: one String = "url" | "URL",
        /// In pixels.
        height: one Number = "height",
        /// In pixels.
        width: one Number = "width",
    }

    /// `customerReviews`.
    pub struct CustomerReviews {
        /// How many.
        count: one Number = "count",
        /// How many stars.
        star_rating: one StarRating = "starRating",
    }

    /// `starRating`.
    pub struct StarRating {
        /// The stars.
        value: one Number = "value",
    }

    /// In what a variation differs.
    pub struct VariationAttribute {
        /// In what, as `color_name`.
        name: one String = "name",
        /// What it is, as `Blue`.
        value: one String = "value",
    }
}
