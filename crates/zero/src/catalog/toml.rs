//! Catalogs as TOML: one table `[[item]]` a product.

use linkwright_core::Result;
use toml_edit::{Document, Item};

use super::entry::{CatalogEntry, EntryBuilder, Place, invalid};

pub(super) fn entries(text: &str) -> Result<Vec<(Place, CatalogEntry)>> {
    let document = Document::parse(text)
        .map_err(|error| invalid(format!("{}{}", line_of(text, error.span()), error.message())))?;
    for (name, item) in document.iter() {
        if name != "item" || !item.is_array_of_tables() {
            let line = line_of(text, item.span());
            return Err(invalid(format!("{line}expected tables named `[[item]]`, not `{name}`")));
        }
    }
    let Some(tables) = document.get("item").and_then(Item::as_array_of_tables) else { return Ok(Vec::new()) };
    let mut entries = Vec::new();
    for table in tables {
        let line = line_of(text, table.span());
        let place = Place(line.trim_end_matches(": ").to_owned());
        let mut builder = EntryBuilder::default();
        for (name, item) in table {
            let place = Place(line_of(text, item.span()).trim_end_matches(": ").to_owned());
            EntryBuilder::check_name(name, &place)?;
            let value = item.as_str().ok_or_else(|| invalid(format!("{place}: `{name}` must be a text")))?;
            builder.set(name, value);
        }
        entries.push((place.clone(), builder.finish(&place)?));
    }
    Ok(entries)
}

fn line_of(text: &str, span: Option<std::ops::Range<usize>>) -> String {
    let Some(span) = span else { return String::new() };
    let line = text.as_bytes().iter().take(span.start).filter(|byte| **byte == b'\n').count() + 1;
    format!("line {line}: ")
}
