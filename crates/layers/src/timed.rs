//! A bound on one attempt. Not on the whole request: that is the context's deadline, which is kept here too.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::{
    Answer, Clock, Error, ErrorKind, ProductSource, Query, RequestContext, Result, Retry, SourceCapabilities,
    SourceInfo,
};

use crate::wait::{Ended, cancelled, past_deadline, time_left, within};

/// Gives up an attempt that takes too long, with an error of kind `Timeout` for every key.
///
/// The innermost layer, so that waiting for the pace does not count.
#[derive(Debug)]
pub struct Timed {
    inner: Arc<dyn ProductSource>,
    clock: Arc<dyn Clock>,
    attempt: Duration,
}

impl Timed {
    /// The usual bound on one attempt. Amazon states none; its API's answers come within a few seconds.
    pub const ATTEMPT: Duration = Duration::from_secs(30);

    /// Bounds every attempt at `inner` to this long.
    pub fn new(inner: Arc<dyn ProductSource>, clock: Arc<dyn Clock>, attempt: Duration) -> Self {
        Self { inner, clock, attempt }
    }
}

/// Does the work of one attempt for at most this long, and never beyond the request's own deadline.
///
/// # Errors
/// - `Timeout` when the attempt or the request took too long, to be retried in either case: by who has more time.
/// - `Cancelled`; and what the work fails with.
pub async fn within_attempt<T>(
    clock: &dyn Clock,
    context: &RequestContext,
    operation: &'static str,
    attempt: Duration,
    work: impl Future<Output = Result<T>> + Send,
) -> Result<T> {
    bounded(clock, context, operation, attempt, work).await?
}

/// The work's own result, or the error that it did not end.
async fn bounded<T>(
    clock: &dyn Clock,
    context: &RequestContext,
    operation: &'static str,
    attempt: Duration,
    work: impl Future<Output = T> + Send,
) -> Result<T> {
    let left = time_left(clock, context);
    if left.is_some_and(|left| left.is_zero()) {
        return Err(past_deadline(operation));
    }
    let limit = left.map_or(attempt, |left| left.min(attempt));
    match within(clock, Some(limit), context, work).await {
        Ended::Done(answer) => Ok(answer),
        Ended::Cancelled => Err(cancelled(operation)),
        Ended::TimeUp if limit < attempt => Err(past_deadline(operation)),
        Ended::TimeUp => Err(took_too_long(operation, attempt)),
    }
}

fn took_too_long(operation: &'static str, attempt: Duration) -> Error {
    Error::new(ErrorKind::Timeout, operation, format!("no answer within: `{} s`", attempt.as_secs_f64()))
        .with_retry(Retry::Now)
        .with_hint("look at the network between here and the service, or allow more time for an attempt")
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl ProductSource for Timed {
    fn info(&self) -> SourceInfo {
        self.inner.info()
    }

    fn capabilities(&self) -> SourceCapabilities {
        self.inner.capabilities()
    }

    async fn call(&self, context: &RequestContext, query: Query) -> Result<Answer> {
        let operation = query.name();
        context.cancellation.check(operation)?;
        if let Some(answer) = query.answer_to_nothing() {
            return Ok(answer);
        }
        let work = self.inner.call(context, query.clone());
        match bounded(&*self.clock, context, operation, self.attempt, work).await {
            Ok(answer) => answer,
            Err(error) => query.failed(error.with_origin(self.inner.info().name)),
        }
    }
}
