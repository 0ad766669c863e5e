//! A folder with a store in it, and looking into the file as age does.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use linkwright_core::{ApiVersion, CredentialName, CredentialSet, Error, ErrorKind, Result, Secret};
use linkwright_store_file::{FileStore, FileStoreOptions, Protection};
use linkwright_testkit::ManualClock;
use tempfile::TempDir;

/// A folder for one test, with the paths a store in it has.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.folder.path().join(relative)
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.path("data/credentials.age")
    }

    pub(crate) fn identity(&self) -> PathBuf {
        self.path("keys/identity.txt")
    }

    pub(crate) fn options(&self) -> FileStoreOptions {
        self.options_with(Protection::identity(self.identity()))
    }

    pub(crate) fn options_with(&self, protection: Protection) -> FileStoreOptions {
        FileStoreOptions::new(self.file(), protection, Arc::new(ManualClock::new()))
    }

    pub(crate) fn store(&self) -> FileStore {
        FileStore::new(self.options())
    }

    /// Names of the files beside the credential file, sorted.
    pub(crate) fn data_files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.path("data")).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

pub(crate) fn name(text: &str) -> CredentialName {
    CredentialName::try_from(text).unwrap()
}

pub(crate) fn example(number: u64) -> CredentialSet {
    CredentialSet::new(format!("id-{number}"), Secret::new(format!("secret-{number}")), ApiVersion::V3_1)
}

/// The number an example was made from.
pub(crate) fn number_of(set: &CredentialSet) -> u64 {
    let number = set.id().strip_prefix("id-").unwrap().parse().unwrap();
    assert!(*set == example(number), "a mixture of two credentials was read: {set:?}");
    number
}

/// The error of this kind whose message and hint hold all these texts.
#[track_caller]
pub(crate) fn check_error<T>(result: Result<T>, kind: ErrorKind, texts: &[&str]) -> Error {
    let Err(error) = result else { panic!("expected `{kind}`, and it succeeded") };
    let said = format!("{}\n{}", error.message(), error.hint().unwrap_or_default());
    assert_eq!(error.kind(), kind, "{error:?}");
    for text in texts {
        assert!(said.contains(text), "expected {text:?} in:\n{said}");
    }
    error
}

/// Decrypts a file with age alone, as its command line does.
pub(crate) fn decrypt(file: &Path, identity: &dyn age::Identity) -> Vec<u8> {
    let encrypted = std::fs::read(file).unwrap();
    let decryptor = age::Decryptor::new(&encrypted[..]).unwrap();
    let mut plaintext = Vec::new();
    decryptor.decrypt(std::iter::once(identity)).unwrap().read_to_end(&mut plaintext).unwrap();
    plaintext
}

/// Puts other contents into a file that is there.
pub(crate) fn encrypt(file: &Path, recipient: &dyn age::Recipient, plaintext: &[u8]) {
    let mut encrypted = Vec::new();
    let encryptor = age::Encryptor::with_recipients(std::iter::once(recipient)).unwrap();
    let mut writer = encryptor.wrap_output(&mut encrypted).unwrap();
    writer.write_all(plaintext).unwrap();
    writer.finish().unwrap();
    std::fs::write(file, encrypted).unwrap();
}

/// The key in an age identity file.
pub(crate) fn age_identity(path: &Path) -> age::x25519::Identity {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().find(|line| !line.starts_with('#')).unwrap().parse().unwrap()
}

/// Writes a file that only its owner can read.
pub(crate) fn write_private(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
    #[cfg(unix)]
    set_mode(path, 0o600);
}

#[cfg(unix)]
pub(crate) fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;

    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}
