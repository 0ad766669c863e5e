//! Calls users of a credential store want, on any store.
//!
//! Nothing here can be done better by a particular store; what can belongs to
//! [`CredentialStore`].

use std::future::poll_fn;

use async_trait::async_trait;

use crate::{
    CredentialMeta, CredentialName, CredentialSet, CredentialStore, ErrorKind, PutMode, PutState, Result,
    Revision, Stored,
};

/// Convenience on every [`CredentialStore`].
#[async_trait]
pub trait CredentialStoreExt: CredentialStore {
    /// Reads the current revision.
    ///
    /// # Errors
    /// As [`CredentialStore::get`]; an absent name is `NotFound`.
    async fn get_current(&self, name: &CredentialName) -> Result<Stored> {
        self.get(name, None).await
    }

    /// Reads the current revision; an absent name is `None`.
    ///
    /// # Errors
    /// As [`CredentialStore::get`], without `NotFound`.
    async fn find(&self, name: &CredentialName) -> Result<Option<Stored>> {
        match self.get(name, None).await {
            Ok(stored) => Ok(Some(stored)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether there is a current revision. Reads it, because stores have no cheaper question in common, so a value
    /// that is there and cannot be read is an error.
    ///
    /// # Errors
    /// As [`find`](Self::find).
    async fn exists(&self, name: &CredentialName) -> Result<bool> {
        Ok(self.find(name).await?.is_some())
    }

    /// Writes a credential of a new name.
    ///
    /// # Errors
    /// As [`CredentialStore::put`]; `Conflict` if the name exists.
    async fn create(&self, name: &CredentialName, set: CredentialSet) -> Result<Revision> {
        self.put(name, set, PutMode::Create, PutState::Current).await
    }

    /// Writes a credential, whatever was there.
    ///
    /// # Errors
    /// As [`CredentialStore::put`].
    async fn overwrite(&self, name: &CredentialName, set: CredentialSet) -> Result<Revision> {
        self.put(name, set, PutMode::Overwrite, PutState::Current).await
    }

    /// Writes a credential if nobody else did since `revision` was read.
    ///
    /// # Errors
    /// As [`CredentialStore::put`]; `Conflict` if `revision` is not current.
    async fn update(
        &self,
        name: &CredentialName,
        set: CredentialSet,
        revision: &Revision,
    ) -> Result<Revision> {
        self.put(name, set, PutMode::Update(revision.clone()), PutState::Current).await
    }

    /// All names, in alphabetical order.
    ///
    /// # Errors
    /// As [`CredentialStore::list`]; the first error wins, and what was listed before it is dropped.
    async fn list_all(&self) -> Result<Vec<CredentialMeta>> {
        let mut all = Vec::new();
        let mut stream = self.list();
        while let Some(meta) = poll_fn(|task| stream.as_mut().poll_next(task)).await {
            all.push(meta?);
        }
        all.sort_by(|left, right| left.name.cmp(&right.name));
        Ok(all)
    }
}

impl<S: CredentialStore + ?Sized> CredentialStoreExt for S {}
