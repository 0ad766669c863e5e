//! The body of an answer that is no success.
//!
//! Read as far as it goes: a member of an unexpected type must not cost the others, for a refusal half understood is better
//! than none.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::Number;

/// What the body of a refusal says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ErrorBody {
    /// The kind of exception, without what stands around it: `AccessDeniedException`.
    pub(crate) kind: Option<String>,
    /// Amazon's words.
    pub(crate) message: Option<String>,
    /// Amazon's code: `AssociateNotEligible`.
    pub(crate) reason: Option<String>,
    /// The fields that were refused.
    pub(crate) fields: Vec<RefusedField>,
    /// Of what there is none: `Item`.
    pub(crate) resource_type: Option<String>,
    /// In how many seconds to ask again.
    pub(crate) retry_after_seconds: Option<Number>,
}

/// A field that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RefusedField {
    pub(crate) name: String,
    /// The rule it breaks, in Amazon's words.
    pub(crate) message: Option<String>,
}

impl ErrorBody {
    /// Reads what can be read; `None` if it is no JSON object.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(body).ok()?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let members: BTreeMap<String, Box<RawValue>> = serde_json::from_str(text).ok()?;
        let members = Members(members);
        Some(Self {
            kind: members.text("type").or_else(|| members.text("__type")).map(|kind| bare(&kind).to_owned()),
            message: members.text("message").or_else(|| members.text("Message")),
            reason: members.text("reason"),
            fields: members.fields(),
            resource_type: members.text("resourceType"),
            retry_after_seconds: members.read("retryAfterSeconds"),
        })
    }
}

struct Members(BTreeMap<String, Box<RawValue>>);

impl Members {
    fn read<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        serde_json::from_str::<Option<T>>(self.0.get(name)?.get()).ok()?
    }

    fn text(&self, name: &str) -> Option<String> {
        self.read::<String>(name).filter(|text| !text.is_empty())
    }

    /// The documentation has `["partnerTag"]`, the SDK `[{"name": "partnerTag", "message": "…"}]`.
    fn fields(&self) -> Vec<RefusedField> {
        let list: Vec<Box<RawValue>> = self.read("fieldList").unwrap_or_default();
        let field = |field: &RawValue| {
            if let Ok(name) = serde_json::from_str(field.get()) {
                return Some(RefusedField { name, message: None });
            }
            let members = Self(serde_json::from_str(field.get()).ok()?);
            Some(RefusedField { name: members.text("name")?, message: members.text("message") })
        };
        list.iter().filter_map(|one| field(one)).collect()
    }
}

/// From `com.amazon.creators#ResourceNotFoundExceptionResponseContent` to `ResourceNotFoundException`. One sample in the
/// documentation has the former part, a third party has seen the latter.
fn bare(kind: &str) -> &str {
    let kind = kind.rsplit_once('#').map_or(kind, |(_, kind)| kind);
    kind.strip_suffix("ResponseContent").unwrap_or(kind)
}
