//! Categories, and a product's rank in them: an hour's data.

use std::time::Duration;

use serde::Serialize;

use crate::{Perishable, Timestamp};

/// The categories of a product and its ranks. Read only through [`Perishable`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub struct BrowseNodeInfo {
    /// The categories.
    #[serde(rename = "nodes", skip_serializing_if = "Vec::is_empty")]
    pub browse_nodes: Vec<BrowseNode>,
    /// The rank in the whole shop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website_sales_rank: Option<SalesRank>,
}

impl BrowseNodeInfo {
    /// How long it may be shown after it was fetched (Associates Program Policies, as of 2026-04-14).
    pub const LIFETIME: Duration = Duration::from_secs(3600);

    /// These categories and this rank.
    pub fn new(browse_nodes: Vec<BrowseNode>, website_sales_rank: Option<SalesRank>) -> Self {
        Self { browse_nodes, website_sales_rank }
    }

    /// Locks it up for its [`LIFETIME`](Self::LIFETIME), counted from when it was fetched.
    pub fn fetched(self, at: Timestamp) -> Perishable<Self> {
        Perishable::new(self, at, Self::LIFETIME)
    }
}

/// A category.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct BrowseNode {
    /// Its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Its name where the categories above are not seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context_free_name: Option<String>,
    /// Whether none is above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_root: Option<bool>,
    /// The product's rank in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_rank: Option<u64>,
    /// The categories above it, the nearest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ancestors: Vec<Ancestor>,
    /// The categories right below it. Only a category that was asked for by its number has them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<ChildNode>,
}

impl BrowseNode {
    /// How long it may be shown after it was fetched (Associates Program Policies, as of 2026-04-14).
    pub const LIFETIME: Duration = BrowseNodeInfo::LIFETIME;

    /// Locks it up for its [`LIFETIME`](Self::LIFETIME), counted from when it was fetched.
    pub fn fetched(self, at: Timestamp) -> Perishable<Self> {
        Perishable::new(self, at, Self::LIFETIME)
    }
}

/// A category right below another.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ChildNode {
    /// Its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Its name where the others are not seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context_free_name: Option<String>,
}

/// A category above another.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Ancestor {
    /// Its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Its name where the others are not seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context_free_name: Option<String>,
}

/// A rank in the whole shop.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SalesRank {
    /// The number of what it is counted in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Its name where nothing around it is seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context_free_name: Option<String>,
    /// The rank; 1 sells best.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_rank: Option<u64>,
}
