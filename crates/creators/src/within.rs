//! The bounds a caller sets on a request: its deadline, and that it may be taken back.

use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use linkwright_core::{Clock, Error, ErrorKind, RequestContext, Result};

/// Does the work within the context's bounds; drops it where one is reached.
pub(crate) async fn within<T>(
    context: &RequestContext,
    clock: &dyn Clock,
    operation: &'static str,
    work: impl Future<Output = Result<T>>,
) -> Result<T> {
    context.cancellation.check(operation)?;
    let remaining = remaining(context, clock);
    if remaining.is_some_and(|remaining| remaining.is_zero()) {
        return Err(too_late(operation));
    }
    let deadline = async {
        match remaining {
            Some(remaining) => clock.sleep(remaining).await,
            None => std::future::pending().await,
        }
    };
    let stopped = pin!(async {
        match select(context.cancellation.cancelled(), pin!(deadline)).await {
            Either::Left(_) => Error::new(ErrorKind::Cancelled, operation, "cancelled by the caller"),
            Either::Right(_) => too_late(operation),
        }
    });
    match select(pin!(work), stopped).await {
        Either::Left((result, _)) => result,
        Either::Right((error, _)) => Err(error),
    }
}

/// How long the context still allows; `None` for as long as it takes.
pub(crate) fn remaining(context: &RequestContext, clock: &dyn Clock) -> Option<Duration> {
    context.deadline.map(|deadline| deadline.saturating_sub(clock.monotonic()))
}

fn too_late(operation: &'static str) -> Error {
    Error::new(ErrorKind::Timeout, operation, "no answer within the time the caller allows")
        .with_origin(crate::ORIGIN)
        .with_hint("allow more time, or ask for less at once")
}
