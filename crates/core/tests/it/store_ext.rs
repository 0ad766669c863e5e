//! The convenience calls, on a store that answers badly too.

use std::sync::Arc;

use linkwright_core::{CredentialStore, CredentialStoreExt, DeleteMode, ErrorKind};

use crate::support::{empty_store, name, now, set};

#[test]
fn find_and_exists_tell_absent_from_broken() {
    let store = empty_store();
    now(store.create(&name("good"), set("s"))).unwrap();
    store.insert_document(&name("broken"), b"{");

    assert_eq!(now(store.find(&name("good"))).unwrap().unwrap().set, set("s"));
    assert_eq!(now(store.find(&name("absent"))).unwrap(), None);
    assert_eq!(now(store.find(&name("broken"))).unwrap_err().kind(), ErrorKind::Corrupt);
    assert!(now(store.exists(&name("good"))).unwrap());
    assert!(!now(store.exists(&name("absent"))).unwrap());
    assert_eq!(now(store.exists(&name("broken"))).unwrap_err().kind(), ErrorKind::Corrupt);
}

#[test]
fn list_all_is_sorted() {
    let store = empty_store();
    for text in ["b", "a.b", "c", "a"] {
        now(store.create(&name(text), set("s"))).unwrap();
    }
    let names: Vec<_> =
        now(store.list_all()).unwrap().into_iter().map(|meta| meta.name.to_string()).collect();
    assert_eq!(names, ["a", "a.b", "b", "c"]);
}

#[test]
fn a_shared_or_boxed_store_is_a_store() {
    fn takes_any(store: impl CredentialStore) -> Box<dyn CredentialStore> {
        Box::new(store)
    }
    let memory = Arc::new(empty_store());
    let shared: Arc<dyn CredentialStore> = memory.clone();
    let nested = takes_any(takes_any(shared));
    now(nested.create(&name("main"), set("s"))).unwrap();
    assert!(now(memory.exists(&name("main"))).unwrap());
    assert!(now(nested.delete(&name("main"), DeleteMode::Purge)).unwrap());
    assert_eq!(nested.info(), memory.info());
}
