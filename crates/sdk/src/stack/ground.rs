//! What everything that asks the Creators API stands on: transport, shared state, and a client over both.

use std::sync::Arc;
use std::time::Duration;

use linkwright_core::{Clock, Result};
use linkwright_creators::{CreatorsClient, CreatorsSettings, CredentialProvider, Endpoints};
use linkwright_http::{HttpSettings, HttpTransport};
use linkwright_state::{Bounded, MemoryState, Pace, SqliteState, State};

use super::settings::ApiSettings;

/// Transport, state and client for one set of settings. Made without asking anybody.
#[derive(Debug)]
pub(crate) struct Ground {
    pub(crate) client: Arc<CreatorsClient>,
    /// Bounded: a request does not wait for a file.
    pub(crate) state: Arc<dyn State>,
    /// Amazon's own API is asked at a pace; what somebody runs themselves is not.
    pub(crate) pace: Option<Pace>,
}

impl Ground {
    /// One call every one and a half seconds: Amazon grants a new account one a second, and at 1.1 s all of ten calls were
    /// refused, at 1.5 s none (third-party report, 2026).
    pub(crate) const PACE: Pace = Pace::every(Duration::from_millis(1500));

    /// Builds it, with credentials from here.
    ///
    /// # Errors
    /// `ConfigInvalid` for an address, proxy or certificate that is none.
    pub(crate) fn new(
        settings: ApiSettings,
        credentials: Arc<dyn CredentialProvider>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self> {
        let ApiSettings { endpoints, http, state_file, .. } = settings;
        let state: Arc<dyn State> = match state_file {
            Some(file) => {
                let file = Arc::new(SqliteState::open(file, Arc::clone(&clock)));
                Arc::new(Bounded::new(file, Arc::clone(&clock)))
            }
            None => Arc::new(MemoryState::new(Arc::clone(&clock))),
        };
        let pace = endpoints.is_amazon().then_some(Self::PACE);
        let client = client(http, endpoints, Arc::clone(&state), credentials, clock)?;
        Ok(Self { client, state, pace })
    }
}

fn client(
    http: HttpSettings,
    endpoints: Endpoints,
    state: Arc<dyn State>,
    credentials: Arc<dyn CredentialProvider>,
    clock: Arc<dyn Clock>,
) -> Result<Arc<CreatorsClient>> {
    let transport = Arc::new(HttpTransport::new(http)?);
    let mut settings = CreatorsSettings::new(transport, state, credentials, clock);
    settings.endpoints = endpoints;
    Ok(Arc::new(CreatorsClient::new(settings)?))
}
