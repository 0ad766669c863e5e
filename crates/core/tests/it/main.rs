//! Tests of this crate through its public interface, in one test program.
//!
//! How stores behave is tested by the conformance cases in the `tests` package, not here.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod api_version;
mod best_offer;
mod credential;
mod document;
mod identifiers;
mod item_reading;
mod item_views;
mod memory_store;
mod pages;
mod products;
mod redaction;
mod resources;
mod search_tables;
mod store_ext;
mod support;
mod times;
