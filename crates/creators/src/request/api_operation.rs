//! The operations of the API: names and addresses.

use std::fmt;
use std::str::FromStr;

use linkwright_core::{Error, ErrorKind};

/// An operation of the API.
///
/// The first four are documented; the others are in the official SDKs only, where the reports have a prefix of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ApiOperation {
    /// Products by ASIN.
    GetItems,
    /// Products by words.
    SearchItems,
    /// The variations of a product.
    GetVariations,
    /// Categories by number.
    GetBrowseNodes,
    /// Which feeds there are.
    ListFeeds,
    /// Where a feed can be fetched.
    GetFeed,
    /// Which reports there are.
    ListReports,
    /// Where a report can be fetched.
    GetReport,
}

impl ApiOperation {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::GetItems,
        Self::SearchItems,
        Self::GetVariations,
        Self::GetBrowseNodes,
        Self::ListFeeds,
        Self::GetFeed,
        Self::ListReports,
        Self::GetReport,
    ];

    /// The name as Amazon writes it: `getItems`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GetItems => "getItems",
            Self::SearchItems => "searchItems",
            Self::GetVariations => "getVariations",
            Self::GetBrowseNodes => "getBrowseNodes",
            Self::ListFeeds => "listFeeds",
            Self::GetFeed => "getFeed",
            Self::ListReports => "listReports",
            Self::GetReport => "getReport",
        }
    }

    /// Where it is sent to, after the address of the API.
    pub const fn path(self) -> &'static str {
        match self {
            Self::GetItems => "/catalog/v1/getItems",
            Self::SearchItems => "/catalog/v1/searchItems",
            Self::GetVariations => "/catalog/v1/getVariations",
            Self::GetBrowseNodes => "/catalog/v1/getBrowseNodes",
            Self::ListFeeds => "/catalog/v1/listFeeds",
            Self::GetFeed => "/catalog/v1/getFeed",
            Self::ListReports => "/reports/v1/listReports",
            Self::GetReport => "/reports/v1/getReport",
        }
    }

    /// Whether its body names a tag.
    pub const fn takes_tag(self) -> bool {
        matches!(self, Self::GetItems | Self::SearchItems | Self::GetVariations | Self::GetBrowseNodes)
    }

    /// The operation's name in errors.
    pub const fn error_name(self) -> &'static str {
        match self {
            Self::GetItems => "creators.get_items",
            Self::SearchItems => "creators.search_items",
            Self::GetVariations => "creators.get_variations",
            Self::GetBrowseNodes => "creators.get_browse_nodes",
            Self::ListFeeds => "creators.list_feeds",
            Self::GetFeed => "creators.get_feed",
            Self::ListReports => "creators.list_reports",
            Self::GetReport => "creators.get_report",
        }
    }
}

impl fmt::Display for ApiOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for ApiOperation {
    type Err = Error;

    /// Reads a name as Amazon writes it; upper and lower case, `-` and `_` do not matter (`get-items`).
    fn from_str(text: &str) -> Result<Self, Error> {
        let plain = |text: &str| -> String {
            text.chars().filter(|c| !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect()
        };
        let asked = plain(text);
        if let Some(found) = Self::ALL.into_iter().find(|known| plain(known.as_str()) == asked) {
            return Ok(found);
        }
        let shown: String = text.chars().take(40).collect();
        let error = Error::new(
            ErrorKind::RequestInvalid,
            "creators.operation",
            format!("the API has no such operation: `{}`", shown.escape_debug()),
        );
        let near = Self::ALL.into_iter().find(|known| {
            let known = plain(known.as_str());
            asked.len() >= 4 && (known.contains(&asked) || asked.contains(&known))
        });
        let names: Vec<&str> = Self::ALL.iter().map(|known| known.as_str()).collect();
        Err(match near {
            Some(near) => error.with_hint(format!("did you mean `{near}`?")),
            None => error.with_hint(format!("there are: `{}`", names.join("`, `"))),
        })
    }
}
