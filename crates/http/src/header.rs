//! Header fields, of which some are secret.

use std::fmt;

use linkwright_core::Secret;

/// The value of a header field; a secret one is redacted wherever it is shown.
#[derive(Clone, PartialEq, Eq)]
pub enum HeaderValue {
    /// May be shown in logs.
    Plain(String),
    /// A token or the like: `Authorization: Bearer …`, whole.
    Secret(Secret),
}

impl HeaderValue {
    /// The value as it is sent.
    pub fn expose(&self) -> &str {
        match self {
            Self::Plain(value) => value,
            Self::Secret(value) => value.expose(),
        }
    }
}

impl fmt::Debug for HeaderValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(value) => write!(f, "{value:?}"),
            Self::Secret(value) => write!(f, "{value:?}"),
        }
    }
}

impl From<&str> for HeaderValue {
    fn from(value: &str) -> Self {
        Self::Plain(value.to_owned())
    }
}

impl From<Secret> for HeaderValue {
    fn from(value: Secret) -> Self {
        Self::Secret(value)
    }
}

/// The header fields of an answer, by name without regard to case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// The fields in the order they came.
    pub fn new(fields: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(fields.into_iter().collect())
    }

    /// The first field of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}
