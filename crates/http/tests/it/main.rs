//! Tests of this crate through its public interface, in one test program, over sockets of this machine.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod addresses;
mod authority;
mod bad_servers;
mod failures;
mod logs;
mod proxies;
mod requests;
mod secrecy;
mod server;
mod settings;
mod streams;
mod tls;
