//! What a credential store says about itself, and the errors all stores word alike.
//!
//! A store makes its common refusals with the methods of [`StoreInfo`], so that one name missing reads the same from a
//! file as from Vault, and origin and context are never forgotten. Failures of its own (a sealed server, a locked
//! keyring) it words itself, starting from [`StoreInfo::error`].

use std::borrow::Cow;
use std::fmt;

use crate::{CredentialName, Error, ErrorKind, Revision};

/// Who a store is and where it keeps things.
///
/// `Display` writes it as the store's URI: `file:/home/me/credentials`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoreInfo {
    /// The scheme of its URI: `file`, `vault`. Stable.
    pub scheme: &'static str,
    /// What stands behind the colon of its URI. Never a secret, and nothing made from one.
    pub location: String,
    /// Whom the store takes us for (a role, a user), where that is known without asking.
    pub identity: Option<String>,
}

impl StoreInfo {
    /// A store that knows nobody's identity.
    pub fn new(scheme: &'static str, location: impl Into<String>) -> Self {
        Self { scheme, location: location.into(), identity: None }
    }

    /// The same with the name the store knows us by.
    #[must_use]
    pub fn with_identity(mut self, identity: impl Into<String>) -> Self {
        self.identity = Some(identity.into());
        self
    }

    /// An error that comes from this store.
    pub fn error(
        &self,
        kind: ErrorKind,
        operation: &'static str,
        message: impl Into<Cow<'static, str>>,
    ) -> Error {
        Error::new(kind, operation, message).with_origin(self.to_string())
    }

    /// `NotFound`: there is no current credential of this name.
    pub fn not_found(&self, operation: &'static str, name: &CredentialName) -> Error {
        self.error(ErrorKind::NotFound, operation, format!("no credential of that name: `{name}`"))
            .with_context("name", name.as_str())
    }

    /// `NotFound`: the name exists, this revision of it does not, or no longer.
    pub fn revision_not_found(
        &self,
        operation: &'static str,
        name: &CredentialName,
        revision: &Revision,
    ) -> Error {
        self.error(
            ErrorKind::NotFound,
            operation,
            format!("no revision of `{name}` of that name: `{revision}`"),
        )
        .with_context("name", name.as_str())
        .with_context("revision", revision.as_str())
    }

    /// `Conflict`: `PutMode::Create` found something under the name.
    pub fn already_exists(&self, name: &CredentialName) -> Error {
        self.error(ErrorKind::Conflict, "store.put", format!("there is a credential of that name: `{name}`"))
            .with_context("name", name.as_str())
    }

    /// `Conflict`: something would have to go on from a name that was deleted and can still be restored.
    pub fn still_restorable(&self, name: &CredentialName) -> Error {
        self.error(
            ErrorKind::Conflict,
            "store.put",
            format!("a deleted credential of that name can still be restored: `{name}`"),
        )
        .with_context("name", name.as_str())
        .with_hint("restore it, purge it, or overwrite it")
    }

    /// `Conflict`: `PutMode::Update` named a revision that is not the current one.
    pub fn revision_changed(&self, name: &CredentialName, expected: &Revision) -> Error {
        self.error(
            ErrorKind::Conflict,
            "store.put",
            format!("`{name}` is no longer at the revision the update was made from: `{expected}`"),
        )
        .with_context("name", name.as_str())
        .with_context("expected_revision", expected.as_str())
        .with_hint("read it again and decide anew")
    }

    /// `Unsupported`: the store lacks a capability; `capability` is the field's name in [`Capabilities`].
    pub fn unsupported(&self, operation: &'static str, capability: &'static str) -> Error {
        self.error(
            ErrorKind::Unsupported,
            operation,
            format!("the store `{self}` cannot do that, it lacks: `{capability}`"),
        )
        .with_context("capability", capability)
    }

    /// `Corrupt`: something is there, and [`document::decode`](crate::document::decode) could not read it for this
    /// `cause`, whose member and hint are carried over.
    pub fn unreadable(&self, operation: &'static str, name: &CredentialName, cause: Error) -> Error {
        let mut error = self
            .error(
                ErrorKind::Corrupt,
                operation,
                format!("a credential is there but cannot be read: `{name}`"),
            )
            .with_context("name", name.as_str());
        if let Some(member) = cause.context_value("member") {
            error = error.with_context("member", member);
        }
        if let Some(hint) = cause.hint() {
            error = error.with_hint(hint.to_owned());
        }
        error.with_source(cause)
    }

    /// `RequestInvalid`: the document is larger than the store takes.
    pub fn too_large(&self, name: &CredentialName, size: usize, limit: usize) -> Error {
        self.error(
            ErrorKind::RequestInvalid,
            "store.put",
            format!("the credential `{name}` is too large for the store: `{size}` bytes, at most {limit}"),
        )
        .with_context("name", name.as_str())
        .with_context("size", size.to_string())
        .with_context("limit", limit.to_string())
    }
}

impl fmt::Display for StoreInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.scheme, self.location)
    }
}

/// What a store can do. A flag is true only where conformance proves it.
///
/// Without the flag, the operation is answered with `Unsupported`: never with silence, an empty list, or something
/// weaker than was asked for. `create_only`, `update_if`, `pending` and `restore` are kinds of writing and never true
/// without `write`; `pending` is never true without `revisions`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Capabilities {
    /// `put` with `Overwrite`, and `delete` with `Purge`.
    pub write: bool,
    /// `put` with `Create`: of two that create the same name at once, one loses.
    pub create_only: bool,
    /// `put` with `Update`: of two that go on from the same revision at once, one loses.
    pub update_if: bool,
    /// `put` as `Pending`.
    pub pending: bool,
    /// `list`.
    pub list: bool,
    /// `revisions`, `get` with a revision, and `promote`: earlier revisions are kept, at least some.
    pub revisions: bool,
    /// `delete` with `Recoverable`, and `restore`.
    pub restore: bool,
    /// The size of the largest [document](crate::document) the store takes, in bytes; `None` if no limit is known.
    pub max_value_bytes: Option<usize>,
}

impl Capabilities {
    /// Nothing but reading by name: a start for saying what a store can do.
    pub const NONE: Self = Self {
        write: false,
        create_only: false,
        update_if: false,
        pending: false,
        list: false,
        revisions: false,
        restore: false,
        max_value_bytes: None,
    };
}
