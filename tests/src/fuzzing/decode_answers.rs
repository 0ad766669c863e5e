//! Answers of the other operations: whatever a service sends is read or refused, and no error quotes what it sent.

use std::fmt::Debug;

use linkwright_core::{Error, ErrorKind, Result, error_chain};
use linkwright_creators::wire::{
    DownloadLink, GetBrowseNodesAnswer, GetVariationsAnswer, ListFeedsAnswer, ListReportsAnswer,
    SearchItemsAnswer, Unreadable,
};

/// A value in the corpus. No error may hold it, whichever member's value it is.
const SENTINEL: &str = "hunter2";

/// Takes bytes for an answer of searchItems.
///
/// # Panics
/// If a property is broken.
pub fn decode_search(input: &[u8]) {
    read(SearchItemsAnswer::decode, |answer| &answer.unreadable, input);
}

/// Takes bytes for an answer of getVariations.
///
/// # Panics
/// If a property is broken.
pub fn decode_variations(input: &[u8]) {
    read(GetVariationsAnswer::decode, |answer| &answer.unreadable, input);
}

/// Takes bytes for an answer of getBrowseNodes.
///
/// # Panics
/// If a property is broken.
pub fn decode_browse_nodes(input: &[u8]) {
    read(GetBrowseNodesAnswer::decode, |answer| &answer.unreadable, input);
}

/// Takes bytes for an answer of listFeeds, and for one of listReports.
///
/// # Panics
/// If a property is broken.
pub fn decode_bulk_files(input: &[u8]) {
    read(ListFeedsAnswer::decode, |answer| &answer.unreadable, input);
    read(ListReportsAnswer::decode, |answer| &answer.unreadable, input);
}

/// Takes bytes for an answer of getFeed or getReport, whose address is a secret.
///
/// # Panics
/// If a property is broken.
pub fn decode_download_link(input: &[u8]) {
    read(DownloadLink::decode, |_| &[], input);
    if let Ok(link) = DownloadLink::decode(input) {
        let address = link.url.expose();
        assert!(!address.is_empty() && address.bytes().all(|byte| byte.is_ascii_graphic()));
        assert_eq!(format!("{link:?}"), "DownloadLink { url: Secret(redacted) }");
    }
}

/// Reads twice: the same must come out, and no error may tell what was sent.
pub(super) fn read<T: Debug>(
    decode: fn(&[u8]) -> Result<T>,
    unreadable: fn(&T) -> &[Unreadable],
    input: &[u8],
) {
    match (decode(input), decode(input)) {
        (Ok(first), Ok(second)) => {
            assert_eq!(format!("{first:?}"), format!("{second:?}"), "reading twice gives two answers");
            unreadable(&first).iter().for_each(|unreadable| check_error(&unreadable.error));
        }
        (Err(first), Err(second)) => {
            assert_eq!(first.message(), second.message());
            check_error(&first);
        }
        (first, second) => panic!("reading twice gives {first:?} and {second:?}"),
    }
}

fn check_error(error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Corrupt);
    // The path is made of names, of which the last may be any.
    let path = error.context_value("path").unwrap_or_default();
    let said = format!("{} {error:?}", error_chain(error)).replace(path, "");
    assert!(!said.contains(SENTINEL), "an error quotes the answer: {said}");
    let message = error.message();
    assert!(message.chars().count() < 500, "an error without end: {message}");
    assert!(!message.contains(char::is_control), "an error of several lines: {message:?}");
}
