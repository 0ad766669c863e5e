//! getItems: the items there are of those asked for, and an error for each there is not.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::catalogue::{answer_body, count};
use crate::emulator::Emulator;
use crate::projection::{LinkCode, project};
use crate::refusal::{Refusal, Sought};
use crate::shelf::Lookup;
use crate::switches::ResultMember;
use crate::validation::GetItems;

/// The items come in another order than they were asked for in, as the documentation warns, so that nobody relies on it.
pub(crate) fn look_up(emulator: &mut Emulator, asked: &GetItems) -> Result<Value, Refusal> {
    let (mut items, mut errors, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for id in asked.item_ids.iter().rev() {
        if !seen.insert(id.to_ascii_uppercase()) {
            continue;
        }
        match emulator.look_up(id, asked.common.marketplace) {
            Lookup::Found { asin, item } => {
                let switches = &emulator.state.switches;
                items.push(project(item, asin, &asked.common, LinkCode::GetItems, switches));
            }
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
    let counters = &mut emulator.counters;
    counters.items_asked += count(asked.item_ids.len());
    counters.items_found += count(items.len());
    counters.largest_call = counters.largest_call.max(count(asked.item_ids.len()));
    if items.is_empty() {
        return Err(Refusal::NotFound { sought: Sought::Item, id: asked.item_ids.join(",") });
    }
    let switches = &emulator.state.switches;
    let name = match switches.result_member {
        ResultMember::ItemsResult => "itemsResult",
        ResultMember::ItemResults => "itemResults",
    };
    Ok(answer_body(name, json!({ "items": items }), errors, switches))
}
