//! A workspace that exists in memory only, for the tests of the checks.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::Project;
use super::tree::Tree;
use crate::metadata::Metadata;

/// Collects packages in the form `cargo metadata` prints them.
#[derive(Default)]
pub(crate) struct MadeUp {
    packages: Vec<Value>,
    nodes: Vec<Value>,
    members: Vec<String>,
}

impl MadeUp {
    /// Adds a member in `folder` with dependencies `(package, normal|build|dev)`.
    pub(crate) fn member(mut self, name: &str, folder: &str, dependencies: &[(&str, &str)]) -> Self {
        self.members.push(name.to_owned());
        self.package(name, &format!("/made-up/{folder}/Cargo.toml"), dependencies, json!({}))
    }

    /// Adds a package from elsewhere; `more` holds further members of its JSON object, and `active` features.
    pub(crate) fn external(self, name: &str, dependencies: &[(&str, &str)], more: Value) -> Self {
        self.package(name, &format!("/registry/{name}/Cargo.toml"), dependencies, more)
    }

    /// Adds a target to the package added last.
    pub(crate) fn target(mut self, kind: &str, name: &str, source: &str) -> Self {
        let target = json!({ "name": name, "kind": [kind], "src_path": format!("/made-up/{source}") });
        if let Some(targets) = self.packages.last_mut().and_then(|package| package["targets"].as_array_mut())
        {
            targets.push(target);
        }
        self
    }

    /// The project of these packages and files.
    pub(crate) fn project(self, files: &[(&str, &str)]) -> Project {
        let metadata = json!({
            "workspace_root": "/made-up",
            "target_directory": "/made-up/target",
            "workspace_members": self.members,
            "packages": self.packages,
            "resolve": { "nodes": self.nodes },
        });
        let mut metadata = Metadata::from_json(&metadata).unwrap_or_else(|failure| panic!("{failure:?}"));
        metadata.root = PathBuf::from("/made-up");
        Project { tree: Tree::of(files), metadata }
    }

    fn package(mut self, name: &str, manifest: &str, dependencies: &[(&str, &str)], more: Value) -> Self {
        let kind = |kind: &str| if kind == "normal" { Value::Null } else { json!(kind) };
        let declared: Vec<Value> = dependencies
            .iter()
            .map(|(to, for_what)| json!({ "name": to, "kind": kind(for_what), "features": more["asks"] }))
            .collect();
        let used: Vec<Value> = dependencies
            .iter()
            .map(|(to, for_what)| json!({ "pkg": to, "dep_kinds": [{ "kind": kind(for_what) }] }))
            .collect();
        self.nodes.push(json!({ "id": name, "deps": used, "features": more["active"] }));
        let mut package = json!({
            "id": name, "name": name, "version": "1.2.3", "manifest_path": manifest,
            "dependencies": declared, "targets": [], "features": {}, "license": "MIT",
        });
        for (key, value) in more.as_object().into_iter().flatten() {
            package[key] = value.clone();
        }
        self.packages.push(package);
        self
    }
}
