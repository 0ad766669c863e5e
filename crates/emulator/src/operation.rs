//! The operations of the API: their names, and where they are asked for.

/// An operation of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Operation {
    GetItems,
    SearchItems,
    GetVariations,
    GetBrowseNodes,
    ListFeeds,
    GetFeed,
    ListReports,
    GetReport,
}

/// Name and path. Reports have a prefix of their own.
#[rustfmt::skip] // One operation is one line.
const TABLE: [(Operation, &str, &str); 8] = [
    (Operation::GetItems, "getItems", "/catalog/v1/getItems"),
    (Operation::SearchItems, "searchItems", "/catalog/v1/searchItems"),
    (Operation::GetVariations, "getVariations", "/catalog/v1/getVariations"),
    (Operation::GetBrowseNodes, "getBrowseNodes", "/catalog/v1/getBrowseNodes"),
    (Operation::ListFeeds, "listFeeds", "/catalog/v1/listFeeds"),
    (Operation::GetFeed, "getFeed", "/catalog/v1/getFeed"),
    (Operation::ListReports, "listReports", "/reports/v1/listReports"),
    (Operation::GetReport, "getReport", "/reports/v1/getReport"),
];

impl Operation {
    /// The operation of a path. Paths are case-sensitive.
    pub(crate) fn at(path: &str) -> Option<Self> {
        TABLE.iter().find(|(_, _, known)| *known == path).map(|(operation, _, _)| *operation)
    }

    /// The name, as the documentation of the API writes it in addresses.
    pub(crate) fn name(self) -> &'static str {
        TABLE.iter().find(|(known, _, _)| *known == self).map_or("", |(_, name, _)| name)
    }

    /// Where it is asked for.
    pub(crate) fn path(self) -> &'static str {
        TABLE.iter().find(|(known, _, _)| *known == self).map_or("", |(_, _, path)| path)
    }

    /// All of them, in the order of the documentation.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(operation, _, _)| *operation)
    }
}
