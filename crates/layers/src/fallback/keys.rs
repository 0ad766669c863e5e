//! Falling back key by key.

use std::collections::HashMap;
use std::sync::Arc;

use linkwright_core::{
    Answer, Asin, Batch, BrowseNodeId, BrowseNodePage, ErrorKind, GetBrowseNodes, GetItems, Item,
    MissingReason, ProductSourceExt, Reason, RequestContext, Result, Sourced,
};

use super::cause::Cause;
use super::{Fallback, GonePolicy};
use crate::degradation::Degradation;
use crate::keyed::{BatchOf, Keyed, Outcomes};

/// What is found under a key has a link.
pub(super) trait Linked: Keyed {
    fn link(value: &Self::Value) -> Option<&str>;

    fn set_link(value: &mut Self::Value, url: String);

    /// The author's own title, if there is one.
    fn title(value: &Self::Value) -> Option<&str>;

    /// Adds a key to a notice.
    fn name(notice: &mut Degradation, key: Self::Key);
}

impl Linked for GetItems {
    fn link(item: &Item) -> Option<&str> {
        Some(&item.detail_page_url)
    }

    fn set_link(item: &mut Item, url: String) {
        item.detail_page_url = url;
    }

    fn title(item: &Item) -> Option<&str> {
        item.title.as_deref()
    }

    fn name(notice: &mut Degradation, key: Asin) {
        notice.keys.push(key);
    }
}

impl Linked for GetBrowseNodes {
    fn link(page: &BrowseNodePage) -> Option<&str> {
        page.url.as_deref()
    }

    fn set_link(page: &mut BrowseNodePage, url: String) {
        page.url = Some(url);
    }

    fn title(_: &BrowseNodePage) -> Option<&str> {
        None
    }

    fn name(notice: &mut Degradation, key: BrowseNodeId) {
        notice.browse_nodes.push(key);
    }
}

impl Fallback {
    pub(super) async fn keys<O: Linked>(&self, context: &RequestContext, request: O) -> Result<Answer> {
        let batch = match self.first.run(context, request.clone()).await {
            Ok(batch) => batch,
            Err(error) if error.kind() == ErrorKind::Unsupported => {
                return self.second.run(context, request).await.map(O::answer);
            }
            Err(error) if Cause::of_error(&error).is_some() => {
                Batch::all_failed(request.keys().iter().copied(), &error)
            }
            Err(error) => return Err(error),
        };
        let causes: HashMap<O::Key, Cause> =
            batch.missing().iter().filter_map(|(key, reason)| Some((*key, Cause::of(reason)?))).collect();
        let wanted: Vec<O::Key> = batch
            .iter()
            .filter(|(key, answer)| match answer {
                Ok(value) => O::link(&value.value).is_none(),
                Err(_) => causes.contains_key(key),
            })
            .map(|(key, _)| *key)
            .collect();
        if wanted.is_empty() {
            return Ok(O::answer(batch));
        }
        let mut second = self.ask_second(context, &request, wanted, &causes).await?;
        self.tell_of::<O>(context, &batch, &causes);
        let batch = with_links::<O>(batch, &second);
        Ok(O::answer(batch.fill_missing(|key, reason| match second.remove(key) {
            Some(answer) => answer.map_err(|missing| match causes.get(key) {
                // The first source was not asked, so only the second knows why there is nothing.
                Some(Cause::NotSetUp) => missing,
                _ => reason,
            }),
            None => Err(reason),
        })))
    }

    /// The second source's answers for these keys; none if it fails.
    async fn ask_second<O: Linked>(
        &self,
        context: &RequestContext,
        request: &O,
        wanted: Vec<O::Key>,
        causes: &HashMap<O::Key, Cause>,
    ) -> Result<Outcomes<O>> {
        let answered = match self.second.run(context, request.for_keys(wanted)).await {
            Ok(answered) => answered,
            Err(error) if error.kind() == ErrorKind::Cancelled => return Err(error),
            Err(error) => {
                if !causes.is_empty() {
                    self.second_failed(&error);
                }
                return Ok(HashMap::new());
            }
        };
        let (found, missing) = answered.into_parts();
        let mut answers: Outcomes<O> = missing.into_iter().map(|(key, reason)| (key, Err(reason))).collect();
        for (key, mut value) in found {
            if let Some(Cause::Degraded(reason)) = causes.get(&key) {
                value = value.degraded(*reason);
                if *reason == Reason::Gone && self.gone == GonePolicy::SearchLink {
                    self.link_to_search::<O>(context, &mut value).await?;
                }
            }
            answers.insert(key, Ok(value));
        }
        Ok(answers)
    }

    /// Makes the link the search for the author's own title, if there is one.
    async fn link_to_search<O: Linked>(
        &self,
        context: &RequestContext,
        value: &mut Sourced<Arc<O::Value>>,
    ) -> Result<()> {
        let Some(title) = O::title(&value.value).map(str::to_owned) else { return Ok(()) };
        match self.second.search(context, &title).await {
            Ok(page) => {
                if let Some(url) = page.value.search_url {
                    O::set_link(Arc::make_mut(&mut value.value), url);
                }
            }
            Err(error) if error.kind() == ErrorKind::Cancelled => return Err(error),
            Err(error) => tracing::debug!(error = %error, "no search link, the product's own stays"),
        }
        Ok(())
    }

    /// One notice for each cause, in the order of the request.
    fn tell_of<O: Linked>(
        &self,
        context: &RequestContext,
        batch: &BatchOf<O>,
        causes: &HashMap<O::Key, Cause>,
    ) {
        let mut notices: Vec<(Cause, Degradation)> = Vec::new();
        for (key, reason) in batch.missing() {
            let Some(cause) = causes.get(key).copied() else { continue };
            let place = notices.iter().position(|(known, _)| *known == cause).unwrap_or_else(|| {
                let error = match reason {
                    MissingReason::Failed(error) => Some(error.clone()),
                    _ => None,
                };
                let notice = Degradation { reason: cause.reason(), error, ..Degradation::of(O::NAME) };
                notices.push((cause, notice));
                notices.len() - 1
            });
            O::name(&mut notices[place].1, *key);
        }
        for (_, notice) in notices {
            self.tell(context, &notice);
        }
    }
}

/// The first source's answers, with the second's links where they have none.
fn with_links<O: Linked>(batch: BatchOf<O>, second: &Outcomes<O>) -> BatchOf<O> {
    if batch.found().iter().all(|(_, value)| O::link(&value.value).is_some()) {
        return batch;
    }
    let keys: Vec<O::Key> = batch.iter().map(|(key, _)| *key).collect();
    let (found, missing) = batch.into_parts();
    let mut found: HashMap<O::Key, _> = found.into_iter().collect();
    let mut missing: HashMap<O::Key, _> = missing.into_iter().collect();
    Batch::collect(keys, |key| {
        let Some(mut value) = found.remove(key) else {
            return Err(missing.remove(key).unwrap_or(MissingReason::NotFound));
        };
        let link = second.get(key).and_then(|answer| O::link(&answer.as_ref().ok()?.value));
        if let Some(url) = link.filter(|_| O::link(&value.value).is_none()) {
            O::set_link(Arc::make_mut(&mut value.value), url.to_owned());
        }
        Ok(value)
    })
}
