//! The words a search is narrowed and sorted with (`searchItems` of the Creators API).
//!
//! Numbers and texts of a search are not here: their limits belong to the request. Departments are in
//! [`search_index_table`](crate::search_index_table), for they differ from shop to shop.

use crate::open_enum::open_enum;

open_enum! {
    /// What a search shows first (SDK, `SortBy`). Without one, Amazon decides.
    ///
    /// ```
    /// use linkwright_core::SortBy;
    ///
    /// assert_eq!(SortBy::from("Price:LowToHigh"), SortBy::PriceLowToHigh);
    /// assert_eq!("price-low-to-high".parse(), Ok(SortBy::PriceLowToHigh), "as people type it");
    /// assert_eq!(SortBy::from("Newest2030").as_str(), "Newest2030", "one to come is sent as it is");
    /// ```
    SortBy {
        /// What readers like best.
        AvgCustomerReviews = "AvgCustomerReviews",
        /// What Amazon features.
        Featured = "Featured",
        /// What is new in the shop.
        NewestArrivals = "NewestArrivals",
        /// The dearest.
        PriceHighToLow = "Price:HighToLow",
        /// The cheapest.
        PriceLowToHigh = "Price:LowToHigh",
        /// What fits the words best.
        Relevance = "Relevance",
    }
}

open_enum! {
    /// Whether a search also finds what cannot be had (SDK, `Availability`). Without one, it does not.
    SearchAvailability {
        /// Only what can be had.
        Available = "Available",
        /// Also what is out of stock.
        IncludeOutOfStock = "IncludeOutOfStock",
    }
}

open_enum! {
    /// How products of a search must be delivered (SDK, `DeliveryFlag`).
    DeliveryFlag {
        /// Also to other countries, by Amazon.
        AmazonGlobal = "AmazonGlobal",
        /// For nothing.
        FreeShipping = "FreeShipping",
        /// By Amazon, whoever sells them.
        FulfilledByAmazon = "FulfilledByAmazon",
        /// With Prime.
        Prime = "Prime",
    }
}
