//! The recorder records what may reach a store, in order.

use std::sync::Arc;

use linkwright_core::{
    ApiVersion, CredentialName, CredentialSet, CredentialStore, CredentialStoreExt, DeleteMode, MemoryStore,
    Secret,
};
use linkwright_testkit::{Call, ManualClock, Recorder};

use crate::drive::drive;

#[test]
fn calls_are_recorded_in_order_and_can_be_forgotten() {
    let recorder = Arc::new(Recorder::new(MemoryStore::new(Arc::new(ManualClock::new()))));
    let store: Arc<dyn CredentialStore> = recorder.clone();
    let main = CredentialName::try_from("main").unwrap();
    let set = CredentialSet::new("i", Secret::new("s"), ApiVersion::V3_1);

    let revision = drive(store.create(&main, set)).unwrap();
    drive(store.find(&main)).unwrap();
    assert_eq!(drive(store.get_many(&[])).len(), 0);
    drive(store.promote(&main, &revision)).unwrap();
    drive(store.revisions(&main)).unwrap();
    drive(store.list_all()).unwrap();
    drive(store.delete(&main, DeleteMode::Recoverable)).unwrap();
    drive(store.restore(&main)).unwrap();
    drive(store.exists(&main)).unwrap();
    assert!(store.capabilities().write && store.info().scheme == "memory", "these ask nobody");

    let expected = [
        Call::Put,
        Call::Get,
        Call::GetMany,
        Call::Promote,
        Call::Revisions,
        Call::List,
        Call::Delete,
        Call::Restore,
        Call::Get,
    ];
    assert_eq!(recorder.calls(), expected);
    assert_eq!((recorder.count(Call::Get), recorder.count(Call::Put)), (2, 1));
    recorder.forget();
    assert_eq!(recorder.calls(), []);
}
