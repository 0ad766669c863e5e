//! When to ask again, how often and after how long: for one call by itself. The layer over sources is
//! [`Retried`](crate::Retried); calls that are no query are made again here too.

use std::sync::Arc;
use std::time::Duration;

use linkwright_core::{Clock, Error, ErrorKind, RequestContext, Result, Retry};

use crate::Jitter;
use crate::wait::{pause, time_left};

/// How often and how patiently is asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// Attempts in all; 1 is no retry at all.
    pub attempts: u32,
    /// The longest random wait after the first attempt; it doubles with each.
    pub first_backoff: Duration,
    /// The longest random wait after any attempt.
    pub longest_backoff: Duration,
    /// What would have to wait longer than this is not asked again.
    pub longest_wait: Duration,
}

impl Default for RetryPolicy {
    /// Three attempts, half a second doubling up to 20 seconds, and no wait longer than a minute. Amazon asks for
    /// exponential backoff and states no numbers; these are those of its own SDKs for other services.
    fn default() -> Self {
        Self {
            attempts: 3,
            first_backoff: Duration::from_millis(500),
            longest_backoff: Duration::from_secs(20),
            longest_wait: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// A wait of a random length after this attempt ("full jitter": from nothing up to the bound).
    fn backoff(&self, attempt: u32, jitter: Jitter) -> Duration {
        let doubled = 1_u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX);
        let bound = self.first_backoff.saturating_mul(doubled).min(self.longest_backoff);
        bound.mul_f64(jitter.fraction())
    }
}

/// Asks again where the error says that it can help.
///
/// - [`Retry::Now`]: after a random wait. A credential that was not accepted ([`ErrorKind::Unauthenticated`], as after a
///   token that expired) is tried again at once, but not twice in a row: between two waits a token may expire anew.
/// - [`Retry::After`]: after that long and a random wait.
/// - What cannot be waited for, by the policy or the deadline, is returned at once with its retry as it was.
/// - When the attempts are used up the error says [`Retry::Exhausted`], with `attempts` and, if known,
///   `retry_after_seconds` in its context.
#[derive(Debug, Clone)]
pub struct Retrier {
    clock: Arc<dyn Clock>,
    policy: RetryPolicy,
    jitter: Jitter,
}

/// What becomes of a failure.
pub(crate) enum Next {
    /// Ask again after this long.
    Again(Duration),
    /// Return this.
    Stop(Error),
}

/// How far a request has come.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Progress {
    /// The attempt that was just made, from 1.
    pub(crate) attempt: u32,
    /// Of these, how many were made for a new token, which the policy does not count.
    renewals: u32,
    /// Whether the last attempt was made for a new token.
    renewed: bool,
}

impl Progress {
    /// After the first attempt.
    pub(crate) const FIRST: Self = Self { attempt: 1, renewals: 0, renewed: false };

    /// After another attempt, made because of these errors.
    pub(crate) fn after(self, renewal: bool) -> Self {
        Self { attempt: self.attempt + 1, renewals: self.renewals + u32::from(renewal), renewed: renewal }
    }
}

impl Retrier {
    /// Asks again by the usual policy, with waits by chance.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, policy: RetryPolicy::default(), jitter: Jitter::random() }
    }

    /// The same by this policy.
    #[must_use]
    pub fn with_policy(self, policy: RetryPolicy) -> Self {
        Self { policy, ..self }
    }

    /// The same with waits of this randomness.
    #[must_use]
    pub fn with_jitter(self, jitter: Jitter) -> Self {
        Self { jitter, ..self }
    }

    /// Makes an attempt, and again as long as its error says that it can help. Each attempt should wait for its own turn and
    /// have its own time.
    ///
    /// # Errors
    /// The last attempt's; `Cancelled` while waiting for the next.
    pub async fn run<T, F>(
        &self,
        context: &RequestContext,
        operation: &'static str,
        mut attempt: impl FnMut() -> F + Send,
    ) -> Result<T>
    where
        F: Future<Output = Result<T>> + Send,
    {
        let mut progress = Progress::FIRST;
        loop {
            let error = match attempt().await {
                Err(error) if !self.is_off() => error,
                answer => return answer,
            };
            match self.next(context, &error, progress) {
                Next::Stop(error) => return Err(error),
                Next::Again(wait) => self.wait(context, operation, progress, 0, wait).await?,
            }
            progress = progress.after(is_renewal(&error));
        }
    }

    /// Whether nothing is ever asked again, so that errors stay as they are.
    pub(crate) fn is_off(&self) -> bool {
        self.policy.attempts <= 1
    }

    pub(crate) fn next(&self, context: &RequestContext, error: &Error, progress: Progress) -> Next {
        let least = match error.retry() {
            Retry::Now => Duration::ZERO,
            Retry::After(least) => least,
            _ => return Next::Stop(error.clone()),
        };
        if least > self.policy.longest_wait {
            return Next::Stop(error.clone());
        }
        let renewal = is_renewal(error);
        let counted = progress.attempt - progress.renewals;
        let is_over = if renewal { progress.renewed } else { counted >= self.policy.attempts };
        if is_over {
            return Next::Stop(exhausted(error, progress.attempt));
        }
        let random =
            if renewal { Duration::ZERO } else { self.policy.backoff(progress.attempt, self.jitter) };
        let wait = least.saturating_add(random).min(self.policy.longest_wait);
        match time_left(&*self.clock, context) {
            // An attempt that begins at the deadline cannot succeed.
            Some(left) if wait >= left => Next::Stop(error.clone()),
            _ => Next::Again(wait),
        }
    }

    /// Waits before the next attempt, for this many keys (0 of what has none).
    pub(crate) async fn wait(
        &self,
        context: &RequestContext,
        operation: &'static str,
        progress: Progress,
        keys: usize,
        wait: Duration,
    ) -> Result<()> {
        tracing::debug!(operation, attempt = progress.attempt, keys, ?wait, "asking again");
        pause(&*self.clock, wait, context, operation).await
    }
}

/// Whether the credential was not accepted but may be at once: the client forgot a token.
pub(crate) fn is_renewal(error: &Error) -> bool {
    error.kind() == ErrorKind::Unauthenticated && error.retry() == Retry::Now
}

fn exhausted(error: &Error, attempts: u32) -> Error {
    let known = match error.retry() {
        Retry::After(least) => Some(least.as_secs_f64().ceil()),
        _ => None,
    };
    let mut error = error.clone().with_retry(Retry::Exhausted).with_context("attempts", attempts.to_string());
    if let Some(seconds) = known {
        error = error.with_context("retry_after_seconds", seconds.to_string());
    }
    error
}
