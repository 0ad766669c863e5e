//! How a program hears that an answer came from the second source.

use std::fmt::Debug;

use linkwright_core::{Asin, BrowseNodeId, Error, Reason, RequestContext};

/// What was answered by the second source, and why. One for each reason in an answer.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Degradation {
    /// The operation, as [`Query::name`](linkwright_core::Query::name) says it.
    pub operation: &'static str,
    /// Which products; none of a search or of categories.
    pub keys: Vec<Asin>,
    /// Which categories.
    pub browse_nodes: Vec<BrowseNodeId>,
    /// Why; `None` where there is nothing to ask the first source with (no credential, no tag), so that the answer is
    /// complete.
    pub reason: Option<Reason>,
    /// The first source's error, with its hint; the first of several. `None` where the reason is its answer, not a
    /// failure.
    pub error: Option<Error>,
}

impl Degradation {
    /// Of nothing yet.
    pub(crate) fn of(operation: &'static str) -> Self {
        Self { operation, keys: Vec::new(), browse_nodes: Vec::new(), reason: None, error: None }
    }
}

/// Is told of every degradation: so that a program can say once, and loudly, what its user must mend.
pub trait DegradationListener: Debug + Send + Sync + 'static {
    /// Called before the answer is given, once for each reason in it. Must not block.
    fn degraded(&self, context: &RequestContext, notice: &Degradation);
}

/// Writes it to the log: loudly what somebody must mend, quietly what is one product's matter.
pub(crate) fn log(context: &RequestContext, notice: &Degradation) {
    let marketplace = context.marketplace.code();
    let account = context.account.as_str();
    let keys = notice.keys.len() + notice.browse_nodes.len();
    let operation = notice.operation;
    let reason = notice.reason.map_or("not_set_up", Reason::as_str);
    let error = notice.error.as_ref().map(tracing::field::display);
    match notice.reason {
        Some(Reason::Associate | Reason::Denied | Reason::Credential) => {
            let hint = notice.error.as_ref().and_then(Error::hint);
            tracing::warn!(operation, account, marketplace, keys, reason, error, hint, "degraded");
        }
        Some(Reason::NotEligible | Reason::Throttled | Reason::Timeout | Reason::Unavailable) => {
            tracing::info!(operation, account, marketplace, keys, reason, error, "degraded");
        }
        _ => tracing::debug!(operation, account, marketplace, keys, reason, error, "degraded"),
    }
}
