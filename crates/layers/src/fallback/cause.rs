//! Why something goes to the second source: the design's table in code.

use linkwright_core::{Error, MissingReason, Reason};

use crate::answers::is_not_set_up;

/// Why a key or a page goes to the second source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// There is nothing to ask the first with: the second's answer is complete.
    NotSetUp,
    /// The second's answer is less than what was asked for.
    Degraded(Reason),
}

impl Cause {
    /// `None` if the key stays with the first source's answer.
    pub(super) fn of(reason: &MissingReason) -> Option<Self> {
        match reason {
            MissingReason::NotFound => Some(Self::Degraded(Reason::Gone)),
            MissingReason::NotAccessible { .. } => Some(Self::Degraded(Reason::NotAccessible)),
            MissingReason::Failed(error) => Self::of_error(error),
            // A reason this version does not know is nobody's permission to replace the answer.
            _ => None,
        }
    }

    pub(super) fn of_error(error: &Error) -> Option<Self> {
        if is_not_set_up(error) { Some(Self::NotSetUp) } else { Reason::of(error).map(Self::Degraded) }
    }

    pub(super) fn reason(self) -> Option<Reason> {
        match self {
            Self::NotSetUp => None,
            Self::Degraded(reason) => Some(reason),
        }
    }
}
