//! docs/ARCHITECTURE.md and the folders agree: it names every member, and nothing that is not there.
//!
//! Whether what it says about a crate is true, only a reader can tell.

use super::Project;
use super::finding::Finding;
use super::rust_source::words::line_at;

const PAGE: &str = "docs/ARCHITECTURE.md";

/// Finds members the page does not name, and folders it names that are gone.
pub(super) fn check(project: &Project) -> Vec<Finding> {
    let Some(page) = project.tree.text(PAGE) else {
        return vec![Finding::new(
            PAGE,
            1,
            "the page is missing",
            "write it: a code map, and the invariants",
        )];
    };
    let mut findings = Vec::new();
    for member in project.metadata.members() {
        let folder = project.metadata.folder(member);
        if !names(page, &folder) {
            let mend = format!("add `{folder}` to the code map, with what it is for");
            findings.push(Finding::new(PAGE, 1, format!("the member `{folder}` is not named"), mend));
        }
    }
    for (at, path) in code_spans(page) {
        let is_path = path.starts_with("crates/")
            && path.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c));
        if is_path && !project.tree.exists(path) {
            let what = format!("`{path}` does not exist");
            findings.push(Finding::new(PAGE, line_at(page, at), what, "say where it is now, or remove it"));
        }
    }
    findings
}

/// Whether the page has the folder as a whole word; `crates/state-redis` does not name `crates/state`.
fn names(page: &str, folder: &str) -> bool {
    let belongs = |c: char| c.is_alphanumeric() || "-_".contains(c);
    page.match_indices(folder).any(|(at, _)| {
        let before = page[..at].chars().next_back();
        let after = page[at + folder.len()..].chars().next();
        // A folder at the root must not be found as the end of another path: `crates/core/tests` is not `tests`.
        !before.is_some_and(|c| belongs(c) || c == '/' && !folder.contains('/'))
            && !after.is_some_and(belongs)
    })
}

/// What stands between single backticks on one line, and where.
fn code_spans(page: &str) -> Vec<(usize, &str)> {
    let mut spans = Vec::new();
    let mut offset = 0;
    for line in page.split_inclusive('\n') {
        let mut at = offset;
        for (index, part) in line.split('`').enumerate() {
            if index % 2 == 1 {
                spans.push((at, part));
            }
            at += part.len() + 1;
        }
        offset += line.len();
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::made_up::MadeUp;

    #[test]
    fn the_page_names_what_is_there_and_only_that() {
        let page = "# Map\n\n- `crates/state-redis/` and `crates/gone`\n- `crates/core/src/lib.rs`, `crates/core/tests`\n\
                    - `crates/*`, `crates/NEW one`\n- xtask\n";
        let project = MadeUp::default()
            .member("linkwright-core", "crates/core", &[])
            .member("linkwright-state", "crates/state", &[])
            .member("linkwright-state-redis", "crates/state-redis", &[])
            .member("linkwright-tests", "tests", &[])
            .member("xtask", "xtask", &[])
            .project(&[
                (PAGE, page),
                ("crates/core/src/lib.rs", ""),
                ("crates/core/tests/it/main.rs", ""),
                ("crates/state-redis/src/lib.rs", ""),
            ]);
        let found: Vec<String> = check(&project).iter().map(|f| format!("{}: {}", f.line, f.what)).collect();
        assert_eq!(
            found,
            [
                "1: the member `crates/state` is not named",
                "1: the member `tests` is not named",
                "3: `crates/gone` does not exist",
            ]
        );
    }
}
