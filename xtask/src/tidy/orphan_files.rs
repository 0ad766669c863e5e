//! Every Rust file of a member is compiled: reachable through `mod` from something cargo builds.
//!
//! A test in a file that no `main.rs` declares passes for ever, because it never runs. Follows `mod name;`,
//! `#[path = "…"]` and `include!("…")`; a `mod name;` inside an inline module is not followed.

use std::collections::BTreeSet;

use super::Project;
use super::finding::Finding;
use super::rust_source::split::split;
use super::rust_source::test_parts::module_names;
use super::tree::{Tree, folder_of, joined};

/// Folders of data, where a Rust file is a sample and not code.
const DATA_FOLDERS: &[&str] = &["fixtures", "cases", "corpus", "snapshots"];

/// Finds Rust files that nothing compiles.
pub(super) fn check(project: &Project) -> Vec<Finding> {
    let members: Vec<String> =
        project.metadata.members().map(|member| project.metadata.folder(member)).collect();
    let targets = project.metadata.members().flat_map(|member| &member.targets);
    let roots: Vec<String> = targets.map(|target| project.metadata.relative(&target.source)).collect();

    let mut compiled = BTreeSet::new();
    for root in &roots {
        visit(&project.tree, root, folder_of(root), &mut compiled);
    }
    let files = project.tree.texts(".rs").map(|(path, _)| path);
    files
        .filter(|path| members.contains(&package_folder(&project.tree, path).to_owned()))
        .filter(|path| !path.split('/').any(|part| DATA_FOLDERS.contains(&part)))
        .filter(|path| !compiled.contains(*path))
        .map(|path| {
            Finding::new(path, 1, "no target compiles this file, so nothing in it runs", mend(path, &roots))
        })
        .collect()
}

/// The folder in which the modules of a file lie, going by the file's name.
pub(super) fn module_folder(path: &str) -> &str {
    let folder = folder_of(path);
    let name = path.rsplit('/').next().unwrap_or(path);
    if matches!(name, "lib.rs" | "main.rs" | "mod.rs") { folder } else { path.trim_end_matches(".rs") }
}

fn visit(tree: &Tree, path: &str, folder: &str, compiled: &mut BTreeSet<String>) {
    let Some(text) = tree.text(path) else { return };
    if !compiled.insert(path.to_owned()) {
        return;
    }
    let code = split(text).code;
    for module in module_names(&code).into_iter().filter(|module| module.is_file) {
        let own_folder = joined(folder, module.name).unwrap_or_default();
        visit(tree, &format!("{own_folder}.rs"), &own_folder, compiled);
        visit(tree, &format!("{own_folder}/mod.rs"), &own_folder, compiled);
    }
    // The names are strings, which the split text no longer has.
    for (opening, closing) in [("#[path = \"", "\""), ("include!(\"", "\"")] {
        for (at, _) in text.match_indices(opening) {
            let named = text[at + opening.len()..].split(closing).next().unwrap_or_default();
            if let Some(other) = joined(folder_of(path), named) {
                visit(tree, &other, folder_of(&other), compiled);
            }
        }
    }
}

/// The nearest folder above that has a manifest.
fn package_folder<'a>(tree: &Tree, path: &'a str) -> &'a str {
    let mut folder = folder_of(path);
    while !folder.is_empty() && tree.text(&format!("{folder}/Cargo.toml")).is_none() {
        folder = folder_of(folder);
    }
    folder
}

fn mend(path: &str, roots: &[String]) -> String {
    let folder = folder_of(path);
    let name = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".rs");
    let beside = roots.iter().find(|root| folder_of(root) == folder && module_folder(root) == folder);
    match beside {
        Some(root) => format!("write `mod {name};` in {root}, or delete the file"),
        None => format!("write `mod {name};` in the file above it, or delete the file"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::made_up::MadeUp;

    #[test]
    fn files_that_nothing_declares_are_found() {
        let project = MadeUp::default()
            .member("linkwright-core", "crates/core", &[])
            .target("lib", "linkwright_core", "crates/core/src/lib.rs")
            .target("test", "it", "crates/core/tests/it/main.rs")
            .target("bench", "links", "crates/core/benches/links.rs")
            .project(&[
                ("crates/core/Cargo.toml", ""),
                (
                    "crates/core/src/lib.rs",
                    "mod a;\nmod b;\n#[path = \"odd/name.rs\"]\nmod c;\n// mod lost;\n",
                ),
                ("crates/core/src/a.rs", "mod deep;\n"),
                ("crates/core/src/a/deep.rs", ""),
                ("crates/core/src/b/mod.rs", "mod inner;"),
                ("crates/core/src/b/inner.rs", ""),
                ("crates/core/src/odd/name.rs", ""),
                ("crates/core/src/lost.rs", ""),
                ("crates/core/tests/it/main.rs", "mod links;\n"),
                ("crates/core/tests/it/links.rs", ""),
                ("crates/core/tests/it/forgotten.rs", ""),
                ("crates/core/tests/fixtures/sample.rs", ""),
                ("crates/core/benches/links.rs", "mod input;"),
                ("crates/core/benches/input.rs", ""),
                ("crates/core/nested/Cargo.toml", ""),
                ("crates/core/nested/src/lib.rs", ""),
                ("script.rs", ""),
            ]);
        let found: Vec<String> = check(&project).iter().map(|f| format!("{}: {}", f.path, f.mend)).collect();
        assert_eq!(
            found,
            [
                "crates/core/src/lost.rs: write `mod lost;` in crates/core/src/lib.rs, or delete the file",
                "crates/core/tests/it/forgotten.rs: write `mod forgotten;` in crates/core/tests/it/main.rs, or delete the file",
            ]
        );
    }
}
