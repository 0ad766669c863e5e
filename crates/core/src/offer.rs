//! What the shop asks for a product: an hour's data.
//!
//! The vocabulary is that of `offersV2.listings` in the Creators API.

use std::time::Duration;

use serde::Serialize;

use crate::Perishable;
use crate::Timestamp;
use crate::open_enum::open_enum;

/// The offers for a product: those Amazon features, which is one as a rule. Read only through [`Perishable`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Offers {
    /// In the order of the API. None means that nothing is featured: out of stock, as a rule.
    pub listings: Vec<Offer>,
}

impl Offers {
    /// How long offers may be shown after they were fetched (Associates Program Policies, as of 2026-04-14).
    pub const LIFETIME: Duration = Duration::from_secs(3600);

    /// These offers.
    pub fn new(listings: Vec<Offer>) -> Self {
        Self { listings }
    }

    /// Locks them up for their [`LIFETIME`](Self::LIFETIME), counted from when they were fetched.
    pub fn fetched(self, at: Timestamp) -> Perishable<Self> {
        Perishable::new(self, at, Self::LIFETIME)
    }

    /// The offer a reader sees: the [best](Self::best), or, where no price may be shown, the featured one.
    pub fn to_show(&self) -> Option<&Offer> {
        self.best().or_else(|| self.featured())
    }

    /// The offer Amazon puts first: the one in the buy box, else the first. Its price may be one that is not shown.
    pub fn featured(&self) -> Option<&Offer> {
        self.listings
            .iter()
            .find(|offer| offer.is_buy_box_winner == Some(true))
            .or_else(|| self.listings.first())
    }
}

/// One offer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Offer {
    /// The price; not there where the seller forbids that it is shown (`violatesMAP`).
    pub price: Option<Price>,
    /// Whether it can be had.
    pub availability: Option<Availability>,
    /// New, used or refurbished.
    pub condition: Option<OfferCondition>,
    /// The deal it is part of.
    pub deal: Option<Deal>,
    /// Whether it is the one in the buy box; `None` if that was not asked for.
    pub is_buy_box_winner: Option<bool>,
    /// The points that come with it, in Japan.
    pub loyalty_points: Option<u64>,
    /// Who sells it.
    pub merchant: Option<Merchant>,
    /// What kind of offer it is; most have none.
    pub kind: Option<OfferKind>,
    /// Whether the price is below what the manufacturer lets be shown. Then there is none here.
    pub violates_map: bool,
}

impl Offer {
    /// An offer with what is known of its price and availability.
    pub fn new(price: Option<Price>, availability: Option<Availability>) -> Self {
        Self { price, availability, ..Self::default() }
    }
}

/// A price and what it is measured by.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Price {
    /// What is to be paid.
    pub money: Money,
    /// The same for a unit, as `$29.75 / Count`.
    pub per_unit: Option<Money>,
    /// What is saved.
    pub saving: Option<Saving>,
    /// The price the saving is counted from.
    pub basis: Option<SavingBasis>,
}

impl Price {
    /// A price of which no more is known.
    pub fn new(money: Money) -> Self {
        Self { money, per_unit: None, saving: None, basis: None }
    }
}

/// What is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Saving {
    /// The amount.
    pub money: Option<Money>,
    /// The same in percent of the basis.
    pub percent: Option<u64>,
}

impl Saving {
    /// A saving of this amount and percentage, as far as known.
    pub fn new(money: Option<Money>, percent: Option<u64>) -> Self {
        Self { money, percent }
    }
}

/// The price a saving is counted from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SavingBasis {
    /// The amount.
    pub money: Money,
    /// What kind of price it is.
    pub kind: Option<SavingBasisKind>,
    /// The shop's word for it, as `List Price`.
    pub label: Option<String>,
}

impl SavingBasis {
    /// A basis of this kind, under this name of the shop's.
    pub fn new(money: Money, kind: Option<SavingBasisKind>, label: Option<String>) -> Self {
        Self { money, kind, label }
    }
}

/// An amount of money, exactly as the API gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Money {
    /// The amount as a decimal text, exact: `39.99`.
    pub amount: String,
    /// The ISO 4217 code.
    pub currency: String,
    /// How the shop writes it: `$39.99`.
    pub display: String,
}

impl Money {
    /// An amount with its currency and the shop's way of writing it.
    pub fn new(amount: impl Into<String>, currency: impl Into<String>, display: impl Into<String>) -> Self {
        Self { amount: amount.into(), currency: currency.into(), display: display.into() }
    }
}

/// Whether an offer can be had.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Availability {
    /// In a word for programs.
    pub kind: Option<AvailabilityKind>,
    /// In the shop's words for readers.
    pub message: Option<String>,
    /// The fewest that are sold.
    pub min_quantity: Option<u64>,
    /// The most that are sold.
    pub max_quantity: Option<u64>,
}

impl Availability {
    /// In a word and in the shop's words, as far as known.
    pub fn new(kind: Option<AvailabilityKind>, message: Option<String>) -> Self {
        Self { kind, message, ..Self::default() }
    }
}

/// New, used or refurbished, and how well kept.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OfferCondition {
    /// The condition.
    pub value: OfferConditionKind,
    /// How well kept: `LikeNew`, `Good`; `Unknown` for what is new.
    pub sub_condition: Option<String>,
    /// The seller's words for it.
    pub note: Option<String>,
}

impl OfferCondition {
    /// A condition with its grade and note.
    pub fn new(value: OfferConditionKind, sub_condition: Option<String>, note: Option<String>) -> Self {
        Self { value, sub_condition, note }
    }
}

/// A deal. Without times it runs on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Deal {
    /// Who can have it: `ALL`, `PRIME_EARLY_ACCESS`, `PRIME_EXCLUSIVE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_type: Option<String>,
    /// The shop's words for it, as `Limited time deal`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub badge: Option<String>,
    /// When it begins, as the API writes it: `2026-11-27T05:35Z`, with or without seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_time: Option<String>,
    /// When it ends, in the same form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_time: Option<String>,
    /// How many percent of it are taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent_claimed: Option<u64>,
    /// For how long Prime members have it first, in milliseconds.
    #[serde(rename = "earlyAccessDurationInMilliseconds", skip_serializing_if = "Option::is_none")]
    pub early_access_millis: Option<u64>,
}

/// Who sells.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub struct Merchant {
    /// The seller's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The seller's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Merchant {
    /// A seller, as far as known.
    pub fn new(id: Option<String>, name: Option<String>) -> Self {
        Self { id, name }
    }
}

open_enum! {
    /// Whether an offer can be had (Creators API, page "OffersV2").
    AvailabilityKind {
        /// From a day to come.
        AvailableDate = "AVAILABLE_DATE",
        /// Now.
        InStock = "IN_STOCK",
        /// Now, but not many.
        InStockScarce = "IN_STOCK_SCARCE",
        /// After a while.
        LeadTime = "LEADTIME",
        /// Not now.
        OutOfStock = "OUT_OF_STOCK",
        /// Once it is out.
        Preorder = "PREORDER",
        /// Not at all.
        Unavailable = "UNAVAILABLE",
        /// Amazon does not say.
        Unknown = "UNKNOWN",
    }
}

open_enum! {
    /// New or not (Creators API, page "OffersV2").
    OfferConditionKind {
        /// New.
        New = "New",
        /// Used.
        Used = "Used",
        /// Refurbished.
        Refurbished = "Refurbished",
        /// Amazon does not say.
        Unknown = "Unknown",
    }
}

open_enum! {
    /// What kind of price a saving is counted from (SDK, `SavingBasisType`).
    SavingBasisKind {
        /// The list price.
        ListPrice = "LIST_PRICE",
        /// The lowest price of late.
        LowestPrice = "LOWEST_PRICE",
        /// The same, struck through.
        LowestPriceStrikethrough = "LOWEST_PRICE_STRIKETHROUGH",
        /// The price before.
        WasPrice = "WAS_PRICE",
    }
}

open_enum! {
    /// What kind of offer it is (SDK, `OfferType`).
    OfferKind {
        /// For a few hours.
        LightningDeal = "LIGHTNING_DEAL",
        /// By subscription.
        SubscribeAndSave = "SUBSCRIBE_AND_SAVE",
        /// Of Amazon Haul.
        Haul = "HAUL",
    }
}
