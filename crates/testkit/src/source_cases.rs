//! The conformance cases for sources of products.
//!
//! They say what every source has in common: accounting, order, links and tags, errors. What a service answers is not
//! their subject.

use std::sync::Arc;
use std::time::Duration;

use linkwright_core::{
    Account, Answer, Asin, ErrorKind, GetItems, ImageOwner, Item, MissingReason, Offers, PartnerTag,
    Perishable, ProductSource, ProductSourceExt, Query, RequestContext, SearchItems, ShopInfo, Sourced,
};

use crate::case::{Case, Failure, Outcome, check, check_equal, expect_kind};
use crate::source_fixture::SourceFixture;

/// A behaviour of sources, checked on whatever a [`SourceFixture`] opens.
pub type SourceCase = Case<dyn SourceFixture>;

macro_rules! case {
    ($name:ident, $needs:expr, $shows:literal) => {
        SourceCase {
            name: stringify!($name),
            shows: $shows,
            needs: $needs,
            run: |fixture| Box::pin($name(fixture)),
        }
    };
}

/// All cases, each with a name of its own.
pub fn source_cases() -> Vec<SourceCase> {
    vec![
        case!(
            every_key_is_accounted_for_once,
            get_items,
            "Every distinct key is found or missing, never both."
        ),
        case!(
            answers_keep_the_order_of_the_request,
            get_items,
            "Found keys stand in the order they were asked for."
        ),
        case!(repeated_keys_are_answered_once, get_items, "A key asked for twice is one entry."),
        case!(
            no_keys_is_an_empty_answer,
            get_items,
            "An empty request is answered with nothing, not refused."
        ),
        case!(
            many_keys_are_answered,
            get_items,
            "More keys than any service takes in one call are all accounted for."
        ),
        case!(items_belong_to_their_keys, get_items, "The item under a key has that key's ASIN."),
        case!(links_carry_the_tag_of_the_request, get_items, "Every link carries the tag asked for, once."),
        case!(
            links_lead_to_the_shop_of_the_request,
            get_items,
            "Every link leads to the shop asked, by https."
        ),
        case!(links_carry_no_tag_unasked, untagged, "Without a tag in the request no link carries one."),
        case!(
            unknown_key_is_missing,
            unknown,
            "A key the source does not know is missing, and the others are not."
        ),
        case!(
            offers_expire,
            get_items,
            "An offer cannot be read after its hour; sources with offers give some, others none."
        ),
        case!(
            shop_words_and_pictures_expire,
            get_items,
            "Amazon's words and pictures cannot be read after their day, and none pass for the author's."
        ),
        case!(
            degraded_items_say_when_they_were_made,
            get_items,
            "What was fetched says when; what was made here does not pretend."
        ),
        case!(
            cancelled_request_is_an_error,
            get_items,
            "A request taken back is an error of kind `cancelled`."
        ),
        case!(search_always_has_a_link, search, "Every search has the shop's own page for it, with the tag."),
        case!(
            search_for_odd_words_is_safe,
            search,
            "Words of any script and any sign make a link, not an error."
        ),
        case!(answer_fits_the_question, get_items, "The answer is of the operation that was asked."),
        case!(
            unsupported_query_is_an_error,
            lacking,
            "A query the source cannot answer is an error, not an empty answer."
        ),
        case!(one_source_serves_many_callers, get_items, "Calls at the same time do not disturb each other."),
    ]
}

fn get_items(fixture: &dyn SourceFixture) -> Result<(), &'static str> {
    if fixture.capabilities().get_items { Ok(()) } else { Err("does not answer get_items") }
}

/// A source that asks a service needs a tag; one that asks nobody does not.
fn untagged(fixture: &dyn SourceFixture) -> Result<(), &'static str> {
    get_items(fixture)?;
    if fixture.capabilities().offers { Err("asks only with a tag") } else { Ok(()) }
}

fn unknown(fixture: &dyn SourceFixture) -> Result<(), &'static str> {
    get_items(fixture)?;
    if fixture.unknown().is_some() { Ok(()) } else { Err("knows every key") }
}

fn search(fixture: &dyn SourceFixture) -> Result<(), &'static str> {
    if fixture.capabilities().search_items { Ok(()) } else { Err("does not answer search_items") }
}

fn lacking(fixture: &dyn SourceFixture) -> Result<(), &'static str> {
    let capabilities = fixture.capabilities();
    if capabilities.get_items && capabilities.search_items { Err("answers every query") } else { Ok(()) }
}

fn context(fixture: &dyn SourceFixture) -> RequestContext {
    RequestContext::tagged(Account::new("conformance"), fixture.tag())
}

/// How often a link has the parameter `tag`, and whether always with this value.
fn tags_in(url: &str) -> Vec<&str> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    query.split('&').filter_map(|parameter| parameter.strip_prefix("tag=")).collect()
}

fn check_link(url: &str, tag: &PartnerTag) -> Outcome {
    let prefix = format!("https://{}/", tag.marketplace().host());
    check(url.starts_with(&prefix), || format!("a link to another place than {prefix}: {url}"))?;
    check_equal("tags in a link", &tags_in(url), &vec![tag.as_str()])
}

async fn found(
    fixture: &dyn SourceFixture,
    context: &RequestContext,
) -> Result<Vec<(Asin, Sourced<Arc<Item>>)>, Failure> {
    let batch = fixture.open().await?.get_items(context, &fixture.known()).await?;
    check(!batch.found().is_empty(), || "none of the known keys was found".to_owned())?;
    Ok(batch.found().to_vec())
}

async fn every_key_is_accounted_for_once(fixture: &dyn SourceFixture) -> Outcome {
    let mut keys = fixture.known();
    keys.extend(fixture.unknown());
    let batch = fixture.open().await?.get_items(&context(fixture), &keys).await?;
    check_equal("keys accounted for", &batch.len(), &keys.len())?;
    for key in keys {
        let times = batch.found().iter().filter(|(found, _)| *found == key).count()
            + batch.missing().iter().filter(|(missing, _)| *missing == key).count();
        check_equal(&format!("times `{key}` is in the answer"), &times, &1)?;
    }
    Ok(())
}

async fn answers_keep_the_order_of_the_request(fixture: &dyn SourceFixture) -> Outcome {
    let mut keys = fixture.known();
    keys.reverse();
    let batch = fixture.open().await?.get_items(&context(fixture), &keys).await?;
    let found: Vec<Asin> = batch.found().iter().map(|(key, _)| *key).collect();
    check_equal("order of the found keys", &found, &keys)
}

async fn repeated_keys_are_answered_once(fixture: &dyn SourceFixture) -> Outcome {
    let known = fixture.known();
    let twice: Vec<Asin> = known.iter().chain(&known).copied().collect();
    let batch = fixture.open().await?.get_items(&context(fixture), &twice).await?;
    check_equal("keys accounted for", &batch.len(), &known.len())
}

async fn no_keys_is_an_empty_answer(fixture: &dyn SourceFixture) -> Outcome {
    let batch = fixture.open().await?.get_items(&context(fixture), &[]).await?;
    check(batch.is_empty(), || format!("an empty request gave {} entries", batch.len()))
}

async fn many_keys_are_answered(fixture: &dyn SourceFixture) -> Outcome {
    let keys: Vec<Asin> = (0..57).filter_map(|n| Asin::parse(&format!("B0CONF{n:04}")).ok()).collect();
    let batch = fixture.open().await?.get_items(&context(fixture), &keys).await?;
    check_equal("keys accounted for", &batch.len(), &57)
}

async fn items_belong_to_their_keys(fixture: &dyn SourceFixture) -> Outcome {
    for (key, item) in found(fixture, &context(fixture)).await? {
        check_equal("ASIN of the item", &item.value.asin, &key)?;
    }
    Ok(())
}

async fn links_carry_the_tag_of_the_request(fixture: &dyn SourceFixture) -> Outcome {
    for (_, item) in found(fixture, &context(fixture)).await? {
        let expected = vec![fixture.tag().as_str().to_owned()];
        let tags: Vec<String> = tags_in(&item.value.detail_page_url).into_iter().map(str::to_owned).collect();
        check_equal("tags in a link", &tags, &expected)?;
    }
    Ok(())
}

async fn links_lead_to_the_shop_of_the_request(fixture: &dyn SourceFixture) -> Outcome {
    for (key, item) in found(fixture, &context(fixture)).await? {
        let url = &item.value.detail_page_url;
        check_link(url, &fixture.tag())?;
        check(url.contains(key.as_str()), || format!("a link to another product than `{key}`: {url}"))?;
    }
    Ok(())
}

async fn links_carry_no_tag_unasked(fixture: &dyn SourceFixture) -> Outcome {
    let untagged = RequestContext::untagged(Account::new("conformance"), fixture.tag().marketplace());
    for (_, item) in found(fixture, &untagged).await? {
        check_equal("tags in a link", &tags_in(&item.value.detail_page_url), &vec![])?;
    }
    Ok(())
}

async fn unknown_key_is_missing(fixture: &dyn SourceFixture) -> Outcome {
    let Some(unknown) = fixture.unknown() else { return Ok(()) };
    let mut keys = fixture.known();
    keys.insert(1, unknown);
    let batch = fixture.open().await?.get_items(&context(fixture), &keys).await?;
    check_equal("found keys", &batch.found().len(), &(keys.len() - 1))?;
    match batch.missing() {
        [(key, MissingReason::NotFound | MissingReason::NotAccessible { .. })] => {
            check_equal("missing key", key, &unknown)
        }
        other => Err(Failure::new(format!("expected one missing key, found {other:?}"))),
    }
}

async fn offers_expire(fixture: &dyn SourceFixture) -> Outcome {
    let offers = fixture.capabilities().offers;
    let mut seen = 0;
    for (key, item) in found(fixture, &context(fixture)).await? {
        let Some(offer) = &item.value.offers else { continue };
        seen += 1;
        check(offers, || format!("an offer for `{key}` from a source without offers"))?;
        check_lifetime(&format!("the offer for `{key}`"), offer, Offers::LIFETIME)?;
    }
    check(seen > 0 || !offers, || "no offer at all from a source with offers".to_owned())
}

async fn shop_words_and_pictures_expire(fixture: &dyn SourceFixture) -> Outcome {
    for (key, item) in found(fixture, &context(fixture)).await? {
        let own = item.value.image.as_ref();
        check(own.is_none_or(|image| image.owner == ImageOwner::Author), || {
            format!("a picture of Amazon's for `{key}` in the author's place")
        })?;
        let Some(info) = &item.value.shop_info else { continue };
        check_lifetime(&format!("what the shop says of `{key}`"), info, ShopInfo::LIFETIME)?;
        let Some(readable) = info.at(info.fetched_at()) else { continue };
        let mut pictures = readable.images.iter();
        check(pictures.all(|image| image.owner == ImageOwner::Amazon), || {
            format!("a picture of the author's for `{key}` among the shop's")
        })?;
    }
    Ok(())
}

fn check_lifetime<T>(what: &str, value: &Perishable<T>, longest: Duration) -> Outcome {
    check(value.at(value.expires_at()).is_none(), || format!("{what} outlives its time"))?;
    let lifetime = value.expires_at().since(value.fetched_at());
    check(lifetime <= longest, || format!("{what} lives {} s, not {}", lifetime.as_secs(), longest.as_secs()))
}

async fn degraded_items_say_when_they_were_made(fixture: &dyn SourceFixture) -> Outcome {
    use linkwright_core::Source;
    for (key, item) in found(fixture, &context(fixture)).await? {
        let asked = matches!(item.source, Source::Creators | Source::Cache);
        check(asked == item.fetched_at.is_some(), || {
            format!("`{key}` from {} with the time {:?}", item.source, item.fetched_at)
        })?;
    }
    Ok(())
}

async fn cancelled_request_is_an_error(fixture: &dyn SourceFixture) -> Outcome {
    let context = context(fixture);
    context.cancellation.cancel();
    let answer = fixture.open().await?.get_items(&context, &fixture.known()).await;
    expect_kind("a request that was taken back", answer, ErrorKind::Cancelled).map(drop)
}

async fn search_always_has_a_link(fixture: &dyn SourceFixture) -> Outcome {
    let page = fixture.open().await?.search(&context(fixture), "usb c cable").await?;
    check_link(&page.search_url, &fixture.tag())?;
    for item in &page.items {
        check_link(&item.value.detail_page_url, &fixture.tag())?;
    }
    Ok(())
}

async fn search_for_odd_words_is_safe(fixture: &dyn SourceFixture) -> Outcome {
    let source = fixture.open().await?;
    for words in ["Wasserkocher für 2 & mehr", "電気ケトル", "100% \"cotton\"", "a&tag=somebody-20", "#?/\\"]
    {
        let page = source.search(&context(fixture), words).await?;
        check_link(&page.search_url, &fixture.tag())?;
    }
    Ok(())
}

async fn answer_fits_the_question(fixture: &dyn SourceFixture) -> Outcome {
    let query: Query = GetItems::new(fixture.known()).into();
    match fixture.open().await?.call(&context(fixture), query).await? {
        Answer::Items(_) => Ok(()),
        other => Err(Failure::new(format!("asked for items, answered {other:?}"))),
    }
}

async fn unsupported_query_is_an_error(fixture: &dyn SourceFixture) -> Outcome {
    let source = fixture.open().await?;
    let capabilities = fixture.capabilities();
    let mut queries: Vec<Query> = Vec::new();
    if !capabilities.get_items {
        queries.push(GetItems::new(fixture.known()).into());
    }
    if !capabilities.search_items {
        queries.push(SearchItems::new("kettle").into());
    }
    for query in queries {
        let name = query.name();
        let answer = source.call(&context(fixture), query).await;
        expect_kind(&format!("the query `{name}`"), answer, ErrorKind::Unsupported)?;
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
