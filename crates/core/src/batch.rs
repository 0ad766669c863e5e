//! An answer for many keys at once, in which none gets lost.

use std::collections::HashSet;
use std::hash::Hash;
use std::sync::Arc;

use crate::{Asin, Error, Sourced};

/// Why a key has no value.
#[derive(Debug, Clone)]
pub enum MissingReason {
    /// There is nothing of that key.
    NotFound,
    /// There is, but it may not be shown.
    NotAccessible,
    /// The part of the request that held this key failed. Other keys are not touched by that.
    Failed(Error),
}

/// The answer for a list of keys: every distinct key asked for is either found or missing, never both, in the order it
/// was first asked for.
///
/// The only way to make one is [`Batch::collect`], which keeps that promise.
#[derive(Debug, Clone)]
pub struct Batch<T, K = Asin> {
    found: Vec<(K, Sourced<Arc<T>>)>,
    missing: Vec<(K, MissingReason)>,
}

impl<T, K: Copy + Eq + Hash> Batch<T, K> {
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
        mut answer: impl FnMut(K) -> Result<Sourced<Arc<T>>, MissingReason>,
    ) -> Self {
        let mut seen = HashSet::new();
        let mut batch = Self { found: Vec::new(), missing: Vec::new() };
        for key in keys {
            if !seen.insert(key) {
                continue;
            }
            match answer(key) {
                Ok(value) => batch.found.push((key, value)),
                Err(reason) => batch.missing.push((key, reason)),
            }
        }
        batch
    }

    /// The value of one key.
    pub fn get(&self, key: K) -> Option<&Sourced<Arc<T>>> {
        self.found.iter().find(|(found, _)| *found == key).map(|(_, value)| value)
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

    /// How many distinct keys were asked for.
    pub fn len(&self) -> usize {
        self.found.len() + self.missing.len()
    }

    /// Whether nothing was asked for.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty() && self.missing.is_empty()
    }
}
