//! A credential store that forgets when it is dropped.
//!
//! For tests, for programs that get their credentials from elsewhere, and as the plainest example of what
//! [`CredentialStore`] asks. It can do everything a store can, and holds the documents as other stores do, as bytes.
//! It is not a cache.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as MapEntry;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use async_trait::async_trait;
use futures_core::Stream;
use zeroize::Zeroizing;

use crate::{
    BoxStream, Capabilities, Clock, CredentialMeta, CredentialName, CredentialSet, CredentialStore,
    DeleteMode, PutMode, PutState, Result, Revision, RevisionMeta, RevisionState, StoreInfo, Stored,
    Timestamp, document,
};

/// Credentials in memory, with revisions, pending ones, and recoverable deletion.
///
/// Shared between threads as it is. Of each name 20 revisions are kept, the current and the pending one among them.
/// Takes documents of up to 64 KiB, as AWS Secrets Manager does, so that what works here works there.
pub struct MemoryStore {
    clock: Arc<dyn Clock>,
    shelf: Mutex<Shelf>,
}

/// All that is kept. Its own type so that everything under the lock is in plain, synchronous methods.
#[derive(Default)]
struct Shelf {
    entries: BTreeMap<CredentialName, Entry>,
    /// Counted over all names and never set back, so that no revision is given twice, not even after a purge.
    revisions_given: u64,
}

/// What is kept of one name.
#[derive(Default)]
struct Entry {
    /// Oldest first.
    revisions: Vec<KeptRevision>,
    current: Option<Revision>,
    pending: Option<Revision>,
    deleted: bool,
}

#[derive(Clone)]
struct KeptRevision {
    revision: Revision,
    document: Zeroizing<Vec<u8>>,
    changed_at: Timestamp,
}

impl MemoryStore {
    /// The scheme of the store's URI.
    pub const SCHEME: &'static str = "memory";

    /// How many revisions of one name are kept, the current and the pending one included.
    pub const REVISIONS_KEPT: usize = 20;

    /// The largest document, in bytes: the limit of AWS Secrets Manager.
    pub const MAX_VALUE_BYTES: usize = 65_536;

    /// An empty store that dates its changes by this clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, shelf: Mutex::default() }
    }

    /// Puts bytes in as a new current revision, whatever was there and whether or not they are a readable document.
    ///
    /// For credentials that come as documents, and for tests of what callers do about a damaged one.
    pub fn insert_document(&self, name: &CredentialName, document: &[u8]) -> Revision {
        let changed_at = self.clock.now();
        self.shelf().insert(name, Zeroizing::new(document.to_vec()), PutState::Current, changed_at)
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        // No method of `Shelf` panics half-way through a change, so a poisoned lock guards a sound shelf.
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").field("names", &self.shelf().entries.len()).finish_non_exhaustive()
    }
}

impl Shelf {
    /// The entry of a name that is not deleted.
    fn live(&self, name: &CredentialName) -> Option<&Entry> {
        self.entries.get(name).filter(|entry| !entry.deleted)
    }

    /// Whether the mode allows a write; the error if not.
    fn check_mode(
        &self,
        store: &StoreInfo,
        name: &CredentialName,
        mode: &PutMode,
        state: PutState,
    ) -> Result<()> {
        let entry = self.entries.get(name);
        let deleted = entry.is_some_and(|entry| entry.deleted);
        match mode {
            PutMode::Create if deleted => Err(store.still_restorable(name)),
            PutMode::Create if entry.is_some() => Err(store.already_exists(name)),
            PutMode::Update(expected) => match self.live(name) {
                Some(entry) if entry.current.as_ref() == Some(expected) => Ok(()),
                _ => Err(store.revision_changed(name, expected)),
            },
            // Reviving the name would show readers the deleted credential again.
            PutMode::Overwrite if deleted && state == PutState::Pending => Err(store.still_restorable(name)),
            PutMode::Create | PutMode::Overwrite => Ok(()),
        }
    }

    fn insert(
        &mut self,
        name: &CredentialName,
        document: Zeroizing<Vec<u8>>,
        state: PutState,
        changed_at: Timestamp,
    ) -> Revision {
        self.revisions_given += 1;
        let revision = Revision::new(self.revisions_given.to_string());
        let entry = self.entries.entry(name.clone()).or_default();
        entry.revisions.push(KeptRevision { revision: revision.clone(), document, changed_at });
        match state {
            PutState::Current => {
                entry.current = Some(revision.clone());
                entry.deleted = false;
            }
            PutState::Pending => {
                if let Some(replaced) = entry.pending.replace(revision.clone()) {
                    entry.revisions.retain(|kept| kept.revision != replaced);
                }
            }
        }
        entry.forget_oldest();
        revision
    }
}

impl Entry {
    fn find(&self, revision: &Revision) -> Option<&KeptRevision> {
        self.revisions.iter().find(|kept| kept.revision == *revision)
    }

    fn state_of(&self, revision: &Revision) -> RevisionState {
        if self.current.as_ref() == Some(revision) {
            RevisionState::Current
        } else if self.pending.as_ref() == Some(revision) {
            RevisionState::Pending
        } else {
            RevisionState::Previous
        }
    }

    /// Drops previous revisions beyond what is kept; the current and the pending one always stay.
    fn forget_oldest(&mut self) {
        while self.revisions.len() > MemoryStore::REVISIONS_KEPT {
            let previous = |kept: &KeptRevision| self.state_of(&kept.revision) == RevisionState::Previous;
            let Some(oldest) = self.revisions.iter().position(previous) else { return };
            self.revisions.remove(oldest);
        }
    }
}

#[async_trait]
impl CredentialStore for MemoryStore {
    fn info(&self) -> StoreInfo {
        StoreInfo::new(Self::SCHEME, "")
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            write: true,
            create_only: true,
            update_if: true,
            pending: true,
            list: true,
            revisions: true,
            restore: true,
            max_value_bytes: Some(Self::MAX_VALUE_BYTES),
        }
    }

    async fn get(&self, name: &CredentialName, revision: Option<&Revision>) -> Result<Stored> {
        const OPERATION: &str = "store.get";
        let kept = {
            let shelf = self.shelf();
            let absent = || self.info().not_found(OPERATION, name);
            let entry = shelf.live(name).ok_or_else(absent)?;
            let wanted = revision.or(entry.current.as_ref()).ok_or_else(absent)?;
            let found = entry.find(wanted).cloned();
            found.ok_or_else(|| self.info().revision_not_found(OPERATION, name, wanted))?
        };
        let set = document::decode(&kept.document)
            .map_err(|cause| self.info().unreadable(OPERATION, name, cause))?;
        Ok(Stored::new(set, kept.revision, Some(kept.changed_at)))
    }

    async fn get_many(&self, names: &[CredentialName]) -> Vec<Result<Stored>> {
        let mut results = Vec::with_capacity(names.len());
        for name in names {
            results.push(self.get(name, None).await);
        }
        results
    }

    async fn put(
        &self,
        name: &CredentialName,
        set: CredentialSet,
        mode: PutMode,
        state: PutState,
    ) -> Result<Revision> {
        let document = document::encode(&set);
        if document.len() > Self::MAX_VALUE_BYTES {
            return Err(self.info().too_large(name, document.len(), Self::MAX_VALUE_BYTES));
        }
        let changed_at = self.clock.now();
        let mut shelf = self.shelf();
        shelf.check_mode(&self.info(), name, &mode, state)?;
        Ok(shelf.insert(name, document, state, changed_at))
    }

    async fn promote(&self, name: &CredentialName, revision: &Revision) -> Result<Revision> {
        const OPERATION: &str = "store.promote";
        let mut shelf = self.shelf();
        let entry = shelf.entries.get_mut(name).filter(|entry| !entry.deleted);
        let entry = entry.ok_or_else(|| self.info().not_found(OPERATION, name))?;
        if entry.find(revision).is_none() {
            return Err(self.info().revision_not_found(OPERATION, name, revision));
        }
        entry.pending.take_if(|pending| pending == revision);
        entry.current = Some(revision.clone());
        Ok(revision.clone())
    }

    async fn delete(&self, name: &CredentialName, mode: DeleteMode) -> Result<bool> {
        let mut shelf = self.shelf();
        let MapEntry::Occupied(mut occupied) = shelf.entries.entry(name.clone()) else { return Ok(false) };
        match mode {
            DeleteMode::Recoverable => Ok(!std::mem::replace(&mut occupied.get_mut().deleted, true)),
            DeleteMode::Purge => {
                occupied.remove();
                Ok(true)
            }
        }
    }

    async fn restore(&self, name: &CredentialName) -> Result<bool> {
        let mut shelf = self.shelf();
        let entry = shelf.entries.get_mut(name);
        let entry = entry.ok_or_else(|| self.info().not_found("store.restore", name))?;
        Ok(std::mem::replace(&mut entry.deleted, false))
    }

    fn list(&self) -> BoxStream<'_, Result<CredentialMeta>> {
        let shelf = self.shelf();
        let listed = shelf.entries.iter().filter(|(_, entry)| !entry.deleted).filter_map(|(name, entry)| {
            let current = entry.find(entry.current.as_ref()?)?;
            Some(CredentialMeta::new(name.clone(), current.revision.clone(), Some(current.changed_at)))
        });
        Box::pin(Listing(listed.collect::<Vec<_>>().into_iter()))
    }

    async fn revisions(&self, name: &CredentialName) -> Result<Vec<RevisionMeta>> {
        let shelf = self.shelf();
        let entry = shelf.live(name).ok_or_else(|| self.info().not_found("store.revisions", name))?;
        let newest_first = entry.revisions.iter().rev().map(|kept| {
            RevisionMeta::new(kept.revision.clone(), entry.state_of(&kept.revision), Some(kept.changed_at))
        });
        Ok(newest_first.collect())
    }
}

/// What was there when it was asked for, as a stream.
struct Listing(std::vec::IntoIter<CredentialMeta>);

impl Stream for Listing {
    type Item = Result<CredentialMeta>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next().map(Ok))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}
