//! A store in memory that breaks one rule of `CredentialStore`, as real ones have been seen to.

use std::sync::Arc;

use async_trait::async_trait;
use futures_util::{StreamExt, stream};
use linkwright_core::{
    BoxStream, Capabilities, CredentialMeta, CredentialName, CredentialSet, CredentialStore, DeleteMode,
    Error, ErrorKind, PutMode, PutState, Result, Revision, RevisionMeta, Secret, StoreInfo, Stored,
};
use linkwright_testkit::{MemoryFixture, Seed, StoreFixture};

use crate::drive::yield_once;

/// Which rule is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No rule at all, to see that the wrapper alone breaks nothing.
    Nothing,
    AbsentIsUnavailable,
    DamagedIsNotFound,
    GetManyLeavesOutTheAbsent,
    GetIgnoresTheRevision,
    SecretsAreTrimmed,
    LabelsAreDropped,
    UnknownMembersAreDropped,
    CreateOverwrites,
    UpdateOverwrites,
    UpdateComparesTooEarly,
    CreateComparesTooEarly,
    WritesInTwoSteps,
    SizeIsNotChecked,
    PendingIsCurrent,
    PromoteAcceptsAnything,
    DeleteIsAlwaysTrue,
    RecoverableDeletePurges,
    PurgeIsRecoverable,
    RestoreIsAlwaysTrue,
    ListHasOnePage,
    ListRepeats,
    ListIsEmptyWhenUnsupported,
    RevisionsAreOldestFirst,
    RevisionsOfAbsentAreEmpty,
    CapabilitiesAreOverstated,
    ErrorsLackTheirOrigin,
    ErrorsQuoteTheSecret,
    DebugShowsTheSecret,
    InfoShowsTheSecret,
}

pub(crate) struct BrokenStore {
    inner: Arc<dyn CredentialStore>,
    fault: Fault,
    /// For the faults that leak.
    last_secret: std::sync::Mutex<String>,
}

impl std::fmt::Debug for BrokenStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let secret = if self.fault == Fault::DebugShowsTheSecret { self.leak() } else { String::new() };
        // As a derived `Debug` shows the bytes of a document.
        write!(f, "BrokenStore {{ cache: {:?} }}", secret.as_bytes())
    }
}

impl BrokenStore {
    fn has(&self, fault: Fault) -> bool {
        self.fault == fault
    }

    fn leak(&self) -> String {
        self.last_secret.lock().expect("no test panics while it holds it").clone()
    }

    fn see(&self, set: &CredentialSet) {
        set.secret()
            .expose()
            .clone_into(&mut self.last_secret.lock().expect("no test panics while it holds it"));
    }

    fn spoil_error(&self, name: &CredentialName, error: Error) -> Error {
        match self.fault {
            Fault::AbsentIsUnavailable if error.kind() == ErrorKind::NotFound => {
                self.info().error(ErrorKind::Unavailable, "store.get", "nothing there")
            }
            Fault::DamagedIsNotFound if error.kind() == ErrorKind::Corrupt => {
                self.info().not_found("store.get", name)
            }
            _ => error,
        }
    }

    fn spoil_set(&self, set: CredentialSet) -> CredentialSet {
        let trimmed = set.secret().expose().trim().to_owned();
        match self.fault {
            Fault::SecretsAreTrimmed => set.with_secret(Secret::new(trimmed)),
            Fault::LabelsAreDropped => set.with_label(None),
            Fault::UnknownMembersAreDropped => {
                CredentialSet::new(set.id(), set.secret().clone(), set.api_version())
                    .with_label(set.label().map(str::to_owned))
            }
            _ => set,
        }
    }

    /// Compares first and writes later, as a store without a real condition does.
    async fn put_after_comparing(
        &self,
        name: &CredentialName,
        set: CredentialSet,
        mode: &PutMode,
    ) -> Result<Revision> {
        let current = self.inner.get(name, None).await.ok().map(|stored| stored.revision);
        match mode {
            PutMode::Create if current.is_some() => return Err(self.info().already_exists(name)),
            PutMode::Update(expected) if current.as_ref() != Some(expected) => {
                return Err(self.info().revision_changed(name, expected));
            }
            _ => {}
        }
        yield_once().await;
        self.inner.put(name, set, PutMode::Overwrite, PutState::Current).await
    }
}

#[async_trait]
impl CredentialStore for BrokenStore {
    fn info(&self) -> StoreInfo {
        if self.has(Fault::InfoShowsTheSecret) {
            return self.inner.info().with_identity(self.leak());
        }
        self.inner.info()
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = self.inner.capabilities();
        match self.fault {
            Fault::CapabilitiesAreOverstated => capabilities.revisions = false,
            Fault::ListIsEmptyWhenUnsupported => capabilities.list = false,
            Fault::SizeIsNotChecked => capabilities.max_value_bytes = Some(1000),
            _ => {}
        }
        capabilities
    }

    async fn get(&self, name: &CredentialName, revision: Option<&Revision>) -> Result<Stored> {
        let revision = revision.filter(|_| !self.has(Fault::GetIgnoresTheRevision));
        let stored = self.inner.get(name, revision).await.map_err(|error| self.spoil_error(name, error))?;
        self.see(&stored.set);
        Ok(stored)
    }

    async fn get_many(&self, names: &[CredentialName]) -> Vec<Result<Stored>> {
        let mut answers = self.inner.get_many(names).await;
        if self.has(Fault::GetManyLeavesOutTheAbsent) {
            answers.retain(Result::is_ok);
        }
        answers
    }

    async fn put(
        &self,
        name: &CredentialName,
        set: CredentialSet,
        mode: PutMode,
        state: PutState,
    ) -> Result<Revision> {
        self.see(&set);
        let set = self.spoil_set(set);
        let state = if self.has(Fault::PendingIsCurrent) { PutState::Current } else { state };
        match (self.fault, &mode) {
            (Fault::CreateOverwrites, PutMode::Create) | (Fault::UpdateOverwrites, PutMode::Update(_)) => {
                self.inner.put(name, set, PutMode::Overwrite, state).await
            }
            (Fault::CreateComparesTooEarly, PutMode::Create)
            | (Fault::UpdateComparesTooEarly, PutMode::Update(_))
                if state == PutState::Current =>
            {
                self.put_after_comparing(name, set, &mode).await
            }
            (Fault::WritesInTwoSteps, PutMode::Overwrite) if state == PutState::Current => {
                let half = set.clone().with_label(Some("half".to_owned()));
                self.inner.put(name, half, PutMode::Overwrite, state).await?;
                yield_once().await;
                self.inner.put(name, set, PutMode::Overwrite, state).await
            }
            (Fault::ErrorsQuoteTheSecret, _) => {
                let secret = set.secret().expose().to_owned();
                let written = self.inner.put(name, set, mode, state).await;
                written
                    .map_err(|error| error.with_source(std::io::Error::other(format!("rejected {secret:?}"))))
            }
            (Fault::ErrorsLackTheirOrigin, _) => {
                let written = self.inner.put(name, set, mode, state).await;
                written.map_err(|error| Error::new(error.kind(), "store.put", "no"))
            }
            _ => self.inner.put(name, set, mode, state).await,
        }
    }

    async fn promote(&self, name: &CredentialName, revision: &Revision) -> Result<Revision> {
        match self.inner.promote(name, revision).await {
            Err(_) if self.has(Fault::PromoteAcceptsAnything) => Ok(revision.clone()),
            other => other,
        }
    }

    async fn delete(&self, name: &CredentialName, mode: DeleteMode) -> Result<bool> {
        let mode = match self.fault {
            Fault::RecoverableDeletePurges => DeleteMode::Purge,
            Fault::PurgeIsRecoverable => DeleteMode::Recoverable,
            _ => mode,
        };
        Ok(self.inner.delete(name, mode).await? || self.has(Fault::DeleteIsAlwaysTrue))
    }

    async fn restore(&self, name: &CredentialName) -> Result<bool> {
        Ok(self.inner.restore(name).await? || self.has(Fault::RestoreIsAlwaysTrue))
    }

    fn list(&self) -> BoxStream<'_, Result<CredentialMeta>> {
        match self.fault {
            Fault::ListIsEmptyWhenUnsupported => Box::pin(stream::empty()),
            Fault::ListHasOnePage => Box::pin(self.inner.list().take(100)),
            Fault::ListRepeats => Box::pin(self.inner.list().chain(self.inner.list())),
            _ => self.inner.list(),
        }
    }

    async fn revisions(&self, name: &CredentialName) -> Result<Vec<RevisionMeta>> {
        match self.inner.revisions(name).await {
            Ok(mut newest_first) => {
                if self.has(Fault::RevisionsAreOldestFirst) {
                    newest_first.reverse();
                }
                Ok(newest_first)
            }
            Err(_) if self.has(Fault::RevisionsOfAbsentAreEmpty) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }
}

/// Opens stores with one fault.
pub(crate) struct BrokenFixture {
    pub(crate) fault: Fault,
    pub(crate) inner: MemoryFixture,
}

impl BrokenFixture {
    fn spoil(&self, inner: Arc<dyn CredentialStore>) -> Arc<BrokenStore> {
        Arc::new(BrokenStore { inner, fault: self.fault, last_secret: std::sync::Mutex::default() })
    }
}

#[async_trait]
impl StoreFixture for BrokenFixture {
    fn capabilities(&self) -> Capabilities {
        let memory = self.inner.capabilities();
        let store = linkwright_core::MemoryStore::new(Arc::new(linkwright_testkit::ManualClock::new()));
        let announced = self.spoil(Arc::new(store)).capabilities();
        // An overstatement shows between what the fixture knows and what the store says.
        if self.fault == Fault::CapabilitiesAreOverstated { memory } else { announced }
    }

    async fn open(&self, seed: &[Seed]) -> Result<Arc<dyn CredentialStore>> {
        let store = self.spoil(self.inner.open(&[]).await?);
        for (name, set) in seed {
            store.put(name, set.clone(), PutMode::Overwrite, PutState::Current).await?;
        }
        Ok(store)
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
        Ok(self.spoil(self.inner.open_damaged(name, document, seed).await?))
    }
}
