//! What the store cases need from whoever runs them: fresh stores.
//!
//! How a server is started, or where the files lie, is the fixture's own affair.

use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{
    Capabilities, CredentialName, CredentialSet, CredentialStore, CredentialStoreExt, Error, ErrorKind,
    MemoryStore, Result,
};

use crate::limited::common;
use crate::{Limited, ManualClock};

/// A credential that is in a store before a case begins.
pub type Seed = (CredentialName, CredentialSet);

/// Makes stores of one kind for the cases.
///
/// A read-only store is tested too: the fixture puts the seed where the store reads from (files, variables).
#[async_trait]
pub trait StoreFixture: Send + Sync + 'static {
    /// What the stores it opens can do. Known before one is opened, so that a case which does not apply opens none.
    fn capabilities(&self) -> Capabilities;

    /// A fresh store that holds the seed and nothing else, and shares nothing with stores opened before.
    async fn open(&self, seed: &[Seed]) -> Result<Arc<dyn CredentialStore>>;

    /// Whether [`open_damaged`](Self::open_damaged) works.
    fn can_damage(&self) -> bool {
        false
    }

    /// A fresh store that holds the seed and, under `name`, bytes that need not be a readable document.
    ///
    /// # Errors
    /// `Unsupported` unless [`can_damage`](Self::can_damage).
    async fn open_damaged(
        &self,
        _name: &CredentialName,
        _document: &str,
        _seed: &[Seed],
    ) -> Result<Arc<dyn CredentialStore>> {
        Err(Error::new(
            ErrorKind::Unsupported,
            "fixture.open_damaged",
            "this fixture cannot damage its stores",
        ))
    }
}

/// Opens a [`MemoryStore`].
#[derive(Debug, Clone, Default)]
pub struct MemoryFixture {
    clock: ManualClock,
}

impl MemoryFixture {
    async fn filled(&self, seed: &[Seed]) -> Result<MemoryStore> {
        let store = MemoryStore::new(Arc::new(self.clock.clone()));
        for (name, set) in seed {
            store.create(name, set.clone()).await?;
        }
        Ok(store)
    }
}

#[async_trait]
impl StoreFixture for MemoryFixture {
    fn capabilities(&self) -> Capabilities {
        MemoryStore::new(Arc::new(self.clock.clone())).capabilities()
    }

    async fn open(&self, seed: &[Seed]) -> Result<Arc<dyn CredentialStore>> {
        Ok(Arc::new(self.filled(seed).await?))
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
        let store = self.filled(seed).await?;
        store.insert_document(name, document.as_bytes());
        Ok(Arc::new(store))
    }
}

/// Opens the stores of another fixture and wraps each: the way to run all cases through a layer.
pub struct WrappedFixture {
    inner: Box<dyn StoreFixture>,
    capabilities: Capabilities,
    wrap: Wrap,
}

type Wrap = Box<dyn Fn(Arc<dyn CredentialStore>) -> Arc<dyn CredentialStore> + Send + Sync>;

impl WrappedFixture {
    /// Wraps in a layer that leaves the capabilities alone.
    pub fn new<S: CredentialStore>(
        inner: impl StoreFixture,
        wrap: impl Fn(Arc<dyn CredentialStore>) -> S + Send + Sync + 'static,
    ) -> Self {
        let capabilities = inner.capabilities();
        Self { inner: Box::new(inner), capabilities, wrap: Box::new(move |store| Arc::new(wrap(store))) }
    }

    /// Wraps in [`Limited`], which leaves only some of the capabilities.
    pub fn limited(inner: impl StoreFixture, allowed: Capabilities) -> Self {
        let mut fixture = Self::new(inner, move |store| Limited::new(store, allowed));
        fixture.capabilities = common(fixture.capabilities, allowed);
        fixture
    }
}

impl std::fmt::Debug for WrappedFixture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WrappedFixture").field("capabilities", &self.capabilities).finish_non_exhaustive()
    }
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl StoreFixture for WrappedFixture {
    fn capabilities(&self) -> Capabilities {
        self.capabilities
    }

    async fn open(&self, seed: &[Seed]) -> Result<Arc<dyn CredentialStore>> {
        Ok((self.wrap)(self.inner.open(seed).await?))
    }

    fn can_damage(&self) -> bool {
        self.inner.can_damage()
    }

    async fn open_damaged(
        &self,
        name: &CredentialName,
        document: &str,
        seed: &[Seed],
    ) -> Result<Arc<dyn CredentialStore>> {
        Ok((self.wrap)(self.inner.open_damaged(name, document, seed).await?))
    }
}
