//! Which store is asked, and where the search ends. That a chain is a store, conformance shows.

use std::sync::Arc;

use linkwright_core::{
    ApiVersion, Capabilities, CredentialName, CredentialSet, CredentialStore, CredentialStoreExt, DeleteMode,
    ErrorKind, MemoryStore, PutMode, PutState, Secret, error_chain,
};
use linkwright_layers::StoreChain;
use linkwright_testkit::{Call, Limited, ManualClock, Recorder};

use crate::drive::at_once;

type Recorded = Arc<Recorder<Arc<dyn CredentialStore>>>;

fn name(text: &str) -> CredentialName {
    CredentialName::try_from(text).unwrap()
}

fn set(id: &str) -> CredentialSet {
    CredentialSet::new(id, Secret::new("s3cret".to_owned()), ApiVersion::V3_1)
}

fn memory(names: &[&str]) -> MemoryStore {
    let store = MemoryStore::new(Arc::new(ManualClock::new()));
    for text in names {
        at_once(store.create(&name(text), set(text))).unwrap();
    }
    store
}

/// A store of variables: read-only, with a list.
fn read_only(names: &[&str]) -> Recorded {
    let mut allowed = Capabilities::NONE;
    allowed.list = true;
    Arc::new(Recorder::new(Arc::new(Limited::new(memory(names), allowed))))
}

fn writable(names: &[&str]) -> Recorded {
    Arc::new(Recorder::new(Arc::new(memory(names))))
}

fn broken(text: &str) -> Recorded {
    let store = memory(&[]);
    store.insert_document(&name(text), b"not a document");
    Arc::new(Recorder::new(Arc::new(store)))
}

fn chain(stores: &[&Recorded]) -> StoreChain {
    StoreChain::new(stores.iter().map(|store| Arc::clone(*store) as Arc<dyn CredentialStore>).collect())
}

#[test]
fn the_first_store_that_has_a_name_answers() {
    let (first, second, third) = (read_only(&["a"]), writable(&["a", "b"]), writable(&["c"]));
    let chain = chain(&[&first, &second, &third]);
    // The name, and how many stores are asked for it.
    for (text, asked) in [("a", [1, 0, 0]), ("b", [1, 1, 0]), ("c", [1, 1, 1])] {
        [&first, &second, &third].iter().for_each(|store| store.forget());
        assert_eq!(at_once(chain.get(&name(text), None)).unwrap().set.id(), text);
        assert_eq!([&first, &second, &third].map(|store| store.count(Call::Get)), asked, "{text}");
    }
    let error = at_once(chain.get(&name("d"), None)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.message(), "no credential of that name: `d`; asked: `memory:`, `memory:`, `memory:`");
    assert_eq!(error.origin(), "chain:memory:,memory:,memory:");
}

#[test]
fn a_store_that_cannot_read_its_own_stops_the_search_and_is_named() {
    let (first, second) = (broken("a"), writable(&["a", "b"]));
    let chain = chain(&[&first, &second]);
    let error = at_once(chain.get(&name("a"), None)).unwrap_err();
    assert_eq!((error.kind(), error.context_value("store")), (ErrorKind::Corrupt, Some("memory:")));
    let text = error_chain(&error);
    assert!(
        text.starts_with("the search for a credential ended at the store: `memory:`: a credential is there"),
        "{text}"
    );
    assert_eq!(second.calls(), []);
    assert_eq!(at_once(chain.get(&name("b"), None)).unwrap().set.id(), "b");
}

#[test]
fn several_names_are_one_question_a_store() {
    let (first, second, third) = (read_only(&["a"]), broken("x"), writable(&["b", "x"]));
    let chain = chain(&[&first, &second, &third]);
    [&first, &second, &third].iter().for_each(|store| store.forget());
    let names = ["a", "b", "x", "d", "b"].map(name);
    let kinds: Vec<Result<String, ErrorKind>> = at_once(chain.get_many(&names))
        .into_iter()
        .map(|result| result.map(|stored| stored.set.id().to_owned()).map_err(|error| error.kind()))
        .collect();
    let found = |text: &str| Ok(text.to_owned());
    assert_eq!(
        kinds,
        [found("a"), found("b"), Err(ErrorKind::Corrupt), Err(ErrorKind::NotFound), found("b")]
    );
    assert_eq!([&first, &second, &third].map(|store| store.calls()), [[Call::GetMany]; 3]);
    // Nobody is asked for what is known, or for nothing.
    first.forget();
    third.forget();
    at_once(chain.get_many(&[name("a")]));
    at_once(chain.get_many(&[]));
    assert_eq!((first.calls().len(), third.calls().len()), (1, 0));
}

#[test]
fn changes_go_to_the_first_store_that_can_write() {
    let (first, second, third) = (read_only(&["a"]), writable(&[]), writable(&[]));
    let chain = chain(&[&first, &second, &third]);
    let one = at_once(chain.create(&name("b"), set("one"))).unwrap();
    let two = at_once(chain.update(&name("b"), set("two"), &one)).unwrap();
    assert_eq!(at_once(chain.promote(&name("b"), &one)).unwrap(), one);
    assert_eq!(at_once(chain.get(&name("b"), Some(&two))).unwrap().set.id(), "two");
    assert_eq!(at_once(chain.revisions(&name("b"))).unwrap().len(), 2);
    assert!(at_once(chain.delete(&name("b"), DeleteMode::Recoverable)).unwrap());
    assert!(at_once(chain.restore(&name("b"))).unwrap());
    assert_eq!(third.count(Call::Put), 0);
    assert_eq!(at_once(second.get(&name("b"), None)).unwrap().set.id(), "one");
    // A name another store has is not free.
    let taken = at_once(chain.create(&name("a"), set("three"))).unwrap_err();
    assert_eq!((taken.kind(), taken.context_value("store")), (ErrorKind::Conflict, Some("memory:")));
    assert_eq!(at_once(second.get(&name("a"), None)).unwrap_err().kind(), ErrorKind::NotFound);
}

#[test]
fn a_chain_without_a_store_to_write_to_says_so() {
    let (first, second) = (read_only(&["a"]), read_only(&["b"]));
    for chain in [chain(&[&first, &second]), chain(&[])] {
        assert!(!chain.capabilities().write);
        let name = name("c");
        let put = chain.put(&name, set("c"), PutMode::Overwrite, PutState::Current);
        assert_eq!(at_once(put).unwrap_err().kind(), ErrorKind::Unsupported);
        assert_eq!(
            at_once(chain.delete(&name, DeleteMode::Purge)).unwrap_err().kind(),
            ErrorKind::Unsupported
        );
        assert_eq!(at_once(chain.revisions(&name)).unwrap_err().kind(), ErrorKind::Unsupported);
    }
    assert_eq!(at_once(chain(&[]).get(&name("a"), None)).unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(at_once(chain(&[]).list_all()).unwrap_err().kind(), ErrorKind::Unsupported);
}

#[test]
fn the_list_is_of_all_that_can_list_and_the_first_wins() {
    let bare: Recorded =
        Arc::new(Recorder::new(Arc::new(Limited::new(memory(&["hidden"]), Capabilities::NONE))));
    let (first, second) = (read_only(&["b", "a"]), memory(&["b", "c"]));
    at_once(second.overwrite(&name("b"), set("newer"))).unwrap();
    let second: Recorded = Arc::new(Recorder::new(Arc::new(second)));
    let chain = chain(&[&bare, &first, &second]);
    let listed = at_once(chain.list_all()).unwrap();
    let names: Vec<&str> = listed.iter().map(|meta| meta.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "c"]);
    assert_eq!(listed[1].revision, at_once(first.get(&name("b"), None)).unwrap().revision);
}
