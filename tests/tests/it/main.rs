//! Tests over the whole of Linkwright.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod corpus;
mod credential_files;
mod fuzz_corpus;
mod interop_python;
mod robustness;
