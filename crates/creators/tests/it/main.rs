//! The behaviour of the crate through its public interface, with a transport that plays Amazon.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod any_bytes;
mod credentials;
mod decoding;
mod emulated;
mod endpoints;
mod products;
mod refusals;
mod requests;
mod secrets;
mod support;
mod token_requests;
mod tokens;
