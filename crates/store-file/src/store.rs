//! The store itself: which work is done on which state of the file.

use std::fmt;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use linkwright_core::{
    BoxStream, Capabilities, CredentialMeta, CredentialName, CredentialSet, CredentialStore, DeleteMode,
    Error, PutMode, PutState, Result, Revision, RevisionMeta, StoreInfo, Stored, document,
};
use zeroize::Zeroizing;

use crate::access_rule::Purpose;
use crate::contents::{Contents, Found, PutRequest};
use crate::disk;
use crate::encryption::Cipher;
use crate::failure::{Failure, Role};
use crate::options::{Access, FileStoreOptions, Protection};
use crate::write_lock::{Held, WriteLock};

/// Credentials in one encrypted file. See the [crate] for what that means, and [`FileStoreOptions`] for its settings.
///
/// Needs a tokio runtime: files are read and written on its threads for blocking work. A future that is dropped leaves
/// a write that has begun to end by itself.
pub struct FileStore {
    shared: Arc<Shared>,
}

/// What the threads that do the work need.
struct Shared {
    options: FileStoreOptions,
    info: StoreInfo,
    cipher: Cipher,
    lock: WriteLock,
    created_identity: AtomicBool,
}

/// What a change of the contents led to.
enum Change<T> {
    /// Write the file, then answer.
    Write(T),
    /// Nothing is different, so the file stays as it is.
    Nothing(T),
}

impl FileStore {
    /// The scheme of the store's URI.
    pub const SCHEME: &'static str = "file";

    /// The largest document, in bytes: the limit of AWS Secrets Manager, so that what works here works there.
    pub const MAX_VALUE_BYTES: usize = 65_536;

    /// A store on this file. Looks at nothing yet.
    pub fn new(options: FileStoreOptions) -> Self {
        let info = StoreInfo::new(Self::SCHEME, options.path.display().to_string());
        let cipher = Cipher::new(&options);
        let lock = WriteLock::of(&options.path);
        let created_identity = AtomicBool::new(false);
        Self { shared: Arc::new(Shared { options, info, cipher, lock, created_identity }) }
    }

    /// The credential file.
    pub fn path(&self) -> &Path {
        &self.shared.options.path
    }

    /// The identity file; `None` where a passphrase protects the file.
    pub fn identity_path(&self) -> Option<&Path> {
        match &self.shared.options.protection {
            Protection::Identity { path, .. } => Some(path),
            Protection::Passphrase(_) => None,
        }
    }

    /// Whether a write through this value made the identity file. Whoever sees it must tell the user to back it up.
    pub fn created_identity(&self) -> bool {
        self.shared.created_identity.load(Ordering::Acquire)
    }

    /// Puts bytes in as a new current revision, whatever was there and whether or not they are a readable document.
    ///
    /// For credentials that come as documents, and for tests of what callers do about a damaged one.
    ///
    /// # Errors
    /// As `put` with `Overwrite`.
    pub async fn insert_document(&self, name: &CredentialName, document: &[u8]) -> Result<Revision> {
        let document = Zeroizing::new(document.to_vec());
        self.put_document(name, document, PutMode::Overwrite, PutState::Current).await
    }

    async fn put_document(
        &self,
        name: &CredentialName,
        document: Zeroizing<Vec<u8>>,
        mode: PutMode,
        state: PutState,
    ) -> Result<Revision> {
        self.refuse_read_only("store.put", "write")?;
        if document.len() > Self::MAX_VALUE_BYTES {
            return Err(self.info().too_large(name, document.len(), Self::MAX_VALUE_BYTES));
        }
        let (key, now) = (name.clone(), self.shared.options.clock.now());
        let keep = self.shared.options.keep_revisions;
        let written = self.change("store.put", true, move |contents, store| {
            contents.check_put(&PutRequest { store, name: &key, mode: &mode, state })?;
            Ok(Change::Write(contents.insert(&key, document, state, now, keep)))
        });
        written.await.map_err(|error| about(error, name))
    }

    /// Before anything else is looked at, as the trait asks.
    fn refuse_read_only(&self, operation: &'static str, capability: &'static str) -> Result<()> {
        match self.shared.options.access {
            Access::ReadWrite => Ok(()),
            Access::ReadOnly => Err(self.info().unsupported(operation, capability)),
        }
    }

    /// Reads the file, and does this work on it.
    async fn read<T: Send + 'static>(
        &self,
        operation: &'static str,
        work: impl FnOnce(&Contents, &StoreInfo) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let shared = Arc::clone(&self.shared);
        let done = tokio::task::spawn_blocking(move || {
            let purpose = Purpose::Read(shared.options.access);
            let contents =
                shared.load(purpose).map_err(|failure| failure.into_error(&shared.info, operation))?;
            work(&contents.unwrap_or_default(), &shared.info)
        });
        done.await.unwrap_or_else(|lost| Err(self.lost(operation, &lost)))
    }

    /// Reads the file, does this work on it, and replaces it. Without `may_create` a file that is absent stays so, with
    /// its folder.
    async fn change<T: Send + 'static>(
        &self,
        operation: &'static str,
        may_create: bool,
        work: impl FnOnce(&mut Contents, &StoreInfo) -> Result<Change<T>> + Send + 'static,
    ) -> Result<T> {
        let shared = Arc::clone(&self.shared);
        let opened = tokio::task::spawn_blocking(move || shared.open_lock(may_create)).await;
        let worded = |failure: Failure| failure.into_error(&self.shared.info, operation);
        let opened = opened.map_err(|lost| self.lost(operation, &lost))?.map_err(worded)?;
        let Some(lock) = opened else {
            return work(&mut Contents::default(), &self.shared.info).map(Change::into_answer);
        };
        let FileStoreOptions { clock, lock_timeout, .. } = &self.shared.options;
        let held = self.shared.lock.acquire(lock, &**clock, *lock_timeout).await.map_err(worded)?;
        let shared = Arc::clone(&self.shared);
        let done = tokio::task::spawn_blocking(move || shared.change(operation, work, held));
        done.await.unwrap_or_else(|lost| Err(self.lost(operation, &lost)))
    }

    fn lost(&self, operation: &'static str, lost: &tokio::task::JoinError) -> Error {
        Failure::Interrupted { panicked: lost.is_panic() }.into_error(&self.shared.info, operation)
    }

    fn stored(&self, name: &CredentialName, found: Found) -> Result<Stored> {
        let set = document::decode(&found.document)
            .map_err(|cause| self.info().unreadable("store.get", name, cause))?;
        Ok(Stored::new(set, found.revision, Some(found.changed_at)))
    }
}

impl<T> Change<T> {
    fn into_answer(self) -> T {
        match self {
            Self::Write(answer) | Self::Nothing(answer) => answer,
        }
    }

    fn write_if(changed: bool, answer: T) -> Self {
        if changed { Self::Write(answer) } else { Self::Nothing(answer) }
    }
}

impl Shared {
    /// The file's contents; `None` if there is no file.
    fn load(&self, purpose: Purpose) -> Result<Option<Contents>, Failure> {
        let Some(encrypted) = disk::read(&self.options.path, Role::Credentials, purpose)? else {
            return Ok(None);
        };
        Contents::decode(&self.cipher.open(&encrypted)?).map(Some)
    }

    /// Opens the lock file. `None` if there is no credential file, and none may be made.
    fn open_lock(&self, may_create: bool) -> Result<Option<File>, Failure> {
        let path = &self.options.path;
        if may_create {
            disk::make_folder_of(path, Role::Credentials)?;
        } else if !disk::is_there(path) {
            return Ok(None);
        }
        disk::judge_folder_of(path, Role::Credentials)?;
        self.lock.open().map(Some)
    }

    fn change<T>(
        &self,
        operation: &'static str,
        work: impl FnOnce(&mut Contents, &StoreInfo) -> Result<Change<T>>,
        held: Held,
    ) -> Result<T> {
        let worded = |failure: Failure| failure.into_error(&self.info, operation);
        let present = self.load(Purpose::Replace).map_err(worded)?;
        let is_new = present.is_none();
        let mut contents = present.unwrap_or_default();
        let answer = match work(&mut contents, &self.info)? {
            Change::Nothing(answer) => return Ok(answer),
            Change::Write(answer) => answer,
        };
        self.save(&contents, is_new).map_err(worded)?;
        drop(held);
        Ok(answer)
    }

    fn save(&self, contents: &Contents, is_new: bool) -> Result<(), Failure> {
        let path = &self.options.path;
        let (sealer, made_identity) = self.cipher.sealer(is_new, path, self.options.clock.now())?;
        if made_identity {
            self.created_identity.store(true, Ordering::Release);
            tracing::info!(credential_file = %path.display(), "made the identity of a new credential file");
        }
        let encrypted = self.cipher.seal(&sealer, contents.encode())?;
        disk::replace(path, Role::Credentials, &encrypted)
    }
}

/// Says which name was asked for, where the error does not yet.
fn about(error: Error, name: &CredentialName) -> Error {
    if error.context_value("name").is_some() { error } else { error.with_context("name", name.as_str()) }
}

impl fmt::Debug for FileStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileStore").field("options", &self.shared.options).finish_non_exhaustive()
    }
}

#[async_trait]
impl CredentialStore for FileStore {
    fn info(&self) -> StoreInfo {
        self.shared.info.clone()
    }

    fn capabilities(&self) -> Capabilities {
        let writable = self.shared.options.access == Access::ReadWrite;
        let mut capabilities = Capabilities::NONE;
        capabilities.list = true;
        capabilities.write = writable;
        capabilities.create_only = writable;
        capabilities.update_if = writable;
        capabilities.pending = writable;
        // Going back to a revision is part of it, and writes.
        capabilities.revisions = writable;
        capabilities.restore = writable;
        capabilities.max_value_bytes = writable.then_some(Self::MAX_VALUE_BYTES);
        capabilities
    }

    async fn get(&self, name: &CredentialName, revision: Option<&Revision>) -> Result<Stored> {
        if revision.is_some() {
            self.refuse_read_only("store.get", "revisions")?;
        }
        let (key, revision) = (name.clone(), revision.cloned());
        let found =
            self.read("store.get", move |contents, store| contents.find(store, &key, revision.as_ref()));
        let found = found.await.map_err(|error| about(error, name))?;
        self.stored(name, found)
    }

    async fn get_many(&self, names: &[CredentialName]) -> Vec<Result<Stored>> {
        if names.is_empty() {
            return Vec::new();
        }
        let keys = names.to_vec();
        let found = self.read("store.get", move |contents, store| {
            Ok(keys.iter().map(|name| contents.find(store, name, None)).collect::<Vec<_>>())
        });
        match found.await {
            Ok(found) => names
                .iter()
                .zip(found)
                .map(|(name, found)| found.and_then(|found| self.stored(name, found)))
                .collect(),
            Err(error) => names.iter().map(|name| Err(about(error.clone(), name))).collect(),
        }
    }

    async fn put(
        &self,
        name: &CredentialName,
        set: CredentialSet,
        mode: PutMode,
        state: PutState,
    ) -> Result<Revision> {
        self.put_document(name, document::encode(&set), mode, state).await
    }

    async fn promote(&self, name: &CredentialName, revision: &Revision) -> Result<Revision> {
        self.refuse_read_only("store.promote", "revisions")?;
        let (key, wanted) = (name.clone(), revision.clone());
        let promoted = self.change("store.promote", false, move |contents, store| {
            let changed = contents.promote(store, &key, &wanted)?;
            Ok(Change::write_if(changed, wanted))
        });
        promoted.await.map_err(|error| about(error, name))
    }

    async fn delete(&self, name: &CredentialName, mode: DeleteMode) -> Result<bool> {
        let capability = match mode {
            DeleteMode::Recoverable => "restore",
            DeleteMode::Purge => "write",
        };
        self.refuse_read_only("store.delete", capability)?;
        let (key, now) = (name.clone(), self.shared.options.clock.now());
        let deleted = self.change("store.delete", false, move |contents, _| {
            let deleted = contents.delete(&key, mode, now);
            Ok(Change::write_if(deleted, deleted))
        });
        deleted.await.map_err(|error| about(error, name))
    }

    async fn restore(&self, name: &CredentialName) -> Result<bool> {
        self.refuse_read_only("store.restore", "restore")?;
        let key = name.clone();
        let restored = self.change("store.restore", false, move |contents, store| {
            let restored = contents.restore(store, &key)?;
            Ok(Change::write_if(restored, restored))
        });
        restored.await.map_err(|error| about(error, name))
    }

    fn list(&self) -> BoxStream<'_, Result<CredentialMeta>> {
        let listed = self.read("store.list", |contents, _| Ok(contents.list()));
        stream::once(listed).map_ok(|listed| stream::iter(listed.into_iter().map(Ok))).try_flatten().boxed()
    }

    async fn revisions(&self, name: &CredentialName) -> Result<Vec<RevisionMeta>> {
        const OPERATION: &str = "store.revisions";
        self.refuse_read_only(OPERATION, "revisions")?;
        let key = name.clone();
        let history = self.read(OPERATION, move |contents, store| {
            contents.history(&key).ok_or_else(|| store.not_found(OPERATION, &key))
        });
        history.await.map_err(|error| about(error, name))
    }
}
