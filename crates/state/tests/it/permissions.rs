//! Who may read the file, and what is said where it cannot be used.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;
use std::sync::Arc;

use linkwright_core::{Error, ErrorKind};
use linkwright_state::{Pace, SqliteState, State};
use linkwright_testkit::ManualClock;

use crate::support::{Folder, MINUTE};

fn at(path: &Path) -> SqliteState {
    SqliteState::open(path, Arc::new(ManualClock::new()))
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn check(error: &Error, message: &str, hint: &str) {
    assert_eq!((error.kind(), error.message()), (ErrorKind::Unavailable, message));
    assert_eq!(error.hint(), Some(hint));
}

#[tokio::test]
async fn file_and_folder_are_made_for_their_owner_alone_at_the_first_use() {
    let folder = Folder::new();
    let path = folder.path("state/linkwright/state.sqlite");
    let state = at(&path);
    assert!(!folder.path("state").exists());
    state.put("key", b"1", MINUTE).await.unwrap();
    assert_eq!((mode(path.parent().unwrap()), mode(&folder.path("state"))), (0o700, 0o700));
    for suffix in ["", "-wal", "-shm", ".lock"] {
        let file = format!("{}{suffix}", path.display());
        assert_eq!(mode(Path::new(&file)), 0o600, "{file}");
    }
}

#[tokio::test]
async fn a_file_others_may_read_is_refused_with_the_command_that_mends_it() {
    let folder = Folder::new();
    let path = folder.path("it's.sqlite");
    at(&path).put("key", b"1", MINUTE).await.unwrap();
    for open in [0o640, 0o604, 0o620, 0o602, 0o666, 0o610] {
        set_mode(&path, open);
        let message = format!("the state file is open to other users: `{}`", path.display());
        let hint =
            format!("close it to them: chmod 600 '{}'", path.display().to_string().replace('\'', r"'\''"));
        check(&at(&path).get("key").await.unwrap_err(), &message, &hint);
    }
    set_mode(&path, 0o600);
    assert_eq!(at(&path).get("key").await.unwrap().as_deref(), Some(&b"1"[..]));
}

#[tokio::test]
async fn a_folder_others_may_write_to_is_refused() {
    let folder = Folder::new();
    let inner = folder.path("shared");
    fs::create_dir(&inner).unwrap();
    for (mode, refused) in [(0o777, true), (0o770, true), (0o707, true), (0o1777, false), (0o755, false)] {
        set_mode(&inner, mode);
        let answer = at(&inner.join("state.sqlite")).get("key").await;
        assert_eq!(answer.is_err(), refused, "{mode:o}");
        if let Err(error) = answer {
            let shown = inner.display();
            let message = format!("other users may replace files in the folder of the state file: `{shown}`");
            check(&error, &message, &format!("close it to them: chmod go-w '{shown}'"));
        }
    }
}

#[tokio::test]
async fn a_file_of_another_user_is_refused() {
    let folder = Folder::new();
    let path = folder.path("state.sqlite");
    at(&path).put("key", b"1", MINUTE).await.unwrap();
    // Only the administrator can give files away. Everybody else meets a folder of the administrator's instead.
    if chown(&path, Some(12345), None).is_ok() {
        let message = format!("the state file belongs to another user: `{}`", path.display());
        check(
            &at(&path).get("key").await.unwrap_err(),
            &message,
            "run as that user, or name another file for the state",
        );
        chown(folder.path(""), Some(12345), None).unwrap();
        let error = at(&path).get("key").await.unwrap_err();
        assert!(
            error.message().starts_with("the folder of the state file belongs to another user"),
            "{error}"
        );
    } else {
        let error = at(Path::new("/state.sqlite")).get("key").await.unwrap_err();
        assert_eq!(
            (error.kind(), error.message()),
            (ErrorKind::Unavailable, "cannot lock the state file: `/state.sqlite.lock`")
        );
    }
}

#[tokio::test]
async fn a_place_that_cannot_be_written_is_unavailable_for_every_method() {
    let folder = Folder::new();
    fs::write(folder.path("file"), "no folder").unwrap();
    let state = at(&folder.path("file/state.sqlite"));
    let (pace, origin) = (Pace::every(MINUTE), state.info().to_string());
    for (operation, error) in [
        ("state.get", state.get("key").await.unwrap_err()),
        ("state.put", state.put("key", b"1", MINUTE).await.unwrap_err()),
        ("state.compare_and_set", state.compare_and_set("key", None, b"1", MINUTE).await.unwrap_err()),
        ("state.remove", state.remove("key").await.unwrap_err()),
        ("state.reserve", state.reserve("key", pace, MINUTE).await.unwrap_err()),
    ] {
        let message =
            format!("cannot make the folder of the state file: `{}`", folder.path("file").display());
        assert_eq!((error.kind(), error.message()), (ErrorKind::Unavailable, message.as_str()));
        assert_eq!((error.operation(), error.origin()), (operation, origin.as_str()));
        assert!(error.hint().is_some());
    }
    assert_eq!(origin, format!("sqlite:{}", folder.path("file/state.sqlite").display()));
}

#[tokio::test]
async fn a_folder_in_the_place_of_the_file_is_refused() {
    let folder = Folder::new();
    fs::create_dir(folder.path("state.sqlite")).unwrap();
    let error = folder.state().get("key").await.unwrap_err();
    let message = format!("the state file is no file: `{}`", folder.path("state.sqlite").display());
    check(&error, &message, "name a file for the state");
}
