//! Who may depend on whom, among our own crates: the table of docs/ARCHITECTURE.md as data.
//!
//! Looks at what manifests name, optional or not, on any platform. What crates from elsewhere bring in is
//! `pure_crates`' and `named_dependencies`' subject.

use super::Project;
use super::finding::Finding;
use crate::metadata::{Kind, Package};

/// Folder under `crates/`, and the folders it may name in `[dependencies]` and `[build-dependencies]`.
///
/// Holds also crates that are still to come: the wall stands before the room is furnished.
const WALL: &[(&str, &[&str])] = &[
    ("core", &[]),
    ("zero", &["core"]),
    ("documents", &["core", "zero"]),
    ("http", &["core"]),
    ("state", &["core"]),
    ("state-redis", &["core", "state"]),
    ("creators", &["core", "http", "state"]),
    ("resolve", &["core", "zero", "http", "state"]),
    ("layers", &["core", "state"]),
    ("store-file", &["core"]),
    ("store-env", &["core"]),
    ("store-keyring", &["core"]),
    ("store-vault", &["core"]),
    ("store-aws", &["core"]),
    ("store-exec", &["core"]),
    (
        "sdk",
        &[
            "core",
            "zero",
            "documents",
            "http",
            "state",
            "state-redis",
            "creators",
            "resolve",
            "layers",
            "store-file",
            "store-env",
            "store-keyring",
            "store-vault",
            "store-aws",
            "store-exec",
        ],
    ),
    ("emulator", &["core"]),
    ("testkit", &["core", "state"]),
    ("cli", &["sdk", "documents", "emulator"]),
    // Not a library: nothing may depend on it, and it depends on none of ours.
    ("xtask", &[]),
];

/// The member package that tests everything together, and so may name everything.
const TESTS: &str = "tests";

/// Finds dependencies across the wall, members without a row, and packages not named after their folder.
pub(crate) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for member in project.metadata.members() {
        let path = project.manifest(member);
        let folder = project.metadata.folder(member);
        let expected = package_name(&folder);
        if member.name != expected {
            findings.push(Finding::new(
                &path,
                project.tree.line_where(&path, |line| line.starts_with("name")),
                format!("package `{}` in folder `{folder}`", member.name),
                format!("name it `{expected}`, after its folder"),
            ));
        }
        let row = short(&folder);
        if row == TESTS {
            continue;
        }
        match WALL.iter().find(|(name, _)| *name == row) {
            Some((_, allowed)) => findings.extend(crossings(project, member, allowed)),
            None => findings.push(Finding::new(
                &path,
                1,
                format!("crate `{row}` has no row in the table of who may depend on whom"),
                "add it to WALL in xtask/src/tidy/dependency_wall.rs and to docs/ARCHITECTURE.md",
            )),
        }
    }
    findings
}

fn crossings(project: &Project, member: &Package, allowed: &[&str]) -> Vec<Finding> {
    let ours = member.declared.iter().filter(|declared| declared.kind != Kind::Dev).filter_map(|declared| {
        let target = project.metadata.members().find(|other| other.name == declared.name)?;
        Some((declared, project.metadata.folder(target)))
    });
    ours.filter(|(_, folder)| !allowed.contains(&short(folder)))
        .map(|(declared, _)| {
            let may = match allowed {
                [] => "on no crate of ours".to_owned(),
                names => format!("only on {}", names.join(", ")),
            };
            project.at_dependency(
                member,
                &declared.name,
                format!("`{}` depends on `{}`", member.name, declared.name),
                format!("it may depend {may}; move the code, or make it a dev-dependency if tests need it"),
            )
        })
        .collect()
}

/// `crates/core` → `core`, `xtask` → `xtask`.
fn short(folder: &str) -> &str {
    folder.strip_prefix("crates/").unwrap_or(folder)
}

/// The package that lives in a folder. The command line is `linkwright` itself, so that `cargo install linkwright` works.
fn package_name(folder: &str) -> String {
    match short(folder) {
        "cli" => "linkwright".to_owned(),
        "xtask" => "xtask".to_owned(),
        name => format!("linkwright-{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::made_up::MadeUp;

    #[test]
    fn the_wall_knows_no_crate_it_does_not_list() {
        for (name, allowed) in WALL {
            for other in *allowed {
                assert!(WALL.iter().any(|(listed, _)| listed == other), "{name} → {other}");
                assert_ne!(name, other);
            }
        }
    }

    #[test]
    fn only_what_the_table_allows_passes() {
        let project = MadeUp::default()
            .member("linkwright-core", "crates/core", &[])
            .member("linkwright-zero", "crates/zero", &[("linkwright-core", "normal")])
            .member("linkwright-http", "crates/http", &[("linkwright-zero", "build")])
            .member("linkwright-layers", "crates/layers", &[("linkwright-zero", "dev")])
            .member("linkwright", "crates/cli", &[("linkwright-core", "normal")])
            .member("linkwright-tests", "tests", &[("linkwright-http", "normal")])
            .member("linkwright-new", "crates/new", &[])
            .member("linkwright-xtask", "xtask", &[])
            .project(&[(
                "crates/http/Cargo.toml",
                "[package]\n\n[build-dependencies]\nlinkwright-zero = {}\n",
            )]);
        let found: Vec<String> =
            check(&project).iter().map(|f| format!("{}:{}: {}", f.path, f.line, f.what)).collect();
        assert_eq!(
            found,
            [
                "crates/http/Cargo.toml:4: `linkwright-http` depends on `linkwright-zero`",
                "crates/cli/Cargo.toml:1: `linkwright` depends on `linkwright-core`",
                "crates/new/Cargo.toml:1: crate `new` has no row in the table of who may depend on whom",
                "xtask/Cargo.toml:1: package `linkwright-xtask` in folder `xtask`",
            ]
        );
    }
}
