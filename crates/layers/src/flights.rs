//! Which products or categories are being asked for right now, and how to join in.
//!
//! A flight is one call for up to ten keys, as a future that several callers share: whoever waits for it drives it.
//! So it needs no task of its own, it goes on as long as anybody waits, and it is taken back when nobody does.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};
use linkwright_core::{
    Account, BoxFuture, Cancellation, Condition, Marketplace, PartnerTag, ProductSource, ProductSourceExt,
    RequestContext, Result,
};

use crate::keyed::{BatchOf, Keyed};

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
pub(crate) type Landing<O> = Result<Arc<BatchOf<O>>>;

type Flying<O> = BoxFuture<'static, Landing<O>>;

/// A caller's share in a flight.
pub(crate) struct Flight<O: Keyed> {
    number: u64,
    /// Until when the call behind it may take, which its first caller said.
    pub(crate) deadline: Option<Duration>,
    pub(crate) landing: Shared<Flying<O>>,
}

/// All flights of one operation.
pub(crate) struct Flights<O: Keyed> {
    table: Mutex<Table<O>>,
}

struct Table<O: Keyed> {
    numbers_given: u64,
    by_shape: HashMap<Arc<Shape>, Entries<O>>,
}

/// The flights each key is on.
type Entries<O> = HashMap<<O as Keyed>::Key, Vec<Entry<O>>>;

struct Entry<O: Keyed> {
    number: u64,
    /// What is asked for of each key, without the keys.
    parts: O,
    deadline: Option<Duration>,
    // Weak: what only the table knows of, nobody waits for.
    landing: WeakShared<Flying<O>>,
}

impl<O: Keyed> Default for Flights<O> {
    fn default() -> Self {
        Self { table: Mutex::new(Table { numbers_given: 0, by_shape: HashMap::new() }) }
    }
}

impl<O: Keyed> Flights<O> {
    /// How many keys are being asked for.
    pub(crate) fn keys(&self) -> usize {
        self.table().by_shape.values().map(HashMap::len).sum()
    }

    fn table(&self) -> MutexGuard<'_, Table<O>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A flight with this key that `suits`, with at least the parts of this request.
    fn find(
        table: &Table<O>,
        shape: &Shape,
        key: O::Key,
        request: &O,
        suits: impl Fn(Option<Duration>) -> bool,
    ) -> Option<Flight<O>> {
        let entries = table.by_shape.get(shape)?.get(&key)?;
        let mut usable = entries.iter().filter(|entry| entry.parts.covers(request) && suits(entry.deadline));
        usable.find_map(|entry| {
            let landing = entry.landing.upgrade()?;
            Some(Flight { number: entry.number, deadline: entry.deadline, landing })
        })
    }

    /// A flight for each key: one that is under way already, if its deadline `suits`, or a new one for up to `size` keys. In
    /// the order of the keys.
    pub(crate) fn board(
        self: &Arc<Self>,
        source: &Arc<dyn ProductSource>,
        context: &RequestContext,
        request: &O,
        size: usize,
        suits: impl Fn(Option<Duration>) -> bool,
    ) -> Vec<(Flight<O>, Vec<O::Key>)> {
        let shape = Arc::new(Shape::of(context));
        let mut boarded: Vec<(Flight<O>, Vec<O::Key>)> = Vec::new();
        let mut places: HashMap<u64, usize> = HashMap::new();
        let mut fresh: Vec<O::Key> = Vec::new();
        // One look at the table, so that two callers with the same keys never both find nothing.
        let mut table = self.table();
        for key in request.keys() {
            match Self::find(&table, &shape, *key, request, &suits) {
                Some(flight) => {
                    let place = *places.entry(flight.number).or_insert(boarded.len());
                    match boarded.get_mut(place) {
                        Some((_, keys)) => keys.push(*key),
                        None => boarded.push((flight, vec![*key])),
                    }
                }
                None => fresh.push(*key),
            }
        }
        for chunk in fresh.chunks(size.max(1)) {
            table.numbers_given += 1;
            let number = table.numbers_given;
            let flight = self.depart(number, source, context, &shape, request.for_keys(chunk.to_vec()));
            let known = table.by_shape.entry(Arc::clone(&shape)).or_default();
            for key in chunk {
                let landing = flight.landing.downgrade();
                known.entry(*key).or_default().extend(landing.map(|landing| Entry {
                    number,
                    parts: request.for_keys(Vec::new()),
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
        request: O,
    ) -> Flight<O> {
        let mut context = context.clone();
        context.cancellation = Cancellation::default();
        let deadline = context.deadline;
        let guard = InFlight {
            number,
            flights: Arc::clone(self),
            shape: Arc::clone(shape),
            keys: request.keys().to_vec(),
            cancellation: context.cancellation.clone(),
        };
        let source = Arc::clone(source);
        let flying: Flying<O> = Box::pin(async move {
            let _in_flight = guard;
            source.run(&context, request).await.map(Arc::new)
        });
        Flight { number, deadline, landing: flying.shared() }
    }
}

/// Takes a flight out of the table when it has landed, and when the last who waited for it has left.
struct InFlight<O: Keyed> {
    number: u64,
    flights: Arc<Flights<O>>,
    shape: Arc<Shape>,
    keys: Vec<O::Key>,
    cancellation: Cancellation,
}

impl<O: Keyed> Drop for InFlight<O> {
    fn drop(&mut self) {
        // For work that goes on elsewhere, as in a thread. After a landing nobody looks at it any more.
        self.cancellation.cancel();
        let mut table = self.flights.table();
        let Some(known) = table.by_shape.get_mut(&self.shape) else { return };
        for key in &self.keys {
            if let Some(entries) = known.get_mut(key) {
                entries.retain(|entry| entry.number != self.number);
                if entries.is_empty() {
                    known.remove(key);
                }
            }
        }
        if known.is_empty() {
            table.by_shape.remove(&self.shape);
        }
    }
}
