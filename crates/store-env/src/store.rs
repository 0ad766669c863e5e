//! The store over the variables.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use linkwright_core::{
    ApiVersion, BoxStream, Capabilities, CredentialMeta, CredentialName, CredentialSet, CredentialStore,
    DeleteMode, Error, PutMode, PutState, Result, Revision, RevisionMeta, Secret, StoreInfo, Stored,
    Timestamp,
};

use crate::failure::Failure;
use crate::value_file::Written;
use crate::variables::{Environment, Field, Variables, plain_name, variable};

/// Credentials in environment variables; see the [crate] for their names.
///
/// - A variable that is empty counts as not set. Of the three, all or none must be given: a part is `ConfigInvalid`.
/// - Blanks and line breaks around a value do not count; inside an id or a secret they are `ConfigInvalid`, as is one in
///   the place of the other: [`CredentialSet::checked_secret`]. A leading `v` of the version is tolerated.
/// - `…_LABEL` is the label. `PREFIX_SHOP_EU_NAME=shop.eu` says how the name is written exactly; without it `shop.eu`,
///   `shop-eu` and `shop_eu` all find these variables, and they are listed as `shop_eu`.
/// - The revision is `environment`, and where files are used it says when they were written, so that a rotated mount
///   is a new revision. It is never made from the values: a revision is shown in lists, and a hash of a secret can be
///   tested against guesses. Whoever must notice another secret in the same variables compares the secrets.
///
/// Needs a tokio runtime: files are read on its threads for blocking work.
pub struct EnvStore {
    environment: Arc<Environment>,
}

impl EnvStore {
    /// The scheme of the store's URI.
    pub const SCHEME: &'static str = "env";

    /// How the variables begin unless another prefix is given.
    pub const DEFAULT_PREFIX: &'static str = "LINKWRIGHT_CREDENTIAL";

    /// What the credential of the variables without a name is called.
    pub const DEFAULT_NAME: &'static str = "default";

    /// A store over these variables. `names` are those of all variables there are; `list` looks through them.
    pub fn new(prefix: impl Into<String>, variables: Variables, names: Vec<String>) -> Self {
        let environment = Environment { prefix: prefix.into(), variables, names };
        Self { environment: Arc::new(environment) }
    }

    /// Does this work where it may wait for files.
    async fn on_thread<T: Send + 'static>(
        &self,
        operation: &'static str,
        work: impl FnOnce(&Environment) -> T + Send + 'static,
    ) -> Result<T> {
        let environment = Arc::clone(&self.environment);
        let done = tokio::task::spawn_blocking(move || work(&environment)).await;
        done.map_err(|lost| {
            Failure::Interrupted { panicked: lost.is_panic() }.into_error(&self.info(), operation)
        })
    }

    async fn read(&self, names: Vec<CredentialName>) -> Result<Vec<Result<Stored>>> {
        const OPERATION: &str = "store.get";
        let info = self.info();
        let reading = self.on_thread(OPERATION, move |environment| {
            let read = |name: &CredentialName| match read_one(environment, name) {
                Ok(Some(stored)) => Ok(stored),
                Ok(None) => Err(info.not_found(OPERATION, name)),
                Err(failure) => Err(about(failure.into_error(&info, OPERATION), name)),
            };
            names.iter().map(read).collect()
        });
        reading.await
    }
}

/// Says which name was asked for.
fn about(error: Error, name: &CredentialName) -> Error {
    error.with_context("name", name.as_str())
}

/// How the variables of a name begin; `None` if there are none.
fn find_stem(environment: &Environment, name: &CredentialName) -> Result<Option<String>, Failure> {
    let named = Some(environment.stem(name)).filter(|stem| environment.is_present(stem));
    if let Some(stem) = &named
        && let Some(exact) = environment.exact_name(stem)?
        && exact != *name
    {
        return Ok(None);
    }
    if name.as_str() != EnvStore::DEFAULT_NAME {
        return Ok(named);
    }
    let unnamed = Some(environment.prefix.clone()).filter(|stem| environment.is_present(stem));
    match (unnamed, named) {
        (Some(unnamed), Some(named)) => Err(Failure::TwoDefaults { unnamed, named }),
        (unnamed, named) => Ok(unnamed.or(named)),
    }
}

fn read_one(environment: &Environment, name: &CredentialName) -> Result<Option<Stored>, Failure> {
    let Some(stem) = find_stem(environment, name)? else { return Ok(None) };
    let read = |field| environment.read(&stem, field);
    let values = (read(Field::Id)?, read(Field::Secret)?, read(Field::Version)?);
    let (Some(id), Some(secret), Some(version)) = values else {
        return Err(Failure::Incomplete { missing: environment.missing(&stem) });
    };
    let api_version: ApiVersion =
        version.text.parse().map_err(|_| Failure::Version { variable: variable(&stem, Field::Version) })?;
    let label = environment.label(&stem)?.map(|label| label.text.to_string());

    let written: Vec<Written> = [id.written, secret.written, version.written].into_iter().flatten().collect();
    let unsound = |field| {
        let variable = environment.given_by(&stem, field);
        move |cause| Failure::Value { variable, cause }
    };
    let id = CredentialSet::checked_id(&id.text).map_err(unsound(Field::Id))?;
    let secret = CredentialSet::checked_secret(&secret.text, id).map_err(unsound(Field::Secret))?;
    let set = CredentialSet::new(id, Secret::new(secret), api_version).with_label(label);
    Ok(Some(Stored::new(set, revision(&written), changed_at(&written))))
}

fn revision(written: &[Written]) -> Revision {
    let mut text = "environment".to_owned();
    for file in written {
        text.push_str(&format!("-{:x}", file.nanoseconds));
    }
    Revision::new(text)
}

fn changed_at(written: &[Written]) -> Option<Timestamp> {
    written.iter().max().and_then(|latest| latest.moment())
}

fn list_all(environment: &Environment) -> Vec<CredentialMeta> {
    let mut listed = BTreeMap::new();
    for middle in environment.middles() {
        let named = || {
            let plain = plain_name(&middle)?;
            // A wrong `…_NAME` is for `get` to complain of.
            let exact = environment.exact_name(&environment.stem(&plain)).ok().flatten();
            Some((environment.stem(&plain), exact.unwrap_or(plain)))
        };
        let unnamed =
            || Some((environment.prefix.clone(), CredentialName::try_from(EnvStore::DEFAULT_NAME).ok()?));
        let Some((stem, name)) = (if middle.is_empty() { unnamed() } else { named() }) else { continue };
        let written = environment.written(&stem);
        listed.entry(name).or_insert_with(|| (revision(&written), changed_at(&written)));
    }
    let meta = |(name, (revision, changed_at))| CredentialMeta::new(name, revision, changed_at);
    listed.into_iter().map(meta).collect()
}

impl fmt::Debug for EnvStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnvStore").field("prefix", &self.environment.prefix).finish_non_exhaustive()
    }
}

#[async_trait]
impl CredentialStore for EnvStore {
    fn info(&self) -> StoreInfo {
        StoreInfo::new(Self::SCHEME, self.environment.prefix.clone())
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = Capabilities::NONE;
        capabilities.list = true;
        capabilities
    }

    async fn get(&self, name: &CredentialName, revision: Option<&Revision>) -> Result<Stored> {
        if revision.is_some() {
            return Err(self.info().unsupported("store.get", "revisions"));
        }
        let mut answers = self.read(vec![name.clone()]).await.map_err(|error| about(error, name))?;
        answers.pop().unwrap_or_else(|| Err(self.info().not_found("store.get", name)))
    }

    async fn get_many(&self, names: &[CredentialName]) -> Vec<Result<Stored>> {
        if names.is_empty() {
            return Vec::new();
        }
        match self.read(names.to_vec()).await {
            Ok(answers) => answers,
            Err(error) => names.iter().map(|name| Err(about(error.clone(), name))).collect(),
        }
    }

    async fn put(
        &self,
        _name: &CredentialName,
        _set: CredentialSet,
        _mode: PutMode,
        _state: PutState,
    ) -> Result<Revision> {
        Err(self.info().unsupported("store.put", "write"))
    }

    async fn promote(&self, _name: &CredentialName, _revision: &Revision) -> Result<Revision> {
        Err(self.info().unsupported("store.promote", "revisions"))
    }

    async fn delete(&self, _name: &CredentialName, mode: DeleteMode) -> Result<bool> {
        let capability = match mode {
            DeleteMode::Recoverable => "restore",
            DeleteMode::Purge => "write",
        };
        Err(self.info().unsupported("store.delete", capability))
    }

    async fn restore(&self, _name: &CredentialName) -> Result<bool> {
        Err(self.info().unsupported("store.restore", "restore"))
    }

    fn list(&self) -> BoxStream<'_, Result<CredentialMeta>> {
        stream::once(self.on_thread("store.list", list_all))
            .map_ok(|listed| stream::iter(listed.into_iter().map(Ok)))
            .try_flatten()
            .boxed()
    }

    async fn revisions(&self, _name: &CredentialName) -> Result<Vec<RevisionMeta>> {
        Err(self.info().unsupported("store.revisions", "revisions"))
    }
}
