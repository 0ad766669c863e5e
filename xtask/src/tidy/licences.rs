//! Which licences the packages of the whole graph may have.
//!
//! Believes what manifests declare; whether the files in a package agree is not looked at.

use super::Project;
use super::finding::Finding;
use super::spdx;
use crate::metadata::Package;

/// Licences whose terms a notice file satisfies.
const WELCOME: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "Unlicense",
    "0BSD",
    "CC0-1.0",
    "BSL-1.0",
];

/// Licence and exception that are welcome together.
const WELCOME_WITH: &[(&str, &str)] = &[("Apache-2.0", "LLVM-exception")];

/// Package, further licence, and why it is acceptable for this package. The place for MPL-2.0, whose terms reach the
/// files of the package itself, so each such package is a decision.
const FOR_ONE_PACKAGE: &[(&str, &str, &str)] = &[(
    "webpki-root-certs",
    "CDLA-Permissive-2.0",
    "Mozilla's list of authorities, data whose licence asks only for its text to go along; in the graph for wasm32 alone",
)];

/// Finds packages whose licence is not welcome, not readable, or not declared.
pub(crate) fn check(project: &Project) -> Vec<Finding> {
    let mend = "choose another package, or decide in xtask/src/tidy/licences.rs that it is acceptable";
    let packages = project.metadata.packages.iter();
    packages
        .filter_map(|package| {
            let what = complaint(package)?;
            Some(if package.is_member {
                let path = project.manifest(package);
                let line = project.tree.line_where(&path, |line| line.starts_with("license"));
                Finding::new(&path, line, what, "write `license.workspace = true`")
            } else {
                project.at_lock(package, what, mend.to_owned())
            })
        })
        .collect()
}

fn complaint(package: &Package) -> Option<String> {
    let Package { name, version, .. } = package;
    let Some(expression) = &package.licence else {
        return Some(format!("`{name}` {version} declares no licence"));
    };
    let accepts = |licence: &str, exception: Option<&str>| is_welcome(name, licence, exception);
    match spdx::satisfied(expression, &accepts) {
        Ok(true) => None,
        Ok(false) => Some(format!("`{name}` {version} is under `{expression}`, which is not on the list")),
        Err(reason) => {
            Some(format!("`{name}` {version} is under `{expression}`, which is no SPDX expression: {reason}"))
        }
    }
}

/// SPDX identifiers are the same in any case.
fn is_welcome(package: &str, licence: &str, exception: Option<&str>) -> bool {
    let same = |listed: &str| listed.eq_ignore_ascii_case(licence);
    match exception {
        Some(exception) => {
            WELCOME_WITH.iter().any(|(listed, with)| same(listed) && with.eq_ignore_ascii_case(exception))
        }
        None => {
            WELCOME.iter().any(|listed| same(listed))
                || FOR_ONE_PACKAGE.iter().any(|(name, listed, _)| *name == package && same(listed))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::tidy::made_up::MadeUp;

    #[test]
    fn unwelcome_unreadable_and_missing_licences_are_found() {
        let project = MadeUp::default()
            .external("good", &[], json!({ "license": "GPL-3.0 OR mit" }))
            .external("exception", &[], json!({ "license": "Apache-2.0 WITH LLVM-exception" }))
            .external("copyleft", &[], json!({ "license": "GPL-3.0-only" }))
            .external("broken", &[], json!({ "license": "MIT AND" }))
            .external("silent", &[], json!({ "license": null }))
            .project(&[("Cargo.lock", "\nname = \"copyleft\"\n")]);
        let found: Vec<String> = check(&project).iter().map(|f| format!("{}: {}", f.line, f.what)).collect();
        assert_eq!(
            found,
            [
                "2: `copyleft` 1.2.3 is under `GPL-3.0-only`, which is not on the list",
                "1: `broken` 1.2.3 is under `MIT AND`, which is no SPDX expression: it ends where a licence belongs",
                "1: `silent` 1.2.3 declares no licence",
            ]
        );
    }
}
