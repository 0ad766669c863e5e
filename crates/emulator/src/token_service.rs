//! The two token services: Login with Amazon at `/auth/o2/token`, Cognito at `/oauth2/token`.
//!
//! Error bodies are OAuth's (RFC 6749 §5.2). What Login with Amazon says to a wrong client or scope was seen by third
//! parties, and so was Cognito's `invalid_client`; the rest is what the services say in general.

use linkwright_core::{Timestamp, TokenService};
use serde_json::json;

use crate::emulator::Emulator;
use crate::message::{Reply, Request};
use crate::token_request::TokenRequest;
use crate::tokens::LIFETIME;

/// The service behind a path.
pub(crate) fn service_at(path: &str) -> Option<TokenService> {
    match path {
        "/auth/o2/token" => Some(TokenService::LoginWithAmazon),
        "/oauth2/token" => Some(TokenService::Cognito),
        _ => None,
    }
}

/// The path of a service.
pub(crate) const fn path_of(service: TokenService) -> &'static str {
    match service {
        TokenService::LoginWithAmazon => "/auth/o2/token",
        TokenService::Cognito => "/oauth2/token",
    }
}

/// Answers a request for a token.
pub(crate) fn answer(
    emulator: &mut Emulator,
    now: Timestamp,
    service: TokenService,
    request: &Request,
) -> Reply {
    if request.method != "POST" {
        return error(405, "invalid_request", "The request must be a POST");
    }
    let Some(read) = TokenRequest::read(request) else {
        return error(400, "invalid_request", "The body must be JSON or a form, as its Content-Type says");
    };
    let is_lwa = service == TokenService::LoginWithAmazon;
    // Cognito documents forms only. Whether Login with Amazon takes them here nobody recorded; clients that send them exist.
    if read.is_json && !is_lwa {
        return error(400, "invalid_request", "The body must be a form");
    }
    if is_lwa && emulator.state.switches.lwa_json_only && (!read.is_json || read.is_basic) {
        return error(400, "invalid_request", "The body must be JSON");
    }
    match read.grant_type.as_deref() {
        Some("client_credentials") => {}
        None => return missing("grant_type"),
        Some(_) => {
            return error(
                400,
                "unsupported_grant_type",
                "The authorization grant type is not supported by the authorization server",
            );
        }
    }
    let Some(id) = read.client_id.as_deref() else { return missing("client_id") };
    let Some(secret) = read.client_secret.as_deref() else { return missing("client_secret") };
    let known = emulator.settings.credential_of(id);
    let known = known.filter(|known| {
        !emulator.state.credentials_refused
            && known.version.token_service() == service
            && known.secret.expose() == secret
    });
    let Some(version) = known.map(|known| known.version) else {
        // The real bodies: Cognito's has no description.
        return match service {
            TokenService::LoginWithAmazon => error(401, "invalid_client", "Client authentication failed"),
            TokenService::Cognito => Reply::json(400, &json!({ "error": "invalid_client" })),
        };
    };
    match read.scope.as_deref() {
        Some(scope) if scope == service.scope() => {}
        // Cognito gives all scopes of the client when none is asked for.
        None if !is_lwa => {}
        _ if is_lwa => {
            return error(400, "invalid_scope", "The request has an invalid parameter : scope");
        }
        _ => return Reply::json(400, &json!({ "error": "invalid_scope" })),
    }
    let token = emulator.tokens.issue(now, version, id);
    emulator.counters.tokens_issued += 1;
    let seconds = LIFETIME.as_secs();
    let body = match service {
        TokenService::LoginWithAmazon => json!({
            "access_token": token, "scope": service.scope(), "token_type": "bearer", "expires_in": seconds,
        }),
        TokenService::Cognito => json!({
            "access_token": token, "expires_in": seconds, "token_type": "Bearer",
        }),
    };
    let mut reply = Reply::json(200, &body);
    reply.headers.push(("cache-control", "no-store".to_owned()));
    reply
}

fn missing(name: &str) -> Reply {
    error(400, "invalid_request", &format!("The request is missing a required parameter : {name}"))
}

/// An error in OAuth's form.
pub(crate) fn error(status: u16, code: &str, description: &str) -> Reply {
    Reply::json(status, &json!({ "error": code, "error_description": description }))
}
