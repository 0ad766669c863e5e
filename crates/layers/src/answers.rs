//! What layers ask of answers: whether an answer is a refusal, and of whom.

use linkwright_core::{Batch, Error, ErrorKind, MissingReason, Reason};

/// Whether nobody was asked because there is nothing to ask with: no credential for the region, or no tag for the shop.
/// That is how the user set it up, so it is neither a refusal nor a degradation.
pub(crate) fn is_not_set_up(error: &Error) -> bool {
    matches!(error.reason(), Some("no_credential" | "no_tag"))
}

/// Why the service refused everything this account asks, if that is what the error says.
///
/// A credential store that refuses is not the service: its errors' operation begins with `store.`, by the rule on
/// `CredentialStore`.
pub(crate) fn refusal(error: &Error) -> Option<Reason> {
    if is_not_set_up(error) || is_of_a_store(error) {
        return None;
    }
    Reason::of(error).filter(|reason| {
        matches!(reason, Reason::NotEligible | Reason::Associate | Reason::Denied | Reason::Credential)
    })
}

/// Whether a credential's store failed, and not the service.
pub(crate) fn is_of_a_store(error: &Error) -> bool {
    error.operation().starts_with("store.")
}

/// The refusal all of these missing keys failed with; `None` if one did not.
pub(crate) fn refusal_of_all<T, K>(batch: &Batch<T, K>) -> Option<&Error> {
    if !batch.found().is_empty() {
        return None;
    }
    let mut first = None;
    for (_, reason) in batch.missing() {
        match reason {
            MissingReason::Failed(error) if refusal(error).is_some() => first = first.or(Some(error)),
            _ => return None,
        }
    }
    first
}

/// Whether an error says that the whole request was wrong or taken back, and so is never one of parts.
pub(crate) fn is_of_the_whole(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::RequestInvalid | ErrorKind::Cancelled | ErrorKind::Unsupported)
}
