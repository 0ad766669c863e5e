//! What is sold where: the made-up items, and those the user gave.

use std::collections::HashMap;

use linkwright_core::{Asin, Marketplace};
use serde::Deserialize;
use serde_json::Value;

use crate::made_up::{self, ItemKind};

/// An item of the user's own.
#[derive(Debug, Clone)]
pub(crate) struct GivenItem {
    pub(crate) asin: Asin,
    /// The only shop that sells it; `None` if all do.
    pub(crate) marketplace: Option<Marketplace>,
    pub(crate) item: Value,
}

/// Whether the API tells of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ItemState {
    /// As it was made.
    Normal,
    /// No such item, as if it had been withdrawn.
    Gone,
    /// Sold, but not told of by the API.
    NotAccessible,
}

/// What became of one id.
#[derive(Debug)]
pub(crate) enum Lookup {
    Found { asin: Asin, item: Value },
    NotAccessible,
    Unknown,
}

/// What is sold where.
#[derive(Debug)]
pub(crate) struct Shelf {
    seed: u64,
    /// By ASIN; a later one of the same ASIN and shop replaces an earlier one.
    given: HashMap<Asin, Vec<GivenItem>>,
}

impl Shelf {
    pub(crate) fn new(seed: u64, items: Vec<GivenItem>) -> Self {
        let mut given: HashMap<Asin, Vec<GivenItem>> = HashMap::new();
        for item in items {
            given.entry(item.asin).or_default().insert(0, item);
        }
        Self { seed, given }
    }

    /// Looks an id up in a shop. Lower case is found too.
    pub(crate) fn look_up(&self, id: &str, shop: Marketplace) -> Lookup {
        let Ok(asin) = Asin::parse(id) else { return Lookup::Unknown };
        let given = self.given.get(&asin).into_iter().flatten();
        let mut in_shop = given.filter(|given| given.marketplace.is_none_or(|only| only == shop));
        if let Some(given) = in_shop.next() {
            return Lookup::Found { asin, item: given.item.clone() };
        }
        match made_up::number_of(asin) {
            Some(number) if ItemKind::of(number) == ItemKind::NotAccessible => Lookup::NotAccessible,
            Some(number) => Lookup::Found { asin, item: made_up::item(self.seed, number, shop) },
            None => Lookup::Unknown,
        }
    }

    /// The made-up ASINs of a kind in a shop, ascending.
    pub(crate) fn made_up_asins(&self, shop: Marketplace, kind: ItemKind) -> impl Iterator<Item = String> {
        let sold = usize::from(shop.has_associates());
        let numbers = (0..made_up::COUNT).filter(move |number| ItemKind::of(*number) == kind);
        numbers.map(made_up::asin_of).take(sold * made_up::COUNT)
    }
}
