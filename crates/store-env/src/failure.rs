//! What can be wrong with the variables, and how it is said.
//!
//! The one place where a private failure becomes a `linkwright_core::Error`. Variables are named, values never shown,
//! also not the version: people put a secret into the wrong variable. None of the kinds is `NotFound`: whoever set a
//! part of a credential must hear of it, rather than get another one from the next store.

use std::io;
use std::path::PathBuf;

use linkwright_core::{ApiVersion, CredentialValueError, Error, ErrorKind, StoreInfo};

/// Why a credential that is there, at least in part, cannot be read.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Some of the three variables are set and these are not.
    Incomplete { missing: Vec<String> },
    /// A variable and its `_FILE` form are both set.
    ValueAndFile { variable: String },
    /// The unnamed variables and those named `DEFAULT` are both set.
    TwoDefaults { unnamed: String, named: String },
    /// `…_NAME` is not a spelling of the name its variable stands for.
    OtherName { variable: String },
    /// Not one of Amazon's six versions.
    Version { variable: String },
    /// An id or a secret that cannot be one.
    Value { variable: String, cause: CredentialValueError },
    /// The file cannot be opened or read.
    File { variable: String, path: PathBuf, cause: io::Error },
    /// The file is not what a mounted secret is; `why` completes "the file … it".
    FileRefused { variable: String, path: PathBuf, why: &'static str },
    /// Everybody may write the file.
    FileWritableByAll { variable: String, path: PathBuf },
    /// The thread that read the files did not finish.
    Interrupted { panicked: bool },
}

impl Failure {
    /// The public error. Where a name was asked for, the caller adds it.
    pub(crate) fn into_error(self, store: &StoreInfo, operation: &'static str) -> Error {
        let error = |kind, message: String| store.error(kind, operation, message);
        let invalid = |message: String| error(ErrorKind::ConfigInvalid, message);
        match self {
            Self::Incomplete { missing } => {
                let first = missing.first().cloned().unwrap_or_default();
                invalid(format!("a credential is set in part, not set or empty: `{}`", missing.join("`, `")))
                    .with_hint(format!(
                        "set {first}, or {first}_FILE to the path of a file that holds the value"
                    ))
                    .with_context(Error::REASON, "incomplete")
            }
            Self::ValueAndFile { variable } => {
                invalid(format!("a value is given twice, in variables: `{variable}`, `{variable}_FILE`"))
                    .with_hint("unset one of the two")
            }
            Self::TwoDefaults { unnamed, named } => {
                invalid(format!("the default credential is given twice: `{unnamed}`, `{named}`"))
                    .with_hint(format!("unset the variables that begin with {named}_"))
            }
            Self::OtherName { variable } => invalid(format!(
                "this variable does not hold a spelling of the name it is part of: `{variable}`"
            ))
            .with_hint("a name is lower-case, with `.`, `-` or `_` where the variable has `_`"),
            Self::Version { variable } => {
                let known = ApiVersion::ALL.map(ApiVersion::as_str).join(", ");
                invalid(format!("this variable holds none of the versions {known}: `{variable}`"))
                    .with_hint("copy the Version that Amazon shows beside the Credential ID")
            }
            Self::Value { variable, cause } => {
                invalid(format!("{cause}, in the variable, or the file it names: `{variable}`"))
                    .with_hint("copy the value once more, as Amazon shows it, and nothing else")
            }
            Self::File { variable, path, cause } => {
                let kind = match cause.kind() {
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ErrorKind::ConfigInvalid,
                    io::ErrorKind::PermissionDenied => ErrorKind::PermissionDenied,
                    _ => ErrorKind::Unavailable,
                };
                let path = path.display().to_string();
                error(kind, format!("cannot read the file that `{variable}` names: `{path}`"))
                    .with_hint("mount the file there, readable for the user that runs this program, or change the variable")
                    .with_context("path", path)
                    .with_source(cause)
            }
            Self::FileRefused { variable, path, why } => {
                let path = path.display().to_string();
                invalid(format!("the file that `{variable}` names cannot be a secret's, it {why}: `{path}`"))
                    .with_hint("name a file that holds the value and nothing else")
                    .with_context("path", path)
            }
            Self::FileWritableByAll { variable, path } => {
                let path = path.display().to_string();
                error(
                    ErrorKind::PermissionDenied,
                    format!("the file that `{variable}` names can be changed by every user: `{path}`"),
                )
                .with_hint(format!("chmod o-w {path}"))
                .with_context("path", path)
            }
            Self::Interrupted { panicked: false } => {
                error(ErrorKind::Cancelled, "the program is ending".to_owned())
            }
            Self::Interrupted { panicked: true } => {
                error(ErrorKind::Internal, "the thread that reads credentials ended with a panic".to_owned())
                    .with_hint("please report it with the message and the command")
            }
        }
    }
}
