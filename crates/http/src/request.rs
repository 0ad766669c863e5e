//! What is sent.

use std::fmt;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::{Address, HeaderValue};

/// What is done with the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Method {
    /// Reads.
    Get,
    /// Sends a body.
    Post,
}

/// What is sent with a request.
#[derive(Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Body {
    /// Nothing.
    #[default]
    Empty,
    /// Bytes that may be shown.
    Plain(Vec<u8>),
    /// Bytes that hold a secret, overwritten when dropped.
    Secret(Zeroizing<Vec<u8>>),
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Empty"),
            Self::Plain(bytes) => write!(f, "Plain({} bytes)", bytes.len()),
            Self::Secret(_) => f.write_str("Secret([REDACTED])"),
        }
    }
}

/// One request.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request {
    /// What is done.
    pub method: Method,
    /// The whole address.
    pub url: String,
    /// The header fields; names in any case.
    pub headers: Vec<(&'static str, HeaderValue)>,
    /// What is sent.
    pub body: Body,
    /// How long it may take in all, from the connection to the last byte of the answer; `None` for the transport's own
    /// bound. An answer that is [streamed](crate::Transport::open) may take so long to begin, and so long between two
    /// pieces.
    pub timeout: Option<Duration>,
    /// The largest answer that is read, in bytes; a larger one is an error.
    pub max_response_bytes: usize,
    /// Whether the answer may hold a secret, so that its bytes are overwritten when dropped.
    pub secret_answer: bool,
}

impl Request {
    /// The largest answer that is read unless a request says otherwise. An answer of getItems with ten products and all
    /// resources has some 60 KB.
    pub const MAX_RESPONSE_BYTES: usize = 8 << 20;

    /// A request with a body.
    pub fn post(url: impl Into<String>, body: Body) -> Self {
        Self { method: Method::Post, body, ..Self::get(url) }
    }

    /// A request without one.
    pub fn get(url: impl Into<String>) -> Self {
        Self {
            method: Method::Get,
            url: url.into(),
            headers: Vec::new(),
            body: Body::Empty,
            timeout: None,
            max_response_bytes: Self::MAX_RESPONSE_BYTES,
            secret_answer: true,
        }
    }

    /// The same with one more header field.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<HeaderValue>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same, given up after this long.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The same, whose answer may be at most so many bytes.
    #[must_use]
    pub fn with_max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// The same, whose answer holds no secret. Overwriting 50 KB costs half as much as all else that is done to receive
    /// them.
    #[must_use]
    pub fn with_plain_answer(mut self) -> Self {
        self.secret_answer = false;
        self
    }
}

impl fmt::Debug for Request {
    /// Of the address its origin alone: whoever has the whole of a signed one may fetch what it leads to.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = match Address::parse(&self.url) {
            Ok(address) => format!("{}/…", address.origin()),
            Err(_) => "…".to_owned(),
        };
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &format_args!("{url}"))
            .field("headers", &self.headers)
            .field("body", &self.body)
            .field("timeout", &self.timeout)
            .field("max_response_bytes", &self.max_response_bytes)
            .field("secret_answer", &self.secret_answer)
            .finish()
    }
}
