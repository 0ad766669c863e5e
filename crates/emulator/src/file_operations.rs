//! listFeeds, getFeed, listReports, getReport: known from the official SDK only; the documentation has none of them.
//!
//! What they refuse, and with which words, is inferred from the other operations.

use linkwright_core::{Marketplace, Timestamp};
use serde_json::{Map, Value, json};

use crate::admission::admit;
use crate::emulator::Emulator;
use crate::message::Request;
use crate::offered_files::{FileId, Shelved};
use crate::own_address::own_address;
use crate::refusal::{Denied, Refusal, Sought};
use crate::validation::shop_of_header;

/// The values of `feedType` and of `reportType`.
const FEED_TYPES: &[&str] = &["PRODUCT_FEEDS", "DEALS_FEEDS"];
const REPORT_TYPES: &[&str] = &["CREATOR_CENTRAL", "CREATOR_CONNECTIONS"];

/// Answers listFeeds or listReports.
pub(crate) fn list(
    emulator: &mut Emulator,
    now: Timestamp,
    which: Shelved,
    request: &Request,
) -> Result<Value, Refusal> {
    let mut wrong = Vec::new();
    let shop =
        shop(request, &mut wrong).filter(|_| wrong.is_empty()).ok_or(Refusal::FieldValidation(wrong))?;
    enter(emulator, now, which, shop)?;
    let Emulator { files, state, shelf, settings, .. } = emulator;
    let listed = files.list(which, shop, &state.changes, shelf, settings.seed);
    let (name, type_name, date, member) = match which {
        Shelved::Feeds => ("feedName", "feedType", "lastUpdated", "feeds"),
        Shelved::Reports => ("filename", "reportType", "lastModified", "reports"),
    };
    let entries = listed.into_iter().map(|file| {
        let mut entry = json!({
            name: file.name,
            "size": file.size,
            "md5": file.md5,
            date: file.modified.to_string(),
        });
        match file.kind {
            Some(kind) => entry[type_name] = kind.into(),
            None if state.switches.null_members => entry[type_name] = Value::Null,
            None => {}
        }
        entry
    });
    Ok(json!({ member: entries.collect::<Value>() }))
}

/// Answers getFeed or getReport: with an address under which the file can be had for a while.
pub(crate) fn get(
    emulator: &mut Emulator,
    now: Timestamp,
    which: Shelved,
    request: &Request,
    body: &Map<String, Value>,
) -> Result<Value, Refusal> {
    let (name_member, type_member, types, sought) = match which {
        Shelved::Feeds => ("feedName", "feedType", FEED_TYPES, Sought::Feed),
        Shelved::Reports => ("filename", "reportType", REPORT_TYPES, Sought::Report),
    };
    let mut wrong = Vec::new();
    let shop = shop(request, &mut wrong);
    let name = match body.get(name_member) {
        Some(Value::String(name)) if !name.is_empty() => Some(name.clone()),
        None | Some(Value::Null) => complain(&mut wrong, name_member, "must not be null"),
        Some(Value::String(_)) => complain(&mut wrong, name_member, "must have at least 1 character"),
        Some(_) => complain(&mut wrong, name_member, "must be a string"),
    };
    let asked_type = match body.get(type_member) {
        None | Some(Value::Null) => None,
        Some(Value::String(one)) if types.contains(&one.as_str()) => Some(one.as_str()),
        Some(_) => complain(&mut wrong, type_member, &format!("must be one of: {}", types.join(", "))),
    };
    let (Some(shop), Some(name), true) = (shop, name, wrong.is_empty()) else {
        return Err(Refusal::FieldValidation(wrong));
    };
    enter(emulator, now, which, shop)?;
    let known = which.names(shop).into_iter().any(|(known, kind)| {
        known == name && asked_type.is_none_or(|asked| kind.is_none_or(|kind| kind == asked))
    });
    if !known {
        return Err(Refusal::NotFound { sought, id: name });
    }
    let path = emulator.state.downloads.grant(now, FileId { shop, name });
    Ok(json!({ "url": format!("{}{path}", own_address(request)) }))
}

/// Lets in whom it may concern: feeds and reports are granted to some accounts only.
fn enter(emulator: &mut Emulator, now: Timestamp, which: Shelved, shop: Marketplace) -> Result<(), Refusal> {
    let refused = match which {
        Shelved::Feeds => emulator.state.feeds_refused,
        Shelved::Reports => emulator.state.reports_refused,
    };
    if refused {
        return Err(Refusal::Denied(Denied::AuthorizationFailed));
    }
    admit(emulator, now, shop, None)
}

fn shop(request: &Request, wrong: &mut Vec<(String, String)>) -> Option<Marketplace> {
    let header = request.header("x-marketplace");
    let message =
        if header.is_none() { "must not be null" } else { "must be a marketplace such as www.amazon.com" };
    header.and_then(shop_of_header).or_else(|| complain(wrong, "x-marketplace", message))
}

fn complain<T>(wrong: &mut Vec<(String, String)>, name: &str, message: &str) -> Option<T> {
    wrong.push((name.to_owned(), message.to_owned()));
    None
}
