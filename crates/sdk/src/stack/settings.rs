//! What of a profile the way to the API is built from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use linkwright_core::{Account, CredentialName, CredentialStore, Error, ErrorKind, RegionGroup, Result};
use linkwright_creators::{CredentialPlace, Endpoints};
use linkwright_http::{HttpSettings, user_agent};
use linkwright_store_env::EnvStore;

use crate::Profile;

/// What the way to the API is built from.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ApiSettings {
    /// The account that pace and verdicts are counted for.
    pub account: Account,
    /// Where the API and the token services are.
    pub endpoints: Endpoints,
    /// How the network is reached.
    pub http: HttpSettings,
    /// Under which names a credential is looked for in a store, in order, for each group of shops.
    pub credentials: BTreeMap<RegionGroup, Vec<CredentialName>>,
    /// The database that processes share; `None` for nothing but this process' memory.
    pub state_file: Option<PathBuf>,
}

/// The name of the database in the folder for state.
const STATE_FILE: &str = "state.sqlite3";

impl ApiSettings {
    /// The name a credential has that serves whatever group it is of: that of the plain environment variables.
    pub const ANY_GROUP: &str = "default";

    /// What a profile says. `version` is that of the program, for the user agent.
    ///
    /// # Errors
    /// `ConfigInvalid` for a file of certificates that cannot be read.
    pub fn of_profile(profile: &Profile, state_folder: Option<&Path>, version: &str) -> Result<Self> {
        let mut endpoints = Endpoints::default();
        if let Some(api) = &profile.api_endpoint {
            api.value.as_str().clone_into(&mut endpoints.api);
        }
        endpoints.token = profile.token_endpoint.as_ref().map(|token| token.value.as_str().to_owned());
        let mut http = HttpSettings::new(user_agent(version));
        http.proxy = profile.proxy.as_ref().map(|proxy| proxy.value.secret().clone());
        if let Some(file) = &profile.ca_file {
            http.ca_certificates = vec![certificates(&file.value)?];
        }
        let groups = [RegionGroup::NorthAmerica, RegionGroup::Europe, RegionGroup::FarEast];
        Ok(Self {
            account: profile.account(),
            endpoints,
            http,
            credentials: groups.into_iter().map(|group| (group, names(profile, group))).collect(),
            state_file: state_folder.map(|folder| folder.join(STATE_FILE)),
        })
    }
}

impl ApiSettings {
    /// Where credentials are looked for: in each of the stores, before the next.
    ///
    /// In the environment the plain variables count also where the profile names another credential, as variables
    /// override a profile's settings everywhere else.
    pub fn credential_places(&self, stores: Vec<Arc<dyn CredentialStore>>) -> Vec<CredentialPlace> {
        let place = |store: Arc<dyn CredentialStore>| {
            let mut names = self.credentials.clone();
            if store.info().scheme == EnvStore::SCHEME
                && let Ok(any) = CredentialName::try_from(Self::ANY_GROUP)
            {
                for names in names.values_mut().filter(|names| !names.contains(&any)) {
                    names.push(any.clone());
                }
            }
            CredentialPlace { store, names }
        };
        stores.into_iter().map(place).collect()
    }
}

/// The name the profile gives for a group and no other, so that a slip is not hidden by a name nobody meant; without one
/// the group's own name, and then the name for any group.
fn names(profile: &Profile, group: RegionGroup) -> Vec<CredentialName> {
    let mut names = vec![profile.credential(group)];
    if !profile.credentials.contains_key(&group) {
        names.extend(CredentialName::try_from(ApiSettings::ANY_GROUP));
    }
    names
}

fn certificates(file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file).map_err(|error| {
        let message = format!("cannot read the file of certificates: `{}`", file.display());
        Error::new(ErrorKind::ConfigInvalid, "stack.open", message)
            .with_context("setting", "ca-file")
            .with_source(error)
    })
}
