//! A call with a body of the caller's own: for fields and members that this version does not know yet.

use std::collections::BTreeMap;

use linkwright_core::{Error, ErrorKind, Marketplace, PartnerTag, RequestContext, Result};
use serde_json::value::RawValue;

use super::field::quotable;
use super::{ApiOperation, ApiRequest, no_tag};

/// A call of any operation with a body of one's own. Token, errors and pace are those of all calls.
///
/// ```
/// use linkwright_core::{Account, Marketplace, PartnerTag, RequestContext};
/// use linkwright_creators::{ApiOperation, ApiRequest, RawRequest};
///
/// let context = RequestContext::tagged(Account::new("main"), PartnerTag::new("demo-20", Marketplace::Us)?);
/// let request = RawRequest::new(&context, ApiOperation::SearchItems, r#"{"keywords": "kettle", "newField": 1}"#)?;
/// assert_eq!(
///     String::from_utf8(request.body())?,
///     r#"{"keywords": "kettle", "newField": 1,"partnerTag":"demo-20"}"#,
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRequest {
    operation: ApiOperation,
    marketplace: Marketplace,
    partner_tag: Option<PartnerTag>,
    body: String,
}

/// The body of an answer, as its JSON text.
pub type RawAnswer = Box<RawValue>;

impl RawRequest {
    /// Calls an operation with this JSON object. One of the catalogue without a `partnerTag` gets the context's; the rest
    /// is sent as it is, checked by nobody.
    ///
    /// # Errors
    /// - `RequestInvalid` for what is no JSON object; where it breaks off is in the message.
    /// - `ConfigInvalid` with reason `no_tag` if the operation needs a tag and there is none.
    pub fn new(context: &RequestContext, operation: ApiOperation, json: &str) -> Result<Self> {
        // RFC 8259 §8.1 lets a reader ignore the mark, which some editors put first.
        let json = json.trim_start_matches('\u{feff}').trim();
        let invalid = |what: String| {
            Error::new(
                ErrorKind::RequestInvalid,
                operation.error_name(),
                format!("the body is no JSON object: `{what}`"),
            )
            .with_origin(crate::ORIGIN)
            .with_hint(r#"pass an object, as `{"keywords": "kettle"}`"#)
        };
        if !json.starts_with('{') {
            return Err(invalid(quotable(&json.chars().take(20).collect::<String>())));
        }
        let members: BTreeMap<String, &RawValue> =
            serde_json::from_str(json).map_err(|error| invalid(error.to_string()))?;
        let named = members.get("partnerTag").filter(|tag| tag.get() != "null");
        let mut body = json.to_owned();
        let mut partner_tag = context.tag().cloned();
        if operation.takes_tag() {
            match (named, &partner_tag) {
                (Some(named), _) => {
                    let text: String = serde_json::from_str(named.get())
                        .map_err(|_| invalid("partnerTag is no text".to_owned()))?;
                    partner_tag = Some(PartnerTag::new(&text, context.marketplace).map_err(|error| {
                        Error::new(
                            ErrorKind::RequestInvalid,
                            operation.error_name(),
                            "partnerTag is no tag of this shop",
                        )
                        .with_origin(crate::ORIGIN)
                        .with_context("field", "partnerTag")
                        .with_source(error)
                    })?);
                }
                (None, Some(tag)) => {
                    let others = if members.is_empty() { "" } else { "," };
                    body.truncate(body.len() - 1);
                    // A member given twice counts the last time, in every reader known; so a `null` before it is no harm.
                    body.push_str(&format!("{others}\"partnerTag\":\"{tag}\"}}"));
                }
                (None, None) => return Err(no_tag(context, operation)),
            }
        } else {
            partner_tag = None;
        }
        Ok(Self { operation, marketplace: context.marketplace, partner_tag, body })
    }
}

impl ApiRequest for RawRequest {
    type Answer = RawAnswer;

    fn operation(&self) -> ApiOperation {
        self.operation
    }

    fn marketplace(&self) -> Marketplace {
        self.marketplace
    }

    fn partner_tag(&self) -> Option<&PartnerTag> {
        self.partner_tag.as_ref()
    }

    fn check(&self) -> Result<()> {
        Ok(())
    }

    fn body(&self) -> Vec<u8> {
        self.body.clone().into_bytes()
    }

    /// The body says what is asked for, and it is anybody's.
    fn subject(&self) -> String {
        String::new()
    }

    fn decode(body: &[u8]) -> Result<RawAnswer> {
        let text = std::str::from_utf8(body).map_err(|error| unreadable(&error))?;
        // RFC 8259 §8.1 lets a reader ignore the mark.
        serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text))
            .map_err(|error| unreadable(&error))
    }
}

/// Both errors tell positions, never values.
fn unreadable(error: &dyn std::error::Error) -> Error {
    let message = format!("Amazon's answer cannot be read: it is no JSON ({error})");
    Error::new(ErrorKind::Corrupt, "creators.decode", message).with_origin(crate::ORIGIN)
}
