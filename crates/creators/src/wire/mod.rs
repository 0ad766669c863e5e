//! The answers of the Creators API as they come: one typed model, in Amazon's names.
//!
//! It loses nothing: every member may be missing or `null`, what this version does not know is kept
//! ([`Unknown`]), numbers keep their digits ([`Number`]), and where the documentation and the SDK contradict each other
//! both spellings are read. What may be shown for how long is not known here: [`CreatorsSource`](crate::CreatorsSource)
//! turns it into items that know.
//!
//! Structure and names: models of the official SDKs 1.2.0 and 1.3.0; where the documentation differs a member says so.

mod answer;
mod answers;
mod browse_node;
mod bulk_files;
mod decode_error;
mod error_body;
mod interned;
mod item;
mod item_info;
mod number;
mod object;
mod offers;
mod search_refinements;
mod unknown;
mod variation_summary;

pub use answer::{PartialError, Unreadable};
pub use answers::{GetBrowseNodesAnswer, GetItemsAnswer, GetVariationsAnswer, SearchItemsAnswer};
pub use browse_node::{Ancestor, BrowseNode, BrowseNodeChild, BrowseNodeInfo, WebsiteSalesRank};
pub use bulk_files::{DownloadLink, Feed, ListFeedsAnswer, ListReportsAnswer, ReportMetadata};
pub(crate) use error_body::{ErrorBody, RefusedField};
pub use interned::Interned;
pub use item::{CustomerReviews, ImageSize, ImageType, Images, Item, StarRating, VariationAttribute};
pub use item_info::{
    ByLineInfo, Classifications, ContentInfo, ContentRating, Contributor, ExternalIds, Flag, ItemDimensions,
    ItemInfo, Language, Languages, ManufactureInfo, Measure, ProductInfo, Quantity, TechnicalInfo, Text,
    Texts, TradeInInfo,
};
pub use number::Number;
pub use offers::{
    Availability, Condition, DealDetails, Listing, LoyaltyPoints, MerchantInfo, Money, OffersV2, Price,
    SavingBasis, Savings,
};
pub use search_refinements::{Refinement, RefinementBin, SearchRefinements};
pub use unknown::Unknown;
pub use variation_summary::{VariationDimension, VariationPrice, VariationSummary};
