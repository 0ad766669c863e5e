//! A file that goes while it is open.

use std::fs;

use linkwright_state::State;

use crate::support::{Folder, MINUTE};

#[tokio::test]
async fn a_deleted_file_is_begun_anew_by_all_who_had_it_open() {
    let folder = Folder::new();
    let (one, two) = (folder.state(), folder.state());
    one.put("key", b"1", MINUTE).await.unwrap();
    assert_eq!(two.get("key").await.unwrap().as_deref(), Some(&b"1"[..]));
    fs::remove_file(folder.path("state.sqlite")).unwrap();
    assert!(one.compare_and_set("key", None, b"2", MINUTE).await.unwrap());
    assert!(!two.compare_and_set("key", None, b"3", MINUTE).await.unwrap());
    assert_eq!(two.get("key").await.unwrap().as_deref(), Some(&b"2"[..]));
    assert_eq!((one.moved_aside(), two.moved_aside()), (None, None));
}

#[tokio::test]
async fn what_was_written_is_there_after_all_have_closed() {
    let folder = Folder::new();
    for number in 0..3_u8 {
        let state = folder.state();
        let before = state.get("key").await.unwrap();
        assert_eq!(before, number.checked_sub(1).map(|number| vec![number]));
        state.put("key", &[number], MINUTE).await.unwrap();
    }
}
