//! What came back.

use std::fmt;
use std::ops::Deref;

use zeroize::Zeroize;

use crate::Headers;

/// An answer of any status. That there is one is not yet a success.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Response {
    /// The status, as 200 or 403.
    pub status: u16,
    /// The header fields.
    pub headers: Headers,
    /// The body as it came.
    pub body: ResponseBody,
}

/// The bytes of an answer. Overwritten when dropped, for they may be a token, unless the request said that its answer
/// [is no secret](crate::Request::with_plain_answer).
#[derive(Clone)]
pub struct ResponseBody {
    pub(crate) bytes: Vec<u8>,
    secret: bool,
}

impl Response {
    /// An answer of these parts, whose body counts as secret: for a transport, and for tests that play one.
    pub fn new(status: u16, headers: Headers, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers, body: ResponseBody { bytes: body.into(), secret: true } }
    }
}

impl ResponseBody {
    /// Room for so many bytes.
    pub(crate) fn with_capacity(capacity: usize, secret: bool) -> Self {
        Self { bytes: Vec::with_capacity(capacity), secret }
    }

    /// Adds a piece. No copy is left behind that is not overwritten, also when the buffer grows.
    pub(crate) fn extend(&mut self, piece: &[u8]) {
        let length = self.bytes.len() + piece.len();
        if self.secret && length > self.bytes.capacity() {
            let mut larger = Self::with_capacity(length.max(2 * self.bytes.capacity()), true);
            larger.bytes.extend_from_slice(&self.bytes);
            *self = larger;
        }
        self.bytes.extend_from_slice(piece);
    }
}

impl Deref for ResponseBody {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for ResponseBody {
    fn drop(&mut self) {
        if self.secret {
            self.bytes.zeroize();
        }
    }
}

impl PartialEq for ResponseBody {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for ResponseBody {}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &self.body)
            .finish()
    }
}
