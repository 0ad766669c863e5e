//! Searches and variations: a page, what follows it, and what there is not.

use futures_util::StreamExt;
use linkwright_core::{
    ErrorKind, GetVariations, PageBounds, ProductSourceExt, Resource, Resources, SearchItems,
};
use linkwright_http::{Request, Response};

use crate::support::{Script, World, answer, asin, body, context};

const NOTHING: &str = r#"{"type":"ResourceNotFoundException","message":"No results found for your search request","resourceId":"kettle","resourceType":"SearchResult"}"#;

/// An item that saves so many percent.
fn item(number: usize, percent: u64) -> String {
    let asin = format!("B{number:09}");
    format!(
        r#"{{"asin":"{asin}","detailPageURL":"https://www.amazon.com/dp/{asin}?tag=demo-20&linkCode=osi","offersV2":{{"listings":[{{"price":{{"money":{{"amount":10.0,"currency":"USD"}},"savings":{{"percentage":{percent}}}}}}}]}}}}"#
    )
}

fn page(numbers: std::ops::Range<usize>, total: usize) -> Response {
    let items: Vec<String> = numbers.map(|number| item(number, number as u64)).collect();
    answer(
        200,
        &format!(
            r#"{{"searchResult":{{"totalResultCount":{total},"searchURL":"https://www.amazon.com/s?k=kettle&tag=demo-20","items":[{}]}}}}"#,
            items.join(",")
        ),
    )
}

fn member(request: &Request, name: &str) -> Option<usize> {
    let body = body(request);
    let after = body.split(&format!("\"{name}\":")).nth(1)?;
    after.split([',', '}']).next()?.parse().ok()
}

/// Answers the pages of a search with so many products.
fn search_of(total: usize) -> std::sync::Arc<Script> {
    Script::with_token(move |request| {
        let count = member(request, "itemCount").unwrap_or(10);
        let first = (member(request, "itemPage").unwrap_or(1) - 1) * count;
        if first >= total { answer(404, NOTHING) } else { page(first..total.min(first + count), total) }
    })
}

#[tokio::test]
async fn a_search_without_results_is_an_empty_page() {
    let page = World::new(search_of(0)).source().search(&context(), "kettle").await.unwrap();
    assert_eq!((page.value.items.len(), page.value.next_page, page.degraded), (0, None, None));
}

#[tokio::test]
async fn a_page_says_which_one_follows() {
    // How many there are, which page of how many, and what follows.
    for (total, asked, count, found, next) in [
        (3, 1, 10, 3, None),
        (10, 1, 10, 10, None),
        (11, 1, 10, 10, Some(2)),
        (11, 2, 10, 1, None),
        (1000, 10, 10, 10, None),
        (4, 1, 2, 2, Some(2)),
        (4, 2, 2, 2, None),
    ] {
        let mut search = SearchItems::new("kettle").page(asked);
        search.item_count = Some(count);
        let page = World::new(search_of(total)).source().run(&context(), search).await.unwrap().value;
        assert_eq!((page.items.len(), page.next_page), (found, next), "{total} {asked} {count}");
        assert_eq!(page.total, Some(total as u64));
        assert_eq!(page.search_url.as_deref(), Some("https://www.amazon.com/s?k=kettle&tag=demo-20"));
    }
}

#[tokio::test]
async fn all_pages_are_read_within_the_bounds() {
    for (total, bounds, items, calls) in [
        (0, PageBounds::SEARCH, 0, 1),
        (25, PageBounds::SEARCH, 25, 3),
        (1000, PageBounds::SEARCH, 100, 10),
        (1000, PageBounds::items(15), 15, 2),
        (1000, PageBounds::items(20), 20, 2),
        (1000, PageBounds::pages(1), 10, 1),
        (1000, PageBounds::pages(50), 100, 10),
    ] {
        let script = search_of(total);
        let (source, context) = (World::new(script.clone()).source(), context());
        let found: Vec<_> = source.search_all(&context, SearchItems::new("kettle"), bounds).collect().await;
        assert!(found.iter().all(Result::is_ok));
        assert_eq!((found.len(), script.calls().len()), (items, calls), "{total} {bounds:?}");
    }
}

#[tokio::test]
async fn savings_are_checked_here_on_request() {
    let script = search_of(25);
    let (source, context) = (World::new(script.clone()).source(), context());
    let search = SearchItems::new("kettle").with_resources(Resources::LINK).with_min_saving_percent(18);
    let found: Vec<_> = source.search_all(&context, search, PageBounds::SEARCH).collect().await;
    let percent: Vec<String> =
        found.iter().map(|item| item.as_ref().unwrap().value.asin.to_string()).collect();
    // The first page has none of them, and is not the last one for that.
    let expected: Vec<String> = (18..25).map(|number| format!("B{number:09}")).collect();
    assert_eq!(percent, expected);
    let sent = body(&script.calls()[0]);
    assert!(sent.contains(r#""minSavingPercent":18"#) && sent.contains(Resource::Price.as_str()), "{sent}");

    let mut trusting = SearchItems::new("kettle");
    trusting.min_saving_percent = Some(18);
    let page = source.run(&context, trusting).await.unwrap();
    assert_eq!(page.value.items.len(), 10, "Amazon's word is taken unless asked otherwise");
}

#[tokio::test]
async fn the_saving_that_counts_is_that_of_the_offer_that_is_shown() {
    let listing = |percent, featured| {
        format!(
            r#"{{"isBuyBoxWinner":{featured},"price":{{"money":{{"amount":10.0,"currency":"USD"}},"savings":{{"percentage":{percent}}}}}}}"#
        )
    };
    // What is shown saves so much, what is beside it so much.
    for (shown, beside, found) in [(5, 50, 0), (50, 5, 1), (20, 0, 1), (19, 20, 0)] {
        let body = format!(
            r#"{{"searchResult":{{"items":[{{"asin":"B000000001","detailPageURL":"u","offersV2":{{"listings":[{},{}]}}}}]}}}}"#,
            listing(beside, false),
            listing(shown, true)
        );
        let world = World::new(Script::with_token(move |_| answer(200, &body)));
        let search = SearchItems::new("kettle").with_min_saving_percent(20);
        let page = world.source().run(&context(), search).await.unwrap().value;
        assert_eq!(page.items.len(), found, "{shown} {beside}");
    }
}

/// Answers the pages of the variations of a product: 23 of them.
fn variations() -> std::sync::Arc<Script> {
    Script::with_token(|request| {
        let first = (member(request, "variationPage").unwrap_or(1) - 1) * 10;
        if first >= 23 {
            return answer(
                404,
                r#"{"type":"ResourceNotFoundException","message":"none","resourceType":"Item"}"#,
            );
        }
        let items: Vec<String> = (first..23.min(first + 10)).map(|number| item(number, 1)).collect();
        answer(
            200,
            &format!(
                r#"{{"variationsResult":{{"items":[{}],"variationSummary":{{"pageCount":3,"variationCount":23,"price":{{"lowestPrice":{{"amount":5.0,"currency":"USD","displayAmount":"$5.00"}}}},"variationDimensions":[{{"name":"color_name","displayName":"Color","values":["Red","Blue"]}}]}}}}}}"#,
                items.join(",")
            ),
        )
    })
}

#[tokio::test]
async fn variations_come_in_pages_with_a_summary_that_perishes() {
    let world = World::new(variations());
    let (source, context) = (world.source(), context());
    let page = source.variations(&context, asin("B000000001")).await.unwrap();
    let (fetched, page) = (page.fetched_at.unwrap(), page.value);
    assert_eq!((page.items.len(), page.next_page), (10, Some(2)));
    let summary = page.summary.unwrap();
    let fresh = summary.at(fetched).unwrap();
    assert_eq!((fresh.variation_count, fresh.page_count), (Some(23), Some(3)));
    assert_eq!(fresh.lowest_price.as_ref().unwrap().display, "$5.00");
    assert_eq!(fresh.dimensions[0].values, ["Red", "Blue"]);
    assert!(summary.at(fetched.plus(std::time::Duration::from_secs(3601))).is_none());

    let all: Vec<_> = source
        .variations_all(&context, GetVariations::new(asin("B000000001")), PageBounds::pages(100))
        .collect()
        .await;
    assert_eq!(all.len(), 23);
    let beyond = source.run(&context, GetVariations::new(asin("B000000001")).page(4)).await.unwrap();
    assert_eq!((beyond.value.items.len(), beyond.value.next_page), (0, None));
}

#[tokio::test]
async fn no_page_follows_the_last_that_has_a_number() {
    let body = r#"{"variationsResult":{"items":[],"variationSummary":{"pageCount":5000000000}}}"#;
    let source = World::new(Script::with_token(move |_| answer(200, body))).source();
    for (asked, next) in [(u32::MAX - 1, Some(u32::MAX)), (u32::MAX, None)] {
        let variations = GetVariations::new(asin("B000000001")).page(asked);
        assert_eq!(source.run(&context(), variations).await.unwrap().value.next_page, next);
    }
}

#[tokio::test]
async fn a_product_without_variations_is_not_found() {
    let script = Script::with_token(|_| {
        answer(
            404,
            r#"{"type":"ResourceNotFoundException","message":"none","resourceId":"B000000001","resourceType":"Item"}"#,
        )
    });
    let error = World::new(script).source().variations(&context(), asin("B000000001")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.message(), "the shop has no variations of this product: `B000000001`");
}
