//! Folders under `target/` into which other languages' own programs install what the interop tests need.
//!
//! When such a folder is still good, and what is said when one cannot be made. What goes into them is not known here.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Failure, Outcome};

/// A folder that is made anew when what it was made from changes.
#[derive(Debug)]
pub(crate) struct Installed {
    folder: PathBuf,
    /// Everything that decides what is in the folder, as text.
    made_from: String,
}

impl Installed {
    /// The folder of this name, which may not be there yet.
    pub(crate) fn new(target_directory: &Path, name: &str, made_from: String) -> Self {
        Self { folder: target_directory.join("interop").join(name), made_from }
    }

    /// Where it is.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether a former run finished it, with the same content.
    pub(crate) fn is_current(&self) -> bool {
        std::fs::read_to_string(self.stamp()).is_ok_and(|known| known == self.made_from)
    }

    /// Removes what is there.
    pub(crate) fn clear(&self) -> Outcome {
        if !self.folder.exists() {
            return Ok(());
        }
        std::fs::remove_dir_all(&self.folder)
            .map_err(|error| Failure::because(format!("cannot remove `{}`: {error}", self.folder.display())))
    }

    /// Says to later runs that it is complete.
    pub(crate) fn finish(&self) -> Outcome {
        write(&self.stamp(), &self.made_from)
    }

    fn stamp(&self) -> PathBuf {
        self.folder.join("set-up")
    }
}

/// Reads a list of packages.
pub(crate) fn read(path: &str) -> Outcome<String> {
    std::fs::read_to_string(path).map_err(|error| Failure::because(format!("cannot read `{path}`: {error}")))
}

/// Writes a file whose folder is there.
pub(crate) fn write(path: &Path, text: &str) -> Outcome {
    std::fs::write(path, text)
        .map_err(|error| Failure::because(format!("cannot write `{}`: {error}", path.display())))
}

/// What `PROGRAM --version` prints; `None` if there is no such program.
pub(crate) fn version_of(program: impl AsRef<std::ffi::OsStr>) -> Option<String> {
    let output = Command::new(program).arg("--version").stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether a text such as `Python 3.11.7` or `v20.20.2` names at least this version.
pub(crate) fn is_at_least(version: &str, oldest: (u32, u32)) -> bool {
    let number = version.trim_start_matches(|c: char| !c.is_ascii_digit());
    let mut numbers = number.split('.').map(str::parse::<u32>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => (major, minor) >= oldest,
        _ => false,
    }
}

/// Runs a command that installs something; `hint` is what to do when it fails.
pub(crate) fn run(command: &mut Command, hint: &str) -> Outcome {
    let words = command.get_args().map(|word| word.to_string_lossy().into_owned());
    let words = words.collect::<Vec<_>>().join(" ");
    let shown = format!("{} {words}", command.get_program().display());
    let failed = |how: String| Failure::because(format!("`{shown}` failed: {how}\nhint: {hint}"));
    let status = command.status().map_err(|error| failed(error.to_string()))?;
    if status.success() { Ok(()) } else { Err(failed(status.to_string())) }
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
            ("v20.20.2", true),
            ("Python 3.10.19", false),
            ("Python 2.7.18", false),
            ("Python 3.x", false),
            ("", false),
        ] {
            assert_eq!(is_at_least(version, (3, 11)), expected, "{version:?}");
        }
    }

    #[test]
    fn a_folder_is_current_once_it_is_finished_and_until_its_list_changes() {
        let target = std::env::temp_dir().join(format!("xtask-installed-{}", std::process::id()));
        let first = Installed::new(&target, "language", "package 1".to_owned());
        assert!(!first.is_current());
        std::fs::create_dir_all(first.folder()).unwrap();
        first.finish().unwrap();
        assert!(first.is_current());
        assert!(!Installed::new(&target, "language", "package 2".to_owned()).is_current());
        first.clear().unwrap();
        assert!(!first.is_current());
        std::fs::remove_dir_all(&target).unwrap();
    }
}
