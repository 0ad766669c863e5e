//! What the shop asks for a product: `offersV2`.
//!
//! Enums are texts here; [`linkwright_core`] has the known values.

use super::object::wire_object;
use super::{Interned, Number};

wire_object! {
    /// `offersV2`.
    pub struct OffersV2 {
        /// The offers Amazon features.
        listings: many Listing = "listings",
    }

    /// One offer.
    pub struct Listing {
        /// Whether it can be had.
        availability: one Availability = "availability",
        /// New or used.
        condition: one Condition = "condition",
        /// The deal it is part of.
        deal_details: one DealDetails = "dealDetails",
        /// Whether it is in the buy box.
        is_buy_box_winner: one bool = "isBuyBoxWinner",
        /// In Japan.
        loyalty_points: one LoyaltyPoints = "loyaltyPoints",
        /// Who sells it.
        merchant_info: one MerchantInfo = "merchantInfo",
        /// The price.
        price: one Price = "price",
        /// `LIGHTNING_DEAL`, `SUBSCRIBE_AND_SAVE`, `HAUL`.
        kind: one Interned = "type" | "__type",
        /// Whether the price must not be shown.
        violates_map: one bool = "violatesMAP",
    }

    /// `availability`.
    pub struct Availability {
        /// `IN_STOCK` and the like.
        kind: one Interned = "type" | "__type",
        /// In the shop's words.
        message: one String = "message",
        /// The fewest that are sold.
        min_order_quantity: one Number = "minOrderQuantity",
        /// The most that are sold.
        max_order_quantity: one Number = "maxOrderQuantity",
    }

    /// `condition`.
    pub struct Condition {
        /// `New` and the like.
        value: one Interned = "value",
        /// `LikeNew` and the like.
        sub_condition: one Interned = "subCondition",
        /// In the seller's words.
        condition_note: one String = "conditionNote",
    }

    /// `dealDetails`.
    pub struct DealDetails {
        /// `ALL` and the like.
        access_type: one Interned = "accessType",
        /// In the shop's words.
        badge: one String = "badge",
        /// With or without seconds.
        start_time: one String = "startTime",
        /// With or without seconds.
        end_time: one String = "endTime",
        /// For how long Prime members have it first.
        early_access_duration_in_milliseconds: one Number = "earlyAccessDurationInMilliseconds",
        /// How many percent are taken: a number in samples, a string in the documentation's table.
        percent_claimed: one Number = "percentClaimed",
    }

    /// `loyaltyPoints`.
    pub struct LoyaltyPoints {
        /// How many.
        points: one Number = "points",
    }

    /// `merchantInfo`.
    pub struct MerchantInfo {
        /// The seller's number.
        id: one String = "id",
        /// The seller's name.
        name: one String = "name",
    }

    /// `price`.
    pub struct Price {
        /// What is to be paid.
        money: one Money = "money",
        /// The price of a unit.
        price_per_unit: one Money = "pricePerUnit",
        /// What is saved.
        savings: one Savings = "savings",
        /// What that is counted from.
        saving_basis: one SavingBasis = "savingBasis",
    }

    /// `savings`.
    pub struct Savings {
        /// The amount.
        money: one Money = "money",
        /// In percent of the basis.
        percentage: one Number = "percentage",
    }

    /// `savingBasis`.
    pub struct SavingBasis {
        /// The amount.
        money: one Money = "money",
        /// `LIST_PRICE` and the like.
        saving_basis_type: one Interned = "savingBasisType",
        /// In the shop's words.
        saving_basis_type_label: one String = "savingBasisTypeLabel",
    }

    /// An amount of money.
    pub struct Money {
        /// The amount.
        amount: one Number = "amount",
        /// The ISO 4217 code.
        currency: one Interned = "currency",
        /// How the shop writes it.
        display_amount: one String = "displayAmount",
    }
}
