//! getVariations: the family of a parent or of one of its variations, page by page.

use linkwright_core::Asin;
use serde_json::{Value, json};

use crate::catalogue::{answer_body, count};
use crate::emulator::Emulator;
use crate::projection::{LinkCode, project};
use crate::refusal::{Refusal, Sought};
use crate::shelf::Lookup;
use crate::validation::GetVariations;
use crate::variation_summary::summary;

/// Answers a page of the family. Whether an item without variations, and a page behind the last, are a 404 is recorded
/// nowhere; other requests for what there is not are.
pub(crate) fn look_up(emulator: &mut Emulator, asked: &GetVariations) -> Result<Value, Refusal> {
    let family = family(emulator, asked);
    let not_found = Refusal::NotFound { sought: Sought::Item, id: asked.asin.clone() };
    let per_page = usize::try_from(asked.count).unwrap_or(usize::MAX);
    let before = per_page.saturating_mul(usize::try_from(asked.page - 1).unwrap_or(usize::MAX));
    if before >= family.len() {
        return Err(not_found);
    }
    let switches = &emulator.state.switches;
    let summary = summary(family.iter().map(|(_, item)| item), asked);
    let page = family.into_iter().skip(before).take(per_page);
    let items: Vec<Value> = page
        .map(|(asin, item)| project(item, asin, &asked.common, LinkCode::GetVariations, switches))
        .collect();
    emulator.counters.items_found += count(items.len());
    let mut result = json!({ "items": items });
    match summary {
        Some(summary) => result["variationSummary"] = summary,
        None if switches.null_members => result["variationSummary"] = Value::Null,
        None => {}
    }
    Ok(answer_body("variationsResult", result, Vec::new(), switches))
}

/// The variations that the API tells of, in the order of the shelf; none if there is no such parent or variation.
fn family(emulator: &Emulator, asked: &GetVariations) -> Vec<(Asin, Value)> {
    let shop = asked.common.marketplace;
    let found = |id: &str| match emulator.look_up(id, shop) {
        Lookup::Found { asin, item } => Some((asin, item)),
        Lookup::NotAccessible | Lookup::Unknown => None,
    };
    let parent = match found(&asked.asin) {
        Some((asin, item)) => match item["parentASIN"].as_str() {
            Some(parent) => Asin::parse(parent).ok(),
            None => Some(asin),
        },
        // A parent that the user's own items name need not be an item itself.
        None => Asin::parse(&asked.asin).ok(),
    };
    let parent = parent.filter(|parent| !emulator.is_withdrawn(*parent));
    let Some(parent) = parent else { return Vec::new() };
    let variations = emulator.shelf.variations_of(parent, shop);
    variations.into_iter().filter_map(|asin| found(asin.as_str())).collect()
}
