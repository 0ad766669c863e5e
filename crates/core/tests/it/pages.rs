//! Streams over pages: which pages are asked for, what is given of them, and how they go on after a failure.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::{FutureExt as _, StreamExt as _};
use linkwright_core::{
    Account, Answer, Asin, BoxStream, Error, ErrorKind, GetVariations, Item, Marketplace, PageBounds,
    ProductSource, ProductSourceExt as _, Query, Reason, RequestContext, Result, Retry, SearchItems,
    SearchPage, Source, SourceCapabilities, SourceInfo, Sourced, Timestamp, VariationsPage,
};

/// What a source answers to each call.
type Calls = Vec<(u32, Said)>;

#[derive(Debug, Clone)]
enum Said {
    /// A page's products and the page after it.
    Page(Vec<u32>, Option<u32>),
    /// A link in place of the page: for this reason, or because nobody was asked.
    Link(Option<Reason>),
    Failure(ErrorKind, Retry),
}

/// Answers the calls it expects, in order, and no others.
#[derive(Debug)]
struct Expecting {
    calls: Mutex<std::vec::IntoIter<(u32, Said)>>,
}

impl Expecting {
    fn new(calls: Calls) -> Self {
        Self { calls: Mutex::new(calls.into_iter()) }
    }
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
        let (numbers, next, link) = match said {
            Said::Page(numbers, next) => (numbers, next, None),
            Said::Link(reason) => (vec![], None, Some(reason)),
            Said::Failure(kind, retry) => {
                return Err(Error::new(kind, "page", "made to fail").with_retry(retry));
            }
        };
        Ok(match query {
            Query::SearchItems(_) => {
                let mut page = SearchPage::default();
                (page.items, page.next_page) = (items(&numbers), next);
                Answer::Search(sourced(page, link))
            }
            _ => {
                let mut page = VariationsPage::default();
                (page.items, page.next_page) = (items(&numbers), next);
                Answer::Variations(sourced(page, link))
            }
        })
    }
}

fn sourced<T>(page: T, link: Option<Option<Reason>>) -> Sourced<T> {
    match link {
        None => Sourced::fetched(page, Source::Creators, Timestamp::from_unix_seconds(0)),
        Some(None) => Sourced::made_here(page, Source::Zero),
        Some(Some(reason)) => Sourced::made_here(page, Source::Zero).degraded(reason),
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
        let source = Expecting::new(calls.clone());
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

fn page(number: u32, items: &[u32], next: Option<u32>) -> (u32, Said) {
    (number, Said::Page(items.to_vec(), next))
}

/// A failure that may pass.
fn failure(number: u32, kind: ErrorKind) -> (u32, Said) {
    (number, Said::Failure(kind, Retry::Now))
}

fn link(number: u32, reason: Reason) -> (u32, Said) {
    (number, Said::Link(Some(reason)))
}

const HOUR: Duration = Duration::from_secs(3600);

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
fn the_error_says_whether_the_same_page_is_asked_for_again() {
    use ErrorKind::{
        Cancelled, Corrupt, NotFound, PermissionDenied, RateLimited, RequestInvalid, Timeout,
        Unauthenticated, Unavailable, Unsupported,
    };
    let later = [Retry::Now, Retry::After(HOUR), Retry::Exhausted];
    let before = || page(1, &[1], Some(2));
    for kind in [RateLimited, Timeout, Unavailable, Corrupt, Unauthenticated, PermissionDenied] {
        for retry in later {
            let failed = (2, Said::Failure(kind, retry));
            check(None, ALL, vec![before(), failed, page(2, &[2], None)], &[Ok(1), Err(kind), Ok(2)]);
        }
        check(None, ALL, vec![before(), (2, Said::Failure(kind, Retry::Never))], &[Ok(1), Err(kind)]);
    }
    // Whatever they say: the question stays as wrong as it is.
    for kind in [RequestInvalid, Cancelled, Unsupported, NotFound] {
        for retry in later {
            check(None, ALL, vec![before(), (2, Said::Failure(kind, retry))], &[Ok(1), Err(kind)]);
        }
    }
}

#[test]
fn the_third_failure_of_one_page_is_the_end() {
    use ErrorKind::Unavailable;
    check(None, ALL, vec![failure(1, Unavailable); 3], &[Err(Unavailable); 3]);
    check(
        None,
        ALL,
        [vec![page(1, &[1], Some(2))], vec![failure(2, Unavailable); 3]].concat(),
        &[Ok(1), Err(Unavailable), Err(Unavailable), Err(Unavailable)],
    );
}

#[test]
fn a_link_in_place_of_a_later_page_is_a_failure_of_that_page() {
    use ErrorKind::{RateLimited, Unavailable};
    check(
        None,
        ALL,
        vec![
            page(1, &[1, 2], Some(2)),
            page(2, &[3], Some(3)),
            link(3, Reason::Throttled),
            link(3, Reason::Unavailable),
            page(3, &[3, 4], None),
        ],
        &[Ok(1), Ok(2), Ok(3), Err(RateLimited), Err(Unavailable), Ok(4)],
    );
    check(
        None,
        ALL,
        [vec![page(1, &[1], Some(2))], vec![link(2, Reason::Throttled); 3]].concat(),
        &[Ok(1), Err(RateLimited), Err(RateLimited), Err(RateLimited)],
    );
}

/// A search whose first page is a link: whether its pages give that, and what its products give.
#[track_caller]
fn check_first(
    first: Option<u32>,
    calls: Calls,
    pages: &[Result<(), ErrorKind>],
    items: &[Result<u32, ErrorKind>],
) {
    let context = context();
    let mut search = SearchItems::new("kettle");
    search.item_page = first;
    let source = Expecting::new(calls.clone());
    let given =
        source.search_pages(&context, search, ALL).map(|page| page.map(drop).map_err(|error| error.kind()));
    let given = given.collect::<Vec<_>>().now_or_never().expect("the source never waits");
    assert_eq!(given, pages);
    check(first, ALL, calls, items);
}

#[test]
fn a_link_in_place_of_the_first_page_is_a_page_but_no_list_of_products() {
    use ErrorKind::{PermissionDenied, RateLimited, Unavailable};
    let refused = || link(3, Reason::NotEligible);
    check_first(Some(3), vec![refused()], &[Ok(())], &[Err(PermissionDenied)]);
    // A failure before it does not make it a later one.
    let calls = vec![failure(1, Unavailable), link(1, Reason::NotEligible)];
    check_first(None, calls, &[Err(Unavailable), Ok(())], &[Err(Unavailable), Err(PermissionDenied)]);
    let throttled = vec![link(1, Reason::Throttled), page(1, &[1], None)];
    check(None, ALL, throttled, &[Err(RateLimited), Ok(1)]);
    // Nobody was to be asked, so that nothing failed.
    check_first(None, vec![(1, Said::Link(None))], &[Ok(())], &[]);
}

/// What becomes of a link in place of page 3: kind, whether it may pass, and the word for the cause.
#[track_caller]
fn check_link(said: Said, kind: ErrorKind, retry: Retry, why: &str) {
    let calls = vec![page(2, &[1], Some(3)), (3, said)];
    let context = context();
    let failure = |stream: BoxStream<'_, Result<Sourced<Arc<Item>>>>| {
        let given = stream.take(2).collect::<Vec<_>>().now_or_never().expect("the source never waits");
        given.into_iter().nth(1).expect("an element").expect_err("a failure")
    };
    let source = Expecting::new(calls.clone());
    let search = failure(source.search_all(&context, SearchItems::new("kettle").page(2), ALL));
    let source = Expecting::new(calls);
    let variations = failure(source.variations_all(&context, GetVariations::new(asin(0)).page(2), ALL));
    for (error, operation) in [(search, "search_items"), (variations, "get_variations")] {
        assert_eq!((error.kind(), error.retry(), error.operation()), (kind, retry, operation));
        assert_eq!(error.message(), format!("page 3 was not answered: `{why}`"));
        assert_eq!((error.reason(), error.context_value("page")), (Some(why), Some("3")));
        assert_eq!(error.origin(), "expecting");
    }
}

#[test]
fn the_failure_is_made_from_the_reason() {
    use ErrorKind::{
        NotFound, PermissionDenied, RateLimited, Timeout, Unauthenticated, Unavailable, Unsupported,
    };
    use Retry::{Exhausted, Never};
    for (reason, kind, retry) in [
        (Reason::Throttled, RateLimited, Exhausted),
        (Reason::Timeout, Timeout, Exhausted),
        (Reason::Unavailable, Unavailable, Exhausted),
        (Reason::Store, Unavailable, Exhausted),
        (Reason::Credential, Unauthenticated, Never),
        (Reason::NotEligible, PermissionDenied, Never),
        (Reason::Associate, PermissionDenied, Never),
        (Reason::Denied, PermissionDenied, Never),
        (Reason::NotAccessible, PermissionDenied, Never),
        (Reason::Gone, NotFound, Never),
    ] {
        check_link(Said::Link(Some(reason)), kind, retry, reason.as_str());
    }
    // The credential was taken away meanwhile, so that the link is complete in itself.
    check_link(Said::Link(None), Unsupported, Never, "not_asked");
}

#[test]
fn links_alone_are_an_answer_to_the_first_page() {
    let context = context();
    for said in [Said::Link(None), Said::Link(Some(Reason::NotEligible))] {
        let source = Expecting::new(vec![(3, said)]);
        let pages = source.search_pages(&context, SearchItems::new("kettle").page(3), ALL);
        let pages = pages.collect::<Vec<_>>().now_or_never().expect("the source never waits");
        let sources: Vec<Source> = pages.into_iter().map(|page| page.unwrap().source).collect();
        assert_eq!(sources, [Source::Zero]);
    }
}

#[test]
fn the_stream_makes_one_call_each_time_it_is_polled_and_leaves_waiting_to_its_reader() {
    let retry = Retry::After(HOUR);
    let failed = (2, Said::Failure(ErrorKind::RateLimited, retry));
    let source = Expecting::new(vec![page(1, &[1], Some(2)), failed, page(2, &[2], None)]);
    let context = context();
    let mut pages = source.search_pages(&context, SearchItems::new("kettle"), ALL);
    let mut next = || pages.next().now_or_never().expect("nobody waits").expect("an element");
    let left = || source.calls.lock().unwrap().len();
    assert_eq!((next().unwrap().value.items.len(), left()), (1, 2));
    assert_eq!((next().unwrap_err().retry(), left()), (retry, 1));
    assert_eq!((next().unwrap().value.next_page, left()), (None, 0));
}

#[test]
fn a_page_is_asked_for_when_it_is_wanted() {
    let source = Expecting::new(vec![page(1, &[1, 2], Some(2))]);
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
    let source = Expecting::new(calls.clone());
    let context = context();
    let pages = source.search_pages(&context, SearchItems::new("kettle"), PageBounds::items(3));
    let pages: Vec<_> = pages.collect::<Vec<_>>().now_or_never().expect("the source never waits");
    let sizes: Vec<usize> = pages.into_iter().map(|page| page.unwrap().value.items.len()).collect();
    assert_eq!(sizes, [2, 2]);
    let source = Expecting::new(calls);
    let pages = source.variation_pages(&context, GetVariations::new(asin(0)), PageBounds::pages(2));
    let pages: Vec<_> = pages.collect::<Vec<_>>().now_or_never().expect("the source never waits");
    let next: Vec<Option<u32>> = pages.into_iter().map(|page| page.unwrap().value.next_page).collect();
    assert_eq!(next, [Some(2), Some(3)]);
}
