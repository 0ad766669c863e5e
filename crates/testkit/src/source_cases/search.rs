//! Searches: products or a link, pages that go on and end.

use std::collections::HashSet;

use linkwright_core::{Asin, PageBounds, ProductSource, ProductSourceExt, SearchItems, SearchPage, Sourced};

use super::needs::{empty_search, search, search_with_products};
use super::whole::Forgetful;
use super::{SourceCase, case, check_item, check_link, check_time, context};
use crate::case::{Failure, Outcome, check, check_equal};
use crate::source_fixture::SourceFixture;

pub(super) fn cases() -> Vec<SourceCase> {
    vec![
        case!(
            search_gives_products_or_a_link,
            search,
            "A search that finds something has products or the shop's own page, all with the tag."
        ),
        case!(
            search_for_odd_words_is_safe,
            search,
            "Words of any script and any sign make an answer, not an error."
        ),
        case!(
            empty_search_is_an_empty_page,
            empty_search,
            "A search without results is a page without products."
        ),
        case!(
            pages_of_a_search_go_on_and_end,
            search_with_products,
            "A page names a later one or none, and a page after the last is empty."
        ),
        case!(
            pages_of_a_search_differ,
            search_with_products,
            "No product is on two pages of a search, and no page has more than asked for."
        ),
        case!(
            search_goes_on_where_it_failed,
            search_with_products,
            "After a lost answer the same page can be asked for again, and nothing is left out or repeated."
        ),
    ]
}

/// Pages of two, which every fixture's search fills more than one of.
fn by_twos(fixture: &dyn SourceFixture) -> SearchItems {
    let mut search = SearchItems::new(fixture.words());
    search.item_count = Some(2);
    search
}

/// More pages than Amazon gives of anything.
const PAGES: PageBounds = PageBounds::SEARCH;

fn check_page(fixture: &dyn SourceFixture, page: &Sourced<SearchPage>) -> Outcome {
    check_time("the page", page)?;
    if let Some(url) = &page.value.search_url {
        check_link(url, &fixture.tag())?;
    }
    page.value.items.iter().try_for_each(|item| check_item(fixture, item))
}

async fn search_gives_products_or_a_link(fixture: &dyn SourceFixture) -> Outcome {
    let page = fixture.open().await?.search(&context(fixture), &fixture.words()).await?;
    check_page(fixture, &page)?;
    check(!page.value.items.is_empty() || page.value.search_url.is_some(), || {
        format!("neither a product nor a link for: `{}`", fixture.words())
    })?;
    let offers = fixture.capabilities().offers;
    check(!offers || !page.value.items.is_empty(), || "no product from a source that has them".to_owned())
}

async fn search_for_odd_words_is_safe(fixture: &dyn SourceFixture) -> Outcome {
    let source = fixture.open().await?;
    for words in ["Wasserkocher für 2 & mehr", "電気ケトル", "100% \"cotton\"", "a&tag=somebody-20", "#?/\\"]
    {
        check_page(fixture, &source.search(&context(fixture), words).await?)?;
    }
    Ok(())
}

async fn empty_search_is_an_empty_page(fixture: &dyn SourceFixture) -> Outcome {
    let Some(words) = fixture.words_without_results() else { return Ok(()) };
    let page = fixture.open().await?.search(&context(fixture), &words).await?;
    check_page(fixture, &page)?;
    check_equal("products of a search without results", &page.value.items.len(), &0)?;
    check_equal("the page after that", &page.value.next_page, &None)
}

async fn pages_of_a_search_go_on_and_end(fixture: &dyn SourceFixture) -> Outcome {
    let source = fixture.open().await?;
    let (context, search) = (context(fixture), by_twos(fixture));
    let mut number = 1;
    let mut seen = 0;
    while seen < PAGES.pages {
        let page = source.run(&context, search.page(number)).await?;
        check_page(fixture, &page)?;
        seen += 1;
        let Some(next) = page.value.next_page else { break };
        // Only a search that sorts out on this side may have such a page between others.
        check(!page.value.items.is_empty(), || format!("page {number} is empty, and {next} comes after it"))?;
        check(next > number, || format!("page {number} says that {next} comes after it"))?;
        number = next;
    }
    check(seen > 1, || "the search has one page only".to_owned())?;
    // Amazon gives ten pages at most, and an error for those after.
    if number < PAGES.pages {
        let after = source.run(&context, search.page(number + 1)).await?;
        check_equal("products on the page after the last", &after.value.items.len(), &0)?;
        check_equal("the page after that", &after.value.next_page, &None)?;
    }
    Ok(())
}

async fn pages_of_a_search_differ(fixture: &dyn SourceFixture) -> Outcome {
    let source = fixture.open().await?;
    let (context, search) = (context(fixture), by_twos(fixture));
    let mut seen: HashSet<Asin> = HashSet::new();
    for number in 1..=2 {
        let page = source.run(&context, search.page(number)).await?;
        check(page.value.items.len() <= 2, || {
            format!("{} products on a page of two", page.value.items.len())
        })?;
        for item in &page.value.items {
            let asin = item.value.asin;
            check(seen.insert(asin), || format!("`{asin}` is on two pages"))?;
        }
    }
    Ok(())
}

async fn search_goes_on_where_it_failed(fixture: &dyn SourceFixture) -> Outcome {
    let source = fixture.open().await?;
    let expected = all(fixture, &*source).await?;
    let forgetful = Forgetful::new(source);
    check_equal("products of a search with lost answers", &all(fixture, &forgetful).await?, &expected)
}

async fn all<S: ProductSource + ?Sized>(
    fixture: &dyn SourceFixture,
    source: &S,
) -> Result<Vec<Asin>, Failure> {
    let context = context(fixture);
    let items = source.search_all(&context, by_twos(fixture), PageBounds::items(5));
    let asins = super::whole::asins_after_failures(items).await?;
    let distinct: HashSet<&Asin> = asins.iter().collect();
    check(distinct.len() == asins.len(), || format!("products are repeated: {asins:?}"))?;
    Ok(asins)
}
