//! Tests of this crate through its public interface, in one test program.
//!
//! How stores behave is tested by the conformance cases in the `tests` package. Here is what only a file has: keys,
//! permissions, damage, and several processes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod content;
mod damage;
mod identity;
#[cfg(unix)]
mod killed;
mod locking;
mod passphrase;
#[cfg(unix)]
mod permissions;
mod ssh;
mod support;
