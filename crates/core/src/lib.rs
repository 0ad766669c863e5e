//! Linkwright's words, its two traits and its one error.
//!
//! Everything other crates agree on lives here: what a [`Marketplace`], an [`Asin`] or a [`PartnerTag`] is, how an
//! [`Item`] and a [`Batch`] look, how a [`CredentialStore`] and a [`ProductSource`] behave, and how an [`Error`]
//! answers what went wrong, whether to retry, doing what, and with which context.
//!
//! This crate does no I/O of any kind. It reads no clock, no environment, no file and no network; time comes from a
//! [`Clock`] the caller passes in.

mod api_version;
mod asin;
mod batch;
mod best_offer;
mod browse_node;
mod browse_node_resources;
mod browse_path;
mod bulk_files;
mod clock;
mod context;
mod credential;
mod credential_values;
mod deal_window;
mod decimal;
pub mod document;
mod error;
mod get_browse_nodes;
mod get_items;
mod isbn;
mod item;
mod item_reading;
mod item_view;
mod marketplace;
mod marketplace_table;
mod memory_store;
mod nearest;
mod offer;
mod open_enum;
mod pages;
mod partner_tag;
mod perishable;
mod resource_set;
mod resources;
mod saved;
mod search_index_table;
mod search_items;
mod search_terms;
mod secret;
mod shop_info;
mod source;
mod source_ext;
mod sourced;
mod stock;
mod store;
mod store_ext;
mod store_info;
mod timestamp;
mod trade_in;
mod trade_numbers;
mod variations;

pub use api_version::{ApiVersion, TokenBodyEncoding, TokenService, UnknownApiVersion};
pub use asin::{Asin, AsinError};
pub use batch::{Batch, MissingReason};
pub use browse_node::{Ancestor, BrowseNode, BrowseNodeInfo, ChildNode, SalesRank};
pub use browse_node_resources::{BrowseNodeResource, BrowseNodeResources};
pub use browse_path::CategoryRank;
pub use bulk_files::{FeedType, ReportType};
pub use clock::Clock;
pub use context::{Account, Cancellation, Condition, Priority, RequestContext};
pub use credential::{CredentialMeta, CredentialName, CredentialNameError, CredentialSet, Revision, Stored};
pub use credential_values::CredentialValueError;
pub use deal_window::{DealTime, DealWindow};
pub use error::{Error, ErrorKind, Result, Retry, error_chain};
pub use get_browse_nodes::{BrowseNodeId, BrowseNodePage, GetBrowseNodes};
pub use get_items::GetItems;
pub use isbn::{Isbn13, IsbnError, isbn10_check_digit};
pub use item::{Image, ImageOwner, Item, OwnWords};
pub use item_view::{ItemView, OfferView, PRICE_DISCLAIMER, TradeInView};
pub use marketplace::{Marketplace, RegionGroup, TagSuffix, UnknownMarketplace};
pub use memory_store::MemoryStore;
pub use offer::{
    Availability, AvailabilityKind, Deal, Merchant, Money, Offer, OfferCondition, OfferConditionKind,
    OfferKind, Offers, Price, Saving, SavingBasis, SavingBasisKind,
};
pub use pages::PageBounds;
pub use partner_tag::{PartnerTag, TagError};
pub use perishable::Perishable;
pub use resources::{ItemOperation, Resource, Resources};
pub use search_items::{Refinement, RefinementBin, SearchItems, SearchPage, SearchTerm};
pub use search_terms::{DeliveryFlag, SearchAvailability, SortBy};
pub use secret::Secret;
pub use shop_info::{
    Contributor, CustomerReviews, Dimensions, ImageSizes, Images, ItemDetails, Language, Measure, ShopInfo,
    VariationAttribute,
};
pub use source::{Answer, ProductSource, Query, SourceCapabilities, SourceInfo};
pub use source_ext::{Operation, ProductSourceExt};
pub use sourced::{Reason, Source, Sourced};
pub use stock::InStock;
pub use store::{CredentialStore, DeleteMode, PutMode, PutState, RevisionMeta, RevisionState};
pub use store_ext::CredentialStoreExt;
pub use store_info::{Capabilities, StoreInfo};
pub use timestamp::{Timestamp, TimestampError};
pub use trade_in::TradeIn;
pub use variations::{GetVariations, VariationDimension, VariationSummary, VariationsPage};

/// A boxed future that is `Send`, as the object-safe traits of this crate return.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn std::future::Future<Output = T> + Send + 'a>>;

pub use futures_core::stream::BoxStream;
