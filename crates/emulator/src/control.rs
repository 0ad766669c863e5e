//! `/_emulator/`: what tests and people change and read while the emulator runs.
//!
//! No token is needed: it listens on the loopback interface only.

use std::time::Duration;

use linkwright_core::{Marketplace, Timestamp};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::control_bodies::{
    Associate, Because, Clock, Credentials, CutAt, Eligibility, Fail, How, Invalid, ItemRequest, PaceRequest,
    Place, Slow, Tags, Throttle, TokenAction, Tokens,
};
use crate::emulator::Emulator;
use crate::fault::{Fault, Service};
use crate::made_up::ItemKind;
use crate::message::{Cut, Reply, Request};
use crate::refusal::{Denied, Unauthorized};
use crate::switches::Switches;

/// Every endpoint: method, name, what it does.
const ENDPOINTS: &[(&str, &str, &str)] = &[
    ("GET", "counters", "numbers of what happened"),
    ("GET", "log", "the last requests, without tokens and secrets"),
    ("GET", "asins", "made-up ASINs by kind"),
    ("POST", "reset", "forget everything that happened and was changed"),
    ("POST", "eligibility", "may the account use the API"),
    ("POST", "associate", "is the account an Associate of a shop"),
    ("POST", "credentials", "are the credentials accepted"),
    ("POST", "tags", "which further tags are accepted"),
    ("POST", "tokens", "expire or forget all tokens"),
    ("POST", "clock", "put the clock forward"),
    ("POST", "pace", "how many calls a second"),
    ("POST", "throttle", "answer the next calls 429"),
    ("POST", "fail", "answer the next calls 5xx"),
    ("POST", "unauthorized", "answer the next calls 401"),
    ("POST", "denied", "answer the next calls 403"),
    ("POST", "invalid", "answer the next calls 400 over a field"),
    ("POST", "slow", "let time pass before or within the next replies"),
    ("POST", "cut", "end the connection before or within the next replies"),
    ("POST", "malformed", "spoil the next replies"),
    ("POST", "item", "withdraw an item, or take it out of the API"),
    ("POST", "switches", "choose among contradicting forms"),
];

/// Why a request cannot be carried out.
struct Complaint(u16, String);

type Answer = Result<Value, Complaint>;

/// Answers a request to `/_emulator/NAME`.
pub(crate) fn answer(emulator: &mut Emulator, now: Timestamp, name: &str, request: &Request) -> Reply {
    let known: Vec<&str> =
        ENDPOINTS.iter().filter(|(_, known, _)| *known == name).map(|(method, _, _)| *method).collect();
    let outcome = match known.as_slice() {
        [] if name.is_empty() => Ok(overview()),
        [] => Err(Complaint(404, format!("no such endpoint: `{name}`; see `GET /_emulator/`"))),
        [method] if *method != request.method => {
            Err(Complaint(405, format!("`{name}` is asked for with {method}")))
        }
        _ => carry_out(emulator, now, name, &request.body),
    };
    match outcome {
        Ok(body) => Reply::json(200, &body),
        Err(Complaint(status, message)) => Reply::json(status, &json!({ "error": message })),
    }
}

fn overview() -> Value {
    ENDPOINTS
        .iter()
        .map(|(method, name, what)| json!({ "method": method, "path": format!("/_emulator/{name}"), "what": what }))
        .collect()
}

fn carry_out(emulator: &mut Emulator, now: Timestamp, name: &str, body: &[u8]) -> Answer {
    let state = &mut emulator.state;
    match name {
        "counters" => return serde_json::to_value(emulator.counters()).map_err(internal),
        "log" => return Ok(emulator.log.entries().cloned().collect()),
        "asins" => return Ok(asins(emulator)),
        "reset" => emulator.reset(),
        "tokens" => match read::<Tokens>(body)?.action {
            TokenAction::Expire => emulator.tokens.expire_all(now),
            TokenAction::Forget => emulator.tokens.forget_all(),
        },
        "eligibility" => {
            let asked: Eligibility = read(body)?;
            for shop in shops(asked.marketplace.as_deref())? {
                if asked.eligible {
                    state.not_eligible.remove(&shop)
                } else {
                    state.not_eligible.insert(shop)
                };
            }
        }
        "associate" => {
            let asked: Associate = read(body)?;
            for shop in shops(asked.marketplace.as_deref())? {
                if asked.linked {
                    state.not_associated.remove(&shop);
                } else {
                    state.not_associated.insert(shop);
                }
            }
        }
        "credentials" => state.credentials_refused = !read::<Credentials>(body)?.accepted,
        "tags" => {
            let asked: Tags = read(body)?;
            state.tags.also.extend(asked.accept);
            state.tags.any = asked.any.unwrap_or(state.tags.any);
        }
        "clock" => {
            let further = Duration::from_secs(read::<Clock>(body)?.advance_seconds);
            state.advanced = state.advanced.saturating_add(further);
            return Ok(json!({ "now": now.plus(further).to_string() }));
        }
        "pace" => {
            let asked: PaceRequest = read(body)?;
            state.pace.rate = Some(asked.rate);
            state.pace.bucket = None;
            state.pace.says_when = asked.retry_after;
        }
        "item" => {
            let asked: ItemRequest = read(body)?;
            state.items.insert(asked.asin.to_ascii_uppercase(), asked.state);
        }
        "switches" => state.switches = switched(&state.switches, body)?,
        _ => return strike(emulator, name, body),
    }
    Ok(json!({ "ok": true }))
}

/// Faults that strike the next requests.
fn strike(emulator: &mut Emulator, name: &str, body: &[u8]) -> Answer {
    let mut details: Map<String, Value> = read(body)?;
    let count = details.remove("count").map_or(Ok(1), parsed)?;
    let service = details.remove("service").map_or(Ok(Service::Catalogue), parsed)?;
    let details = Value::Object(details);
    let fault = match name {
        "throttle" => {
            let asked: Throttle = parsed(details)?;
            Fault::Throttled { header: asked.retry_after, body: asked.retry_after_seconds }
        }
        "fail" => match parsed::<Fail>(details)?.status {
            status @ 500..=599 => Fault::Broken(status),
            other => return Err(Complaint(400, format!("`status` must be from 500 to 599: `{other}`"))),
        },
        "unauthorized" => Fault::Unauthorized(parsed::<Because<Unauthorized>>(details)?.reason),
        "denied" => Fault::Denied(parsed::<Because<Denied>>(details)?.reason),
        "invalid" => Fault::Invalid(parsed::<Invalid>(details)?.field),
        "slow" => {
            let asked: Slow = parsed(details)?;
            let time = Duration::from_millis(asked.milliseconds);
            match asked.r#where {
                Place::Before => Fault::Slow { before: time, within: Duration::ZERO },
                Place::Body => Fault::Slow { before: Duration::ZERO, within: time },
            }
        }
        "cut" => Fault::Cut(match parsed::<CutAt>(details)?.r#where {
            Place::Before => Cut::Before,
            Place::Body => Cut::Within,
        }),
        _ => Fault::Malformed(parsed::<How>(details)?.how),
    };
    if service == Service::Token
        && matches!(fault, Fault::Unauthorized(_) | Fault::Denied(_) | Fault::Invalid(_))
    {
        return Err(Complaint(400, format!("`{name}` is for the catalogue only")));
    }
    emulator.state.faults.add(service, fault, count);
    Ok(json!({ "ok": true, "faults_left": emulator.state.faults.left() }))
}

fn asins(emulator: &Emulator) -> Value {
    let shop = emulator.settings.shop();
    let kinds = ItemKind::ALL.into_iter();
    kinds.map(|(kind, name)| (name.to_owned(), Value::from(emulator.asins(shop, kind, 20)))).collect()
}

/// The switches as they are, with those changed that the body names.
fn switched(switches: &Switches, body: &[u8]) -> Result<Switches, Complaint> {
    let mut all = serde_json::to_value(switches).map_err(internal)?;
    let changes: Map<String, Value> = read(body)?;
    for (name, value) in changes {
        all[name] = value;
    }
    parsed(all)
}

fn shops(marketplace: Option<&str>) -> Result<Vec<Marketplace>, Complaint> {
    let Some(name) = marketplace else { return Ok(Marketplace::ALL.to_vec()) };
    name.parse()
        .map(|shop| vec![shop])
        .map_err(|error: linkwright_core::UnknownMarketplace| Complaint(400, error.to_string()))
}

/// Reads a body; none is an empty object.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Complaint> {
    let body = if body.iter().all(u8::is_ascii_whitespace) { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| Complaint(400, error.to_string()))
}

fn parsed<T: DeserializeOwned>(value: Value) -> Result<T, Complaint> {
    serde_json::from_value(value).map_err(|error| Complaint(400, error.to_string()))
}

fn internal(error: serde_json::Error) -> Complaint {
    Complaint(500, error.to_string())
}
