//! Tokens: asking for one, keeping it, sharing it with other processes.

mod exchange;
mod keeper;
pub(crate) mod refusal;
mod sealed;

use std::fmt;
use std::time::Duration;

use linkwright_core::{ApiVersion, Secret, Timestamp};

pub(crate) use exchange::Exchange;
pub use exchange::TokenRequest;
pub(crate) use keeper::{Given, TokenKeeper};

/// An access token. Its text leaves it only in the header of a call.
#[derive(Clone)]
pub struct Token {
    text: Secret,
    expires_at: Timestamp,
}

impl Token {
    /// What Amazon's services give, and what is taken where an answer does not say (SDK, `oauth2_token_manager.py`).
    pub(crate) const LIFETIME: Duration = Duration::from_secs(3600);

    /// So long before its end a token is replaced: longer than a call may take, so that none ends on the way.
    const EARLY: Duration = Duration::from_secs(60);

    pub(crate) fn new(text: Secret, expires_at: Timestamp) -> Self {
        Self { text, expires_at }
    }

    /// When it ends, by this machine's clock.
    pub fn expires_at(&self) -> Timestamp {
        self.expires_at
    }

    /// Whether it may still be used.
    fn is_valid(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }

    /// Whether it need not be replaced yet.
    fn is_fresh(&self, now: Timestamp) -> bool {
        self.is_valid(now.plus(Self::EARLY))
    }

    fn is_same(&self, other: &Self) -> bool {
        self.text == other.text
    }

    /// The text itself, for the check that no error repeats it.
    pub(crate) fn expose(&self) -> &str {
        self.text.expose()
    }

    /// The value of the header `Authorization` for a credential of this version.
    pub(crate) fn authorization(&self, version: ApiVersion) -> Secret {
        const SCHEME: &str = "Bearer ";
        let (text, suffix) = (self.text.expose(), version.authorization_suffix());
        // Its final size from the start: growing would leave a copy behind.
        let mut value = String::with_capacity(SCHEME.len() + text.len() + suffix.len());
        value.push_str(SCHEME);
        value.push_str(text);
        value.push_str(suffix);
        Secret::new(value)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}
