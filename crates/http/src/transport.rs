//! The trait everything that talks to a service goes through.

use std::fmt::Debug;

use async_trait::async_trait;
use linkwright_core::Result;

use crate::{Request, Response, StreamedResponse};

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

    /// Sends one request once, and answers as soon as the head of its answer has come. The body is then read from the
    /// answer, in pieces and with the same errors.
    ///
    /// The rules are those of [`send`](Self::send), but for time: the request's own bounds the wait for the head, and then
    /// the wait for each piece. A file takes as long as it takes, as long as something comes.
    ///
    /// Without a way of its own a transport sends, and answers with the whole body as one piece.
    async fn open(&self, request: Request) -> Result<StreamedResponse> {
        self.send(request).await.map(StreamedResponse::from)
    }
}
