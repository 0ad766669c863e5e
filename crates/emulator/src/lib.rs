//! A Creators API on this machine, for development and tests: both token services and the catalogue.
//!
//! [`Emulator`] is the state machine: a request, the time, and out comes the reply, without sockets or waiting. [`Host`]
//! puts it behind a port of the loopback interface and carries out what a reply asks of the connection: waiting, cutting.
//! [`HostThread`] is the same for who has no runtime.
//!
//! It answers with made-up products, checks what the service checks in the order the service seems to, and fails on
//! request. What no document states about the service is a guess; each guess is one switch or one function here.
//!
//! It does not share a line with the client: its JSON is its own, so that a misreading of the service's documents cannot
//! hide in both.
//!
//! ```
//! use linkwright_emulator::{HostThread, Settings};
//!
//! let host = HostThread::start(Settings::default())?;
//! let ready = host.ready();
//! assert!(ready.api.starts_with("http://127.0.0.1:"));
//! assert!(ready.asins.len() >= 10);
//! # Ok::<(), std::io::Error>(())
//! ```

mod admission;
mod authentication;
mod base64;
mod browse_nodes;
mod byte_range;
mod catalogue;
mod control;
mod control_bodies;
mod control_faults;
mod control_reader;
mod counters;
mod credential;
mod departments;
mod downloads;
mod emulator;
mod families;
mod fault;
mod feeds;
mod fields;
mod file_operations;
mod get_items;
mod get_variations;
mod host;
mod host_body;
mod host_thread;
mod http_date;
mod item_shape;
mod items_file;
mod locale;
mod made_up;
mod made_up_info;
mod message;
mod node_tree;
mod offered_file;
mod offered_files;
mod offers;
mod operation;
mod own_address;
mod pace;
mod page;
mod page_commands;
mod product_kinds;
mod projection;
mod quota;
mod random;
mod ready;
mod refusal;
mod reports;
mod request_log;
mod resource;
mod same_origin;
mod scripted;
mod search;
mod search_refinements;
mod search_url;
mod settings;
mod shelf;
mod shop_index;
mod starting_points;
mod switches;
mod token_request;
mod token_service;
mod tokens;
mod validation;
mod validation_search;
mod variation_summary;
mod words;

pub use counters::Counters;
pub use credential::EmulatedCredential;
pub use emulator::Emulator;
pub use host::Host;
pub use host_thread::HostThread;
pub use made_up::ItemKind;
pub use message::{Behaviour, Cut, Reply, Request};
pub use ready::{Ready, ReadyCredential};
pub use settings::Settings;
