//! The Python that runs the interop tests: a virtual environment under `target/`, with pinned packages.
//!
//! It is made once, and again when the list of packages or the Python it was made with changes. Which tests use it, and
//! how, is theirs to know.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Failure, Outcome};
use crate::step::timed;

/// Tells the tests where that Python is.
pub(crate) const VARIABLE: &str = "LINKWRIGHT_TEST_PYTHON";

/// What is installed, from the root of the workspace.
const REQUIREMENTS: &str = "tests/interop/python/requirements.txt";

/// The oldest Python the packages are published for.
const OLDEST: (u32, u32) = (3, 11);

/// Makes sure that the environment is there, and says where its Python is.
pub(crate) fn set_up(target_directory: &Path) -> Outcome<PathBuf> {
    let requirements = std::fs::read_to_string(REQUIREMENTS)
        .map_err(|error| Failure::because(format!("cannot read `{REQUIREMENTS}`: {error}")))?;
    let system = System::find()?;
    let folder = target_directory.join("interop").join("python");
    let python = if cfg!(windows) { folder.join("Scripts/python.exe") } else { folder.join("bin/python") };
    let stamp_file = folder.join("set-up");
    let stamp = format!("{}\n{requirements}", system.version);
    // The folder may have been moved or copied with the tree: its Python must still start.
    if std::fs::read_to_string(&stamp_file).is_ok_and(|known| known == stamp) && answers(&python) {
        return Ok(python);
    }
    timed("python", &format!("{} -m venv {}", system.program, folder.display()), || {
        if folder.exists() {
            std::fs::remove_dir_all(&folder).map_err(|error| {
                Failure::because(format!("cannot remove `{}`: {error}", folder.display()))
            })?;
        }
        let mut make = Command::new(system.program);
        make.args(["-m", "venv"]).arg(&folder);
        run(
            &mut make,
            "install Python's `venv` and `pip`; on Debian and Ubuntu: `apt-get install python3-venv`",
        )?;
        let mut install = Command::new(&python);
        // All that is needed is in the list, each with its version: nothing is looked up besides.
        install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
        install.args(["--only-binary", ":all:", "--requirement", REQUIREMENTS]);
        run(&mut install, "pip must reach a package index; it uses the machine's own configuration")?;
        std::fs::write(&stamp_file, &stamp)
            .map_err(|error| Failure::because(format!("cannot write `{}`: {error}", stamp_file.display())))
    })?;
    Ok(python)
}

/// The machine's own Python.
struct System {
    program: &'static str,
    version: String,
}

impl System {
    /// The first that is new enough, of the names that systems give it.
    fn find() -> Outcome<Self> {
        let versions = ["python3", "python"].into_iter().filter_map(|program| {
            let output = Command::new(program).arg("--version").output().ok()?;
            Some((program, String::from_utf8_lossy(&output.stdout).trim().to_owned()))
        });
        let versions: Vec<(&str, String)> = versions.collect();
        let found = versions.iter().find(|(_, version)| is_new_enough(version));
        let (oldest, minor) = OLDEST;
        match found {
            Some((program, version)) => Ok(Self { program, version: version.clone() }),
            None => Err(Failure::because(format!(
                "no Python from {oldest}.{minor} on was found; the tests with the official SDK need one\n\
                 hint: install it; on Debian and Ubuntu: `apt-get install python3 python3-venv`"
            ))),
        }
    }
}

/// Reads `Python 3.11.7`.
fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.trim_start_matches("Python ").split('.').map(str::parse::<u32>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => (major, minor) >= OLDEST,
        _ => false,
    }
}

fn answers(python: &Path) -> bool {
    let status = Command::new(python).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

fn run(command: &mut Command, hint: &str) -> Outcome {
    let shown = format!("{} {}", command.get_program().display(), arguments(command));
    let failed = |how: String| Failure::because(format!("`{shown}` failed: {how}\nhint: {hint}"));
    let status = command.status().map_err(|error| failed(error.to_string()))?;
    if status.success() { Ok(()) } else { Err(failed(status.to_string())) }
}

fn arguments(command: &Command) -> String {
    let words = command.get_args().map(|word| word.to_string_lossy().into_owned());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_strange_versions_are_refused() {
        for (version, expected) in [
            ("Python 3.11.7", true),
            ("Python 3.12.0", true),
            ("Python 4.0", true),
            ("Python 3.10.19", false),
            ("Python 2.7.18", false),
            ("Python 3.x", false),
            ("", false),
        ] {
            assert_eq!(is_new_enough(version), expected, "{version:?}");
        }
    }

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
