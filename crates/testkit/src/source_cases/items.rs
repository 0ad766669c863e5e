//! Products by their numbers: accounting, order, links, and how long what Amazon says lasts.

use linkwright_core::{Asin, Item, MissingReason, ProductSourceExt, RequestContext, Sourced};

use std::sync::Arc;

use super::needs::{get_items, unknown};
use super::{SourceCase, case, check_link, check_offers, check_shop_info, check_time, context, tags_in};
use crate::case::{Failure, Outcome, check, check_equal};
use crate::source_fixture::SourceFixture;

pub(super) fn cases() -> Vec<SourceCase> {
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
    ]
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
    for (_, item) in found(fixture, &context(fixture)).await? {
        seen += u32::from(item.value.offers.is_some());
        check_offers(fixture, &item.value)?;
    }
    check(seen > 0 || !offers, || "no offer at all from a source with offers".to_owned())
}

async fn shop_words_and_pictures_expire(fixture: &dyn SourceFixture) -> Outcome {
    for (_, item) in found(fixture, &context(fixture)).await? {
        check_shop_info(&item.value)?;
    }
    Ok(())
}

async fn degraded_items_say_when_they_were_made(fixture: &dyn SourceFixture) -> Outcome {
    for (key, item) in found(fixture, &context(fixture)).await? {
        check_time(&format!("`{key}`"), &item)?;
    }
    Ok(())
}
