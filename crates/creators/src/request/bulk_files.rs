//! Feeds and reports: which there are, and where one can be fetched.
//!
//! In the official SDKs only; Amazon documents neither, and grants them to some accounts. They name no tag.

use linkwright_core::{FeedType, Marketplace, PartnerTag, ReportType, Result};
use serde::Serialize;

use super::field::{Fields, LONG_TEXT};
use super::{ApiOperation, ApiRequest, json};
use crate::wire::{DownloadLink, ListFeedsAnswer, ListReportsAnswer};

/// Asks which feeds there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListFeedsRequest {
    /// The shop.
    pub marketplace: Marketplace,
}

/// Asks which reports there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListReportsRequest {
    /// The shop.
    pub marketplace: Marketplace,
}

/// Asks where a feed can be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetFeedRequest {
    /// The shop.
    pub marketplace: Marketplace,
    /// The feed's name, as the list has it.
    pub feed_name: String,
    /// What it is a list of, if that must be said (SDK 1.3.0).
    pub feed_type: Option<FeedType>,
}

/// Asks where a report can be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetReportRequest {
    /// The shop.
    pub marketplace: Marketplace,
    /// The report's name, as the list has it.
    pub filename: String,
    /// Which programme it is about, if that must be said (SDK 1.3.0).
    pub report_type: Option<ReportType>,
}

impl ListFeedsRequest {
    /// The feeds of a shop.
    pub const fn new(marketplace: Marketplace) -> Self {
        Self { marketplace }
    }
}

impl ListReportsRequest {
    /// The reports of a shop.
    pub const fn new(marketplace: Marketplace) -> Self {
        Self { marketplace }
    }
}

impl GetFeedRequest {
    /// One feed of a shop.
    pub fn new(marketplace: Marketplace, feed_name: impl Into<String>) -> Self {
        Self { marketplace, feed_name: feed_name.into(), feed_type: None }
    }
}

impl GetReportRequest {
    /// One report of a shop.
    pub fn new(marketplace: Marketplace, filename: impl Into<String>) -> Self {
        Self { marketplace, filename: filename.into(), report_type: None }
    }
}

/// The two lists, whose requests have an empty body (the SDK sends `{}`).
macro_rules! list_request {
    ($request:ident, $operation:ident, $answer:ident, $subject:literal) => {
        impl ApiRequest for $request {
            type Answer = $answer;

            fn operation(&self) -> ApiOperation {
                ApiOperation::$operation
            }

            fn marketplace(&self) -> Marketplace {
                self.marketplace
            }

            fn partner_tag(&self) -> Option<&PartnerTag> {
                None
            }

            fn check(&self) -> Result<()> {
                Ok(())
            }

            fn body(&self) -> Vec<u8> {
                b"{}".to_vec()
            }

            fn subject(&self) -> String {
                $subject.to_owned()
            }

            fn decode(body: &[u8]) -> Result<$answer> {
                $answer::decode(body)
            }
        }
    };
}

list_request!(ListFeedsRequest, ListFeeds, ListFeedsAnswer, "feeds");
list_request!(ListReportsRequest, ListReports, ListReportsAnswer, "reports");

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FeedBody<'a> {
    feed_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_type: Option<&'a FeedType>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReportBody<'a> {
    filename: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    report_type: Option<&'a ReportType>,
}

/// The two requests for a link.
macro_rules! link_request {
    ($request:ident, $operation:ident, $field:literal, $name:ident, $this:ident => $body:expr) => {
        impl ApiRequest for $request {
            type Answer = DownloadLink;

            fn operation(&self) -> ApiOperation {
                ApiOperation::$operation
            }

            fn marketplace(&self) -> Marketplace {
                self.marketplace
            }

            fn partner_tag(&self) -> Option<&PartnerTag> {
                None
            }

            fn check(&self) -> Result<()> {
                // The SDK states the shortest (1) alone; a name as long as this is surely none.
                Fields(self.operation()).text($field, &self.$name, LONG_TEXT)
            }

            fn body(&self) -> Vec<u8> {
                let $this = self;
                json(&$body)
            }

            fn subject(&self) -> String {
                self.$name.clone()
            }

            fn decode(body: &[u8]) -> Result<DownloadLink> {
                DownloadLink::decode(body)
            }
        }
    };
}

link_request!(GetFeedRequest, GetFeed, "feedName", feed_name, this => FeedBody {
    feed_name: &this.feed_name,
    feed_type: this.feed_type.as_ref(),
});
link_request!(GetReportRequest, GetReport, "filename", filename, this => ReportBody {
    filename: &this.filename,
    report_type: this.report_type.as_ref(),
});
