//! How a command went, as a number.

use linkwright_sdk::core::ErrorKind;

/// A bug of ours.
pub const INTERNAL: u8 = 70;

/// How a command that answered something went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything was answered.
    Complete,
    /// Some things have no answer; the reason was said for each.
    Partial,
    /// Nothing was answered, for this kind of reason; it was said already.
    Failed(ErrorKind),
}

impl Outcome {
    /// Wrong arguments, settings or requests.
    pub(crate) const USAGE: u8 = 2;
    /// A stream that cannot be written, a service that does not answer.
    pub(crate) const UNAVAILABLE: u8 = 5;

    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Complete => 0,
            Self::Partial => 3,
            Self::Failed(kind) => code_of(kind),
        }
    }
}

/// The exit code for a command that failed as a whole.
pub(crate) fn code_of(kind: ErrorKind) -> u8 {
    match kind {
        ErrorKind::NotFound | ErrorKind::Conflict => 1,
        ErrorKind::ConfigInvalid | ErrorKind::RequestInvalid | ErrorKind::Unsupported => Outcome::USAGE,
        ErrorKind::Unauthenticated | ErrorKind::PermissionDenied => 4,
        ErrorKind::RateLimited
        | ErrorKind::Timeout
        | ErrorKind::Unavailable
        | ErrorKind::Corrupt
        | ErrorKind::Cancelled => Outcome::UNAVAILABLE,
        _ => INTERNAL,
    }
}

/// The table of exit codes, for help and the reference.
pub(crate) const EXIT_CODES: [(u8, &str); 7] = [
    (0, "complete answer, degraded or not"),
    (1, "not there, there already, or changed by somebody else in between"),
    (2, "wrong usage, settings or request"),
    (3, "some of what was asked for has no answer, or less than asked for under `--fail-on degraded`"),
    (4, "refused by Amazon or a store: credential or permission"),
    (5, "no answer: throttled, timed out, unreachable, or a file that cannot be read or written"),
    (70, "a bug in linkwright"),
];

/// Counts what was answered and what was not, over many targets.
#[derive(Debug, Default)]
pub(crate) struct Count {
    answered: u64,
    first_failure: Option<ErrorKind>,
    degraded: bool,
}

impl Count {
    pub(crate) fn answered(&mut self) {
        self.answered += 1;
    }

    /// Something answered is less than asked for, and that is not enough.
    pub(crate) fn degraded(&mut self) {
        self.degraded = true;
    }

    pub(crate) fn failed(&mut self, kind: ErrorKind) {
        self.first_failure.get_or_insert(kind);
    }

    pub(crate) fn outcome(&self) -> Outcome {
        match (self.answered, self.first_failure) {
            (_, None) if self.degraded => Outcome::Partial,
            (_, None) => Outcome::Complete,
            (0, Some(kind)) => Outcome::Failed(kind),
            (_, Some(_)) => Outcome::Partial,
        }
    }
}
