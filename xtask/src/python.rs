//! The Python that runs the interop tests: a virtual environment under `target/`, with pinned packages.
//!
//! It is made once, and again when the list of packages or the Python it was made with changes. Which tests use it, and
//! how, is theirs to know.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::installed::{self, Installed};
use crate::step::timed;

/// Tells the tests where that Python is.
pub(crate) const VARIABLE: &str = "LINKWRIGHT_TEST_PYTHON";

/// What is installed, from the root of the workspace.
const REQUIREMENTS: &str = "tests/interop/python/requirements.txt";

/// The oldest Python the packages are published for.
const OLDEST: (u32, u32) = (3, 11);

/// Makes sure that the environment is there, and says where its Python is.
pub(crate) fn set_up(target_directory: &Path) -> Outcome<PathBuf> {
    let requirements = installed::read(REQUIREMENTS)?;
    let (system, version) = find()?;
    let place = Installed::new(target_directory, "python", format!("{version}\n{requirements}"));
    let folder = place.folder();
    let python = if cfg!(windows) { folder.join("Scripts/python.exe") } else { folder.join("bin/python") };
    // The folder may have been moved or copied with the tree: its Python must still start.
    if place.is_current() && installed::version_of(&python).is_some() {
        return Ok(python);
    }
    timed("python", &format!("{system} -m venv {}", folder.display()), || {
        place.clear()?;
        let mut make = Command::new(system);
        make.args(["-m", "venv"]).arg(folder);
        installed::run(
            &mut make,
            "install Python's `venv` and `pip`; on Debian and Ubuntu: `apt-get install python3-venv`",
        )?;
        let mut install = Command::new(&python);
        // All that is needed is in the list, each with its version: nothing is looked up besides.
        install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
        install.args(["--only-binary", ":all:", "--requirement", REQUIREMENTS]);
        installed::run(
            &mut install,
            "pip must reach a package index; it uses the machine's own configuration",
        )?;
        place.finish()
    })?;
    Ok(python)
}

/// The first that is new enough, of the names that systems give it, and its version.
fn find() -> Outcome<(&'static str, String)> {
    let mut found = ["python3", "python"]
        .into_iter()
        .filter_map(|program| installed::version_of(program).map(|version| (program, version)));
    found.find(|(_, version)| installed::is_at_least(version, OLDEST)).ok_or_else(|| {
        let (major, minor) = OLDEST;
        Failure::because(format!(
            "no Python from {major}.{minor} on was found; the tests with the Python clients need one\n\
             hint: install it; on Debian and Ubuntu: `apt-get install python3 python3-venv`"
        ))
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_package_has_a_version() {
        let text = include_str!("../../tests/interop/python/requirements.txt");
        let packages: Vec<&str> =
            text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
        assert!(packages.iter().any(|package| package.starts_with("python-amazon-paapi==")));
        for package in packages {
            assert_eq!(package.matches("==").count(), 1, "{package}");
        }
    }
}
