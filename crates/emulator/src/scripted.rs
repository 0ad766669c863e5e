//! Errors on request: every documented one by its status and reason, and any other that a test makes up.

use linkwright_core::TokenService;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::message::Reply;
use crate::refusal::{Denied, Limit, Refusal, Sought, Unauthorized, error_body};
use crate::switches::Switches;
use crate::token_service;

/// An error of the catalogue as somebody asked for it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CatalogueError {
    status: u16,
    #[serde(rename = "type")]
    kind: Option<String>,
    reason: Option<String>,
    message: Option<String>,
    /// Further members of the body, or others instead of its own.
    #[serde(default)]
    members: Map<String, Value>,
    retry_after: Option<u64>,
}

/// An error of a token service as somebody asked for it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenError {
    error: String,
    status: Option<u16>,
    description: Option<String>,
    retry_after: Option<u64>,
}

/// The rows of the documentation's table of error codes, with what the emulator fills in where they vary.
fn documented() -> Vec<Refusal> {
    let field = ("partnerTag".to_owned(), "is refused on request".to_owned());
    let not_found = |sought| Refusal::NotFound { sought, id: "on request".to_owned() };
    let mut all = vec![
        Refusal::UnknownOperation,
        Refusal::CannotParse,
        Refusal::FieldValidation(vec![field]),
        Refusal::InvalidAssociate,
        Refusal::InvalidPartnerTag,
        Refusal::OtherInvalid,
    ];
    all.extend(Unauthorized::ALL.into_iter().map(Refusal::Unauthorized));
    all.extend(Denied::ALL.into_iter().map(Refusal::Denied));
    all.extend([not_found(Sought::Item), not_found(Sought::SearchResult)]);
    all.push(Refusal::Throttled { header: None, body: None, limit: Limit::PerSecond });
    all.push(Refusal::Broken(500));
    all
}

/// What the token services say in which case: service, code, status, description. Login with Amazon's first two and
/// Cognito's first were seen by third parties; the others are what the services say in general.
#[rustfmt::skip] // One error is one row.
const TOKEN_ERRORS: &[(TokenService, &str, u16, Option<&str>)] = &[
    (TokenService::LoginWithAmazon, "invalid_client", 401, Some("Client authentication failed")),
    (TokenService::LoginWithAmazon, "invalid_scope", 400, Some("The request has an invalid parameter : scope")),
    (TokenService::LoginWithAmazon, "invalid_request", 400, Some("The request is missing a required parameter")),
    (TokenService::LoginWithAmazon, "invalid_grant", 400, Some("The request has an invalid grant parameter")),
    (TokenService::LoginWithAmazon, "unauthorized_client", 400, Some("The client is not authorized to use this grant")),
    (TokenService::LoginWithAmazon, "unsupported_grant_type", 400, Some("The authorization grant type is not supported by the authorization server")),
    (TokenService::LoginWithAmazon, "slow_down", 429, Some("Too many requests")),
    (TokenService::LoginWithAmazon, "server_error", 500, Some("An unexpected error occurred")),
    (TokenService::Cognito, "invalid_client", 400, None),
    (TokenService::Cognito, "invalid_scope", 400, None),
    (TokenService::Cognito, "invalid_request", 400, None),
    (TokenService::Cognito, "invalid_grant", 400, None),
    (TokenService::Cognito, "unauthorized_client", 400, None),
    (TokenService::Cognito, "unsupported_grant_type", 400, None),
    (TokenService::Cognito, "slow_down", 429, None),
    (TokenService::Cognito, "server_error", 500, None),
];

/// Every error that needs no more than its name, for people and programs that want to go through all. Each is a body that
/// `error` takes, and answers with.
pub(crate) fn list() -> Value {
    let catalogue = documented().into_iter().map(|refusal| {
        let (status, kind, reason, message) = refusal.row();
        let mut row = json!({
            "service": "catalogue", "status": status, "type": kind, "reason": reason, "message": message,
        });
        // Those of 404 differ in nothing else that is asked for: the message follows from it.
        if let Refusal::NotFound { sought, .. } = refusal {
            row["members"] = json!({ "resourceType": sought.name() });
        }
        row
    });
    let token = TOKEN_ERRORS.iter().filter(|(service, ..)| *service == TokenService::LoginWithAmazon);
    let token = token.map(|(_, error, ..)| json!({ "service": "token", "error": error }));
    catalogue.chain(token).collect()
}

/// The same for a list to choose from: a label, and the body that asks for it.
pub(crate) fn choices() -> Vec<(String, Value)> {
    let catalogue = documented().into_iter().map(|refusal| {
        let (status, kind, reason, _) = refusal.row();
        let mut body = json!({ "service": "catalogue", "status": status, "type": kind });
        let label = match (reason, &refusal) {
            (Some(reason), _) => {
                body["reason"] = reason.into();
                format!("{status} {reason}")
            }
            (None, Refusal::NotFound { sought, .. }) => {
                body["members"] = json!({ "resourceType": sought.name() });
                format!("{status} {kind} of {}", sought.name())
            }
            (None, _) => format!("{status} {kind}"),
        };
        (label, body)
    });
    let token = TOKEN_ERRORS.iter().filter(|(service, ..)| *service == TokenService::LoginWithAmazon);
    let token = token.map(|(_, error, ..)| {
        (format!("Token service: {error}"), json!({ "service": "token", "error": error }))
    });
    catalogue.chain(token).collect()
}

impl CatalogueError {
    /// The documented error it means, if it means one.
    fn documented(&self) -> Option<Refusal> {
        let wanted = |named: &Option<String>, known: Option<&str>| {
            named.as_deref().is_none_or(|name| Some(name) == known)
        };
        let found = documented().into_iter().find(|refusal| {
            let (status, kind, reason, _) = refusal.row();
            status == self.status && wanted(&self.kind, Some(kind)) && wanted(&self.reason, reason)
        });
        match (found, self.status) {
            // What was sought decides on the message.
            (Some(Refusal::NotFound { sought, id }), _) => {
                let named = self.members.get("resourceType").and_then(Value::as_str);
                let other = Sought::ALL.into_iter().find(|other| named == Some(other.name()));
                Some(Refusal::NotFound { sought: other.unwrap_or(sought), id })
            }
            // Any of the fives is worded as the documented one, if nothing else is said.
            (None, 501..=599) if self.kind.is_none() && self.reason.is_none() => {
                Some(Refusal::Broken(self.status))
            }
            (found, _) => found,
        }
    }

    /// What is wrong with it, if it is neither documented nor says all that a made-up one must.
    pub(crate) fn complaint(&self) -> Option<String> {
        if !(400..=599).contains(&self.status) {
            return Some(format!("`status` must be from 400 to 599: `{}`", self.status));
        }
        if self.documented().is_some() || self.kind.is_some() {
            return None;
        }
        let known: Vec<&str> = documented()
            .iter()
            .map(Refusal::row)
            .filter(|(status, ..)| *status == self.status)
            .filter_map(|(_, _, reason, _)| reason)
            .collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        Some(format!(
            "not documented: documented reasons of {} are: {known}; to make one up, name its `type`",
            self.status
        ))
    }

    /// The error, in the forms that the switches choose.
    pub(crate) fn reply(&self, switches: &Switches) -> Reply {
        let base = match self.documented() {
            Some(refusal) => refusal.reply(switches),
            None => {
                let message = self.message.as_deref().unwrap_or("An error was asked for.");
                let kind = self.kind.as_deref().unwrap_or_default();
                Reply::json(
                    self.status,
                    &Value::Object(error_body(kind, message, self.reason.as_deref(), switches)),
                )
            }
        };
        let mut body = base.json_body();
        if let Some(message) = &self.message {
            body["message"] = message.as_str().into();
        }
        for (name, value) in &self.members {
            body[name] = value.clone();
        }
        let mut reply = Reply::json(self.status, &body);
        reply.headers.extend(self.retry_after.map(|seconds| ("retry-after", seconds.to_string())));
        reply
    }
}

impl TokenError {
    /// What is wrong with it.
    pub(crate) fn complaint(&self) -> Option<String> {
        let status = self.status.filter(|status| !(400..=599).contains(status))?;
        Some(format!("`status` must be from 400 to 599: `{status}`"))
    }

    /// The error as this service words it.
    pub(crate) fn reply(&self, service: TokenService) -> Reply {
        let known = TOKEN_ERRORS.iter().find(|(of, code, ..)| *of == service && *code == self.error);
        let (status, text) = known.map_or((400, None), |(_, _, status, text)| (*status, *text));
        let status = self.status.unwrap_or(status);
        let mut reply = match self.description.as_deref().or(text) {
            Some(text) => token_service::error(status, &self.error, text),
            None => Reply::json(status, &json!({ "error": self.error })),
        };
        reply.headers.extend(self.retry_after.map(|seconds| ("retry-after", seconds.to_string())));
        reply
    }
}
