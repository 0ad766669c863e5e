//! One call for what several ask at once, and calls of ten for what one asks.
//!
//! The first form: keys of different callers do not share a call unless they are the same. It keeps no answer once it
//! was given; that is a cache's affair.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::future::pending;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::future::{Either, select};
use futures_util::{StreamExt, stream};
use linkwright_core::{
    Answer, Batch, BoxFuture, Clock, Error, GetBrowseNodes, GetItems, MissingReason, ProductSource, Query,
    RequestContext, Result, Retry, SourceCapabilities, SourceInfo,
};

use crate::answers::refusal_of_all;
use crate::flights::{Flight, Flights};
use crate::keyed::{BatchOf, Keyed, Outcomes, unanswered};
use crate::wait::{cancelled, past_deadline, time_left};

/// Asks for each product and each category once, however many callers want it at the same time, ten a call.
///
/// - Callers share an answer if all that changes it is the same, and the one under way has at least the resources asked
///   for.
/// - A call goes on as long as one caller waits for it. One who leaves does not disturb the others; when the last one
///   left, it is taken back.
/// - A call keeps the deadline of who began it. Who joined it with more time asks again if it failed for want of time.
/// - When the service refuses the account, calls not yet made are not made: each would be refused.
///
/// Pages, of a search and of variations, are passed on as they are: each is one call.
pub struct Coalesced {
    inner: Arc<dyn ProductSource>,
    clock: Arc<dyn Clock>,
    concurrency: NonZeroUsize,
    items: Arc<Flights<GetItems>>,
    browse_nodes: Arc<Flights<GetBrowseNodes>>,
}

/// What became of the keys so far.
struct Collected<O: Keyed> {
    answers: Outcomes<O>,
    /// What failed in somebody else's call for want of time that this caller has.
    again: Vec<O::Key>,
}

impl Coalesced {
    /// How many keys one call of the Creators API takes: products (`getItems`, `itemIds`) as categories (`getBrowseNodes`,
    /// `browseNodeIds`).
    pub const KEYS_PER_CALL: usize = 10;

    /// How many calls of one request are under way at once, unless said otherwise.
    pub const CONCURRENCY: NonZeroUsize = NonZeroUsize::MIN.saturating_add(3);

    /// Coalesces what goes to `inner`.
    pub fn new(inner: Arc<dyn ProductSource>, clock: Arc<dyn Clock>) -> Self {
        Self {
            inner,
            clock,
            concurrency: Self::CONCURRENCY,
            items: Arc::default(),
            browse_nodes: Arc::default(),
        }
    }

    /// The same with this many calls of one request under way at once.
    #[must_use]
    pub fn with_concurrency(self, concurrency: NonZeroUsize) -> Self {
        Self { concurrency, ..self }
    }

    async fn keyed<O: Keyed>(
        &self,
        flights: &Arc<Flights<O>>,
        context: &RequestContext,
        request: O,
    ) -> Result<Answer> {
        let mut seen = HashSet::with_capacity(request.keys().len());
        let distinct: Vec<O::Key> = request.keys().iter().copied().filter(|key| seen.insert(*key)).collect();
        let mut collected = Collected { answers: HashMap::with_capacity(distinct.len()), again: Vec::new() };
        self.fly(flights, context, &request.for_keys(distinct.clone()), |_| true, &mut collected).await?;
        let again = std::mem::take(&mut collected.again);
        if !again.is_empty() {
            // Now only with calls that have as much time as this caller, so nothing is asked a third time.
            let own = context.deadline;
            let suits = |other| !is_shorter(other, own);
            self.fly(flights, context, &request.for_keys(again), suits, &mut collected).await?;
        }
        let mut answers = collected.answers;
        Ok(O::answer(Batch::collect(distinct, |key| {
            answers.remove(key).unwrap_or_else(|| Err(MissingReason::Failed(unanswered::<O>())))
        })))
    }

    /// Asks for all of these, in calls of its own or of others whose deadline `suits`.
    async fn fly<O: Keyed>(
        &self,
        flights: &Arc<Flights<O>>,
        context: &RequestContext,
        request: &O,
        suits: impl Fn(Option<Duration>) -> bool,
        collected: &mut Collected<O>,
    ) -> Result<()> {
        let boarded = flights.board(&self.inner, context, request, Self::KEYS_PER_CALL, suits);
        let mut waiting: HashSet<O::Key> = request.keys().iter().copied().collect();
        let landings = stream::iter(boarded)
            .map(|(flight, keys)| async move { (flight.landing.clone().await, flight, keys) })
            .buffer_unordered(self.concurrency.get());
        let mut landings = std::pin::pin!(landings);
        let over: BoxFuture<'_, ()> = match time_left(&*self.clock, context) {
            Some(left) => self.clock.sleep(left),
            None => Box::pin(pending()),
        };
        let mut stop = select(context.cancellation.cancelled(), over);
        let rest = loop {
            match select(landings.next(), &mut stop).await {
                Either::Left((Some((landing, flight, keys)), _)) => {
                    let refused = collected.take(context, &flight, &keys, &*landing?);
                    waiting.retain(|key| !keys.contains(key));
                    if refused.is_some() {
                        break refused;
                    }
                }
                Either::Left((None, _)) => break None,
                Either::Right((Either::Left(_), _)) => return Err(cancelled(O::NAME)),
                Either::Right((Either::Right(_), _)) => {
                    break Some(past_deadline(O::NAME).with_origin(self.inner.info().name));
                }
            }
        };
        if let Some(error) = rest {
            let failed = waiting.into_iter().map(|key| (key, Err(MissingReason::Failed(error.clone()))));
            collected.answers.extend(failed);
        }
        Ok(())
    }
}

impl<O: Keyed> Collected<O> {
    /// Takes a landed flight's answers for these keys; says with which error the service refused them all, if it did.
    fn take(
        &mut self,
        context: &RequestContext,
        flight: &Flight<O>,
        keys: &[O::Key],
        batch: &BatchOf<O>,
    ) -> Option<Error> {
        let shorter = is_shorter(flight.deadline, context.deadline);
        for key in keys {
            let answered = match (batch.get(key), batch.missing_reason(key)) {
                (Some(value), _) => Ok(value.clone()),
                (None, Some(MissingReason::Failed(error))) if shorter && wanted_time(error) => {
                    self.again.push(*key);
                    continue;
                }
                (None, Some(reason)) => Err(reason.clone()),
                (None, None) => Err(MissingReason::Failed(unanswered::<O>())),
            };
            self.answers.insert(*key, answered);
        }
        refusal_of_all(batch).cloned()
    }
}

/// Whether the first deadline is earlier than the second.
fn is_shorter(first: Option<Duration>, second: Option<Duration>) -> bool {
    match (first, second) {
        (Some(first), Some(second)) => first < second,
        (first, second) => first.is_some() && second.is_none(),
    }
}

/// Whether a call failed that would have been made again, had there been time: retries that were used up say so.
fn wanted_time(error: &Error) -> bool {
    matches!(error.retry(), Retry::Now | Retry::After(_))
}

impl fmt::Debug for Coalesced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Coalesced")
            .field("inner", &self.inner)
            .field("concurrency", &self.concurrency)
            .field("products_in_flight", &self.items.keys())
            .field("browse_nodes_in_flight", &self.browse_nodes.keys())
            .finish_non_exhaustive()
    }
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl ProductSource for Coalesced {
    fn info(&self) -> SourceInfo {
        self.inner.info()
    }

    fn capabilities(&self) -> SourceCapabilities {
        self.inner.capabilities()
    }

    async fn call(&self, context: &RequestContext, query: Query) -> Result<Answer> {
        context.cancellation.check(query.name())?;
        if let Some(answer) = query.answer_to_nothing() {
            return Ok(answer);
        }
        match query {
            Query::GetItems(request) => self.keyed(&self.items, context, request).await,
            Query::GetBrowseNodes(request) => self.keyed(&self.browse_nodes, context, request).await,
            page => self.inner.call(context, page).await,
        }
    }
}
