//! Tests of this crate through its public interface, in one test program.
//!
//! How stores behave is tested by the conformance cases in the `tests` package, not here.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod files;
mod support;
mod variables;
