//! Layers as backends: each alone over a source that answers from a list, and all in their order. A layer must be as good
//! a source as what is under it.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::{
    Capabilities, Clock, CredentialStore, MemoryStore, PartnerTag, ProductSource, RequestContext, Result,
};
use linkwright_layers::{
    AccessIdentity, Coalesced, Eligibility, Fallback, Quota, Retried, StoreChain, Timed,
};
use linkwright_state::{MemoryState, Pace, State};
use linkwright_testkit::{
    Limited, ManualClock, MemoryFixture, ScriptedSource, SourceFixture, StoreFixture, WrappedFixture, ready,
    scripted,
};
use linkwright_zero::ZeroSource;

use super::store_fixtures::EnvFixture;

type Source = Arc<dyn ProductSource>;

/// Every layer over a scripted source.
pub(super) fn sources(tag: &PartnerTag) -> Vec<(&'static str, Arc<dyn SourceFixture>)> {
    let over = |wrap: fn(Source) -> Source| scripted(tag.clone(), |source| wrap(Arc::new(source)));
    let to_zero = |first: Source| -> Source { Arc::new(Fallback::new(first, Arc::new(ZeroSource::new()))) };
    let products = scripted(tag.clone(), |source| Arc::new(source)).known();
    let listed = || -> Source { Arc::new(ScriptedSource::new(products.clone(), clock().now())) };
    vec![
        ("layer-timed", over(timed)),
        ("layer-quota", over(quota)),
        ("layer-retried", over(retried)),
        ("layer-coalesced", over(coalesced)),
        ("layer-eligibility", over(eligibility)),
        ("layer-fallback", over(|source| Arc::new(Fallback::new(Arc::clone(&source), source)))),
        ("layers-all", over(all)),
        ("layer-fallback-to-zero", ready(to_zero(listed()), tag.clone())),
        ("layers-all-to-zero", ready(to_zero(all(listed())), tag.clone())),
    ]
}

/// Chains of stores.
pub(super) fn stores() -> Vec<(&'static str, Arc<dyn StoreFixture>)> {
    let chained = |inner: Arc<dyn CredentialStore>, allowed: Capabilities| {
        let empty = MemoryStore::new(Arc::new(ManualClock::new()));
        let before: Arc<dyn CredentialStore> = Arc::new(Limited::new(empty, allowed));
        StoreChain::new(vec![before, inner])
    };
    let mut listing = Capabilities::NONE;
    listing.list = true;
    let memory = MemoryFixture::default;
    vec![
        (
            "chain-read-only",
            Arc::new(WrappedFixture::new(EnvFixture::new(false), move |store| chained(store, listing))),
        ),
        ("chain-of-one", Arc::new(WrappedFixture::new(memory(), |store| StoreChain::new(vec![store])))),
        (
            "chain-after-bare",
            Arc::new(WrappedFixture::new(memory(), move |store| chained(store, Capabilities::NONE))),
        ),
        (
            "chain-after-list-only",
            Arc::new(WrappedFixture::new(memory(), move |store| chained(store, listing))),
        ),
    ]
}

fn clock() -> Arc<dyn Clock> {
    Arc::new(ManualClock::new())
}

fn state() -> Arc<dyn State> {
    Arc::new(MemoryState::new(clock()))
}

fn timed(source: Source) -> Source {
    Arc::new(Timed::new(source, clock(), Timed::ATTEMPT))
}

/// At a pace nobody has to wait for: the clock stands still here.
fn quota(source: Source) -> Source {
    let pace = Pace { interval: Duration::from_millis(1), burst: 10_000 };
    Arc::new(Quota::new(source, state(), clock(), Some(pace)))
}

fn retried(source: Source) -> Source {
    Arc::new(Retried::new(source, clock()))
}

fn coalesced(source: Source) -> Source {
    Arc::new(Coalesced::new(source, clock()))
}

fn eligibility(source: Source) -> Source {
    Arc::new(Eligibility::new(source, state(), clock(), Arc::new(OneCredential)))
}

fn all(source: Source) -> Source {
    eligibility(coalesced(retried(quota(timed(source)))))
}

#[derive(Debug)]
struct OneCredential;

#[async_trait]
impl AccessIdentity for OneCredential {
    async fn identity(&self, _: &RequestContext) -> Result<Option<String>> {
        Ok(Some("1".to_owned()))
    }
}
