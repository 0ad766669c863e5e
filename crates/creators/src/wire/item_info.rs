//! What is said of a product: `itemInfo`.

use super::object::wire_object;
use super::offers::Money;
use super::{Interned, Number};

wire_object! {
    /// `itemInfo`.
    pub struct ItemInfo {
        /// `byLineInfo`.
        by_line_info: one ByLineInfo = "byLineInfo",
        /// `classifications`.
        classifications: one Classifications = "classifications",
        /// `contentInfo`.
        content_info: one ContentInfo = "contentInfo",
        /// `contentRating`.
        content_rating: one ContentRating = "contentRating",
        /// `externalIds`.
        external_ids: one ExternalIds = "externalIds",
        /// `features`.
        features: one Texts = "features",
        /// `manufactureInfo`.
        manufacture_info: one ManufactureInfo = "manufactureInfo",
        /// `productInfo`.
        product_info: one ProductInfo = "productInfo",
        /// `technicalInfo`.
        technical_info: one TechnicalInfo = "technicalInfo",
        /// `title`.
        title: one Text = "title",
        /// `tradeInInfo`.
        trade_in_info: one TradeInInfo = "tradeInInfo",
    }

    /// A text with its label.
    pub struct Text {
        /// `displayValue`.
        display_value: one String = "displayValue",
        /// In the shop's language.
        label: one Interned = "label",
        /// The language of both.
        locale: one Interned = "locale",
    }

    /// Several texts with one label.
    pub struct Texts {
        /// `displayValues`.
        display_values: many String = "displayValues",
        /// In the shop's language.
        label: one Interned = "label",
        /// The language of all.
        locale: one Interned = "locale",
    }

    /// A number with its label.
    pub struct Quantity {
        /// `displayValue`.
        display_value: one Number = "displayValue",
        /// In the shop's language.
        label: one Interned = "label",
        /// The label's language.
        locale: one Interned = "locale",
    }

    /// A yes or no with its label.
    pub struct Flag {
        /// `displayValue`.
        display_value: one bool = "displayValue",
        /// In the shop's language.
        label: one Interned = "label",
        /// The label's language.
        locale: one Interned = "locale",
    }

    /// A number with its unit and label.
    pub struct Measure {
        /// `displayValue`.
        display_value: one Number = "displayValue",
        /// In the shop's language.
        unit: one Interned = "unit",
        /// In the shop's language.
        label: one Interned = "label",
        /// The language of both.
        locale: one Interned = "locale",
    }

    /// `byLineInfo`.
    pub struct ByLineInfo {
        /// The brand.
        brand: one Text = "brand",
        /// The manufacturer.
        manufacturer: one Text = "manufacturer",
        /// Authors, artists, actors.
        contributors: many Contributor = "contributors",
    }

    /// Somebody who made it.
    pub struct Contributor {
        /// The name.
        name: one String = "name",
        /// In the shop's language.
        role: one String = "role",
        /// For programs.
        role_type: one Interned = "roleType",
        /// The language of the role.
        locale: one Interned = "locale",
    }

    /// `classifications`.
    pub struct Classifications {
        /// The binding.
        binding: one Text = "binding",
        /// The product group.
        product_group: one Text = "productGroup",
    }

    /// `contentInfo`.
    pub struct ContentInfo {
        /// The edition.
        edition: one Text = "edition",
        /// How many pages.
        pages_count: one Quantity = "pagesCount",
        /// When it was published: a year, a day or a moment.
        publication_date: one Text = "publicationDate",
        /// In which languages it is.
        languages: one Languages = "languages",
    }

    /// `languages`.
    pub struct Languages {
        /// `displayValues`.
        display_values: many Language = "displayValues",
        /// In the shop's language.
        label: one Interned = "label",
        /// The label's language.
        locale: one Interned = "locale",
    }

    /// One language.
    pub struct Language {
        /// Which, in the shop's language.
        display_value: one String = "displayValue",
        /// Of what.
        kind: one Interned = "type",
    }

    /// `contentRating`.
    pub struct ContentRating {
        /// For whom.
        audience_rating: one Text = "audienceRating",
    }

    /// `externalIds`.
    pub struct ExternalIds {
        /// EAN.
        eans: one Texts = "eans",
        /// ISBN.
        isbns: one Texts = "isbns",
        /// UPC.
        upcs: one Texts = "upcs",
    }

    /// `manufactureInfo`.
    pub struct ManufactureInfo {
        /// The part number.
        item_part_number: one Text = "itemPartNumber",
        /// The model.
        model: one Text = "model",
        /// The warranty.
        warranty: one Text = "warranty",
    }

    /// `productInfo`.
    pub struct ProductInfo {
        /// The colour.
        color: one Text = "color",
        /// The size.
        size: one Text = "size",
        /// Whether it is for adults only.
        is_adult_product: one Flag = "isAdultProduct",
        /// When it was or will be out.
        release_date: one Text = "releaseDate",
        /// How many are in a pack.
        unit_count: one Quantity = "unitCount",
        /// How large and heavy it is.
        item_dimensions: one ItemDimensions = "itemDimensions",
    }

    /// `itemDimensions`.
    pub struct ItemDimensions {
        /// The height.
        height: one Measure = "height",
        /// The length.
        length: one Measure = "length",
        /// The weight.
        weight: one Measure = "weight",
        /// The width.
        width: one Measure = "width",
    }

    /// `technicalInfo`.
    pub struct TechnicalInfo {
        /// The formats.
        formats: one Texts = "formats",
        /// The energy class.
        energy_efficiency_class: one Text = "energyEfficiencyClass",
    }

    /// `tradeInInfo`.
    pub struct TradeInInfo {
        /// Whether it can be traded in.
        is_eligible_for_trade_in: one bool = "isEligibleForTradeIn",
        /// For how much.
        price: one Money = "price",
    }
}
