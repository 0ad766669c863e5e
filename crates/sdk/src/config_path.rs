//! Where the file of profiles is: the one place that knows platforms' folders.

use std::path::PathBuf;

use linkwright_core::{Error, ErrorKind, Result};

use crate::Variables;

/// Where the file of profiles is, and who said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigPath {
    /// The file. It need not exist.
    pub path: PathBuf,
    /// Whether somebody named this very file; then it must exist.
    pub explicit: bool,
    /// The flag or variable that led here.
    pub named_by: &'static str,
}

/// Finds the file of profiles: the flag, else `LINKWRIGHT_CONFIG`, else `linkwright/config.toml` in the user's folder of
/// settings (`XDG_CONFIG_HOME` or `~/.config`; `~/Library/Application Support` on macOS; `%APPDATA%` on Windows).
///
/// # Errors
/// Kind `ConfigInvalid` when no variable names a home folder.
pub fn config_path(flag: Option<PathBuf>, variables: Variables<'_>) -> Result<ConfigPath> {
    if let Some(path) = flag {
        return Ok(ConfigPath { path, explicit: true, named_by: "--config" });
    }
    let set = |name: &str| variables(name).filter(|value| !value.is_empty());
    if let Some(path) = set("LINKWRIGHT_CONFIG") {
        return Ok(ConfigPath { path: path.into(), explicit: true, named_by: "LINKWRIGHT_CONFIG" });
    }
    // The XDG variable counts on every platform: who sets it means it. A relative one is void by its specification.
    let xdg = set("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let (folder, named_by) = match xdg {
        Some(folder) => (Some(folder), "XDG_CONFIG_HOME"),
        None => platform_folder(&set),
    };
    let folder = folder.ok_or_else(|| {
        Error::new(
            ErrorKind::ConfigInvalid,
            "profile.find",
            format!("no folder for settings: `{named_by}` is not set"),
        )
        .with_hint("set `LINKWRIGHT_CONFIG` to a file")
    })?;
    Ok(ConfigPath { path: folder.join("linkwright").join("config.toml"), explicit: false, named_by })
}

fn platform_folder(set: &dyn Fn(&str) -> Option<String>) -> (Option<PathBuf>, &'static str) {
    if cfg!(windows) {
        (set("APPDATA").map(PathBuf::from), "APPDATA")
    } else if cfg!(target_os = "macos") {
        (set("HOME").map(|home| PathBuf::from(home).join("Library").join("Application Support")), "HOME")
    } else {
        (set("HOME").map(|home| PathBuf::from(home).join(".config")), "HOME")
    }
}
