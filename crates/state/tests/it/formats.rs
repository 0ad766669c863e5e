//! Files of other formats and other programs.

use std::fs;

use linkwright_core::ErrorKind;
use linkwright_state::State;
use rusqlite::Connection;

use crate::support::{Folder, MINUTE};

/// Runs SQL on the folder's state file.
fn change(folder: &Folder, sql: &str) {
    Connection::open(folder.path("state.sqlite")).unwrap().execute_batch(sql).unwrap();
}

#[tokio::test]
async fn a_new_file_says_its_format_and_its_program() {
    let folder = Folder::new();
    folder.state().put("key", b"1", MINUTE).await.unwrap();
    let connection = Connection::open(folder.path("state.sqlite")).unwrap();
    let text = |pragma: &str| {
        connection
            .query_row(&format!("PRAGMA {pragma}"), [], |row| row.get::<_, rusqlite::types::Value>(0))
            .unwrap()
    };
    assert_eq!(text("user_version"), 1.into());
    assert_eq!(text("application_id"), i64::from(u32::from_be_bytes(*b"Lkwr")).into());
    assert_eq!(text("journal_mode"), "wal".to_owned().into());
}

#[tokio::test]
async fn a_newer_format_is_refused_by_its_number_and_left_alone() {
    let folder = Folder::new();
    folder.state().put("key", b"1", MINUTE).await.unwrap();
    change(&folder, "PRAGMA user_version = 7");
    let state = folder.state();
    let error = state.get("key").await.unwrap_err();
    let path = folder.path("state.sqlite").display().to_string();
    let message = format!("the state file is of format 7, which a newer Linkwright wrote: `{path}`");
    assert_eq!((error.kind(), error.message()), (ErrorKind::Corrupt, message.as_str()));
    let hint = format!("update linkwright, or delete the file, nothing in it is worth a backup: rm '{path}'");
    assert_eq!(error.hint(), Some(hint.as_str()));
    assert_eq!(state.moved_aside(), None);
    assert_eq!(folder.files(), ["state.sqlite"]);
    change(&folder, "PRAGMA user_version = 1");
    assert_eq!(state.get("key").await.unwrap().as_deref(), Some(&b"1"[..]), "the file was not left alone");
}

#[tokio::test]
async fn a_database_of_another_program_is_refused_and_left_alone() {
    for sql in ["CREATE TABLE notes (text TEXT)", "PRAGMA application_id = 17; CREATE TABLE entry (a)"] {
        let folder = Folder::new();
        fs::write(folder.path("state.sqlite"), "").unwrap();
        change(&folder, sql);
        #[cfg(unix)]
        fs::set_permissions(folder.path("state.sqlite"), std::os::unix::fs::PermissionsExt::from_mode(0o600))
            .unwrap();
        let before = fs::read(folder.path("state.sqlite")).unwrap();
        let error = folder.state().put("key", b"1", MINUTE).await.unwrap_err();
        let path = folder.path("state.sqlite").display().to_string();
        let message = format!("the file is the database of another program: `{path}`");
        assert_eq!((error.kind(), error.message()), (ErrorKind::Corrupt, message.as_str()));
        assert_eq!(fs::read(folder.path("state.sqlite")).unwrap(), before);
    }
}

#[tokio::test]
async fn an_empty_file_is_a_new_one() {
    let folder = Folder::new();
    fs::write(folder.path("state.sqlite"), "").unwrap();
    #[cfg(unix)]
    fs::set_permissions(folder.path("state.sqlite"), std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .unwrap();
    let state = folder.state();
    state.put("key", b"1", MINUTE).await.unwrap();
    assert_eq!((state.get("key").await.unwrap().as_deref(), state.moved_aside()), (Some(&b"1"[..]), None));
}

#[tokio::test]
async fn expired_rows_do_not_stay_in_the_file() {
    let folder = Folder::new();
    let clock = linkwright_testkit::ManualClock::new();
    let state =
        linkwright_state::SqliteState::open(folder.path("state.sqlite"), std::sync::Arc::new(clock.clone()));
    let pace = linkwright_state::Pace::every(MINUTE);
    for number in 0..20 {
        state.put(&format!("key/{number}"), b"1", MINUTE).await.unwrap();
        state.reserve(&format!("pace/{number}"), pace, MINUTE).await.unwrap();
    }
    clock.advance(MINUTE);
    state.put("key/last", b"1", MINUTE).await.unwrap();
    state.reserve("pace/last", pace, MINUTE).await.unwrap();
    let connection = Connection::open(folder.path("state.sqlite")).unwrap();
    for table in ["entry", "pace"] {
        let count = format!("SELECT count(*) FROM {table}");
        assert_eq!(connection.query_row(&count, [], |row| row.get::<_, i64>(0)).unwrap(), 1, "{table}");
    }
}
