//! The trait everything that talks to a service goes through.

use std::fmt::Debug;

use async_trait::async_trait;
use linkwright_core::Result;

use crate::{Request, Response};

/// A way to send a request and get its answer.
#[async_trait]
pub trait Transport: Debug + Send + Sync + 'static {
    /// Sends one request once.
    ///
    /// - Any status is an answer, also 500 and a redirect, which is never followed.
    /// - No answer is an error: `Timeout` after the time allowed; `Unavailable` where nobody was reached or the answer
    ///   broke off; both with the context `phase` of what was being done: `resolve`, `connect`, `tls`, `send`, `body`.
    ///   `retry` is `Now` where the same request may succeed. The client does not tell apart what a request's own time
    ///   ran out in before there was an answer: this is `send`.
    /// - `ConfigInvalid` for an address that is none, and for plain http to another machine; nothing was sent then.
    /// - An answer over the request's limit is `Corrupt`.
    async fn send(&self, request: Request) -> Result<Response>;
}
