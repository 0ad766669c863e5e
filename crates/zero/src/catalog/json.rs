//! Catalogs as JSON: an array of objects, or an object with one under `items`.

use linkwright_core::Result;
use serde_json::Value;

use super::entry::{CatalogEntry, EntryBuilder, Place, invalid};

pub(super) fn entries(text: &str) -> Result<Vec<(Place<'_>, CatalogEntry)>> {
    let value: Value = serde_json::from_str(text).map_err(|error| invalid(format!("not JSON: {error}")))?;
    let items = match &value {
        Value::Array(items) => items,
        Value::Object(object) => object.get("items").and_then(Value::as_array).ok_or_else(|| {
            invalid("expected an array of products, or an object with one under `items`".to_owned())
        })?,
        _ => return Err(invalid("expected an array of products".to_owned())),
    };
    items.iter().enumerate().map(|(position, item)| entry(item, Place::Item(position))).collect()
}

fn entry(item: &Value, place: Place<'static>) -> Result<(Place<'static>, CatalogEntry)> {
    let object = item.as_object().ok_or_else(|| invalid(format!("{place}: expected an object")))?;
    let mut builder = EntryBuilder::default();
    for (name, value) in object {
        EntryBuilder::check_name(name, &place)?;
        match value {
            Value::String(text) => builder.set(name, text),
            Value::Null => {}
            _ => return Err(invalid(format!("{place}.{name}: expected a text"))),
        }
    }
    let entry = builder.finish(&place)?;
    Ok((place, entry))
}
