//! Tests of this crate through its public interface, in one test program.
//!
//! Time is moved by hand and nothing is asked: each layer stands over a source that is told what to answer. That layers
//! are sources and the chain is a store is shown by conformance, in the `tests` package.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod browse_nodes;
mod coalesced;
mod drive;
mod eligibility;
mod failing_state;
mod fallback;
mod fallback_pages;
mod quota;
mod retried;
mod script;
mod single_calls;
mod stack;
mod store_chain;
mod stuck;
mod timed;
