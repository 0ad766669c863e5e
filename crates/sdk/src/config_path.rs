//! Where the file of profiles is, and the folders for data and state: the one place that knows platforms' folders.

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
    let (folder, named_by) = found(FolderOf::Settings, &set);
    let folder = folder
        .ok_or_else(|| none_for("settings", named_by).with_hint("set `LINKWRIGHT_CONFIG` to a file"))?;
    Ok(ConfigPath { path: folder.join("linkwright").join("config.toml"), explicit: false, named_by })
}

/// The folder for what must not be lost, such as the file of credentials and its key: `linkwright` in `XDG_DATA_HOME`,
/// else `~/.local/share`; `~/Library/Application Support` on macOS; `%LOCALAPPDATA%` on Windows. It need not exist.
///
/// # Errors
/// Kind `ConfigInvalid` when no variable names a home folder.
pub fn data_folder(variables: Variables<'_>) -> Result<PathBuf> {
    own_folder(FolderOf::Data, variables).map_err(|named_by| {
        none_for("data", named_by).with_hint("say where credentials are by `LINKWRIGHT_STORE`")
    })
}

/// The folder for what can be made again, such as tokens and verdicts: `linkwright` in `XDG_STATE_HOME`, else
/// `~/.local/state`; `~/Library/Application Support` on macOS; `%LOCALAPPDATA%` on Windows. It need not exist.
///
/// # Errors
/// Kind `ConfigInvalid` when no variable names a home folder.
pub fn state_folder(variables: Variables<'_>) -> Result<PathBuf> {
    own_folder(FolderOf::State, variables)
        .map_err(|named_by| none_for("state", named_by).with_hint(format!("set `{named_by}` to a folder")))
}

/// What a folder is for.
#[derive(Clone, Copy)]
enum FolderOf {
    Settings,
    Data,
    State,
}

fn own_folder(of: FolderOf, variables: Variables<'_>) -> std::result::Result<PathBuf, &'static str> {
    let set = |name: &str| variables(name).filter(|value| !value.is_empty());
    match found(of, &set) {
        (Some(folder), _) => Ok(folder.join("linkwright")),
        (None, named_by) => Err(named_by),
    }
}

fn none_for(what: &str, named_by: &str) -> Error {
    let message = format!("no folder for {what}: `{named_by}` is not set");
    Error::new(ErrorKind::ConfigInvalid, "folder.find", message)
}

/// The folder for this, and the variable that led there or would have.
fn found(of: FolderOf, set: &dyn Fn(&str) -> Option<String>) -> (Option<PathBuf>, &'static str) {
    let xdg_name = match of {
        FolderOf::Settings => "XDG_CONFIG_HOME",
        FolderOf::Data => "XDG_DATA_HOME",
        FolderOf::State => "XDG_STATE_HOME",
    };
    // The XDG variable counts on every platform: who sets it means it. A relative one is void by its specification.
    let xdg = set(xdg_name).map(PathBuf::from).filter(|path| path.is_absolute());
    match xdg {
        Some(folder) => (Some(folder), xdg_name),
        None => platform_folder(of, set),
    }
}

fn platform_folder(of: FolderOf, set: &dyn Fn(&str) -> Option<String>) -> (Option<PathBuf>, &'static str) {
    if cfg!(windows) {
        // Keys and tokens stay on their machine; only settings follow the user to others.
        let variable = match of {
            FolderOf::Settings => "APPDATA",
            FolderOf::Data | FolderOf::State => "LOCALAPPDATA",
        };
        return (set(variable).map(PathBuf::from), variable);
    }
    let below = if cfg!(target_os = "macos") {
        "Library/Application Support"
    } else {
        match of {
            FolderOf::Settings => ".config",
            FolderOf::Data => ".local/share",
            FolderOf::State => ".local/state",
        }
    };
    (set("HOME").map(|home| PathBuf::from(home).join(below)), "HOME")
}
