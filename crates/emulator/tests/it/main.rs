//! Tests of the emulator: the state machine through `answer`, and a few through a real socket.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod asking;
mod browse_nodes;
mod control_slips;
mod controls;
mod files;
mod get_items;
mod made_up_items;
mod operations;
mod own_items;
mod page;
mod quota;
mod refusals;
mod same_origin;
mod scripted_errors;
mod search;
mod search_fields;
mod sockets;
mod switches;
mod token_services;
mod variations;
