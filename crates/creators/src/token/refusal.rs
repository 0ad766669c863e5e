//! What a token service's refusal means.
//!
//! Codes: RFC 6749 §5.2 and what clients of the two services have met. Nothing of an answer's text is repeated but its
//! code, for the text may hold what was sent.

use linkwright_core::{ApiVersion, CredentialSet, Error, ErrorKind, Result, Retry, Timestamp};
use linkwright_http::Response;

use super::exchange::{OPERATION, oauth_code};
use crate::retry_after::retry;

/// Under this code Amazon refuses a pair of id and secret.
pub(crate) const INVALID_CLIENT: &str = "invalid_client";

fn error(kind: ErrorKind, message: String) -> Error {
    Error::new(kind, OPERATION, message).with_origin(crate::ORIGIN)
}

/// Refuses an id that is plainly of another service than the version.
pub(super) fn check_version(set: &CredentialSet) -> Result<()> {
    let Some(service) = set.service_contradicting_version() else { return Ok(()) };
    let version = set.api_version();
    let right = ApiVersion::of(service, version.region_group());
    let message =
        format!("the credential's id is one of {service}, which does not go with its version: `{version}`");
    Err(error(ErrorKind::Unauthenticated, message)
        .with_hint(format!(
            "look up the version Amazon shows beside this id, most likely `{right}`, and store the credential with it"
        ))
        .with_context(Error::REASON, "version_mismatch")
        .with_context("credential", set.masked_id())
        .with_context("api_version", version.as_str())
        .with_context("likely_version", right.as_str()))
}

/// The transport's error as one of the token's: the caller asked for products, and would look at the wrong host.
pub(super) fn without_answer(cause: &Error, endpoint: &str) -> Error {
    let message = format!("no token could be fetched, {}", cause.message());
    let mut converted =
        error(cause.kind(), message).with_retry(cause.retry()).with_context("endpoint", endpoint);
    if let Some(hint) = cause.hint() {
        converted = converted.with_hint(hint.to_owned());
    }
    for (key, value) in cause.context() {
        converted = converted.with_context(key, value.clone());
    }
    match std::error::Error::source(cause) {
        // As text: the cause itself is on the level this error stands for.
        Some(source) => converted.with_context("cause", linkwright_core::error_chain(source)),
        None => converted,
    }
}

/// A success that gives no token.
pub(super) fn unreadable(what: &'static str, endpoint: &str) -> Error {
    error(ErrorKind::Corrupt, format!("the token service's answer cannot be used, {what}: `{endpoint}`"))
        .with_hint("check the endpoint; a network that asks for a log-in first answers like this")
        .with_context("endpoint", endpoint)
}

/// What an answer other than 200 means.
pub(super) fn of(response: &Response, set: &CredentialSet, endpoint: &str, now: Timestamp) -> Error {
    let status = response.status;
    // A service that answers with what it was sent must not be repeated.
    let code = oauth_code(response).filter(|code| !set.secret().expose().contains(code.as_str()));
    let again = retry(response.headers.get("retry-after"), None, now);
    let refused = match (status, code.as_deref()) {
        (429, _) | (_, Some("slow_down")) => {
            let message = format!("the token service is asked too often: `{endpoint}`");
            error(ErrorKind::RateLimited, message)
                .with_retry(again)
                .with_hint("let programs on one machine share their tokens")
        }
        (500.., _) | (_, Some("server_error" | "temporarily_unavailable")) => {
            let message = format!("the token service failed, status {status}: `{endpoint}`");
            error(ErrorKind::Unavailable, message).with_retry(again)
        }
        // Wherever it leads, the secret does not go there.
        (300..=399, _) => {
            let message =
                format!("the token service redirects, status {status}, which is not followed: `{endpoint}`");
            error(ErrorKind::Unavailable, message)
                .with_hint("check the endpoint; a network that asks for a log-in first answers like this")
        }
        (_, Some(code)) => of_code(code, set),
        (408, None) => {
            error(ErrorKind::Timeout, format!("the token service gave up waiting, status 408: `{endpoint}`"))
                .with_retry(Retry::Now)
        }
        (400 | 401, None) => {
            let message = format!(
                "the token service refuses the credential, status {status} without a code: `{}`",
                set.masked_id()
            );
            error(ErrorKind::Unauthenticated, message).with_hint(CHECK_ALL_THREE)
        }
        (403, None) => {
            let message = format!("the token service refuses to answer, status 403: `{endpoint}`");
            error(ErrorKind::PermissionDenied, message)
                .with_hint("check that no proxy or firewall stands in the way of the endpoint")
        }
        _ => {
            let message = format!("the token service gives an unexpected status, {status}: `{endpoint}`");
            error(ErrorKind::Unavailable, message).with_hint("check that the endpoint is a token service")
        }
    };
    let refused = match code {
        Some(code) => refused.with_context(Error::CODE, code),
        None => refused,
    };
    refused
        .with_context("status", status.to_string())
        .with_context("endpoint", endpoint)
        .with_context("credential", set.masked_id())
        .with_context("api_version", set.api_version().as_str())
}

const CHECK_ALL_THREE: &str = "check that id, secret and version are of one and the same credential; a new one can take up to 48 \
     hours until it works";

fn of_code(code: &str, set: &CredentialSet) -> Error {
    let (id, version) = (set.masked_id(), set.api_version());
    let service = version.token_service();
    let (message, hint) = match code {
        INVALID_CLIENT => {
            // Both services answer so for a wrong id, a wrong secret, and a pair of another region's version.
            let message = format!("Amazon does not accept the credential's id, secret or version: `{id}`");
            (message, CHECK_ALL_THREE)
        }
        "invalid_scope" | "unauthorized_client" => (
            format!("{service} does not let this credential use the Creators API: `{id}`"),
            "make a credential under Tools, Creators API, in Associates Central, and store that one",
        ),
        "invalid_request" | "unsupported_grant_type" | "invalid_grant" => (
            format!("{service} does not understand the request for a token, and answers: `{code}`"),
            "check the token endpoint; if it is Amazon's own, look for a newer version of Linkwright",
        ),
        _ => (format!("{service} refuses the credential, and answers: `{code}`"), CHECK_ALL_THREE),
    };
    error(ErrorKind::Unauthenticated, message).with_hint(hint)
}
