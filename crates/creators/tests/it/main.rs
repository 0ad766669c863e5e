//! The behaviour of the crate through its public interface, with a transport that plays Amazon.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod answers;
mod any_bytes;
mod bad_servers;
mod changed_answers;
mod credentials;
mod decoding;
mod download_addresses;
mod download_targets;
mod downloads;
mod emulated;
mod endpoints;
mod examples;
mod file_server;
mod full_answers;
mod log;
mod pages;
mod products;
mod raw_calls;
mod refusals;
mod requests;
mod secrets;
mod support;
mod token_requests;
mod tokens;
mod unpacking;
