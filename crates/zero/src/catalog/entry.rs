//! One product of a catalog, and what may stand in it.

use std::fmt;

use linkwright_core::{Asin, Error, ErrorKind, Result};

/// What the author wrote about one product.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CatalogEntry {
    /// The product.
    pub asin: Asin,
    /// The author's title.
    pub title: Option<String>,
    /// The author's remark.
    pub note: Option<String>,
    /// The https address of the author's own picture.
    pub image: Option<String>,
}

/// Where in a catalog something stands: `line 3`, `items[2]`. Lines are counted only when they are shown: a catalog may
/// have a hundred thousand of them, and mostly none is wrong.
#[derive(Debug, Clone)]
pub(super) enum Place<'t> {
    /// A path in a JSON text.
    Item(usize),
    /// The line of a byte.
    Byte { text: &'t str, at: Option<usize> },
    /// The line of the CSV record that begins at or behind a byte.
    Record { text: &'t str, start: u64 },
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item(position) => write!(f, "items[{position}]"),
            Self::Byte { text, at } => match at {
                Some(at) => {
                    write!(f, "line {}", text.bytes().take(*at).filter(|byte| *byte == b'\n').count() + 1)
                }
                None => f.write_str("somewhere"),
            },
            Self::Record { text, start } => write!(f, "line {}", super::csv::line_at(text, *start)),
        }
    }
}

pub(super) fn invalid(message: String) -> Error {
    Error::new(ErrorKind::ConfigInvalid, "catalog.read", message)
}

/// Fields that only Amazon's API may fill, in the spellings people use.
const API_ONLY: [&str; 14] = [
    "price",
    "old_price",
    "list_price",
    "sale_price",
    "saving",
    "discount",
    "currency",
    "stock",
    "availability",
    "available",
    "rating",
    "stars",
    "reviews",
    "review_count",
];

/// Puts one entry together from its fields, whatever the format.
#[derive(Debug, Default)]
pub(super) struct EntryBuilder {
    asin: Option<String>,
    title: Option<String>,
    note: Option<String>,
    image: Option<String>,
}

impl EntryBuilder {
    /// Refuses a field that no catalog has. `place` says where the name stands.
    pub(super) fn check_name(name: &str, place: &Place<'_>) -> Result<()> {
        let plain = name.to_ascii_lowercase().replace(['-', ' '], "_");
        if API_ONLY.contains(&plain.as_str()) {
            let message = format!(
                "{place}: a catalog cannot have `{name}`: Amazon allows prices, stock and ratings only from its API"
            );
            return Err(invalid(message).with_hint("remove the field"));
        }
        if !matches!(name, "asin" | "title" | "note" | "image") {
            return Err(invalid(format!(
                "{place}: unknown field: `{name}`; known: asin, title, note, image"
            )));
        }
        Ok(())
    }

    /// Sets a field. Empty texts are as good as absent.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        let field = match name {
            "asin" => &mut self.asin,
            "title" => &mut self.title,
            "note" => &mut self.note,
            _ => &mut self.image,
        };
        *field = Some(value.to_owned());
    }

    pub(super) fn finish(self, place: &Place<'_>) -> Result<CatalogEntry> {
        let asin = self.asin.ok_or_else(|| invalid(format!("{place}: no `asin`")))?;
        let asin =
            Asin::parse(&asin).map_err(|error| invalid(format!("{place}: `asin`: {error}: `{asin}`")))?;
        if let Some(image) = &self.image {
            check_image(image, place)?;
        }
        Ok(CatalogEntry { asin, title: self.title, note: self.note, image: self.image })
    }
}

/// Amazon's pictures may be shown only with an address from the API, so they cannot stand in a catalog.
fn check_image(image: &str, place: &Place<'_>) -> Result<()> {
    if !image.starts_with("https://") {
        return Err(invalid(format!("{place}: `image` must be an https address: `{image}`")));
    }
    match crate::read(image) {
        Ok(_) => Err(invalid(format!(
            "{place}: `image` is Amazon's own picture: `{image}`; Amazon allows those only from its API"
        ))
        .with_hint("use a picture of your own, or none")),
        Err(_) => Ok(()),
    }
}
