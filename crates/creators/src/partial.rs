//! Which key of a call got which part of its answer.
//!
//! | the answer has for a key | it is |
//! |---|---|
//! | an item | found |
//! | an item that cannot be read, or that has no link | failed, `Corrupt` |
//! | `InvalidParameterValue`, `ItemNotFound`, `NoResults` | not found |
//! | `ItemNotAccessible` | not accessible, with that code |
//! | another code | failed, `Unavailable`, with that code: whether it lasts is not known |
//! | nothing | failed, `Corrupt`: to call it gone could hide a product that is there |
//!
//! The codes: documentation, page "Processing of errors", but for `NoResults`, which a third party kept from PA-API.

use std::collections::HashMap;
use std::sync::Arc;

use linkwright_core::{Asin, Error, ErrorKind, Item, MissingReason, Source, Sourced, Timestamp};

use crate::convert;
use crate::request::GetItemsRequest;
use crate::wire::{GetItemsAnswer, PartialError};

/// What became of one key.
pub(crate) type Outcome = Result<Sourced<Arc<Item>>, MissingReason>;

/// What became of each key of the call, as answered at this time. Items nobody asked for are left out.
pub(crate) fn account(asked: &[Asin], answer: GetItemsAnswer, at: Timestamp) -> Vec<(Asin, Outcome)> {
    let mut outcomes: HashMap<Asin, Outcome> = HashMap::with_capacity(asked.len());
    for item in answer.items {
        let asin = item.asin.as_deref().and_then(|text| Asin::parse(text).ok());
        let Some(asin) = asin.filter(|asin| asked.contains(asin)) else { continue };
        let found = || match convert::item(asin, item, at) {
            Some(item) => Ok(Sourced::fetched(Arc::new(item), Source::Creators, at)),
            None => Err(failed(ErrorKind::Corrupt, format!("Amazon's answer holds no link for: `{asin}`"))),
        };
        outcomes.entry(asin).or_insert_with(found);
    }
    // What is said of no product in particular may be about any that is left.
    let mut unnamed = None;
    for broken in answer.unreadable {
        let reason = MissingReason::Failed(broken.error.with_origin(crate::ORIGIN));
        match broken.asin.and_then(|text| Asin::parse(&text).ok()) {
            Some(asin) if asked.contains(&asin) => {
                outcomes.entry(asin).or_insert(Err(reason));
            }
            _ => unnamed = unnamed.or(Some(reason)),
        }
    }
    for error in &answer.errors {
        let mut named = named(error, asked).peekable();
        if named.peek().is_none() {
            unnamed = unnamed.or_else(|| Some(reason(error)));
        }
        for asin in named {
            outcomes.entry(asin).or_insert_with(|| Err(reason(error)));
        }
    }
    let outcome = |asin: &Asin| {
        outcomes.remove(asin).unwrap_or_else(|| {
            Err(unnamed.clone().unwrap_or_else(|| {
                failed(ErrorKind::Corrupt, format!("Amazon's answer says nothing of: `{asin}`"))
            }))
        })
    };
    let mut outcome = outcome;
    asked.iter().map(|asin| (*asin, outcome(asin))).collect()
}

/// The keys a message names. Looked for anywhere in it, for the texts differ (`The ItemIds …`, `The ItemId …`).
fn named(error: &PartialError, asked: &[Asin]) -> impl Iterator<Item = Asin> {
    let message = error.message.as_deref().unwrap_or_default();
    let words = message.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter_map(|word| asked.iter().copied().find(|asin| asin.as_str() == word))
}

fn reason(error: &PartialError) -> MissingReason {
    match error.code.as_deref() {
        Some("InvalidParameterValue" | "ItemNotFound" | "NoResults") => MissingReason::NotFound,
        Some(code @ "ItemNotAccessible") => MissingReason::NotAccessible { code: Some(code.to_owned()) },
        Some(code) => {
            let code: String = code.chars().filter(|c| !c.is_control()).take(64).collect();
            let error = Error::new(
                ErrorKind::Unavailable,
                GetItemsRequest::OPERATION,
                format!("the API gives the product with an error only: `{code}`"),
            );
            MissingReason::Failed(error.with_origin(crate::ORIGIN).with_context(Error::CODE, code))
        }
        None => failed(ErrorKind::Corrupt, "the API refuses the product without a code".to_owned()),
    }
}

fn failed(kind: ErrorKind, message: String) -> MissingReason {
    MissingReason::Failed(Error::new(kind, GetItemsRequest::OPERATION, message).with_origin(crate::ORIGIN))
}
