//! What stands behind the Creators API for one profile.

use std::sync::Arc;
use std::time::Duration;

use linkwright_core::{Account, Clock, CredentialStore, ProductSource, Result};
use linkwright_creators::{CreatorsClient, CreatorsSource, CredentialProvider, StoreCredentials};
use linkwright_layers::{Coalesced, Eligibility, Probe, Quota, Retried, Timed};
use linkwright_state::{Pace, State};

use super::gate::Gate;
use super::ground::Ground;
use super::identity::CredentialIdentity;
use super::settings::ApiSettings;

/// What stands behind the Creators API for one profile. Made without asking anybody.
#[derive(Debug)]
pub struct ApiAccess {
    account: Account,
    ground: Ground,
    credentials: Arc<dyn CredentialProvider>,
    clock: Arc<dyn Clock>,
    /// The API's address.
    api: String,
}

impl ApiAccess {
    /// The pace at which Amazon's own API is asked.
    pub const PACE: Pace = Ground::PACE;

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
        let (account, api) = (settings.account.clone(), settings.endpoints.api.clone());
        let credentials: Arc<dyn CredentialProvider> =
            Arc::new(StoreCredentials::in_places(places, Arc::clone(&clock)));
        let ground = Ground::new(settings, Arc::clone(&credentials), Arc::clone(&clock))?;
        Ok(Self { account, ground, credentials, clock, api })
    }

    /// The account that asks.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The client, for a single call without layers.
    pub fn client(&self) -> &Arc<CreatorsClient> {
        &self.ground.client
    }

    /// The credentials, by group of shops.
    pub fn credentials(&self) -> &Arc<dyn CredentialProvider> {
        &self.credentials
    }

    /// What processes share. No operation of it takes long; see [`Bounded`](linkwright_state::Bounded).
    pub fn state(&self) -> &Arc<dyn State> {
        &self.ground.state
    }

    /// The pace calls are made at; `None` for an API that is not Amazon's.
    pub fn pace(&self) -> Option<Pace> {
        self.ground.pace
    }

    /// The API with its layers, without anything behind it.
    pub fn source(&self, probe: Probe) -> Arc<dyn ProductSource> {
        let clock = || Arc::clone(&self.clock);
        let api: Arc<dyn ProductSource> = Arc::new(CreatorsSource::new(Arc::clone(&self.ground.client)));
        let timed: Arc<dyn ProductSource> = Arc::new(Timed::new(api, clock(), Self::ATTEMPT));
        let quota: Arc<dyn ProductSource> =
            Arc::new(Quota::new(timed, Arc::clone(&self.ground.state), clock(), self.pace()));
        let retried: Arc<dyn ProductSource> = Arc::new(Retried::new(quota, clock()));
        let coalesced: Arc<dyn ProductSource> = Arc::new(Coalesced::new(retried, clock()));
        let identity = Arc::new(CredentialIdentity {
            credentials: Arc::clone(&self.credentials),
            api: self.api.clone(),
        });
        let eligibility =
            Eligibility::new(coalesced, Arc::clone(&self.ground.state), clock(), identity).with_probe(probe);
        Arc::new(Gate::new(Arc::new(eligibility), Arc::clone(&self.credentials), clock()))
    }
}
