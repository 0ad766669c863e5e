//! Waiting that ends early: when the caller takes the request back, or its time is over.

use std::future::{Future, pending};
use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use linkwright_core::{BoxFuture, Clock, Error, ErrorKind, RequestContext, Result};

/// How work under a bound ended.
pub(crate) enum Ended<T> {
    Done(T),
    TimeUp,
    Cancelled,
}

/// Does the work for at most this long (`None`: as long as it takes), unless the request is taken back before.
///
/// Work that is done at the very moment its time is over is done.
pub(crate) async fn within<T>(
    clock: &dyn Clock,
    limit: Option<Duration>,
    context: &RequestContext,
    work: impl Future<Output = T> + Send,
) -> Ended<T> {
    let bound: BoxFuture<'_, ()> = match limit {
        Some(limit) => clock.sleep(limit),
        None => Box::pin(pending()),
    };
    let stop = select(context.cancellation.cancelled(), bound);
    match select(pin!(work), stop).await {
        Either::Left((done, _)) => Ended::Done(done),
        Either::Right((Either::Left(_), _)) => Ended::Cancelled,
        Either::Right((Either::Right(_), _)) => Ended::TimeUp,
    }
}

/// Does the work within the request's own bounds: its deadline, and that it may be taken back.
///
/// Work that is done at the very moment its time is over is done.
///
/// # Errors
/// `Timeout`, `Cancelled`, and what the work fails with.
pub async fn within_context<T>(
    clock: &dyn Clock,
    context: &RequestContext,
    operation: &'static str,
    work: impl Future<Output = Result<T>> + Send,
) -> Result<T> {
    match within(clock, time_left(clock, context), context, work).await {
        Ended::Done(result) => result,
        Ended::TimeUp => Err(past_deadline(operation)),
        Ended::Cancelled => Err(cancelled(operation)),
    }
}

/// Waits this long, unless the request is taken back before.
pub(crate) async fn pause(
    clock: &dyn Clock,
    duration: Duration,
    context: &RequestContext,
    operation: &'static str,
) -> Result<()> {
    if duration.is_zero() {
        return context.cancellation.check(operation);
    }
    match within(clock, Some(duration), context, pending::<()>()).await {
        Ended::Cancelled => Err(cancelled(operation)),
        Ended::Done(()) | Ended::TimeUp => Ok(()),
    }
}

/// How long the request may still take; `None` without a deadline.
pub(crate) fn time_left(clock: &dyn Clock, context: &RequestContext) -> Option<Duration> {
    context.deadline.map(|deadline| deadline.saturating_sub(clock.monotonic()))
}

/// The error of a request that was taken back.
pub(crate) fn cancelled(operation: &'static str) -> Error {
    Error::new(ErrorKind::Cancelled, operation, "cancelled by the caller")
}

/// The error of a request whose own time is over.
pub(crate) fn past_deadline(operation: &'static str) -> Error {
    Error::new(ErrorKind::Timeout, operation, "the time allowed for the request is over")
        .with_retry(linkwright_core::Retry::Now)
        .with_hint("allow more time for the whole request")
}
