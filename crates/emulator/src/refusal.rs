//! The catalogue's errors: status, type, reason and message, as the documentation's table of error codes words them.

use serde_json::{Map, Value, json};

use crate::message::Reply;
use crate::switches::{FieldList, Switches, ThrottleMembers, TypeMember};

/// Why a catalogue call is refused.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Refusal {
    UnknownOperation,
    CannotParse,
    /// The fields that are wrong, each with a message.
    FieldValidation(Vec<(String, String)>),
    InvalidAssociate,
    InvalidPartnerTag,
    /// The reason `Other` of a 400.
    OtherInvalid,
    Unauthorized(Unauthorized),
    Denied(Denied),
    /// There is nothing of this kind under this id; for a search, the id is what was searched for.
    NotFound {
        sought: Sought,
        id: String,
    },
    /// Seconds to wait, in the header and in the body; the service is not known to send either.
    Throttled {
        header: Option<u64>,
        body: Option<u64>,
        limit: Limit,
    },
    /// 500 or another status of 5xx.
    Broken(u16),
}

/// Which limit a 429 is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    PerSecond,
    PerDay,
}

/// The reasons of a 401.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
pub(crate) enum Unauthorized {
    TokenExpired,
    InvalidToken,
    InvalidIssuer,
    MissingClaim,
    MissingKeyId,
    UnsupportedClient,
    InvalidClient,
    MissingCredential,
    Other,
}

/// The reasons of a 403.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
pub(crate) enum Denied {
    AssociateNotEligible,
    AuthorizationFailed,
    Other,
}

/// What a 404 is about. The documentation words the first two; the others are worded alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sought {
    Item,
    SearchResult,
    BrowseNode,
    Feed,
    Report,
}

impl Sought {
    /// All of them, those of the documentation first.
    pub(crate) const ALL: [Self; 5] =
        [Self::Item, Self::SearchResult, Self::BrowseNode, Self::Feed, Self::Report];

    /// The value of `resourceType`.
    pub(crate) const fn name(self) -> &'static str {
        self.row().0
    }

    /// `resourceType` and `message`.
    const fn row(self) -> (&'static str, &'static str) {
        match self {
            Self::Item => ("Item", "No items found for the requested item IDs."),
            Self::SearchResult => ("SearchResult", "No results found for your search request"),
            Self::BrowseNode => ("BrowseNode", "No browse nodes found for the requested browse node IDs."),
            Self::Feed => ("Feed", "No feed found for the requested feed name."),
            Self::Report => ("Report", "No report found for the requested filename."),
        }
    }
}

impl Unauthorized {
    /// All of them, in the order of the documentation.
    pub(crate) const ALL: [Self; 9] = [
        Self::TokenExpired,
        Self::InvalidToken,
        Self::InvalidIssuer,
        Self::MissingClaim,
        Self::MissingKeyId,
        Self::UnsupportedClient,
        Self::InvalidClient,
        Self::MissingCredential,
        Self::Other,
    ];

    const fn row(self) -> (&'static str, &'static str) {
        match self {
            Self::TokenExpired => ("TokenExpired", "Authentication token has expired."),
            Self::InvalidToken => ("InvalidToken", "The authentication token is invalid or malformed."),
            Self::InvalidIssuer => {
                ("InvalidIssuer", "The token issuer is invalid or does not match the expected issuer.")
            }
            Self::MissingClaim => ("MissingClaim", "The authentication token is missing required claims."),
            Self::MissingKeyId => {
                ("MissingKeyId", "The authentication token is missing the required key identifier.")
            }
            Self::UnsupportedClient => ("UnsupportedClient", "The client identifier is not supported."),
            Self::InvalidClient => {
                ("InvalidClient", "The client identifier does not match the expected value.")
            }
            Self::MissingCredential => ("MissingCredential", "Missing authentication credentials."),
            Self::Other => ("Other", "The request could not be authenticated."),
        }
    }
}

impl Denied {
    /// All of them, in the order of the documentation.
    pub(crate) const ALL: [Self; 3] = [Self::AssociateNotEligible, Self::AuthorizationFailed, Self::Other];

    const fn row(self) -> (&'static str, &'static str) {
        match self {
            Self::AssociateNotEligible => {
                ("AssociateNotEligible", "Your account does not currently meet the eligibility requirements.")
            }
            Self::AuthorizationFailed => {
                ("AuthorizationFailed", "Authorization check failed for the requested operation.")
            }
            Self::Other => ("Other", "Access was denied."),
        }
    }
}

impl Refusal {
    /// The reply, in the forms that the switches choose.
    pub(crate) fn reply(&self, switches: &Switches) -> Reply {
        let (status, kind, reason, message) = self.row();
        let mut body = error_body(kind, message, reason, switches);
        let mut retry_after = None;
        match self {
            Self::FieldValidation(fields) => {
                let fields = fields.iter().map(|(name, message)| match switches.field_list {
                    FieldList::Objects => json!({ "name": name, "message": message }),
                    FieldList::Strings => Value::from(name.as_str()),
                });
                body.insert("fieldList".to_owned(), fields.collect());
            }
            Self::NotFound { sought, id } => {
                body.insert("resourceId".to_owned(), id.as_str().into());
                body.insert("resourceType".to_owned(), sought.row().0.into());
            }
            Self::Throttled { header, body: seconds, limit } => {
                retry_after = *header;
                let documented = switches.throttle_members == ThrottleMembers::Documented;
                if let Some(seconds) = seconds.or(documented.then_some(1)) {
                    body.insert("retryAfterSeconds".to_owned(), seconds.into());
                }
                if switches.throttle_members == ThrottleMembers::Sdk {
                    let code = match limit {
                        Limit::PerSecond => "TPS",
                        Limit::PerDay => "TPD",
                    };
                    body.insert("serviceCode".to_owned(), "creatorsapi".into());
                    body.insert("quotaCode".to_owned(), code.into());
                }
            }
            _ => {}
        }
        let mut reply = Reply::json(status, &Value::Object(body));
        if let Some(seconds) = retry_after {
            reply.headers.push(("retry-after", seconds.to_string()));
        }
        reply
    }

    /// Status, type, reason and message.
    pub(crate) fn row(&self) -> (u16, &'static str, Option<&'static str>, &'static str) {
        const VALIDATION: &str = "ValidationException";
        match self {
            Self::UnknownOperation => (
                400,
                VALIDATION,
                Some("UnknownOperation"),
                "The operation requested is invalid. Please verify that the operation name is typed correctly.",
            ),
            Self::CannotParse => (
                400,
                VALIDATION,
                Some("CannotParse"),
                "Unable to parse the request payload. Please verify that the request body is valid JSON.",
            ),
            Self::FieldValidation(_) => {
                (400, VALIDATION, Some("FieldValidationFailed"), "Request validation failed.")
            }
            Self::InvalidAssociate => (
                400,
                VALIDATION,
                Some("InvalidAssociate"),
                "Your credential is not linked to the partner tag in the request for the given Marketplace.",
            ),
            Self::InvalidPartnerTag => (
                400,
                VALIDATION,
                Some("InvalidPartnerTag"),
                "Partner tag in the request is invalid or is not mapped to the store associated with your credential.",
            ),
            Self::OtherInvalid => (400, VALIDATION, Some("Other"), "The request is not valid."),
            Self::Unauthorized(reason) => {
                let (reason, message) = reason.row();
                (401, "UnauthorizedException", Some(reason), message)
            }
            Self::Denied(reason) => {
                let (reason, message) = reason.row();
                (403, "AccessDeniedException", Some(reason), message)
            }
            Self::NotFound { sought, .. } => (404, "ResourceNotFoundException", None, sought.row().1),
            Self::Throttled { .. } => (
                429,
                "ThrottleException",
                None,
                "The request was denied due to request throttling. Please verify the number of requests made per second.",
            ),
            Self::Broken(status) => (
                *status,
                "InternalServerException",
                None,
                "An unexpected error occurred while processing your request.",
            ),
        }
    }
}

/// What the body of every error holds, in the forms that the switches choose.
pub(crate) fn error_body(
    kind: &str,
    message: &str,
    reason: Option<&str>,
    switches: &Switches,
) -> Map<String, Value> {
    let suffix = if switches.type_suffix { "ResponseContent" } else { "" };
    let kind = format!("{kind}{suffix}");
    let named = match switches.type_member {
        TypeMember::Plain => Some(("type", kind)),
        TypeMember::Qualified => Some(("__type", format!("com.amazon.creators#{kind}"))),
        TypeMember::Absent => None,
    };
    let mut body = Map::new();
    if let Some((name, kind)) = named {
        body.insert(name.to_owned(), kind.into());
    }
    body.insert("message".to_owned(), message.into());
    if let Some(reason) = reason {
        body.insert("reason".to_owned(), reason.into());
    }
    body
}
