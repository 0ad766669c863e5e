//! The kinds of files the Creators API offers: feeds and reports.
//!
//! Both enums are in the official SDK 1.3.0 only, and neither is in the documentation.

use crate::open_enum::open_enum;

open_enum! {
    /// What a feed is a list of (SDK 1.3.0, `FeedType`).
    FeedType {
        /// Products.
        ProductFeeds = "PRODUCT_FEEDS",
        /// Deals.
        DealsFeeds = "DEALS_FEEDS",
    }
}

open_enum! {
    /// Which programme a report is about (SDK 1.3.0, `ReportType`).
    ReportType {
        /// Creator Central, which includes Associates.
        CreatorCentral = "CREATOR_CENTRAL",
        /// Creator Connections: campaigns with brands.
        CreatorConnections = "CREATOR_CONNECTIONS",
    }
}
