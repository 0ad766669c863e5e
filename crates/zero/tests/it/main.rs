//! Tests of this crate through its public interface, in one test program.
//!
//! Tables are written by hand from what is known of Amazon's link forms; the large corpus of real-shaped links is tested
//! in the `tests` package.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod allocation;
mod catalog;
mod countries;
mod encoded_links;
mod link_strategies;
mod linker;
mod locale_text;
mod other_pages;
mod problems;
mod product_links;
mod product_numbers;
mod properties;
mod reading;
mod short_links;
mod source;
mod spoofs;
mod tag_book;
mod targets;
mod wrappers;
mod writing;
