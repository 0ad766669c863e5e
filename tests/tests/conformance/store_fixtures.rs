//! Fixtures for the stores that need files or variables.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use linkwright_core::{
    Capabilities, CredentialName, CredentialStore, CredentialStoreExt as _, Error, ErrorKind, Result, Secret,
};
use linkwright_store_env::EnvStore;
use linkwright_store_file::{Access, FileStore, FileStoreOptions, Protection};
use linkwright_testkit::{ManualClock, Seed, StoreFixture};
use tempfile::TempDir;

/// Folders that last as long as the fixture whose stores work in them.
#[derive(Default)]
struct Folders(Mutex<Vec<TempDir>>);

impl Folders {
    fn add(&self) -> Result<PathBuf> {
        let folder = tempfile::tempdir().map_err(|cause| {
            Error::new(ErrorKind::Unavailable, "fixture.open", "cannot make a temporary folder")
                .with_source(cause)
        })?;
        let path = folder.path().to_owned();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(folder);
        Ok(path)
    }
}

/// What opens the files of a [`FileFixture`].
#[derive(Clone, Copy)]
pub(crate) enum Opening {
    Identity,
    Passphrase,
}

/// Opens a [`FileStore`] on a file of its own.
pub(crate) struct FileFixture {
    opening: Opening,
    access: Access,
    folders: Folders,
}

impl FileFixture {
    pub(crate) fn new(opening: Opening, access: Access) -> Self {
        Self { opening, access, folders: Folders::default() }
    }

    fn options(&self, folder: PathBuf) -> FileStoreOptions {
        let protection = match self.opening {
            Opening::Identity => Protection::identity(folder.join("keys/identity.txt")),
            Opening::Passphrase => Protection::Passphrase(Secret::new("correct horse battery staple")),
        };
        let file = folder.join("data/credentials.age");
        let mut options = FileStoreOptions::new(file, protection, Arc::new(ManualClock::new()));
        // The real factor takes most of a second for every change.
        options.scrypt_work_factor = 10;
        options
    }

    async fn filled(
        &self,
        damaged: Option<(&CredentialName, &str)>,
        seed: &[Seed],
    ) -> Result<Arc<dyn CredentialStore>> {
        let mut options = self.options(self.folders.add()?);
        let writer = FileStore::new(options.clone());
        for (name, set) in seed {
            writer.create(name, set.clone()).await?;
        }
        if let Some((name, document)) = damaged {
            writer.insert_document(name, document.as_bytes()).await?;
        }
        options.access = self.access;
        Ok(Arc::new(FileStore::new(options)))
    }
}

#[async_trait]
impl StoreFixture for FileFixture {
    fn capabilities(&self) -> Capabilities {
        let mut options = self.options(PathBuf::new());
        options.access = self.access;
        FileStore::new(options).capabilities()
    }

    async fn open(&self, seed: &[Seed]) -> Result<Arc<dyn CredentialStore>> {
        self.filled(None, seed).await
    }

    fn can_damage(&self) -> bool {
        true
    }

    async fn open_damaged(
        &self,
        name: &CredentialName,
        document: &str,
        seed: &[Seed],
    ) -> Result<Arc<dyn CredentialStore>> {
        self.filled(Some((name, document)), seed).await
    }
}

/// Opens an [`EnvStore`] over made-up variables.
pub(crate) struct EnvFixture {
    /// Puts the secrets into files and their paths into variables.
    by_files: bool,
    folders: Folders,
}

impl EnvFixture {
    pub(crate) fn new(by_files: bool) -> Self {
        Self { by_files, folders: Folders::default() }
    }
}

#[async_trait]
impl StoreFixture for EnvFixture {
    fn capabilities(&self) -> Capabilities {
        EnvStore::new("X", Arc::new(|_: &str| None), Vec::new()).capabilities()
    }

    async fn open(&self, seed: &[Seed]) -> Result<Arc<dyn CredentialStore>> {
        let mut variables = BTreeMap::new();
        for (name, set) in seed {
            let stem = format!("CONFORMANCE_{}", name.as_str().to_ascii_uppercase().replace(['.', '-'], "_"));
            let mut add =
                |suffix: &str, value: &str| variables.insert(format!("{stem}{suffix}"), value.to_owned());
            add("_NAME", name.as_str());
            add("_ID", set.id());
            add("_VERSION", set.api_version().as_str());
            if let Some(label) = set.label() {
                add("_LABEL", label);
            }
            if self.by_files {
                let file = self.folders.add()?.join("secret");
                // As editors and `echo` write it.
                let written = std::fs::write(&file, format!("{}\n", set.secret().expose()));
                written.map_err(|cause| {
                    Error::new(ErrorKind::Unavailable, "fixture.open", "cannot write a secret")
                        .with_source(cause)
                })?;
                add("_SECRET_FILE", &file.display().to_string());
            } else {
                add("_SECRET", set.secret().expose());
            }
        }
        let names = variables.keys().cloned().collect();
        let view = move |name: &str| variables.get(name).cloned();
        Ok(Arc::new(EnvStore::new("CONFORMANCE", Arc::new(view), names)))
    }
}
