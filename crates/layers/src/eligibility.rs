//! Remembers that an account was refused, so that nobody asks in vain: as a layer.
//!
//! The first form: it learns from answers alone, and waits the same time after every refusal. Links and an empty cache
//! are the layers outside.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::{
    Answer, Batch, Clock, MissingReason, ProductSource, Query, RequestContext, Result, SourceCapabilities,
    SourceInfo,
};
use linkwright_state::State;

use crate::verdict_keeper::{Outcome, VerdictKeeper};
use crate::{AccessIdentity, Jitter, Probe};

/// Asks only as far as a [`VerdictKeeper`] lets it, and tells that what is answered.
#[derive(Debug)]
pub struct Eligibility {
    inner: Arc<dyn ProductSource>,
    verdicts: VerdictKeeper,
}

impl Eligibility {
    /// Keeps what is said of accounts in `state`.
    pub fn new(
        inner: Arc<dyn ProductSource>,
        state: Arc<dyn State>,
        clock: Arc<dyn Clock>,
        identity: Arc<dyn AccessIdentity>,
    ) -> Self {
        Self { inner, verdicts: VerdictKeeper::new(state, clock, identity) }
    }

    /// The same with this answer to when is asked.
    #[must_use]
    pub fn with_probe(self, probe: Probe) -> Self {
        Self { verdicts: self.verdicts.with_probe(probe), ..self }
    }

    /// The same with this time from a refusal to the next probe.
    #[must_use]
    pub fn with_interval(self, interval: Duration) -> Self {
        Self { verdicts: self.verdicts.with_interval(interval), ..self }
    }

    /// The same with intervals of this randomness.
    #[must_use]
    pub fn with_jitter(self, jitter: Jitter) -> Self {
        Self { verdicts: self.verdicts.with_jitter(jitter), ..self }
    }
}

fn outcome(answer: &Result<Answer>) -> Outcome {
    match answer {
        Ok(Answer::Items(batch)) => outcome_of_batch(batch),
        Ok(Answer::BrowseNodes(batch)) => outcome_of_batch(batch),
        Ok(Answer::Search(_) | Answer::Variations(_)) => Outcome::Answered,
        Ok(_) => Outcome::Unknown,
        Err(error) => Outcome::of_error(error),
    }
}

/// One key that was answered shows that the account is; a refusal counts only where none was.
fn outcome_of_batch<T, K>(batch: &Batch<T, K>) -> Outcome {
    if !batch.found().is_empty() {
        return Outcome::Answered;
    }
    let mut refused = Outcome::Unknown;
    for (_, reason) in batch.missing() {
        match reason {
            MissingReason::NotFound | MissingReason::NotAccessible { .. } => return Outcome::Answered,
            MissingReason::Failed(error) if matches!(refused, Outcome::Unknown) => {
                refused = Outcome::of_error(error);
            }
            _ => {}
        }
    }
    refused
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl ProductSource for Eligibility {
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
        let permission = match self.verdicts.admit(context, operation).await {
            Ok(permission) => permission,
            Err(error) => return query.failed(error.with_origin(self.info().name)),
        };
        let answer = self.inner.call(context, query).await;
        self.verdicts.settle(context, permission, &outcome(&answer)).await;
        answer
    }
}
