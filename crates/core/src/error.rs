//! The one error of all public interfaces.
//!
//! An [`Error`] answers four questions: what kind of failure, may the caller retry, doing what, with which context.
//! It is not a place for library-specific detail: each crate keeps its private errors and converts them here once.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A `Result` with Linkwright's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What kind of failure happened. The kind alone decides the CLI's exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// What was asked for is not there.
    ///
    /// *Troubleshooting*: check the spelling of the name; list what exists. Nothing was changed.
    NotFound,
    /// Somebody else changed the same thing first, or it exists already.
    ///
    /// *Troubleshooting*: read the present state and decide again. Nothing was changed by this attempt.
    Conflict,
    /// A setting, a profile or a file of settings is wrong.
    ///
    /// *Troubleshooting*: mend the named file, line or variable. Retrying does not help.
    ConfigInvalid,
    /// The request itself is wrong, whoever answers it.
    ///
    /// *Troubleshooting*: mend the named argument or field. Retrying does not help.
    RequestInvalid,
    /// The request is sound, but this part of Linkwright cannot do it.
    ///
    /// *Troubleshooting*: ask the capabilities first, or use another store or source.
    Unsupported,
    /// Who we are was not accepted.
    ///
    /// *Troubleshooting*: check the credential's id, secret and version.
    Unauthenticated,
    /// Who we are was accepted, but may not do this.
    ///
    /// *Troubleshooting*: check the account's eligibility or the store's policy.
    PermissionDenied,
    /// Too many requests.
    ///
    /// *Troubleshooting*: wait as long as [`Error::retry`] says; share one quota between processes.
    RateLimited,
    /// No answer within the time allowed. The request may have had effect.
    ///
    /// *Troubleshooting*: raise the timeout, or ask again.
    Timeout,
    /// The other side is not there or not well.
    ///
    /// *Troubleshooting*: check the network and the service's own status.
    Unavailable,
    /// Data is present but cannot be read: damaged, truncated, or written by a newer version.
    ///
    /// *Troubleshooting*: restore from a backup, or use the version that wrote it. Never treated as absent.
    Corrupt,
    /// The caller cancelled.
    ///
    /// *Troubleshooting*: none needed. The request may have had effect.
    Cancelled,
    /// A bug in Linkwright.
    ///
    /// *Troubleshooting*: please report it with the message and the command.
    Internal,
}

impl ErrorKind {
    /// The kind's stable name in machine-readable output, in `snake_case`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Conflict => "conflict",
            Self::ConfigInvalid => "config_invalid",
            Self::RequestInvalid => "request_invalid",
            Self::Unsupported => "unsupported",
            Self::Unauthenticated => "unauthenticated",
            Self::PermissionDenied => "permission_denied",
            Self::RateLimited => "rate_limited",
            Self::Timeout => "timeout",
            Self::Unavailable => "unavailable",
            Self::Corrupt => "corrupt",
            Self::Cancelled => "cancelled",
            Self::Internal => "internal",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether asking again can help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Retry {
    /// The same request fails again.
    Never,
    /// The same request may succeed at once, for instance after a forgotten token.
    Now,
    /// The same request may succeed after this long.
    After(Duration),
    /// It was retried as often as allowed; ask again much later.
    Exhausted,
}

impl Retry {
    /// The stable name in machine-readable output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Now => "now",
            Self::After(_) => "after",
            Self::Exhausted => "exhausted",
        }
    }
}

/// What went wrong, for a program (kind, retry, context) and for a person (message, hint).
///
/// `Display` says only this error's own level; [`error_chain`] prints it with all its sources. Neither holds a secret.
///
/// ```
/// use linkwright_core::{Error, ErrorKind, Retry};
///
/// let error = Error::new(ErrorKind::NotFound, "store.get", "no credential of that name: `main`")
///     .with_context("name", "main");
/// assert_eq!(error.kind(), ErrorKind::NotFound);
/// assert_eq!(error.retry(), Retry::Never);
/// assert_eq!(error.to_string(), "no credential of that name: `main`");
/// ```
#[derive(Clone)]
pub struct Error {
    // Boxed so that a `Result` on a hot path stays one word wide on its error side.
    inner: Box<Inner>,
}

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    retry: Retry,
    operation: Cow<'static, str>,
    origin: Cow<'static, str>,
    message: Cow<'static, str>,
    hint: Option<Cow<'static, str>>,
    context: Vec<(&'static str, String)>,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// The key of the context under which the other side's own code for a failure stands, as `AssociateNotEligible`.
    pub const CODE: &'static str = "code";

    /// The key of the context under which Linkwright's own word for a cause stands, as `no_tag`: for hints and for layers
    /// that mend it.
    pub const REASON: &'static str = "reason";

    /// An error that is not retryable and has no context yet.
    ///
    /// `operation` names what was being done (`store.get`, `link.write`); `message` is one line for a person, values
    /// in backticks after a colon.
    pub fn new(
        kind: ErrorKind,
        operation: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            inner: Box::new(Inner {
                kind,
                retry: Retry::Never,
                operation: operation.into(),
                origin: Cow::Borrowed(""),
                message: message.into(),
                hint: None,
                context: Vec::new(),
                source: None,
            }),
        }
    }

    /// Says whether asking again can help.
    #[must_use]
    pub fn with_retry(mut self, retry: Retry) -> Self {
        self.inner.retry = retry;
        self
    }

    /// Says which store, source or service the failure came from.
    #[must_use]
    pub fn with_origin(mut self, origin: impl Into<Cow<'static, str>>) -> Self {
        self.inner.origin = origin.into();
        self
    }

    /// Says what to do about it, in one line without a full stop.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        self.inner.hint = Some(hint.into());
        self
    }

    /// Adds a pair of context. Values must not be secrets.
    #[must_use]
    pub fn with_context(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.inner.context.push((key, value.into()));
        self
    }

    /// Keeps the cause. The cause's own text must not hold a secret.
    #[must_use]
    pub fn with_source(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.inner.source = Some(Arc::new(source));
        self
    }

    /// What kind of failure this is.
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// Whether asking again can help.
    pub fn retry(&self) -> Retry {
        self.inner.retry
    }

    /// What was being done.
    pub fn operation(&self) -> &str {
        &self.inner.operation
    }

    /// The store, source or service it came from; empty when it is Linkwright itself.
    pub fn origin(&self) -> &str {
        &self.inner.origin
    }

    /// The line for a person, without hint and causes.
    pub fn message(&self) -> &str {
        &self.inner.message
    }

    /// What to do about it, if that is known here.
    pub fn hint(&self) -> Option<&str> {
        self.inner.hint.as_deref()
    }

    /// All pairs of context, in the order they were added.
    pub fn context(&self) -> &[(&'static str, String)] {
        &self.inner.context
    }

    /// The other side's own code, if it gave one; see [`CODE`](Self::CODE).
    pub fn code(&self) -> Option<&str> {
        self.context_value(Self::CODE)
    }

    /// Linkwright's own word for the cause, if there is one; see [`REASON`](Self::REASON).
    pub fn reason(&self) -> Option<&str> {
        self.context_value(Self::REASON)
    }

    /// The value of one pair of context.
    pub fn context_value(&self, key: &str) -> Option<&str> {
        self.inner.context.iter().find(|(name, _)| *name == key).map(|(_, value)| value.as_str())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.inner.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.inner.kind)
            .field("retry", &self.inner.retry)
            .field("operation", &self.inner.operation)
            .field("origin", &self.inner.origin)
            .field("message", &self.inner.message)
            .field("hint", &self.inner.hint)
            .field("context", &self.inner.context)
            .field("source", &self.inner.source)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.inner.source.as_ref().map(|source| source.as_ref() as _)
    }
}

/// Prints an error and all its causes on one line, each level once, separated by `: `.
///
/// ```
/// use linkwright_core::{Error, ErrorKind, error_chain};
///
/// let cause = std::io::Error::other("disk full");
/// let error = Error::new(ErrorKind::Unavailable, "profile.save", "cannot write the profile").with_source(cause);
/// assert_eq!(error_chain(&error), "cannot write the profile: disk full");
/// ```
pub fn error_chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}
