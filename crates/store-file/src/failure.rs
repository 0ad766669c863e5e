//! What can go wrong in this crate, and how it is said.
//!
//! The one place where a private failure becomes a `linkwright_core::Error`. None of them holds a secret or a part of
//! a file.

use std::borrow::Cow;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use linkwright_core::{Error, ErrorKind, Retry, StoreInfo};

use crate::access_rule::Objection;

/// Which of the store's files is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Credentials,
    Identity,
    Lock,
}

impl Role {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Credentials => "credential file",
            Self::Identity => "identity file",
            Self::Lock => "lock file",
        }
    }
}

/// Why a call failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Reading, writing or making a file failed; `doing` completes "cannot …".
    Io { doing: &'static str, role: Role, path: PathBuf, cause: io::Error },
    /// A file is open to others, or lies where others could swap it.
    Refused { role: Role, path: PathBuf, objection: Objection },
    /// Another process kept the lock.
    Locked { path: PathBuf, waited: Duration },
    /// The credential file is there, the identity is not.
    IdentityMissing { path: PathBuf },
    /// A neighbour is there that no key opens, so the missing key may be its own.
    Orphan { orphan: PathBuf, identity: PathBuf },
    /// The identity file holds nothing that can open a file; `why` completes "…: it …".
    IdentityUnusable { path: PathBuf, why: &'static str },
    /// No key in the identity file is among those the file was encrypted to.
    IdentityDoesNotFit { path: PathBuf },
    /// The passphrase does not open the file.
    PassphraseDoesNotFit,
    /// There is no passphrase in the passphrase.
    PassphraseEmpty,
    /// The file was protected the other way.
    OtherProtection { file_has_passphrase: bool },
    /// A passphrase was stretched too little to be safe.
    WorkFactorTooLow { found: u8, floor: u8 },
    /// Opening would take more memory than is reasonable.
    WorkFactorTooHigh { found: u8, most: u8 },
    /// One of the extra recipients cannot be used; counted from 1.
    Recipient { position: usize, why: &'static str },
    /// Larger than any file this crate writes.
    FileTooLarge { most: u64 },
    /// Not an age file, or its first part is damaged.
    NotAge,
    /// age's own format is a newer one.
    NewerAge,
    /// Decryption noticed a change or an early end.
    Damaged,
    /// It was decrypted, and is not what this crate writes; `what` names the part.
    Malformed { what: &'static str },
    /// Written by a newer Linkwright.
    NewerFormat { format: u64 },
    /// The work was handed to a thread that did not finish it.
    Interrupted { panicked: bool },
}

/// Kind, message and hint of a failure.
struct Wording {
    kind: ErrorKind,
    message: Cow<'static, str>,
    hint: Option<Cow<'static, str>>,
}

impl Failure {
    /// A constructor for `map_err`.
    pub(crate) fn io(
        doing: &'static str,
        role: Role,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |cause| Self::Io { doing, role, path, cause }
    }

    /// The public error. Where a name was asked for, the caller adds it.
    pub(crate) fn into_error(self, store: &StoreInfo, operation: &'static str) -> Error {
        let Wording { kind, message, hint } = self.wording(store);
        let mut error = store.error(kind, operation, message);
        if let Some(hint) = hint {
            error = error.with_hint(hint);
        }
        match self {
            Self::Io { path, cause, .. } => {
                error.with_context("path", path.display().to_string()).with_source(cause)
            }
            Self::Locked { path, .. } => error
                .with_context("path", path.display().to_string())
                .with_retry(Retry::After(Duration::from_secs(1))),
            Self::Refused { path, .. }
            | Self::IdentityMissing { path }
            | Self::IdentityUnusable { path, .. }
            | Self::IdentityDoesNotFit { path }
            | Self::Orphan { identity: path, .. } => error.with_context("path", path.display().to_string()),
            _ => error,
        }
    }

    fn wording(&self, store: &StoreInfo) -> Wording {
        let file = &store.location;
        match self {
            Self::Io { doing, role, path, cause } => {
                let (kind, hint) = match cause.kind() {
                    io::ErrorKind::PermissionDenied => (
                        ErrorKind::PermissionDenied,
                        Some("run as the user the file belongs to, or give the store another path".into()),
                    ),
                    io::ErrorKind::ReadOnlyFilesystem => (
                        ErrorKind::PermissionDenied,
                        Some("this file system is mounted read-only: write to a store elsewhere".into()),
                    ),
                    _ => (ErrorKind::Unavailable, None),
                };
                let message = format!("cannot {doing} the {}: `{}`", role.as_str(), path.display()).into();
                Wording { kind, message, hint }
            }
            Self::Refused { role, path, objection } => Wording {
                kind: ErrorKind::PermissionDenied,
                message: format!("the {} {}: `{}`", role.as_str(), objection, path.display()).into(),
                hint: Some(objection.hint(path).into()),
            },
            Self::Locked { path, waited } => wording(
                ErrorKind::Unavailable,
                format!(
                    "another process has been writing for `{}` s and holds the lock: `{}`",
                    waited.as_secs_f64(),
                    path.display()
                ),
                "find the process that holds the file open; deleting the lock file does not help",
            ),
            Self::IdentityMissing { path } => wording(
                ErrorKind::Corrupt,
                format!("the credential file `{file}` is there, but not its identity: `{}`", path.display()),
                format!(
                    "restore the identity from the back-up to `{}`, or name the one the file was written with; without \
                     it nobody can read the file, and none is made over existing data",
                    path.display()
                ),
            ),
            Self::Orphan { orphan, identity } => wording(
                ErrorKind::Corrupt,
                format!(
                    "no identity is made for `{file}` where a file is that none opens, for its own may be lost: `{}`",
                    orphan.display()
                ),
                format!(
                    "restore the identity of that file from the back-up; if it is elsewhere, put the new file into a \
                     folder of its own, or make its identity with age-keygen -o {}",
                    identity.display()
                ),
            ),
            Self::IdentityUnusable { path, why } => wording(
                ErrorKind::ConfigInvalid,
                format!("the identity file cannot be used, it {why}: `{}`", path.display()),
                "give an age identity file, or an SSH private key of Ed25519 or RSA without a passphrase",
            ),
            Self::IdentityDoesNotFit { path } => wording(
                ErrorKind::Unauthenticated,
                format!("the identity `{}` does not open the credential file: `{file}`", path.display()),
                "use the identity the file was written with; if it is that one, the head of the file is damaged: \
                 restore the file from a back-up",
            ),
            Self::PassphraseDoesNotFit => wording(
                ErrorKind::Unauthenticated,
                format!("the passphrase does not open the credential file: `{file}`"),
                "check the passphrase; if it is right, the head of the file is damaged: restore the file from a back-up",
            ),
            Self::PassphraseEmpty => wording(
                ErrorKind::ConfigInvalid,
                format!("the passphrase for the credential file is empty: `{file}`"),
                "check where the passphrase comes from: a variable or a file may be missing",
            ),
            Self::OtherProtection { file_has_passphrase: true } => wording(
                ErrorKind::ConfigInvalid,
                format!("the credential file is protected by a passphrase, not by an identity: `{file}`"),
                "open the store with its passphrase",
            ),
            Self::OtherProtection { file_has_passphrase: false } => wording(
                ErrorKind::ConfigInvalid,
                format!("the credential file is protected by an identity, not by a passphrase: `{file}`"),
                "open the store with its identity",
            ),
            Self::WorkFactorTooLow { found, floor } => wording(
                ErrorKind::PermissionDenied,
                format!(
                    "the passphrase of `{file}` is too easy to guess, its scrypt work factor is below {floor}: `{found}`"
                ),
                "decrypt it with age and encrypt it again with a higher work factor, on a machine that is not short \
                 of time",
            ),
            Self::WorkFactorTooHigh { found, most } => wording(
                ErrorKind::PermissionDenied,
                format!(
                    "opening `{file}` needs too much memory, its scrypt work factor is above {most}: `{found}`"
                ),
                "decrypt it with age and encrypt it again with a lower work factor",
            ),
            Self::Recipient { position, why } => wording(
                ErrorKind::ConfigInvalid,
                format!("the extra recipient {why}, counted from 1 it is number: `{position}`"),
                "a recipient is a line `age1…`, `ssh-ed25519 …` or `ssh-rsa …`: the public key, never the private one",
            ),
            Self::FileTooLarge { most } => wording(
                ErrorKind::Corrupt,
                format!(
                    "the credential file `{file}` is larger than any this program writes, in bytes: `{most}`"
                ),
                "check the path, or restore the file from a back-up",
            ),
            Self::NotAge => wording(
                ErrorKind::Corrupt,
                format!("not an encrypted credential file, or its head is damaged: `{file}`"),
                "check the path, or restore the file from a back-up",
            ),
            Self::NewerAge => wording(
                ErrorKind::Corrupt,
                format!("the credential file is encrypted in a format of age newer than v1: `{file}`"),
                "use the version of Linkwright that wrote it",
            ),
            Self::Damaged => wording(
                ErrorKind::Corrupt,
                format!("the credential file was changed or cut off since it was written: `{file}`"),
                "restore the file from a back-up",
            ),
            Self::Malformed { what } => wording(
                ErrorKind::Corrupt,
                format!(
                    "the credential file `{file}` was decrypted, but this in it is not as written: `{what}`"
                ),
                "restore the file from a back-up",
            ),
            Self::NewerFormat { format } => wording(
                ErrorKind::Corrupt,
                format!(
                    "the credential file `{file}` has a format newer than {}, which is the newest known here: `{format}`",
                    crate::index::FORMAT
                ),
                "use the version of Linkwright that wrote it, or a newer one",
            ),
            Self::Interrupted { panicked: false } => wording(
                ErrorKind::Cancelled,
                "the program is ending".to_owned(),
                "ask again: a change may or may not have been written",
            ),
            Self::Interrupted { panicked: true } => wording(
                ErrorKind::Internal,
                "the thread that works on the credential file ended with a panic".to_owned(),
                "please report it with the message and the command",
            ),
        }
    }
}

fn wording(kind: ErrorKind, message: String, hint: impl Into<Cow<'static, str>>) -> Wording {
    Wording { kind, message: message.into(), hint: Some(hint.into()) }
}
