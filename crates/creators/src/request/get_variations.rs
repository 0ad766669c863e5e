//! getVariations: a page of the variations of a product.

use linkwright_core::{
    GetVariations, ItemOperation, Marketplace, PartnerTag, RequestContext, Resource, Result,
};
use serde::Serialize;

use super::audience::{self, Audience};
use super::field::Fields;
use super::{ApiOperation, ApiRequest, RequestWarning, json};
use crate::wire::GetVariationsAnswer;

/// A request for one page of the variations of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetVariationsRequest {
    /// Which product, which page.
    pub variations: GetVariations,
    /// Who asks.
    pub audience: Audience,
}

impl GetVariationsRequest {
    /// The most variations on a page (SDK and documentation).
    pub const MOST_ITEMS: u32 = 10;

    /// Asks in the shop, language and currency of the context.
    ///
    /// # Errors
    /// - `ConfigInvalid` with reason `no_tag` if the context has no tag: the API is asked only with one.
    /// - `RequestInvalid` as [`check`](ApiRequest::check).
    pub fn new(context: &RequestContext, variations: GetVariations) -> Result<Self> {
        let request = Self { variations, audience: Audience::of(context, ApiOperation::GetVariations)? };
        request.check()?;
        Ok(request)
    }

    /// How many variations a full page has.
    pub(crate) fn page_size(&self) -> u32 {
        self.variations.variation_count.unwrap_or(Self::MOST_ITEMS)
    }

    /// Which page is asked for.
    pub(crate) fn page(&self) -> u32 {
        self.variations.variation_page.unwrap_or(1)
    }
}

impl ApiRequest for GetVariationsRequest {
    type Answer = GetVariationsAnswer;

    fn operation(&self) -> ApiOperation {
        ApiOperation::GetVariations
    }

    fn marketplace(&self) -> Marketplace {
        self.audience.marketplace()
    }

    fn partner_tag(&self) -> Option<&PartnerTag> {
        Some(&self.audience.partner_tag)
    }

    fn check(&self) -> Result<()> {
        let fields = Fields(self.operation());
        fields.number("variationCount", self.variations.variation_count, 1..=Self::MOST_ITEMS)?;
        fields.number("variationPage", self.variations.variation_page, 1..=u32::MAX)?;
        self.audience.check(&fields)
    }

    fn warnings(&self) -> Vec<RequestWarning> {
        self.audience.warnings()
    }

    fn body(&self) -> Vec<u8> {
        json(&Body {
            asin: self.variations.asin.as_str(),
            audience: self.audience.members(),
            resources: self
                .variations
                .resources
                .for_operation(ItemOperation::GetVariations)
                .iter()
                .map(Resource::as_str)
                .collect(),
            variation_count: self.variations.variation_count,
            variation_page: self.variations.variation_page,
        })
    }

    fn subject(&self) -> String {
        self.variations.asin.to_string()
    }

    fn decode(body: &[u8]) -> Result<GetVariationsAnswer> {
        GetVariationsAnswer::decode(body)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    asin: &'a str,
    #[serde(flatten)]
    audience: audience::Members<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    resources: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    variation_count: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    variation_page: Option<u32>,
}
