//! Tests over the whole of Linkwright.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod browser;
mod corpus;
mod credential_files;
mod emulator_page;
mod fuzz_corpus;
mod guide_programs;
mod interop;
mod interop_node;
mod interop_python;
mod robustness;
