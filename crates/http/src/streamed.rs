//! An answer whose body comes piece by piece: for files, which are larger than memory may be.

use std::fmt;
use std::ops::Deref;

use async_trait::async_trait;
use bytes::Bytes;
use linkwright_core::Result;

use crate::{Headers, Response};

/// An answer of any status whose head has come, and whose body is still to be read.
#[non_exhaustive]
pub struct StreamedResponse {
    /// The status, as 200 or 206.
    pub status: u16,
    /// The header fields.
    pub headers: Headers,
    /// What reads the body. Dropped before its end, it closes the connection.
    pub body: Box<dyn ReadBody>,
}

/// Reads a body in pieces.
#[async_trait]
pub trait ReadBody: Send + 'static {
    /// The next piece, never empty; `None` after the last one.
    ///
    /// # Errors
    /// As [`Transport::open`](crate::Transport::open) says. After an error there is nothing more to read.
    async fn next(&mut self) -> Result<Option<Piece>>;
}

/// A piece of a body. Not overwritten when dropped: what is read this way is a file, not a token.
#[derive(Clone, PartialEq, Eq)]
pub struct Piece(pub(crate) Bytes);

impl StreamedResponse {
    /// An answer of these parts: for a transport, and for tests that play one.
    pub fn new(status: u16, headers: Headers, body: impl ReadBody) -> Self {
        Self { status, headers, body: Box::new(body) }
    }
}

impl From<Response> for StreamedResponse {
    /// The whole body as its one piece.
    fn from(response: Response) -> Self {
        let Response { status, headers, body } = response;
        Self::new(status, headers, Whole(Some(body.to_vec()).filter(|body| !body.is_empty())))
    }
}

impl fmt::Debug for StreamedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamedResponse")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .finish_non_exhaustive()
    }
}

/// A body that is there already.
struct Whole(Option<Vec<u8>>);

#[async_trait]
impl ReadBody for Whole {
    async fn next(&mut self) -> Result<Option<Piece>> {
        Ok(self.0.take().map(Piece::from))
    }
}

impl From<Vec<u8>> for Piece {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl Deref for Piece {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Piece({} bytes)", self.len())
    }
}
