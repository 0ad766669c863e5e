//! What goes to the second source of pages and of categories, and which links come from it.

use std::sync::{Arc, Mutex};

use futures_util::StreamExt as _;
use linkwright_core::{
    Answer, Asin, BrowseNodeId, Error, ErrorKind, GetBrowseNodes, GetVariations, MissingReason, PageBounds,
    ProductSource, ProductSourceExt, Query, Reason, RequestContext, SearchItems, SearchPage, Source,
    SourceCapabilities, SourceInfo, Sourced, Timestamp, VariationsPage,
};
use linkwright_layers::{Degradation, DegradationListener, Fallback};

use crate::drive::at_once;
use crate::script::{
    Script, answered, asin, context, error, found, node_found, node_link, nodes, not_eligible, throttled,
};

/// Everything a notice says: operation, products, categories, reason, kind of the error.
type Notice = (&'static str, Vec<Asin>, Vec<BrowseNodeId>, Option<Reason>, Option<ErrorKind>);

#[derive(Debug, Default)]
struct Heard(Mutex<Vec<Notice>>);

impl DegradationListener for Heard {
    fn degraded(&self, _: &RequestContext, notice: &Degradation) {
        let kind = notice.error.as_ref().map(Error::kind);
        let Degradation { operation, keys, browse_nodes, reason, .. } = notice.clone();
        self.0.lock().unwrap().push((operation, keys, browse_nodes, reason, kind));
    }
}

/// As the Zero API: links alone.
fn links() -> Arc<Script> {
    Script::new(|_, _, query| Box::pin(std::future::ready(answered(query, found))))
}

/// Answers every call so.
fn always(answer: Result<Answer, Error>) -> Arc<Script> {
    Script::new(move |_, _, _| Box::pin(std::future::ready(answer.clone())))
}

fn not_set_up(reason: &str) -> Error {
    error(ErrorKind::ConfigInvalid).with_context(Error::REASON, reason)
}

/// What the API answers to a search: this many products, with its own link or none.
fn search_page(products: usize, url: Option<&str>) -> Answer {
    let mut page = SearchPage::default();
    page.items = (0..products).map(|number| found(asin(number)).unwrap()).collect();
    page.search_url = url.map(str::to_owned);
    Answer::Search(Sourced::fetched(page, Source::Creators, Timestamp::from_unix_seconds(0)))
}

fn variations_page(products: usize) -> Answer {
    let mut page = VariationsPage::default();
    page.items = (0..products).map(|number| found(asin(number)).unwrap()).collect();
    Answer::Variations(Sourced::fetched(page, Source::Creators, Timestamp::from_unix_seconds(0)))
}

/// Answers its calls, counted from 1, one after the other, each a page of one product; these with an error.
fn pages_failing(failing: Vec<(usize, Error)>) -> Arc<Script> {
    Script::new(move |call, _, query| {
        let number = match &query {
            Query::SearchItems(search) => search.item_page,
            Query::GetVariations(variations) => variations.variation_page,
            other => panic!("not of a page: {other:?}"),
        };
        let number = number.unwrap_or(1);
        let items = vec![found(asin(number as usize)).unwrap()];
        let next = (number < 4).then_some(number + 1);
        let at = Timestamp::from_unix_seconds(0);
        let answer = match (failing.iter().find(|(failing, _)| *failing == call), query) {
            (Some((_, error)), _) => Err(error.clone()),
            (None, Query::SearchItems(_)) => {
                let mut page = SearchPage::default();
                (page.items, page.next_page) = (items, next);
                Ok(Answer::Search(Sourced::fetched(page, Source::Creators, at)))
            }
            (None, _) => {
                let mut page = VariationsPage::default();
                (page.items, page.next_page) = (items, next);
                Ok(Answer::Variations(Sourced::fetched(page, Source::Creators, at)))
            }
        };
        Box::pin(std::future::ready(answer))
    })
}

/// What became of a page: its source, why it is degraded, its products and its link; or the kind of the error.
type Became = Result<(Source, Option<Reason>, usize, Option<&'static str>), ErrorKind>;

const KETTLE: &str = "https://www.amazon.com/s?k=kettle";
const PRODUCT: &str = "https://www.amazon.com/dp/B0LAYER007";

/// Of a search, what the first answers and what becomes of it; how often the second is asked, and whether it is told.
#[track_caller]
fn check_search(first: Result<Answer, Error>, became: Became, second_calls: usize, told: bool) {
    let (first, second, heard) = (always(first), links(), Arc::new(Heard::default()));
    let fallback = Fallback::new(first, second.clone()).with_listener(heard.clone());
    let page = at_once(fallback.search(&context(), "kettle"));
    let answer = page
        .as_ref()
        .map(|page| (page.source, page.degraded, page.value.items.len(), page.value.search_url.as_deref()));
    assert_eq!(answer.map_err(Error::kind), became);
    assert_eq!((second.calls(), heard.0.lock().unwrap().len()), (second_calls, usize::from(told)));
}

#[track_caller]
fn check_variations(first: Result<Answer, Error>, became: Became, second_calls: usize, told: bool) {
    let (first, second, heard) = (always(first), links(), Arc::new(Heard::default()));
    let fallback = Fallback::new(first, second.clone()).with_listener(heard.clone());
    let page = at_once(fallback.variations(&context(), asin(7)));
    let answer = page
        .as_ref()
        .map(|page| (page.source, page.degraded, page.value.items.len(), page.value.product_url.as_deref()));
    assert_eq!(answer.map_err(Error::kind), became);
    assert_eq!((second.calls(), heard.0.lock().unwrap().len()), (second_calls, usize::from(told)));
}

#[test]
fn a_page_the_first_gives_stays_and_lacks_no_link() {
    let own = "https://www.amazon.com/s?k=kettle&linkCode=osi";
    check_search(Ok(search_page(2, Some(own))), Ok((Source::Creators, None, 2, Some(own))), 0, false);
    check_search(Ok(search_page(2, None)), Ok((Source::Creators, None, 2, Some(KETTLE))), 1, false);
    // A search without results is an answer.
    check_search(Ok(search_page(0, None)), Ok((Source::Creators, None, 0, Some(KETTLE))), 1, false);
    check_variations(Ok(variations_page(3)), Ok((Source::Creators, None, 3, Some(PRODUCT))), 1, false);
    check_variations(Ok(variations_page(0)), Ok((Source::Creators, None, 0, Some(PRODUCT))), 1, false);
}

#[test]
fn a_page_the_first_cannot_give_is_the_seconds_with_the_reason() {
    use ErrorKind::{Corrupt, PermissionDenied, Timeout, Unauthenticated, Unavailable};
    let associate = error(PermissionDenied).with_context(Error::CODE, "InvalidPartnerTag");
    for (given, reason) in [
        (not_eligible(), Reason::NotEligible),
        (associate, Reason::Associate),
        (error(PermissionDenied), Reason::Denied),
        (error(Unauthenticated), Reason::Credential),
        (throttled(1), Reason::Throttled),
        (error(Timeout), Reason::Timeout),
        (error(Unavailable), Reason::Unavailable),
        (error(Corrupt), Reason::Unavailable),
    ] {
        check_search(Err(given.clone()), Ok((Source::Zero, Some(reason), 0, Some(KETTLE))), 1, true);
        check_variations(Err(given), Ok((Source::Zero, Some(reason), 0, Some(PRODUCT))), 1, true);
    }
}

#[test]
fn with_nothing_to_ask_with_the_seconds_page_is_complete() {
    for reason in ["no_credential", "no_tag"] {
        check_search(Err(not_set_up(reason)), Ok((Source::Zero, None, 0, Some(KETTLE))), 1, true);
        check_variations(Err(not_set_up(reason)), Ok((Source::Zero, None, 0, Some(PRODUCT))), 1, true);
    }
    // And without a word, where the first is none for such questions.
    let unsupported = || error(ErrorKind::Unsupported);
    check_search(Err(unsupported()), Ok((Source::Zero, None, 0, Some(KETTLE))), 1, false);
    check_variations(Err(unsupported()), Ok((Source::Zero, None, 0, Some(PRODUCT))), 1, false);
}

#[test]
fn what_the_caller_must_mend_and_what_is_not_there_stay_errors() {
    use ErrorKind::{Cancelled, ConfigInvalid, Internal, NotFound, RequestInvalid};
    for kind in [Cancelled, ConfigInvalid, Internal, NotFound, RequestInvalid] {
        check_search(Err(error(kind)), Err(kind), 0, false);
        check_variations(Err(error(kind)), Err(kind), 0, false);
    }
}

#[test]
fn if_the_second_cannot_help_the_first_error_stays() {
    let queries: [Query; 3] = [
        SearchItems::new("kettle").into(),
        GetVariations::new(asin(7)).into(),
        GetBrowseNodes::new(nodes(0..2)).into(),
    ];
    for query in queries {
        let heard = Arc::new(Heard::default());
        let second = always(Err(error(ErrorKind::RequestInvalid)));
        let fallback = Fallback::new(always(Err(not_eligible())), second).with_listener(heard.clone());
        match at_once(fallback.call(&context(), query)) {
            Err(error) => {
                assert_eq!(error.code(), Some("AssociateNotEligible"));
                assert_eq!(heard.0.lock().unwrap().len(), 0, "nothing was given in its place");
            }
            Ok(Answer::BrowseNodes(batch)) => {
                let reason = batch.missing_reason(nodes(0..1)[0]);
                let expected = Some("AssociateNotEligible");
                assert!(matches!(reason, Some(MissingReason::Failed(error)) if error.code() == expected));
            }
            other => panic!("{other:?}"),
        }
    }
    // Its products are there, whatever becomes of the link.
    let fallback = Fallback::new(always(Ok(search_page(2, None))), always(Err(error(ErrorKind::Internal))));
    let page = at_once(fallback.search(&context(), "kettle")).unwrap();
    assert_eq!((page.value.items.len(), page.value.search_url), (2, None));
    // Nobody was asked, so the second's own reason counts.
    let second = always(Err(error(ErrorKind::RequestInvalid)));
    let fallback = Fallback::new(always(Err(not_set_up("no_tag"))), second);
    let answer = at_once(fallback.search(&context(), " "));
    assert_eq!(answer.unwrap_err().kind(), ErrorKind::RequestInvalid);
}

#[test]
fn each_category_is_the_firsts_with_the_seconds_link_or_the_seconds() {
    let asked = nodes(0..5);
    let first = {
        let asked = asked.clone();
        Script::by_node(move |_, id| match asked.iter().position(|known| *known == id) {
            Some(1) => Err(MissingReason::NotFound),
            Some(2 | 4) => Err(MissingReason::Failed(not_eligible())),
            Some(3) => Err(MissingReason::Failed(error(ErrorKind::Internal))),
            _ => node_found(id),
        })
    };
    let (second, heard) = (Script::by_node(|_, id| node_link(id)), Arc::new(Heard::default()));
    let fallback = Fallback::new(first.clone(), second.clone()).with_listener(heard.clone());
    let batch = at_once(fallback.browse_nodes(&context(), &asked)).unwrap();
    let order: Vec<BrowseNodeId> = batch.iter().map(|(id, _)| *id).collect();
    assert_eq!(order, asked);
    let became: Vec<_> = batch
        .found()
        .iter()
        .map(|(id, page)| (*id, page.source, page.degraded, page.value.node.is_some()))
        .collect();
    assert_eq!(
        became,
        [
            (asked[0], Source::Creators, None, true),
            (asked[1], Source::Zero, Some(Reason::Gone), false),
            (asked[2], Source::Zero, Some(Reason::NotEligible), false),
            (asked[4], Source::Zero, Some(Reason::NotEligible), false),
        ]
    );
    for (id, page) in batch.found() {
        assert_eq!(page.value.url, Some(format!("https://www.amazon.com/b?node={id}")));
    }
    assert_eq!((batch.missing().len(), batch.missing()[0].0), (1, asked[3]));
    assert_eq!(second.asked_nodes(), [vec![asked[0], asked[1], asked[2], asked[4]]]);
    let operation = "get_browse_nodes";
    assert_eq!(
        heard.0.lock().unwrap().clone(),
        [
            (operation, vec![], vec![asked[1]], Some(Reason::Gone), None),
            (
                operation,
                vec![],
                vec![asked[2], asked[4]],
                Some(Reason::NotEligible),
                Some(ErrorKind::PermissionDenied)
            ),
        ]
    );
}

#[test]
fn a_list_that_is_cut_off_is_not_taken_for_a_whole_one() {
    use ErrorKind::{PermissionDenied, RateLimited, Timeout, Unsupported};
    let pages = |failing: Vec<(usize, Error)>| {
        let given = |is_search: bool| {
            let fallback = Fallback::new(pages_failing(failing.clone()), links());
            let context = context();
            let items = if is_search {
                fallback.search_all(&context, SearchItems::new("kettle"), PageBounds::SEARCH)
            } else {
                fallback.variations_all(&context, GetVariations::new(asin(7)), PageBounds::SEARCH)
            };
            let given = items.map(|item| item.map(|item| item.value.asin).map_err(|error| error.kind()));
            at_once(given.collect::<Vec<_>>())
        };
        assert_eq!(given(true), given(false));
        given(true)
    };
    let (one, two, three, four) = (Ok(asin(1)), Ok(asin(2)), Ok(asin(3)), Ok(asin(4)));
    assert_eq!(pages(vec![]), [one, two, three, four]);
    assert_eq!(
        pages(vec![(3, throttled(3600)), (4, error(Timeout))]),
        [one, two, Err(RateLimited), Err(Timeout), three, four]
    );
    assert_eq!(pages(vec![(3, not_eligible())]), [one, two, Err(PermissionDenied)]);
    // What the user takes away meanwhile is no degradation, but the list is not whole either.
    assert_eq!(pages(vec![(2, not_set_up("no_credential"))]), [one, Err(Unsupported)]);
    // Also of the first page: a link alone would look as if nothing were found.
    assert_eq!(pages(vec![(1, throttled(3600))]), [Err(RateLimited), one, two, three, four]);
    assert_eq!(pages(vec![(1, not_eligible())]), [Err(PermissionDenied)]);
}

#[test]
fn a_notice_names_the_product_whose_variations_were_asked_for() {
    let heard = Arc::new(Heard::default());
    let fallback = Fallback::new(always(Err(throttled(1))), links()).with_listener(heard.clone());
    at_once(fallback.variations(&context(), asin(7))).unwrap();
    at_once(fallback.search(&context(), "kettle")).unwrap();
    let (reason, kind) = (Some(Reason::Throttled), Some(ErrorKind::RateLimited));
    assert_eq!(
        heard.0.lock().unwrap().clone(),
        [
            ("get_variations", vec![asin(7)], vec![], reason, kind),
            ("search_items", vec![], vec![], reason, kind),
        ]
    );
}

/// Answers nothing.
#[derive(Debug)]
struct Mute;

#[async_trait::async_trait]
impl ProductSource for Mute {
    fn info(&self) -> SourceInfo {
        SourceInfo::new("mute")
    }

    fn capabilities(&self) -> SourceCapabilities {
        SourceCapabilities::NONE
    }

    async fn call(&self, _: &RequestContext, query: Query) -> linkwright_core::Result<Answer> {
        panic!("it says that it cannot answer `{}`", query.name())
    }
}

#[test]
fn a_source_that_says_it_cannot_is_not_asked() {
    let links = links();
    let fallback = Fallback::new(Arc::new(Mute), links.clone());
    assert_eq!(fallback.capabilities(), links.capabilities());
    at_once(fallback.search(&context(), "kettle")).unwrap();
    at_once(fallback.variations(&context(), asin(7))).unwrap();
    assert_eq!(at_once(fallback.browse_nodes(&context(), &nodes(0..2))).unwrap().found().len(), 2);
    assert_eq!(links.calls(), 3);
}
