//! `env:PREFIX`: credentials in environment variables.

use std::sync::Arc;

use linkwright_core::{CredentialStore, Error, ErrorKind, Result};
use linkwright_store_env::EnvStore;

use super::surroundings::StoreSurroundings;
use super::uri::StoreUri;

pub(super) fn open(uri: &StoreUri, surroundings: &StoreSurroundings) -> Result<Arc<dyn CredentialStore>> {
    if let Some((name, _)) = uri.options().first() {
        return Err(invalid(format!("an `env:` store has no options: `{name}`")));
    }
    let prefix = match uri.location() {
        "" => EnvStore::DEFAULT_PREFIX,
        prefix if prefix.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') => prefix,
        _ => return Err(invalid("not the beginning of a variable's name".to_owned())),
    };
    let variables = Arc::clone(&surroundings.variables);
    Ok(Arc::new(EnvStore::new(prefix, variables, surroundings.variable_names.clone())))
}

fn invalid(message: String) -> Error {
    Error::new(ErrorKind::ConfigInvalid, "store.open", message)
        .with_hint("write `env:`, or `env:PREFIX` for variables such as PREFIX_ID")
}
