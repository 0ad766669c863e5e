//! A wrapper that can do less than what it wraps.
//!
//! For testing what callers do on a poor store without having one, and for proving the cases about missing
//! capabilities. It does not imitate any particular store.

use async_trait::async_trait;
use linkwright_core::{
    BoxStream, Capabilities, CredentialMeta, CredentialName, CredentialSet, CredentialStore, DeleteMode,
    PutMode, PutState, Result, Revision, RevisionMeta, StoreInfo, Stored,
};

/// Answers `Unsupported` to what the given capabilities do not hold, and passes the rest on.
#[derive(Debug)]
pub struct Limited<S> {
    inner: S,
    allowed: Capabilities,
}

impl<S: CredentialStore> Limited<S> {
    /// Leaves of `inner`'s capabilities those that are also in `allowed`. The size limit stays `inner`'s.
    pub fn new(inner: S, allowed: Capabilities) -> Self {
        let allowed = common(inner.capabilities(), allowed);
        Self { inner, allowed }
    }

    fn require(&self, operation: &'static str, allowed: bool, capability: &'static str) -> Result<&S> {
        if allowed { Ok(&self.inner) } else { Err(self.info().unsupported(operation, capability)) }
    }
}

/// What both can do. The size limit is `own`'s.
pub(crate) fn common(own: Capabilities, allowed: Capabilities) -> Capabilities {
    let mut common = Capabilities::NONE;
    common.write = own.write && allowed.write;
    common.create_only = own.create_only && allowed.create_only;
    common.update_if = own.update_if && allowed.update_if;
    common.pending = own.pending && allowed.pending;
    common.list = own.list && allowed.list;
    common.revisions = own.revisions && allowed.revisions;
    common.restore = own.restore && allowed.restore;
    common.max_value_bytes = own.max_value_bytes;
    common
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl<S: CredentialStore> CredentialStore for Limited<S> {
    fn info(&self) -> StoreInfo {
        self.inner.info()
    }

    fn capabilities(&self) -> Capabilities {
        self.allowed
    }

    async fn get(&self, name: &CredentialName, revision: Option<&Revision>) -> Result<Stored> {
        let allowed = revision.is_none() || self.allowed.revisions;
        self.require("store.get", allowed, "revisions")?.get(name, revision).await
    }

    async fn get_many(&self, names: &[CredentialName]) -> Vec<Result<Stored>> {
        self.inner.get_many(names).await
    }

    async fn put(
        &self,
        name: &CredentialName,
        set: CredentialSet,
        mode: PutMode,
        state: PutState,
    ) -> Result<Revision> {
        const OPERATION: &str = "store.put";
        let (allowed, capability) = match mode {
            PutMode::Create => (self.allowed.create_only, "create_only"),
            PutMode::Overwrite => (self.allowed.write, "write"),
            PutMode::Update(_) => (self.allowed.update_if, "update_if"),
        };
        self.require(OPERATION, allowed, capability)?;
        let allowed = state == PutState::Current || self.allowed.pending;
        self.require(OPERATION, allowed, "pending")?.put(name, set, mode, state).await
    }

    async fn promote(&self, name: &CredentialName, revision: &Revision) -> Result<Revision> {
        self.require("store.promote", self.allowed.revisions, "revisions")?.promote(name, revision).await
    }

    async fn delete(&self, name: &CredentialName, mode: DeleteMode) -> Result<bool> {
        let (allowed, capability) = match mode {
            DeleteMode::Recoverable => (self.allowed.restore, "restore"),
            DeleteMode::Purge => (self.allowed.write, "write"),
        };
        self.require("store.delete", allowed, capability)?.delete(name, mode).await
    }

    async fn restore(&self, name: &CredentialName) -> Result<bool> {
        self.require("store.restore", self.allowed.restore, "restore")?.restore(name).await
    }

    fn list(&self) -> BoxStream<'_, Result<CredentialMeta>> {
        match self.require("store.list", self.allowed.list, "list") {
            Ok(inner) => inner.list(),
            Err(error) => Box::pin(futures_util::stream::once(std::future::ready(Err(error)))),
        }
    }

    async fn revisions(&self, name: &CredentialName) -> Result<Vec<RevisionMeta>> {
        self.require("store.revisions", self.allowed.revisions, "revisions")?.revisions(name).await
    }
}
