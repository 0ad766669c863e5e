//! What a conformance case is, for stores and for sources alike.
//!
//! Cases are data and futures. Which runtime drives them, and how they are reported, is the harness's business; this
//! file knows neither.

use std::fmt;

use linkwright_core::{BoxFuture, Error, ErrorKind, Result, error_chain};

/// One behaviour, checked against whatever a fixture of type `F` opens.
///
/// A harness asks [`needs`](Self::needs) first and reports a case that does not apply as *ignored*, with the reason; it
/// never counts one as passed.
pub struct Case<F: ?Sized> {
    /// Unique within its list, in snake case, and stable: people filter by it.
    pub name: &'static str,
    /// One sentence saying what the case shows.
    pub shows: &'static str,
    /// Whether the case applies to this fixture; if not, why not, in a few words.
    pub needs: fn(&F) -> Result<(), &'static str>,
    /// Runs the case. It opens what it needs itself, so that cases never see each other's traces.
    pub run: for<'a> fn(&'a F) -> BoxFuture<'a, Outcome>,
}

impl<F: ?Sized> Clone for Case<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: ?Sized> Copy for Case<F> {}

impl<F: ?Sized> fmt::Debug for Case<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Case").field("name", &self.name).field("shows", &self.shows).finish_non_exhaustive()
    }
}

/// What a case ends with.
pub type Outcome = Result<(), Failure>;

/// Why a case failed, in words for the person who writes the store or the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(String);

impl Failure {
    /// A failure for this reason.
    pub fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

impl From<Error> for Failure {
    /// For calls that should have succeeded.
    fn from(error: Error) -> Self {
        Self(format!(
            "unexpected error of kind `{}` from `{}`: {}",
            error.kind(),
            error.operation(),
            error_chain(&error)
        ))
    }
}

/// Fails with the words, unless the condition holds.
pub(crate) fn check(condition: bool, otherwise: impl FnOnce() -> String) -> Outcome {
    if condition { Ok(()) } else { Err(Failure(otherwise())) }
}

/// Fails unless both are equal; `what` says what was looked at.
pub(crate) fn check_equal<T: PartialEq + fmt::Debug>(what: &str, found: &T, expected: &T) -> Outcome {
    check(found == expected, || format!("{what}: expected {expected:?}, found {found:?}"))
}

/// The error of a call that should have failed with this kind; `what` says what was done.
pub(crate) fn expect_kind<T>(what: &str, result: Result<T>, kind: ErrorKind) -> Result<Error, Failure> {
    match result {
        Ok(_) => Err(Failure(format!("{what}: expected an error of kind `{kind}`, but it succeeded"))),
        Err(error) if error.kind() == kind => Ok(error),
        Err(error) => Err(Failure(format!(
            "{what}: expected an error of kind `{kind}`, found `{}`: {}",
            error.kind(),
            error_chain(&error)
        ))),
    }
}
