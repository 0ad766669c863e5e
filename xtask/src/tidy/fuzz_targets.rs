//! Every fuzz target is built and has a corpus, which the ordinary tests replay.
//!
//! The fuzz workspace is not a member, so its manifest is read as text; nothing is compiled.

use super::Project;
use super::finding::Finding;
use super::tree::joined;
use toml_edit::Item;

const FOLDER: &str = "tests/fuzz";

/// Finds targets without `[[bin]]`, without corpus, and what is left of targets that are gone.
pub(super) fn check(project: &Project) -> Vec<Finding> {
    let tree = &project.tree;
    let manifest_path = format!("{FOLDER}/Cargo.toml");
    let sources = format!("{FOLDER}/fuzz_targets");
    let declared = declared(project, &manifest_path);
    let mut findings = Vec::new();

    for source in tree.under(&sources).filter(|path| path.ends_with(".rs")) {
        if !declared.iter().any(|(_, path)| path == source) {
            let name = source.rsplit('/').next().unwrap_or(source).trim_end_matches(".rs");
            findings.push(Finding::new(
                source,
                1,
                "a fuzz target that is never built",
                format!("add a [[bin]] named `{name}` with its path to {manifest_path}"),
            ));
        }
    }
    for (name, source) in &declared {
        let line = tree.line_where(&manifest_path, |line| line.contains(&format!("\"{name}\"")));
        if !tree.exists(source) {
            let what = format!("[[bin]] `{name}` has no file `{source}`");
            findings.push(Finding::new(&manifest_path, line, what, "write the target, or remove the entry"));
        }
        let corpus = format!("{FOLDER}/corpus/{name}");
        if tree.under(&corpus).next().is_none() {
            let what = format!("fuzz target `{name}` has no corpus, so no test replays it");
            findings.push(Finding::new(
                &manifest_path,
                line,
                what,
                format!("put at least one input into {corpus}/"),
            ));
        }
    }
    let corpus = format!("{FOLDER}/corpus");
    for input in tree.under(&corpus) {
        let target = input[corpus.len() + 1..].split_once('/').map(|(target, _)| target);
        if let Some(target) = target.filter(|target| !declared.iter().any(|(name, _)| name == target)) {
            let what = format!("an input for `{target}`, which is no fuzz target");
            findings.push(Finding::new(input, 1, what, "rename its folder after a target, or delete it"));
        }
    }
    findings
}

/// Name and file of every `[[bin]]`.
fn declared(project: &Project, manifest_path: &str) -> Vec<(String, String)> {
    let manifest = project.toml(manifest_path);
    let bins = manifest.as_ref().and_then(|manifest| manifest.get("bin")).and_then(Item::as_array_of_tables);
    let bins = bins.into_iter().flat_map(|tables| tables.iter());
    bins.filter_map(|bin| {
        let name = bin.get("name")?.as_str()?;
        let path = bin.get("path").and_then(Item::as_str).unwrap_or("src/main.rs");
        Some((name.to_owned(), joined(FOLDER, path)?))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::made_up::MadeUp;

    #[test]
    fn targets_entries_and_corpora_belong_together() {
        let manifest = "[[bin]]\nname = \"good\"\npath = \"fuzz_targets/good.rs\"\n\n\
                        [[bin]]\nname = \"bare\"\npath = \"fuzz_targets/bare.rs\"\n\n\
                        [[bin]]\nname = \"gone\"\npath = \"fuzz_targets/gone.rs\"\n";
        let project = MadeUp::default().project(&[
            ("tests/fuzz/Cargo.toml", manifest),
            ("tests/fuzz/fuzz_targets/good.rs", ""),
            ("tests/fuzz/fuzz_targets/bare.rs", ""),
            ("tests/fuzz/fuzz_targets/lost.rs", ""),
            ("tests/fuzz/corpus/good/1", ""),
            ("tests/fuzz/corpus/gone/1", ""),
            ("tests/fuzz/corpus/old/1", ""),
            ("tests/fuzz/corpus/README.md", ""),
        ]);
        let found: Vec<String> =
            check(&project).iter().map(|f| format!("{}:{}: {}", f.path, f.line, f.what)).collect();
        assert_eq!(
            found,
            [
                "tests/fuzz/fuzz_targets/lost.rs:1: a fuzz target that is never built",
                "tests/fuzz/Cargo.toml:6: fuzz target `bare` has no corpus, so no test replays it",
                "tests/fuzz/Cargo.toml:10: [[bin]] `gone` has no file `tests/fuzz/fuzz_targets/gone.rs`",
                "tests/fuzz/corpus/old/1:1: an input for `old`, which is no fuzz target",
            ]
        );
    }

    #[test]
    fn without_a_fuzz_workspace_there_is_nothing_to_find() {
        assert_eq!(check(&MadeUp::default().project(&[])), []);
    }
}
