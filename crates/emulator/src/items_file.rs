//! Items of the user's own, from JSON in the shape the API answers with.

use linkwright_core::{Asin, Error, ErrorKind, Marketplace, UnknownMarketplace};
use serde_json::Value;

use crate::item_shape;
use crate::shelf::GivenItem;

/// Reads an array of items, or an object with an array `items`.
pub(crate) fn parse(name: &str, text: &str) -> Result<Vec<GivenItem>, Error> {
    // Editors of some systems begin every file with a mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value: Value =
        serde_json::from_str(text).map_err(|error| wrong(name, format!("not JSON: {error}")))?;
    let items = match value {
        Value::Array(items) => items,
        Value::Object(mut members) => match members.remove("items") {
            Some(Value::Array(items)) => items,
            _ => return Err(wrong(name, "no array `items`".to_owned()).with_hint(EXPECTED)),
        },
        _ => return Err(wrong(name, "neither an array nor an object".to_owned()).with_hint(EXPECTED)),
    };
    items.into_iter().enumerate().map(|(index, item)| read(name, index, item)).collect()
}

const EXPECTED: &str = "write an array of items, or `{\"items\":[…]}`, each as getItems answers it";

fn read(name: &str, index: usize, mut item: Value) -> Result<GivenItem, Error> {
    let at = |path: &str, problem: &str| wrong(name, format!("item {}, `{path}`: {problem}", index + 1));
    let Some(members) = item.as_object_mut() else {
        return Err(wrong(name, format!("item {}: not an object", index + 1)).with_hint(EXPECTED));
    };
    let asin = match members.remove("asin") {
        Some(Value::String(text)) => Asin::parse(&text).map_err(|error| at("asin", &error.to_string()))?,
        Some(_) => return Err(at("asin", "not a string")),
        None => return Err(at("asin", "missing")),
    };
    let marketplace = match members.remove("marketplace") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => {
            let shop: Marketplace =
                text.parse().map_err(|error: UnknownMarketplace| at("marketplace", &error.to_string()))?;
            if !shop.has_associates() {
                return Err(at("marketplace", "the API does not serve that shop"));
            }
            Some(shop)
        }
        Some(_) => return Err(at("marketplace", "not a string")),
    };
    if let Some((path, expected)) = item_shape::first_mismatch(&item) {
        return Err(at(&path, &format!("must be {expected}")));
    }
    Ok(GivenItem { asin, marketplace, item })
}

fn wrong(name: &str, problem: String) -> Error {
    Error::new(ErrorKind::ConfigInvalid, "emulator.items", format!("cannot use items of `{name}`: {problem}"))
        .with_origin("emulator")
}
