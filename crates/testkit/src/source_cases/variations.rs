//! Variations of a product: products or a link, pages that go on and end.

use std::collections::HashSet;

use linkwright_core::{
    Asin, ErrorKind, GetVariations, PageBounds, ProductSource, ProductSourceExt, Sourced, VariationSummary,
    VariationsPage,
};

use super::needs::{no_variations, variations, variations_with_products};
use super::whole::{Forgetful, asins_after_failures};
use super::{SourceCase, case, check_item, check_lifetime, check_link, check_time, context};
use crate::case::{Failure, Outcome, check, check_equal, expect_kind};
use crate::source_fixture::SourceFixture;

pub(super) fn cases() -> Vec<SourceCase> {
    vec![
        case!(
            variations_are_products_or_a_link,
            variations,
            "The answer has products or the product's own page, all with the tag, and no price outlives its hour."
        ),
        case!(
            no_variations_are_an_error,
            no_variations,
            "That a product has no variations is an error of kind `not_found`, not an empty page."
        ),
        case!(
            pages_of_variations_go_on_and_end,
            variations_with_products,
            "A page names a later one or none, no product is on two, and a page after the last is empty."
        ),
        case!(
            variations_go_on_where_they_failed,
            variations_with_products,
            "After a lost answer the same page can be asked for again, and nothing is left out or repeated."
        ),
    ]
}

/// The fixture's product with variations, in pages of two.
fn by_twos(fixture: &dyn SourceFixture) -> Result<GetVariations, Failure> {
    let product = fixture.with_variations();
    let product = product.ok_or_else(|| Failure::new("the fixture names no product with variations"))?;
    let mut variations = GetVariations::new(product);
    variations.variation_count = Some(2);
    Ok(variations)
}

fn check_page(fixture: &dyn SourceFixture, asked: Asin, page: &Sourced<VariationsPage>) -> Outcome {
    check_time("the page", page)?;
    if let Some(url) = &page.value.product_url {
        check_link(url, &fixture.tag())?;
        check(url.contains(asked.as_str()), || format!("a link to another product than `{asked}`: {url}"))?;
    }
    if let Some(summary) = &page.value.summary {
        check_lifetime("the summary", summary, VariationSummary::LIFETIME)?;
    }
    page.value.items.iter().try_for_each(|item| check_item(fixture, item))
}

async fn variations_are_products_or_a_link(fixture: &dyn SourceFixture) -> Outcome {
    let asked = by_twos(fixture)?.asin;
    let page = fixture.open().await?.variations(&context(fixture), asked).await?;
    check_page(fixture, asked, &page)?;
    check(!page.value.items.is_empty() || page.value.product_url.is_some(), || {
        format!("neither a product nor a link for: `{asked}`")
    })?;
    let offers = fixture.capabilities().offers;
    check(!offers || !page.value.items.is_empty(), || "no product from a source that has them".to_owned())
}

async fn no_variations_are_an_error(fixture: &dyn SourceFixture) -> Outcome {
    let Some(asin) = fixture.without_variations() else { return Ok(()) };
    let answer = fixture.open().await?.variations(&context(fixture), asin).await;
    expect_kind(&format!("the variations of `{asin}`"), answer, ErrorKind::NotFound).map(drop)
}

async fn pages_of_variations_go_on_and_end(fixture: &dyn SourceFixture) -> Outcome {
    let source = fixture.open().await?;
    let (context, asked) = (context(fixture), by_twos(fixture)?);
    let mut seen: HashSet<Asin> = HashSet::new();
    let mut number = 1;
    // More pages of two than any product of a fixture fills.
    for _ in 0..100 {
        let page = source.run(&context, asked.page(number)).await?;
        check_page(fixture, asked.asin, &page)?;
        check(page.value.items.len() <= 2, || {
            format!("{} products on a page of two", page.value.items.len())
        })?;
        for item in &page.value.items {
            let asin = item.value.asin;
            check(seen.insert(asin), || format!("`{asin}` is on two pages"))?;
        }
        let Some(next) = page.value.next_page else {
            check(number > 1, || "the variations fill one page only".to_owned())?;
            let after = source.run(&context, asked.page(number + 1)).await?;
            check_equal("products on the page after the last", &after.value.items.len(), &0)?;
            return check_equal("the page after that", &after.value.next_page, &None);
        };
        check(next > number, || format!("page {number} says that {next} comes after it"))?;
        number = next;
    }
    Err(Failure::new("the pages do not end"))
}

async fn variations_go_on_where_they_failed(fixture: &dyn SourceFixture) -> Outcome {
    let source = fixture.open().await?;
    let expected = all(fixture, &*source).await?;
    let forgetful = Forgetful::new(source);
    check_equal("variations with lost answers", &all(fixture, &forgetful).await?, &expected)
}

async fn all<S: ProductSource + ?Sized>(
    fixture: &dyn SourceFixture,
    source: &S,
) -> Result<Vec<Asin>, Failure> {
    let (context, asked) = (context(fixture), by_twos(fixture)?);
    asins_after_failures(source.variations_all(&context, asked, PageBounds::items(5))).await
}
