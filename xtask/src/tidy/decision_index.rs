//! Every decision record is in the index, because a record that nobody finds decides nothing.

use std::collections::BTreeSet;

use super::Project;
use super::finding::Finding;
use super::markdown_links::{file_named, links};

const FOLDER: &str = "docs/adr";
const INDEX: &str = "docs/adr/README.md";

/// Finds records the index does not link to.
pub(super) fn check(project: &Project) -> Vec<Finding> {
    let index = project.tree.text(INDEX).unwrap_or_default();
    let linked: BTreeSet<String> =
        links(index).iter().filter_map(|link| file_named(INDEX, &link.target).flatten()).collect();
    let records = project.tree.under(FOLDER).filter(|path| path.ends_with(".md") && *path != INDEX);
    records
        .filter(|record| !linked.contains(*record))
        .map(|record| {
            let name = record.rsplit('/').next().unwrap_or(record);
            Finding::new(
                record,
                1,
                format!("{INDEX} does not link to it"),
                format!("add a line with `[title]({name})`"),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::made_up::MadeUp;

    #[test]
    fn records_without_a_link_are_found() {
        let project = MadeUp::default().project(&[
            (INDEX, "- [One](0001-one.md)\n- `[Two](0002-two.md)`\n"),
            ("docs/adr/0001-one.md", ""),
            ("docs/adr/0002-two.md", ""),
        ]);
        let found: Vec<String> = check(&project).into_iter().map(|finding| finding.path).collect();
        assert_eq!(found, ["docs/adr/0002-two.md"]);
    }
}
