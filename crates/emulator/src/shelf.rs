//! What is sold where: the made-up items, and those the user gave.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use linkwright_core::{Asin, Marketplace};
use serde::Deserialize;
use serde_json::Value;

use crate::families::Family;
use crate::made_up::{self, ItemKind};
use crate::shop_index::Entry;

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
    /// What searches look at, for the shops that were searched. Nothing on a shelf changes, so it stays true.
    indexes: BTreeMap<Marketplace, Vec<Entry>>,
}

impl Shelf {
    pub(crate) fn new(seed: u64, items: Vec<GivenItem>) -> Self {
        let mut given: HashMap<Asin, Vec<GivenItem>> = HashMap::new();
        for item in items {
            given.entry(item.asin).or_default().insert(0, item);
        }
        Self { seed, given, indexes: BTreeMap::new() }
    }

    /// Looks an id up in a shop. Lower case is found too.
    pub(crate) fn look_up(&self, id: &str, shop: Marketplace) -> Lookup {
        let Ok(asin) = Asin::parse(id) else { return Lookup::Unknown };
        if let Some(given) = self.given_in(asin, shop) {
            return Lookup::Found { asin, item: given.item.clone() };
        }
        if let Some(family) = Family::of_parent(asin) {
            return Lookup::Found { asin, item: made_up::parent(self.seed, &family, shop) };
        }
        match made_up::number_of(asin) {
            Some(number) if ItemKind::of(number) == ItemKind::NotAccessible => Lookup::NotAccessible,
            Some(number) => Lookup::Found { asin, item: made_up::item(self.seed, number, shop) },
            None => Lookup::Unknown,
        }
    }

    /// The user's own item of this ASIN in a shop.
    fn given_in(&self, asin: Asin, shop: Marketplace) -> Option<&GivenItem> {
        let mut given = self.given.get(&asin).into_iter().flatten();
        given.find(|given| given.marketplace.is_none_or(|only| only == shop))
    }

    /// The user's own items of a shop, by ASIN.
    pub(crate) fn all_given(&self, shop: Marketplace) -> impl Iterator<Item = (Asin, &Value)> {
        let asins: BTreeSet<Asin> = self.given.keys().copied().collect();
        let given = asins.into_iter().filter_map(move |asin| self.given_in(asin, shop));
        given.map(|given| (given.asin, &given.item))
    }

    /// The variations of this parent in a shop: the user's own, then the made-up ones.
    pub(crate) fn variations_of(&self, parent: Asin, shop: Marketplace) -> Vec<Asin> {
        let is_child = |item: &Value| item["parentASIN"] == parent.as_str();
        let own = self.all_given(shop).filter(|(_, item)| is_child(item)).map(|(asin, _)| asin);
        let members = Family::of_parent(parent).into_iter().flat_map(|family| family.members);
        let asins = members.filter_map(|number| Asin::parse(&made_up::asin_of(number)).ok());
        own.chain(asins.filter(|asin| self.given_in(*asin, shop).is_none())).collect()
    }

    /// What searches in a shop look at: the user's own items, then the made-up ones. It is made on the first search.
    pub(crate) fn index(&mut self, shop: Marketplace) -> &[Entry] {
        if !self.indexes.contains_key(&shop) {
            let own = self.all_given(shop).map(|(asin, item)| Entry::of(asin, item, shop));
            let made_up = (0..made_up::COUNT).filter_map(|number| {
                let asin = Asin::parse(&made_up::asin_of(number)).ok()?;
                let is_sold =
                    ItemKind::of(number) != ItemKind::NotAccessible && self.given_in(asin, shop).is_none();
                is_sold.then(|| Entry::of(asin, &made_up::item(self.seed, number, shop), shop))
            });
            let entries = own.chain(made_up).collect();
            self.indexes.insert(shop, entries);
        }
        self.indexes.get(&shop).map_or(&[], Vec::as_slice)
    }

    /// The made-up ASINs of a kind in a shop, ascending.
    pub(crate) fn made_up_asins(&self, shop: Marketplace, kind: ItemKind) -> impl Iterator<Item = String> {
        let sold = usize::from(shop.has_associates());
        let numbers = (0..made_up::COUNT).filter(move |number| ItemKind::of(*number) == kind);
        numbers.map(made_up::asin_of).take(sold * made_up::COUNT)
    }
}
