//! Asking again where that can help, as a layer. The pace is inside, so every attempt pays for itself.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::{
    Answer, Clock, Error, ErrorKind, MissingReason, ProductSource, Query, RequestContext, Result,
    SourceCapabilities, SourceInfo,
};

use crate::keyed::{BatchOf, Keyed, ask};
use crate::retrier::{Next, Progress, is_renewal};
use crate::{Jitter, Retrier, RetryPolicy};

/// Asks again for the keys whose error says that it can help, and for no others; for a page as a whole. When and how often
/// is said by a [`Retrier`].
#[derive(Debug)]
pub struct Retried {
    inner: Arc<dyn ProductSource>,
    retrier: Retrier,
}

impl Retried {
    /// Retries by the usual policy, with waits by chance.
    pub fn new(inner: Arc<dyn ProductSource>, clock: Arc<dyn Clock>) -> Self {
        Self { inner, retrier: Retrier::new(clock) }
    }

    /// Retries as this one says.
    #[must_use]
    pub fn with_retrier(self, retrier: Retrier) -> Self {
        Self { retrier, ..self }
    }

    /// The same by this policy.
    #[must_use]
    pub fn with_policy(self, policy: RetryPolicy) -> Self {
        Self { retrier: self.retrier.with_policy(policy), ..self }
    }

    /// The same with waits of this randomness.
    #[must_use]
    pub fn with_jitter(self, jitter: Jitter) -> Self {
        Self { retrier: self.retrier.with_jitter(jitter), ..self }
    }

    async fn keyed<O: Keyed>(&self, context: &RequestContext, request: O) -> Result<Answer> {
        let mut whole = ask(&*self.inner, context, &request).await?;
        let mut asked: Option<HashSet<O::Key>> = None;
        let mut progress = Progress::FIRST;
        loop {
            let mut again: Vec<O::Key> = Vec::new();
            let mut stopped: HashMap<O::Key, Error> = HashMap::new();
            let mut longest = Duration::ZERO;
            let mut renewal = false;
            for (key, reason) in whole.missing() {
                let MissingReason::Failed(error) = reason else { continue };
                if asked.as_ref().is_some_and(|asked| !asked.contains(key)) {
                    continue;
                }
                match self.retrier.next(context, error, progress) {
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
                return Ok(O::answer(whole));
            }
            self.retrier.wait(context, O::NAME, progress, again.len(), longest).await?;
            let batch = match ask(&*self.inner, context, &request.for_keys(again.clone())).await {
                Ok(batch) => batch,
                Err(error) if error.kind() == ErrorKind::Cancelled => return Err(error),
                Err(error) => {
                    // What was found before stays found.
                    let again: HashSet<O::Key> = again.into_iter().collect();
                    return Ok(O::answer(whole.fill_missing(|key, reason| {
                        Err(if again.contains(key) { MissingReason::Failed(error.clone()) } else { reason })
                    })));
                }
            };
            whole = merged::<O>(whole, batch);
            asked = Some(again.into_iter().collect());
            progress = progress.after(renewal);
        }
    }
}

/// The first answer with what the later one says of the keys that were missing.
fn merged<O: Keyed>(first: BatchOf<O>, later: BatchOf<O>) -> BatchOf<O> {
    let (found, missing) = later.into_parts();
    let mut found: HashMap<O::Key, _> = found.into_iter().collect();
    let mut missing: HashMap<O::Key, _> = missing.into_iter().collect();
    first.fill_missing(|key, reason| match found.remove(key) {
        Some(value) => Ok(value),
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
        let operation = query.name();
        context.cancellation.check(operation)?;
        if let Some(answer) = query.answer_to_nothing() {
            return Ok(answer);
        }
        if self.retrier.is_off() {
            return self.inner.call(context, query).await;
        }
        match query {
            Query::GetItems(request) => self.keyed(context, request).await,
            Query::GetBrowseNodes(request) => self.keyed(context, request).await,
            page => {
                let attempt = || self.inner.call(context, page.clone());
                self.retrier.run(context, operation, attempt).await
            }
        }
    }
}
