//! The catalogue: which operation, who asks, may they, and what is answered, checked in the order the service seems to.
//!
//! The order is inferred: who (401), can it be read (400), are the fields right (400), whose tag (400), eligible (403), too
//! fast (429), and only then what there is (404 or 200).

use std::collections::BTreeSet;

use linkwright_core::{Marketplace, TagSuffix, Timestamp, TokenService};
use serde_json::{Map, Value, json};

use crate::base64;
use crate::emulator::Emulator;
use crate::fault::{Fault, Service};
use crate::message::{Reply, Request};
use crate::projection::project;
use crate::random::Random;
use crate::refusal::{Denied, Refusal, Unauthorized};
use crate::shelf::{ItemState, Lookup};
use crate::switches::ResultMember;
use crate::validation::{self, GetItems};

/// The one operation there is so far.
const GET_ITEMS: &str = "/catalog/v1/getItems";

/// Answers a request that is for no token service.
pub(crate) fn answer(emulator: &mut Emulator, now: Timestamp, request: &Request) -> Reply {
    match get_items(emulator, now, request) {
        Ok(body) => Reply::json(200, &body),
        Err(refusal) => refusal.reply(&emulator.state.switches),
    }
}

fn get_items(emulator: &mut Emulator, now: Timestamp, request: &Request) -> Result<Value, Refusal> {
    // Paths are case-sensitive. What another method than POST yields is not recorded.
    if request.path != GET_ITEMS || request.method != "POST" {
        return Err(Refusal::UnknownOperation);
    }
    authenticate(emulator, now, request).map_err(Refusal::Unauthorized)?;
    if request.media_type() != "application/json" {
        return Err(Refusal::CannotParse);
    }
    let body: Value = serde_json::from_slice(&request.body).map_err(|_| Refusal::CannotParse)?;
    let Value::Object(body) = body else { return Err(Refusal::CannotParse) };
    let asked =
        validation::get_items(request.header("x-marketplace"), &body).map_err(Refusal::FieldValidation)?;
    check_for_invalid(emulator)?;
    check_tag(emulator, asked.marketplace, &asked.partner_tag)?;
    check_access(emulator, asked.marketplace)?;
    check_pace(emulator, now)?;
    look_up(emulator, &asked)
}

/// Who asks: the token, its suffix, and whether it is for the shop's region group.
fn authenticate(emulator: &mut Emulator, now: Timestamp, request: &Request) -> Result<(), Unauthorized> {
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
        // Nobody states whether a suffix is refused here; the right one is taken, because one old page asks for it.
        TokenService::LoginWithAmazon => suffix.is_none_or(|suffix| suffix == expected),
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

/// Whether the tag is the account's, and the account is an Associate of the shop.
///
/// The account's store is `demo`: its tags are `demo…-20`, `demo…-21` and `demo…-22`, each in the shops with that suffix.
fn check_tag(emulator: &Emulator, shop: Marketplace, tag: &str) -> Result<(), Refusal> {
    let tags = &emulator.state.tags;
    let suffix = |text: &str| {
        let letters = text.strip_prefix("demo")?;
        let (middle, suffix) = letters.rsplit_once('-')?;
        let plain = middle.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        suffix.parse().ok().filter(|number: &u8| plain && (20..=22).contains(number))
    };
    if emulator.state.not_associated.contains(&shop) {
        return Err(Refusal::InvalidAssociate);
    }
    if tags.any || tags.also.contains(tag) {
        return Ok(());
    }
    match suffix(tag) {
        Some(number) if Some(number) == shop.tag_suffix().map(TagSuffix::number) => Ok(()),
        // The store's tag, of another shop.
        Some(_) => Err(Refusal::InvalidAssociate),
        None => Err(Refusal::InvalidPartnerTag),
    }
}

/// A field that is to be refused although nothing is wrong with it: what Amazon refuses, nobody knows in full.
fn check_for_invalid(emulator: &mut Emulator) -> Result<(), Refusal> {
    let forced = emulator.state.faults.take(Service::Catalogue, |fault| match fault {
        Fault::Invalid(field) => Some(field.clone()),
        _ => None,
    });
    forced.map_or(Ok(()), |field| {
        Err(Refusal::FieldValidation(vec![(field, "is refused on request".to_owned())]))
    })
}

fn check_access(emulator: &mut Emulator, shop: Marketplace) -> Result<(), Refusal> {
    let forced = emulator.state.faults.take(Service::Catalogue, |fault| match fault {
        Fault::Denied(reason) => Some(*reason),
        _ => None,
    });
    match forced {
        Some(reason) => Err(Refusal::Denied(reason)),
        None if emulator.state.not_eligible.contains(&shop) => {
            Err(Refusal::Denied(Denied::AssociateNotEligible))
        }
        None => Ok(()),
    }
}

fn check_pace(emulator: &mut Emulator, now: Timestamp) -> Result<(), Refusal> {
    let forced = emulator.state.faults.take(Service::Catalogue, |fault| match fault {
        Fault::Throttled { header, body } => Some(Refusal::Throttled { header: *header, body: *body }),
        _ => None,
    });
    forced.map_or_else(|| emulator.take_call(now), Err)
}

/// The items there are, and an error for each there is not. They come in another order than they were asked for in, as
/// the documentation warns, so that nobody relies on it.
fn look_up(emulator: &mut Emulator, asked: &GetItems) -> Result<Value, Refusal> {
    let state = &emulator.state;
    let (mut items, mut errors, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for id in asked.item_ids.iter().rev() {
        if !seen.insert(id.to_ascii_uppercase()) {
            continue;
        }
        let changed = state.items.get(&id.to_ascii_uppercase()).copied().unwrap_or(ItemState::Normal);
        let lookup = match (changed, emulator.shelf.look_up(id, asked.marketplace)) {
            (ItemState::Gone, _) => Lookup::Unknown,
            (ItemState::NotAccessible, Lookup::Found { .. }) => Lookup::NotAccessible,
            (_, lookup) => lookup,
        };
        match lookup {
            Lookup::Found { asin, item } => items.push(project(
                &item,
                asin.as_str(),
                asked.marketplace,
                &asked.partner_tag,
                &asked.resources,
                asked.language,
                &state.switches,
            )),
            Lookup::NotAccessible => errors.push(json!({
                "code": "ItemNotAccessible",
                "message": format!("The ItemId {id} is not accessible through the Creators API."),
            })),
            Lookup::Unknown => errors.push(json!({
                "code": "InvalidParameterValue",
                "message": format!("The ItemIds {id} provided in the request is invalid."),
            })),
        }
    }
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let counters = &mut emulator.counters;
    counters.items_asked += count(asked.item_ids.len());
    counters.items_found += count(items.len());
    counters.largest_call = counters.largest_call.max(count(asked.item_ids.len()));
    if items.is_empty() {
        return Err(Refusal::NotFound { ids: asked.item_ids.clone() });
    }
    let switches = &state.switches;
    let name = match switches.result_member {
        ResultMember::ItemsResult => "itemsResult",
        ResultMember::ItemResults => "itemResults",
    };
    let mut body = json!({ name: { "items": items } });
    if !errors.is_empty() {
        body["errors"] = errors.into();
    } else if switches.null_members {
        body["errors"] = Value::Null;
    }
    Ok(body)
}
