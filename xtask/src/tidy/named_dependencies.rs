//! Packages that only one crate may name, and packages that may be nowhere: one HTTP client, one TLS stack.

use super::Project;
use super::finding::Finding;
use crate::metadata::Kind;

/// Package, and the one member that may name it. Tests are not excepted: they use the owner's `Transport`.
const OWNED: &[(&str, &str)] = &[("reqwest", "linkwright-http")];

/// Package, and a member that may name it among its development dependencies: its benchmarks measure against a program
/// that has nothing but the package.
const BASELINES: &[(&str, &str)] = &[("reqwest", "linkwright-creators")];

/// TLS and cryptography other than rustls on ring. Two stacks mean two sets of roots, and C code to build twice.
const BANNED: &[&str] = &[
    "openssl",
    "openssl-sys",
    "openssl-src",
    "native-tls",
    "boring",
    "boring-sys",
    "aws-lc-rs",
    "aws-lc-sys",
];

/// Finds owned packages named by others, and banned ones anywhere in the graph.
pub(crate) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for member in project.metadata.members() {
        for (package, owner) in OWNED {
            let is_baseline = BASELINES.contains(&(*package, member.name.as_str()));
            let named = member.declared.iter().filter(|declared| declared.name == *package);
            let mut refused = named.filter(|declared| !(is_baseline && declared.kind == Kind::Dev));
            if member.name != *owner && refused.next().is_some() {
                findings.push(project.at_dependency(
                    member,
                    package,
                    format!("`{}` names `{package}`", member.name),
                    format!("only `{owner}` may; use what `{owner}` offers"),
                ));
            }
        }
    }
    for package in project.metadata.packages.iter().filter(|package| BANNED.contains(&package.name.as_str()))
    {
        let any = [Kind::Normal, Kind::Build, Kind::Dev];
        let chain =
            project.metadata.members().find_map(|member| project.metadata.chain(member, &package.name, &any));
        findings.push(project.at_lock(
            package,
            format!(
                "`{}` is in the tree: {}",
                package.name,
                chain.as_deref().unwrap_or("by no chain of ours")
            ),
            "the one TLS stack is rustls on ring; turn the feature off that asks for it".to_owned(),
        ));
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::tidy::made_up::MadeUp;

    #[test]
    fn a_baseline_is_a_development_dependency() {
        let project = MadeUp::default()
            .member("linkwright-creators", "crates/creators", &[("reqwest", "dev"), ("reqwest", "normal")])
            .external("reqwest", &[], json!({}))
            .project(&[]);
        let found: Vec<String> = check(&project).into_iter().map(|finding| finding.what).collect();
        assert_eq!(found, ["`linkwright-creators` names `reqwest`"]);
    }

    #[test]
    fn one_http_client_one_tls_stack() {
        let project = MadeUp::default()
            .member("linkwright-http", "crates/http", &[("reqwest", "normal")])
            .member("linkwright-creators", "crates/creators", &[("reqwest", "dev")])
            .member("linkwright-sdk", "crates/sdk", &[("reqwest", "dev")])
            .external("reqwest", &[("native-tls", "normal")], json!({}))
            .external("native-tls", &[], json!({}))
            .project(&[("Cargo.lock", "[[package]]\nname = \"native-tls\"\n")]);
        let found: Vec<String> =
            check(&project).iter().map(|f| format!("{}:{}: {}", f.path, f.line, f.what)).collect();
        assert_eq!(
            found,
            [
                "crates/sdk/Cargo.toml:1: `linkwright-sdk` names `reqwest`",
                "Cargo.lock:2: `native-tls` is in the tree: linkwright-http → reqwest → native-tls",
            ]
        );
    }
}
