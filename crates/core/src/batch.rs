//! An answer for many keys at once, in which none gets lost.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use crate::{Asin, Error, Sourced};

/// Why a key has no value.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum MissingReason {
    /// There is nothing of that key.
    NotFound,
    /// There is, but it may not be shown.
    NotAccessible {
        /// The service's own code for it, as `ItemNotAccessible`, if it gave one.
        code: Option<String>,
    },
    /// The part of the request that held this key failed. Other keys are not touched by that.
    Failed(Error),
}

/// The answer for a list of keys: every distinct key asked for is either found or missing, never both, in the order it
/// was first asked for.
///
/// The ways to make one ([`Batch::collect`], [`Batch::fill_missing`]) keep that promise.
#[derive(Debug, Clone)]
pub struct Batch<T, K = Asin> {
    found: Vec<(K, Sourced<Arc<T>>)>,
    missing: Vec<(K, MissingReason)>,
    /// The request's order, which `found` and `missing` each know only in part.
    order: Vec<Place>,
    places: HashMap<K, Place>,
}

/// Where the answer for a key is.
#[derive(Debug, Clone, Copy)]
enum Place {
    Found(usize),
    Missing(usize),
}

impl<T, K: Clone + Eq + Hash> Batch<T, K> {
    /// Asks `answer` once for every distinct key, in order of first appearance.
    ///
    /// ```
    /// use linkwright_core::{Asin, Batch, MissingReason};
    ///
    /// let asin = Asin::parse("B08N5WRWNW")?;
    /// let batch = Batch::<(), _>::collect([asin, asin], |_| Err(MissingReason::NotFound));
    /// assert_eq!(batch.missing().len(), 1);
    /// # Ok::<(), linkwright_core::AsinError>(())
    /// ```
    pub fn collect(
        keys: impl IntoIterator<Item = K>,
        mut answer: impl FnMut(&K) -> Result<Sourced<Arc<T>>, MissingReason>,
    ) -> Self {
        let keys = keys.into_iter();
        let mut batch = Self::with_capacity(keys.size_hint().0);
        for key in keys {
            if !batch.places.contains_key(&key) {
                let answer = answer(&key);
                batch.push(key, answer);
            }
        }
        batch
    }

    /// Asks `fallback` once for every missing key, in request order, with the reason it is missing. What was found stays
    /// as it is, and the order stays that of the request.
    #[must_use]
    pub fn fill_missing(
        self,
        mut fallback: impl FnMut(&K, MissingReason) -> Result<Sourced<Arc<T>>, MissingReason>,
    ) -> Self {
        let mut batch = Self::with_capacity(self.len());
        let (mut found, mut missing) = (self.found.into_iter(), self.missing.into_iter());
        for place in self.order {
            // Both lists are in request order, so each place stands for the next of its list.
            let answered = match place {
                Place::Found(_) => found.next().map(|(key, value)| (key, Ok(value))),
                Place::Missing(_) => missing.next().map(|(key, reason)| {
                    let answer = fallback(&key, reason);
                    (key, answer)
                }),
            };
            if let Some((key, answer)) = answered {
                batch.push(key, answer);
            }
        }
        batch
    }

    /// The value of one key, if it was found. Takes the key or a reference to it.
    pub fn get(&self, key: impl Borrow<K>) -> Option<&Sourced<Arc<T>>> {
        match self.places.get(key.borrow())? {
            Place::Found(index) => self.found.get(*index).map(|(_, value)| value),
            Place::Missing(_) => None,
        }
    }

    /// Why one key has no value; `None` if it was found, and if it was not asked for. Takes the key or a reference to it.
    pub fn missing_reason(&self, key: impl Borrow<K>) -> Option<&MissingReason> {
        match self.places.get(key.borrow())? {
            Place::Found(_) => None,
            Place::Missing(index) => self.missing.get(*index).map(|(_, reason)| reason),
        }
    }

    /// The answer to no keys.
    pub fn empty() -> Self {
        Self::with_capacity(0)
    }

    /// Says of every key that it failed like this.
    pub fn all_failed(keys: impl IntoIterator<Item = K>, error: &Error) -> Self {
        Self::collect(keys, |_| Err(MissingReason::Failed(error.clone())))
    }

    fn with_capacity(keys: usize) -> Self {
        Self {
            found: Vec::with_capacity(keys),
            missing: Vec::new(),
            order: Vec::with_capacity(keys),
            places: HashMap::with_capacity(keys),
        }
    }

    /// Adds a key that is not there yet.
    fn push(&mut self, key: K, answer: Result<Sourced<Arc<T>>, MissingReason>) {
        let place = match &answer {
            Ok(_) => Place::Found(self.found.len()),
            Err(_) => Place::Missing(self.missing.len()),
        };
        self.order.push(place);
        self.places.insert(key.clone(), place);
        match answer {
            Ok(value) => self.found.push((key, value)),
            Err(reason) => self.missing.push((key, reason)),
        }
    }
}

impl<T, K> Batch<T, K> {
    /// The keys with a value, in request order.
    pub fn found(&self) -> &[(K, Sourced<Arc<T>>)] {
        &self.found
    }

    /// The keys without one, in request order.
    pub fn missing(&self) -> &[(K, MissingReason)] {
        &self.missing
    }

    /// All keys with what became of them, in request order.
    pub fn iter(&self) -> impl Iterator<Item = (&K, Result<&Sourced<Arc<T>>, &MissingReason>)> {
        self.order.iter().map(|place| match *place {
            Place::Found(index) => {
                let (key, value) = &self.found[index];
                (key, Ok(value))
            }
            Place::Missing(index) => {
                let (key, reason) = &self.missing[index];
                (key, Err(reason))
            }
        })
    }

    /// What was found and what is missing, each in request order, to be moved on without a copy.
    #[allow(clippy::type_complexity, reason = "the two lists are what `found` and `missing` lend")]
    pub fn into_parts(self) -> (Vec<(K, Sourced<Arc<T>>)>, Vec<(K, MissingReason)>) {
        (self.found, self.missing)
    }

    /// How many distinct keys were asked for.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether nothing was asked for.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }
}
