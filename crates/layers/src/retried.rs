//! Asking again where that can help. The pace is inside, so every attempt pays for itself.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::{
    Answer, Asin, Batch, Clock, Error, ErrorKind, GetItems, Item, MissingReason, ProductSource, Query,
    RequestContext, Result, Retry, SourceCapabilities, SourceInfo,
};

use crate::Jitter;
use crate::answers::{answer_to_nothing, is_of_the_whole};
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

/// Asks again for the keys whose error says that it can help, and for no others.
///
/// - [`Retry::Now`]: after a random wait. A credential that was not accepted ([`ErrorKind::Unauthenticated`], as after a
///   token that expired) is tried again once, at once.
/// - [`Retry::After`]: after that long and a random wait.
/// - What cannot be waited for, by the policy or the deadline, is returned at once with its retry as it was.
/// - When the attempts are used up the error says [`Retry::Exhausted`], with `attempts` and, if known,
///   `retry_after_seconds` in its context.
#[derive(Debug)]
pub struct Retried {
    inner: Arc<dyn ProductSource>,
    clock: Arc<dyn Clock>,
    policy: RetryPolicy,
    jitter: Jitter,
}

/// What becomes of a failure.
enum Next {
    /// Ask again after this long.
    Again(Duration),
    /// Return this.
    Stop(Error),
}

/// How far a request has come.
#[derive(Debug, Clone, Copy)]
struct Progress {
    /// The attempt that was just made, from 1.
    attempt: u32,
    /// Whether there was a repetition for a credential already.
    renewed: bool,
}

impl Retried {
    /// Retries by the usual policy, with waits by chance.
    pub fn new(inner: Arc<dyn ProductSource>, clock: Arc<dyn Clock>) -> Self {
        Self { inner, clock, policy: RetryPolicy::default(), jitter: Jitter::random() }
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

    fn next(&self, context: &RequestContext, error: &Error, progress: Progress) -> Next {
        let least = match error.retry() {
            Retry::Now => Duration::ZERO,
            Retry::After(least) => least,
            _ => return Next::Stop(error.clone()),
        };
        if least > self.policy.longest_wait {
            return Next::Stop(error.clone());
        }
        let renewal = is_renewal(error);
        if progress.attempt >= self.policy.attempts || (renewal && progress.renewed) {
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

    async fn get_items(&self, context: &RequestContext, request: GetItems) -> Result<Answer> {
        let mut whole = match self.ask(context, &request).await {
            Ok(Answer::Items(batch)) => batch,
            other => return other,
        };
        let mut asked: Option<HashSet<Asin>> = None;
        let mut progress = Progress { attempt: 1, renewed: false };
        loop {
            let mut again: Vec<Asin> = Vec::new();
            let mut stopped: HashMap<Asin, Error> = HashMap::new();
            let mut longest = Duration::ZERO;
            let mut renewal = false;
            for (key, reason) in whole.missing() {
                let MissingReason::Failed(error) = reason else { continue };
                if asked.as_ref().is_some_and(|asked| !asked.contains(key)) {
                    continue;
                }
                match self.next(context, error, progress) {
                    Next::Again(wait) => {
                        again.push(*key);
                        longest = longest.max(wait);
                        renewal |= is_renewal(error);
                    }
                    Next::Stop(error) => {
                        stopped.insert(*key, error);
                    }
                }
            }
            if !stopped.is_empty() {
                whole = whole.fill_missing(|key, reason| {
                    Err(stopped.remove(key).map_or(reason, MissingReason::Failed))
                });
            }
            if again.is_empty() {
                return Ok(Answer::Items(whole));
            }
            tracing::debug!(attempt = progress.attempt, keys = again.len(), wait = ?longest, "asking again");
            pause(&*self.clock, longest, context, "get_items").await?;
            let batch = match self.ask(context, &request.for_asins(again.iter().copied())).await {
                Ok(Answer::Items(batch)) => batch,
                Err(error) if error.kind() != ErrorKind::Cancelled => {
                    // What was found before stays found.
                    let again: HashSet<Asin> = again.into_iter().collect();
                    return Ok(Answer::Items(whole.fill_missing(|key, reason| {
                        Err(if again.contains(key) { MissingReason::Failed(error.clone()) } else { reason })
                    })));
                }
                other => return other,
            };
            whole = merged(whole, batch);
            asked = Some(again.into_iter().collect());
            progress = Progress { attempt: progress.attempt + 1, renewed: progress.renewed || renewal };
        }
    }

    /// One attempt. A failure of the whole that can be retried is one of every key.
    async fn ask(&self, context: &RequestContext, request: &GetItems) -> Result<Answer> {
        let query = Query::from(request.clone());
        match self.inner.call(context, query.clone()).await {
            Err(error) if !is_of_the_whole(&error) => query.failed(error),
            answer => answer,
        }
    }

    /// A query without keys, which fails as a whole.
    async fn whole(&self, context: &RequestContext, query: Query) -> Result<Answer> {
        let mut progress = Progress { attempt: 1, renewed: false };
        loop {
            let error = match self.inner.call(context, query.clone()).await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            match self.next(context, &error, progress) {
                Next::Stop(error) => return Err(error),
                Next::Again(wait) => {
                    tracing::debug!(attempt = progress.attempt, wait = ?wait, "asking again");
                    pause(&*self.clock, wait, context, query.name()).await?;
                }
            }
            let renewed = progress.renewed || is_renewal(&error);
            progress = Progress { attempt: progress.attempt + 1, renewed };
        }
    }
}

/// Whether the credential was not accepted but may be at once: the client forgot a token.
fn is_renewal(error: &Error) -> bool {
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

/// The first answer with what the later one says of the keys that were missing.
fn merged(first: Batch<Item>, later: Batch<Item>) -> Batch<Item> {
    let (found, missing) = later.into_parts();
    let mut found: HashMap<Asin, _> = found.into_iter().collect();
    let mut missing: HashMap<Asin, _> = missing.into_iter().collect();
    first.fill_missing(|key, reason| match found.remove(key) {
        Some(item) => Ok(item),
        None => Err(missing.remove(key).unwrap_or(reason)),
    })
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl ProductSource for Retried {
    fn info(&self) -> SourceInfo {
        self.inner.info()
    }

    fn capabilities(&self) -> SourceCapabilities {
        self.inner.capabilities()
    }

    async fn call(&self, context: &RequestContext, query: Query) -> Result<Answer> {
        context.cancellation.check(query.name())?;
        if let Some(answer) = answer_to_nothing(&query) {
            return Ok(answer);
        }
        if self.policy.attempts <= 1 {
            return self.inner.call(context, query).await;
        }
        match query {
            Query::GetItems(request) => self.get_items(context, request).await,
            other => self.whole(context, other).await,
        }
    }
}
