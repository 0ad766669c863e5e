//! A request and a reply as the state machine sees them: no sockets, no streams.

use std::time::Duration;

/// A whole HTTP request.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// The method, in upper case.
    pub method: String,
    /// The path without a query.
    pub path: String,
    /// The query without its question mark; empty if there is none.
    pub query: String,
    /// Names and values of the headers, in the order they came.
    pub headers: Vec<(String, String)>,
    /// The body, whole.
    pub body: Vec<u8>,
}

impl std::fmt::Debug for Request {
    /// Without query, header values and body: they hold credentials and tokens.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Request {
    /// A `POST` of this body, without headers yet.
    pub fn post(path: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        Self { method: "POST".to_owned(), path: path.into(), body: body.into(), ..Self::default() }
    }

    /// A `GET` without headers.
    pub fn get(path: impl Into<String>) -> Self {
        Self { method: "GET".to_owned(), path: path.into(), ..Self::default() }
    }

    /// The same request with one more header.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The value of a header, by its name in any case; the first, where there are several.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The media type of the body in lower case, without parameters; empty if none is named.
    pub(crate) fn media_type(&self) -> String {
        let value = self.header("content-type").unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }
}

/// What the emulator answers, and how the host is to behave on the connection.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// Names and values of headers. `Content-Length` is the host's.
    pub headers: Vec<(&'static str, String)>,
    /// The body, whole.
    pub body: Vec<u8>,
    /// What the host does beside sending it.
    pub behaviour: Behaviour,
}

impl std::fmt::Debug for Reply {
    /// Without the body: a token service's holds a token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("behaviour", &self.behaviour)
            .finish_non_exhaustive()
    }
}

/// How the host treats the connection while it sends a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Behaviour {
    /// Wait this long before the first byte.
    pub wait_before: Duration,
    /// Wait this long in the middle of the body.
    pub wait_within: Duration,
    /// Close the connection without a reply, or in the middle of one.
    pub cut: Option<Cut>,
}

/// Where a connection is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Before the first byte of the reply.
    Before,
    /// After half of the body.
    Within,
    /// After so many bytes of the body; not at all, if it has no more.
    At(usize),
}

impl Reply {
    /// A reply of JSON, as all of the service's are.
    pub(crate) fn json(status: u16, body: &serde_json::Value) -> Self {
        Self {
            status,
            headers: vec![("content-type", "application/json".to_owned())],
            body: body.to_string().into_bytes(),
            behaviour: Behaviour::default(),
        }
    }

    /// The body as JSON; `null` if it is none.
    pub fn json_body(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The value of a header, by its name in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}
