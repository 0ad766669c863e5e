//! The recommended stack as a backend: the door to the API, all layers, the client, and the emulator in Amazon's place.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{
    ApiVersion, Asin, CredentialName, CredentialSet, CredentialStoreExt as _, MemoryStore, PartnerTag,
    ProductSource, Result, Secret, SourceCapabilities,
};
use linkwright_emulator::{HostThread, Settings};
use linkwright_sdk::{
    ApiAccess, ApiSettings, ProductOptions, Profile, ProfileFile, SourceChoice, SystemClock, products,
};
use linkwright_testkit::SourceFixture;
use linkwright_zero::ZeroSource;

/// Opens stacks that ask one emulator.
pub(crate) struct StackFixture {
    host: HostThread,
    choice: SourceChoice,
}

impl StackFixture {
    /// A fixture of the stack with or without links behind the API.
    pub(crate) fn new(choice: SourceChoice) -> std::io::Result<Self> {
        Ok(Self { host: HostThread::start(Settings::default())?, choice })
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
        capabilities.offers = true;
        // Links to the shop's own search stand behind the API.
        capabilities.search_items = self.choice == SourceChoice::Auto;
        capabilities
    }

    async fn open(&self) -> Result<Arc<dyn ProductSource>> {
        let ready = self.host.ready();
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
        self.host.ready().asins.iter().filter_map(|text| Asin::parse(text).ok()).collect()
    }

    fn unknown(&self) -> Option<Asin> {
        // With links behind it, it finds every number.
        Asin::parse("B0NONE0000").ok().filter(|_| self.choice == SourceChoice::Creators)
    }

    fn tag(&self) -> PartnerTag {
        let ready = self.host.ready();
        PartnerTag::new(&ready.tag, ready.shop()).unwrap_or_else(|error| panic!("{error}"))
    }
}
