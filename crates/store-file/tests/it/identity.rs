//! The identity file: made once, never over existing data, and told apart from wrong and unusable ones.

use linkwright_core::{CredentialStore as _, CredentialStoreExt as _, DeleteMode, ErrorKind};
use linkwright_store_file::{FileStore, Protection};

use crate::support::{Place, age_identity, check_error, decrypt, example, name, write_private};

#[tokio::test]
async fn the_first_write_makes_the_identity_and_says_so() {
    let place = Place::new();
    let store = place.store();
    assert_eq!(store.identity_path(), Some(&*place.identity()));
    assert!(!store.exists(&name("main")).await.unwrap());
    assert!(!store.created_identity() && !place.identity().exists(), "reading made an identity");

    store.create(&name("main"), example(1)).await.unwrap();
    assert!(store.created_identity());
    let text = std::fs::read_to_string(place.identity()).unwrap();
    let key = age_identity(&place.identity());
    assert!(text.starts_with("# created: 2026-01-01T00:00:00Z\n"), "{text}");
    assert!(text.contains(&format!("# public key: {}\n", key.to_public())), "{text}");
    assert!(text.contains(&format!("# opens: {}\n", place.file().display())), "{text}");

    let again = place.store();
    again.overwrite(&name("main"), example(2)).await.unwrap();
    assert!(!again.created_identity());
    assert_eq!(std::fs::read_to_string(place.identity()).unwrap(), text);
}

#[tokio::test]
async fn an_identity_that_is_there_is_used() {
    let place = Place::new();
    let key = age::x25519::Identity::generate();
    let line = age::secrecy::ExposeSecret::expose_secret(&key.to_string()).to_owned();
    write_private(&place.identity(), &format!("# made elsewhere\r\n\r\n{line}\r\n"));
    let store = place.store();
    store.create(&name("main"), example(1)).await.unwrap();
    assert!(!store.created_identity());
    decrypt(&place.file(), &key);
}

#[tokio::test]
async fn a_missing_identity_is_corrupt_and_none_is_made() {
    let place = Place::new();
    place.store().create(&name("main"), example(1)).await.unwrap();
    let before = std::fs::read(place.file()).unwrap();
    std::fs::remove_file(place.identity()).unwrap();

    let store = place.store();
    let identity = place.identity().display().to_string();
    let hint = format!("restore the identity from the back-up to `{identity}`");
    let texts = ["is there, but not its identity", &*hint];
    let error = check_error(store.get_current(&name("main")).await, ErrorKind::Corrupt, &texts);
    assert_eq!(error.operation(), "store.get");
    assert_eq!(error.context_value("name"), Some("main"));
    assert_eq!(error.context_value("path"), Some(&*identity));
    check_error(store.list_all().await, ErrorKind::Corrupt, &texts);
    check_error(store.overwrite(&name("main"), example(2)).await, ErrorKind::Corrupt, &texts);
    check_error(store.create(&name("new"), example(2)).await, ErrorKind::Corrupt, &texts);
    check_error(store.delete(&name("main"), DeleteMode::Purge).await, ErrorKind::Corrupt, &texts);
    check_error(store.revisions(&name("main")).await, ErrorKind::Corrupt, &texts);
    assert!(!place.identity().exists() && !store.created_identity());
    assert_eq!(std::fs::read(place.file()).unwrap(), before);
}

#[tokio::test]
async fn another_identity_does_not_open_the_file_and_does_not_overwrite_it() {
    let (place, other) = (Place::new(), Place::new());
    place.store().create(&name("main"), example(1)).await.unwrap();
    other.store().create(&name("main"), example(2)).await.unwrap();
    let before = std::fs::read(place.file()).unwrap();
    let store = FileStore::new(place.options_with(Protection::identity(other.identity())));
    let texts = ["does not open the credential file", "use the identity the file was written with"];
    check_error(store.get_current(&name("main")).await, ErrorKind::Unauthenticated, &texts);
    check_error(store.overwrite(&name("main"), example(3)).await, ErrorKind::Unauthenticated, &texts);
    assert_eq!(std::fs::read(place.file()).unwrap(), before);
}

#[tokio::test]
async fn extra_recipients_can_open_the_file_and_a_bad_one_leaves_nothing_behind() {
    let place = Place::new();
    let extra = age::x25519::Identity::generate();
    let with = |recipients: &[&str]| {
        let extra_recipients = recipients.iter().map(ToString::to_string).collect();
        FileStore::new(place.options_with(Protection::Identity { path: place.identity(), extra_recipients }))
    };
    let secret = age::secrecy::ExposeSecret::expose_secret(&extra.to_string()).to_owned();
    let public = extra.to_public().to_string();
    for (line, why) in [
        (&*secret, "is a private key"),
        ("age1qqqq", "begins with `age1`"),
        ("ssh-ed25519 AAAA", "is not a public key"),
        ("", "is not a public key"),
        ("mailto:someone", "is not a public key"),
    ] {
        let error = with(&[&public, line]).create(&name("main"), example(1)).await;
        let error = check_error(error, ErrorKind::ConfigInvalid, &[why, "it is number: `2`"]);
        assert!(line.is_empty() || !format!("{error:?}").contains(line), "the line is repeated: {error:?}");
        assert!(!place.identity().exists() && !place.file().exists());
    }
    with(&[&public]).create(&name("main"), example(1)).await.unwrap();
    decrypt(&place.file(), &extra);
    decrypt(&place.file(), &age_identity(&place.identity()));
}

#[tokio::test]
async fn an_unusable_identity_says_why() {
    let place = Place::new();
    place.store().create(&name("main"), example(1)).await.unwrap();
    for (text, why) in [
        ("", "holds no key"),
        ("# only a comment\n", "holds no key"),
        ("AGE-SECRET-KEY-1QQQQ\n", "holds a line that is not a key of age's"),
        ("hush-hush\n", "holds a line that is not a key of age's"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl", "is not a complete SSH private key"),
    ] {
        write_private(&place.identity(), text);
        let error =
            check_error(place.store().get_current(&name("main")).await, ErrorKind::ConfigInvalid, &[why]);
        assert!(!format!("{error:?}").contains("hush"), "{error:?}");
    }
}
