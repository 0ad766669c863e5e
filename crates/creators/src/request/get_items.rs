//! getItems: up to ten products by their ASINs.

use linkwright_core::{
    Asin, ItemOperation, Marketplace, PartnerTag, RequestContext, Resource, Resources, Result,
};
use serde::Serialize;

use super::audience::{self, Audience};
use super::field::Fields;
use super::{ApiOperation, ApiRequest, RequestWarning, json};
use crate::wire::GetItemsAnswer;

/// A request for up to ten products.
///
/// ```
/// use linkwright_core::{Account, Asin, Marketplace, PartnerTag, RequestContext, Resources};
/// use linkwright_creators::{ApiRequest, GetItemsRequest};
///
/// let tag = PartnerTag::new("demo-20", Marketplace::Us)?;
/// let context = RequestContext::tagged(Account::new("main"), tag);
/// let request = GetItemsRequest::new(&context, [Asin::parse("B000000001")?], Resources::LINK)?;
/// assert_eq!(
///     String::from_utf8(request.body())?,
///     r#"{"itemIds":["B000000001"],"partnerTag":"demo-20","resources":["itemInfo.title"]}"#,
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetItemsRequest {
    /// One to ten ASINs.
    pub asins: Vec<Asin>,
    /// Which parts of each product; those getItems does not take are left out. None at all leaves it to Amazon, which then
    /// answers the title.
    pub resources: Resources,
    /// Who asks.
    pub audience: Audience,
}

impl GetItemsRequest {
    /// How many products one call may ask for (SDK and documentation).
    pub const MOST_ASINS: usize = 10;

    /// Asks for these products in the shop, language and currency of the context.
    ///
    /// # Errors
    /// - `ConfigInvalid` with reason `no_tag` if the context has no tag: the API is asked only with one.
    /// - `RequestInvalid` as [`check`](ApiRequest::check).
    pub fn new(
        context: &RequestContext,
        asins: impl IntoIterator<Item = Asin>,
        resources: Resources,
    ) -> Result<Self> {
        let audience = Audience::of(context, ApiOperation::GetItems)?;
        let request = Self { asins: asins.into_iter().collect(), resources, audience };
        request.check()?;
        Ok(request)
    }
}

impl ApiRequest for GetItemsRequest {
    type Answer = GetItemsAnswer;

    fn operation(&self) -> ApiOperation {
        ApiOperation::GetItems
    }

    fn marketplace(&self) -> Marketplace {
        self.audience.marketplace()
    }

    fn partner_tag(&self) -> Option<&PartnerTag> {
        Some(&self.audience.partner_tag)
    }

    fn check(&self) -> Result<()> {
        let fields = Fields(self.operation());
        fields.count("itemIds", self.asins.len(), 1..=Self::MOST_ASINS)?;
        self.audience.check(&fields)
    }

    fn warnings(&self) -> Vec<RequestWarning> {
        self.audience.warnings()
    }

    fn body(&self) -> Vec<u8> {
        json(&Body {
            item_ids: self.asins.iter().map(Asin::as_str).collect(),
            audience: self.audience.members(),
            resources: self
                .resources
                .for_operation(ItemOperation::GetItems)
                .iter()
                .map(Resource::as_str)
                .collect(),
        })
    }

    fn subject(&self) -> String {
        let names: Vec<&str> = self.asins.iter().map(Asin::as_str).collect();
        names.join(", ")
    }

    fn decode(body: &[u8]) -> Result<GetItemsAnswer> {
        GetItemsAnswer::decode(body)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    item_ids: Vec<&'a str>,
    #[serde(flatten)]
    audience: audience::Members<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    resources: Vec<&'a str>,
}
