//! The author's own catalog: what a site owner wrote about products, from CSV, JSON or TOML.
//!
//! Titles, remarks and pictures here are the author's own. Prices, stock and ratings are refused: Amazon allows them
//! only from its API (Program Policies, 2026-04-14), and typed in they are wrong by tomorrow. No file is read here; the
//! caller hands over the text.

mod csv;
mod entry;
mod json;
mod toml;

use std::collections::HashMap;
use std::str::FromStr;

use linkwright_core::{Asin, Error, ErrorKind, Result};

pub use entry::CatalogEntry;

/// How a catalog is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CatalogFormat {
    /// A header line with `asin` and any of `title`, `note`, `image`.
    Csv,
    /// An array of objects, or an object with one under `items`.
    Json,
    /// Tables named `[[item]]`.
    Toml,
}

impl CatalogFormat {
    /// The format of a file by its name's ending.
    pub fn of_file_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        ending.parse().ok()
    }
}

impl FromStr for CatalogFormat {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.to_ascii_lowercase().as_str() {
            "csv" => Ok(Self::Csv),
            "json" => Ok(Self::Json),
            "toml" => Ok(Self::Toml),
            _ => Err(entry::invalid(format!(
                "no catalog format of that name: `{text}`; known: csv, json, toml"
            ))),
        }
    }
}

/// The author's own words on products, by ASIN.
///
/// ```
/// use linkwright_core::Asin;
/// use linkwright_zero::{Catalog, CatalogFormat};
///
/// let catalog = Catalog::parse("asin,title\nB08N5WRWNW,My kettle\n", CatalogFormat::Csv)?;
/// let asin = Asin::parse("B08N5WRWNW").unwrap();
/// assert_eq!(catalog.get(asin).and_then(|entry| entry.title.as_deref()), Some("My kettle"));
/// # Ok::<(), linkwright_core::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalog {
    entries: HashMap<Asin, CatalogEntry>,
}

impl Catalog {
    /// A catalog with nothing in it.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Reads a catalog.
    ///
    /// # Errors
    /// Kind `ConfigInvalid`, naming the line or the path in the text: for broken syntax, a missing or wrong ASIN, the
    /// same ASIN twice, an unknown field, and for prices, stock and ratings.
    pub fn parse(text: &str, format: CatalogFormat) -> Result<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let entries = match format {
            CatalogFormat::Csv => csv::entries(text)?,
            CatalogFormat::Json => json::entries(text)?,
            CatalogFormat::Toml => toml::entries(text)?,
        };
        let mut catalog = Self::default();
        for (place, entry) in entries {
            if catalog.entries.contains_key(&entry.asin) {
                return Err(entry::invalid(format!("{place}: the same ASIN twice: `{}`", entry.asin)));
            }
            catalog.entries.insert(entry.asin, entry);
        }
        Ok(catalog)
    }

    /// What the author wrote about a product.
    pub fn get(&self, asin: Asin) -> Option<&CatalogEntry> {
        self.entries.get(&asin)
    }

    /// How many products are in it.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// As [`parse`](Self::parse), with the file's name in every error.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn parse_named(text: &str, format: CatalogFormat, file: &str) -> Result<Self> {
        Self::parse(text, format).map_err(|error| {
            let named =
                Error::new(ErrorKind::ConfigInvalid, "catalog.read", format!("{file}: {}", error.message()))
                    .with_context("file", file);
            match error.hint() {
                Some(hint) => named.with_hint(hint.to_owned()),
                None => named,
            }
        })
    }
}
