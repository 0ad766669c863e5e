//! Where the file of profiles is, by flag and variables.

use std::path::PathBuf;

use linkwright_sdk::core::ErrorKind;
use linkwright_sdk::{config_path, data_folder, state_folder};

use crate::support::variables;

#[test]
fn the_flag_then_the_variable_then_the_users_folder() {
    #[track_caller]
    fn check(flag: Option<&str>, set: &[(&str, &str)], path: &str, named_by: &str, explicit: bool) {
        let found = config_path(flag.map(PathBuf::from), &variables(set)).expect("a path");
        assert_eq!(found.path, PathBuf::from(path));
        assert_eq!((found.named_by, found.explicit), (named_by, explicit));
    }
    let all = [("LINKWRIGHT_CONFIG", "own.toml"), ("XDG_CONFIG_HOME", "/xdg"), ("HOME", "/home/me")];
    check(Some("flag.toml"), &all, "flag.toml", "--config", true);
    check(None, &all, "own.toml", "LINKWRIGHT_CONFIG", true);
    check(None, &all[1..], "/xdg/linkwright/config.toml", "XDG_CONFIG_HOME", false);
    check(
        None,
        &[("LINKWRIGHT_CONFIG", ""), ("XDG_CONFIG_HOME", "/xdg")],
        "/xdg/linkwright/config.toml",
        "XDG_CONFIG_HOME",
        false,
    );
}

#[cfg(all(unix, not(target_os = "macos")))]
#[test]
fn without_an_xdg_folder_it_is_in_the_home_folder() {
    // A relative XDG folder is void by its specification, an empty one is unset.
    for xdg in ["", "relative", "./relative", "~/x"] {
        let set = [("XDG_CONFIG_HOME", xdg), ("HOME", "/home/me")];
        let found = config_path(None, &variables(&set)).expect("a path");
        assert_eq!(found.path, PathBuf::from("/home/me/.config/linkwright/config.toml"), "{xdg:?}");
        assert_eq!((found.named_by, found.explicit), ("HOME", false));
    }
}

#[test]
fn without_any_folder_it_is_said_what_to_set() {
    for set in [&[][..], &[("HOME", ""), ("APPDATA", ""), ("XDG_CONFIG_HOME", "relative")]] {
        let error = config_path(None, &variables(set)).expect_err("no folder");
        assert_eq!(error.kind(), ErrorKind::ConfigInvalid);
        let variable = if cfg!(windows) { "APPDATA" } else { "HOME" };
        assert_eq!(error.message(), format!("no folder for settings: `{variable}` is not set"));
        assert_eq!(error.hint(), Some("set `LINKWRIGHT_CONFIG` to a file"));
    }
}

#[test]
fn data_and_state_are_in_folders_of_their_own() {
    let xdg = [("XDG_DATA_HOME", "/data"), ("XDG_STATE_HOME", "/state"), ("HOME", "/home/me")];
    assert_eq!(data_folder(&variables(&xdg)).expect("a folder"), PathBuf::from("/data/linkwright"));
    assert_eq!(state_folder(&variables(&xdg)).expect("a folder"), PathBuf::from("/state/linkwright"));
    for error in [data_folder(&variables(&[])), state_folder(&variables(&[]))].map(Result::unwrap_err) {
        assert_eq!(error.kind(), ErrorKind::ConfigInvalid);
        assert!(error.message().starts_with("no folder for "), "{error}");
        assert!(error.hint().is_some());
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
#[test]
fn without_xdg_folders_data_and_state_are_in_the_home_folder() {
    let set = [("XDG_DATA_HOME", "relative"), ("XDG_STATE_HOME", ""), ("HOME", "/home/me")];
    let data = data_folder(&variables(&set)).expect("a folder");
    assert_eq!(data, PathBuf::from("/home/me/.local/share/linkwright"));
    let state = state_folder(&variables(&set)).expect("a folder");
    assert_eq!(state, PathBuf::from("/home/me/.local/state/linkwright"));
}
