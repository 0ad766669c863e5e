//! The catalogue: which operation, who asks, may they, and what is answered, checked in the order the service seems to.
//!
//! The order is inferred: who (401), can it be read (400), are the fields right (400), whose tag (400), eligible (403), too
//! fast (429), and only then what there is (404 or 200).

use linkwright_core::Timestamp;
use serde_json::{Map, Value};

use crate::admission::admit;
use crate::authentication::authenticate;
use crate::emulator::Emulator;
use crate::message::{Reply, Request};
use crate::offered_files::Shelved;
use crate::operation::Operation;
use crate::refusal::Refusal;
use crate::switches::Switches;
use crate::{
    browse_nodes, file_operations, get_items, get_variations, search, validation, validation_search,
};

/// Answers a request that is for no token service.
pub(crate) fn answer(emulator: &mut Emulator, now: Timestamp, request: &Request) -> Reply {
    match call(emulator, now, request) {
        Ok(body) => Reply::json(200, &body),
        Err(refusal) => refusal.reply(&emulator.state.switches),
    }
}

fn call(emulator: &mut Emulator, now: Timestamp, request: &Request) -> Result<Value, Refusal> {
    // What another method than POST yields is not recorded.
    let operation = Operation::at(&request.path).filter(|_| request.method == "POST");
    let operation = operation.ok_or(Refusal::UnknownOperation)?;
    authenticate(emulator, now, request).map_err(Refusal::Unauthorized)?;
    let is_list = matches!(operation, Operation::ListFeeds | Operation::ListReports);
    let body: Value = if is_list && request.body.is_empty() {
        // The SDK's model has no body for these, although the SDK sends `{}`.
        Value::Object(Map::new())
    } else if request.media_type() == "application/json" {
        serde_json::from_slice(&request.body).map_err(|_| Refusal::CannotParse)?
    } else {
        return Err(Refusal::CannotParse);
    };
    let Value::Object(body) = body else { return Err(Refusal::CannotParse) };
    let shop = request.header("x-marketplace");
    let wrong = Refusal::FieldValidation;
    match operation {
        Operation::GetItems => {
            let asked = validation::get_items(shop, &body).map_err(wrong)?;
            admit(emulator, now, asked.common.marketplace, Some(&asked.common.partner_tag))?;
            get_items::look_up(emulator, &asked)
        }
        Operation::SearchItems => {
            let most = emulator.state.switches.item_count_cap;
            let asked = validation_search::search_items(shop, &body, most).map_err(wrong)?;
            admit(emulator, now, asked.common.marketplace, Some(&asked.common.partner_tag))?;
            search::search(emulator, &asked)
        }
        Operation::GetVariations => {
            let asked = validation::get_variations(shop, &body).map_err(wrong)?;
            admit(emulator, now, asked.common.marketplace, Some(&asked.common.partner_tag))?;
            get_variations::look_up(emulator, &asked)
        }
        Operation::GetBrowseNodes => {
            let asked = validation::get_browse_nodes(shop, &body).map_err(wrong)?;
            admit(emulator, now, asked.common.marketplace, Some(&asked.common.partner_tag))?;
            browse_nodes::look_up(emulator, &asked)
        }
        Operation::ListFeeds => file_operations::list(emulator, now, Shelved::Feeds, request),
        Operation::GetFeed => file_operations::get(emulator, now, Shelved::Feeds, request, &body),
        Operation::ListReports => file_operations::list(emulator, now, Shelved::Reports, request),
        Operation::GetReport => file_operations::get(emulator, now, Shelved::Reports, request, &body),
    }
}

/// A whole answer: the result under its name, and the errors if there are any.
pub(crate) fn answer_body(name: &str, result: Value, errors: Vec<Value>, switches: &Switches) -> Value {
    let mut body = Map::new();
    body.insert(name.to_owned(), result);
    if !errors.is_empty() {
        body.insert("errors".to_owned(), errors.into());
    } else if switches.null_members {
        body.insert("errors".to_owned(), Value::Null);
    }
    Value::Object(body)
}

/// A number of things, for counters and answers.
pub(crate) fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
