//! Stores over made-up variables.

use std::collections::BTreeMap;
use std::sync::Arc;

use linkwright_core::{CredentialName, CredentialStore as _, CredentialStoreExt as _, Error, ErrorKind};
use linkwright_store_env::EnvStore;

/// What all secrets in these tests hold, and no message may.
pub(crate) const SECRET: &str = "hush-hush-hush";

/// A store of the prefix `X` over these variables.
pub(crate) fn store(variables: &[(&str, &str)]) -> EnvStore {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let variables: BTreeMap<String, String> = variables.iter().map(own).collect();
    let names = variables.keys().cloned().collect();
    EnvStore::new("X", Arc::new(move |name: &str| variables.get(name).cloned()), names)
}

pub(crate) fn name(text: &str) -> CredentialName {
    CredentialName::try_from(text).unwrap()
}

/// Reads a name that cannot be read, checks what is said about it, and that no value is.
pub(crate) async fn check_refused(store: &EnvStore, text: &str, kind: ErrorKind, texts: &[&str]) -> Error {
    let error = store.get(&name(text), None).await.unwrap_err();
    let said = format!("{}\n{}", error.message(), error.hint().unwrap_or_default());
    assert_eq!(error.kind(), kind, "{error:?}");
    for text in texts {
        assert!(said.contains(text), "expected {text:?} in:\n{said}");
    }
    assert!(!format!("{error:?} {store:?}").contains("hush"), "{error:?}");
    assert_eq!(error.operation(), "store.get");
    assert_eq!(error.context_value("name"), Some(text));
    error
}

/// Names listed, in order.
pub(crate) async fn listed(store: &EnvStore) -> Vec<String> {
    let listed = store.list_all().await.unwrap();
    listed.into_iter().map(|meta| meta.name.to_string()).collect()
}
