//! Keeps tokens until they end: in this process, and through the state for other processes.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use linkwright_core::{CredentialSet, Error, Result, error_chain};
use linkwright_state::{Bounded, State};

use super::exchange::Exchange;
use super::sealed::TokenSeal;
use super::{Token, refusal};
use crate::endpoints::Endpoints;
use crate::single_flight::SingleFlight;

/// Gives the token of a credential, asking for one only if there is none.
pub(crate) struct TokenKeeper {
    exchange: Exchange,
    endpoints: Endpoints,
    /// Bounded here, whatever is given: a token that came is not held back by a place it could be kept in.
    state: Bounded,
    places: Mutex<HashMap<String, Arc<Place>>>,
    /// Said once: a state that fails does so at every call.
    state_failed: AtomicBool,
}

/// What is kept for one credential at one token service.
struct Place {
    set: CredentialSet,
    endpoint: String,
    seal: TokenSeal,
    held: Mutex<Held>,
    refresh: SingleFlight,
}

#[derive(Default)]
struct Held {
    token: Option<Token>,
    /// The last one the API refused, so that it is not taken from a state that could not forget it.
    refused: Option<Token>,
    /// After a replacement that failed early: not again before this, on the clock's monotonic scale.
    next_early: Duration,
}

/// A token, and whether it was asked for by this very call.
#[derive(Debug)]
pub(crate) struct Given {
    pub(crate) token: Token,
    /// Then an API that refuses it will refuse the next one too.
    pub(crate) is_new: bool,
}

/// How long a token that is still good is used before the next attempt to replace it early.
const EARLY_PAUSE: Duration = Duration::from_secs(10);

impl TokenKeeper {
    pub(crate) fn new(exchange: Exchange, endpoints: Endpoints, state: Arc<dyn State>) -> Self {
        let state = Bounded::new(state, Arc::clone(&exchange.clock));
        Self { exchange, endpoints, state, places: Mutex::default(), state_failed: AtomicBool::new(false) }
    }

    /// The token of this credential: the one there is, or a new one.
    ///
    /// However many ask at once, one of them fetches it. Shortly before its end it is replaced by the first who asks while the
    /// others go on with it; if that fails, it serves to its end.
    pub(crate) async fn token(&self, set: &CredentialSet) -> Result<Given> {
        refusal::check_version(set)?;
        let place = self.place(set)?;
        let (now, monotonic) = (self.exchange.clock.now(), self.exchange.clock.monotonic());
        let (held, next_early) = {
            let held = place.held();
            (held.token.clone().filter(|token| token.is_valid(now)), held.next_early)
        };
        let Some(token) = held else {
            let there = || place.valid(self.exchange.clock.now()).map(|token| Given { token, is_new: false });
            return place.refresh.run(there, self.refresh(&place)).await;
        };
        if token.is_fresh(now) || monotonic < next_early {
            return Ok(Given { token, is_new: false });
        }
        match place.refresh.run_if_idle(self.refresh(&place)).await {
            Some(result) => result,
            None => Ok(Given { token, is_new: false }),
        }
    }

    /// A new token, whatever there is; kept for the calls that follow.
    pub(crate) async fn ask(&self, set: &CredentialSet) -> Result<Token> {
        refusal::check_version(set)?;
        let place = self.place(set)?;
        self.fetch(&place).await
    }

    /// Lets go of a token the API refused. Another one that was fetched meanwhile, here or in another process, stays.
    pub(crate) async fn forget(&self, set: &CredentialSet, token: &Token) {
        let Ok(place) = self.place(set) else { return };
        {
            let mut held = place.held();
            if held.token.as_ref().is_some_and(|held| held.is_same(token)) {
                held.token = None;
            }
            held.refused = Some(token.clone());
        }
        let key = place.seal.state_key();
        let forgotten = async {
            let Some(sealed) = self.state.get(key).await? else { return Ok(()) };
            if place.seal.open(&sealed).is_some_and(|shared| shared.is_same(token)) {
                // The state removes unconditionally only; nothing in place of the token does the same.
                self.state.compare_and_set(key, Some(&sealed), &[], Duration::from_secs(1)).await?;
            }
            Ok(())
        };
        if let Err(error) = forgotten.await {
            self.without_state(&error);
        }
    }

    /// A token from the state if there is one, else from the service. One that has not ended is better than a failure.
    async fn refresh(&self, place: &Place) -> Result<Given> {
        let now = self.exchange.clock.now();
        let shared = self.load(place).await.filter(|token| token.is_valid(now));
        if let Some(token) = shared {
            let mut held = place.held();
            // The later of the two, for both are good.
            if held.token.as_ref().is_none_or(|held| held.expires_at < token.expires_at) {
                held.token = Some(token.clone());
            }
            if token.is_fresh(now) {
                return Ok(Given { token, is_new: false });
            }
        }
        match self.fetch(place).await {
            Ok(token) => Ok(Given { token, is_new: true }),
            Err(error) => {
                let Some(token) = place.valid(self.exchange.clock.now()) else { return Err(error) };
                tracing::debug!(error = %error_chain(&error), "no new token; the present one still serves");
                place.held().next_early = self.exchange.clock.monotonic().saturating_add(EARLY_PAUSE);
                Ok(Given { token, is_new: false })
            }
        }
    }

    async fn fetch(&self, place: &Place) -> Result<Token> {
        let token = self.exchange.ask(&place.set, &place.endpoint).await?;
        place.held().token = Some(token.clone());
        let lifetime = token.expires_at.since(self.exchange.clock.now());
        if let Some(sealed) = place.seal.seal(&token).filter(|_| !lifetime.is_zero())
            && let Err(error) = self.state.put(place.seal.state_key(), &sealed, lifetime).await
        {
            self.without_state(&error);
        }
        Ok(token)
    }

    /// What another process or an earlier run left. What does not open is as good as absent.
    async fn load(&self, place: &Place) -> Option<Token> {
        let sealed = match self.state.get(place.seal.state_key()).await {
            Ok(sealed) => sealed?,
            Err(error) => {
                self.without_state(&error);
                return None;
            }
        };
        let token = place.seal.open(&sealed)?;
        let refused = place.held().refused.as_ref().is_some_and(|refused| refused.is_same(&token));
        (!refused).then_some(token)
    }

    fn place(&self, set: &CredentialSet) -> Result<Arc<Place>> {
        let endpoint = self.endpoints.token(set.api_version());
        let seal = TokenSeal::new(set, endpoint)?;
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let known = places.get(seal.state_key());
        // A token of a former secret must not outlive the change of it.
        if let Some(place) = known.filter(|place| place.set.secret() == set.secret()) {
            return Ok(Arc::clone(place));
        }
        let key = seal.state_key().to_owned();
        let place = Arc::new(Place {
            set: set.clone(),
            endpoint: endpoint.to_owned(),
            seal,
            held: Mutex::default(),
            refresh: SingleFlight::default(),
        });
        places.insert(key, Arc::clone(&place));
        Ok(place)
    }

    fn without_state(&self, error: &Error) {
        if !self.state_failed.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                error = %error_chain(error),
                hint = error.hint(),
                "the state cannot be used: each process asks for its own token"
            );
        }
    }
}

impl fmt::Debug for TokenKeeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenKeeper").field("endpoints", &self.endpoints).finish_non_exhaustive()
    }
}

impl Place {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn valid(&self, now: linkwright_core::Timestamp) -> Option<Token> {
        self.held().token.clone().filter(|token| token.is_valid(now))
    }
}
