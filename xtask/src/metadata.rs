//! What `cargo metadata` says: the packages of the whole dependency graph, and which activates which.
//!
//! Reads and walks the graph; judges nothing.

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::failure::{Failure, Outcome};
use crate::step::cargo;

const COMMAND: &str = "cargo metadata --format-version 1 --locked --all-features";

/// The workspace and everything it depends on.
#[derive(Debug)]
pub(crate) struct Metadata {
    /// The folder of the root manifest.
    pub(crate) root: PathBuf,
    /// Where cargo builds, `CARGO_TARGET_DIR` and configuration considered.
    pub(crate) target_directory: PathBuf,
    /// Members and externals, in cargo's order.
    pub(crate) packages: Vec<Package>,
}

/// One package of the graph.
#[derive(Debug)]
pub(crate) struct Package {
    /// As in its manifest.
    pub(crate) name: String,
    /// As in its manifest.
    pub(crate) version: String,
    /// Its `Cargo.toml`.
    pub(crate) manifest: PathBuf,
    /// Whether it belongs to this workspace.
    pub(crate) is_member: bool,
    /// The SPDX expression it declares.
    pub(crate) licence: Option<String>,
    /// The Rust version it declares.
    pub(crate) rust_version: Option<String>,
    /// What its manifest names, activated or not.
    pub(crate) declared: Vec<Declared>,
    /// What it builds.
    pub(crate) targets: Vec<Target>,
    /// What its own `[features]` turn on, by feature.
    pub(crate) features: Vec<(String, Vec<String>)>,
    /// The features that are on in this graph.
    pub(crate) active_features: Vec<String>,
    /// What it really uses in this graph, on any platform.
    pub(crate) used: Vec<Use>,
}

/// One dependency as a manifest names it.
#[derive(Debug)]
pub(crate) struct Declared {
    /// The package's real name, also when it is renamed.
    pub(crate) name: String,
    /// For what it is needed.
    pub(crate) kind: Kind,
    /// The features asked for.
    pub(crate) features: Vec<String>,
}

/// One edge of the graph.
#[derive(Debug)]
pub(crate) struct Use {
    /// Index into [`Metadata::packages`].
    pub(crate) package: usize,
    /// For what it is used; may be several.
    pub(crate) kinds: Vec<Kind>,
}

/// One thing a package builds.
#[derive(Debug)]
pub(crate) struct Target {
    /// `lib`, `bin`, `test`, `bench`, `example`, `custom-build`, …
    pub(crate) kinds: Vec<String>,
    /// Its root file.
    pub(crate) source: PathBuf,
}

/// For what a dependency is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The code itself.
    Normal,
    /// Its build script.
    Build,
    /// Its tests, benches and examples.
    Dev,
}

impl Metadata {
    /// Asks cargo. With all features, because a wall with a feature-shaped hole is none.
    pub(crate) fn load() -> Outcome<Self> {
        let output = cargo()
            .args(COMMAND.split(' ').skip(1))
            .output()
            .map_err(|error| Failure::because(format!("`{COMMAND}` could not be started: {error}")))?;
        if !output.status.success() {
            return Err(Failure::because(format!(
                "`{COMMAND}` failed ({}):\n{}",
                output.status,
                String::from_utf8_lossy(&output.stderr).trim_end()
            )));
        }
        let json = serde_json::from_slice(&output.stdout)
            .map_err(|error| Failure::because(format!("`{COMMAND}` did not print JSON: {error}")))?;
        Self::from_json(&json)
    }

    /// Reads the document `cargo metadata` prints.
    pub(crate) fn from_json(json: &Value) -> Outcome<Self> {
        let members = texts(&json["workspace_members"]);
        let mut packages = Vec::new();
        let mut indexes = HashMap::new();
        for package in array(&json["packages"]) {
            let id = text(package, "id")?;
            indexes.insert(id.clone(), packages.len());
            packages.push(Package::from_json(package, members.contains(&id))?);
        }
        for node in array(&json["resolve"]["nodes"]) {
            let Some(&index) = indexes.get(&text(node, "id")?) else {
                continue;
            };
            packages[index].active_features = texts(&node["features"]);
            for used in array(&node["deps"]) {
                if let Some(&package) = indexes.get(&text(used, "pkg")?) {
                    let kinds = array(&used["dep_kinds"]).iter().map(Kind::from_json).collect();
                    packages[index].used.push(Use { package, kinds });
                }
            }
        }
        Ok(Self {
            root: text(json, "workspace_root")?.into(),
            target_directory: text(json, "target_directory")?.into(),
            packages,
        })
    }

    /// The packages of this workspace.
    pub(crate) fn members(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| package.is_member)
    }

    /// The packages that come from elsewhere.
    pub(crate) fn externals(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| !package.is_member)
    }

    /// `path` seen from the root, with `/` on every platform.
    pub(crate) fn relative(&self, path: &Path) -> String {
        let path = path.strip_prefix(&self.root).unwrap_or(path);
        path.to_string_lossy().replace('\\', "/")
    }

    /// The folder of a package seen from the root.
    pub(crate) fn folder(&self, package: &Package) -> String {
        package.manifest.parent().map(|folder| self.relative(folder)).unwrap_or_default()
    }

    /// The shortest chain `a → b → c` from `start` to a package named `wanted`, over edges of the given kinds.
    pub(crate) fn chain(&self, start: &Package, wanted: &str, kinds: &[Kind]) -> Option<String> {
        let start = self.packages.iter().position(|package| std::ptr::eq(package, start))?;
        let mut reached_from: HashMap<usize, Option<usize>> = HashMap::from([(start, None)]);
        let mut queue = VecDeque::from([start]);
        while let Some(index) = queue.pop_front() {
            if self.packages[index].name == wanted {
                let mut names = Vec::new();
                let mut at = Some(index);
                while let Some(index) = at {
                    names.push(self.packages[index].name.as_str());
                    at = reached_from.get(&index).copied().flatten();
                }
                names.reverse();
                return Some(names.join(" → "));
            }
            for used in &self.packages[index].used {
                let follow = used.kinds.iter().any(|kind| kinds.contains(kind));
                if follow && !reached_from.contains_key(&used.package) {
                    reached_from.insert(used.package, Some(index));
                    queue.push_back(used.package);
                }
            }
        }
        None
    }
}

impl Package {
    /// Whether it has a target of this kind, `bench` for instance.
    pub(crate) fn builds(&self, kind: &str) -> bool {
        self.targets.iter().any(|target| target.is(kind))
    }

    fn from_json(json: &Value, is_member: bool) -> Outcome<Self> {
        let declared = array(&json["dependencies"])
            .iter()
            .map(|dependency| {
                Ok(Declared {
                    name: text(dependency, "name")?,
                    kind: Kind::from_json(dependency),
                    features: texts(&dependency["features"]),
                })
            })
            .collect::<Outcome<_>>()?;
        let targets = array(&json["targets"])
            .iter()
            .map(|target| {
                Ok(Target { kinds: texts(&target["kind"]), source: text(target, "src_path")?.into() })
            })
            .collect::<Outcome<_>>()?;
        let features = json["features"].as_object().into_iter().flatten();
        Ok(Self {
            name: text(json, "name")?,
            version: text(json, "version")?,
            manifest: text(json, "manifest_path")?.into(),
            is_member,
            licence: json["license"].as_str().map(str::to_owned),
            rust_version: json["rust_version"].as_str().map(str::to_owned),
            declared,
            targets,
            features: features.map(|(name, turned_on)| (name.clone(), texts(turned_on))).collect(),
            active_features: Vec::new(),
            used: Vec::new(),
        })
    }
}

impl Target {
    /// Whether this is a target of the kind.
    pub(crate) fn is(&self, kind: &str) -> bool {
        self.kinds.iter().any(|own| own == kind)
    }
}

impl Kind {
    /// Cargo writes a normal dependency as `null`.
    fn from_json(dependency: &Value) -> Self {
        match dependency["kind"].as_str() {
            Some("dev") => Self::Dev,
            Some("build") => Self::Build,
            _ => Self::Normal,
        }
    }
}

fn array(json: &Value) -> &[Value] {
    json.as_array().map_or(&[], Vec::as_slice)
}

fn texts(json: &Value) -> Vec<String> {
    array(json).iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn text(json: &Value, key: &str) -> Outcome<String> {
    json[key]
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| Failure::because(format!("`{COMMAND}` printed an object without `{key}`")))
}
