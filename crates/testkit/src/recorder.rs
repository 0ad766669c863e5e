//! A wrapper that lets everything through and remembers what was called.
//!
//! For tests of layers: that the cache was hit, that a fallback stopped where it should. It judges nothing and changes
//! nothing.

use std::fmt::Debug;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use linkwright_core::{
    Answer, BoxStream, Capabilities, CredentialMeta, CredentialName, CredentialSet, CredentialStore,
    DeleteMode, ProductSource, PutMode, PutState, Query, RequestContext, Result, Revision, RevisionMeta,
    SourceCapabilities, SourceInfo, StoreInfo, Stored,
};

/// One call that may reach a store or a source. `info` and `capabilities` ask nobody and are not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the variants are the traits' methods and operations of the same names")]
pub enum Call {
    Get,
    GetMany,
    Put,
    Promote,
    Delete,
    Restore,
    List,
    Revisions,
    GetItems,
    SearchItems,
    GetVariations,
    GetBrowseNodes,
    /// A query this kit does not know yet.
    OtherQuery,
}

/// Passes every call on to what it wraps, and records it before it does.
///
/// Shared as an `Arc`, which is a store or source itself: one clone for the code under test, one to ask afterwards.
#[derive(Debug)]
pub struct Recorder<S> {
    inner: S,
    calls: Mutex<Vec<Call>>,
}

impl<S> Recorder<S> {
    /// Wraps this, with nothing recorded.
    pub fn new(inner: S) -> Self {
        Self { inner, calls: Mutex::default() }
    }

    /// All calls since the start or the last [`forget`](Self::forget), in order.
    pub fn calls(&self) -> Vec<Call> {
        self.recorded().clone()
    }

    /// How often this was called.
    pub fn count(&self, call: Call) -> usize {
        self.recorded().iter().filter(|recorded| **recorded == call).count()
    }

    /// Forgets what was recorded, for instance what a test did to prepare.
    pub fn forget(&self) {
        self.recorded().clear();
    }

    fn record(&self, call: Call) -> &S {
        self.recorded().push(call);
        &self.inner
    }

    fn recorded(&self) -> MutexGuard<'_, Vec<Call>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl<S: CredentialStore> CredentialStore for Recorder<S> {
    fn info(&self) -> StoreInfo {
        self.inner.info()
    }

    fn capabilities(&self) -> Capabilities {
        self.inner.capabilities()
    }

    async fn get(&self, name: &CredentialName, revision: Option<&Revision>) -> Result<Stored> {
        self.record(Call::Get).get(name, revision).await
    }

    async fn get_many(&self, names: &[CredentialName]) -> Vec<Result<Stored>> {
        self.record(Call::GetMany).get_many(names).await
    }

    async fn put(
        &self,
        name: &CredentialName,
        set: CredentialSet,
        mode: PutMode,
        state: PutState,
    ) -> Result<Revision> {
        self.record(Call::Put).put(name, set, mode, state).await
    }

    async fn promote(&self, name: &CredentialName, revision: &Revision) -> Result<Revision> {
        self.record(Call::Promote).promote(name, revision).await
    }

    async fn delete(&self, name: &CredentialName, mode: DeleteMode) -> Result<bool> {
        self.record(Call::Delete).delete(name, mode).await
    }

    async fn restore(&self, name: &CredentialName) -> Result<bool> {
        self.record(Call::Restore).restore(name).await
    }

    fn list(&self) -> BoxStream<'_, Result<CredentialMeta>> {
        self.record(Call::List).list()
    }

    async fn revisions(&self, name: &CredentialName) -> Result<Vec<RevisionMeta>> {
        self.record(Call::Revisions).revisions(name).await
    }
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl<S: ProductSource> ProductSource for Recorder<S> {
    fn info(&self) -> SourceInfo {
        self.inner.info()
    }

    fn capabilities(&self) -> SourceCapabilities {
        self.inner.capabilities()
    }

    async fn call(&self, context: &RequestContext, query: Query) -> Result<Answer> {
        let call = match &query {
            Query::GetItems(_) => Call::GetItems,
            Query::SearchItems(_) => Call::SearchItems,
            Query::GetVariations(_) => Call::GetVariations,
            Query::GetBrowseNodes(_) => Call::GetBrowseNodes,
            _ => Call::OtherQuery,
        };
        self.record(call).call(context, query).await
    }
}
