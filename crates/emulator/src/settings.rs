//! What an emulator is started with.

use linkwright_core::{ApiVersion, Error, Marketplace, RegionGroup, Secret};

use crate::credential::EmulatedCredential;
use crate::items_file;
use crate::quota::Limits;
use crate::shelf::GivenItem;

/// What an emulator is started with. The default is version 3.1, 2,000 made-up items, and no limit on the pace.
#[derive(Debug, Clone)]
pub struct Settings {
    pub(crate) api_version: ApiVersion,
    pub(crate) only_version: Option<ApiVersion>,
    pub(crate) seed: u64,
    pub(crate) limits: Limits,
    pub(crate) given: Vec<GivenItem>,
    pub(crate) credentials: Vec<EmulatedCredential>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            api_version: ApiVersion::V3_1,
            only_version: None,
            seed: 1,
            limits: Limits::default(),
            given: Vec::new(),
            credentials: ApiVersion::ALL.into_iter().map(EmulatedCredential::of).collect(),
        }
    }
}

impl Settings {
    /// The version whose credential, shop and tag the ready line names. All others work as well.
    #[must_use]
    pub fn api_version(mut self, version: ApiVersion) -> Self {
        self.api_version = version;
        self
    }

    /// The only version whose credential works: those of others are unknown, as they are at another region's endpoint.
    /// The ready line names it too.
    #[must_use]
    pub fn only_version(mut self, version: ApiVersion) -> Self {
        self.only_version = Some(version);
        self.api_version(version)
    }

    /// Makes other items up. The same seed means the same items, in every run and on every machine.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// How many catalogue calls a second the account may make; more are throttled. Without, there is no limit.
    ///
    /// The service begins with 1. Zero and less, and what is no number, throttle every call.
    #[must_use]
    pub fn pace(mut self, calls_per_second: f64) -> Self {
        self.limits.per_second = Some(calls_per_second);
        self
    }

    /// How many catalogue calls the account may make within any 24 hours; more are throttled. Without, there is no limit.
    ///
    /// The service begins with 8,640.
    #[must_use]
    pub fn calls_per_day(mut self, calls: u64) -> Self {
        self.limits.per_day = Some(calls);
        self
    }

    /// Limits the account's calls to what the service gives an account with this revenue, in US dollars of the last 30
    /// days: both those a second and those a day.
    #[must_use]
    pub fn revenue(mut self, dollars: f64) -> Self {
        self.limits = Limits::of_revenue(dollars);
        self
    }

    /// Replaces the secret of a version's credential, so that a test can look for a marker of its own.
    #[must_use]
    pub fn secret(mut self, version: ApiVersion, secret: Secret) -> Self {
        for credential in &mut self.credentials {
            if credential.version == version {
                credential.secret = secret.clone();
            }
        }
        self
    }

    /// Adds items of the user's own, from JSON: an array, or an object with an array `items`, each in the shape the API
    /// answers with; a member `marketplace` in an item restricts it to that shop. `name` is for messages.
    ///
    /// # Errors
    /// `ConfigInvalid`, with the number of the item and the path of the member that is wrong.
    pub fn items_json(mut self, name: &str, text: &str) -> Result<Self, Error> {
        self.given.extend(items_file::parse(name, text)?);
        Ok(self)
    }

    /// The shop the ready line names: the largest of the version's group.
    pub(crate) fn shop(&self) -> Marketplace {
        match self.api_version.region_group() {
            RegionGroup::NorthAmerica => Marketplace::Us,
            RegionGroup::Europe => Marketplace::De,
            RegionGroup::FarEast => Marketplace::Jp,
        }
    }

    /// The credential the ready line names.
    pub(crate) fn credential(&self) -> EmulatedCredential {
        let found = self.credentials.iter().find(|credential| credential.version == self.api_version);
        found.cloned().unwrap_or_else(|| EmulatedCredential::of(self.api_version))
    }

    /// The credential of this id, if this instance knows it.
    pub(crate) fn credential_of(&self, id: &str) -> Option<&EmulatedCredential> {
        let known = |credential: &&EmulatedCredential| {
            credential.id == id && self.only_version.is_none_or(|only| only == credential.version)
        };
        self.credentials.iter().find(known)
    }
}
