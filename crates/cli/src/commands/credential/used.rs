//! Which credential counts: the one that `items` would use for a group of shops.

use std::sync::Arc;

use linkwright_sdk::ApiSettings;
use linkwright_sdk::core::{
    CredentialName, CredentialStoreExt as _, Error, ErrorKind, RegionGroup, StoreInfo,
};
use linkwright_sdk::creators::{FoundCredential, StoreCredentials};

use super::again::quoted;
use super::{Session, goes_on};
use crate::failure::{CommandResult, Failure};

impl Session<'_> {
    fn api_settings(&self) -> CommandResult<ApiSettings> {
        Ok(ApiSettings::of_profile(&self.profile, None, env!("CARGO_PKG_VERSION"))?)
    }

    /// The credential that counts for a group of shops, if one does.
    pub(super) fn used(&self, group: RegionGroup) -> CommandResult<Option<FoundCredential>> {
        let places = self.api_settings()?.credential_places(self.stores.each.clone());
        let credentials = StoreCredentials::in_places(places, Arc::clone(&self.world.clock));
        match self.runtime.block_on(credentials.find(group)) {
            Ok(found) => Ok(Some(found)),
            Err(error) if error.reason() == Some("no_credential") => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The names that are looked for, for people.
    fn looked_for(&self, group: RegionGroup) -> String {
        let settings = self.api_settings().ok();
        let names =
            settings.as_ref().and_then(|settings| settings.credentials.get(&group)).into_iter().flatten();
        let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
        names.join(", then ")
    }

    /// How a credential that is there comes to count.
    fn to_use(&self, name: &CredentialName, group: RegionGroup) -> String {
        match &self.profile.name {
            Some(profile) => {
                let set = format!("set {} credentials.{group} {name}", quoted(&profile.value));
                format!("make `{name}` count with {}", self.again.profile(&set))
            }
            None => format!(
                "without a profile it counts if it is called `{group}`: {}",
                self.again.credential(&format!("add {group}"))
            ),
        }
    }

    /// Says so where `items` would not use this credential, and how it would.
    pub(super) fn warn_if_unused(&mut self, name: &CredentialName, group: RegionGroup) {
        // What stands in the way of looking is not about this credential.
        let Ok(used) = self.used(group) else { return };
        let (message, hint) = match used {
            Some(found) if found.name == *name => return,
            Some(FoundCredential { name: other, store, .. }) if store.scheme == ENVIRONMENT => {
                let variables = self.variables(&store, &other).join(" ");
                let message = format!(
                    "`items` does not use `{name}`: for the shops of `{group}`, `{other}` from environment variables \
                     goes before it"
                );
                (message, format!("unset them, if that is not meant: `unset {variables}`"))
            }
            found => {
                let looks = self.looked_for(group);
                let instead = found.map_or_else(String::new, |found| format!(", and finds `{}`", found.name));
                let message = format!(
                    "`items` does not use `{name}`: for the shops of `{group}` it looks for {looks}{instead}"
                );
                (message, self.to_use(name, group))
            }
        };
        self.output.warning_with_hints(&message, &[hint]);
    }

    /// Why there is nothing to check: no credential counts, of a group or at all. Names those that are there.
    pub(super) fn none_used(&self, wanted: Option<RegionGroup>) -> Failure {
        let present = match self.present() {
            Ok(present) => present,
            Err(failure) => return failure,
        };
        let stores = self.stores.names();
        if present.is_empty() {
            let message = format!("no credentials yet in {stores}");
            return Failure::from(Error::new(ErrorKind::NotFound, "store.get", message))
                .with_hint(format!("add one with {}", self.again.credential("add")));
        }
        let names: Vec<String> = present
            .iter()
            .map(|(name, group)| match group {
                Some(group) => format!("`{name}` (for {group})"),
                None => format!("`{name}`"),
            })
            .collect();
        let names = names.join(", ");
        let looks = wanted.map(|group| (group, self.looked_for(group)));
        let message = match looks {
            Some((group, looks)) => format!(
                "`items` finds no credential for the shops of `{group}`: it looks for {looks}; there are: {names}"
            ),
            None => format!("`items` would use none of the credentials that are there: {names}"),
        };
        let mut failure = Failure::from(Error::new(ErrorKind::NotFound, "store.get", message));
        let fitting = present.iter().find_map(|(name, group)| {
            group.filter(|group| wanted.is_none_or(|wanted| wanted == *group)).map(|group| (name, group))
        });
        failure = match (fitting, wanted) {
            (Some((name, group)), _) => failure.with_hint(self.to_use(name, group)),
            (None, Some(group)) => {
                failure.with_hint(format!("add one with {}", self.again.credential(&format!("add {group}"))))
            }
            (None, None) => failure,
        };
        let (first, _) = &present[0];
        let check = self.again.credential(&format!("verify {first}"));
        failure.with_hint(format!("to check one by its name: {check}"))
    }

    /// All names there are, each once, with the groups of those that can be read.
    fn present(&self) -> CommandResult<Vec<(CredentialName, Option<RegionGroup>)>> {
        let mut names: Vec<CredentialName> = Vec::new();
        for store in &self.stores.each {
            match self.runtime.block_on(store.list_all()) {
                Ok(credentials) => names.extend(credentials.into_iter().map(|meta| meta.name)),
                Err(error) if goes_on(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
        names.sort();
        names.dedup();
        let group = |name: &CredentialName| {
            self.find(name).ok().map(|(_, stored)| stored.set.api_version().region_group())
        };
        Ok(names.into_iter().map(|name| (group(&name), name)).map(|(group, name)| (name, group)).collect())
    }

    /// The environment variables that a credential comes from; none if it does not come from there.
    pub(super) fn variables_of(&self, name: &CredentialName) -> Vec<String> {
        let stores = self.stores.each.iter().filter(|store| store.info().scheme == ENVIRONMENT);
        stores.flat_map(|store| self.variables(&store.info(), name)).collect()
    }

    /// The variables of a store that are set for a name.
    fn variables(&self, store: &StoreInfo, name: &CredentialName) -> Vec<String> {
        const FIELDS: [&str; 5] = ["ID", "SECRET", "VERSION", "LABEL", "NAME"];
        let prefix = &store.location;
        let middle = name.as_str().to_ascii_uppercase().replace(['.', '-'], "_");
        let mut stems = vec![format!("{prefix}_{middle}")];
        if name.as_str() == ApiSettings::ANY_GROUP {
            stems.insert(0, prefix.clone());
        }
        let all = stems.into_iter().flat_map(|stem| {
            FIELDS
                .into_iter()
                .flat_map(move |field| [format!("{stem}_{field}"), format!("{stem}_{field}_FILE")])
        });
        all.filter(|variable| (self.world.variables)(variable).is_some_and(|value| !value.is_empty()))
            .collect()
    }
}

/// The scheme of stores that are environment variables.
pub(super) const ENVIRONMENT: &str = "env";
