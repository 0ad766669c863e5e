//! Files that were changed, cut off, or written by something else.

use linkwright_core::{CredentialStoreExt as _, ErrorKind, Secret};
use linkwright_store_file::{FileStore, Protection};

use crate::support::{Place, age_identity, check_error, encrypt, example, name};

/// Reading fails with a kind that does not let anybody look elsewhere, and writing leaves the file as it is.
async fn check_refused(store: &FileStore, place: &Place, what: &str) -> ErrorKind {
    let before = std::fs::read(place.file()).unwrap();
    let read = store.get_current(&name("main")).await.expect_err(what);
    let written = store.overwrite(&name("main"), example(2)).await.expect_err(what);
    assert_eq!(read.kind(), written.kind(), "{what}");
    assert_eq!(read.message(), written.message(), "{what}");
    assert_eq!(std::fs::read(place.file()).unwrap(), before, "{what}: the file was overwritten");
    read.kind()
}

#[tokio::test]
async fn a_change_of_any_byte_is_noticed() {
    let place = Place::new();
    place.store().create(&name("main"), example(1)).await.unwrap();
    let sound = std::fs::read(place.file()).unwrap();
    let store = place.store();
    let body = sound.windows(4).position(|window| window == b"\n---").unwrap() + 5;
    let body = body + sound[body..].iter().position(|byte| *byte == b'\n').unwrap();
    for place_of_damage in 0..sound.len() {
        let mut damaged = sound.clone();
        damaged[place_of_damage] ^= 0x20;
        std::fs::write(place.file(), damaged).unwrap();
        let kind = check_refused(&store, &place, &format!("byte {place_of_damage}")).await;
        // In the head a damaged key cannot be told from another's.
        let in_head = place_of_damage < body;
        let expected = kind == ErrorKind::Corrupt || in_head && kind == ErrorKind::Unauthenticated;
        assert!(expected, "byte {place_of_damage} of {}: {kind}", sound.len());
    }
    std::fs::write(place.file(), sound).unwrap();
    assert_eq!(store.get_current(&name("main")).await.unwrap().set, example(1));
}

#[tokio::test]
async fn a_file_cut_off_anywhere_is_corrupt() {
    let place = Place::new();
    place.store().create(&name("main"), example(1)).await.unwrap();
    let sound = std::fs::read(place.file()).unwrap();
    let store = place.store();
    for length in 0..sound.len() {
        std::fs::write(place.file(), &sound[..length]).unwrap();
        assert_eq!(
            check_refused(&store, &place, &format!("{length} bytes")).await,
            ErrorKind::Corrupt,
            "{length} bytes"
        );
    }
    let longer = [&sound[..], b"x"].concat();
    std::fs::write(place.file(), longer).unwrap();
    assert_eq!(check_refused(&store, &place, "a byte more").await, ErrorKind::Corrupt);
}

#[tokio::test]
async fn damage_behind_a_passphrase_is_told_from_a_wrong_one() {
    let place = Place::new();
    let mut options = place.options_with(Protection::Passphrase(Secret::new("right")));
    options.scrypt_work_factor = 10;
    FileStore::new(options.clone()).create(&name("main"), example(1)).await.unwrap();
    let mut bytes = std::fs::read(place.file()).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(place.file(), bytes).unwrap();
    let texts = ["was changed or cut off", "restore the file from a back-up"];
    check_error(FileStore::new(options).get_current(&name("main")).await, ErrorKind::Corrupt, &texts);
}

#[tokio::test]
async fn what_another_program_wrote_is_named() {
    let place = Place::new();
    place.store().create(&name("main"), example(1)).await.unwrap();
    let armored = "-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n";
    for (contents, text) in [
        ("", "not an encrypted credential file"),
        ("{\"format\":1}", "not an encrypted credential file"),
        (armored, "not an encrypted credential file"),
        ("age-encryption.org/v2\n-> X25519 x\n--- y\n", "in a format of age newer than v1"),
        ("age-encryption.org/v1\n", "was changed or cut off"),
    ] {
        std::fs::write(place.file(), contents).unwrap();
        check_error(place.store().get_current(&name("main")).await, ErrorKind::Corrupt, &[text]);
    }
}

#[tokio::test]
async fn what_is_inside_is_checked_too() {
    let place = Place::new();
    place.store().create(&name("main"), example(1)).await.unwrap();
    let recipient = age_identity(&place.identity()).to_public();
    let revision = r#"{"revision":1,"changed_at":"2026-01-01T00:00:00Z","document":{"at":0,"length":2}}"#;
    let with_main =
        |main: &str| format!("{{\"format\":1,\"generation\":1,\"credentials\":{{\"main\":{main}}}}}\n{{}}\n");
    let newer = "it has nothing this version knows";
    for (contents, text) in [
        (
            format!("{{\"format\":2,\"because\":\"{newer}\"}}\n"),
            "a format newer than 1, which is the newest known here: `2`",
        ),
        (String::new(), "`its first line`"),
        ("{\"format\":1}".to_owned(), "`its first line`"),
        ("{}\n".to_owned(), "`the number of its format`"),
        ("hush\n".to_owned(), "`the number of its format`"),
        ("{\"format\":1}\n".to_owned(), "`its list of credentials`"),
        (with_main("3"), "`its list of credentials`"),
        (
            with_main(&format!("{{\"current\":2,\"revisions\":[{revision}]}}")),
            "`the revision that is current or pending`",
        ),
        (
            with_main(&format!("{{\"pending\":2,\"revisions\":[{revision}]}}")),
            "`the revision that is current or pending`",
        ),
        (with_main(&format!("{{\"revisions\":[{}]}}", revision.replace("2026-01", "2026-13"))), "`a time`"),
        (
            with_main(&format!("{{\"revisions\":[{}]}}", revision.replace("\"length\":2", "\"length\":99"))),
            "`the place of a document`",
        ),
        (
            with_main(&format!(
                "{{\"revisions\":[{}]}}",
                revision.replace("\"at\":0", &format!("\"at\":{}", usize::MAX))
            )),
            "`the place of a document`",
        ),
        (with_main("{\"revisions\":[]}").replace("main", "../main"), "`a credential's name`"),
    ] {
        encrypt(&place.file(), &recipient, contents.as_bytes());
        check_error(place.store().get_current(&name("main")).await, ErrorKind::Corrupt, &[text]);
        assert_eq!(check_refused(&place.store(), &place, text).await, ErrorKind::Corrupt);
    }
}
