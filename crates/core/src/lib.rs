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
mod browse_node;
mod clock;
mod context;
mod credential;
mod credential_values;
pub mod document;
mod error;
mod isbn;
mod item;
mod item_view;
mod marketplace;
mod marketplace_table;
mod memory_store;
mod offer;
mod open_enum;
mod partner_tag;
mod perishable;
mod resources;
mod secret;
mod shop_info;
mod source;
mod sourced;
mod store;
mod store_ext;
mod store_info;
mod timestamp;

pub use api_version::{ApiVersion, TokenBodyEncoding, TokenService, UnknownApiVersion};
pub use asin::{Asin, AsinError};
pub use batch::{Batch, MissingReason};
pub use browse_node::{Ancestor, BrowseNode, BrowseNodeInfo, SalesRank};
pub use clock::Clock;
pub use context::{Account, Cancellation, Condition, Priority, RequestContext};
pub use credential::{CredentialMeta, CredentialName, CredentialNameError, CredentialSet, Revision, Stored};
pub use credential_values::CredentialValueError;
pub use error::{Error, ErrorKind, Result, Retry, error_chain};
pub use isbn::{Isbn13, IsbnError, isbn10_check_digit};
pub use item::{Image, ImageOwner, Item, OwnWords};
pub use item_view::{ItemView, OfferView, PRICE_DISCLAIMER};
pub use marketplace::{Marketplace, RegionGroup, TagSuffix, UnknownMarketplace};
pub use memory_store::MemoryStore;
pub use offer::{
    Availability, AvailabilityKind, Deal, Merchant, Money, Offer, OfferCondition, OfferConditionKind,
    OfferKind, Offers, Price, Saving, SavingBasis, SavingBasisKind,
};
pub use partner_tag::{PartnerTag, TagError};
pub use perishable::Perishable;
pub use resources::{Resource, Resources};
pub use secret::Secret;
pub use shop_info::{
    Contributor, CustomerReviews, Dimensions, ImageSizes, Images, ItemDetails, Language, Measure, ShopInfo,
    VariationAttribute,
};
pub use source::{
    Answer, GetItems, Operation, ProductSource, ProductSourceExt, Query, SearchItems, SearchPage,
    SourceCapabilities, SourceInfo,
};
pub use sourced::{Reason, Source, Sourced};
pub use store::{CredentialStore, DeleteMode, PutMode, PutState, RevisionMeta, RevisionState};
pub use store_ext::CredentialStoreExt;
pub use store_info::{Capabilities, StoreInfo};
pub use timestamp::{Timestamp, TimestampError};

/// A boxed future that is `Send`, as the object-safe traits of this crate return.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn std::future::Future<Output = T> + Send + 'a>>;

pub use futures_core::stream::BoxStream;
