//! Which parts of products are asked for, in the Creators API's own names.
//!
//! The API answers no more than what is asked for, and takes the price of a call for one part as for all. What can be
//! asked of categories is in [`browse_node_resources`](crate::browse_node_resources).

use crate::resource_set::{resource_names, resource_set};

resource_names! {
    /// One part of a product, or of an answer about several, that can be asked for.
    ///
    /// The names are spelled as in the official SDKs 1.2.0 and 1.3.0 (`get_items_resource.py`, `search_items_resource.py`,
    /// `get_variations_resource.py`). Four of them are not in the documentation: the two of `customerReviews`, and
    /// `highRes` of both kinds of images.
    Resource {
        /// The categories the product is in.
        BrowseNodes = "browseNodeInfo.browseNodes",
        /// The categories above those.
        BrowseNodeAncestors = "browseNodeInfo.browseNodes.ancestor",
        /// The product's rank in each category.
        BrowseNodeSalesRank = "browseNodeInfo.browseNodes.salesRank",
        /// The product's rank in the whole shop.
        WebsiteSalesRank = "browseNodeInfo.websiteSalesRank",
        /// How many reviews there are; expect nothing.
        ReviewCount = "customerReviews.count",
        /// How many stars they give; expect nothing.
        ReviewStars = "customerReviews.starRating",
        /// The main picture in its largest size.
        PrimaryImageHighRes = "images.primary.highRes",
        /// The main picture, 500 pixels.
        PrimaryImageLarge = "images.primary.large",
        /// The main picture, 160 pixels.
        PrimaryImageMedium = "images.primary.medium",
        /// The main picture, 75 pixels.
        PrimaryImageSmall = "images.primary.small",
        /// The further pictures in their largest size.
        VariantImagesHighRes = "images.variants.highRes",
        /// The further pictures, 500 pixels.
        VariantImagesLarge = "images.variants.large",
        /// The further pictures, 160 pixels.
        VariantImagesMedium = "images.variants.medium",
        /// The further pictures, 75 pixels.
        VariantImagesSmall = "images.variants.small",
        /// Brand, manufacturer, authors and others who made it.
        ByLineInfo = "itemInfo.byLineInfo",
        /// Binding and product group.
        Classifications = "itemInfo.classifications",
        /// Edition, languages, pages and day of publication.
        ContentInfo = "itemInfo.contentInfo",
        /// For what age.
        ContentRating = "itemInfo.contentRating",
        /// EAN, ISBN and UPC.
        ExternalIds = "itemInfo.externalIds",
        /// The bullet points.
        Features = "itemInfo.features",
        /// Part number, model and warranty.
        ManufactureInfo = "itemInfo.manufactureInfo",
        /// Colour, size, dimensions and the like.
        ProductInfo = "itemInfo.productInfo",
        /// Formats and energy class.
        TechnicalInfo = "itemInfo.technicalInfo",
        /// The title.
        Title = "itemInfo.title",
        /// Whether and for how much it can be traded in.
        TradeInInfo = "itemInfo.tradeInInfo",
        /// Whether it can be had.
        Availability = "offersV2.listings.availability",
        /// New, used or refurbished.
        Condition = "offersV2.listings.condition",
        /// What deal there is.
        DealDetails = "offersV2.listings.dealDetails",
        /// Whether the offer is the one Amazon features.
        IsBuyBoxWinner = "offersV2.listings.isBuyBoxWinner",
        /// The points that come with it, in Japan.
        LoyaltyPoints = "offersV2.listings.loyaltyPoints",
        /// Who sells it.
        MerchantInfo = "offersV2.listings.merchantInfo",
        /// The price and what is saved.
        Price = "offersV2.listings.price",
        /// Whether it is a lightning deal, a subscription or the like.
        ListingType = "offersV2.listings.type",
        /// The product of which this one is a variation.
        ParentAsin = "parentASIN",
        /// How the search can be narrowed. Of a search alone.
        SearchRefinements = "searchRefinements",
        /// The highest price of all variations. Of variations alone.
        VariationHighestPrice = "variationSummary.price.highestPrice",
        /// The lowest price of all variations. Of variations alone.
        VariationLowestPrice = "variationSummary.price.lowestPrice",
        /// In what the variations differ. Of variations alone.
        VariationDimension = "variationSummary.variationDimension",
    }
}

/// An operation that answers products. Which parts it can be asked for is decided by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ItemOperation {
    /// Products by ASIN: takes the 34 parts of a product.
    GetItems,
    /// Products by words: takes [`Resources::SEARCH_REFINEMENTS`] besides.
    SearchItems,
    /// The variations of a product: takes [`Resources::VARIATION_SUMMARY`] besides.
    GetVariations,
}

impl ItemOperation {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::GetItems, Self::SearchItems, Self::GetVariations];

    /// All parts this operation can be asked for.
    pub const fn resources(self) -> Resources {
        match self {
            Self::GetItems => Resources::FULL,
            Self::SearchItems => Resources::FULL.union(Resources::SEARCH_REFINEMENTS),
            Self::GetVariations => Resources::FULL.union(Resources::VARIATION_SUMMARY),
        }
    }
}

resource_set! {
    /// A set of [`Resource`]s.
    ///
    /// One set serves all operations. What goes into a request is its part that the operation takes
    /// ([`for_operation`](Self::for_operation)); the rest is left out, for Amazon refuses a call with a name that is not of
    /// that operation.
    ///
    /// ```
    /// use linkwright_core::{ItemOperation, Resource, Resources};
    ///
    /// let asked = Resources::LINK.with(Resource::Price).with(Resource::SearchRefinements);
    /// assert!(asked.contains(Resource::Price) && !asked.contains(Resource::Features));
    /// assert_eq!(asked.to_string(), "itemInfo.title,offersV2.listings.price,searchRefinements");
    ///
    /// let sent = asked.for_operation(ItemOperation::GetItems);
    /// assert_eq!(sent.to_string(), "itemInfo.title,offersV2.listings.price");
    /// # let typed: Resources = "card".parse()?;
    /// # assert_eq!(typed, Resources::CARD);
    /// # Ok::<(), linkwright_core::Error>(())
    /// ```
    Resources of Resource, "use `link`, `card`, `price`, `full`, or names such as `offersV2.listings.price`"
}

impl Resources {
    /// What a link is written with: the title.
    pub const LINK: Self = Self::NONE.with(Resource::Title);

    /// What a product card shows: title, byline, the main picture in its sizes, price and availability, and by what the one
    /// price of several is told.
    pub const CARD: Self = Self::LINK
        .with(Resource::ByLineInfo)
        .with(Resource::PrimaryImageSmall)
        .with(Resource::PrimaryImageMedium)
        .with(Resource::PrimaryImageLarge)
        .with(Resource::Price)
        .with(Resource::Availability)
        .with(Resource::IsBuyBoxWinner)
        .with(Resource::ListingType);

    /// What a price box shows: the title and all that is said of offers.
    pub const PRICE: Self = Self::LINK
        .with(Resource::Availability)
        .with(Resource::Condition)
        .with(Resource::DealDetails)
        .with(Resource::IsBuyBoxWinner)
        .with(Resource::LoyaltyPoints)
        .with(Resource::MerchantInfo)
        .with(Resource::Price)
        .with(Resource::ListingType);

    /// How a search can be narrowed: what only a search takes.
    pub const SEARCH_REFINEMENTS: Self = Self::NONE.with(Resource::SearchRefinements);

    /// What variations have in common: what only a question for variations takes.
    pub const VARIATION_SUMMARY: Self = Self::NONE
        .with(Resource::VariationHighestPrice)
        .with(Resource::VariationLowestPrice)
        .with(Resource::VariationDimension);

    /// All parts of a product, which every operation takes. What else an operation takes is in
    /// [`ItemOperation::resources`].
    pub const FULL: Self = Self::all().without(Self::SEARCH_REFINEMENTS).without(Self::VARIATION_SUMMARY);

    /// The ready-made sets, by name.
    pub const PRESETS: &'static [(&'static str, Self)] =
        &[("link", Self::LINK), ("card", Self::CARD), ("price", Self::PRICE), ("full", Self::FULL)];

    /// What of the set this operation takes. The rest has no meaning there and is left out;
    /// [`without`](Self::without) of the result tells what that was.
    #[must_use]
    pub const fn for_operation(self, operation: ItemOperation) -> Self {
        self.intersection(operation.resources())
    }
}

impl Default for Resources {
    /// [`CARD`](Self::CARD).
    fn default() -> Self {
        Self::CARD
    }
}
