//! Categories by their numbers: accounting, order, links, and how long what Amazon says lasts.

use linkwright_core::{Batch, BrowseNode, BrowseNodeId, BrowseNodePage, MissingReason, ProductSourceExt};

use super::needs::{browse_nodes, unknown_browse_node};
use super::{SourceCase, case, check_lifetime, check_link, check_time, context};
use crate::case::{Failure, Outcome, check, check_equal};
use crate::source_fixture::SourceFixture;

pub(super) fn cases() -> Vec<SourceCase> {
    vec![
        case!(
            every_category_is_accounted_for_once,
            browse_nodes,
            "Every distinct category is found or missing, never both, in the order of the request."
        ),
        case!(no_categories_is_an_empty_answer, browse_nodes, "An empty request is answered with nothing."),
        case!(
            many_categories_are_answered,
            browse_nodes,
            "More categories than any service takes in one call are all accounted for."
        ),
        case!(
            unknown_category_is_missing,
            unknown_browse_node,
            "A category the source does not know is missing, and the others are not."
        ),
        case!(
            categories_have_a_name_or_a_link,
            browse_nodes,
            "What is found is the category asked for: its name, for an hour, or its page, with the tag."
        ),
    ]
}

fn known(fixture: &dyn SourceFixture) -> Result<Vec<BrowseNodeId>, Failure> {
    let known = fixture.known_browse_nodes();
    check(known.len() >= 3, || "the fixture names fewer than three categories".to_owned())?;
    Ok(known)
}

type Found = Batch<BrowseNodePage, BrowseNodeId>;

async fn asked(fixture: &dyn SourceFixture, ids: &[BrowseNodeId]) -> Result<Found, Failure> {
    Ok(fixture.open().await?.browse_nodes(&context(fixture), ids).await?)
}

async fn every_category_is_accounted_for_once(fixture: &dyn SourceFixture) -> Outcome {
    let mut ids = known(fixture)?;
    ids.reverse();
    ids.extend(fixture.unknown_browse_node());
    let twice: Vec<BrowseNodeId> = ids.iter().chain(&ids).copied().collect();
    let batch = asked(fixture, &twice).await?;
    let order: Vec<BrowseNodeId> = batch.iter().map(|(id, _)| *id).collect();
    check_equal("categories accounted for", &order, &ids)
}

async fn no_categories_is_an_empty_answer(fixture: &dyn SourceFixture) -> Outcome {
    let batch = asked(fixture, &[]).await?;
    check(batch.is_empty(), || format!("an empty request gave {} entries", batch.len()))
}

async fn many_categories_are_answered(fixture: &dyn SourceFixture) -> Outcome {
    let ids: Vec<BrowseNodeId> = (0..23).filter_map(|n| format!("9{n:05}").parse().ok()).collect();
    check_equal("categories accounted for", &asked(fixture, &ids).await?.len(), &23)
}

async fn unknown_category_is_missing(fixture: &dyn SourceFixture) -> Outcome {
    let Some(unknown) = fixture.unknown_browse_node() else { return Ok(()) };
    let mut ids = known(fixture)?;
    ids.insert(1, unknown);
    let batch = asked(fixture, &ids).await?;
    check_equal("found categories", &batch.found().len(), &(ids.len() - 1))?;
    match batch.missing() {
        [(id, MissingReason::NotFound | MissingReason::NotAccessible { .. })] => {
            check_equal("missing category", id, &unknown)
        }
        other => Err(Failure::new(format!("expected one missing category, found {other:?}"))),
    }
}

async fn categories_have_a_name_or_a_link(fixture: &dyn SourceFixture) -> Outcome {
    let batch = asked(fixture, &known(fixture)?).await?;
    check(!batch.found().is_empty(), || "none of the known categories was found".to_owned())?;
    for (id, page) in batch.found() {
        let BrowseNodePage { url, node, .. } = &*page.value;
        check_time(&format!("the category {id}"), page)?;
        check(url.is_some() || node.is_some(), || format!("neither a name nor a link for: `{id}`"))?;
        if let Some(url) = url {
            check_link(url, &fixture.tag())?;
            check(url.contains(&id.to_string()), || {
                format!("a link to another category than `{id}`: {url}")
            })?;
        }
        let Some(node) = node else { continue };
        check_lifetime(&format!("the category {id}"), node, BrowseNode::LIFETIME)?;
        let said = node.at(node.fetched_at()).and_then(|node| node.id.clone());
        check_equal("number of the category", &said, &Some(id.to_string()))?;
    }
    Ok(())
}
