//! The fields of a searchItems request.

use serde_json::{Map, Value};

use crate::fields::{Fields, Wrong};
use crate::operation::Operation;
use crate::validation::{Common, common, shop_and_tag};

/// A searchItems request that may be looked up.
#[derive(Debug)]
pub(crate) struct SearchItems {
    pub(crate) common: Common,
    pub(crate) terms: Vec<(Term, String)>,
    /// `None` for all.
    pub(crate) search_index: Option<String>,
    pub(crate) browse_node_id: Option<String>,
    pub(crate) out_of_stock_too: bool,
    /// In the shop's smallest unit: cents, pence, yen.
    pub(crate) min_price: Option<f64>,
    pub(crate) max_price: Option<f64>,
    pub(crate) min_reviews_rating: Option<u64>,
    pub(crate) min_saving_percent: Option<u64>,
    pub(crate) sort_by: SortBy,
    pub(crate) count: u64,
    pub(crate) page: u64,
}

/// Where words are looked for. All that are given must be met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Term {
    Keywords,
    Title,
    Brand,
    Author,
    Artist,
    Actor,
}

/// The order of the items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SortBy {
    AvgCustomerReviews,
    Featured,
    NewestArrivals,
    PriceHighToLow,
    PriceLowToHigh,
    Relevance,
}

const TERMS: [(&str, Term); 6] = [
    ("keywords", Term::Keywords),
    ("title", Term::Title),
    ("brand", Term::Brand),
    ("author", Term::Author),
    ("artist", Term::Artist),
    ("actor", Term::Actor),
];

const ORDERS: [(&str, SortBy); 6] = [
    ("AvgCustomerReviews", SortBy::AvgCustomerReviews),
    ("Featured", SortBy::Featured),
    ("NewestArrivals", SortBy::NewestArrivals),
    ("Price:HighToLow", SortBy::PriceHighToLow),
    ("Price:LowToHigh", SortBy::PriceLowToHigh),
    ("Relevance", SortBy::Relevance),
];

const DELIVERY_FLAGS: [&str; 4] = ["AmazonGlobal", "FreeShipping", "FulfilledByAmazon", "Prime"];

/// Reads the request. `most` is the highest `itemCount`: the documentation says 10, the SDK's model 100.
pub(crate) fn search_items(
    shop: Option<&str>,
    body: &Map<String, Value>,
    most: u64,
) -> Result<SearchItems, Wrong> {
    let mut fields = Fields::new(body);
    let (shop, tag) = shop_and_tag(&mut fields, shop);
    let terms = terms(&mut fields);
    let search_index = fields.text("searchIndex", 1000).filter(|index| index != "All");
    let browse_node_id = fields.text("browseNodeId", 19);
    if browse_node_id.as_deref().is_some_and(|id| !is_positive(id)) {
        fields.complain("browseNodeId", "must be a positive number");
    }
    let out_of_stock_too =
        fields.choice("availability", &[("Available", false), ("IncludeOutOfStock", true)]).unwrap_or(false);
    // Checked, and without effect: nothing in an answer says how an offer is delivered.
    let flags = fields.texts("deliveryFlags", 0..=100, 1000).unwrap_or_default();
    if flags.iter().any(|flag| !DELIVERY_FLAGS.contains(&flag.as_str())) {
        fields.complain("deliveryFlags", format!("must be of: {}", DELIVERY_FLAGS.join(", ")));
    }
    let (min_price, max_price) = (fields.number("minPrice", 1.0), fields.number("maxPrice", 1.0));
    let min_reviews_rating = fields.whole("minReviewsRating", 1..=4);
    let min_saving_percent = fields.whole("minSavingPercent", 1..=99);
    // The default order is not stated.
    let sort_by = fields.choice("sortBy", &ORDERS).unwrap_or(SortBy::Relevance);
    let count = fields.whole("itemCount", 1..=most).unwrap_or(10);
    let page = fields.whole("itemPage", 1..=10).unwrap_or(1);
    let common = common(&mut fields, shop, tag, Operation::SearchItems);
    let asked = common.map(|common| SearchItems {
        common,
        terms,
        search_index,
        browse_node_id,
        out_of_stock_too,
        min_price,
        max_price,
        min_reviews_rating,
        min_saving_percent,
        sort_by,
        count,
        page,
    });
    fields.finish(asked)
}

/// What is searched for. The documentation demands at least one of the six; a third party's client lets `searchIndex` and
/// `browseNodeId` count as well, as the older API did, and nobody recorded which is so. Nor which field is complained about.
fn terms(fields: &mut Fields<'_>) -> Vec<(Term, String)> {
    let present = TERMS.iter().any(|(name, _)| fields.is_there(name));
    if !present {
        let names = TERMS.map(|(name, _)| name);
        fields.complain("keywords", format!("at least one must be present: {}", names.join(", ")));
    }
    TERMS.iter().filter_map(|(name, term)| Some((*term, fields.text(name, 1000)?))).collect()
}

/// `^[1-9][0-9]*$`, as the SDK's model has it.
fn is_positive(id: &str) -> bool {
    id.bytes().all(|byte| byte.is_ascii_digit()) && !id.starts_with('0')
}
