//! The summary of a family: how many there are, what they cost, and in what they differ.

use std::cmp::Ordering;

use serde_json::{Value, json};

use crate::families;
use crate::locale;
use crate::resource::Resource;
use crate::validation::GetVariations;

/// The summary, if any of its resources was asked for. The numbers of pages and variations have no resource of their own;
/// that they come with the others is a guess.
pub(crate) fn summary<'a>(
    family: impl Iterator<Item = &'a Value> + Clone,
    asked: &GetVariations,
) -> Option<Value> {
    let wants = |resource: Resource| asked.common.resources.contains(&resource);
    let (highest, lowest) = (wants(Resource::HighestPrice), wants(Resource::LowestPrice));
    let dimensions_too = wants(Resource::VariationDimension);
    if !(highest || lowest || dimensions_too) {
        return None;
    }
    let many = u64::try_from(family.clone().count()).unwrap_or(u64::MAX);
    let mut summary = json!({ "pageCount": many.div_ceil(asked.count), "variationCount": many });
    let amount = |money: &Value| money["amount"].as_f64().unwrap_or(0.0);
    let ascending = |left: &&Value, right: &&Value| -> Ordering { amount(left).total_cmp(&amount(right)) };
    let prices = family.clone().filter_map(price);
    if highest && let Some(money) = prices.clone().max_by(ascending) {
        summary["price"]["highestPrice"] = money.clone();
    }
    if lowest && let Some(money) = prices.min_by(ascending) {
        summary["price"]["lowestPrice"] = money.clone();
    }
    let dimensions = dimensions(family, asked);
    if dimensions_too && !dimensions.is_empty() {
        summary["variationDimensions"] = dimensions.into();
    }
    Some(summary)
}

/// What a variation is sold for; nothing if that may not be shown.
fn price(item: &Value) -> Option<&Value> {
    let offers = item.pointer("/offersV2/listings").and_then(Value::as_array);
    let shown = offers.into_iter().flatten().filter(|offer| offer["violatesMAP"] != true);
    shown.filter_map(|offer| offer.pointer("/price/money")).find(|money| money["amount"].is_number())
}

/// In what the variations differ, and the values of each, in the order in which they come.
fn dimensions<'a>(family: impl Iterator<Item = &'a Value>, asked: &GetVariations) -> Vec<Value> {
    let shop = asked.common.marketplace;
    let mut dimensions: Vec<(&str, Vec<&str>)> = Vec::new();
    let attributes = family.filter_map(|item| item["variationAttributes"].as_array()).flatten();
    for attribute in attributes {
        let (Some(name), Some(value)) = (attribute["name"].as_str(), attribute["value"].as_str()) else {
            continue;
        };
        match dimensions.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) if values.contains(&value) => {}
            Some((_, values)) => values.push(value),
            None => dimensions.push((name, vec![value])),
        }
    }
    let locale = asked.common.language.unwrap_or_else(|| locale::language(shop));
    dimensions
        .into_iter()
        .map(|(name, values)| {
            json!({
                "name": name,
                "displayName": families::display_name(name, shop),
                "locale": locale,
                "values": values,
            })
        })
        .collect()
}
