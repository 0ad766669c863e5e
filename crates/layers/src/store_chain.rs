//! Several credential stores as one: the first that has a name answers.
//!
//! Only what is absent goes on to the next store. One that refuses, is sealed or broken stops the search: the next
//! might hold an older credential, and nobody would notice.

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use futures_util::{StreamExt, stream};
use linkwright_core::{
    BoxStream, Capabilities, CredentialMeta, CredentialName, CredentialSet, CredentialStore, DeleteMode,
    Error, ErrorKind, PutMode, PutState, Result, Revision, RevisionMeta, StoreInfo, Stored,
};

/// Reads from the first store that has a name; writes to the first that can write.
///
/// - Reading a name's current credential asks one store after the other. `NotFound` and `Unsupported` go on to the next;
///   any other failure stops the search.
/// - Writing, deleting, restoring, and everything about revisions is the affair of the first store that can write. A
///   name that another store before it has is read from there all the same; only creating is refused then.
/// - The list holds what the stores can list that can list at all.
#[derive(Debug, Clone)]
pub struct StoreChain {
    stores: Vec<Arc<dyn CredentialStore>>,
}

impl StoreChain {
    /// The scheme of a chain in messages. No URI opens one.
    pub const SCHEME: &'static str = "chain";

    /// Asks the stores in this order.
    pub fn new(stores: Vec<Arc<dyn CredentialStore>>) -> Self {
        Self { stores }
    }

    /// The store that is written to, if there is one.
    pub fn writer(&self) -> Option<&Arc<dyn CredentialStore>> {
        self.stores.iter().find(|store| store.capabilities().write)
    }

    /// Reads a name's current credential, and says which store has it.
    ///
    /// # Errors
    /// As [`CredentialStore::get`].
    pub async fn locate(&self, name: &CredentialName) -> Result<(StoreInfo, Stored)> {
        for store in &self.stores {
            match store.get(name, None).await {
                Ok(stored) => return Ok((store.info(), stored)),
                Err(error) if goes_on(&error) => {}
                Err(error) => return Err(self.stopped("store.get", &store.info(), error)),
            }
        }
        Err(self.nowhere("store.get", name))
    }

    fn require_writer(
        &self,
        operation: &'static str,
        capability: &'static str,
    ) -> Result<&Arc<dyn CredentialStore>> {
        self.writer().ok_or_else(|| self.info().unsupported(operation, capability))
    }

    /// A failure of the writer, as the chain's own.
    fn of_writer(&self, store: &dyn CredentialStore, error: Error) -> Error {
        error.with_origin(self.info().to_string()).with_context("store", store.info().to_string())
    }

    /// A failure that keeps from looking further.
    fn stopped(&self, operation: &'static str, store: &StoreInfo, error: Error) -> Error {
        let message = format!("the search for a credential ended at the store: `{store}`");
        let mut stopped = self.info().error(error.kind(), operation, message).with_retry(error.retry());
        for (key, value) in error.context() {
            stopped = stopped.with_context(key, value.clone());
        }
        if let Some(hint) = error.hint() {
            stopped = stopped.with_hint(hint.to_owned());
        }
        stopped.with_context("store", store.to_string()).with_source(error)
    }

    fn nowhere(&self, operation: &'static str, name: &CredentialName) -> Error {
        let asked: Vec<String> = self.stores.iter().map(|store| format!("`{}`", store.info())).collect();
        let asked = if asked.is_empty() { "no store".to_owned() } else { asked.join(", ") };
        let message = format!("no credential of that name: `{name}`; asked: {asked}");
        self.info().error(ErrorKind::NotFound, operation, message).with_context("name", name.as_str())
    }

    /// `Conflict` if a store that is not written to has the name.
    async fn check_free_elsewhere(
        &self,
        name: &CredentialName,
        writer: &Arc<dyn CredentialStore>,
    ) -> Result<()> {
        for store in self.stores.iter().filter(|store| !Arc::ptr_eq(store, writer)) {
            match store.get(name, None).await {
                Ok(_) => {
                    let elsewhere = store.info().to_string();
                    return Err(self.info().already_exists(name).with_context("store", elsewhere));
                }
                Err(error) if goes_on(&error) => {}
                Err(error) => return Err(self.stopped("store.put", &store.info(), error)),
            }
        }
        Ok(())
    }
}

/// Whether the next store is asked.
fn goes_on(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::Unsupported)
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl CredentialStore for StoreChain {
    fn info(&self) -> StoreInfo {
        let all: Vec<String> = self.stores.iter().map(|store| store.info().to_string()).collect();
        StoreInfo::new(Self::SCHEME, all.join(","))
    }

    /// Those of the store that is written to; `list` if any store can.
    fn capabilities(&self) -> Capabilities {
        let mut capabilities = self.writer().map_or(Capabilities::NONE, |writer| writer.capabilities());
        capabilities.list = self.stores.iter().any(|store| store.capabilities().list);
        capabilities
    }

    async fn get(&self, name: &CredentialName, revision: Option<&Revision>) -> Result<Stored> {
        if revision.is_none() {
            return Ok(self.locate(name).await?.1);
        }
        let writer = self.require_writer("store.get", "revisions")?;
        writer.get(name, revision).await.map_err(|error| self.of_writer(writer, error))
    }

    async fn get_many(&self, names: &[CredentialName]) -> Vec<Result<Stored>> {
        let mut results: Vec<Result<Stored>> =
            names.iter().map(|name| Err(self.nowhere("store.get_many", name))).collect();
        let mut open: Vec<usize> = (0..names.len()).collect();
        for store in &self.stores {
            if open.is_empty() {
                break;
            }
            let wanted: Vec<CredentialName> = open.iter().map(|place| names[*place].clone()).collect();
            let answers = store.get_many(&wanted).await;
            let mut rest = Vec::new();
            for (place, answer) in open.into_iter().zip(answers) {
                match answer {
                    Err(error) if goes_on(&error) => rest.push(place),
                    answer => {
                        let stopped = |error| self.stopped("store.get_many", &store.info(), error);
                        results[place] = answer.map_err(stopped);
                    }
                }
            }
            open = rest;
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
        let writer = self.require_writer("store.put", "write")?;
        if mode == PutMode::Create && writer.capabilities().create_only {
            self.check_free_elsewhere(name, writer).await?;
        }
        writer.put(name, set, mode, state).await.map_err(|error| self.of_writer(writer, error))
    }

    async fn promote(&self, name: &CredentialName, revision: &Revision) -> Result<Revision> {
        let writer = self.require_writer("store.promote", "revisions")?;
        writer.promote(name, revision).await.map_err(|error| self.of_writer(writer, error))
    }

    async fn delete(&self, name: &CredentialName, mode: DeleteMode) -> Result<bool> {
        let writer = self.require_writer("store.delete", "write")?;
        writer.delete(name, mode).await.map_err(|error| self.of_writer(writer, error))
    }

    async fn restore(&self, name: &CredentialName) -> Result<bool> {
        let writer = self.require_writer("store.restore", "restore")?;
        writer.restore(name).await.map_err(|error| self.of_writer(writer, error))
    }

    fn list(&self) -> BoxStream<'_, Result<CredentialMeta>> {
        let listing: Vec<&Arc<dyn CredentialStore>> =
            self.stores.iter().filter(|store| store.capabilities().list).collect();
        if listing.is_empty() {
            let error = self.info().unsupported("store.list", "list");
            return Box::pin(stream::once(std::future::ready(Err(error))));
        }
        let all = stream::iter(listing).flat_map(|store| {
            store.list().map(|meta| meta.map_err(|error| self.stopped("store.list", &store.info(), error)))
        });
        let fresh = all.scan((HashSet::new(), false), |(seen, ended), meta| {
            let item = if *ended {
                None
            } else {
                *ended = meta.is_err();
                Some(meta.map(|meta| seen.insert(meta.name.clone()).then_some(meta)).transpose())
            };
            std::future::ready(item)
        });
        Box::pin(fresh.filter_map(std::future::ready))
    }

    async fn revisions(&self, name: &CredentialName) -> Result<Vec<RevisionMeta>> {
        let writer = self.require_writer("store.revisions", "revisions")?;
        writer.revisions(name).await.map_err(|error| self.of_writer(writer, error))
    }
}
