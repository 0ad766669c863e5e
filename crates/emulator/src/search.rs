//! searchItems: which items are found, in which order, and the page of them that was asked for.

use std::cmp::Ordering;

use linkwright_core::Asin;
use serde_json::{Value, json};

use crate::catalogue::{answer_body, count};
use crate::emulator::Emulator;
use crate::projection::{LinkCode, project};
use crate::refusal::{Refusal, Sought};
use crate::resource::Resource;
use crate::search_refinements::refinements;
use crate::search_url::{search_url, what_for};
use crate::shelf::{ItemState, Lookup};
use crate::shop_index::Entry;
use crate::switches::Switches;
use crate::validation_search::{SearchItems, SortBy, Term};
use crate::words::{self, Sought as Word};

/// Answers a search. Nothing found is a 404, and so is a page behind the last: the documentation says the first.
pub(crate) fn search(emulator: &mut Emulator, asked: &SearchItems) -> Result<Value, Refusal> {
    let shop = asked.common.marketplace;
    let (state, index) = (&emulator.state, emulator.shelf.index(shop));
    let is_told_of =
        |entry: &&Entry| state.items.get(entry.asin.as_str()).is_none_or(|state| *state == ItemState::Normal);
    let query = Query::of(asked, &state.switches);
    let mut found: Vec<(u32, &Entry)> = index
        .iter()
        .filter_map(|entry| Some((query.score(entry)?, entry)))
        .filter(|(_, entry)| is_told_of(entry))
        .collect();
    found.sort_by(|left, right| order(asked.sort_by, left, right));
    let total = found.len();
    let refinements = asked
        .common
        .resources
        .contains(&Resource::SearchRefinements)
        .then(|| refinements(found.iter().map(|(_, entry)| *entry), asked));
    let per_page = usize::try_from(asked.count).unwrap_or(usize::MAX);
    let before = per_page.saturating_mul(usize::try_from(asked.page - 1).unwrap_or(usize::MAX));
    let page: Vec<Asin> = found.iter().skip(before).take(per_page).map(|(_, entry)| entry.asin).collect();
    let not_found = || Refusal::NotFound { sought: Sought::SearchResult, id: what_for(asked) };
    if page.is_empty() {
        return Err(not_found());
    }
    let items: Vec<Value> = page
        .into_iter()
        .filter_map(|asin| match emulator.look_up(asin.as_str(), shop) {
            Lookup::Found { asin, item } => {
                let switches = &emulator.state.switches;
                Some(project(item, asin, &asked.common, LinkCode::SearchItems, switches))
            }
            Lookup::NotAccessible | Lookup::Unknown => None,
        })
        .collect();
    emulator.counters.items_found += count(items.len());
    let switches = &emulator.state.switches;
    let mut result = json!({
        "totalResultCount": total,
        "searchURL": search_url(asked),
        "items": items,
    });
    match refinements {
        Some(refinements) => result["searchRefinements"] = refinements,
        None if switches.null_members => result["searchRefinements"] = Value::Null,
        None => {}
    }
    Ok(answer_body("searchResult", result, Vec::new(), switches))
}

/// A search, with its words taken apart.
struct Query<'a> {
    asked: &'a SearchItems,
    terms: Vec<(Term, Vec<Word>)>,
    min_saving: Option<u64>,
}

impl<'a> Query<'a> {
    fn of(asked: &'a SearchItems, switches: &Switches) -> Self {
        let terms = asked.terms.iter().map(|(term, text)| (*term, words::sought(text))).collect();
        let min_saving = asked.min_saving_percent.filter(|_| !switches.ignore_min_saving_percent);
        Self { asked, terms, min_saving }
    }

    /// How well an item fits, if it does.
    fn score(&self, entry: &Entry) -> Option<u32> {
        let asked = self.asked;
        let within = |bound: Option<f64>, fits: &dyn Fn(f64, f64) -> bool| {
            bound.is_none_or(|bound| entry.price.is_some_and(|price| fits(price, bound)))
        };
        let fits = (entry.available || asked.out_of_stock_too)
            && (entry.has_new || !asked.common.new_only || !entry.available)
            && within(asked.min_price, &|price, least| price >= least)
            && within(asked.max_price, &|price, most| price <= most)
            && asked.min_reviews_rating.is_none_or(|least| entry.rating >= least as f64)
            && self.min_saving.is_none_or(|least| entry.saving_percent.is_some_and(|saved| saved >= least))
            && self.is_in_department(entry)
            && asked
                .browse_node_id
                .as_ref()
                .is_none_or(|id| entry.nodes.iter().any(|(known, _)| known == id));
        if !fits {
            return None;
        }
        let mut score = 0;
        for (term, sought) in &self.terms {
            // Signs only: there is nothing that could be found.
            if sought.is_empty() {
                return None;
            }
            score += term.score(entry, sought)?;
        }
        Some(score)
    }

    /// Search indexes that the shop does not have are taken, as the SDK's model has any text there, and hold nothing.
    fn is_in_department(&self, entry: &Entry) -> bool {
        self.asked
            .search_index
            .as_deref()
            .is_none_or(|index| entry.search_index(self.asked.common.marketplace) == Some(index))
    }
}

impl Term {
    /// How well an item fits these words, if all of them are there.
    fn score(self, entry: &Entry, sought: &[Word]) -> Option<u32> {
        let has_all = |text: &str| {
            let text = words::Words::of(text);
            sought.iter().all(|word| text.has(word)).then_some(3)
        };
        match self {
            // A word of the title weighs more than one of the rest.
            Self::Keywords => sought.iter().try_fold(0, |score, word| {
                if entry.title.has(word) {
                    Some(score + 3)
                } else {
                    entry.other.has(word).then_some(score + 1)
                }
            }),
            Self::Title => sought.iter().all(|word| entry.title.has(word)).then_some(3),
            Self::Brand => entry.brand.as_deref().and_then(has_all),
            Self::Author => entry.contributors_as("author").find_map(has_all),
            Self::Artist => entry.contributors_as("artist").find_map(has_all),
            Self::Actor => entry.contributors_as("actor").find_map(has_all),
        }
    }
}

/// Which of two items comes first. Those that are alike stay as they stand on the shelf.
fn order(by: SortBy, left: &(u32, &Entry), right: &(u32, &Entry)) -> Ordering {
    let ((left_score, left), (right_score, right)) = (left, right);
    // Items without a price come last either way.
    let price = |entry: &Entry, none: f64| entry.price.unwrap_or(none);
    match by {
        SortBy::Relevance => right_score.cmp(left_score),
        // What is meant by featured nobody says; here it is what sells best.
        SortBy::Featured => left.sales_rank.cmp(&right.sales_rank),
        SortBy::AvgCustomerReviews => {
            right.rating.total_cmp(&left.rating).then(right.reviews.cmp(&left.reviews))
        }
        SortBy::NewestArrivals => right.released.cmp(&left.released),
        SortBy::PriceLowToHigh => price(left, f64::MAX).total_cmp(&price(right, f64::MAX)),
        SortBy::PriceHighToLow => price(right, -1.0).total_cmp(&price(left, -1.0)),
    }
}
