//! Tests of this crate through its public interface, in one test program.
//!
//! What every state has in common is tested by the conformance cases; here is what only these two have.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod bounded;
mod conformance;
mod damage;
mod formats;
mod paces;
#[cfg(unix)]
mod permissions;
mod processes;
mod replaced_file;
mod support;
