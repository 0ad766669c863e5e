//! What the interop tests in Node need: pinned packages under `target/`, installed by npm from a lock file.
//!
//! They are installed once, and again when the lock file or the Node changes. Which tests use them, and how, is theirs to
//! know.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::installed::{self, Installed};
use crate::step::timed;

/// Tells the tests in which folder the packages are. The program is `node`, as found on the path.
pub(crate) const VARIABLE: &str = "LINKWRIGHT_TEST_NODE";

/// Where the two files of npm are, from the root of the workspace.
const SOURCE: &str = "tests/interop/node";

const FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// The package wants 18, whose option `--test-reporter` came with 18.15.
const OLDEST: (u32, u32) = (18, 15);

/// npm is a script, which Windows starts under its whole name only.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Makes sure that the packages are there, and says in which folder.
pub(crate) fn set_up(target_directory: &Path) -> Outcome<PathBuf> {
    let mut made_from = find()?;
    let mut files = Vec::new();
    for name in FILES {
        let text = installed::read(&format!("{SOURCE}/{name}"))?;
        made_from = format!("{made_from}\n{text}");
        files.push((name, text));
    }
    let place = Installed::new(target_directory, "node", made_from);
    let folder = place.folder();
    if place.is_current() {
        return Ok(folder.to_owned());
    }
    timed("node", &format!("{NPM} ci in {}", folder.display()), || {
        place.clear()?;
        std::fs::create_dir_all(folder)
            .map_err(|error| Failure::because(format!("cannot make `{}`: {error}", folder.display())))?;
        for (name, text) in &files {
            installed::write(&folder.join(name), text)?;
        }
        let mut install = Command::new(NPM);
        // Nothing but the packages: no script of theirs is run, and no service is asked about them.
        install.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]);
        install.args(["--loglevel", "error"]).current_dir(folder);
        installed::run(
            &mut install,
            "install npm (on Debian and Ubuntu: `apt-get install npm`); it must reach a package registry, and uses the \
             machine's own configuration",
        )?;
        place.finish()
    })?;
    Ok(folder.to_owned())
}

/// The version of the Node there is.
fn find() -> Outcome<String> {
    let version = installed::version_of("node");
    version.clone().filter(|version| installed::is_at_least(version, OLDEST)).ok_or_else(|| {
        let (major, minor) = OLDEST;
        let there_is = version.map_or_else(String::new, |version| format!(" (there is {version})"));
        Failure::because(format!(
            "no Node from {major}.{minor} on was found{there_is}; the tests with the Node client need one\n\
             hint: install it; on Debian and Ubuntu: `apt-get install nodejs npm`"
        ))
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_package_is_pinned_and_none_names_a_registry() {
        let wanted = include_str!("../../tests/interop/node/package.json");
        let lock = include_str!("../../tests/interop/node/package-lock.json");
        let lock: serde_json::Value = serde_json::from_str(lock).unwrap();
        let wanted: serde_json::Value = serde_json::from_str(wanted).unwrap();
        let packages = lock["packages"].as_object().unwrap();
        for (name, version) in wanted["dependencies"].as_object().unwrap() {
            assert_eq!(packages[&format!("node_modules/{name}")]["version"], *version, "{name}");
        }
        for (path, package) in packages.iter().filter(|(path, _)| !path.is_empty()) {
            // Installing must use the registry of whoever installs, and still get the same bytes.
            assert!(package.get("resolved").is_none(), "{path} has an address");
            assert!(package["integrity"].as_str().unwrap().starts_with("sha512-"), "{path}");
        }
    }
}
