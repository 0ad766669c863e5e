//! How a search can be narrowed down: search indexes, browse nodes, brands, people.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::shop_index::Entry;
use crate::validation_search::SearchItems;

/// How many bins a refinement has at most. The documentation's samples are short; no limit is stated.
const MOST_BINS: usize = 20;

/// The refinements of what was found.
///
/// The `id` of a bin is what goes into the next request's field of that name. As documented, there are bins of search
/// indexes only in a search through all of them, and bins of browse nodes only in a search through one.
pub(crate) fn refinements<'a>(found: impl Iterator<Item = &'a Entry>, asked: &SearchItems) -> Value {
    let shop = asked.common.marketplace;
    let (mut indexes, mut nodes) = (Bins::default(), Bins::default());
    let (mut brands, mut people) = (
        Bins::default(),
        [("Actor", Bins::default()), ("Artist", Bins::default()), ("Author", Bins::default())],
    );
    for entry in found {
        if asked.search_index.is_none() {
            if let Some(department) = entry.department
                && let Some(index) = department.index(shop)
            {
                indexes.add(index, department.display_name);
            }
        } else {
            entry.nodes.iter().for_each(|(id, name)| nodes.add(id, name));
        }
        entry.brand.iter().for_each(|brand| brands.add(brand, brand));
        for (role, names) in &mut people {
            entry.contributors_as(role).for_each(|name| names.add(name, name));
        }
    }
    let mut refinements = json!({});
    if let Some(refinement) = indexes.refinement("SearchIndex", "Department") {
        refinements["searchIndex"] = refinement;
    }
    if let Some(refinement) = nodes.refinement("BrowseNodeId", "Category") {
        refinements["browseNode"] = refinement;
    }
    let mut others: Vec<Value> =
        people.into_iter().filter_map(|(role, names)| names.refinement(role, role)).collect();
    others.extend(brands.refinement("Brand", "Brand"));
    if !others.is_empty() {
        refinements["otherRefinements"] = others.into();
    }
    refinements
}

/// Values, with how many items have each.
#[derive(Default)]
struct Bins<'a>(HashMap<&'a str, (&'a str, usize)>);

impl<'a> Bins<'a> {
    fn add(&mut self, id: &'a str, display_name: &'a str) {
        self.0.entry(id).or_insert((display_name, 0)).1 += 1;
    }

    /// The commonest first; `None` if there are none.
    fn refinement(self, id: &str, display_name: &str) -> Option<Value> {
        let mut bins: Vec<(&str, (&str, usize))> = self.0.into_iter().collect();
        bins.sort_by(|(left_id, (_, left)), (right_id, (_, right))| {
            right.cmp(left).then(left_id.cmp(right_id))
        });
        let bins: Vec<Value> = bins
            .into_iter()
            .take(MOST_BINS)
            .map(|(id, (name, _))| json!({ "id": id, "displayName": name }))
            .collect();
        (!bins.is_empty()).then(|| json!({ "id": id, "displayName": display_name, "bins": bins }))
    }
}
