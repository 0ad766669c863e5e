//! Tests of the emulator: the state machine through `answer`, and a few through a real socket.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod asking;
mod controls;
mod get_items;
mod made_up_items;
mod own_items;
mod refusals;
mod sockets;
mod token_services;
