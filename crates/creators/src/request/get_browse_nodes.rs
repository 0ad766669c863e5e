//! getBrowseNodes: up to ten categories by their numbers.

use linkwright_core::{BrowseNodeResource, GetBrowseNodes, Marketplace, PartnerTag, RequestContext, Result};
use serde::Serialize;

use super::audience::{self, Audience};
use super::field::Fields;
use super::{ApiOperation, ApiRequest, RequestWarning, json};
use crate::wire::GetBrowseNodesAnswer;

/// A request for up to ten categories. Currency and condition are not sent: this operation does not take them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetBrowseNodesRequest {
    /// Which categories: one to ten.
    pub nodes: GetBrowseNodes,
    /// Who asks.
    pub audience: Audience,
}

impl GetBrowseNodesRequest {
    /// How many categories one call may ask for (SDK and documentation).
    pub const MOST_IDS: usize = 10;

    /// Asks in the shop and language of the context.
    ///
    /// # Errors
    /// - `ConfigInvalid` with reason `no_tag` if the context has no tag: the API is asked only with one.
    /// - `RequestInvalid` as [`check`](ApiRequest::check).
    pub fn new(context: &RequestContext, nodes: GetBrowseNodes) -> Result<Self> {
        let request = Self { nodes, audience: Audience::of(context, ApiOperation::GetBrowseNodes)? };
        request.check()?;
        Ok(request)
    }
}

impl ApiRequest for GetBrowseNodesRequest {
    type Answer = GetBrowseNodesAnswer;

    fn operation(&self) -> ApiOperation {
        ApiOperation::GetBrowseNodes
    }

    fn marketplace(&self) -> Marketplace {
        self.audience.marketplace()
    }

    fn partner_tag(&self) -> Option<&PartnerTag> {
        Some(&self.audience.partner_tag)
    }

    fn check(&self) -> Result<()> {
        let fields = Fields(self.operation());
        fields.count("browseNodeIds", self.nodes.ids.len(), 1..=Self::MOST_IDS)?;
        self.audience.check(&fields)
    }

    fn warnings(&self) -> Vec<RequestWarning> {
        let language = |warning: &RequestWarning| warning.field == "languagesOfPreference";
        self.audience.warnings().into_iter().filter(language).collect()
    }

    fn body(&self) -> Vec<u8> {
        json(&Body {
            browse_node_ids: self.nodes.ids.iter().map(ToString::to_string).collect(),
            audience: self.audience.members_without_offers(),
            resources: self.nodes.resources.iter().map(BrowseNodeResource::as_str).collect(),
        })
    }

    fn subject(&self) -> String {
        let ids: Vec<String> = self.nodes.ids.iter().map(ToString::to_string).collect();
        ids.join(", ")
    }

    fn decode(body: &[u8]) -> Result<GetBrowseNodesAnswer> {
        GetBrowseNodesAnswer::decode(body)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    browse_node_ids: Vec<String>,
    #[serde(flatten)]
    audience: audience::Members<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    resources: Vec<&'a str>,
}
