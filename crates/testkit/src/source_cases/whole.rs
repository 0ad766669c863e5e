//! What holds for every operation: which answer belongs to which query, which errors are of the whole, and that callers do
//! not disturb each other. And a source that loses answers, for cases about going on after that.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use futures_util::StreamExt;
use linkwright_core::{
    Account, Answer, Asin, BoxStream, Error, ErrorKind, Item, ProductSource, ProductSourceExt, Query,
    RequestContext, Result, Retry, SourceCapabilities, SourceInfo, Sourced,
};

use super::needs::{get_items, lacking, nothing, untagged};
use super::{SourceCase, case, context, queries, tags_in};
use crate::case::{Failure, Outcome, check, check_equal, expect_kind};
use crate::source_fixture::SourceFixture;

pub(super) fn cases() -> Vec<SourceCase> {
    vec![
        case!(links_carry_no_tag_unasked, untagged, "Without a tag in the request no link carries one."),
        case!(
            cancelled_request_is_an_error,
            nothing,
            "A request taken back is an error of kind `cancelled`, whatever was asked."
        ),
        case!(answer_fits_the_question, nothing, "The answer is of the operation that was asked."),
        case!(
            unsupported_query_is_an_error,
            lacking,
            "A query the source cannot answer is an error, not an empty answer."
        ),
        case!(one_source_serves_many_callers, get_items, "Calls at the same time do not disturb each other."),
    ]
}

async fn links_carry_no_tag_unasked(fixture: &dyn SourceFixture) -> Outcome {
    let untagged = RequestContext::untagged(Account::new("conformance"), fixture.tag().marketplace());
    let source = fixture.open().await?;
    for query in queries(fixture, true) {
        let urls = links(source.call(&untagged, query).await?);
        check(!urls.is_empty(), || "an answer without a link".to_owned())?;
        for url in urls {
            check_equal("tags in a link", &tags_in(&url), &vec![])?;
        }
    }
    Ok(())
}

/// Every link of an answer.
fn links(answer: Answer) -> Vec<String> {
    let of_items = |items: Vec<Sourced<Arc<Item>>>| -> Vec<String> {
        items.into_iter().map(|item| item.value.detail_page_url.clone()).collect()
    };
    match answer {
        Answer::Items(batch) => of_items(batch.into_parts().0.into_iter().map(|(_, item)| item).collect()),
        Answer::Search(page) => page.value.search_url.into_iter().chain(of_items(page.value.items)).collect(),
        Answer::Variations(page) => {
            page.value.product_url.into_iter().chain(of_items(page.value.items)).collect()
        }
        Answer::BrowseNodes(batch) => {
            batch.found().iter().filter_map(|(_, page)| page.value.url.clone()).collect()
        }
        _ => Vec::new(),
    }
}

async fn cancelled_request_is_an_error(fixture: &dyn SourceFixture) -> Outcome {
    let context = context(fixture);
    context.cancellation.cancel();
    let source = fixture.open().await?;
    for query in queries(fixture, true) {
        let what = format!("the query `{}`, taken back", query.name());
        expect_kind(&what, source.call(&context, query).await, ErrorKind::Cancelled)?;
    }
    Ok(())
}

async fn answer_fits_the_question(fixture: &dyn SourceFixture) -> Outcome {
    let source = fixture.open().await?;
    let queries = queries(fixture, true);
    check(!queries.is_empty(), || "a source that answers nothing".to_owned())?;
    for query in queries {
        match (query.clone(), source.call(&context(fixture), query).await?) {
            (Query::GetItems(_), Answer::Items(_))
            | (Query::SearchItems(_), Answer::Search(_))
            | (Query::GetVariations(_), Answer::Variations(_))
            | (Query::GetBrowseNodes(_), Answer::BrowseNodes(_)) => {}
            (query, other) => {
                return Err(Failure::new(format!("asked `{}`, answered {other:?}", query.name())));
            }
        }
    }
    Ok(())
}

async fn unsupported_query_is_an_error(fixture: &dyn SourceFixture) -> Outcome {
    let source = fixture.open().await?;
    for query in queries(fixture, false) {
        // Nobody need be asked for nothing.
        if query.answer_to_nothing().is_some() {
            continue;
        }
        let what = format!("the query `{}`", query.name());
        expect_kind(&what, source.call(&context(fixture), query).await, ErrorKind::Unsupported)?;
    }
    Ok(())
}

async fn one_source_serves_many_callers(fixture: &dyn SourceFixture) -> Outcome {
    let source = fixture.open().await?;
    let known = fixture.known();
    let context = context(fixture);
    let calls = (0..32).map(|n| {
        let (source, context) = (&source, &context);
        let keys: Vec<Asin> = known.iter().cycle().skip(n).take(known.len()).copied().collect();
        async move {
            let batch = source.get_items(context, &keys).await?;
            let found: Vec<Asin> = batch.found().iter().map(|(key, _)| *key).collect();
            check_equal("keys found by one of many callers", &found, &keys)
        }
    });
    futures_util::future::join_all(calls).await.into_iter().collect()
}

/// Loses the first answer to every page: the source below has answered, and nobody got it.
#[derive(Debug)]
pub(super) struct Forgetful {
    inner: Arc<dyn ProductSource>,
    lost: Mutex<HashSet<Option<u32>>>,
}

impl Forgetful {
    pub(super) fn new(inner: Arc<dyn ProductSource>) -> Self {
        Self { inner, lost: Mutex::default() }
    }
}

#[async_trait]
#[deny(clippy::missing_trait_methods)]
impl ProductSource for Forgetful {
    fn info(&self) -> SourceInfo {
        self.inner.info()
    }

    fn capabilities(&self) -> SourceCapabilities {
        self.inner.capabilities()
    }

    async fn call(&self, context: &RequestContext, query: Query) -> Result<Answer> {
        let (name, page) = match &query {
            Query::SearchItems(search) => (query.name(), search.item_page),
            Query::GetVariations(variations) => (query.name(), variations.variation_page),
            other => (other.name(), None),
        };
        let answer = self.inner.call(context, query).await?;
        if self.lost.lock().unwrap_or_else(PoisonError::into_inner).insert(page) {
            let error = Error::new(ErrorKind::Unavailable, name, "made to lose the answer");
            return Err(error.with_retry(Retry::Now).with_origin("testkit"));
        }
        Ok(answer)
    }
}

/// The products of a stream, without the failures it goes on after.
pub(super) async fn asins_after_failures(
    mut items: BoxStream<'_, Result<Sourced<Arc<Item>>>>,
) -> Result<Vec<Asin>, Failure> {
    let mut asins = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => asins.push(item.value.asin),
            Err(error) if error.origin() == "testkit" => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(asins)
}
