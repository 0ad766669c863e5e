//! What is in the file, and what stays in it over time.

use linkwright_core::{
    CredentialStore as _, CredentialStoreExt as _, DeleteMode, ErrorKind, PutMode, PutState, document,
};

use crate::support::{Place, age_identity, check_error, decrypt, encrypt, example, name};

#[tokio::test]
async fn the_file_can_be_read_with_age_alone() {
    let place = Place::new();
    let store = place.store();
    store.create(&name("main"), example(1)).await.unwrap();
    store.create(&name("other"), example(2)).await.unwrap();
    let plaintext = decrypt(&place.file(), &age_identity(&place.identity()));
    let lines: Vec<&[u8]> = plaintext.split(|byte| *byte == b'\n').collect();
    let index: serde_json::Value = serde_json::from_slice(lines[0]).unwrap();
    assert_eq!(index["format"], 1);
    assert_eq!(index["generation"], 2);
    assert_eq!(index["credentials"]["main"]["current"], 1);
    assert_eq!(lines[1], &document::encode(&example(1))[..], "the document is kept byte by byte");
    assert_eq!(lines[2], &document::encode(&example(2))[..]);
}

#[tokio::test]
async fn no_file_shows_a_secret() {
    let place = Place::new();
    let store = place.store();
    let sentinel = linkwright_testkit::Sentinel::new(1);
    let set = || example(1).with_secret(linkwright_core::Secret::new(sentinel.text()));
    store.create(&name("main"), set()).await.unwrap();
    store.put(&name("main"), set(), PutMode::Overwrite, PutState::Pending).await.unwrap();
    store.delete(&name("main"), DeleteMode::Recoverable).await.unwrap();
    for file in [place.file(), place.identity(), place.path("data/credentials.age.lock")] {
        let leak = sentinel.find_in(&std::fs::read(&file).unwrap());
        assert_eq!(leak, None, "{}", file.display());
    }
    // The search finds what is there to be found.
    let plaintext = decrypt(&place.file(), &age_identity(&place.identity()));
    assert!(sentinel.find_in(&plaintext).is_some());
}

#[tokio::test]
async fn everything_outlives_the_store_that_wrote_it() {
    let place = Place::new();
    let main = name("main");
    let store = place.store();
    let first = store.create(&main, example(1)).await.unwrap();
    let second = store.overwrite(&main, example(2)).await.unwrap();
    let pending = store.put(&main, example(3), PutMode::Overwrite, PutState::Pending).await.unwrap();
    store.create(&name("gone"), example(4)).await.unwrap();
    store.delete(&name("gone"), DeleteMode::Recoverable).await.unwrap();
    let history = store.revisions(&main).await.unwrap();
    drop(store);

    let store = place.store();
    assert_eq!(store.get_current(&main).await.unwrap().revision, second);
    assert_eq!(store.revisions(&main).await.unwrap(), history);
    for (revision, number) in [(&first, 1), (&second, 2), (&pending, 3)] {
        assert_eq!(store.get(&main, Some(revision)).await.unwrap().set, example(number));
    }
    assert!(!store.exists(&name("gone")).await.unwrap());
    assert!(store.restore(&name("gone")).await.unwrap());
    assert_eq!(store.get_current(&name("gone")).await.unwrap().set, example(4));
}

#[tokio::test]
async fn no_revision_is_given_twice_not_even_by_another_process_after_a_purge() {
    let place = Place::new();
    let mut given = Vec::new();
    for number in 1..=5 {
        // A store of its own each time, as for another process.
        given.push(place.store().overwrite(&name("main"), example(number)).await.unwrap());
        assert!(place.store().delete(&name("main"), DeleteMode::Purge).await.unwrap());
    }
    let distinct: std::collections::HashSet<_> = given.iter().collect();
    assert_eq!(distinct.len(), given.len(), "{given:?}");
}

#[tokio::test]
async fn only_so_many_revisions_are_kept_and_never_without_the_pending_and_the_current_one() {
    let place = Place::new();
    let mut options = place.options();
    options.keep_revisions = 3;
    let store = linkwright_store_file::FileStore::new(options);
    let main = name("main");
    let first = store.create(&main, example(1)).await.unwrap();
    let pending = store.put(&main, example(2), PutMode::Overwrite, PutState::Pending).await.unwrap();
    let mut written = Vec::new();
    for number in 3..=8 {
        written.push(store.overwrite(&main, example(number)).await.unwrap());
    }
    let kept: Vec<_> = store.revisions(&main).await.unwrap().into_iter().map(|meta| meta.revision).collect();
    assert_eq!(kept, [&written[5], &written[4], &pending].map(Clone::clone));
    check_error(store.get(&main, Some(&first)).await, ErrorKind::NotFound, &["no revision of `main`"]);

    // The oldest stays while it is the current one.
    store.promote(&main, &written[4]).await.unwrap();
    for number in 9..=12 {
        store.put(&main, example(number), PutMode::Overwrite, PutState::Pending).await.unwrap();
    }
    assert_eq!(store.get_current(&main).await.unwrap().revision, written[4]);
}

#[tokio::test]
async fn members_a_newer_version_added_survive_a_write() {
    let place = Place::new();
    place.store().create(&name("main"), example(1)).await.unwrap();
    let key = age_identity(&place.identity());
    let plaintext = String::from_utf8(decrypt(&place.file(), &key)).unwrap();
    let (line, documents) = plaintext.split_once('\n').unwrap();
    let mut index: serde_json::Value = serde_json::from_str(line).unwrap();
    let added = serde_json::json!({"by": "a newer version", "numbers": [1, 2.5]});
    index["added"] = added.clone();
    index["credentials"]["main"]["added"] = added.clone();
    index["credentials"]["main"]["revisions"][0]["added"] = added.clone();
    encrypt(&place.file(), &key.to_public(), format!("{index}\n{documents}").as_bytes());

    let store = place.store();
    store.overwrite(&name("main"), example(2)).await.unwrap();
    store.create(&name("other"), example(3)).await.unwrap();
    let plaintext = decrypt(&place.file(), &key);
    let line = plaintext.split(|byte| *byte == b'\n').next().unwrap();
    let index: serde_json::Value = serde_json::from_slice(line).unwrap();
    assert_eq!(index["added"], added);
    assert_eq!(index["credentials"]["main"]["added"], added);
    assert_eq!(index["credentials"]["main"]["revisions"][0]["added"], added);
    assert_eq!(store.get_current(&name("main")).await.unwrap().set, example(2));
}

#[tokio::test]
async fn what_changes_nothing_writes_nothing() {
    let place = Place::new();
    let (store, main) = (place.store(), name("main"));
    assert!(!store.delete(&main, DeleteMode::Purge).await.unwrap());
    check_error(store.restore(&main).await, ErrorKind::NotFound, &["main"]);
    assert!(store.list_all().await.unwrap().is_empty());
    assert!(!place.path("data").exists() && !place.path("keys").exists(), "asking made folders");

    let revision = store.create(&main, example(1)).await.unwrap();
    let before = std::fs::read(place.file()).unwrap();
    store.promote(&main, &revision).await.unwrap();
    assert!(!store.restore(&main).await.unwrap());
    assert!(!store.delete(&name("absent"), DeleteMode::Purge).await.unwrap());
    assert!(store.create(&main, example(2)).await.is_err());
    assert_eq!(std::fs::read(place.file()).unwrap(), before);
}
