//! One way over HTTP: [`Transport`], and its one implementation.
//!
//! Who talks to a service takes an `Arc<dyn Transport>` and makes [`Request`]s; only this crate knows the HTTP client,
//! its TLS, proxies and timeouts. It follows no redirect, retries nothing, keeps no cookies and never decodes a body:
//! that is for who knows what the answer means. Off the machine itself it speaks HTTPS only.

mod address;
mod body;
mod client;
mod failure;
mod header;
mod proxy;
mod request;
mod response;
mod settings;
mod streamed;
mod transport;
mod trust;

pub use address::{Address, AddressProblem};
pub use client::HttpTransport;
pub use header::{HeaderValue, Headers};
pub use request::{Body, Method, Request};
pub use response::{Response, ResponseBody};
pub use settings::{HttpSettings, user_agent};
pub use streamed::{Piece, ReadBody, StreamedResponse};
pub use transport::Transport;
