//! Lines of JSON that several commands print: a product, and what has no answer.

use linkwright_sdk::core::{ItemView, Marketplace, Reason};
use serde::Serialize;

use crate::failure::{CommandResult, Failure};

/// A product. In a stream each line names its format; in a document it stands at the beginning.
#[derive(Serialize)]
pub(crate) struct ItemJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<u8>,
    marketplace: &'static str,
    #[serde(flatten)]
    view: ItemView<'a>,
}

impl<'a> ItemJson<'a> {
    /// A product as a line of its own.
    pub(crate) fn new(shop: Marketplace, view: ItemView<'a>) -> Self {
        Self { format: Some(1), marketplace: shop.code(), view }
    }

    /// The same as a part of a document.
    pub(crate) fn in_document(self) -> Self {
        Self { format: None, ..self }
    }
}

/// Why an answer is less than asked for, as items say it.
#[derive(Serialize)]
pub(crate) struct DegradedJson {
    reason: &'static str,
}

impl DegradedJson {
    pub(crate) fn new(reason: Reason) -> Self {
        Self { reason: reason.as_str() }
    }
}

/// What was asked for and has no answer.
#[derive(Serialize)]
pub(crate) struct MissingJson {
    input: String,
    kind: &'static str,
    message: String,
}

impl MissingJson {
    pub(crate) fn new(input: &str, failure: &Failure) -> Self {
        Self { input: input.to_owned(), kind: failure.kind().as_str(), message: failure.message() }
    }
}

/// The same as a line of its own.
#[derive(Serialize)]
pub(crate) struct MissingLine {
    format: u8,
    missing: MissingJson,
}

impl MissingLine {
    pub(crate) fn new(missing: MissingJson) -> Self {
        Self { format: 1, missing }
    }
}

/// A value as JSON text: a map of values would put the keys into another order.
pub(crate) fn json_text(value: &impl Serialize) -> CommandResult<String> {
    serde_json::to_string(value).map_err(|error| Failure::stream(error.into(), "cannot write JSON"))
}
