//! The identity file: made once, never over existing data, and told apart from wrong and unusable ones.

use linkwright_core::{CredentialStore as _, CredentialStoreExt as _, DeleteMode, ErrorKind};
use linkwright_store_file::{FileStore, Protection};

use crate::support::{Place, age_identity, check_error, decrypt, encrypt, example, name, write_private};

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

/// A store on this file of a place, with its key in this file.
fn store_on(place: &Place, file: &str, identity: &str) -> FileStore {
    let mut options = place.options_with(Protection::identity(place.path(identity)));
    options.path = place.path(file);
    FileStore::new(options)
}

#[tokio::test]
async fn no_identity_is_made_in_the_place_of_one_that_was_lost() {
    // Two files with one key in a folder of its own; then beside both; then one file in the folder of the key.
    for (first, second, identity) in [
        ("data/a.age", "data/b.age", "keys/identity.txt"),
        ("data/b.age", "data/a.age", "keys/identity.txt"),
        ("data/a.age", "data/b.age", "data/identity.txt"),
        ("keys/a.age", "data/b.age", "keys/identity.txt"),
        ("data/a", "data/b", "keys/identity.txt"),
    ] {
        let place = Place::new();
        store_on(&place, first, identity).create(&name("main"), example(1)).await.unwrap();
        let backup = std::fs::read_to_string(place.path(identity)).unwrap();
        std::fs::remove_file(place.path(identity)).unwrap();

        let late = store_on(&place, second, identity);
        let (orphan, make) =
            (format!("`{}`", place.path(first).display()), "or make its identity with age-keygen -o");
        let texts = ["no identity is made", "is that none opens", &*orphan, "restore the identity", make];
        let error = late.create(&name("main"), example(2)).await;
        let error = check_error(error, ErrorKind::Corrupt, &texts);
        assert_eq!(error.context_value("path"), Some(&*place.path(identity).display().to_string()));
        assert!(!place.path(identity).exists() && !place.path(second).exists() && !late.created_identity());

        write_private(&place.path(identity), &backup);
        late.create(&name("main"), example(2)).await.unwrap();
        for (file, number) in [(first, 1), (second, 2)] {
            let stored = store_on(&place, file, identity).get_current(&name("main")).await.unwrap();
            assert_eq!(stored.set, example(number), "{file}");
        }
    }
}

#[tokio::test]
async fn neighbours_that_lost_nothing_do_not_stand_in_the_way() {
    let place = Place::new();
    store_on(&place, "data/a.age", "keys/a.txt").create(&name("main"), example(1)).await.unwrap();
    // Its key is found in the folder of the other's key, and beside the file itself.
    let beside = store_on(&place, "data/b.age", "keys/b.txt");
    beside.create(&name("main"), example(2)).await.unwrap();
    assert!(beside.created_identity());
    // Neither a file with a passphrase, nor one of another program, nor a folder.
    let passphrase = linkwright_core::Secret::new("correct horse");
    let mut options = place.options_with(Protection::Passphrase(passphrase));
    options.path = place.path("data/c.age");
    options.scrypt_work_factor = 10;
    FileStore::new(options).create(&name("main"), example(3)).await.unwrap();
    std::fs::write(place.path("data/empty.age"), "").unwrap();
    std::fs::write(place.path("data/armoured.age"), "-----BEGIN AGE ENCRYPTED FILE-----\n").unwrap();
    std::fs::create_dir(place.path("data/folder.age")).unwrap();
    let more = store_on(&place, "data/d.age", "keys/d.txt");
    more.create(&name("main"), example(4)).await.unwrap();
    assert!(more.created_identity());

    // What is damaged has a back-up, perhaps, and that one a key.
    encrypt(&place.path("data/foreign.age"), &age::x25519::Identity::generate().to_public(), b"x");
    for damage in [None, Some(60)] {
        if let Some(length) = damage {
            let whole = std::fs::read(place.path("data/foreign.age")).unwrap();
            std::fs::write(place.path("data/foreign.age"), &whole[..length]).unwrap();
        }
        let refused = store_on(&place, "data/e.age", "keys/e.txt").create(&name("main"), example(5)).await;
        check_error(refused, ErrorKind::Corrupt, &["no identity is made", "foreign.age`"]);
    }
    // A key that is there is used, whatever lies about.
    store_on(&place, "data/e.age", "keys/a.txt").create(&name("main"), example(5)).await.unwrap();
}
