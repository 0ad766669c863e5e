//! `file:PATH`: credentials in one encrypted file, and where it and its key are by default.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use linkwright_core::{CredentialStore, Error, ErrorKind, Result};
use linkwright_store_file::{Access, FileStore, FileStoreOptions, Protection};

use super::passphrase::passphrase;
use super::registry::unknown_name;
use super::surroundings::StoreSurroundings;
use super::uri::StoreUri;
use crate::Variables;
use crate::config_path::data_folder;

/// What an address may say behind its `?`.
const OPTIONS: [&str; 4] = ["identity", "recipient", "passphrase", "read-only"];

/// The file credentials are kept in when nobody named another: `credentials.age` in the [data folder](data_folder).
///
/// # Errors
/// As [`data_folder`].
pub fn default_credential_file(variables: Variables<'_>) -> Result<PathBuf> {
    Ok(data_folder(variables)?.join("credentials.age"))
}

/// The key to [`default_credential_file`] when nobody named another: `identity.txt` beside it.
///
/// # Errors
/// As [`data_folder`].
pub fn default_identity_file(variables: Variables<'_>) -> Result<PathBuf> {
    Ok(identity_beside(&default_credential_file(variables)?))
}

/// The key to a file of credentials when its address names none: beside it, under its name and `.identity.txt`, but
/// `identity.txt` beside `credentials.age`.
///
/// No two files share one. Else the first write to one file, which makes its key where there is none, would make one in
/// the place of the lost key of another.
fn identity_beside(file: &Path) -> PathBuf {
    if file.file_name().is_some_and(|name| name == "credentials.age") {
        return file.with_file_name("identity.txt");
    }
    let mut path = file.as_os_str().to_owned();
    path.push(".identity.txt");
    path.into()
}

/// An address, understood.
struct Settings {
    path: PathBuf,
    identity: Option<PathBuf>,
    recipients: Vec<String>,
    passphrase: bool,
    read_only: bool,
}

impl Settings {
    fn of(uri: &StoreUri, surroundings: &StoreSurroundings) -> Result<Self> {
        let path = match uri.location() {
            "" => surroundings.data_folder()?.join("credentials.age"),
            // `file:///path`, as in web addresses.
            location => surroundings.path(location.strip_prefix("//").unwrap_or(location)),
        };
        let mut settings =
            Self { path, identity: None, recipients: Vec::new(), passphrase: false, read_only: false };
        for (name, value) in uri.options() {
            match (name.as_str(), value.as_deref()) {
                ("identity", Some(path)) if !path.is_empty() => {
                    settings.identity = Some(surroundings.path(path));
                }
                ("recipient", Some(key)) if !key.is_empty() => settings.recipients.push(key.to_owned()),
                ("passphrase", None) => settings.passphrase = true,
                ("read-only", None) => settings.read_only = true,
                ("identity" | "recipient", _) => {
                    return Err(invalid(format!("an option of a `file:` store needs a value: `{name}`")));
                }
                ("passphrase" | "read-only", _) => {
                    return Err(invalid(format!("an option of a `file:` store has no value: `{name}`")));
                }
                _ => {
                    let message = format!("no such option of a `file:` store: `{name}`");
                    return Err(unknown_name(message, name, &OPTIONS));
                }
            }
        }
        if settings.passphrase && (settings.identity.is_some() || !settings.recipients.is_empty()) {
            let message = "a `file:` store has a passphrase, or an identity with recipients, not both";
            return Err(invalid(message.to_owned()));
        }
        Ok(settings)
    }

    /// The key's file; `None` where a passphrase takes its place.
    fn identity(&self) -> Option<PathBuf> {
        match &self.identity {
            _ if self.passphrase => None,
            Some(path) => Some(path.clone()),
            None => Some(identity_beside(&self.path)),
        }
    }
}

pub(super) fn open(uri: &StoreUri, surroundings: &StoreSurroundings) -> Result<Arc<dyn CredentialStore>> {
    let settings = Settings::of(uri, surroundings)?;
    let protection = match settings.identity() {
        Some(path) => Protection::Identity { path, extra_recipients: settings.recipients },
        None => {
            let is_new = surroundings.makes_new && !settings.read_only && !settings.path.exists();
            let location = settings.path.display().to_string();
            Protection::Passphrase(passphrase(&location, is_new, surroundings)?)
        }
    };
    let mut options = FileStoreOptions::new(settings.path, protection, Arc::clone(&surroundings.clock));
    if settings.read_only {
        options.access = Access::ReadOnly;
    }
    Ok(Arc::new(FileStore::new(options)))
}

/// A file with a key, and the file of credentials it opens. Either may not be there yet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct IdentityFile {
    /// Where the key is, or is made by the first write.
    pub path: PathBuf,
    /// The file of credentials.
    pub opens: PathBuf,
}

/// The files with the keys to the `file:` stores of a list of addresses, in their order: what its owner must back up.
///
/// # Errors
/// As [`StoreUri::parse_list`], and for an option that is none.
pub fn identity_files(addresses: &str, surroundings: &StoreSurroundings) -> Result<Vec<IdentityFile>> {
    let mut files = Vec::new();
    for uri in StoreUri::parse_list(addresses)? {
        if uri.scheme() == FileStore::SCHEME {
            let settings = Settings::of(&uri, surroundings)?;
            files.extend(settings.identity().map(|path| IdentityFile { path, opens: settings.path }));
        }
    }
    Ok(files)
}

fn invalid(message: String) -> Error {
    Error::new(ErrorKind::ConfigInvalid, "store.open", message).with_hint(
        "such as `file:PATH?identity=KEYFILE`, `file:PATH?recipient=age1…` or `file:PATH?passphrase`",
    )
}
