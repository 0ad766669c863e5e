//! Who gave a value, when, and why it is less than it could be.

use std::fmt;

use crate::{Error, ErrorKind, Timestamp};

/// Who gave a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Source {
    /// Amazon's Creators API, just now.
    Creators,
    /// An earlier answer of the Creators API, still within its time.
    Cache,
    /// The Zero API: a link made without any API.
    Zero,
    /// The Zero API together with the author's own catalog.
    Catalog,
}

impl Source {
    /// The stable name in machine-readable output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Creators => "creators",
            Self::Cache => "cache",
            Self::Zero => "zero",
            Self::Catalog => "catalog",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a value is degraded: a link where the API would have given data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The product exists, but the API may not show it.
    NotAccessible,
    /// Amazon does not know the product in this shop.
    Gone,
    /// The account has too few sales for the API at present.
    NotEligible,
    /// The tag or the account is not accepted for this shop.
    Associate,
    /// The API refused for another reason.
    Denied,
    /// The credential was not accepted.
    Credential,
    /// Too many requests.
    Throttled,
    /// The API did not answer in time.
    Timeout,
    /// The API could not be reached or failed.
    Unavailable,
    /// The credential is there, but its store cannot be read.
    Store,
}

impl Reason {
    /// The stable name in machine-readable output, in `snake_case`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotAccessible => "not_accessible",
            Self::Gone => "gone",
            Self::NotEligible => "not_eligible",
            Self::Associate => "associate",
            Self::Denied => "denied",
            Self::Credential => "credential",
            Self::Throttled => "throttled",
            Self::Timeout => "timeout",
            Self::Unavailable => "unavailable",
            Self::Store => "store",
        }
    }
}

impl Reason {
    /// Why an answer is degraded that this error stands in the way of; `None` for an error the caller must mend, which is
    /// no reason to degrade.
    ///
    /// The kind says most of it; what Amazon means by a refusal is in the context under [`Error::CODE`]. A failure of the
    /// credential's store is told from one of the service by its operation, which begins with `store.`.
    pub fn of(error: &Error) -> Option<Self> {
        if error.operation().starts_with("store.") {
            let nobodys_fault = matches!(error.kind(), ErrorKind::Cancelled | ErrorKind::Internal);
            return (!nobodys_fault).then_some(Self::Store);
        }
        match (error.kind(), error.code()) {
            (ErrorKind::PermissionDenied, Some("AssociateNotEligible")) => Some(Self::NotEligible),
            (ErrorKind::PermissionDenied, Some("InvalidAssociate" | "InvalidPartnerTag")) => {
                Some(Self::Associate)
            }
            (ErrorKind::PermissionDenied, _) => Some(Self::Denied),
            (ErrorKind::Unauthenticated, _) => Some(Self::Credential),
            (ErrorKind::RateLimited, _) => Some(Self::Throttled),
            (ErrorKind::Timeout, _) => Some(Self::Timeout),
            // An answer nobody can read is no answer.
            (ErrorKind::Unavailable | ErrorKind::Corrupt, _) => Some(Self::Unavailable),
            _ => None,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A value and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sourced<T> {
    /// The value itself.
    pub value: T,
    /// Who gave it.
    pub source: Source,
    /// When it was fetched; `None` for what was made here without asking anybody, which never grows old.
    pub fetched_at: Option<Timestamp>,
    /// Why it is less than asked for; `None` for a complete answer.
    pub degraded: Option<Reason>,
}

impl<T> Sourced<T> {
    /// A complete value that was made here, without asking anybody.
    pub fn made_here(value: T, source: Source) -> Self {
        Self { value, source, fetched_at: None, degraded: None }
    }

    /// A complete value that somebody was asked for at this time.
    pub fn fetched(value: T, source: Source, at: Timestamp) -> Self {
        Self { value, source, fetched_at: Some(at), degraded: None }
    }

    /// The same value, but less than was asked for, for this reason.
    #[must_use]
    pub fn degraded(self, reason: Reason) -> Self {
        Self { degraded: Some(reason), ..self }
    }
}
