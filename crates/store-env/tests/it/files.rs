//! Values in files.

use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use linkwright_core::{CredentialStore as _, CredentialStoreExt as _, ErrorKind, Timestamp};
use linkwright_store_env::EnvStore;
use tempfile::TempDir;

use crate::support::{SECRET, check_refused, listed, name, store};

/// A folder with a file `secret` in it, and a store whose secret is in that file.
struct Mount {
    folder: TempDir,
}

impl Mount {
    fn of(contents: impl AsRef<[u8]>) -> Self {
        let mount = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::write(mount.file(), contents).unwrap();
        mount
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("secret")
    }

    fn store(&self) -> EnvStore {
        store_of(&self.file())
    }
}

fn store_of(file: &Path) -> EnvStore {
    store(&[("X_ID", "i"), ("X_SECRET_FILE", file.to_str().unwrap()), ("X_VERSION", "3.1")])
}

#[tokio::test]
async fn blanks_and_line_breaks_around_a_value_do_not_count() {
    for contents in ["hush", "hush\n", "hush\r\n", "hush\n\n", " hush \n", "hush\r", "\nhush\t"] {
        let stored = Mount::of(contents).store().get(&name("default"), None).await.unwrap();
        assert_eq!(stored.set.secret().expose(), "hush", "{contents:?}");
    }
    let two_lines = Mount::of("hush\nhush\n");
    let texts = ["the secret holds a blank", "`X_SECRET_FILE`"];
    check_refused(&two_lines.store(), "default", ErrorKind::ConfigInvalid, &texts).await;
}

#[tokio::test]
async fn each_value_may_come_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = |file: &str, contents: &str| {
        let path = folder.path().join(file);
        std::fs::write(&path, contents).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (id, secret, version) = (file("id", "an-id\n"), file("secret", SECRET), file("version", "v3.2\n"));
    let label = file("label", "Mein Laden\n");
    let store = store(&[
        ("X_EU_ID_FILE", &id),
        ("X_EU_SECRET_FILE", &secret),
        ("X_EU_VERSION_FILE", &version),
        ("X_EU_LABEL_FILE", &label),
    ]);
    let set = store.get(&name("eu"), None).await.unwrap().set;
    assert_eq!((set.id(), set.secret().expose(), set.label()), ("an-id", SECRET, Some("Mein Laden")));
    assert_eq!(listed(&store).await, ["eu"]);
}

#[tokio::test]
async fn a_rotated_file_is_a_new_revision_and_its_date_is_known() {
    let mount = Mount::of(SECRET);
    let store = mount.store();
    let mut seen = Vec::new();
    for seconds in [1_767_225_600, 1_767_225_601] {
        let file = std::fs::File::options().write(true).open(mount.file()).unwrap();
        file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
        let stored = store.get(&name("default"), None).await.unwrap();
        let date = Timestamp::from_unix_seconds(i64::try_from(seconds).unwrap());
        assert_eq!(stored.changed_at, Some(date));
        let listed = store.list_all().await.unwrap();
        assert_eq!((&listed[0].revision, listed[0].changed_at), (&stored.revision, Some(date)));
        seen.push(stored.revision);
    }
    assert_ne!(seen[0], seen[1]);
}

#[tokio::test]
async fn a_wrong_file_is_named_with_its_variable() {
    let missing = tempfile::tempdir().unwrap().path().join("gone");
    let path = missing.display().to_string();
    let texts = ["cannot read the file that `X_SECRET_FILE` names", &*path];
    let error = check_refused(&store_of(&missing), "default", ErrorKind::ConfigInvalid, &texts).await;
    assert_eq!(error.context_value("path"), Some(&*path));
    assert_eq!(listed(&store_of(&missing)).await, ["default"]);

    for (contents, why) in [
        (&b""[..], "it is empty"),
        (b"\n", "it is empty"),
        (b"hush\xff", "it is not text in UTF-8"),
        (&[b'h'; 65_537], "it is larger than 64 KiB"),
    ] {
        let mount = Mount::of(contents);
        check_refused(&mount.store(), "default", ErrorKind::ConfigInvalid, &[why, "`X_SECRET_FILE`"]).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let texts = ["it is not a regular file"];
    check_refused(&store_of(folder.path()), "default", ErrorKind::ConfigInvalid, &texts).await;
}

#[cfg(unix)]
#[tokio::test]
async fn mounts_are_trusted_unless_every_user_may_write_them() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let mount = Mount::of(SECRET);
    let set_mode =
        |mode| std::fs::set_permissions(mount.file(), std::fs::Permissions::from_mode(mode)).unwrap();
    let link = mount.folder.path().join("link");
    symlink("secret", &link).unwrap();
    for mode in [0o400, 0o440, 0o444, 0o600, 0o644, 0o664] {
        set_mode(mode);
        assert_eq!(store_of(&link).get(&name("default"), None).await.unwrap().set.secret().expose(), SECRET);
    }
    for mode in [0o602, 0o646, 0o666, 0o777] {
        set_mode(mode);
        let hint = format!("chmod o-w {}", mount.file().display());
        let texts = ["can be changed by every user", &*hint];
        check_refused(&mount.store(), "default", ErrorKind::PermissionDenied, &texts).await;
    }
}
