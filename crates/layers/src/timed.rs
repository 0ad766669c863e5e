//! A bound on one attempt. Not on the whole request: that is the context's deadline, which is kept here too.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::{
    Answer, Clock, Error, ErrorKind, ProductSource, Query, RequestContext, Result, Retry, SourceCapabilities,
    SourceInfo,
};

use crate::answers::answer_to_nothing;
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

    fn took_too_long(&self, operation: &'static str) -> Error {
        let message = format!("no answer within: `{} s`", self.attempt.as_secs_f64());
        Error::new(ErrorKind::Timeout, operation, message)
            .with_retry(Retry::Now)
            .with_origin(self.inner.info().name)
            .with_hint("look at the network between here and the service, or allow more time for an attempt")
    }
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
        if let Some(answer) = answer_to_nothing(&query) {
            return Ok(answer);
        }
        let left = time_left(&*self.clock, context);
        let over = || past_deadline(operation).with_origin(self.inner.info().name);
        if left.is_some_and(|left| left.is_zero()) {
            return query.failed(over());
        }
        let limit = left.map_or(self.attempt, |left| left.min(self.attempt));
        let work = self.inner.call(context, query.clone());
        match within(&*self.clock, Some(limit), context, work).await {
            Ended::Done(answer) => answer,
            Ended::Cancelled => Err(cancelled(operation)),
            Ended::TimeUp if limit < self.attempt => query.failed(over()),
            Ended::TimeUp => query.failed(self.took_too_long(operation)),
        }
    }
}
