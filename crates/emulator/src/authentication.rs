//! Who asks: the token of a catalogue call, its suffix, and whether it is for the shop's region group.

use linkwright_core::{Marketplace, Timestamp, TokenService};
use serde_json::{Map, Value};

use crate::base64;
use crate::emulator::Emulator;
use crate::fault::{Fault, Service};
use crate::message::Request;
use crate::random::Random;
use crate::refusal::Unauthorized;
use crate::switches::V3VersionSuffix;
use crate::validation;

/// Refuses who may not ask.
pub(crate) fn authenticate(
    emulator: &mut Emulator,
    now: Timestamp,
    request: &Request,
) -> Result<(), Unauthorized> {
    let forced = emulator.state.faults.take(Service::Catalogue, |fault| match fault {
        Fault::Unauthorized(reason) => Some(*reason),
        _ => None,
    });
    if let Some(reason) = forced {
        return Err(reason);
    }
    let header = request.header("authorization").unwrap_or_default().trim();
    if header.is_empty() {
        return Err(Unauthorized::MissingCredential);
    }
    let (token, suffix) = match header.split_once(',') {
        Some((token, suffix)) => (token, Some(suffix.trim())),
        None => (header, None),
    };
    if token == "Bearer" {
        return Err(Unauthorized::MissingCredential);
    }
    let token = token.strip_prefix("Bearer ").ok_or(Unauthorized::InvalidToken)?.trim();
    emulator.state.tokens_seen.insert(Random::new(0, token).next());
    let issued = emulator.tokens.find(token).ok_or_else(|| complaint_about(token))?;
    let expected = format!("Version {}", issued.version);
    let suffix_fits = match issued.version.token_service() {
        TokenService::LoginWithAmazon => match (emulator.state.switches.v3_version_suffix, suffix) {
            (V3VersionSuffix::Optional | V3VersionSuffix::Refused, None) => true,
            (V3VersionSuffix::Optional | V3VersionSuffix::Required, Some(suffix)) => suffix == expected,
            (V3VersionSuffix::Required, None) | (V3VersionSuffix::Refused, Some(_)) => false,
        },
        TokenService::Cognito => suffix == Some(expected.as_str()),
    };
    if !suffix_fits {
        return Err(Unauthorized::InvalidIssuer);
    }
    if issued.expires_at <= now {
        return Err(Unauthorized::TokenExpired);
    }
    let shop = request.header("x-marketplace").and_then(validation::shop_of_header);
    match shop.and_then(Marketplace::region_group) {
        Some(group) if group != issued.version.region_group() => Err(Unauthorized::InvalidIssuer),
        _ => Ok(()),
    }
}

/// What is wrong with a token that was never given out. Reasons that speak of keys and claims make sense for a JWT only.
fn complaint_about(token: &str) -> Unauthorized {
    let mut parts = token.split('.');
    let (Some(head), Some(claims), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Unauthorized::InvalidToken;
    };
    let read =
        |part: &str| -> Option<Map<String, Value>> { serde_json::from_slice(&base64::decode(part)?).ok() };
    match (read(head), read(claims)) {
        (Some(head), _) if !head.contains_key("kid") => Unauthorized::MissingKeyId,
        (Some(_), Some(claims))
            if !["exp", "iss", "client_id"].iter().all(|name| claims.contains_key(*name)) =>
        {
            Unauthorized::MissingClaim
        }
        _ => Unauthorized::InvalidToken,
    }
}
