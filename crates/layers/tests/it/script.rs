//! A source that answers as a test says, and remembers what it was asked. Beside it, short words for tests.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::{
    Account, Answer, Asin, Batch, BoxFuture, BrowseNode, BrowseNodeId, BrowseNodePage, Clock, Error,
    ErrorKind, Item, Marketplace, MissingReason, OwnWords, PartnerTag, ProductSource, Query, RequestContext,
    Result, Retry, SearchPage, Source, SourceCapabilities, SourceInfo, Sourced, Timestamp, VariationsPage,
};
use linkwright_testkit::ManualClock;

pub(crate) type Found = Result<Sourced<Arc<Item>>, MissingReason>;
pub(crate) type FoundNode = Result<Sourced<Arc<BrowseNodePage>>, MissingReason>;

type Answering = dyn Fn(usize, &RequestContext, Query) -> BoxFuture<'static, Result<Answer>> + Send + Sync;

/// Answers its calls, counted from 1, by a function.
pub(crate) struct Script {
    asked: Mutex<Vec<(RequestContext, Query)>>,
    answering: Box<Answering>,
    capabilities: SourceCapabilities,
}

impl Script {
    pub(crate) fn new(
        answering: impl Fn(usize, &RequestContext, Query) -> BoxFuture<'static, Result<Answer>>
        + Send
        + Sync
        + 'static,
    ) -> Arc<Self> {
        let mut capabilities = SourceCapabilities::NONE;
        capabilities.get_items = true;
        capabilities.search_items = true;
        capabilities.get_variations = true;
        capabilities.get_browse_nodes = true;
        Arc::new(Self { asked: Mutex::default(), answering: Box::new(answering), capabilities })
    }

    /// Answers each key by a function of the call's number and the key; a search is found.
    pub(crate) fn by_key(answer: impl Fn(usize, Asin) -> Found + Send + Sync + 'static) -> Arc<Self> {
        Self::new(move |number, _, query| {
            Box::pin(std::future::ready(answered(query, |key| answer(number, key))))
        })
    }

    /// Answers each category by a function of the call's number and the category.
    pub(crate) fn by_node(
        answer: impl Fn(usize, BrowseNodeId) -> FoundNode + Send + Sync + 'static,
    ) -> Arc<Self> {
        Self::new(move |number, _, query| {
            let Query::GetBrowseNodes(request) = query else { panic!("not of categories: {query:?}") };
            let batch = Batch::collect(request.ids, |id| answer(number, *id));
            Box::pin(std::future::ready(Ok(Answer::BrowseNodes(batch))))
        })
    }

    /// Finds everything, after this long.
    pub(crate) fn slow(clock: &ManualClock, takes: Duration) -> Arc<Self> {
        let clock = clock.clone();
        Self::new(move |_, _, query| {
            let clock = clock.clone();
            Box::pin(async move {
                clock.sleep(takes).await;
                answered(query, found)
            })
        })
    }

    /// Fails the first calls with these errors, one after the other, and finds everything after.
    pub(crate) fn failing_first(errors: Vec<Error>) -> Arc<Self> {
        Self::new(move |number, _, query| {
            let answer = match errors.get(number - 1) {
                Some(error) => query.failed(error.clone()),
                None => answered(query, found),
            };
            Box::pin(std::future::ready(answer))
        })
    }

    pub(crate) fn calls(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    /// The categories each call asked for, as their numbers are written.
    pub(crate) fn asked_nodes(&self) -> Vec<Vec<BrowseNodeId>> {
        let asked = self.asked.lock().unwrap();
        let ids = asked.iter().map(|(_, query)| match query {
            Query::GetBrowseNodes(request) => request.ids.clone(),
            _ => Vec::new(),
        });
        ids.collect()
    }

    /// How many products each call asked for.
    pub(crate) fn sizes(&self) -> Vec<usize> {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(|(_, query)| keys_of(query).len()).collect()
    }

    /// The products each call asked for.
    pub(crate) fn asked(&self) -> Vec<Vec<Asin>> {
        self.asked.lock().unwrap().iter().map(|(_, query)| keys_of(query)).collect()
    }
}

fn keys_of(query: &Query) -> Vec<Asin> {
    match query {
        Query::GetItems(request) => request.asins.clone(),
        _ => Vec::new(),
    }
}

pub(crate) fn answered(query: Query, mut answer: impl FnMut(Asin) -> Found) -> Result<Answer> {
    match query {
        Query::GetItems(request) => Ok(Answer::Items(Batch::collect(request.asins, |asin| answer(*asin)))),
        Query::SearchItems(request) => {
            let url = format!("https://www.amazon.com/s?k={}", request.words().replace(' ', "+"));
            Ok(Answer::Search(Sourced::made_here(SearchPage::link_only(url), Source::Zero)))
        }
        Query::GetVariations(request) => {
            let url = format!("https://www.amazon.com/dp/{}", request.asin);
            Ok(Answer::Variations(Sourced::made_here(VariationsPage::link_only(url), Source::Zero)))
        }
        Query::GetBrowseNodes(request) => {
            Ok(Answer::BrowseNodes(Batch::collect(request.ids, |id| node_link(*id))))
        }
        _ => unreachable!("there are no other queries"),
    }
}

/// What the Creators API says of a category: no link.
pub(crate) fn node_found(id: BrowseNodeId) -> FoundNode {
    let (mut node, at) = (BrowseNode::default(), Timestamp::from_unix_seconds(0));
    node.id = Some(id.to_string());
    Ok(Sourced::fetched(Arc::new(BrowseNodePage::described(node.fetched(at))), Source::Creators, at))
}

/// What the Zero API makes of a category.
pub(crate) fn node_link(id: BrowseNodeId) -> FoundNode {
    let page = BrowseNodePage::link_only(format!("https://www.amazon.com/b?node={id}"));
    Ok(Sourced::made_here(Arc::new(page), Source::Zero))
}

pub(crate) fn nodes(numbers: std::ops::Range<u64>) -> Vec<BrowseNodeId> {
    numbers.map(|number| (number + 1).to_string().parse().unwrap()).collect()
}

/// What the Creators API finds.
pub(crate) fn found(asin: Asin) -> Found {
    let item = Item::new(asin, format!("https://www.amazon.com/dp/{asin}?linkCode=api"));
    Ok(Sourced::fetched(Arc::new(item), Source::Creators, Timestamp::from_unix_seconds(0)))
}

/// What the Zero API makes.
pub(crate) fn link(asin: Asin, title: Option<&str>) -> Found {
    let mut item = Item::new(asin, format!("https://www.amazon.com/dp/{asin}"));
    item.title = title.map(OwnWords::new);
    let source = if title.is_some() { Source::Catalog } else { Source::Zero };
    Ok(Sourced::made_here(Arc::new(item), source))
}

#[async_trait]
impl ProductSource for Script {
    fn info(&self) -> SourceInfo {
        SourceInfo::new("script")
    }

    fn capabilities(&self) -> SourceCapabilities {
        self.capabilities
    }

    async fn call(&self, context: &RequestContext, query: Query) -> Result<Answer> {
        let number = {
            let mut asked = self.asked.lock().unwrap();
            asked.push((context.clone(), query.clone()));
            asked.len()
        };
        (self.answering)(number, context, query).await
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Script").field("calls", &self.calls()).finish_non_exhaustive()
    }
}

pub(crate) fn asin(number: usize) -> Asin {
    Asin::parse(&format!("B0LAYER{number:03}")).unwrap()
}

pub(crate) fn asins(numbers: std::ops::Range<usize>) -> Vec<Asin> {
    numbers.map(asin).collect()
}

pub(crate) fn context() -> RequestContext {
    tagged("demo-20")
}

pub(crate) fn tagged(tag: &str) -> RequestContext {
    RequestContext::tagged(Account::new("main"), PartnerTag::new(tag, Marketplace::Us).unwrap())
}

pub(crate) fn error(kind: ErrorKind) -> Error {
    Error::new(kind, "get_items", format!("made to fail: `{kind}`"))
}

/// Too many requests, to be made again after so many seconds.
pub(crate) fn throttled(seconds: u64) -> Error {
    error(ErrorKind::RateLimited).with_retry(Retry::After(Duration::from_secs(seconds)))
}

pub(crate) fn not_eligible() -> Error {
    error(ErrorKind::PermissionDenied).with_context(Error::CODE, "AssociateNotEligible")
}

pub(crate) fn seconds(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

/// The error every key of the answer failed with.
pub(crate) fn only_error(batch: &Batch<Item>) -> Error {
    assert!(batch.found().is_empty(), "{batch:?}");
    match &batch.missing().first().unwrap().1 {
        MissingReason::Failed(error) => error.clone(),
        other => panic!("not a failure: {other:?}"),
    }
}
