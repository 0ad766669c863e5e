//! Files protected by a passphrase.

use linkwright_core::{CredentialStoreExt as _, ErrorKind, Secret};
use linkwright_store_file::{FileStore, Protection};

use crate::support::{Place, check_error, example, name};

/// A store with a factor that tests can wait for, unless they say otherwise.
fn store(place: &Place, passphrase: &str, work_factor: u8) -> FileStore {
    let mut options = place.options_with(Protection::Passphrase(Secret::new(passphrase)));
    options.scrypt_work_factor = work_factor;
    FileStore::new(options)
}

fn head(place: &Place) -> String {
    let bytes = std::fs::read(place.file()).unwrap();
    String::from_utf8_lossy(&bytes[..bytes.len().min(100)]).into_owned()
}

#[tokio::test]
async fn the_right_passphrase_opens_and_a_wrong_one_does_not() {
    let place = Place::new();
    let right = store(&place, "right", 10);
    right.create(&name("main"), example(1)).await.unwrap();
    assert_eq!(right.identity_path(), None);
    assert!(!right.created_identity() && !place.identity().exists());
    assert_eq!(store(&place, "right", 10).get_current(&name("main")).await.unwrap().set, example(1));
    let before = std::fs::read(place.file()).unwrap();
    for wrong in ["wrong", "right "] {
        let wrong = store(&place, wrong, 10);
        let texts = ["the passphrase does not open the credential file", "check the passphrase"];
        check_error(wrong.get_current(&name("main")).await, ErrorKind::Unauthenticated, &texts);
        check_error(wrong.overwrite(&name("main"), example(2)).await, ErrorKind::Unauthenticated, &texts);
    }
    assert_eq!(std::fs::read(place.file()).unwrap(), before);
}

#[tokio::test]
async fn an_empty_passphrase_protects_nothing() {
    let place = Place::new();
    let texts = ["passphrase for the credential file is empty", "may be missing"];
    check_error(
        store(&place, "", 10).create(&name("main"), example(1)).await,
        ErrorKind::ConfigInvalid,
        &texts,
    );
    assert!(!place.file().exists());
    store(&place, "right", 10).create(&name("main"), example(1)).await.unwrap();
    check_error(store(&place, "", 10).get_current(&name("main")).await, ErrorKind::ConfigInvalid, &texts);
}

#[tokio::test]
async fn the_store_notices_what_others_wrote() {
    let place = Place::new();
    let (one, other) = (store(&place, "right", 10), store(&place, "right", 10));
    for number in 1..=3 {
        one.overwrite(&name("main"), example(number)).await.unwrap();
        assert_eq!(other.get_current(&name("main")).await.unwrap().set, example(number));
        assert_eq!(one.get_current(&name("main")).await.unwrap().set, example(number));
        other.overwrite(&name("main"), example(number + 100)).await.unwrap();
        assert_eq!(one.get_current(&name("main")).await.unwrap().set, example(number + 100));
    }
}

#[tokio::test]
async fn the_work_factor_is_the_one_set_and_has_a_floor() {
    let place = Place::new();
    store(&place, "right", 11).create(&name("main"), example(1)).await.unwrap();
    let line = head(&place);
    assert_eq!(line.lines().nth(1).unwrap().split(' ').nth(3), Some("11"), "{line}");

    // With the factor of production the file is too weak, also before the passphrase is looked at.
    for passphrase in ["right", "wrong"] {
        let texts = ["is too easy to guess", "work factor is below 18: `11`"];
        let production = store(&place, passphrase, 18);
        check_error(production.get_current(&name("main")).await, ErrorKind::PermissionDenied, &texts);
        check_error(
            production.overwrite(&name("main"), example(2)).await,
            ErrorKind::PermissionDenied,
            &texts,
        );
        // Asking for more than 18 does not lock out what 18 made.
        check_error(
            store(&place, passphrase, 20).get_current(&name("main")).await,
            ErrorKind::PermissionDenied,
            &texts,
        );
    }
    store(&place, "right", 10).get_current(&name("main")).await.unwrap();
    // Lower than is taken at all.
    store(&place, "right", 1).overwrite(&name("main"), example(2)).await.unwrap();
    assert!(head(&place).lines().nth(1).unwrap().ends_with(" 10"), "{}", head(&place));
}

#[tokio::test]
async fn unless_told_otherwise_the_factor_is_18() {
    let place = Place::new();
    let store = FileStore::new(place.options_with(Protection::Passphrase(Secret::new("right"))));
    store.create(&name("main"), example(1)).await.unwrap();
    assert!(head(&place).lines().nth(1).unwrap().ends_with(" 18"), "{}", head(&place));
    // Opened already, so this does not take as long again.
    assert_eq!(store.get_current(&name("main")).await.unwrap().set, example(1));
}

#[tokio::test]
async fn a_file_that_would_take_all_memory_is_refused() {
    let place = Place::new();
    store(&place, "right", 10).create(&name("main"), example(1)).await.unwrap();
    let bytes = std::fs::read(place.file()).unwrap();
    let line_end = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(1).unwrap().0;
    let mut greedy = bytes.clone();
    greedy[line_end - 2..line_end].copy_from_slice(b"21");
    std::fs::write(place.file(), greedy).unwrap();
    let texts = ["needs too much memory", "work factor is above 20: `21`"];
    check_error(
        store(&place, "right", 18).get_current(&name("main")).await,
        ErrorKind::PermissionDenied,
        &texts,
    );
}

#[tokio::test]
async fn the_other_kind_of_protection_is_named() {
    let place = Place::new();
    place.store().create(&name("main"), example(1)).await.unwrap();
    let texts = ["protected by an identity, not by a passphrase", "open the store with its identity"];
    check_error(
        store(&place, "right", 10).get_current(&name("main")).await,
        ErrorKind::ConfigInvalid,
        &texts,
    );

    let place = Place::new();
    store(&place, "right", 10).create(&name("main"), example(1)).await.unwrap();
    let texts = ["protected by a passphrase, not by an identity", "open the store with its passphrase"];
    check_error(place.store().get_current(&name("main")).await, ErrorKind::ConfigInvalid, &texts);
    check_error(place.store().overwrite(&name("main"), example(2)).await, ErrorKind::ConfigInvalid, &texts);
    assert!(!place.identity().exists());
}

#[tokio::test]
async fn debug_does_not_show_the_passphrase() {
    let place = Place::new();
    let store = store(&place, "open-sesame", 10);
    store.create(&name("main"), example(1)).await.unwrap();
    let shown = format!("{store:?} {store:#?}");
    assert!(shown.contains("credentials.age") && !shown.contains("sesame"), "{shown}");
}
