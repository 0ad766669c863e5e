//! What every manifest says the same way: shared fields, lints and versions come from the root.
//!
//! Who may depend on whom is `dependency_wall`'s subject.

use toml_edit::{DocumentMut, Item, TableLike};

use super::Project;
use super::finding::Finding;

const ROOT: &str = "Cargo.toml";

/// `[package]` fields that say the same for all members.
const SHARED_FIELDS: &[&str] = &["version", "edition", "rust-version", "license"];

const DEPENDENCY_TABLES: &[&str] = &["dependencies", "dev-dependencies", "build-dependencies"];

/// Packages whose default features may stay on for everyone, and why. Elsewhere each crate adds what it needs.
const DEFAULT_FEATURES_KEPT: &[(&str, &str)] = &[];

/// Finds members that do not inherit, and shared dependencies whose default features are on.
pub(crate) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = shared_dependencies(project);
    for member in project.metadata.members() {
        let path = project.manifest(member);
        if let Some(manifest) = project.toml(&path) {
            findings.extend(inheritance(&path, &manifest));
            findings.extend(own_versions(project, &path, &manifest));
        }
    }
    findings
}

fn inheritance(path: &str, manifest: &DocumentMut) -> Vec<Finding> {
    let mut findings = Vec::new();
    for field in SHARED_FIELDS {
        if !manifest.get("package").and_then(|package| package.get(field)).is_some_and(inherits) {
            findings.push(Finding::new(
                path,
                1,
                format!("`{field}` is not inherited"),
                format!("write `{field}.workspace = true` under [package]"),
            ));
        }
    }
    if !manifest.get("lints").is_some_and(inherits) {
        findings.push(Finding::new(
            path,
            1,
            "the workspace's lints are off",
            "add `[lints]` with `workspace = true`",
        ));
    }
    findings
}

/// Dependencies from elsewhere with a version of their own.
fn own_versions(project: &Project, path: &str, manifest: &DocumentMut) -> Vec<Finding> {
    let platforms = manifest.get("target").and_then(Item::as_table_like);
    let of_platforms = platforms.into_iter().flat_map(|table| table.iter().map(|(_, platform)| platform));
    let mut findings = Vec::new();
    for place in std::iter::once(manifest.as_item()).chain(of_platforms) {
        for table in DEPENDENCY_TABLES {
            for (name, entry) in entries(place.get(table)) {
                if !inherits(entry) && entry.get("path").is_none() {
                    findings.push(Finding::new(
                        path,
                        line_of(project, path, name),
                        format!("`{name}` is not inherited"),
                        format!("put its version under [workspace.dependencies] in {ROOT} and write `{name}.workspace = true` here"),
                    ));
                }
            }
        }
    }
    findings
}

fn shared_dependencies(project: &Project) -> Vec<Finding> {
    let Some(root) = project.toml(ROOT) else {
        return Vec::new();
    };
    let table = root.get("workspace").and_then(|workspace| workspace.get("dependencies"));
    let with_defaults = entries(table).filter(|(name, entry)| {
        let is_off = entry.get("default-features").and_then(Item::as_bool) == Some(false);
        let is_kept = DEFAULT_FEATURES_KEPT.iter().any(|(kept, _)| kept == name);
        entry.get("path").is_none() && !is_off && !is_kept
    });
    with_defaults
        .map(|(name, _)| {
            Finding::new(
                ROOT,
                line_of(project, ROOT, name),
                format!("`{name}` keeps its default features"),
                "write `default-features = false` and the features that all users need, or list it with a reason in \
                 xtask/src/tidy/manifests.rs",
            )
        })
        .collect()
}

fn entries(table: Option<&Item>) -> impl Iterator<Item = (&str, &Item)> {
    table.and_then(Item::as_table_like).into_iter().flat_map(TableLike::iter)
}

/// `x.workspace = true`, in any of the ways TOML can write it.
fn inherits(item: &Item) -> bool {
    item.get("workspace").and_then(Item::as_bool) == Some(true)
}

fn line_of(project: &Project, path: &str, dependency: &str) -> usize {
    project.tree.line_where(path, |line| super::names_dependency(line, dependency))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::made_up::MadeUp;

    const GOOD: &str = r#"
[package]
name = "linkwright-core"
version.workspace = true
edition = { workspace = true }
rust-version.workspace = true
license.workspace = true

[dependencies]
linkwright-zero = { path = "../zero" }
serde.workspace = true
serde_json = { workspace = true, features = ["alloc"] }

[target.'cfg(unix)'.dependencies]
libc.workspace = true

[lints]
workspace = true
"#;

    const BAD: &str = r#"[package]
name = "linkwright-zero"
version = "0.1.0"
edition.workspace = true
rust-version.workspace = true
license.workspace = true

[dev-dependencies]
tempfile = "3"

[target.'cfg(unix)'.dependencies]
libc = { version = "0.2" }

[dependencies.csv]
version = "1"
"#;

    const SHARED: &str = r#"[workspace.dependencies]
linkwright-core = { path = "crates/core" }
serde = { version = "1", default-features = false }
csv = "1"
libc = { version = "0.2", features = ["std"] }
"#;

    #[test]
    fn what_is_not_inherited_is_found_where_it_stands() {
        let project = MadeUp::default()
            .member("linkwright-core", "crates/core", &[])
            .member("linkwright-zero", "crates/zero", &[])
            .project(&[
                ("Cargo.toml", SHARED),
                ("crates/core/Cargo.toml", GOOD),
                ("crates/zero/Cargo.toml", BAD),
            ]);
        let found: Vec<String> =
            check(&project).iter().map(|f| format!("{}:{}: {}", f.path, f.line, f.what)).collect();
        assert_eq!(
            found,
            [
                "Cargo.toml:4: `csv` keeps its default features",
                "Cargo.toml:5: `libc` keeps its default features",
                "crates/zero/Cargo.toml:1: `version` is not inherited",
                "crates/zero/Cargo.toml:1: the workspace's lints are off",
                "crates/zero/Cargo.toml:14: `csv` is not inherited",
                "crates/zero/Cargo.toml:9: `tempfile` is not inherited",
                "crates/zero/Cargo.toml:12: `libc` is not inherited",
            ]
        );
    }
}
