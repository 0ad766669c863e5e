//! A category as a line of JSON, never past its time.

use std::sync::Arc;

use linkwright_sdk::core::{
    Ancestor, BrowseNodeId, BrowseNodePage, ChildNode, RequestContext, Sourced, Timestamp,
};
use serde::Serialize;

use crate::json::DegradedJson;

#[derive(Serialize)]
pub(super) struct CategoryLine<'a> {
    format: u8,
    marketplace: &'static str,
    browse_node: CategoryJson<'a>,
}

/// A category. Members with names of Amazon's have the form they have there, as in `categories` of items.
#[derive(Serialize)]
struct CategoryJson<'a> {
    id: String,
    url: &'a str,
    #[serde(flatten)]
    described: Option<DescribedJson<'a>>,
    source: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fetched_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    degraded: Option<DegradedJson>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DescribedJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    display_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    context_free_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_root: Option<bool>,
    /// The nearest first.
    ancestors: &'a [Ancestor],
    children: &'a [ChildNode],
}

/// The line of a category.
pub(super) fn line<'a>(
    context: &RequestContext,
    id: BrowseNodeId,
    url: &'a str,
    page: &'a Sourced<Arc<BrowseNodePage>>,
    now: Timestamp,
) -> CategoryLine<'a> {
    let times = page.value.node.as_ref().filter(|times| times.at(now).is_some());
    let described = times.and_then(|times| times.at(now)).map(|node| DescribedJson {
        display_name: node.display_name.as_deref(),
        context_free_name: node.context_free_name.as_deref(),
        is_root: node.is_root,
        ancestors: &node.ancestors,
        children: &node.children,
    });
    CategoryLine {
        format: 1,
        marketplace: context.marketplace.code(),
        browse_node: CategoryJson {
            id: id.to_string(),
            url,
            described,
            source: page.source.as_str(),
            fetched_at: page.fetched_at.map(|at| at.to_string()),
            expires: times.map(|times| times.expires_at().to_string()),
            degraded: page.degraded.map(DegradedJson::new),
        },
    }
}
