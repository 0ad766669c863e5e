//! How a search can be narrowed, as a person types it.

use linkwright_sdk::core::Refinement;

/// The most choices of one refinement that are listed.
const MOST: usize = 20;

/// One line a choice, under the option that takes it.
pub(super) fn lines(refinements: &[Refinement], width: Option<usize>) -> Vec<String> {
    let mut rows = vec![["NARROW BY", "VALUE", "IN THE SHOP'S WORDS"].map(str::to_owned).to_vec()];
    for refinement in refinements {
        let by = option(refinement);
        for bin in refinement.bins.iter().take(MOST) {
            let name = bin.display_name.as_deref().filter(|name| *name != bin.id).unwrap_or_default();
            rows.push(vec![by.clone(), bin.id.clone(), name.to_owned()]);
        }
    }
    let columns = [crate::table::Column::Left, crate::table::Column::Cut, crate::table::Column::Cut];
    crate::table::fitted(&rows, &columns, width)
}

/// The option that takes a refinement's values; its name where there is none.
fn option(refinement: &Refinement) -> String {
    match refinement.id.to_ascii_lowercase().as_str() {
        "searchindex" => "--index".to_owned(),
        "browsenode" | "browsenodeid" => "--browse-node".to_owned(),
        name @ ("title" | "brand" | "author" | "artist" | "actor") => format!("--{name}"),
        _ => refinement.display_name.clone().unwrap_or_else(|| refinement.id.clone()),
    }
}
