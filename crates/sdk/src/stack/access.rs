//! What stands behind the Creators API for one profile.

use std::sync::Arc;
use std::time::Duration;

use linkwright_core::{Account, Clock, CredentialStore, ProductSource, Result};
use linkwright_creators::{CreatorsClient, CreatorsSource, CredentialProvider, StoreCredentials};
use linkwright_layers::{
    Coalesced, Eligibility, PaceKeeper, Probe, Quota, Retried, Retrier, Timed, VerdictKeeper,
};
use linkwright_state::{Pace, State};

use super::direct_calls::DirectCalls;
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
    /// One for all ways to the API, which are one customer to Amazon.
    turns: Arc<PaceKeeper>,
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
        let turns = PaceKeeper::new(Arc::clone(&ground.state), Arc::clone(&clock), ground.pace);
        Ok(Self { account, ground, credentials, clock, turns: Arc::new(turns), api })
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
        let quota: Arc<dyn ProductSource> = Arc::new(Quota::sharing(timed, Arc::clone(&self.turns)));
        let retried: Arc<dyn ProductSource> = Arc::new(Retried::new(quota, clock()));
        let coalesced: Arc<dyn ProductSource> = Arc::new(Coalesced::new(retried, clock()));
        let state = Arc::clone(&self.ground.state);
        let eligibility = Eligibility::new(coalesced, state, clock(), self.identity()).with_probe(probe);
        Arc::new(Gate::new(Arc::new(eligibility), Arc::clone(&self.credentials), clock()))
    }

    /// Calls that are no query: feeds, reports, and bodies of the caller's own. They share token, pace and verdicts with all
    /// that is asked through a [`source`](Self::source).
    pub fn direct_calls(&self, probe: Probe) -> DirectCalls {
        let state = Arc::clone(&self.ground.state);
        DirectCalls {
            client: Arc::clone(&self.ground.client),
            credentials: Arc::clone(&self.credentials),
            clock: Arc::clone(&self.clock),
            verdicts: VerdictKeeper::new(state, Arc::clone(&self.clock), self.identity()).with_probe(probe),
            retrier: Retrier::new(Arc::clone(&self.clock)),
            turns: Arc::clone(&self.turns),
        }
    }

    fn identity(&self) -> Arc<CredentialIdentity> {
        Arc::new(CredentialIdentity { credentials: Arc::clone(&self.credentials), api: self.api.clone() })
    }
}
