//! Where a credential comes from: one that is given, or a store.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::{
    Clock, CredentialName, CredentialSet, CredentialStore, Error, ErrorKind, RegionGroup, Result, Revision,
    StoreInfo, Stored,
};

use crate::single_flight::SingleFlight;

const OPERATION: &str = "creators.credential";

/// Gives the credential for a group of shops.
#[async_trait]
pub trait CredentialProvider: Debug + Send + Sync + 'static {
    /// The credential for this group.
    ///
    /// # Errors
    /// `ConfigInvalid` with reason `no_credential` where none is configured for the group; else what stands in the way
    /// of reading it.
    async fn credential(&self, group: RegionGroup) -> Result<Stored>;

    /// Forgets what was remembered: the next call sees what is stored then.
    fn forget(&self);
}

fn no_credential(group: RegionGroup, message: String) -> Error {
    Error::new(ErrorKind::ConfigInvalid, OPERATION, message)
        .with_origin(crate::ORIGIN)
        .with_hint("add a credential that was made for one of this group's shops")
        .with_context(Error::REASON, "no_credential")
        .with_context("group", group.code())
}

/// Says which groups are meant, for a person.
fn shops(group: RegionGroup) -> &'static str {
    match group {
        RegionGroup::NorthAmerica => "North and South America",
        RegionGroup::Europe => "Europe, the Middle East and India",
        RegionGroup::FarEast => "the Far East and Australia",
    }
}

/// One credential that is given, for the shops of its own group.
#[derive(Debug, Clone)]
pub struct FixedCredential(Stored);

impl FixedCredential {
    /// This one. Without a store it has no revision worth the name.
    pub fn new(set: CredentialSet) -> Self {
        Self(Stored::new(set, Revision::new("given"), None))
    }

    /// This one, as a store gave it.
    pub fn of(stored: Stored) -> Self {
        Self(stored)
    }
}

#[async_trait]
impl CredentialProvider for FixedCredential {
    async fn credential(&self, group: RegionGroup) -> Result<Stored> {
        let own = self.0.set.api_version().region_group();
        if own == group {
            return Ok(self.0.clone());
        }
        let message = format!("the credential is for {}, not for {}: `{group}`", shops(own), shops(group));
        Err(no_credential(group, message))
    }

    fn forget(&self) {}
}

/// A store, and under which names credentials are looked for in it, in order, for each group of shops.
#[derive(Debug, Clone)]
pub struct CredentialPlace {
    /// The store.
    pub store: Arc<dyn CredentialStore>,
    /// The names of each group.
    pub names: BTreeMap<RegionGroup, Vec<CredentialName>>,
}

/// A credential, and where it was found.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct FoundCredential {
    /// Under which name.
    pub name: CredentialName,
    /// In which store.
    pub store: StoreInfo,
    /// The credential.
    pub stored: Stored,
}

/// Credentials from stores, each group by names that are tried in order.
///
/// The stores are looked at one after another, and each for all the names before the next one is: what stands in the
/// first takes the place of what stands in the second, whatever it is called there. A name counts if its credential's
/// version is of the group. Only a name that is absent, or of another group, passes the question on: a store that
/// refuses or is away must not turn one account's credential into another's. What was found is remembered for a while,
/// and several callers at once read it once.
#[derive(Debug)]
pub struct StoreCredentials {
    places: Vec<CredentialPlace>,
    clock: Arc<dyn Clock>,
    remember_for: Duration,
    remembered: Mutex<BTreeMap<RegionGroup, Remembered>>,
    /// How often it was told to forget: what was read before must not be remembered after.
    forgotten: AtomicU64,
    reading: BTreeMap<RegionGroup, SingleFlight>,
}

#[derive(Debug)]
struct Remembered {
    stored: Stored,
    /// On the clock's monotonic scale.
    until: Duration,
}

impl StoreCredentials {
    /// Long enough that a busy program seldom asks its store, short enough that a rotated credential is soon seen.
    pub const REMEMBER_FOR: Duration = Duration::from_secs(5 * 60);

    /// The credentials of these names in one store.
    pub fn new(
        store: Arc<dyn CredentialStore>,
        names: BTreeMap<RegionGroup, Vec<CredentialName>>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self::in_places(vec![CredentialPlace { store, names }], clock)
    }

    /// The credentials of several stores, the first before the second.
    pub fn in_places(places: Vec<CredentialPlace>, clock: Arc<dyn Clock>) -> Self {
        Self {
            places,
            clock,
            remember_for: Self::REMEMBER_FOR,
            remembered: Mutex::default(),
            forgotten: AtomicU64::new(0),
            reading: RegionGroup::ALL.iter().map(|group| (*group, SingleFlight::default())).collect(),
        }
    }

    /// The same, remembering what it read for this long.
    #[must_use]
    pub fn with_remember_for(self, remember_for: Duration) -> Self {
        Self { remember_for, ..self }
    }

    /// Looks for the credential of a group now, whatever is remembered, and says where it is.
    ///
    /// # Errors
    /// As [`CredentialProvider::credential`].
    pub async fn find(&self, group: RegionGroup) -> Result<FoundCredential> {
        let mut named = false;
        let mut elsewhere = None;
        for place in &self.places {
            for name in place.names.get(&group).into_iter().flatten() {
                named = true;
                let stored = match place.store.get(name, None).await {
                    Ok(stored) => stored,
                    Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::Unsupported) => {
                        continue;
                    }
                    Err(error) => return Err(error),
                };
                let own = stored.set.api_version().region_group();
                if own == group {
                    return Ok(FoundCredential { name: name.clone(), store: place.store.info(), stored });
                }
                elsewhere = elsewhere.or(Some((name.clone(), own)));
            }
        }
        let message = match elsewhere {
            _ if !named => format!("no credential is named for {}: `{group}`", shops(group)),
            Some((name, own)) => {
                format!("the credential is for {}, not for {}: `{name}`", shops(own), shops(group))
            }
            None => {
                let stores: Vec<String> =
                    self.places.iter().map(|place| place.store.info().to_string()).collect();
                format!("no store holds a credential for {}: `{}`", shops(group), stores.join(", "))
            }
        };
        Err(no_credential(group, message))
    }

    fn remembered(&self) -> MutexGuard<'_, BTreeMap<RegionGroup, Remembered>> {
        self.remembered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn recall(&self, group: RegionGroup) -> Option<Stored> {
        let now = self.clock.monotonic();
        self.remembered().get(&group).filter(|known| now < known.until).map(|known| known.stored.clone())
    }

    async fn read(&self, group: RegionGroup) -> Result<Stored> {
        let forgotten = self.forgotten.load(Ordering::Acquire);
        let stored = self.find(group).await?.stored;
        let until = self.clock.monotonic().saturating_add(self.remember_for);
        let mut remembered = self.remembered();
        if self.forgotten.load(Ordering::Acquire) == forgotten {
            remembered.insert(group, Remembered { stored: stored.clone(), until });
        }
        Ok(stored)
    }
}

#[async_trait]
impl CredentialProvider for StoreCredentials {
    async fn credential(&self, group: RegionGroup) -> Result<Stored> {
        if let Some(stored) = self.recall(group) {
            return Ok(stored);
        }
        match self.reading.get(&group) {
            Some(reading) => reading.run(|| self.recall(group), self.read(group)).await,
            None => self.read(group).await,
        }
    }

    fn forget(&self) {
        let mut remembered = self.remembered();
        self.forgotten.fetch_add(1, Ordering::Release);
        remembered.clear();
    }
}
