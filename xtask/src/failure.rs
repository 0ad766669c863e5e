//! How a chore fails: a sentence for the reader, a wrong command line, or something already printed.
//!
//! Not an error model for libraries: nobody matches on the cause, a person reads it.

use std::process::ExitCode;

/// The end of a chore, or of a part of it.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// Why a chore did not succeed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What was wrong and how to mend it; not printed yet.
    Because(String),
    /// The command line was wrong; the help follows the message.
    Usage(String),
    /// Everything there is to say has been printed.
    Reported,
}

impl Failure {
    /// A failure that still has to be told.
    pub(crate) fn because(message: impl Into<String>) -> Self {
        Self::Because(message.into())
    }

    /// 2 for a wrong command line, as every program here does; else 1.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            Self::Because(_) | Self::Reported => ExitCode::FAILURE,
        }
    }
}
