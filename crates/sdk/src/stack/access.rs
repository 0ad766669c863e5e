//! What stands behind the Creators API for one profile.

use std::sync::Arc;
use std::time::Duration;

use linkwright_core::{Account, Clock, CredentialStore, ProductSource, Result};
use linkwright_creators::{
    CreatorsClient, CreatorsSettings, CreatorsSource, CredentialProvider, StoreCredentials,
};
use linkwright_http::{HttpTransport, Transport};
use linkwright_layers::{Coalesced, Eligibility, Probe, Quota, Retried, Timed};
use linkwright_state::{MemoryState, Pace, SqliteState, State};

use super::gate::Gate;
use super::identity::CredentialIdentity;
use super::settings::ApiSettings;

/// What stands behind the Creators API for one profile. Made without asking anybody.
#[derive(Debug)]
pub struct ApiAccess {
    account: Account,
    client: Arc<CreatorsClient>,
    credentials: Arc<dyn CredentialProvider>,
    state: Arc<dyn State>,
    clock: Arc<dyn Clock>,
    /// The API's address.
    api: String,
    /// Amazon's own API is asked at a pace; what somebody runs themselves is not.
    pace: Option<Pace>,
}

impl ApiAccess {
    /// One call every one and a half seconds: Amazon grants a new account one a second, and at 1.1 s all of ten calls were
    /// refused, at 1.5 s none (third-party report, 2026).
    pub const PACE: Pace = Pace::every(Duration::from_millis(1500));

    /// How long one attempt may take, token included.
    pub const ATTEMPT: Duration = Duration::from_secs(30);

    /// Builds all of it over stores of credentials, the first of which is looked at first.
    ///
    /// # Errors
    /// `ConfigInvalid` for an address, proxy or certificate that is none.
    pub fn new(
        settings: ApiSettings,
        stores: Vec<Arc<dyn CredentialStore>>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self> {
        let places = settings.credential_places(stores);
        let pace = settings.endpoints.is_amazon().then_some(Self::PACE);
        let transport: Arc<dyn Transport> = Arc::new(HttpTransport::new(settings.http)?);
        let state: Arc<dyn State> = match settings.state_file {
            Some(file) => Arc::new(SqliteState::open(file, Arc::clone(&clock))),
            None => Arc::new(MemoryState::new(Arc::clone(&clock))),
        };
        let credentials: Arc<dyn CredentialProvider> =
            Arc::new(StoreCredentials::in_places(places, Arc::clone(&clock)));
        let mut client = CreatorsSettings::new(
            transport,
            Arc::clone(&state),
            Arc::clone(&credentials),
            Arc::clone(&clock),
        );
        let api = settings.endpoints.api.clone();
        client.endpoints = settings.endpoints;
        let client = Arc::new(CreatorsClient::new(client)?);
        Ok(Self { account: settings.account, client, credentials, state, clock, api, pace })
    }

    /// The account that asks.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The client, for a single call without layers.
    pub fn client(&self) -> &Arc<CreatorsClient> {
        &self.client
    }

    /// The credentials, by group of shops.
    pub fn credentials(&self) -> &Arc<dyn CredentialProvider> {
        &self.credentials
    }

    /// What processes share.
    pub fn state(&self) -> &Arc<dyn State> {
        &self.state
    }

    /// The API with its layers, without anything behind it.
    pub fn source(&self, probe: Probe) -> Arc<dyn ProductSource> {
        let clock = || Arc::clone(&self.clock);
        let api: Arc<dyn ProductSource> = Arc::new(CreatorsSource::new(Arc::clone(&self.client)));
        let timed: Arc<dyn ProductSource> = Arc::new(Timed::new(api, clock(), Self::ATTEMPT));
        let quota: Arc<dyn ProductSource> =
            Arc::new(Quota::new(timed, Arc::clone(&self.state), clock(), self.pace));
        let retried: Arc<dyn ProductSource> = Arc::new(Retried::new(quota, clock()));
        let coalesced: Arc<dyn ProductSource> = Arc::new(Coalesced::new(retried, clock()));
        let identity = Arc::new(CredentialIdentity {
            credentials: Arc::clone(&self.credentials),
            api: self.api.clone(),
        });
        let eligibility =
            Eligibility::new(coalesced, Arc::clone(&self.state), clock(), identity).with_probe(probe);
        Arc::new(Gate::new(Arc::new(eligibility), Arc::clone(&self.credentials)))
    }
}
