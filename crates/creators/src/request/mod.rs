//! Requests as data: what is sent and how the answer is read, without sending anything.
//!
//! One file an operation. [`ApiRequest`] is what they have in common, [`Audience`] what most of them say of who asks.

mod api_operation;
mod audience;
mod bulk_files;
mod field;
mod get_browse_nodes;
mod get_items;
mod get_variations;
mod raw;
mod search_items;
mod warning;

use linkwright_core::{Error, ErrorKind, Marketplace, PartnerTag, RequestContext, Result};

pub use api_operation::ApiOperation;
pub use audience::Audience;
pub use bulk_files::{GetFeedRequest, GetReportRequest, ListFeedsRequest, ListReportsRequest};
pub use get_browse_nodes::GetBrowseNodesRequest;
pub use get_items::GetItemsRequest;
pub use get_variations::GetVariationsRequest;
pub use raw::{RawAnswer, RawRequest};
pub use search_items::SearchItemsRequest;
pub use warning::RequestWarning;

mod sealed {
    #[allow(unnameable_types, reason = "that nobody else can name it is what seals `ApiRequest`")]
    pub trait Sealed {}
    impl Sealed for super::GetItemsRequest {}
    impl Sealed for super::SearchItemsRequest {}
    impl Sealed for super::GetVariationsRequest {}
    impl Sealed for super::GetBrowseNodesRequest {}
    impl Sealed for super::ListFeedsRequest {}
    impl Sealed for super::GetFeedRequest {}
    impl Sealed for super::ListReportsRequest {}
    impl Sealed for super::GetReportRequest {}
    impl Sealed for super::RawRequest {}
}

/// A call of the API as data. Sealed: the operations are those of the API, and [`RawRequest`].
///
/// ```
/// use linkwright_core::{Account, Marketplace, PartnerTag, RequestContext, Resources, SearchItems};
/// use linkwright_creators::{ApiRequest, SearchItemsRequest};
///
/// let tag = PartnerTag::new("demo-20", Marketplace::Us)?;
/// let context = RequestContext::tagged(Account::new("main"), tag);
/// let search = SearchItems::new("kettle").with_resources(Resources::LINK);
/// let request = SearchItemsRequest::new(&context, search)?;
/// assert_eq!(request.operation().path(), "/catalog/v1/searchItems");
/// assert_eq!(
///     String::from_utf8(request.body())?,
///     r#"{"keywords":"kettle","partnerTag":"demo-20","resources":["itemInfo.title"]}"#,
/// );
/// let answer = SearchItemsRequest::decode(br#"{"searchResult":{"totalResultCount":146}}"#)?;
/// assert_eq!(answer.total_result_count.unwrap().to_u64(), Some(146));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait ApiRequest: sealed::Sealed + Send + Sync {
    /// What Amazon answers to it.
    type Answer: Send;

    /// Which operation is called.
    fn operation(&self) -> ApiOperation;

    /// The shop it is sent for.
    fn marketplace(&self) -> Marketplace;

    /// The tag on the links of the answer; `None` for operations without.
    fn partner_tag(&self) -> Option<&PartnerTag>;

    /// Checks every field against the ranges Amazon states.
    ///
    /// # Errors
    /// `RequestInvalid`, with the field, its value and the rule in the message, and the field as context `field`.
    fn check(&self) -> Result<()>;

    /// What Amazon would take but probably not as it is meant: a language, currency or department that the shop's table
    /// does not have. Tables age, so these are never refused.
    fn warnings(&self) -> Vec<RequestWarning> {
        Vec::new()
    }

    /// The body of the call, in JSON.
    fn body(&self) -> Vec<u8>;

    /// The header fields of the call but for `Authorization`.
    fn headers(&self) -> [(&'static str, &'static str); 3] {
        [
            ("content-type", "application/json"),
            ("accept", "application/json"),
            ("x-marketplace", self.marketplace().host()),
        ]
    }

    /// What the request asks for, in a few words, for the error that says that there is none of it; empty if that cannot be
    /// said.
    fn subject(&self) -> String;

    /// Reads an answer of status 200.
    ///
    /// # Errors
    /// `Corrupt`, with the place as context `path`.
    fn decode(body: &[u8]) -> Result<Self::Answer>;
}

pub(crate) fn no_tag(context: &RequestContext, operation: ApiOperation) -> Error {
    let shop = context.marketplace;
    let message =
        format!("the Creators API is asked only with a tag, and there is none for the shop: `{shop}`");
    Error::new(ErrorKind::ConfigInvalid, operation.error_name(), message)
        .with_origin(crate::ORIGIN)
        .with_hint("name the tag that Associates Central shows for this shop")
        .with_context(Error::REASON, "no_tag")
        .with_context("marketplace", shop.code())
}

/// The JSON of a body. Texts, numbers and lists of them always have one.
fn json(body: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(body).unwrap_or_default()
}
