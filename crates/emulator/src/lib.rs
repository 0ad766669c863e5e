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

mod base64;
mod catalogue;
mod control;
mod control_bodies;
mod counters;
mod credential;
mod emulator;
mod fault;
mod host;
mod host_body;
mod host_thread;
mod item_shape;
mod items_file;
mod locale;
mod made_up;
mod message;
mod pace;
mod product_kinds;
mod projection;
mod random;
mod ready;
mod refusal;
mod request_log;
mod resource;
mod settings;
mod shelf;
mod switches;
mod token_request;
mod token_service;
mod tokens;
mod validation;

pub use counters::Counters;
pub use credential::EmulatedCredential;
pub use emulator::Emulator;
pub use host::Host;
pub use host_thread::HostThread;
pub use made_up::ItemKind;
pub use message::{Behaviour, Cut, Reply, Request};
pub use ready::{Ready, ReadyCredential};
pub use settings::Settings;
