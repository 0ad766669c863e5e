//! Whose turn it is: the wait for the account's pace, by itself. The layer over sources is [`Quota`](crate::Quota); calls
//! that are no query wait here too.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use linkwright_core::{Account, Clock, Error, ErrorKind, RequestContext, Result, Retry, error_chain};
use linkwright_state::{MemoryState, Pace, Slot, State};

use crate::wait::{pause, time_left, within_context};

/// Lets each who asks wait for their turn at the account's pace, which all processes with the same state share.
///
/// Amazon counts calls per account, whatever the shop and however many products a call holds. That it does so for the
/// Creators API too is inferred from its predecessor.
///
/// Without a state that can be reached the pace is kept here alone, after one warning: so all who call the same API should
/// share one of these.
#[derive(Debug)]
pub struct PaceKeeper {
    state: Arc<dyn State>,
    /// Keeps the pace while `state` cannot be reached.
    own: MemoryState,
    clock: Arc<dyn Clock>,
    pace: Option<Pace>,
    longest_wait: Duration,
    warned: AtomicBool,
}

impl PaceKeeper {
    /// How long a request without a deadline waits for its turn at most: longer than any batch in practice, shorter than
    /// for ever.
    pub const LONGEST_WAIT: Duration = Duration::from_secs(3600);

    /// Keeps this pace; `None` lets everything through.
    pub fn new(state: Arc<dyn State>, clock: Arc<dyn Clock>, pace: Option<Pace>) -> Self {
        let own = MemoryState::new(Arc::clone(&clock));
        Self { state, own, clock, pace, longest_wait: Self::LONGEST_WAIT, warned: AtomicBool::new(false) }
    }

    /// The same, but no call waits longer than this for its turn, deadline or not.
    #[must_use]
    pub fn with_longest_wait(self, longest_wait: Duration) -> Self {
        Self { longest_wait, ..self }
    }

    /// The pace that is kept.
    pub fn pace(&self) -> Option<Pace> {
        self.pace
    }

    /// Returns when one call may be made. Each call needs a turn of its own; one that is not used is lost.
    ///
    /// # Errors
    /// - `RateLimited` at once, with the wait as `retry`, if the turn comes only after the deadline or the longest wait; it
    ///   takes nobody's place.
    /// - `Timeout` if the state does not answer before the deadline; `Cancelled`.
    pub async fn admit(&self, context: &RequestContext, operation: &'static str) -> Result<()> {
        let Some(pace) = self.pace else { return context.cancellation.check(operation) };
        let left = time_left(&*self.clock, context);
        let longest = left.map_or(self.longest_wait, |left| left.min(self.longest_wait));
        // Also the look at the state: a turn that is known only after the deadline is of no use.
        let turn = self.reserve(&context.account, pace, longest);
        match within_context(&*self.clock, context, operation, turn).await? {
            Slot::In(wait) => pause(&*self.clock, wait, context, operation).await,
            Slot::TooFarAhead(wait) => Err(too_far_ahead(operation, &context.account, wait)),
        }
    }

    /// The key of an account's pace in the state.
    fn key(account: &Account) -> String {
        format!("pace/{account}")
    }

    async fn reserve(&self, account: &Account, pace: Pace, longest: Duration) -> Result<Slot> {
        let key = Self::key(account);
        match self.state.reserve(&key, pace, longest).await {
            Ok(slot) => Ok(slot),
            Err(error) => {
                if !self.warned.swap(true, Ordering::Relaxed) {
                    let state = self.state.info();
                    let (error, hint) = (error_chain(&error), error.hint());
                    tracing::warn!(error, hint, %state, "the pace of calls is kept in this process alone");
                }
                self.own.reserve(&key, pace, longest).await
            }
        }
    }
}

fn too_far_ahead(operation: &'static str, account: &Account, wait: Duration) -> Error {
    let message = format!("the next call of the account `{account}` is due only in: `{} s`", ceil(wait));
    Error::new(ErrorKind::RateLimited, operation, message)
        .with_retry(Retry::After(wait))
        .with_context("account", account.as_str())
        .with_hint("allow more time for the request, or ask for less at once")
}

/// In seconds with one decimal, and never less than it is.
fn ceil(wait: Duration) -> f64 {
    (wait.as_secs_f64() * 10.0).ceil() / 10.0
}
