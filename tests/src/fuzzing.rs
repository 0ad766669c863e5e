//! What must hold for any input at all: the bodies of the fuzz targets in `tests/fuzz`.
//!
//! Each is a function that panics if a property is broken. The fuzz target of the same name calls it with what libFuzzer
//! makes up; the ordinary tests call it with the kept corpus of that target, so that an input that once broke something
//! never does again.

mod catalog;
mod credential_document;
mod credential_import;
mod decode_answers;
mod decode_items;
mod linking;
mod marketplace_and_tag;
mod profile;
mod refusals;
mod scripted_api;

pub use catalog::catalog;
pub use credential_document::credential_document;
pub use credential_import::credential_import;
pub use decode_answers::{
    decode_browse_nodes, decode_bulk_files, decode_download_link, decode_search, decode_variations,
};
pub use decode_items::decode_items;
pub use linking::{read_link, target};
pub use marketplace_and_tag::marketplace_and_tag;
pub use profile::profile;
pub use refusals::refusals;

/// The body of one target.
pub type Body = fn(&[u8]);

/// All targets, by the name of their file in `tests/fuzz/fuzz_targets`.
pub const TARGETS: [(&str, Body); 14] = [
    ("catalog", catalog),
    ("credential_document", credential_document),
    ("credential_import", credential_import),
    ("decode_browse_nodes", decode_browse_nodes),
    ("decode_bulk_files", decode_bulk_files),
    ("decode_download_link", decode_download_link),
    ("decode_items", decode_items),
    ("decode_search", decode_search),
    ("decode_variations", decode_variations),
    ("marketplace_and_tag", marketplace_and_tag),
    ("profile", profile),
    ("read_link", read_link),
    ("refusals", refusals),
    ("target", target),
];
