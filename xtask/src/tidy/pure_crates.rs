//! The crates without network, runtime, TLS or clock: nothing that does such things is in their tree, however deep.
//!
//! Follows normal dependencies only, on all platforms. Features are those of the whole workspace, so a chain may show
//! that another member turned on; it is a finding all the same, because users get the same union.

use super::Project;
use super::finding::Finding;
use crate::metadata::Kind;

/// The crates anyone may embed, a WebAssembly page included.
const PURE: &[&str] = &["linkwright-core", "linkwright-zero"];

/// What gives the impure away. `chrono` and `time` read the clock, and no public signature names a date crate.
const IMPURE: &[&str] = &[
    "tokio",
    "mio",
    "getrandom",
    "reqwest",
    "hyper",
    "rustls",
    "openssl",
    "ring",
    "socket2",
    "rand",
    "chrono",
    "time",
];

/// Finds impure packages in the trees of the pure crates, and the chain that brings each in.
pub(crate) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for member in project.metadata.members().filter(|member| PURE.contains(&member.name.as_str())) {
        for impure in IMPURE {
            if let Some(chain) = project.metadata.chain(member, impure, &[Kind::Normal]) {
                let first_step = chain.split(" → ").nth(1).unwrap_or(impure);
                findings.push(project.at_dependency(
                    member,
                    first_step,
                    format!("`{}` brings in `{impure}`: {chain}", member.name),
                    "it must stay free of I/O, runtime, randomness and clock; drop the dependency or its feature"
                        .to_owned(),
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::tidy::made_up::MadeUp;

    #[test]
    fn the_chain_is_named_and_only_normal_edges_count() {
        let project = MadeUp::default()
            .member("linkwright-core", "crates/core", &[("a", "normal"), ("tokio", "dev"), ("time", "build")])
            .member("linkwright-http", "crates/http", &[("hyper", "normal")])
            .external("a", &[("b", "normal")], json!({}))
            .external("b", &[("mio", "normal"), ("rand", "build")], json!({}))
            .external("mio", &[], json!({}))
            .external("tokio", &[], json!({}))
            .external("time", &[], json!({}))
            .external("rand", &[], json!({}))
            .external("hyper", &[], json!({}))
            .project(&[("crates/core/Cargo.toml", "[dependencies]\na.workspace = true\n")]);
        let found: Vec<String> =
            check(&project).iter().map(|f| format!("{}:{}: {}", f.path, f.line, f.what)).collect();
        assert_eq!(
            found,
            ["crates/core/Cargo.toml:2: `linkwright-core` brings in `mio`: linkwright-core → a → b → mio"]
        );
    }
}
