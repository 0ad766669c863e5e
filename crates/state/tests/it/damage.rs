//! A damaged file is moved aside: no crash, no wrong answer.

use std::fs::{self, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use linkwright_core::ErrorKind;
use linkwright_state::{Pace, Slot, SqliteState, State};
use rusqlite::Connection;

use crate::support::{Folder, MINUTE};

/// A folder with a state of twenty keys, closed.
async fn filled() -> Folder {
    let folder = Folder::new();
    let state = folder.state();
    for number in 0..20 {
        state.put(&format!("key/{number}"), &value(number), MINUTE).await.unwrap();
    }
    state.reserve("pace", Pace::every(MINUTE), MINUTE).await.unwrap();
    folder
}

fn value(number: usize) -> Vec<u8> {
    format!("value {number} ").repeat(40).into_bytes()
}

/// Reads all keys, of which each may be lost but none wrong, then writes one and reads it back.
async fn check_usable(state: &SqliteState, what: &str) {
    for number in 0..20 {
        let found =
            state.get(&format!("key/{number}")).await.unwrap_or_else(|error| panic!("{what}: {error:?}"));
        assert!(found.is_none_or(|found| found == value(number)), "{what}: a wrong answer for key/{number}");
    }
    let slot = state.reserve("pace", Pace::every(MINUTE), 10 * MINUTE).await.unwrap();
    assert!([Slot::In(MINUTE), Slot::In(std::time::Duration::ZERO)].contains(&slot), "{what}: {slot:?}");
    state.put("new", b"1", MINUTE).await.unwrap();
    assert_eq!(state.get("new").await.unwrap().as_deref(), Some(&b"1"[..]), "{what}");
}

fn overwrite(path: &Path, at: u64, bytes: &[u8]) {
    let mut file = OpenOptions::new().write(true).open(path).unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(bytes).unwrap();
}

#[tokio::test]
async fn a_file_that_is_no_database_is_kept_under_another_name() {
    let folder = Folder::new();
    for number in 1..=3 {
        let garbage = format!("no database, number {number} ").repeat(100);
        fs::write(folder.path("state.sqlite"), &garbage).unwrap();
        #[cfg(unix)]
        fs::set_permissions(folder.path("state.sqlite"), std::os::unix::fs::PermissionsExt::from_mode(0o600))
            .unwrap();
        let state = folder.state();
        assert_eq!(state.moved_aside(), None);
        check_usable(&state, "garbage").await;
        let aside = folder.path(&format!("state.sqlite.corrupt-{number}"));
        assert_eq!(state.moved_aside(), Some(aside.clone()));
        assert_eq!(fs::read_to_string(aside).unwrap(), garbage);
    }
}

#[tokio::test]
async fn a_file_cut_anywhere_is_no_crash_and_no_wrong_answer() {
    let length = fs::metadata(filled().await.path("state.sqlite")).unwrap().len();
    let cuts = (0..length).step_by(1500).chain([1, 15, 16, 99, 100, 101, 511, 512, length - 1]);
    let mut moved = 0;
    for cut in cuts {
        let folder = filled().await;
        OpenOptions::new().write(true).open(folder.path("state.sqlite")).unwrap().set_len(cut).unwrap();
        let state = folder.state();
        check_usable(&state, &format!("cut at {cut}")).await;
        moved += usize::from(state.moved_aside().is_some());
    }
    assert!(moved > 5, "the cuts did no damage: {moved}");
}

#[tokio::test]
async fn a_byte_changed_anywhere_is_no_crash_and_no_wrong_answer() {
    let length = fs::metadata(filled().await.path("state.sqlite")).unwrap().len();
    let mut moved = 0;
    for at in (0..100).step_by(7).chain((100..length).step_by(397)) {
        let folder = filled().await;
        let path = folder.path("state.sqlite");
        let byte = fs::read(&path).unwrap()[usize::try_from(at).unwrap()];
        overwrite(&path, at, &[byte ^ 0x55]);
        let state = folder.state();
        // The two numbers in the header that say whose file it is, and of which format.
        if (60..64).contains(&at) || (68..72).contains(&at) {
            assert_eq!(state.get("key/0").await.unwrap_err().kind(), ErrorKind::Corrupt);
            continue;
        }
        check_usable(&state, &format!("byte {at}")).await;
        moved += usize::from(state.moved_aside().is_some());
    }
    assert!(moved > 10, "the changes did no damage: {moved}");
}

#[tokio::test]
async fn a_changed_value_is_not_answered() {
    let folder = filled().await;
    // `x'6b65792f33'` is `key/3`.
    for sql in [
        "UPDATE entry SET value = x'00' WHERE key = x'6b65792f33'",
        "UPDATE entry SET expires_at = expires_at + 1",
        "DELETE FROM entry WHERE key = x'6b65792f33'; UPDATE entry SET key = x'6b65792f33' WHERE key = x'6b65792f34'",
        "UPDATE pace SET rests_at = rests_at - 1",
        "DROP TABLE entry",
        "ALTER TABLE entry RENAME COLUMN value TO worth",
        "DROP TABLE pace",
    ] {
        Connection::open(folder.path("state.sqlite")).unwrap().execute_batch(sql).unwrap();
        let state = folder.state();
        check_usable(&state, sql).await;
        assert!(state.moved_aside().is_some(), "{sql}");
        // As before for the next.
        for number in 0..20 {
            state.put(&format!("key/{number}"), &value(number), MINUTE).await.unwrap();
        }
    }
}

#[tokio::test]
async fn damage_under_an_open_state_is_noticed_and_all_that_share_the_file_go_on_together() {
    let folder = filled().await;
    let (one, two) = (folder.state(), folder.state());
    one.put("shared", b"1", MINUTE).await.unwrap();
    assert_eq!(two.get("shared").await.unwrap().as_deref(), Some(&b"1"[..]));
    // Another program writes into the rows. `two` has read others before, and finds it out first.
    let connection = Connection::open(folder.path("state.sqlite")).unwrap();
    connection.execute_batch("UPDATE entry SET value = x'00'").unwrap();
    drop(connection);
    assert_eq!(two.get("shared").await.unwrap(), None);
    assert!(two.moved_aside().is_some());
    assert!(one.compare_and_set("shared", None, b"2", MINUTE).await.unwrap());
    assert_eq!(one.moved_aside(), None, "moved a sound file");
    assert!(!two.compare_and_set("shared", None, b"3", MINUTE).await.unwrap());
    assert_eq!(folder.files(), ["state.sqlite", "state.sqlite.corrupt-1"]);
}
