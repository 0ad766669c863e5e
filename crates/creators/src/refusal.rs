//! What the API's refusals mean: one table from status and reason to an error.
//!
//! Statuses, types and reasons: the documentation's page "Error codes" and the SDK's `*_reason.py`.

use linkwright_core::{Error, ErrorKind, Marketplace, PartnerTag, Retry, Timestamp};
use linkwright_http::{Headers, Response};

use crate::request::ApiOperation;
use crate::retry_after::retry;
use crate::wire::{ErrorBody, RefusedField};

/// What the refusal is about.
pub(crate) struct Circumstances<'a> {
    pub(crate) operation: ApiOperation,
    pub(crate) marketplace: Marketplace,
    pub(crate) partner_tag: Option<&'a PartnerTag>,
    /// What was asked for.
    pub(crate) subject: String,
    pub(crate) api: &'a str,
    /// Whether the token was asked for by this very call, so that another would fare no better.
    pub(crate) token_is_new: bool,
    /// The token's text, which no error may repeat.
    pub(crate) token: &'a str,
    pub(crate) now: Timestamp,
}

impl Circumstances<'_> {
    fn error(&self, kind: ErrorKind, message: String) -> Error {
        Error::new(kind, self.operation.error_name(), message)
    }

    /// The tag in messages; an operation without one is not refused for it.
    fn tag(&self) -> &str {
        self.partner_tag.map_or("none", PartnerTag::as_str)
    }
}

/// The error that an answer other than a success is.
pub(crate) fn of(response: &Response, about: &Circumstances<'_>) -> Error {
    let body = ErrorBody::read(&response.body);
    let is_api = body.is_some();
    let body = body.unwrap_or_default();
    let reason = body.reason.as_deref().or(body.kind.as_deref()).filter(|code| is_code(code, about.token));
    let again = retry(response.headers.get("retry-after"), body.retry_after_seconds.as_ref(), about.now);
    let status = response.status;
    let refusal = match status {
        400 if is_api => bad_request(&body, about),
        401 => unauthenticated(body.reason.as_deref(), about),
        403 if is_api => forbidden(&body, about),
        403 => about.error(ErrorKind::PermissionDenied, format!("something refuses the call, status 403: `{}`", about.api))
            .with_hint("check that no proxy or firewall stands in the way of the API"),
        404 if body.kind.as_deref() == Some("ResourceNotFoundException") || body.resource_type.is_some() => {
            not_found(about)
        }
        408 => about.error(ErrorKind::Timeout, format!("the API gave up waiting, status 408: `{}`", about.api))
            .with_retry(Retry::Now),
        429 => about.error(ErrorKind::RateLimited, "Amazon wants fewer calls per second or day from this account".to_owned())
            .with_retry(again)
            .with_hint("ask for ten products a call and at most one call in 1.5 seconds, over all programs of the account"),
        500.. => about.error(ErrorKind::Unavailable, format!("the API failed, status {status}: `{}`", about.api))
            .with_retry(again),
        300..=399 => {
            // Wherever it leads, the token does not go there.
            about.error(
                ErrorKind::Unavailable,
                format!("the API redirects, status {status}, which is not followed: `{}`", about.api),
            )
            .with_hint("check the endpoint; a network that asks for a log-in first answers like this")
        }
        _ => about.error(
            ErrorKind::Unavailable,
            format!("this is no answer of the Creators API, status {status}: `{}`", about.api),
        )
        .with_hint("check that the endpoint is one of the Creators API"),
    };
    let refusal = match reason {
        Some(code) => refusal.with_context(Error::CODE, code),
        None => refusal,
    };
    let refusal = common(refusal, response, about.marketplace, about.token);
    match body.message.as_deref().and_then(|text| repeatable(text, about.token)) {
        Some(text) => refusal.with_context("amazon_says", text),
        None => refusal,
    }
}

/// What every error of an answered call tells.
pub(crate) fn common(error: Error, response: &Response, shop: Marketplace, token: &str) -> Error {
    let error = error
        .with_origin(crate::ORIGIN)
        .with_context("marketplace", shop.code())
        .with_context("status", response.status.to_string());
    match request_id(&response.headers, token) {
        Some(id) => error.with_context("request_id", id),
        None => error,
    }
}

fn not_found(about: &Circumstances<'_>) -> Error {
    // Never over a line: a search can have a thousand characters.
    const LONGEST: usize = 120;
    let what = match about.operation {
        ApiOperation::GetItems => "the shop has none of these products",
        ApiOperation::SearchItems => "the shop finds nothing for this search",
        ApiOperation::GetVariations => "the shop has no variations of this product",
        ApiOperation::GetBrowseNodes => "the shop has none of these browse nodes",
        ApiOperation::ListFeeds | ApiOperation::GetFeed => "there is no such feed",
        ApiOperation::ListReports | ApiOperation::GetReport => "there is no such report",
    };
    let subject: String =
        about.subject.chars().take(LONGEST).map(|c| if c == '`' { '\'' } else { c }).collect();
    about.error(ErrorKind::NotFound, format!("{what}: `{}`", subject.escape_debug()))
}

fn bad_request(body: &ErrorBody, about: &Circumstances<'_>) -> Error {
    let (tag, shop) = (about.tag(), about.marketplace);
    match body.reason.as_deref() {
        Some("InvalidAssociate") => about.error(
            ErrorKind::PermissionDenied,
            format!("the credential is not linked to this tag in the shop `{shop}`: `{tag}`"),
        )
        .with_hint(
            "the credential must be of the Associates account that owns the tag, and that account be approved in this shop",
        ),
        Some("InvalidPartnerTag") => about.error(
            ErrorKind::PermissionDenied,
            format!("Amazon does not know this tag as one of the credential's account: `{tag}`"),
        )
        .with_hint("compare the tag with those Associates Central lists for this shop"),
        // No user can mend these, and a page should not vanish over them.
        Some(reason @ ("CannotParse" | "UnknownOperation")) => about.error(
            ErrorKind::Unavailable,
            format!("the API does not understand the call, and answers: `{reason}`"),
        )
        .with_hint("check the endpoint; if it is Amazon's own, look for a newer version of Linkwright"),
        _ => {
            let is_safe = |field: &&RefusedField| is_code(&field.name, about.token);
            let fields: Vec<&RefusedField> = body.fields.iter().filter(is_safe).collect();
            if !fields.is_empty() {
                return refused_fields(&fields, about);
            }
            let said = body.message.as_deref().and_then(|text| repeatable(text, about.token));
            let message = match said {
                Some(text) => format!("Amazon refuses the request: `{text}`"),
                None => "Amazon refuses the request, without saying why".to_owned(),
            };
            about.error(ErrorKind::RequestInvalid, message)
        }
    }
}

fn refused_fields(fields: &[&RefusedField], about: &Circumstances<'_>) -> Error {
    let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    let rule = |field: &&RefusedField| {
        let said = repeatable(field.message.as_deref()?, about.token)?;
        Some(format!("Amazon says of {}: {said}", field.name))
    };
    let rules: Vec<String> = fields.iter().filter_map(rule).collect();
    let names = names.join(", ");
    let error = about
        .error(ErrorKind::RequestInvalid, format!("Amazon refuses a field of the request: `{names}`"))
        .with_context("fields", names);
    if rules.is_empty() { error } else { error.with_hint(rules.join("; ")) }
}

fn unauthenticated(reason: Option<&str>, about: &Circumstances<'_>) -> Error {
    let shop = about.marketplace;
    let error = |message: String| about.error(ErrorKind::Unauthenticated, message);
    match reason {
        Some("InvalidIssuer") => error(format!(
            "the credential's version is not one for this shop's region: `{shop}`"
        ))
        .with_hint("each group of shops has its own credentials: use one that was made for this shop's"),
        Some("UnsupportedClient" | "InvalidClient") => error(
            "Amazon does not let this credential use the Creators API".to_owned(),
        )
        .with_hint("make a credential under Tools, Creators API, in Associates Central, and store that one"),
        Some(reason @ ("MissingClaim" | "MissingKeyId" | "MissingCredential")) => {
            error(format!("the API finds no complete token in the call, and answers: `{reason}`")).with_hint(
                "check that token service and API are of the same system, and that no proxy drops headers",
            )
        }
        // TokenExpired, InvalidToken, Other, and whatever is to come. A token ends before its time when Amazon withdraws it; a
        // new one is refused for another cause.
        _ if about.token_is_new => error("the API refuses a token that was issued just now".to_owned())
            .with_hint("check that id, secret and version are of one and the same credential"),
        _ => error("the API no longer accepts the token".to_owned()).with_retry(Retry::Now),
    }
}

fn forbidden(body: &ErrorBody, about: &Circumstances<'_>) -> Error {
    let shop = about.marketplace;
    let error = |message: String| about.error(ErrorKind::PermissionDenied, message);
    match body.reason.as_deref() {
        // The rule: the documentation's page "Error codes", 2026.
        Some("AssociateNotEligible") => {
            error(format!("Amazon gives this account no access to the API at present: `{shop}`")).with_hint(
                "Amazon gives API access from 10 qualified sales in the last 30 days; links keep working without it",
            )
        }
        Some("AuthorizationFailed") => {
            error(format!("the account may not do this with the API: `{shop}`"))
                .with_hint("look in Associates Central whether the account is approved for this shop")
        }
        _ => {
            let said = body.message.as_deref().and_then(|text| repeatable(text, about.token));
            let said = said.unwrap_or_else(|| "no reason given".to_owned());
            error(format!("Amazon denies access: `{said}`"))
                .with_hint("look in Associates Central for messages about the account")
        }
    }
}

/// Whether a text is one of a program's words, and safe to repeat.
fn is_code(text: &str, token: &str) -> bool {
    const LONGEST: usize = 64;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-' | b'[' | b']');
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(plain) && !tells(text, token)
}

/// Amazon's words on one line, if they do not hold the token.
fn repeatable(text: &str, token: &str) -> Option<String> {
    const LONGEST: usize = 300;
    if tells(text, token) {
        return None;
    }
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect();
    Some(line.trim().replace('`', "'")).filter(|line| !line.is_empty())
}

/// Whether a text holds a part of the token that would tell something of it.
fn tells(text: &str, token: &str) -> bool {
    const PART: usize = 12;
    let mut parts = token.as_bytes().windows(PART).step_by(PART / 2);
    let text = text.as_bytes();
    parts.any(|part| text.windows(PART).any(|window| window == part))
}

/// The number under which Amazon's support finds a call; which header holds it is not documented.
fn request_id<'a>(headers: &'a Headers, token: &str) -> Option<&'a str> {
    const NAMES: [&str; 4] = ["x-amzn-requestid", "x-amzn-request-id", "x-amz-request-id", "x-amz-rid"];
    NAMES.iter().find_map(|name| headers.get(name)).filter(|id| is_code(id, token))
}
