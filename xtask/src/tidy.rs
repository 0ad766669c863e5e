//! `cargo xtask tidy`: the invariants no compiler checks, most of them absences (docs/ARCHITECTURE.md lists them).
//!
//! Each check is one function in the file named after its subject. Checks only read; nothing here mends anything.

mod activated_features;
mod architecture_page;
mod decision_index;
mod dependency_wall;
mod file_sizes;
mod finding;
mod fuzz_targets;
mod licences;
mod machine_paths;
#[cfg(test)]
mod made_up;
mod manifests;
mod markdown_links;
mod named_dependencies;
mod orphan_files;
mod pure_crates;
mod rust_source;
mod rust_version;
mod spdx;
mod test_programs;
mod tree;

use crate::failure::{Failure, Outcome};
use crate::metadata::{Metadata, Package};
use finding::Finding;
use toml_edit::DocumentMut;
use tree::Tree;

/// What the checks look at.
#[derive(Debug)]
struct Project {
    /// The files of the repository.
    tree: Tree,
    /// The dependency graph.
    metadata: Metadata,
}

/// One check: reads the project, returns what is wrong with it.
type Check = fn(&Project) -> Vec<Finding>;

const CHECKS: &[Check] = &[
    dependency_wall::check,
    pure_crates::check,
    named_dependencies::check,
    activated_features::check,
    licences::check,
    rust_version::check,
    manifests::check,
    rust_source::check,
    test_programs::check,
    orphan_files::check,
    fuzz_targets::check,
    markdown_links::check,
    architecture_page::check,
    decision_index::check,
    machine_paths::check,
    file_sizes::check,
];

/// Runs every check and prints all findings, so that one run shows everything there is to mend.
pub(crate) fn run() -> Outcome {
    let metadata = Metadata::load()?;
    let project = Project { tree: Tree::load(&metadata.root)?, metadata };
    let mut findings: Vec<Finding> = CHECKS.iter().flat_map(|check| check(&project)).collect();
    findings.sort();
    findings.dedup();
    for finding in &findings {
        println!("{finding}");
    }
    if findings.is_empty() {
        let (files, packages) = (project.tree.files().len(), project.metadata.packages.len());
        println!("tidy: no findings in {files} files and {packages} packages");
        Ok(())
    } else {
        let count = findings.len();
        println!("tidy: {count} {}", if count == 1 { "finding" } else { "findings" });
        Err(Failure::Reported)
    }
}

impl Project {
    /// The path of a package's manifest.
    fn manifest(&self, package: &Package) -> String {
        self.metadata.relative(&package.manifest)
    }

    /// A manifest as TOML; `None` if it is missing or broken, of which cargo itself has already spoken.
    fn toml(&self, path: &str) -> Option<DocumentMut> {
        self.tree.text(path)?.parse().ok()
    }

    /// A finding at the line of `package`'s manifest that names `dependency`.
    fn at_dependency(&self, package: &Package, dependency: &str, what: String, mend: String) -> Finding {
        let path = self.manifest(package);
        let line = self.tree.line_where(&path, |line| names_dependency(line, dependency));
        Finding { path, line, what, mend }
    }

    /// A finding at the place where `Cargo.lock` pins `package`; for what no manifest of ours names.
    fn at_lock(&self, package: &Package, what: String, mend: String) -> Finding {
        let wanted = format!("name = \"{}\"", package.name);
        let line = self.tree.line_where("Cargo.lock", |line| line == wanted);
        Finding { path: "Cargo.lock".to_owned(), line, what, mend }
    }
}

/// Whether a line of a manifest is the entry of `dependency`, under its own name or renamed.
fn names_dependency(line: &str, dependency: &str) -> bool {
    let after_name = line.trim_start().strip_prefix(dependency);
    let entry = after_name.is_some_and(|rest| rest.starts_with([' ', '=', '.']));
    let table = line.trim_end().ends_with(&format!("dependencies.{dependency}]"));
    entry || table || line.contains(&format!("package = \"{dependency}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_dependency_is_found_in_any_spelling() {
        for (line, expected) in [
            ("url = \"2\"", true),
            ("url.workspace = true", true),
            ("[dependencies.url]", true),
            ("[target.'cfg(unix)'.dev-dependencies.url]", true),
            ("address = { package = \"url\", version = \"2\" }", true),
            ("urlencoding = \"2\"", false),
            ("name = \"url\"", false),
            ("# url", false),
        ] {
            assert_eq!(names_dependency(line, "url"), expected, "{line}");
        }
    }
}
