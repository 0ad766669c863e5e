//! What came back.

use std::fmt;

use zeroize::Zeroizing;

use crate::Headers;

/// An answer of any status. That there is one is not yet a success.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Response {
    /// The status, as 200 or 403.
    pub status: u16,
    /// The header fields.
    pub headers: Headers,
    /// The body as it came. Overwritten when dropped: it may be a token.
    pub body: Zeroizing<Vec<u8>>,
}

impl Response {
    /// An answer of these parts: for a transport, and for tests that play one.
    pub fn new(status: u16, headers: Headers, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers, body: Zeroizing::new(body.into()) }
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
