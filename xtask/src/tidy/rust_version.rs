//! The oldest Rust this workspace promises to compile with, against what its dependencies declare.
//!
//! Compares declarations only. A package that declares nothing, or too little, is caught by compiling with that Rust.

use super::Project;
use super::finding::Finding;

/// Finds packages that declare a newer Rust than the workspace, and a workspace that declares none.
pub(crate) fn check(project: &Project) -> Vec<Finding> {
    let root = project.toml("Cargo.toml");
    let declared = root
        .as_ref()
        .and_then(|root| root.get("workspace")?.get("package")?.get("rust-version")?.as_str())
        .and_then(|text| Some((text, numbers(text)?)));
    let Some((promised, ours)) = declared else {
        return vec![Finding::new(
            "Cargo.toml",
            1,
            "the workspace promises no Rust version",
            "write `rust-version = \"1.N\"` under [workspace.package]",
        )];
    };
    let newer = project.metadata.externals().filter_map(|package| {
        let theirs = package.rust_version.as_deref()?;
        (numbers(theirs)? > ours).then(|| {
            project.at_lock(
                package,
                format!("`{}` {} needs Rust {theirs}, we promise {promised}", package.name, package.version),
                format!(
                    "pin an older one with `cargo update -p {} --precise VERSION`; the promise is not raised only for a \
                     dependency",
                    package.name
                ),
            )
        })
    });
    newer.collect()
}

/// `1.93` and `1.93.0` are the same version.
fn numbers(version: &str) -> Option<[u32; 3]> {
    let release = version.split(['-', '+']).next()?;
    let mut numbers = [0; 3];
    let mut parts = release.split('.');
    for number in &mut numbers {
        if let Some(part) = parts.next() {
            *number = part.parse().ok()?;
        }
    }
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::tidy::made_up::MadeUp;

    #[test]
    fn versions_compare_as_numbers() {
        for (left, right) in
            [("1.9", "1.10"), ("1.93", "1.93.1"), ("1.93.0", "2"), ("1.85.0-nightly", "1.86")]
        {
            assert!(numbers(left) < numbers(right), "{left} {right}");
        }
        assert_eq!(numbers("1.93"), numbers("1.93.0"));
        for broken in ["", "x", "1.x", "1.2.3.4"] {
            assert_eq!(numbers(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_dependency_that_needs_a_newer_rust_is_found() {
        let project = MadeUp::default()
            .external("old", &[], json!({ "rust_version": "1.93.0" }))
            .external("silent", &[], json!({ "rust_version": null }))
            .external("new", &[], json!({ "rust_version": "1.94" }))
            .project(&[("Cargo.toml", "[workspace.package]\nrust-version = \"1.93\"\n")]);
        let found: Vec<String> = check(&project).into_iter().map(|finding| finding.what).collect();
        assert_eq!(found, ["`new` 1.2.3 needs Rust 1.94, we promise 1.93"]);
    }
}
