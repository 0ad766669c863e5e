//! The recommended stack as a backend: the door to the API, all layers, the client, and the emulator in Amazon's place.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{
    ApiVersion, Asin, BrowseNodeId, CredentialName, CredentialSet, CredentialStoreExt as _, MemoryStore,
    PartnerTag, ProductSource, Result, Secret, SourceCapabilities,
};
use linkwright_emulator::{HostThread, Settings};
use linkwright_sdk::{
    ApiAccess, ApiSettings, ProductOptions, Profile, ProfileFile, SourceChoice, SystemClock, products,
};
use linkwright_testkit::SourceFixture;
use linkwright_zero::ZeroSource;

use super::emulated::Emulated;

/// Opens stacks that ask one emulator.
pub(crate) struct StackFixture {
    emulated: Emulated,
    choice: SourceChoice,
}

impl StackFixture {
    /// A fixture of the stack with or without links behind the API.
    pub(crate) fn new(choice: SourceChoice) -> std::io::Result<Self> {
        Ok(Self { emulated: Emulated(HostThread::start(Settings::default())?), choice })
    }
}

impl fmt::Debug for StackFixture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StackFixture").field("choice", &self.choice).finish_non_exhaustive()
    }
}

#[async_trait]
impl SourceFixture for StackFixture {
    fn capabilities(&self) -> SourceCapabilities {
        let mut capabilities = SourceCapabilities::NONE;
        capabilities.get_items = true;
        capabilities.search_items = true;
        capabilities.get_variations = true;
        capabilities.get_browse_nodes = true;
        capabilities.offers = true;
        capabilities
    }

    async fn open(&self) -> Result<Arc<dyn ProductSource>> {
        let ready = self.emulated.0.ready();
        let clock = Arc::new(SystemClock::new());
        let store = MemoryStore::new(clock.clone());
        let version = ready.credential.version.parse::<ApiVersion>()?;
        let set = CredentialSet::new(ready.credential.id, Secret::new(ready.credential.secret), version);
        store.create(&CredentialName::try_from("na")?, set).await?;
        let file = ProfileFile::parse(PathBuf::new(), String::new())?;
        let mut settings =
            ApiSettings::of_profile(&Profile::resolve(&file, None, &|_| None)?, None, "0.0.0")?;
        settings.endpoints.api = ready.api;
        settings.endpoints.token = Some(ready.token);
        let access = Arc::new(ApiAccess::new(settings, vec![Arc::new(store)], clock)?);
        Ok(products(&access, ZeroSource::new(), &ProductOptions::new(self.choice)))
    }

    fn known(&self) -> Vec<Asin> {
        self.emulated.known()
    }

    fn unknown(&self) -> Option<Asin> {
        // With links behind it, it finds every number.
        self.emulated.unknown().filter(|_| self.choice == SourceChoice::Creators)
    }

    fn tag(&self) -> PartnerTag {
        self.emulated.tag()
    }

    fn words(&self) -> String {
        self.emulated.words()
    }

    fn words_without_results(&self) -> Option<String> {
        self.emulated.words_without_results()
    }

    fn with_variations(&self) -> Option<Asin> {
        self.emulated.with_variations()
    }

    fn without_variations(&self) -> Option<Asin> {
        self.emulated.unknown()
    }

    fn known_browse_nodes(&self) -> Vec<BrowseNodeId> {
        self.emulated.known_browse_nodes()
    }

    fn unknown_browse_node(&self) -> Option<BrowseNodeId> {
        self.emulated.unknown_browse_node().filter(|_| self.choice == SourceChoice::Creators)
    }
}
