//! What the first source cannot give, from the second. A page must degrade, not vanish.
//!
//! Not like a chain of stores, on purpose: there only what is absent goes on to the next. `cause.rs` says what goes on and
//! why, `keys.rs` does it for each key by itself, `pages.rs` for a page as a whole.

mod cause;
mod keys;
mod pages;

use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{
    Answer, Error, ErrorKind, ProductSource, Query, RequestContext, Result, SourceCapabilities, SourceInfo,
    error_chain,
};

use crate::degradation::{Degradation, DegradationListener, log};

/// Which link a product gets that Amazon does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum GonePolicy {
    /// The product's own, as the second source gives it.
    #[default]
    ProductLink,
    /// The search for the title the author gave it; the product's own where there is none.
    SearchLink,
}

/// Asks `first`, and `second` for what is missing for a reason that is not the caller's mistake.
///
/// - Of keys: what `first` found stays as it is, and `second` is asked once for all the others. Its values say why they are
///   degraded.
/// - Of a page: where `first` fails, the page is `second`'s, and says why it is degraded. A search without results is an
///   answer.
/// - A link that `first` does not give, as the API none to a category, is taken from `second`: which should therefore be one
///   that asks nobody. What it stands in is not degraded by that.
///
/// An error nobody but the caller can mend stays where it is; so does one `second` cannot help with.
#[derive(Debug)]
pub struct Fallback {
    first: Arc<dyn ProductSource>,
    second: Arc<dyn ProductSource>,
    gone: GonePolicy,
    listener: Option<Arc<dyn DegradationListener>>,
}

impl Fallback {
    /// Falls back from `first` to `second`, with the product's own link for what is gone, and nobody listening.
    pub fn new(first: Arc<dyn ProductSource>, second: Arc<dyn ProductSource>) -> Self {
        Self { first, second, gone: GonePolicy::default(), listener: None }
    }

    /// The same with this policy for what is gone.
    #[must_use]
    pub fn with_gone_policy(self, gone: GonePolicy) -> Self {
        Self { gone, ..self }
    }

    /// The same, and this one is told of every degradation.
    #[must_use]
    pub fn with_listener(self, listener: Arc<dyn DegradationListener>) -> Self {
        Self { listener: Some(listener), ..self }
    }

    fn tell(&self, context: &RequestContext, notice: &Degradation) {
        log(context, notice);
        if let Some(listener) = &self.listener {
            listener.degraded(context, notice);
        }
    }

    /// That there is nothing instead of what the first source did not give.
    fn second_failed(&self, error: &Error) {
        let (error, hint) = (error_chain(error), error.hint());
        tracing::warn!(error, hint, source = self.second.info().name, "the second source failed too");
    }
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl ProductSource for Fallback {
    fn info(&self) -> SourceInfo {
        self.first.info()
    }

    /// What either can do.
    fn capabilities(&self) -> SourceCapabilities {
        let (first, second) = (self.first.capabilities(), self.second.capabilities());
        let mut either = SourceCapabilities::NONE;
        either.get_items = first.get_items || second.get_items;
        either.search_items = first.search_items || second.search_items;
        either.get_variations = first.get_variations || second.get_variations;
        either.get_browse_nodes = first.get_browse_nodes || second.get_browse_nodes;
        either.offers = first.offers || second.offers;
        either
    }

    async fn call(&self, context: &RequestContext, query: Query) -> Result<Answer> {
        context.cancellation.check(query.name())?;
        if let Some(answer) = query.answer_to_nothing() {
            return Ok(answer);
        }
        let first = self.first.capabilities();
        match query {
            Query::GetItems(request) if first.get_items => self.keys(context, request).await,
            Query::GetBrowseNodes(request) if first.get_browse_nodes => self.keys(context, request).await,
            Query::SearchItems(request) if first.search_items => self.page(context, request).await,
            Query::GetVariations(request) if first.get_variations => self.page(context, request).await,
            Query::GetItems(_)
            | Query::GetBrowseNodes(_)
            | Query::SearchItems(_)
            | Query::GetVariations(_) => self.second.call(context, query).await,
            other => match self.first.call(context, other.clone()).await {
                Err(error) if error.kind() == ErrorKind::Unsupported => {
                    self.second.call(context, other).await
                }
                answer => answer,
            },
        }
    }
}
