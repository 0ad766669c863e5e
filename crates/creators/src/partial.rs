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
use std::hash::Hash;
use std::sync::Arc;

use linkwright_core::{
    Asin, BrowseNodeId, BrowseNodePage, Error, ErrorKind, Item, MissingReason, Source, Sourced, Timestamp,
};

use crate::convert;
use crate::request::ApiOperation;
use crate::wire::{GetBrowseNodesAnswer, GetItemsAnswer, PartialError, Unreadable};

/// What became of one key.
pub(crate) type Outcome<T> = Result<Sourced<Arc<T>>, MissingReason>;

/// What became of each product of the call, as answered at this time. Items nobody asked for are left out.
pub(crate) fn items(asked: &[Asin], answer: GetItemsAnswer, at: Timestamp) -> Vec<(Asin, Outcome<Item>)> {
    let call = Call { operation: ApiOperation::GetItems, asked, parse: |text| Asin::parse(text).ok(), at };
    let found = answer.items.into_iter().map(|item| (item.asin.as_deref().and_then(call.parse), item));
    call.account(
        found,
        answer.unreadable,
        &answer.errors,
        |asin, item| convert::item(asin, item, at),
        "no link",
    )
}

/// What became of each category of the call.
pub(crate) fn browse_nodes(
    asked: &[BrowseNodeId],
    answer: GetBrowseNodesAnswer,
    at: Timestamp,
) -> Vec<(BrowseNodeId, Outcome<BrowseNodePage>)> {
    let call = Call { operation: ApiOperation::GetBrowseNodes, asked, parse: |text| text.parse().ok(), at };
    let found = answer.browse_nodes.into_iter().map(|node| (node.id.as_deref().and_then(call.parse), node));
    let page = |_, node| Some(BrowseNodePage::described(convert::browse_node(node).fetched(at)));
    call.account(found, answer.unreadable, &answer.errors, page, "nothing")
}

/// One call for several keys.
struct Call<'a, K> {
    operation: ApiOperation,
    asked: &'a [K],
    parse: fn(&str) -> Option<K>,
    at: Timestamp,
}

impl<K: Copy + Eq + Hash + std::fmt::Display> Call<'_, K> {
    fn account<W, T>(
        &self,
        found: impl Iterator<Item = (Option<K>, W)>,
        unreadable: Vec<Unreadable>,
        errors: &[PartialError],
        convert: impl Fn(K, W) -> Option<T>,
        lacking: &str,
    ) -> Vec<(K, Outcome<T>)> {
        let mut outcomes: HashMap<K, Outcome<T>> = HashMap::with_capacity(self.asked.len());
        for (key, value) in found {
            let Some(key) = key.filter(|key| self.asked.contains(key)) else { continue };
            let found =
                || match convert(key, value) {
                    Some(value) => Ok(Sourced::fetched(Arc::new(value), Source::Creators, self.at)),
                    None => Err(self
                        .failed(ErrorKind::Corrupt, format!("Amazon's answer holds {lacking} for: `{key}`"))),
                };
            outcomes.entry(key).or_insert_with(found);
        }
        // What is said of no key in particular may be about any that is left.
        let mut unnamed = None;
        for broken in unreadable {
            let reason = MissingReason::Failed(broken.error.with_origin(crate::ORIGIN));
            match broken.id.as_deref().and_then(self.parse) {
                Some(key) if self.asked.contains(&key) => {
                    outcomes.entry(key).or_insert(Err(reason));
                }
                _ => unnamed = unnamed.or(Some(reason)),
            }
        }
        for error in errors {
            let mut named = self.named(error).peekable();
            if named.peek().is_none() {
                unnamed = unnamed.or_else(|| Some(self.reason(error)));
            }
            for key in named {
                outcomes.entry(key).or_insert_with(|| Err(self.reason(error)));
            }
        }
        let mut outcome = |key: &K| {
            outcomes.remove(key).unwrap_or_else(|| {
                Err(unnamed.clone().unwrap_or_else(|| {
                    self.failed(ErrorKind::Corrupt, format!("Amazon's answer says nothing of: `{key}`"))
                }))
            })
        };
        self.asked.iter().map(|key| (*key, outcome(key))).collect()
    }

    /// The keys a message names. Looked for anywhere in it, for the texts differ (`The ItemIds …`, `The ItemId …`).
    fn named<'e>(&'e self, error: &'e PartialError) -> impl Iterator<Item = K> + 'e {
        let message = error.message.as_deref().unwrap_or_default();
        let words = message.split(|c: char| !c.is_ascii_alphanumeric());
        // Compared as written: a word in lower case is no ASIN, though one can be read from it.
        words.filter_map(|word| self.asked.iter().copied().find(|key| key.to_string() == word))
    }

    fn reason(&self, error: &PartialError) -> MissingReason {
        match error.code.as_deref() {
            Some("InvalidParameterValue" | "ItemNotFound" | "NoResults") => MissingReason::NotFound,
            Some(code @ "ItemNotAccessible") => MissingReason::NotAccessible { code: Some(code.to_owned()) },
            Some(code) => {
                let code: String = code.chars().filter(|c| !c.is_control()).take(64).collect();
                let error = Error::new(
                    ErrorKind::Unavailable,
                    self.operation.error_name(),
                    format!("the API answers with an error only: `{code}`"),
                );
                MissingReason::Failed(error.with_origin(crate::ORIGIN).with_context(Error::CODE, code))
            }
            None => self
                .failed(ErrorKind::Corrupt, "the API refuses a part of the call without a code".to_owned()),
        }
    }

    fn failed(&self, kind: ErrorKind, message: String) -> MissingReason {
        let error = Error::new(kind, self.operation.error_name(), message);
        MissingReason::Failed(error.with_origin(crate::ORIGIN))
    }
}
