//! How a place that keeps credentials behaves.
//!
//! [`CredentialStore`] is for who makes a store or a layer over one: small, complete, without defaults. Who uses a
//! store also wants [`CredentialStoreExt`](crate::CredentialStoreExt). Falling through several stores and caching are
//! layers, not here. The rules below are checked by `linkwright-testkit`'s store cases.

use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;

use crate::{
    BoxStream, Capabilities, CredentialMeta, CredentialName, CredentialSet, Result, Revision, StoreInfo,
    Stored, Timestamp,
};

/// On which condition a credential is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PutMode {
    /// Only if nothing is there under the name, not even a pending or a deleted and still restorable credential.
    Create,
    /// Whatever is there.
    Overwrite,
    /// Only if this is the current revision.
    Update(Revision),
}

/// As what a credential is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutState {
    /// Readers see it from now on.
    Current,
    /// Readers see it once it was promoted: for a new credential that must first prove that it works.
    Pending,
}

/// How thoroughly a credential is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeleteMode {
    /// It can be restored, for as long as the store grants.
    Recoverable,
    /// It is gone with all its revisions, also if it was deleted recoverably before.
    Purge,
}

/// What a revision is at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevisionState {
    /// What readers see.
    Current,
    /// Written ahead and waiting to be promoted; at most one of a name.
    Pending,
    /// Was current once.
    Previous,
}

/// One line of a credential's history.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RevisionMeta {
    /// Which revision.
    pub revision: Revision,
    /// What it is at the moment.
    pub state: RevisionState,
    /// When it was written; `None` where the store does not know.
    pub changed_at: Option<Timestamp>,
}

impl RevisionMeta {
    /// All three, as a store knows them.
    pub fn new(revision: Revision, state: RevisionState, changed_at: Option<Timestamp>) -> Self {
        Self { revision, state, changed_at }
    }
}

/// A place that keeps credentials under names.
///
/// A name is *absent* if it has no current revision: nothing was ever stored, only a pending revision was, or it was
/// deleted. Rules for all methods:
///
/// - What needs a [capability](Capabilities) the store lacks is refused with `Unsupported` before anything else is
///   looked at.
/// - Readers see the state before a change or the state after it, never a mixture; a call that fails changed nothing,
///   unless its kind says that it may have.
/// - Only an absent name is `NotFound`. A value that is there and cannot be read is `Corrupt`; a store that refuses,
///   is sealed or is away says so (`PermissionDenied`, `Unauthenticated`, `Unavailable`). Falling through to the next
///   store relies on it.
/// - An error's operation is `store.` and the method's name, its origin is [`info`](Self::info) as text, and where a
///   name was asked for it is in the context as `name`. Neither an error nor `Debug` shows a secret.
/// - Writable stores keep the bytes of [`document`](crate::document) and nothing else, so members unknown to this
///   version survive.
#[async_trait]
pub trait CredentialStore: Debug + Send + Sync + 'static {
    /// Who this is. Asks nobody.
    fn info(&self) -> StoreInfo;

    /// What it can do. Asks nobody, and answers the same as long as the value lives.
    fn capabilities(&self) -> Capabilities;

    /// Reads a credential.
    ///
    /// - Without a revision: the current one.
    /// - With a revision (needs `revisions`): that one, whether current, pending or previous.
    /// - Absent name, or unknown revision: `NotFound`.
    /// - Pending revisions are seen by naming them, and in no other way.
    async fn get(&self, name: &CredentialName, revision: Option<&Revision>) -> Result<Stored>;

    /// Reads the current revisions of several names, with as few requests as the store allows.
    ///
    /// - The answer is as long as `names`: each name's own result, at its own place, also for a name given twice.
    /// - One name's failure leaves the others alone. A failure of the whole stands at every place.
    /// - No names: an empty answer, without asking anybody.
    async fn get_many(&self, names: &[CredentialName]) -> Vec<Result<Stored>>;

    /// Writes a credential, and says which revision it got: one this name never had before.
    ///
    /// - `Create` (needs `create_only`): `Conflict` if there is anything, also a pending or a restorable credential.
    /// - `Overwrite` (needs `write`): always writes; as current it also brings a deleted name back.
    /// - `Update` (needs `update_if`): `Conflict` unless the revision named is the current one, so also for an absent
    ///   name.
    /// - As `Current`: a pending revision, if any, stays pending.
    /// - As `Pending` (needs `pending`): takes the place of the former pending revision, which is gone. A name deleted
    ///   and still restorable: `Conflict`.
    /// - Document larger than the store takes: `RequestInvalid`.
    async fn put(
        &self,
        name: &CredentialName,
        set: CredentialSet,
        mode: PutMode,
        state: PutState,
    ) -> Result<Revision>;

    /// Makes a pending or an earlier revision current, whatever is current now, and says which one is current then.
    ///
    /// - Needs `revisions`.
    /// - The answer need not be the revision given: a store that can only write forward makes a copy.
    /// - The pending revision is no longer pending. Promoting an earlier one leaves it pending.
    /// - The current revision: nothing happens, and it is the answer.
    /// - Unknown name or revision, or a deleted name: `NotFound`.
    async fn promote(&self, name: &CredentialName, revision: &Revision) -> Result<Revision>;

    /// Deletes a credential with its pending revision, and says whether there was anything to delete.
    ///
    /// - `Recoverable` (needs `restore`): a name already deleted is `false`. A store that cannot restore says
    ///   `Unsupported` and deletes nothing.
    /// - `Purge` (needs `write`): a name deleted recoverably before is still something, so `true`.
    /// - Nothing there: `false`, not an error.
    async fn delete(&self, name: &CredentialName, mode: DeleteMode) -> Result<bool>;

    /// Brings back what was deleted recoverably, with its revisions, and says whether that was needed.
    ///
    /// - Needs `restore`.
    /// - A name that is not deleted: `false`.
    /// - A name never stored, purged, or deleted longer ago than the store remembers: `NotFound`.
    async fn restore(&self, name: &CredentialName) -> Result<bool>;

    /// All names that are not absent, each once, in no particular order.
    ///
    /// - Needs `list`; without it the stream is one `Unsupported` and ends.
    /// - Nothing stored: an empty stream.
    /// - Reads no secret, so a credential that is `Corrupt` is listed like any other.
    /// - An error ends the stream. What changes meanwhile may or may not be seen.
    fn list(&self) -> BoxStream<'_, Result<CredentialMeta>>;

    /// A name's history, the newest written first.
    ///
    /// - Needs `revisions`; without it `Unsupported`, never an empty list.
    /// - Holds the current and the pending revision, and as many previous ones as the store keeps.
    /// - A name with nothing but a pending revision has that one. Unknown or deleted name: `NotFound`.
    async fn revisions(&self, name: &CredentialName) -> Result<Vec<RevisionMeta>>;
}

/// A shared or boxed store is a store, so that layers and registries take either.
macro_rules! store_through_pointer {
    ($pointer:ident) => {
        #[async_trait]
        #[deny(clippy::missing_trait_methods)]
        impl<S: CredentialStore + ?Sized> CredentialStore for $pointer<S> {
            fn info(&self) -> StoreInfo {
                (**self).info()
            }

            fn capabilities(&self) -> Capabilities {
                (**self).capabilities()
            }

            async fn get(&self, name: &CredentialName, revision: Option<&Revision>) -> Result<Stored> {
                (**self).get(name, revision).await
            }

            async fn get_many(&self, names: &[CredentialName]) -> Vec<Result<Stored>> {
                (**self).get_many(names).await
            }

            async fn put(
                &self,
                name: &CredentialName,
                set: CredentialSet,
                mode: PutMode,
                state: PutState,
            ) -> Result<Revision> {
                (**self).put(name, set, mode, state).await
            }

            async fn promote(&self, name: &CredentialName, revision: &Revision) -> Result<Revision> {
                (**self).promote(name, revision).await
            }

            async fn delete(&self, name: &CredentialName, mode: DeleteMode) -> Result<bool> {
                (**self).delete(name, mode).await
            }

            async fn restore(&self, name: &CredentialName) -> Result<bool> {
                (**self).restore(name).await
            }

            fn list(&self) -> BoxStream<'_, Result<CredentialMeta>> {
                (**self).list()
            }

            async fn revisions(&self, name: &CredentialName) -> Result<Vec<RevisionMeta>> {
                (**self).revisions(name).await
            }
        }
    };
}

store_through_pointer!(Arc);
store_through_pointer!(Box);
