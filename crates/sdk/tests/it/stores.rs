//! Stores by their address: what opens, what is refused, and that no secret comes from an address.

use std::path::Path;
use std::sync::Arc;

use linkwright_sdk::core::{
    ApiVersion, CredentialName, CredentialSet, CredentialStore, CredentialStoreExt as _, ErrorKind, Secret,
};
use linkwright_sdk::{IdentityFile, StoreRegistry, StoreSurroundings, StoreUri, identity_files};
use linkwright_testkit::{ManualClock, Sentinel};

fn surroundings(folder: &Path, set: &[(&str, &str)]) -> StoreSurroundings {
    let set: Vec<(String, String)> =
        set.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let names = set.iter().map(|(name, _)| name.clone()).collect();
    let value =
        move |wanted: &str| set.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
    StoreSurroundings::new(Arc::new(value), names, Arc::new(ManualClock::new())).with_folder(folder)
}

/// A folder that stores are written in, whatever the umask is.
fn private_folder() -> tempfile::TempDir {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir().expect("a folder")
}

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(work)
}

fn name(text: &str) -> CredentialName {
    CredentialName::try_from(text).expect("a name")
}

fn set(secret: Secret) -> CredentialSet {
    CredentialSet::new("the-id", secret, ApiVersion::V3_1)
}

#[test]
fn addresses_name_their_store() {
    #[track_caller]
    fn check(address: &str, info: &str) {
        let folder = Path::new("/here");
        let set = [("HOME", "/home/me"), ("XDG_DATA_HOME", "/data"), ("LINKWRIGHT_STORE_PASSPHRASE", "x")];
        let store = StoreRegistry::standard().open(address, &surroundings(folder, &set)).expect("a store");
        assert_eq!(store.info().to_string(), info, "{address}");
    }
    check("file:", "file:/data/linkwright/credentials.age");
    check("file:keys.age", "file:/here/keys.age");
    check(" FILE:keys.age ", "file:/here/keys.age");
    check("file:/a/keys.age?identity=id.txt&recipient=age1x", "file:/a/keys.age");
    check("file:///a/keys.age", "file:/a/keys.age");
    check("file:~/keys.age", "file:/home/me/keys.age");
    check("file:a%2Cb%3F%zz.age?read-only", "file:/here/a,b?%zz.age");
    check("file:keys.age?passphrase", "file:/here/keys.age");
    check("env:", "env:LINKWRIGHT_CREDENTIAL");
    check("env:SHOP", "env:SHOP");
    check("env:,file:keys.age", "chain:env:LINKWRIGHT_CREDENTIAL,file:/here/keys.age");
}

#[test]
fn addresses_that_are_none_are_refused_with_what_would_do() {
    #[track_caller]
    fn check(address: &str, message: &str, hint: &str) {
        let surroundings = surroundings(Path::new(""), &[("HOME", "/home/me")]);
        let error = StoreRegistry::standard().open(address, &surroundings).expect_err(address);
        assert_eq!((error.kind(), error.message()), (ErrorKind::ConfigInvalid, message));
        assert!(error.hint().is_some_and(|shown| shown.contains(hint)), "{error:?}");
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
    check("", "a store's address begins with its kind and a colon", "file:PATH");
    check("keys.age", "a store's address begins with its kind and a colon", "file:PATH");
    check("C:\\keys.age", "a store's address begins with its kind and a colon", "file:PATH");
    check("fiel:x", "no store of that kind: `fiel:`; known: env, file", "`file`");
    check(
        "file:x?identiy=y",
        "no such option of a `file:` store: `identiy`; known: identity, recipient, passphrase, read-only",
        "`identity`",
    );
    check("file:x?identity", "an option of a `file:` store needs a value: `identity`", "KEYFILE");
    check("file:x?read-only=1", "an option of a `file:` store has no value: `read-only`", "file:PATH");
    check(
        "file:x?passphrase&identity=y",
        "a `file:` store has a passphrase, or an identity with recipients, not both",
        "file:PATH",
    );
    check("env:PRE-FIX", "not the beginning of a variable's name", "env:PREFIX");
    check("env:X?a", "an `env:` store has no options: `a`", "env:PREFIX");
    let ways = "LINKWRIGHT_STORE_PASSPHRASE_FILE";
    check("file:x?passphrase=hunter2", "a store's address must not hold a secret", ways);
    check("file:x?Token=hunter2", "a store's address must not hold a secret", ways);
    check("vault://me:hunter2@vault.example/x", "a store's address must not hold a user or a password", ways);
    check("vault://hunter2@vault.example/x", "a store's address must not hold a user or a password", ways);
    for address in [
        "file:x?identity=AGE-SECRET-KEY-1HUNTER2",
        "file:x?identity=age-secret-key-1hunter2",
        "file:x?identity=AGE%2DSECRET-KEY-1hunter2",
        "file:x?recipient=AGE-SECRET-KEY-1hunter2",
        "file:x?AGE-SECRET-KEY-1hunter2",
        "file:AGE-SECRET-KEY-1hunter2",
        "AGE-SECRET-KEY-1hunter2:",
        "env:X,file:x?identity=AGE-SECRET-KEY-1hunter2",
        "file:x?identity=-----BEGIN%20OPENSSH%20PRIVATE%20KEY-----hunter2",
        "vault:-----BEGIN PRIVATE KEY-----\nhunter2",
    ] {
        check(address, "a store's address must not hold a private key", "?identity=KEYFILE");
    }
    check("file:x?passphrase", "no passphrase for the store: `x`", ways);
}

#[test]
fn a_kind_of_ones_own_is_a_call_away() {
    let mut registry = StoreRegistry::new();
    let surroundings = surroundings(Path::new(""), &[]);
    let error = registry.open("mine:x", &surroundings).expect_err("nothing is known");
    assert_eq!(error.message(), "no store of that kind: `mine:`; known: ");
    registry.register(
        "Mine",
        Arc::new(|uri: &StoreUri, around: &StoreSurroundings| {
            assert_eq!(uri.location(), "x");
            Ok(Arc::new(linkwright_sdk::core::MemoryStore::new(Arc::clone(&around.clock))) as _)
        }),
    );
    assert_eq!(registry.schemes().collect::<Vec<_>>(), ["mine"]);
    assert_eq!(registry.open("mine:x", &surroundings).expect("a store").info().scheme, "memory");
}

#[test]
fn without_an_address_variables_come_before_the_users_file() {
    let folder = private_folder();
    let home = folder.path().display().to_string();
    let with = surroundings(
        folder.path(),
        &[
            ("HOME", &home),
            ("LINKWRIGHT_CREDENTIAL_ID", "env-id"),
            ("LINKWRIGHT_CREDENTIAL_SECRET", "env-secret"),
            ("LINKWRIGHT_CREDENTIAL_VERSION", "3.1"),
        ],
    );
    let addresses = StoreRegistry::default_addresses(&with);
    assert_eq!(addresses, "env:,file:");
    let store = StoreRegistry::standard().open(addresses, &with).expect("a store");
    run(store.create(&name("na"), set(Secret::new("file-secret")))).expect("written");
    assert_eq!(run(store.get_current(&name("na"))).expect("read").set.id(), "the-id");
    assert_eq!(run(store.get_current(&name("default"))).expect("read").set.id(), "env-id");
    let identity = identity_files(addresses, &with).expect("paths");
    assert_eq!(identity.len(), 1);
    let IdentityFile { path, opens, .. } = &identity[0];
    assert!(path.ends_with("linkwright/identity.txt") && path.exists(), "{path:?}");
    assert!(opens.ends_with("linkwright/credentials.age") && opens.exists(), "{opens:?}");
    // Without a home folder there is no file to fall back to, and variables alone are enough.
    assert_eq!(StoreRegistry::default_addresses(&surroundings(Path::new(""), &[])), "env:");
}

#[test]
fn a_passphrase_comes_from_a_variable_a_file_or_a_person_and_opens_the_same_file() {
    let (folder, sentinel) = (private_folder(), Sentinel::new(3));
    let pass = "correct horse";
    std::fs::write(folder.path().join("pass"), format!("{pass}\r\n")).expect("written");
    let open = |surroundings: StoreSurroundings| {
        StoreRegistry::standard().open("file:keys.age?passphrase", &surroundings).expect("a store")
    };
    let variable = open(surroundings(folder.path(), &[("LINKWRIGHT_STORE_PASSPHRASE", pass)]));
    run(variable.create(&name("na"), set(sentinel.secret()))).expect("written");
    let by_file = open(surroundings(folder.path(), &[("LINKWRIGHT_STORE_PASSPHRASE_FILE", "pass")]));
    let asked = surroundings(folder.path(), &[]).with_ask_passphrase(Arc::new(|question| {
        assert!(question.starts_with("Passphrase of "), "{question}");
        Ok(Secret::new("correct horse"))
    }));
    for store in [by_file, open(asked)] {
        assert_eq!(run(store.get_current(&name("na"))).expect("read").set.secret().expose(), sentinel.text());
    }
    sentinel.assert_absent("the file", std::fs::read(folder.path().join("keys.age")).expect("read"));

    #[track_caller]
    fn check(folder: &Path, set: &[(&str, &str)], message: &str) {
        let error = StoreRegistry::standard()
            .open("file:keys.age?passphrase", &surroundings(folder, set))
            .expect_err(message);
        assert!(error.message().starts_with(message), "{error}");
        assert!(!format!("{error:?}").contains("correct horse"));
    }
    let both = [("LINKWRIGHT_STORE_PASSPHRASE", pass), ("LINKWRIGHT_STORE_PASSPHRASE_FILE", "pass")];
    check(folder.path(), &both, "both are set, one must be: ");
    let missing = [("LINKWRIGHT_STORE_PASSPHRASE_FILE", "none")];
    check(folder.path(), &missing, "cannot read the file of the passphrase: ");
    std::fs::write(folder.path().join("empty"), "\n").expect("written");
    check(folder.path(), &[("LINKWRIGHT_STORE_PASSPHRASE_FILE", "empty")], "the passphrase is empty");
}

#[test]
fn a_store_that_is_read_only_is_not_written() {
    let folder = private_folder();
    let around = surroundings(folder.path(), &[]);
    let open = |address: &str| StoreRegistry::standard().open(address, &around).expect("a store");
    run(open("file:keys.age?identity=id.txt").create(&name("na"), set(Secret::new("s")))).expect("written");
    let store = open("file:keys.age?identity=id.txt&read-only");
    assert!(!store.capabilities().write);
    assert_eq!(run(store.get_current(&name("na"))).expect("read").set.id(), "the-id");
    let error = run(store.overwrite(&name("na"), set(Secret::new("t")))).expect_err("read-only");
    assert_eq!(error.kind(), ErrorKind::Unsupported);
}

#[test]
fn each_file_has_a_key_of_its_own_beside_it() {
    #[track_caller]
    fn check(address: &str, identity: &[&str]) {
        let set = [("HOME", "/home/me"), ("XDG_DATA_HOME", "/data")];
        let files = identity_files(address, &surroundings(Path::new("/here"), &set)).expect("paths");
        let paths: Vec<String> = files.iter().map(|file| file.path.display().to_string()).collect();
        assert_eq!(paths, identity, "{address}");
    }
    check("file:", &["/data/linkwright/identity.txt"]);
    check("file:/data/linkwright/credentials.age", &["/data/linkwright/identity.txt"]);
    check("file:credentials.age", &["/here/identity.txt"]);
    check("file:other.age", &["/here/other.age.identity.txt"]);
    check("file:other", &["/here/other.identity.txt"]);
    check("file:~/other.age", &["/home/me/other.age.identity.txt"]);
    check("file:other.age?identity=key.txt", &["/here/key.txt"]);
    check("file:other.age?passphrase", &[]);
    check("env:,file:a.age,file:", &["/here/a.age.identity.txt", "/data/linkwright/identity.txt"]);
}

/// Two stores, of which the first loses its key before the second is written: its back-up must still open it, and must
/// not take the second one's key away.
#[test]
fn a_lost_key_can_be_put_back_whatever_was_written_meanwhile() {
    for (first, second) in [("file:", "file:other.age"), ("file:other.age", "file:")] {
        let folder = private_folder();
        let data = folder.path().join("data").display().to_string();
        let around = surroundings(folder.path(), &[("XDG_DATA_HOME", &data)]);
        let open = |address: &str| StoreRegistry::standard().open(address, &around).expect("a store");
        run(open(first).create(&name("na"), set(Secret::new("first")))).expect("written");
        let lost = identity_files(first, &around).expect("paths")[0].path.clone();
        let backup = std::fs::read(&lost).expect("a key");
        std::fs::remove_file(&lost).expect("lost");

        run(open(second).create(&name("na"), set(Secret::new("second")))).expect("written");
        assert!(!lost.exists(), "{first} {second}: a key was made in the place of the lost one");
        let error = run(open(first).get_current(&name("na"))).expect_err("no key");
        assert_eq!(error.kind(), ErrorKind::Corrupt);

        std::fs::write(&lost, backup).expect("put back");
        #[cfg(unix)]
        std::fs::set_permissions(&lost, std::os::unix::fs::PermissionsExt::from_mode(0o600))
            .expect("private");
        for (address, secret) in [(first, "first"), (second, "second")] {
            let stored = run(open(address).get_current(&name("na"))).expect(address);
            assert_eq!(stored.set.secret().expose(), secret, "{address}");
        }
    }
}
