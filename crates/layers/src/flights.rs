//! Which products are being asked for right now, and how to join in.
//!
//! A flight is one call for up to ten products, as a future that several callers share: whoever waits for it drives it.
//! So it needs no task of its own, it goes on as long as anybody waits, and it is taken back when nobody does.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};
use linkwright_core::{
    Account, Answer, Asin, BoxFuture, Cancellation, Condition, GetItems, Marketplace, PartnerTag,
    ProductSource, RequestContext, Resources, Result,
};

/// Everything of a context that changes an answer. Requests that differ in it share nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Shape {
    account: Account,
    marketplace: Marketplace,
    tag: Option<PartnerTag>,
    language: Option<String>,
    currency: Option<String>,
    condition: Condition,
}

impl Shape {
    pub(crate) fn of(context: &RequestContext) -> Self {
        Self {
            account: context.account.clone(),
            marketplace: context.marketplace,
            tag: context.tag().cloned(),
            language: context.language.clone(),
            currency: context.currency.clone(),
            condition: context.condition,
        }
    }
}

/// The answer of a flight, for all who joined it.
pub(crate) type Landing = Result<Arc<Answer>>;

type Flying = BoxFuture<'static, Landing>;

/// A caller's share in a flight.
#[derive(Clone)]
pub(crate) struct Flight {
    number: u64,
    /// Until when the call behind it may take, which its first caller said.
    pub(crate) deadline: Option<Duration>,
    pub(crate) landing: Shared<Flying>,
}

/// All flights of one layer.
#[derive(Default)]
pub(crate) struct Flights {
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    numbers_given: u64,
    by_shape: HashMap<Arc<Shape>, HashMap<Asin, Vec<Entry>>>,
}

struct Entry {
    number: u64,
    resources: Resources,
    deadline: Option<Duration>,
    // Weak: what only the table knows of, nobody waits for.
    landing: WeakShared<Flying>,
}

impl Flights {
    /// How many products are being asked for.
    pub(crate) fn products(&self) -> usize {
        self.table().by_shape.values().map(HashMap::len).sum()
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A flight with this product that `suits`, with at least these resources.
    fn find(
        table: &Table,
        shape: &Shape,
        asin: Asin,
        resources: Resources,
        suits: impl Fn(Option<Duration>) -> bool,
    ) -> Option<Flight> {
        let entries = table.by_shape.get(shape)?.get(&asin)?;
        let mut usable =
            entries.iter().filter(|entry| entry.resources.covers(resources) && suits(entry.deadline));
        usable.find_map(|entry| {
            let landing = entry.landing.upgrade()?;
            Some(Flight { number: entry.number, deadline: entry.deadline, landing })
        })
    }

    /// A flight for each product: one that is under way already, if its deadline `suits`, or a new one for up to `size`
    /// products. In the order of the products.
    pub(crate) fn board(
        self: &Arc<Self>,
        source: &Arc<dyn ProductSource>,
        context: &RequestContext,
        request: &GetItems,
        size: usize,
        suits: impl Fn(Option<Duration>) -> bool,
    ) -> Vec<(Flight, Vec<Asin>)> {
        let shape = Arc::new(Shape::of(context));
        let mut boarded: Vec<(Flight, Vec<Asin>)> = Vec::new();
        let mut places: HashMap<u64, usize> = HashMap::new();
        let mut fresh: Vec<Asin> = Vec::new();
        // One look at the table, so that two callers with the same products never both find nothing.
        let mut table = self.table();
        for asin in &request.asins {
            match Self::find(&table, &shape, *asin, request.resources, &suits) {
                Some(flight) => {
                    let place = *places.entry(flight.number).or_insert(boarded.len());
                    match boarded.get_mut(place) {
                        Some((_, asins)) => asins.push(*asin),
                        None => boarded.push((flight, vec![*asin])),
                    }
                }
                None => fresh.push(*asin),
            }
        }
        for chunk in fresh.chunks(size.max(1)) {
            table.numbers_given += 1;
            let number = table.numbers_given;
            let flight = self.depart(number, source, context, &shape, request.for_asins(chunk.to_vec()));
            let known = table.by_shape.entry(Arc::clone(&shape)).or_default();
            for asin in chunk {
                let landing = flight.landing.downgrade();
                known.entry(*asin).or_default().extend(landing.map(|landing| Entry {
                    number,
                    resources: request.resources,
                    deadline: flight.deadline,
                    landing,
                }));
            }
            boarded.push((flight, chunk.to_vec()));
        }
        boarded
    }

    /// One call, in the name of its first caller, but not to be taken back by them.
    fn depart(
        self: &Arc<Self>,
        number: u64,
        source: &Arc<dyn ProductSource>,
        context: &RequestContext,
        shape: &Arc<Shape>,
        request: GetItems,
    ) -> Flight {
        let mut context = context.clone();
        context.cancellation = Cancellation::default();
        let deadline = context.deadline;
        let guard = InFlight {
            number,
            flights: Arc::clone(self),
            shape: Arc::clone(shape),
            asins: request.asins.clone(),
            cancellation: context.cancellation.clone(),
        };
        let source = Arc::clone(source);
        let flying: Flying = Box::pin(async move {
            let _in_flight = guard;
            source.call(&context, request.into()).await.map(Arc::new)
        });
        Flight { number, deadline, landing: flying.shared() }
    }
}

/// Takes a flight out of the table when it has landed, and when the last who waited for it has left.
struct InFlight {
    number: u64,
    flights: Arc<Flights>,
    shape: Arc<Shape>,
    asins: Vec<Asin>,
    cancellation: Cancellation,
}

impl Drop for InFlight {
    fn drop(&mut self) {
        // For work that goes on elsewhere, as in a thread. After a landing nobody looks at it any more.
        self.cancellation.cancel();
        let mut table = self.flights.table();
        let Some(known) = table.by_shape.get_mut(&self.shape) else { return };
        for asin in &self.asins {
            if let Some(entries) = known.get_mut(asin) {
                entries.retain(|entry| entry.number != self.number);
                if entries.is_empty() {
                    known.remove(asin);
                }
            }
        }
        if known.is_empty() {
            table.by_shape.remove(&self.shape);
        }
    }
}
