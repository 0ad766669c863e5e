//! What is particular to the store in memory; what it shares with all stores is tested by the conformance cases.

use std::sync::Arc;
use std::thread;

use linkwright_core::{
    CredentialStore, CredentialStoreExt, DeleteMode, ErrorKind, MemoryStore, PutMode, PutState, Timestamp,
    error_chain,
};

use crate::support::{SetClock, empty_store, name, now, set};

#[test]
fn changes_are_dated_by_the_given_clock() {
    let clock = Arc::new(SetClock::default());
    let store = MemoryStore::new(clock.clone());
    clock.set_seconds(100);
    let first = now(store.create(&name("main"), set("1"))).unwrap();
    clock.set_seconds(200);
    now(store.overwrite(&name("main"), set("2"))).unwrap();

    let date = |seconds| Some(Timestamp::from_unix_seconds(seconds));
    assert_eq!(now(store.get_current(&name("main"))).unwrap().changed_at, date(200));
    assert_eq!(now(store.get(&name("main"), Some(&first))).unwrap().changed_at, date(100));
    assert_eq!(now(store.list_all()).unwrap()[0].changed_at, date(200));
    let dates: Vec<_> =
        now(store.revisions(&name("main"))).unwrap().iter().map(|meta| meta.changed_at).collect();
    assert_eq!(dates, [date(200), date(100)]);
}

#[test]
fn history_is_bounded_and_spares_what_is_current_or_pending() {
    let store = empty_store();
    let main = name("main");
    let is_kept = |revision| now(store.get(&main, Some(revision))).is_ok();
    let count = || now(store.revisions(&main)).unwrap().len();

    let first = now(store.create(&main, set("first"))).unwrap();
    let second = now(store.overwrite(&main, set("second"))).unwrap();
    for round in 2..MemoryStore::REVISIONS_KEPT {
        now(store.overwrite(&main, set(&round.to_string()))).unwrap();
    }
    assert!(is_kept(&first) && count() == MemoryStore::REVISIONS_KEPT, "full, and nothing dropped yet");

    now(store.promote(&main, &first)).unwrap();
    let pending = now(store.put(&main, set("pending"), PutMode::Overwrite, PutState::Pending)).unwrap();
    assert!(is_kept(&first), "the oldest, but current");
    assert!(!is_kept(&second), "the oldest that is neither");

    for round in 0..2 * MemoryStore::REVISIONS_KEPT {
        now(store.overwrite(&main, set(&round.to_string()))).unwrap();
    }
    assert_eq!(count(), MemoryStore::REVISIONS_KEPT);
    assert!(is_kept(&pending) && !is_kept(&first));
}

#[test]
fn threads_that_update_from_one_revision_have_one_winner() {
    let store = empty_store();
    let main = name("main");
    for round in 0..50 {
        let start = now(store.overwrite(&main, set("start"))).unwrap();
        let outcomes: Vec<_> = thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|number| {
                    let (store, main, start) = (&store, &main, &start);
                    scope.spawn(move || now(store.update(main, set(&format!("{round}-{number}")), start)))
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let winners: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()).collect();
        assert_eq!(winners.len(), 1);
        assert_eq!(now(store.get_current(&main)).unwrap().revision, *winners[0]);
        let losers = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
        assert!(
            losers.clone().all(|error| error.kind() == ErrorKind::Conflict),
            "{:?}",
            losers.collect::<Vec<_>>()
        );
    }
}

#[test]
fn a_damaged_document_is_named_and_can_be_replaced() {
    let store = empty_store();
    let main = name("main");
    store.insert_document(&main, br#"{"format":1,"id":"i","secret":17,"api_version":"3.1"}"#);
    let error = now(store.get_current(&main)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Corrupt);
    assert_eq!(
        (error.context_value("name"), error.context_value("member")),
        (Some("main"), Some("$.secret"))
    );
    assert_eq!(
        error_chain(&error),
        "a credential is there but cannot be read: `main`: a member of a credential document is not a text: `secret`"
    );
    assert_eq!(now(store.list_all()).unwrap().len(), 1);
    now(store.overwrite(&main, set("good"))).unwrap();
    assert_eq!(now(store.get_current(&main)).unwrap().set, set("good"));
}

#[test]
fn a_pending_write_does_not_bring_a_deleted_credential_back() {
    let store = empty_store();
    let main = name("main");
    now(store.create(&main, set("old"))).unwrap();
    now(store.delete(&main, DeleteMode::Recoverable)).unwrap();
    let error = now(store.put(&main, set("new"), PutMode::Overwrite, PutState::Pending)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert!(!now(store.exists(&main)).unwrap());
}
