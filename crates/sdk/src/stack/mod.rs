//! The recommended stack: from a profile to a source of products that keeps answering.
//!
//! [`ApiAccess`] is what stands behind the Creators API for one profile: transport, shared state, credentials, client.
//! [`products`] puts the layers over it, with the Zero API behind them; [`DirectCalls`] are the calls no source has a query
//! for. The order of the layers and its reasons are in ADR 0011, those of direct calls in ADR 0014.

mod access;
mod direct_calls;
mod gate;
mod ground;
mod identity;
mod settings;

use std::sync::Arc;

use linkwright_core::ProductSource;
use linkwright_layers::{DegradationListener, Fallback, GonePolicy, Probe};
use linkwright_zero::ZeroSource;

use crate::{GoneLink, SourceChoice};

pub use access::ApiAccess;
pub use direct_calls::DirectCalls;
pub(crate) use ground::Ground;
pub use settings::ApiSettings;

/// How products are got.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ProductOptions {
    /// Where from.
    pub source: SourceChoice,
    /// What takes the place of a product that Amazon no longer knows.
    pub gone: GoneLink,
    /// Whether the API is asked although it refused lately.
    pub probe: bool,
    /// Is told of every degradation.
    pub listener: Option<Arc<dyn DegradationListener>>,
}

impl ProductOptions {
    /// From this source, without a probe, with nobody listening.
    pub fn new(source: SourceChoice) -> Self {
        Self { source, gone: GoneLink::default(), probe: false, listener: None }
    }
}

/// A source of products: the Creators API, the Zero API, or the one with the other behind it.
///
/// Asks nobody yet, and opens nothing: credentials, state and connections are first touched by a call that needs them.
pub fn products(
    access: &Arc<ApiAccess>,
    zero: ZeroSource,
    options: &ProductOptions,
) -> Arc<dyn ProductSource> {
    let probe = if options.probe { Probe::Always } else { Probe::WhenDue };
    match options.source {
        SourceChoice::Zero => Arc::new(zero),
        SourceChoice::Creators => access.source(probe),
        SourceChoice::Auto => {
            let gone = match options.gone {
                GoneLink::ProductLink => GonePolicy::ProductLink,
                GoneLink::SearchLink => GonePolicy::SearchLink,
            };
            let fallback = Fallback::new(access.source(probe), Arc::new(zero)).with_gone_policy(gone);
            match &options.listener {
                Some(listener) => Arc::new(fallback.with_listener(Arc::clone(listener))),
                None => Arc::new(fallback),
            }
        }
    }
}
