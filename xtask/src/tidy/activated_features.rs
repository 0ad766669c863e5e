//! Cargo features that nobody may turn on, because they change behaviour for every user of the same package.

use super::Project;
use super::finding::Finding;

/// Package, feature, and what it would change.
const FORBIDDEN: &[(&str, &str, &str)] = &[
    ("serde_json", "arbitrary_precision", "it changes how every `Value` keeps numbers"),
    ("serde_json", "preserve_order", "it changes the order of every `Value`'s members"),
];

/// Finds forbidden features that are on, and names who asks for them.
pub(crate) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, feature, why) in FORBIDDEN {
        let on = |list: &[String]| list.iter().any(|active| active == feature);
        let packages = || project.metadata.packages.iter();
        for package in packages().filter(|package| package.name == *name && on(&package.active_features)) {
            let forwarded = [format!("{name}/{feature}"), format!("{name}?/{feature}")];
            let askers = packages().filter(|asker| {
                asker.declared.iter().any(|declared| declared.name == *name && on(&declared.features))
                    || asker.features.iter().any(|(own, turned_on)| {
                        asker.active_features.contains(own)
                            && turned_on.iter().any(|it| forwarded.contains(it))
                    })
            });
            let askers: Vec<String> = askers.map(|asker| format!("`{}`", asker.name)).collect();
            let askers = if askers.is_empty() { "an unknown package".to_owned() } else { askers.join(", ") };
            findings.push(project.at_lock(
                package,
                format!("`{name}` has `{feature}` on, asked for by {askers}"),
                format!("{why}; turn it off there, or leave that package"),
            ));
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
    fn the_asker_is_named_whether_it_asks_directly_or_forwards() {
        let project = MadeUp::default()
            .member("linkwright-core", "crates/core", &[("serde_json", "normal")])
            .external("asks", &[("serde_json", "normal")], json!({ "asks": ["std", "preserve_order"] }))
            .external(
                "forwards",
                &[("serde_json", "normal")],
                json!({ "features": { "order": ["serde_json?/preserve_order"] }, "active": ["order"] }),
            )
            .external("serde_json", &[], json!({ "active": ["std", "preserve_order"] }))
            .project(&[]);
        let found: Vec<String> = check(&project).into_iter().map(|finding| finding.what).collect();
        assert_eq!(found, ["`serde_json` has `preserve_order` on, asked for by `asks`, `forwards`"]);
    }
}
