//! Streams over pages: which pages are asked for, what is given of them, and how they go on after a failure.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use futures_util::{FutureExt as _, StreamExt as _};
use linkwright_core::{
    Account, Answer, Asin, BoxStream, Error, ErrorKind, GetVariations, Item, Marketplace, PageBounds,
    ProductSource, ProductSourceExt as _, Query, RequestContext, Result, SearchItems, SearchPage, Source,
    SourceCapabilities, SourceInfo, Sourced, Timestamp, VariationsPage,
};

/// What a source answers to each call: a page's products and the page after it, or a failure.
type Calls = Vec<(u32, Result<Said, ErrorKind>)>;
type Said = (Vec<u32>, Option<u32>);

/// Answers the calls it expects, in order, and no others.
#[derive(Debug)]
struct Expecting {
    calls: Mutex<std::vec::IntoIter<(u32, Result<Said, ErrorKind>)>>,
}

fn asin(number: u32) -> Asin {
    Asin::parse(&format!("B0PAGES{number:03}")).unwrap()
}

fn items(numbers: &[u32]) -> Vec<Sourced<Arc<Item>>> {
    let at = Timestamp::from_unix_seconds(0);
    let item =
        |number: &u32| Item::new(asin(*number), format!("https://www.amazon.com/dp/{}", asin(*number)));
    numbers.iter().map(|number| Sourced::fetched(Arc::new(item(number)), Source::Creators, at)).collect()
}

#[async_trait]
impl ProductSource for Expecting {
    fn info(&self) -> SourceInfo {
        SourceInfo::new("expecting")
    }

    fn capabilities(&self) -> SourceCapabilities {
        SourceCapabilities::NONE
    }

    async fn call(&self, _: &RequestContext, query: Query) -> Result<Answer> {
        let asked = match &query {
            Query::SearchItems(search) => search.item_page,
            Query::GetVariations(variations) => variations.variation_page,
            other => panic!("not of a page: {other:?}"),
        };
        let (page, said) = self.calls.lock().unwrap().next().expect("this call is one too many");
        assert_eq!(asked, Some(page));
        let (numbers, next) = said.map_err(|kind| Error::new(kind, "page", "made to fail"))?;
        let at = Timestamp::from_unix_seconds(0);
        Ok(match query {
            Query::SearchItems(_) => {
                let mut page = SearchPage::default();
                (page.items, page.next_page) = (items(&numbers), next);
                Answer::Search(Sourced::fetched(page, Source::Creators, at))
            }
            _ => {
                let mut page = VariationsPage::default();
                (page.items, page.next_page) = (items(&numbers), next);
                Answer::Variations(Sourced::fetched(page, Source::Creators, at))
            }
        })
    }
}

fn context() -> RequestContext {
    RequestContext::untagged(Account::new("main"), Marketplace::Us)
}

/// Everything a stream gives, the products by their numbers.
fn all(stream: BoxStream<'_, Result<Sourced<Arc<Item>>>>) -> Vec<Result<u32, ErrorKind>> {
    let number = |item: Sourced<Arc<Item>>| item.value.asin.as_str()[7..].parse().unwrap();
    let given = stream.map(|item| item.map(number).map_err(|error| error.kind()));
    given.collect::<Vec<_>>().now_or_never().expect("the source never waits")
}

/// Which calls are made, and what is given: of a search and of variations alike.
#[track_caller]
fn check(first: Option<u32>, bounds: PageBounds, calls: Calls, expected: &[Result<u32, ErrorKind>]) {
    for is_search in [true, false] {
        let source = Expecting { calls: Mutex::new(calls.clone().into_iter()) };
        let context = context();
        let given = if is_search {
            let mut search = SearchItems::new("kettle");
            search.item_page = first;
            all(source.search_all(&context, search, bounds))
        } else {
            let mut variations = GetVariations::new(asin(0));
            variations.variation_page = first;
            all(source.variations_all(&context, variations, bounds))
        };
        assert_eq!(given, expected, "search: {is_search}");
        assert_eq!(source.calls.lock().unwrap().len(), 0, "calls that were not made, search: {is_search}");
    }
}

fn page(number: u32, items: &[u32], next: Option<u32>) -> (u32, Result<Said, ErrorKind>) {
    (number, Ok((items.to_vec(), next)))
}

fn failure(number: u32, kind: ErrorKind) -> (u32, Result<Said, ErrorKind>) {
    (number, Err(kind))
}

const ALL: PageBounds = PageBounds::items(usize::MAX);

#[test]
fn pages_are_asked_for_until_one_names_no_later_one() {
    check(None, ALL, vec![page(1, &[], None)], &[]);
    check(None, ALL, vec![page(1, &[1, 2], None)], &[Ok(1), Ok(2)]);
    check(
        None,
        ALL,
        vec![page(1, &[1, 2], Some(2)), page(2, &[3], Some(3)), page(3, &[], None)],
        &[Ok(1), Ok(2), Ok(3)],
    );
    check(Some(4), ALL, vec![page(4, &[1], Some(5)), page(5, &[2], None)], &[Ok(1), Ok(2)]);
    // What is sorted out on this side may leave a page empty between others.
    check(None, ALL, vec![page(1, &[], Some(2)), page(2, &[1], None)], &[Ok(1)]);
    // A source that goes back would be asked for ever.
    check(None, ALL, vec![page(1, &[1], Some(2)), page(2, &[2], Some(1))], &[Ok(1), Ok(2)]);
    check(None, ALL, vec![page(1, &[1], Some(1))], &[Ok(1)]);
}

#[test]
fn no_product_is_given_twice() {
    check(
        None,
        ALL,
        vec![page(1, &[1, 2, 3], Some(2)), page(2, &[3, 4, 1, 4], Some(3)), page(3, &[5], None)],
        &[Ok(1), Ok(2), Ok(3), Ok(4), Ok(5)],
    );
}

#[test]
fn bounds_are_kept_and_no_page_is_asked_for_in_vain() {
    let endless =
        |pages: u32| (1..=pages).map(|n| page(n, &[2 * n, 2 * n + 1], Some(n + 1))).collect::<Vec<_>>();
    check(None, PageBounds::items(0), vec![], &[]);
    check(None, PageBounds::pages(0), vec![], &[]);
    check(None, PageBounds::items(3), endless(2), &[Ok(2), Ok(3), Ok(4)]);
    check(None, PageBounds::items(4), endless(2), &[Ok(2), Ok(3), Ok(4), Ok(5)]);
    check(None, PageBounds::pages(1), endless(1), &[Ok(2), Ok(3)]);
    let many: Vec<_> = (2..22).map(Ok).collect();
    check(None, PageBounds::SEARCH, endless(10), &many);
    // Only what is given counts: two of these are the same.
    check(
        None,
        PageBounds::items(4),
        vec![page(1, &[1, 2], Some(2)), page(2, &[2, 3], Some(3)), page(3, &[4, 5], Some(4))],
        &[Ok(1), Ok(2), Ok(3), Ok(4)],
    );
}

#[test]
fn after_a_failure_that_may_pass_the_same_page_is_asked_for_again() {
    use ErrorKind::{RateLimited, Timeout, Unavailable};
    check(
        None,
        ALL,
        vec![
            failure(1, Timeout),
            page(1, &[1, 2], Some(2)),
            failure(2, Unavailable),
            failure(2, RateLimited),
            page(2, &[2, 3], Some(3)),
            failure(3, Unavailable),
            failure(3, Unavailable),
            page(3, &[4], None),
        ],
        &[
            Err(Timeout),
            Ok(1),
            Ok(2),
            Err(Unavailable),
            Err(RateLimited),
            Ok(3),
            Err(Unavailable),
            Err(Unavailable),
            Ok(4),
        ],
    );
}

#[test]
fn the_third_failure_of_one_page_is_the_end_and_so_is_one_that_does_not_pass() {
    use ErrorKind::{Cancelled, NotFound, PermissionDenied, RequestInvalid, Unavailable, Unsupported};
    check(None, ALL, vec![failure(1, Unavailable); 3], &[Err(Unavailable); 3]);
    check(
        None,
        ALL,
        [vec![page(1, &[1], Some(2))], vec![failure(2, Unavailable); 3]].concat(),
        &[Ok(1), Err(Unavailable), Err(Unavailable), Err(Unavailable)],
    );
    for kind in [Cancelled, NotFound, PermissionDenied, RequestInvalid, Unsupported] {
        check(None, ALL, vec![page(1, &[1], Some(2)), failure(2, kind)], &[Ok(1), Err(kind)]);
    }
}

#[test]
fn a_page_is_asked_for_when_it_is_wanted() {
    let source = Expecting { calls: Mutex::new(vec![page(1, &[1, 2], Some(2))].into_iter()) };
    let context = context();
    let mut items = source.search_all(&context, SearchItems::new("kettle"), ALL);
    for number in [1, 2] {
        let item = items.next().now_or_never().flatten().expect("an item").expect("no failure");
        assert_eq!(item.value.asin, asin(number));
    }
}

#[test]
fn whole_pages_are_given_as_they_are() {
    let calls = vec![page(1, &[1, 2], Some(2)), page(2, &[2, 3], Some(3))];
    let source = Expecting { calls: Mutex::new(calls.clone().into_iter()) };
    let context = context();
    let pages = source.search_pages(&context, SearchItems::new("kettle"), PageBounds::items(3));
    let pages: Vec<_> = pages.collect::<Vec<_>>().now_or_never().expect("the source never waits");
    let sizes: Vec<usize> = pages.into_iter().map(|page| page.unwrap().value.items.len()).collect();
    assert_eq!(sizes, [2, 2]);
    let source = Expecting { calls: Mutex::new(calls.into_iter()) };
    let pages = source.variation_pages(&context, GetVariations::new(asin(0)), PageBounds::pages(2));
    let pages: Vec<_> = pages.collect::<Vec<_>>().now_or_never().expect("the source never waits");
    let next: Vec<Option<u32>> = pages.into_iter().map(|page| page.unwrap().value.next_page).collect();
    assert_eq!(next, [Some(2), Some(3)]);
}
