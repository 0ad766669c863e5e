//! The answer of getItems, and how one broken item is kept from breaking the others.

use linkwright_core::{Error, Result};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::Unknown;
use super::decode_error::{corrupt, data_error};
use super::item::Item;
use super::object::wire_object;

/// The answer of getItems.
///
/// An item or partial error that cannot be read is in [`unreadable`](Self::unreadable) and leaves the others alone.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct GetItemsAnswer {
    /// What was found, in Amazon's order, which is not that of the request.
    pub items: Vec<Item>,
    /// What was not, and why.
    pub errors: Vec<PartialError>,
    /// What cannot be read.
    pub unreadable: Vec<Unreadable>,
    /// What else the answer held.
    pub unknown: Unknown,
}

wire_object! {
    /// Why one of the products asked for is not there.
    pub struct PartialError {
        /// `ItemNotAccessible`, `InvalidParameterValue` and the like.
        code: one String = "code",
        /// One sentence that names the product somewhere.
        message: one String = "message",
    }

    struct Envelope {
        // The documentation's page on GetItems says `itemResults`; SDK, all other pages and live answers say `itemsResult`.
        items_result: one ItemsResult = "itemsResult" | "itemResults",
        errors: many PartialError = "errors",
    }

    struct ItemsResult {
        items: many Item = "items",
    }

    struct RawEnvelope {
        items_result: one RawItemsResult = "itemsResult",
        item_results: one RawItemsResult = "itemResults",
        errors: one Vec<RawText> = "errors",
    }

    struct RawItemsResult {
        items: one Vec<RawText> = "items",
    }

    struct AsinOnly {
        asin: one RawText = "asin",
    }
}

/// A part of an answer that cannot be read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Unreadable {
    /// The product it is about, where that much could be read.
    pub asin: Option<String>,
    /// What is wrong with it, and where.
    pub error: Error,
}

impl GetItemsAnswer {
    /// Reads an answer. No input makes it panic, and its cost is linear in the input.
    ///
    /// # Errors
    /// `Corrupt` if the whole cannot be read; the context `path` says where, as `itemsResult.items`. Values are not
    /// shown.
    pub fn decode(body: &[u8]) -> Result<Self> {
        let text = std::str::from_utf8(body)
            .map_err(|error| corrupt(format!("no UTF-8 after byte {}", error.valid_up_to())))?;
        // RFC 8259 §8.1 lets a reader ignore the mark.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match serde_json::from_str::<Envelope>(text) {
            Ok(envelope) => Ok(Self {
                items: envelope.items_result.map(|result| result.items).unwrap_or_default(),
                errors: envelope.errors,
                unreadable: Vec::new(),
                unknown: envelope.unknown,
            }),
            // To know where in an answer one is costs time, so only an answer that needs it pays.
            Err(_) => Self::decode_piece_by_piece(text),
        }
    }

    fn decode_piece_by_piece(text: &str) -> Result<Self> {
        let envelope: RawEnvelope = read(text, "")?;
        let mut answer = Self { unknown: envelope.unknown, ..Self::default() };
        let lists = [("itemsResult", envelope.items_result), ("itemResults", envelope.item_results)];
        for (name, result) in lists {
            let items = result.and_then(|result| result.items).unwrap_or_default();
            for (json, path) in elements(&items, &format!("{name}.items")) {
                match read(json, &path) {
                    Ok(item) => answer.items.push(item),
                    Err(error) => answer.unreadable.push(Unreadable { asin: asin_of(json), error }),
                }
            }
        }
        for (json, path) in elements(&envelope.errors.unwrap_or_default(), "errors") {
            match read(json, &path) {
                Ok(error) => answer.errors.push(error),
                Err(error) => answer.unreadable.push(Unreadable { asin: None, error }),
            }
        }
        Ok(answer)
    }
}

/// The elements that are not `null`, each with its path.
fn elements<'a>(list: &'a [RawText], path: &'a str) -> impl Iterator<Item = (&'a str, String)> {
    let numbered = list.iter().enumerate().filter(|(_, element)| &*element.0 != "null");
    numbered.map(move |(index, element)| (&*element.0, format!("{path}[{index}]")))
}

/// Reads one value that stands at `path`.
fn read<T: DeserializeOwned>(json: &str, path: &str) -> Result<T> {
    let mut reader = serde_json::Deserializer::from_str(json);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let within = error.path().to_string();
        let dot = if path.is_empty() || within.starts_with('[') { "" } else { "." };
        // The whole has the path `.`.
        let path = if within == "." { path.to_owned() } else { format!("{path}{dot}{within}") };
        data_error(error.inner(), &path)
    })?;
    reader.end().map_err(|error| data_error(&error, path))?;
    Ok(value)
}

fn asin_of(json: &str) -> Option<String> {
    let item: AsinOnly = serde_json::from_str(json).ok()?;
    serde_json::from_str(&item.asin?.0).ok()
}

/// Any value as its text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct RawText(Box<str>);

impl<'de> serde::Deserialize<'de> for RawText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Box::<RawValue>::deserialize(deserializer)?.into()))
    }
}
