//! `/_emulator/`: what tests and people change and read while the emulator runs.
//!
//! No token is needed: it listens on the loopback interface only.

use std::collections::BTreeSet;
use std::time::Duration;

use linkwright_core::{Asin, Marketplace, Timestamp};
use serde_json::{Value, json};

use crate::control_bodies::{
    Answer, Associate, Clock, Complaint, Credentials, Eligibility, FileRequest, Files, ItemRequest, Nothing,
    PaceRequest, QuotaRequest, Tags, TokenAction, Tokens,
};
use crate::control_faults::strike;
use crate::control_reader::{members, parsed, read};
use crate::emulator::{Emulator, State};
use crate::message::{Reply, Request};
use crate::offered_files;
use crate::quota::Limits;
use crate::same_origin;
use crate::scripted;
use crate::switches::Switches;

/// Every endpoint: method, name, what it does.
const ENDPOINTS: &[(&str, &str, &str)] = &[
    ("GET", "counters", "numbers of what happened"),
    ("GET", "state", "what was changed, and what is still to come"),
    ("GET", "log", "the last requests, without tokens and secrets; ?last=10 for ten of them"),
    ("GET", "asins", "made-up ASINs by kind, parents and variations, browse nodes, words to search for"),
    ("POST", "reset", "forget everything that happened and was changed"),
    ("POST", "eligibility", "may the account use the API"),
    ("POST", "associate", "is the account an Associate of a shop"),
    ("POST", "credentials", "are the credentials accepted"),
    ("POST", "tags", "which further tags are accepted"),
    ("POST", "tokens", "expire or forget all tokens"),
    ("POST", "clock", "put the clock forward"),
    ("POST", "pace", "how many calls a second"),
    ("GET", "quota", "the account's quota, and what is left of it"),
    ("POST", "quota", "set it: by revenue, or calls a second and a day"),
    ("GET", "errors", "every documented error"),
    ("POST", "error", "answer the next calls with a documented error, or any other"),
    ("POST", "throttle", "answer the next calls 429"),
    ("POST", "fail", "answer the next calls 5xx"),
    ("POST", "unauthorized", "answer the next calls 401"),
    ("POST", "denied", "answer the next calls 403"),
    ("POST", "invalid", "answer the next calls 400 over a field"),
    ("POST", "slow", "let time pass before or within the next replies"),
    ("POST", "cut", "end the connection before or within the next replies"),
    ("POST", "malformed", "spoil the next replies"),
    ("POST", "files", "may the account use feeds and reports"),
    ("POST", "file", "change a feed or report, or list it wrongly"),
    ("POST", "item", "withdraw an item, or take it out of the API"),
    ("POST", "switches", "choose among contradicting forms"),
];

/// Answers a request to `/_emulator/NAME`.
pub(crate) fn answer(emulator: &mut Emulator, now: Timestamp, name: &str, request: &Request) -> Reply {
    let known: Vec<&str> =
        ENDPOINTS.iter().filter(|(_, known, _)| *known == name).map(|(method, _, _)| *method).collect();
    if let Some(objection) = same_origin::objection(request) {
        return Reply::json(403, &json!({ "error": objection }));
    }
    let outcome = match known.as_slice() {
        [] if name.is_empty() && request.method == "GET" => Ok(overview()),
        [] if name.is_empty() => Err(Complaint(
            405,
            "`/_emulator/` is asked for with GET; what is sent to it has a name".to_owned(),
        )),
        [] => Err(Complaint(404, format!("no such endpoint: `{name}`; see `GET /_emulator/`"))),
        methods if !methods.contains(&request.method.as_str()) => {
            Err(Complaint(405, format!("`{name}` is asked for with {}", methods.join(" or "))))
        }
        _ if name == "log" => log(emulator, &request.query),
        _ if name == "quota" && request.method == "GET" => Ok(quota(emulator, now)),
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
        "state" => return state_of(emulator, now),
        "errors" => return Ok(scripted::list()),
        "asins" => return Ok(emulator.starting_points()),
        "reset" => {
            let Nothing {} = read(body)?;
            emulator.reset();
        }
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
            needs_one(asked.accept.is_some() || asked.any.is_some(), &["accept", "any"])?;
            state.tags.also.extend(asked.accept.into_iter().flatten());
            state.tags.any = asked.any.unwrap_or(state.tags.any);
        }
        "clock" => {
            let further = Duration::from_secs(read::<Clock>(body)?.advance_seconds);
            state.advanced = state.advanced.saturating_add(further);
            return Ok(json!({ "now": now.plus(further).to_string() }));
        }
        "pace" => {
            let asked: PaceRequest = read(body)?;
            let limits = state.quota.limits(emulator.settings.limits);
            state.quota.set(Limits { per_second: asked.rate, ..limits });
            state.quota.says_when = asked.retry_after;
        }
        "quota" => {
            set_quota(state, emulator.settings.limits, read(body)?)?;
            return Ok(quota(emulator, now));
        }
        "item" => {
            let asked: ItemRequest = read(body)?;
            let asin = Asin::parse(&asked.asin)
                .map_err(|error| Complaint(400, format!("`asin`: {error}: `{}`", asked.asin)))?;
            state.items.insert(asin.as_str().to_owned(), asked.state);
        }
        "files" => {
            let asked: Files = read(body)?;
            needs_one(asked.feeds.is_some() || asked.reports.is_some(), &["feeds", "reports"])?;
            state.feeds_refused = asked.feeds.map_or(state.feeds_refused, |granted| !granted);
            state.reports_refused = asked.reports.map_or(state.reports_refused, |granted| !granted);
        }
        "file" => {
            let asked: FileRequest = read(body)?;
            if !offered_files::is_known(&asked.name) {
                return Err(Complaint(
                    400,
                    format!("`name`: no feed or report has this name: `{}`", asked.name),
                ));
            }
            state.changes.set(&asked.name, asked.state);
        }
        "switches" => state.switches = switched(&state.switches, body)?,
        _ => return strike(emulator, name, body),
    }
    Ok(json!({ "ok": true }))
}

/// Refuses a body of which nothing would come: an empty one, where all members may be left out.
fn needs_one(is_there: bool, members: &[&str]) -> Result<(), Complaint> {
    if is_there {
        return Ok(());
    }
    Err(Complaint(400, format!("nothing to change; name at least one of: `{}`", members.join("`, `"))))
}

/// The last requests, or the last so many of them.
fn log(emulator: &Emulator, query: &str) -> Answer {
    let entries = emulator.log.entries();
    let last = match query.split_once('=') {
        None if query.is_empty() => entries.len(),
        Some(("last", number)) => {
            number.parse().map_err(|_| Complaint(400, format!("`last` must be a number: `{number}`")))?
        }
        _ => return Err(Complaint(400, format!("unknown parameter: `{query}`; there is `last`"))),
    };
    Ok(entries.skip(emulator.log.entries().len().saturating_sub(last)).cloned().collect())
}

/// What differs from the beginning.
fn state_of(emulator: &mut Emulator, now: Timestamp) -> Answer {
    let quota = quota(emulator, now);
    let state = &emulator.state;
    let codes = |shops: &BTreeSet<Marketplace>| shops.iter().map(|shop| shop.code()).collect::<Vec<_>>();
    Ok(json!({
        "now": now.to_string(),
        "not_eligible": codes(&state.not_eligible),
        "not_associated": codes(&state.not_associated),
        "credentials_accepted": !state.credentials_refused,
        "feeds": !state.feeds_refused,
        "reports": !state.reports_refused,
        "faults_left": state.faults.left(),
        "quota": quota,
        "switches": serde_json::to_value(&state.switches).map_err(internal)?,
    }))
}

fn set_quota(state: &mut State, of_settings: Limits, asked: QuotaRequest) -> Result<(), Complaint> {
    let is_there = asked.revenue.is_some()
        || asked.calls_per_second.is_some()
        || asked.calls_per_day.is_some()
        || asked.retry_after.is_some();
    needs_one(is_there, &["revenue", "calls_per_second", "calls_per_day", "retry_after"])?;
    let mut limits = state.quota.limits(of_settings);
    match (asked.revenue, asked.calls_per_second, asked.calls_per_day) {
        (Some(revenue), None, None) => limits = Limits::of_revenue(revenue),
        (Some(_), ..) => {
            let message = "`revenue` and the limits that follow from it exclude each other";
            return Err(Complaint(400, message.to_owned()));
        }
        (None, per_second, per_day) => {
            limits.per_second = per_second.unwrap_or(limits.per_second);
            limits.per_day = per_day.unwrap_or(limits.per_day);
        }
    }
    state.quota.set(limits);
    state.quota.says_when = asked.retry_after.unwrap_or(state.quota.says_when);
    Ok(())
}

/// The limits, and what is left of them.
fn quota(emulator: &mut Emulator, now: Timestamp) -> Value {
    emulator.state.quota.report(emulator.settings.limits, now)
}

/// The switches as they are, with those changed that the body names.
fn switched(switches: &Switches, body: &[u8]) -> Result<Switches, Complaint> {
    let Value::Object(mut all) = serde_json::to_value(switches).map_err(internal)? else {
        return Err(Complaint(500, "switches are no object".to_owned()));
    };
    let changes = members(body)?;
    needs_one(!changes.is_empty(), &all.keys().map(String::as_str).collect::<Vec<_>>())?;
    all.extend(changes);
    parsed(all)
}

fn shops(marketplace: Option<&str>) -> Result<Vec<Marketplace>, Complaint> {
    let Some(name) = marketplace else { return Ok(Marketplace::ALL.to_vec()) };
    name.parse().map(|shop| vec![shop]).map_err(|error: linkwright_core::UnknownMarketplace| {
        Complaint(400, format!("`marketplace`: {error}"))
    })
}

fn internal(error: serde_json::Error) -> Complaint {
    Complaint(500, error.to_string())
}
