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
    Answer, Asin, Batch, BoxFuture, Clock, Error, GetItems, Item, MissingReason, ProductSource, Query,
    RequestContext, Result, Retry, SourceCapabilities, SourceInfo, Sourced,
};

use crate::answers::{answer_to_nothing, refusal_of_all};
use crate::flights::{Flight, Flights};
use crate::wait::{cancelled, past_deadline, time_left};

/// Asks for each product once, however many callers want it at the same time, ten products a call.
///
/// - Callers share an answer if all that changes it is the same, and the one under way has at least the resources asked
///   for.
/// - A call goes on as long as one caller waits for it. One who leaves does not disturb the others; when the last one
///   left, it is taken back.
/// - A call keeps the deadline of who began it. Who joined it with more time asks again if it failed for want of time.
/// - When the service refuses the account, calls not yet made are not made: each would be refused.
///
/// A search is passed on as it is.
pub struct Coalesced {
    inner: Arc<dyn ProductSource>,
    clock: Arc<dyn Clock>,
    concurrency: NonZeroUsize,
    flights: Arc<Flights>,
}

type Answered = Result<Sourced<Arc<Item>>, MissingReason>;

/// What became of the keys so far.
#[derive(Default)]
struct Collected {
    answers: HashMap<Asin, Answered>,
    /// What failed in somebody else's call for want of time that this caller has.
    again: Vec<Asin>,
}

impl Coalesced {
    /// How many products one call of the Creators API takes (`getItems`, `itemIds`).
    pub const PRODUCTS_PER_CALL: usize = 10;

    /// How many calls of one request are under way at once, unless said otherwise.
    pub const CONCURRENCY: NonZeroUsize = NonZeroUsize::MIN.saturating_add(3);

    /// Coalesces what goes to `inner`.
    pub fn new(inner: Arc<dyn ProductSource>, clock: Arc<dyn Clock>) -> Self {
        Self { inner, clock, concurrency: Self::CONCURRENCY, flights: Arc::default() }
    }

    /// The same with this many calls of one request under way at once.
    #[must_use]
    pub fn with_concurrency(self, concurrency: NonZeroUsize) -> Self {
        Self { concurrency, ..self }
    }

    async fn get_items(&self, context: &RequestContext, request: GetItems) -> Result<Answer> {
        let mut seen = HashSet::with_capacity(request.asins.len());
        let distinct = request.for_asins(request.asins.iter().copied().filter(|asin| seen.insert(*asin)));
        let mut collected = Collected::default();
        self.fly(context, &distinct, |_| true, &mut collected).await?;
        let again = std::mem::take(&mut collected.again);
        if !again.is_empty() {
            // Now only with calls that have as much time as this caller, so nothing is asked a third time.
            let own = context.deadline;
            self.fly(context, &request.for_asins(again), |other| !is_shorter(other, own), &mut collected)
                .await?;
        }
        let mut answers = collected.answers;
        Ok(Answer::Items(Batch::collect(distinct.asins, |asin| {
            answers.remove(asin).unwrap_or_else(|| Err(MissingReason::Failed(unanswered())))
        })))
    }

    /// Asks for all of these, in calls of its own or of others whose deadline `suits`.
    async fn fly(
        &self,
        context: &RequestContext,
        request: &GetItems,
        suits: impl Fn(Option<Duration>) -> bool,
        collected: &mut Collected,
    ) -> Result<()> {
        let boarded = self.flights.board(&self.inner, context, request, Self::PRODUCTS_PER_CALL, suits);
        let mut waiting: HashSet<Asin> = request.asins.iter().copied().collect();
        let landings = stream::iter(boarded)
            .map(|(flight, asins)| async move { (flight.landing.clone().await, flight, asins) })
            .buffer_unordered(self.concurrency.get());
        let mut landings = std::pin::pin!(landings);
        let over: BoxFuture<'_, ()> = match time_left(&*self.clock, context) {
            Some(left) => self.clock.sleep(left),
            None => Box::pin(pending()),
        };
        let mut stop = select(context.cancellation.cancelled(), over);
        let rest = loop {
            match select(landings.next(), &mut stop).await {
                Either::Left((Some((landing, flight, asins)), _)) => {
                    let refused = collected.take(context, &flight, &asins, landing?)?;
                    waiting.retain(|asin| !asins.contains(asin));
                    if refused.is_some() {
                        break refused;
                    }
                }
                Either::Left((None, _)) => break None,
                Either::Right((Either::Left(_), _)) => return Err(cancelled("get_items")),
                Either::Right((Either::Right(_), _)) => {
                    break Some(past_deadline("get_items").with_origin(self.inner.info().name));
                }
            }
        };
        if let Some(error) = rest {
            let failed = waiting.into_iter().map(|asin| (asin, Err(MissingReason::Failed(error.clone()))));
            collected.answers.extend(failed);
        }
        Ok(())
    }
}

impl Collected {
    /// Takes a landed flight's answers for these products; says with which error the service refused them all, if it did.
    fn take(
        &mut self,
        context: &RequestContext,
        flight: &Flight,
        asins: &[Asin],
        answer: Arc<Answer>,
    ) -> Result<Option<Error>> {
        let Answer::Items(batch) = &*answer else { return Err(unanswered()) };
        let shorter = is_shorter(flight.deadline, context.deadline);
        for asin in asins {
            let answered = match (batch.get(asin), batch.missing_reason(asin)) {
                (Some(item), _) => Ok(item.clone()),
                (None, Some(MissingReason::Failed(error))) if shorter && wanted_time(error) => {
                    self.again.push(*asin);
                    continue;
                }
                (None, Some(reason)) => Err(reason.clone()),
                (None, None) => Err(MissingReason::Failed(unanswered())),
            };
            self.answers.insert(*asin, answered);
        }
        Ok(refusal_of_all(batch).cloned())
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

/// A source below broke its promise to account for every key.
fn unanswered() -> Error {
    Error::new(linkwright_core::ErrorKind::Internal, "get_items", "the source left a key without an answer")
}

impl fmt::Debug for Coalesced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Coalesced")
            .field("inner", &self.inner)
            .field("concurrency", &self.concurrency)
            .field("products_in_flight", &self.flights.products())
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
        if let Some(answer) = answer_to_nothing(&query) {
            return Ok(answer);
        }
        match query {
            Query::GetItems(request) => self.get_items(context, request).await,
            other => self.inner.call(context, other).await,
        }
    }
}
