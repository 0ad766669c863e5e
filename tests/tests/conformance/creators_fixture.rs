//! The Creators API as a backend, with the emulator in Amazon's place.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{
    ApiVersion, Asin, BrowseNodeId, CredentialSet, Error, ErrorKind, PartnerTag, ProductSource, Result,
    Secret, SourceCapabilities,
};
use linkwright_creators::{CreatorsClient, CreatorsSettings, CreatorsSource, FixedCredential};
use linkwright_emulator::{HostThread, Settings};
use linkwright_http::{HttpSettings, HttpTransport, user_agent};
use linkwright_state::MemoryState;
use linkwright_testkit::{ManualClock, SourceFixture};

use super::emulated::Emulated;

/// What makes a source of the one that asks the API.
type Wrap = fn(CreatorsSource) -> Arc<dyn ProductSource>;

/// Opens sources that ask one emulator, each with a client and a state of its own.
pub(crate) struct CreatorsFixture {
    emulated: Emulated,
    wrap: Wrap,
}

impl CreatorsFixture {
    /// A fixture for a credential of this version, seen through `wrap`.
    pub(crate) fn new(version: ApiVersion, wrap: Wrap) -> std::io::Result<Self> {
        let host = HostThread::start(Settings::default().api_version(version))?;
        Ok(Self { emulated: Emulated(host), wrap })
    }
}

impl fmt::Debug for CreatorsFixture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreatorsFixture").field("url", &self.emulated.0.url()).finish_non_exhaustive()
    }
}

#[async_trait]
impl SourceFixture for CreatorsFixture {
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
        let version = ready.credential.version.parse::<ApiVersion>()?;
        let set = CredentialSet::new(ready.credential.id, Secret::new(ready.credential.secret), version);
        let clock = Arc::new(ManualClock::new());
        let mut settings = CreatorsSettings::new(
            Arc::new(HttpTransport::new(HttpSettings::new(user_agent("0.0.0")))?),
            Arc::new(MemoryState::new(clock.clone())),
            Arc::new(FixedCredential::new(set)),
            clock,
        );
        settings.endpoints.api = ready.api;
        settings.endpoints.token = Some(ready.token);
        let source = (self.wrap)(CreatorsSource::new(Arc::new(CreatorsClient::new(settings)?)));
        if source.capabilities() != self.capabilities() {
            let message = "the source claims other capabilities than its fixture";
            return Err(Error::new(ErrorKind::Internal, "fixture.open", message));
        }
        Ok(source)
    }

    fn known(&self) -> Vec<Asin> {
        self.emulated.known()
    }

    fn unknown(&self) -> Option<Asin> {
        self.emulated.unknown()
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
        self.emulated.unknown_browse_node()
    }
}
