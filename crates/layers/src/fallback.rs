//! What the first source cannot give, from the second. A page must degrade, not vanish.
//!
//! Not like a chain of stores, on purpose: there only what is absent goes on to the next.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{
    Answer, Asin, Batch, Error, ErrorKind, GetItems, Item, MissingReason, ProductSource, ProductSourceExt,
    Query, Reason, RequestContext, Result, SearchItems, SourceCapabilities, SourceInfo, Sourced, error_chain,
};

use crate::answers::{answer_to_nothing, is_not_set_up};
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

/// Asks `first`, and `second` for every key that is missing for a reason that is not the caller's mistake.
///
/// What `first` found stays as it is. `second` is asked once for all the others, and its values say why they are
/// degraded. An error nobody but the caller can mend stays where it is.
#[derive(Debug)]
pub struct Fallback {
    first: Arc<dyn ProductSource>,
    second: Arc<dyn ProductSource>,
    gone: GonePolicy,
    listener: Option<Arc<dyn DegradationListener>>,
}

/// Why a key goes to the second source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// There is nothing to ask the first with: the second's answer is complete.
    NotSetUp,
    /// The second's answer is less than what was asked for.
    Degraded(Reason),
}

impl Cause {
    /// `None` if the key stays with the first source's answer.
    fn of(reason: &MissingReason) -> Option<Self> {
        match reason {
            MissingReason::NotFound => Some(Self::Degraded(Reason::Gone)),
            MissingReason::NotAccessible { .. } => Some(Self::Degraded(Reason::NotAccessible)),
            MissingReason::Failed(error) => Self::of_error(error),
            // A reason this version does not know is nobody's permission to replace the answer.
            _ => None,
        }
    }

    fn of_error(error: &Error) -> Option<Self> {
        if is_not_set_up(error) { Some(Self::NotSetUp) } else { Reason::of(error).map(Self::Degraded) }
    }

    fn reason(self) -> Option<Reason> {
        match self {
            Self::NotSetUp => None,
            Self::Degraded(reason) => Some(reason),
        }
    }
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

    async fn get_items(&self, context: &RequestContext, request: GetItems) -> Result<Answer> {
        let batch = match self.first.call(context, request.clone().into()).await {
            Ok(Answer::Items(batch)) => batch,
            Ok(other) => return Ok(other),
            Err(error) if error.kind() == ErrorKind::Unsupported => {
                return self.second.call(context, request.into()).await;
            }
            Err(error) if Cause::of_error(&error).is_some() => {
                Batch::collect(request.asins.clone(), |_| Err(MissingReason::Failed(error.clone())))
            }
            Err(error) => return Err(error),
        };
        let causes: HashMap<Asin, Cause> =
            batch.missing().iter().filter_map(|(key, reason)| Some((*key, Cause::of(reason)?))).collect();
        if causes.is_empty() {
            return Ok(Answer::Items(batch));
        }
        let mut second = self.ask_second(context, &request, &batch, &causes).await?;
        self.tell_of(context, &batch, &causes);
        Ok(Answer::Items(batch.fill_missing(|key, reason| match second.remove(key) {
            Some(answer) => answer.map_err(|missing| match causes.get(key) {
                // The first source was not asked, so only the second knows why there is nothing.
                Some(Cause::NotSetUp) => missing,
                _ => reason,
            }),
            None => Err(reason),
        })))
    }

    /// The second source's answers for all keys with a cause.
    async fn ask_second(
        &self,
        context: &RequestContext,
        request: &GetItems,
        batch: &Batch<Item>,
        causes: &HashMap<Asin, Cause>,
    ) -> Result<HashMap<Asin, Result<Sourced<Arc<Item>>, MissingReason>>> {
        let keys = batch.missing().iter().map(|(key, _)| *key).filter(|key| causes.contains_key(key));
        let answered = match self.second.run(context, request.for_asins(keys)).await {
            Ok(answered) => answered,
            Err(error) if error.kind() == ErrorKind::Cancelled => return Err(error),
            Err(error) => {
                let (error, hint) = (error_chain(&error), error.hint());
                tracing::warn!(error, hint, source = self.second.info().name, "the second source failed too");
                return Ok(HashMap::new());
            }
        };
        let (found, missing) = answered.into_parts();
        let mut answers: HashMap<_, _> =
            missing.into_iter().map(|(key, reason)| (key, Err(reason))).collect();
        for (key, mut item) in found {
            if let Some(Cause::Degraded(reason)) = causes.get(&key) {
                item = item.degraded(*reason);
                if *reason == Reason::Gone && self.gone == GonePolicy::SearchLink {
                    self.link_to_search(context, &mut item).await?;
                }
            }
            answers.insert(key, Ok(item));
        }
        Ok(answers)
    }

    /// Makes the item's link the search for its own title, if it has one.
    async fn link_to_search(&self, context: &RequestContext, item: &mut Sourced<Arc<Item>>) -> Result<()> {
        let Some(title) = item.value.title.as_deref().map(str::to_owned) else { return Ok(()) };
        match self.second.search(context, &title).await {
            Ok(page) => Arc::make_mut(&mut item.value).detail_page_url = page.search_url,
            Err(error) if error.kind() == ErrorKind::Cancelled => return Err(error),
            Err(error) => tracing::debug!(error = %error, "no search link, the product's own stays"),
        }
        Ok(())
    }

    /// One notice for each cause, in the order of the request.
    fn tell_of(&self, context: &RequestContext, batch: &Batch<Item>, causes: &HashMap<Asin, Cause>) {
        let mut notices: Vec<(Cause, Degradation)> = Vec::new();
        for (key, reason) in batch.missing() {
            let Some(cause) = causes.get(key).copied() else { continue };
            if let Some((_, notice)) = notices.iter_mut().find(|(known, _)| *known == cause) {
                notice.keys.push(*key);
                continue;
            }
            let error = match reason {
                MissingReason::Failed(error) => Some(error.clone()),
                _ => None,
            };
            let notice =
                Degradation { operation: "get_items", keys: vec![*key], reason: cause.reason(), error };
            notices.push((cause, notice));
        }
        for (_, notice) in notices {
            self.tell(context, &notice);
        }
    }

    fn tell(&self, context: &RequestContext, notice: &Degradation) {
        log(context, notice);
        if let Some(listener) = &self.listener {
            listener.degraded(context, notice);
        }
    }

    async fn search(&self, context: &RequestContext, request: SearchItems) -> Result<Answer> {
        let error = match self.first.call(context, request.clone().into()).await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        if error.kind() != ErrorKind::Unsupported {
            let Some(cause) = Cause::of_error(&error) else { return Err(error) };
            let notice = Degradation {
                operation: "search_items",
                keys: Vec::new(),
                reason: cause.reason(),
                error: Some(error),
            };
            self.tell(context, &notice);
        }
        self.second.call(context, request.into()).await
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
        either.offers = first.offers || second.offers;
        either
    }

    async fn call(&self, context: &RequestContext, query: Query) -> Result<Answer> {
        context.cancellation.check(query.name())?;
        if let Some(answer) = answer_to_nothing(&query) {
            return Ok(answer);
        }
        let first = self.first.capabilities();
        match query {
            Query::GetItems(request) if first.get_items => self.get_items(context, request).await,
            Query::SearchItems(request) if first.search_items => self.search(context, request).await,
            Query::GetItems(_) | Query::SearchItems(_) => self.second.call(context, query).await,
            other => match self.first.call(context, other.clone()).await {
                Err(error) if error.kind() == ErrorKind::Unsupported => {
                    self.second.call(context, other).await
                }
                answer => answer,
            },
        }
    }
}
