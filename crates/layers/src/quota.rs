//! The pace an account may ask at, as a layer. The first form: no daily budget, and nobody goes first.

use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{
    Answer, Clock, ProductSource, Query, RequestContext, Result, SourceCapabilities, SourceInfo,
};
use linkwright_state::{Pace, State};

use crate::PaceKeeper;

/// Lets every query wait for its turn with a [`PaceKeeper`]. A query is taken for one call, so what asks for more keys than
/// a call holds must be divided outside.
#[derive(Debug)]
pub struct Quota {
    inner: Arc<dyn ProductSource>,
    turns: Arc<PaceKeeper>,
}

impl Quota {
    /// Keeps this pace with what processes share in `state`; `None` lets everything through.
    pub fn new(
        inner: Arc<dyn ProductSource>,
        state: Arc<dyn State>,
        clock: Arc<dyn Clock>,
        pace: Option<Pace>,
    ) -> Self {
        Self::sharing(inner, Arc::new(PaceKeeper::new(state, clock, pace)))
    }

    /// Keeps a pace that others keep too, such as calls that are no query.
    pub fn sharing(inner: Arc<dyn ProductSource>, turns: Arc<PaceKeeper>) -> Self {
        Self { inner, turns }
    }
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl ProductSource for Quota {
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
        match self.turns.admit(context, operation).await {
            Ok(()) => self.inner.call(context, query).await,
            Err(error) => query.failed(error.with_origin(self.inner.info().name)),
        }
    }
}
