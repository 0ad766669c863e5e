//! Catalogs as TOML: one table `[[item]]` a product.

use linkwright_core::Result;
use toml_edit::{Document, Item};

use super::entry::{CatalogEntry, EntryBuilder, Place, invalid};

pub(super) fn entries(text: &str) -> Result<Vec<(Place<'_>, CatalogEntry)>> {
    let place_of =
        |span: Option<std::ops::Range<usize>>| Place::Byte { text, at: span.map(|span| span.start) };
    let document = Document::parse(text)
        .map_err(|error| invalid(format!("{}: {}", place_of(error.span()), error.message().trim())))?;
    for (name, item) in document.iter() {
        if name != "item" || !item.is_array_of_tables() {
            let place = place_of(item.span());
            return Err(invalid(format!("{place}: expected tables named `[[item]]`, not `{name}`")));
        }
    }
    let Some(tables) = document.get("item").and_then(Item::as_array_of_tables) else { return Ok(Vec::new()) };
    let mut entries = Vec::new();
    for table in tables {
        let place = place_of(table.span());
        let mut builder = EntryBuilder::default();
        for (name, item) in table {
            let place = place_of(item.span());
            EntryBuilder::check_name(name, &place)?;
            let value = item.as_str().ok_or_else(|| invalid(format!("{place}: `{name}` must be a text")))?;
            builder.set(name, value);
        }
        let entry = builder.finish(&place)?;
        entries.push((place, entry));
    }
    Ok(entries)
}
