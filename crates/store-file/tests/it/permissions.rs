//! Whose files are trusted. The rule as a whole is a table in `access_rule`; here is that each file is held to it.

use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use linkwright_core::{CredentialStoreExt as _, ErrorKind};
use linkwright_store_file::{Access, FileStore};

use crate::support::{Place, check_error, example, name, set_mode};

fn mode_of(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

async fn written() -> Place {
    let place = Place::new();
    place.store().create(&name("main"), example(1)).await.unwrap();
    place
}

fn read_only(place: &Place) -> FileStore {
    let mut options = place.options();
    options.access = Access::ReadOnly;
    FileStore::new(options)
}

#[tokio::test]
async fn all_that_is_made_is_for_its_owner_alone() {
    let place = written().await;
    place.store().overwrite(&name("main"), example(2)).await.unwrap();
    for (path, mode) in [
        ("data", 0o700),
        ("data/credentials.age", 0o600),
        ("data/credentials.age.lock", 0o600),
        ("keys", 0o700),
        ("keys/identity.txt", 0o600),
    ] {
        assert_eq!(mode_of(&place.path(path)), mode, "{path}");
    }
}

#[tokio::test]
async fn files_open_to_others_are_refused_with_the_command_that_mends_it() {
    for (path, role, reads) in [
        ("data/credentials.age", "credential file", true),
        ("keys/identity.txt", "identity file", true),
        ("data/credentials.age.lock", "lock file", false),
    ] {
        let place = written().await;
        let file = place.path(path);
        for mode in [0o640, 0o604, 0o644, 0o660, 0o620, 0o602, 0o666, 0o777, 0o444, 0o440, 0o610] {
            set_mode(&file, mode);
            let said = format!("the {role} is open to other users (mode {mode:04o})");
            let hint = format!("chmod 600 {}", file.display());
            let store = place.store();
            let wrote = store.overwrite(&name("main"), example(2)).await;
            let error = check_error(wrote, ErrorKind::PermissionDenied, &[&said, &hint]);
            assert_eq!(error.hint(), Some(&*hint));
            if reads {
                let read = store.get_current(&name("main")).await;
                check_error(read, ErrorKind::PermissionDenied, &[&said, &hint]);
            }
        }
        set_mode(&file, 0o600);
        place.store().overwrite(&name("main"), example(3)).await.unwrap();
        if reads {
            set_mode(&file, 0o400);
            assert_eq!(place.store().get_current(&name("main")).await.unwrap().set, example(3));
        }
    }
}

#[tokio::test]
async fn links_are_refused_where_the_store_writes() {
    for (path, role, reads) in [
        ("data/credentials.age", "credential file", true),
        ("keys/identity.txt", "identity file", true),
        ("data/credentials.age.lock", "lock file", false),
    ] {
        let place = written().await;
        let (file, real) = (place.path(path), place.path("elsewhere"));
        std::fs::rename(&file, &real).unwrap();
        symlink(&real, &file).unwrap();
        let said = format!("the {role} is a symbolic link: `{}`", file.display());
        let wrote = place.store().overwrite(&name("main"), example(2)).await;
        check_error(wrote, ErrorKind::PermissionDenied, &[&said]);
        if reads {
            let read = place.store().get_current(&name("main")).await;
            check_error(read, ErrorKind::PermissionDenied, &[&said]);
        }
        assert!(std::fs::symlink_metadata(&file).unwrap().is_symlink(), "the link was replaced");
    }
}

#[tokio::test]
async fn a_store_opened_read_only_takes_what_kubernetes_mounts() {
    let place = written().await;
    // Each update is a folder of its own, behind two links.
    let mount = place.path("mount");
    std::fs::create_dir_all(mount.join("..2026")).unwrap();
    symlink("..2026", mount.join("..data")).unwrap();
    let mut options = place.options();
    for (from, file) in [(place.file(), "credentials.age"), (place.identity(), "identity.txt")] {
        std::fs::copy(from, mount.join("..2026").join(file)).unwrap();
        symlink(Path::new("..data").join(file), mount.join(file)).unwrap();
    }
    options.path = mount.join("credentials.age");
    options.protection = linkwright_store_file::Protection::identity(mount.join("identity.txt"));
    options.access = Access::ReadOnly;
    let store = FileStore::new(options);
    for mode in [0o400, 0o440, 0o444, 0o640, 0o644, 0o664] {
        for file in ["credentials.age", "identity.txt"] {
            set_mode(&mount.join("..2026").join(file), mode);
        }
        assert_eq!(store.get_current(&name("main")).await.unwrap().set, example(1), "{mode:o}");
    }
    for file in ["credentials.age", "identity.txt"] {
        let path = mount.join("..2026").join(file);
        set_mode(&path, 0o646);
        let texts = [
            "can be changed by every user (mode 0646)",
            &format!("chmod o-w {}", mount.join(file).display()),
        ];
        check_error(store.get_current(&name("main")).await, ErrorKind::PermissionDenied, &texts);
        set_mode(&path, 0o444);
    }
}

#[tokio::test]
async fn a_store_opened_read_only_leaves_no_trace() {
    let place = written().await;
    let before = place.data_files();
    std::fs::remove_file(place.path("data/credentials.age.lock")).unwrap();
    let store = read_only(&place);
    assert_eq!(store.get_current(&name("main")).await.unwrap().set, example(1));
    assert_eq!(store.list_all().await.unwrap().len(), 1);
    check_error(
        store.overwrite(&name("main"), example(2)).await,
        ErrorKind::Unsupported,
        &["lacks: `write`"],
    );
    assert_eq!(place.data_files(), before[..1]);

    let empty = Place::new();
    assert!(!read_only(&empty).exists(&name("main")).await.unwrap());
    assert!(!empty.path("data").exists() && !empty.path("keys").exists());
}

#[tokio::test]
async fn another_users_files_are_refused() {
    /// Nobody's id on Linux, and not this user's.
    const STRANGER: u32 = 65_534;

    let place = written().await;
    for (path, role) in [
        ("data/credentials.age", "credential file"),
        ("keys/identity.txt", "identity file"),
        ("data/credentials.age.lock", "lock file"),
    ] {
        let file = place.path(path);
        if let Err(error) = std::os::unix::fs::chown(&file, Some(STRANGER), None) {
            eprintln!("not tested, only root can give files away: {error}");
            return;
        }
        let texts = [&*format!("the {role} belongs to another user (id {STRANGER})"), "chown"];
        check_error(
            place.store().overwrite(&name("main"), example(2)).await,
            ErrorKind::PermissionDenied,
            &texts,
        );
        if role != "lock file" {
            let read = read_only(&place).get_current(&name("main")).await;
            check_error(read, ErrorKind::PermissionDenied, &texts);
        }
        std::os::unix::fs::chown(&file, Some(0), None).unwrap();
    }
}

#[tokio::test]
async fn what_is_not_a_file_is_refused_and_not_waited_for() {
    for path in ["data/credentials.age", "keys/identity.txt"] {
        let place = written().await;
        let file = place.path(path);
        std::fs::remove_file(&file).unwrap();
        std::fs::create_dir(&file).unwrap();
        let read = place.store().get_current(&name("main")).await;
        check_error(read, ErrorKind::PermissionDenied, &["is not a file", "give the path of a file"]);
        std::fs::remove_dir(&file).unwrap();

        // A named pipe that nobody writes to: opening it as a file would wait for ever.
        let made = std::process::Command::new("mkfifo").arg(&file).status();
        if !made.is_ok_and(|status| status.success()) {
            eprintln!("not tested with a named pipe, there is no mkfifo");
            continue;
        }
        set_mode(&file, 0o600);
        let read = place.store().get_current(&name("main")).await;
        check_error(read, ErrorKind::PermissionDenied, &["is not a file"]);
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_named() {
    let place = Place::new();
    std::fs::write(place.path("data"), "in the way").unwrap();
    let texts = ["cannot make the folder of the credential file", "credentials.age`"];
    check_error(place.store().create(&name("main"), example(1)).await, ErrorKind::Unavailable, &texts);
}

#[tokio::test]
async fn a_folder_that_others_may_write_is_refused_for_writing() {
    for (folder, role, is_credentials) in
        [("data", "credential file", true), ("keys", "identity file", false)]
    {
        for mode in [0o770, 0o775, 0o777, 0o757, 0o2775] {
            let place = Place::new();
            let path = place.path(folder);
            std::fs::create_dir(&path).unwrap();
            set_mode(&path, mode);
            let said = format!(
                "the {role} lies in a folder that other users can change (mode {mode:04o}): `{}`",
                path.display()
            );
            let texts = [&*said, &format!("chmod go-w {}", path.display())];
            let wrote = place.store().create(&name("main"), example(1)).await;
            check_error(wrote, ErrorKind::PermissionDenied, &texts);
            assert_eq!(std::fs::read_dir(&path).unwrap().count(), 0, "something was left behind");

            set_mode(&path, 0o755);
            place.store().create(&name("main"), example(1)).await.unwrap();
            set_mode(&path, mode);
            // Reading harms nobody, and a key that is there is not written.
            assert_eq!(place.store().get_current(&name("main")).await.unwrap().set, example(1));
            let wrote = place.store().overwrite(&name("main"), example(2)).await;
            assert_eq!(wrote.is_err(), is_credentials, "{folder} {mode:o}");
        }
    }
    // In a sticky folder nobody removes another's file.
    let place = Place::new();
    for folder in ["data", "keys"] {
        std::fs::create_dir(place.path(folder)).unwrap();
        set_mode(&place.path(folder), 0o1777);
    }
    place.store().create(&name("main"), example(1)).await.unwrap();
}
