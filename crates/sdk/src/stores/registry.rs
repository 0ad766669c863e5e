//! Which kinds of stores there are, by the scheme of their address.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use linkwright_core::{CredentialStore, Error, ErrorKind, Result};
use linkwright_layers::StoreChain;

use super::surroundings::StoreSurroundings;
use super::uri::StoreUri;
use super::{environment, file};
use crate::profile::nearest_name;

/// Opens a store by its address. Asks nobody but, where need be, for a passphrase; the store itself is first asked by
/// its users.
pub type OpenStore =
    Arc<dyn Fn(&StoreUri, &StoreSurroundings) -> Result<Arc<dyn CredentialStore>> + Send + Sync>;

/// The kinds of stores a program knows. A value, not a global: two programs in one process may know different ones.
///
/// ```
/// use std::sync::Arc;
///
/// use linkwright_sdk::core::{CredentialStore, MemoryStore};
/// use linkwright_sdk::{StoreRegistry, StoreSurroundings, SystemClock};
///
/// let mut registry = StoreRegistry::standard();
/// registry.register("memory", Arc::new(|_, around| Ok(Arc::new(MemoryStore::new(around.clock.clone())))));
/// let around = StoreSurroundings::new(Arc::new(|_| None), Vec::new(), Arc::new(SystemClock::new()));
/// let store = registry.open("env:,memory:scratch", &around)?;
/// assert!(registry.open("memroy:x", &around).is_err());
/// # Ok::<(), linkwright_sdk::core::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct StoreRegistry {
    schemes: BTreeMap<String, OpenStore>,
}

/// Where credentials are when nobody said so: variables, as containers have them, then the user's own file.
const DEFAULT: &str = "env:,file:";

impl StoreRegistry {
    /// Knows nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Knows `file:` and `env:`.
    pub fn standard() -> Self {
        let mut registry = Self::new();
        registry.register("file", Arc::new(file::open));
        registry.register("env", Arc::new(environment::open));
        registry
    }

    /// Adds a kind of store, or takes the place of the one of this scheme.
    pub fn register(&mut self, scheme: &str, open: OpenStore) {
        self.schemes.insert(scheme.to_ascii_lowercase(), open);
    }

    /// The schemes it knows, in alphabetical order.
    pub fn schemes(&self) -> impl Iterator<Item = &str> {
        self.schemes.keys().map(String::as_str)
    }

    /// Opens one store, or a chain of those whose addresses are separated by commas.
    ///
    /// # Errors
    /// As [`open_each`](Self::open_each).
    pub fn open(
        &self,
        addresses: &str,
        surroundings: &StoreSurroundings,
    ) -> Result<Arc<dyn CredentialStore>> {
        Ok(Self::chain(self.open_each(addresses, surroundings)?))
    }

    /// One store out of several, each asked if the one before has nothing of the name.
    pub fn chain(mut stores: Vec<Arc<dyn CredentialStore>>) -> Arc<dyn CredentialStore> {
        match (stores.len(), stores.pop()) {
            (1, Some(only)) => only,
            (_, last) => {
                stores.extend(last);
                Arc::new(StoreChain::new(stores))
            }
        }
    }

    /// Opens the stores of a list, each by itself, in the order in which they are asked.
    ///
    /// # Errors
    /// `ConfigInvalid` for an address that is none, holds a password, or is of a kind that is not known; what the
    /// store's own kind says to its location and options.
    pub fn open_each(
        &self,
        addresses: &str,
        surroundings: &StoreSurroundings,
    ) -> Result<Vec<Arc<dyn CredentialStore>>> {
        StoreUri::parse_list(addresses)?.iter().map(|uri| self.open_uri(uri, surroundings)).collect()
    }

    /// The addresses that count when nobody named one: `env:`, then `file:`, which is left out where there is no home
    /// folder to keep it in.
    pub fn default_addresses(surroundings: &StoreSurroundings) -> &'static str {
        if surroundings.data_folder().is_ok() { DEFAULT } else { "env:" }
    }

    fn open_uri(&self, uri: &StoreUri, surroundings: &StoreSurroundings) -> Result<Arc<dyn CredentialStore>> {
        match self.schemes.get(uri.scheme()) {
            Some(open) => open(uri, surroundings),
            None => {
                let known: Vec<&str> = self.schemes().collect();
                let message = format!("no store of that kind: `{}:`", uri.scheme());
                Err(unknown_name(message, uri.scheme(), &known))
            }
        }
    }
}

/// Refuses a name that is none of the known ones, with the nearest.
pub(super) fn unknown_name(message: String, name: &str, known: &[&str]) -> Error {
    let error =
        Error::new(ErrorKind::ConfigInvalid, "store.open", format!("{message}; known: {}", known.join(", ")));
    match nearest_name(name, known.iter().copied()) {
        Some(near) => error.with_hint(format!("did you mean `{near}`?")),
        None => error,
    }
}

impl fmt::Debug for StoreRegistry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreRegistry").field("schemes", &self.schemes.keys().collect::<Vec<_>>()).finish()
    }
}
