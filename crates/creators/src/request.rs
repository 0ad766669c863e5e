//! Requests as data: what is sent, without sending it.

use linkwright_core::{
    Asin, Condition, Error, ErrorKind, PartnerTag, RequestContext, Resource, Resources, Result,
};
use serde::Serialize;

/// A request for up to ten products.
///
/// ```
/// use linkwright_core::{Account, Asin, Marketplace, PartnerTag, RequestContext, Resources};
/// use linkwright_creators::GetItemsRequest;
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
    /// The tag on the links of the answer. Its shop is the one that is asked.
    pub partner_tag: PartnerTag,
    /// Which parts of each product. None at all leaves it to Amazon, which then answers the title.
    pub resources: Resources,
    /// The preferred language, as `de_DE`. One the shop does not speak is ignored by Amazon.
    pub language: Option<String>,
    /// The preferred currency. One the shop does not know is ignored by Amazon.
    pub currency: Option<String>,
    /// Which offers count.
    pub condition: Condition,
}

impl GetItemsRequest {
    /// How many products one call may ask for (SDK and documentation).
    pub const MOST_ASINS: usize = 10;

    /// Where it is sent to, after the address of the API.
    pub const PATH: &'static str = "/catalog/v1/getItems";

    /// The operation's name in errors.
    pub(crate) const OPERATION: &'static str = "creators.get_items";

    /// Asks for these products in the shop, language and currency of the context.
    ///
    /// # Errors
    /// - `ConfigInvalid` with reason `no_tag` if the context has no tag: the API is asked only with one.
    /// - `RequestInvalid` unless there are one to ten ASINs.
    pub fn new(
        context: &RequestContext,
        asins: impl IntoIterator<Item = Asin>,
        resources: Resources,
    ) -> Result<Self> {
        let request = Self {
            asins: asins.into_iter().collect(),
            partner_tag: context.tag().ok_or_else(|| no_tag(context))?.clone(),
            resources,
            language: context.language.clone(),
            currency: context.currency.clone(),
            condition: context.condition,
        };
        request.check()?;
        Ok(request)
    }

    /// Whether Amazon would take it, as far as that can be known here.
    pub(crate) fn check(&self) -> Result<()> {
        let count = self.asins.len();
        if (1..=Self::MOST_ASINS).contains(&count) {
            return Ok(());
        }
        let message = format!("one call asks for 1 to {} products, not for: `{count}`", Self::MOST_ASINS);
        Err(Error::new(ErrorKind::RequestInvalid, Self::OPERATION, message))
    }

    /// The body of the call, in JSON.
    pub fn body(&self) -> Vec<u8> {
        let body = Body {
            item_ids: self.asins.iter().map(Asin::as_str).collect(),
            partner_tag: self.partner_tag.as_str(),
            resources: self.resources.iter().map(Resource::as_str).collect(),
            languages_of_preference: self.language.as_deref().into_iter().collect(),
            currency_of_preference: self.currency.as_deref(),
            condition: match self.condition {
                Condition::New => Some("New"),
                // Also Amazon's default.
                _ => None,
            },
        };
        // Texts and lists of texts always have a JSON form.
        serde_json::to_vec(&body).unwrap_or_default()
    }

    /// The header fields of the call but for `Authorization`.
    pub fn headers(&self) -> [(&'static str, &'static str); 3] {
        [
            ("content-type", "application/json"),
            ("accept", "application/json"),
            ("x-marketplace", self.partner_tag.marketplace().host()),
        ]
    }
}

/// Names and limits: SDK (`get_items_request_content.py`) and documentation, which agree on these.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    item_ids: Vec<&'a str>,
    partner_tag: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    resources: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    languages_of_preference: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency_of_preference: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<&'a str>,
}

pub(crate) fn no_tag(context: &RequestContext) -> Error {
    let shop = context.marketplace;
    let message =
        format!("the Creators API is asked only with a tag, and there is none for the shop: `{shop}`");
    Error::new(ErrorKind::ConfigInvalid, GetItemsRequest::OPERATION, message)
        .with_origin(crate::ORIGIN)
        .with_hint("name the tag that Associates Central shows for this shop")
        .with_context(Error::REASON, "no_tag")
        .with_context("marketplace", shop.code())
}
