//! What searches look at: of every item of a shop the few things that a search asks about, so that 2,000 whole items need
//! not be kept.

use linkwright_core::{Asin, Marketplace};
use serde_json::Value;

use crate::departments::Department;
use crate::locale;
use crate::words::Words;

/// What a search can ask of one item.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) asin: Asin,
    pub(crate) title: Words,
    /// As it is written, for refinements.
    pub(crate) brand: Option<String>,
    /// Role type, and name as it is written.
    pub(crate) contributors: Vec<(String, String)>,
    /// Brand, people, features, nodes, numbers: all that is neither title nor offer.
    pub(crate) other: Words,
    pub(crate) department: Option<&'static Department>,
    /// The item's nodes with those above them: id and name, each once, from the lowest upwards.
    pub(crate) nodes: Vec<(String, String)>,
    /// What it is sold for, in the shop's smallest unit.
    pub(crate) price: Option<f64>,
    pub(crate) saving_percent: Option<u64>,
    /// Somebody offers it, and it is neither out of stock nor unavailable.
    pub(crate) available: bool,
    pub(crate) has_new: bool,
    pub(crate) rating: f64,
    pub(crate) reviews: u64,
    /// Of the whole shop; lower sells better.
    pub(crate) sales_rank: u64,
    /// As it is written: `2020` comes before `2020-01-01`.
    pub(crate) released: String,
}

impl Entry {
    /// Reads a whole item in the shape that the API answers with.
    pub(crate) fn of(asin: Asin, item: &Value, shop: Marketplace) -> Self {
        let text = |path: &str| item.pointer(path).and_then(Value::as_str).map(str::to_owned);
        let title = text("/itemInfo/title/displayValue").unwrap_or_default();
        let brand = text("/itemInfo/byLineInfo/brand/displayValue");
        let contributors = contributors(item);
        let nodes = nodes(item);
        let ids: Vec<String> = nodes.iter().map(|(id, _)| id.clone()).collect();
        let mut other = Words::default();
        other.add(asin.as_str());
        brand.iter().for_each(|brand| other.add(brand));
        contributors.iter().for_each(|(_, name)| other.add(name));
        nodes.iter().for_each(|(_, name)| other.add(name));
        for list in
            ["eans", "isbns", "upcs"].map(|name| format!("/itemInfo/externalIds/{name}/displayValues"))
        {
            texts(item.pointer(&list)).for_each(|text| other.add(text));
        }
        texts(item.pointer("/itemInfo/features/displayValues")).for_each(|text| other.add(text));
        let offers = item.pointer("/offersV2/listings").and_then(Value::as_array);
        let offers = || offers.into_iter().flatten();
        let money = offers().find_map(|offer| offer.pointer("/price/money/amount")?.as_f64());
        Self {
            asin,
            title: Words::of(&title),
            brand,
            contributors,
            other,
            department: Department::of(item, &ids),
            nodes,
            price: money.map(|amount| locale::in_smallest_unit(amount, shop)),
            saving_percent: offers().find_map(|offer| offer.pointer("/price/savings/percentage")?.as_u64()),
            available: offers().any(is_available),
            has_new: offers()
                .any(|offer| offer.pointer("/condition/value").is_none_or(|value| value == "New")),
            rating: item.pointer("/customerReviews/starRating/value").and_then(Value::as_f64).unwrap_or(0.0),
            reviews: item.pointer("/customerReviews/count").and_then(Value::as_u64).unwrap_or(0),
            sales_rank: item
                .pointer("/browseNodeInfo/websiteSalesRank/salesRank")
                .and_then(Value::as_u64)
                .unwrap_or(u64::MAX),
            released: text("/itemInfo/productInfo/releaseDate/displayValue").unwrap_or_default(),
        }
    }

    /// The names of those who had a part in it in this role.
    pub(crate) fn contributors_as<'a>(&'a self, role: &'a str) -> impl Iterator<Item = &'a str> {
        let in_role = self.contributors.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(role));
        in_role.map(|(_, name)| name.as_str())
    }

    /// What the shop calls the department in `searchIndex`.
    pub(crate) fn search_index(&self, shop: Marketplace) -> Option<&'static str> {
        self.department?.index(shop)
    }
}

fn is_available(offer: &Value) -> bool {
    let kind = offer.pointer("/availability/type").and_then(Value::as_str);
    !matches!(kind, Some("OUT_OF_STOCK" | "UNAVAILABLE"))
}

fn texts(list: Option<&Value>) -> impl Iterator<Item = &str> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn contributors(item: &Value) -> Vec<(String, String)> {
    let people = item.pointer("/itemInfo/byLineInfo/contributors").and_then(Value::as_array);
    let person = |person: &Value| {
        let role = person.get("roleType").or_else(|| person.get("role"))?.as_str()?;
        Some((role.to_owned(), person.get("name")?.as_str()?.to_owned()))
    };
    people.into_iter().flatten().filter_map(person).collect()
}

fn nodes(item: &Value) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for node in nodes_of(item) {
        let text = |name: &str| node.get(name).and_then(Value::as_str).unwrap_or_default();
        let id = text("id");
        if !id.is_empty() && !found.iter().any(|(known, _)| known == id) {
            found.push((id.to_owned(), text("displayName").to_owned()));
        }
    }
    found
}

/// The nodes of an item, each followed by those above it.
pub(crate) fn nodes_of(item: &Value) -> impl Iterator<Item = &Value> {
    let lowest = item.pointer("/browseNodeInfo/browseNodes").and_then(Value::as_array);
    lowest
        .into_iter()
        .flatten()
        .flat_map(|node| std::iter::successors(Some(node), |node| node.get("ancestor")))
}
