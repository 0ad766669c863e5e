//! The Zero API as a source of products: it always answers, and never with what only Amazon may say.

use std::sync::Arc;

use futures_util::FutureExt as _;
use linkwright_core::{
    Account, Asin, BrowseNodeId, ErrorKind, GetVariations, ImageOwner, Marketplace, PageBounds, PartnerTag,
    ProductSource, ProductSourceExt as _, RequestContext, SearchItems, SearchTerm, Source,
};
use linkwright_zero::{Catalog, CatalogFormat, ZeroSource};

/// This source never waits, so its futures are ready at once.
fn now<T>(future: impl Future<Output = T>) -> T {
    future.now_or_never().expect("the Zero API waits for nothing")
}

fn asin(text: &str) -> Asin {
    Asin::parse(text).unwrap()
}

fn tagged() -> RequestContext {
    RequestContext::tagged(Account::new("main"), PartnerTag::new("demo-21", Marketplace::De).unwrap())
}

fn with_catalog() -> ZeroSource {
    let text = "asin,title,note,image\nB08N5WRWNW,My kettle,Boils,https://blog.example/kettle.jpg\n";
    ZeroSource::with_catalog(Catalog::parse(text, CatalogFormat::Csv).unwrap())
}

#[test]
fn every_asin_is_answered_with_a_link_in_the_order_asked() {
    let asked = ["080442957X", "B08N5WRWNW", "080442957X", "B000000000"].map(asin);
    let batch = now(ZeroSource::new().get_items(&tagged(), &asked)).unwrap();
    let found: Vec<(String, &str)> = batch
        .found()
        .iter()
        .map(|(asin, item)| (asin.to_string(), item.value.detail_page_url.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("080442957X".to_owned(), "https://www.amazon.de/dp/080442957X?tag=demo-21"),
            ("B08N5WRWNW".to_owned(), "https://www.amazon.de/dp/B08N5WRWNW?tag=demo-21"),
            ("B000000000".to_owned(), "https://www.amazon.de/dp/B000000000?tag=demo-21"),
        ]
    );
    assert!(batch.missing().is_empty());
    let nothing = now(ZeroSource::new().get_items(&tagged(), &[])).unwrap();
    assert!(nothing.is_empty());
}

#[test]
fn the_catalog_adds_the_authors_words_and_nothing_else_is_said() {
    let batch = now(with_catalog().get_items(&tagged(), &["B08N5WRWNW", "B000000000"].map(asin))).unwrap();
    let item = batch.get(asin("B08N5WRWNW")).unwrap();
    assert_eq!(item.source, Source::Catalog);
    assert_eq!(item.value.title.as_deref(), Some("My kettle"));
    assert_eq!(item.value.note.as_deref(), Some("Boils"));
    let image = item.value.image.as_ref().unwrap();
    assert_eq!((image.url.as_str(), image.owner), ("https://blog.example/kettle.jpg", ImageOwner::Author));
    let other = batch.get(asin("B000000000")).unwrap();
    assert_eq!(other.source, Source::Zero);
    assert_eq!((&other.value.title, &other.value.note, &other.value.image), (&None, &None, &None));
    for (_, item) in batch.found() {
        assert_eq!(item.value.offers, None, "a price or stock level without the API");
        assert_eq!((item.fetched_at, item.degraded), (None, None));
    }
}

#[test]
fn without_a_tag_links_are_untagged_and_a_tag_of_another_shop_is_not_used() {
    let untagged = RequestContext::untagged(Account::new("main"), Marketplace::Za);
    let mut elsewhere = tagged();
    elsewhere.marketplace = Marketplace::Fr;
    for (context, expected) in [
        (untagged, "https://www.amazon.co.za/dp/B08N5WRWNW"),
        (elsewhere, "https://www.amazon.fr/dp/B08N5WRWNW"),
    ] {
        let batch = now(ZeroSource::new().get_items(&context, &[asin("B08N5WRWNW")])).unwrap();
        assert_eq!(batch.found()[0].1.value.detail_page_url, expected);
    }
}

#[test]
fn a_search_is_the_link_to_the_shops_own() {
    let page = now(with_catalog().search(&tagged(), "two words")).unwrap();
    assert!(page.value.items.is_empty());
    assert_eq!((page.value.total, page.value.next_page), (None, None));
    assert_eq!((page.source, page.fetched_at, page.degraded), (Source::Zero, None, None));
    assert_eq!(page.value.search_url.as_deref(), Some("https://www.amazon.de/s?k=two+words&tag=demo-21"));
    let error = now(ZeroSource::new().search(&tagged(), " ")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RequestInvalid);
}

/// The address of a search, but for the shop and the tag.
#[track_caller]
fn check_search(search: SearchItems, expected: &str) {
    let page = now(ZeroSource::new().run(&tagged(), search)).unwrap();
    let expected = format!("https://www.amazon.de/s?{expected}&tag=demo-21");
    assert_eq!(page.value.search_url, Some(expected));
}

#[test]
fn a_search_is_for_all_its_words_in_the_department_if_the_address_has_a_name_for_it() {
    let of = |index: &str| {
        let mut search = SearchItems::new("kettle");
        search.search_index = Some(index.to_owned());
        search
    };
    check_search(of("kitchen"), "k=kettle&i=kitchen");
    check_search(of("Books"), "k=kettle&i=stripbooks");
    check_search(of("KindleStore"), "k=kettle&i=digital-text");
    check_search(of("Electronics"), "k=kettle&i=electronics");
    check_search(of("HomeAndKitchen"), "k=kettle");
    check_search(of("All"), "k=kettle");
    check_search(of(""), "k=kettle");
    let by_author = SearchItems::by(SearchTerm::Author, "Jane Austen").and(SearchTerm::Title, " Emma ");
    check_search(by_author, "k=Emma+Jane+Austen");
    let mut priced = SearchItems::new("kettle").page(3);
    priced.min_price = Some(1000);
    check_search(priced, "k=kettle");
}

#[test]
fn variations_are_the_link_to_the_product() {
    let page = now(with_catalog().run(&tagged(), GetVariations::new(asin("B08N5WRWNW")).page(2))).unwrap();
    assert_eq!(page.value.product_url.as_deref(), Some("https://www.amazon.de/dp/B08N5WRWNW?tag=demo-21"));
    assert_eq!((page.value.items.len(), page.value.next_page), (0, None));
    assert!(page.value.summary.is_none());
    assert_eq!((page.source, page.fetched_at, page.degraded), (Source::Zero, None, None));
}

#[test]
fn every_category_is_the_link_to_its_page() {
    let ids: Vec<BrowseNodeId> = ["172282", "3", "172282"].iter().map(|id| id.parse().unwrap()).collect();
    let mut context = tagged();
    context.language = Some("en_GB".to_owned());
    let batch = now(with_catalog().browse_nodes(&context, &ids)).unwrap();
    let found: Vec<(String, Option<&str>)> =
        batch.found().iter().map(|(id, page)| (id.to_string(), page.value.url.as_deref())).collect();
    let url = |id| format!("https://www.amazon.de/b?node={id}&language=en_GB&tag=demo-21");
    let expected = [url(172282), url(3)];
    let expected =
        [("172282".to_owned(), Some(expected[0].as_str())), ("3".to_owned(), Some(expected[1].as_str()))];
    assert_eq!(found, expected);
    for (_, page) in batch.found() {
        assert!(page.value.node.is_none());
        assert_eq!((page.source, page.fetched_at, page.degraded), (Source::Zero, None, None));
    }
    assert!(now(with_catalog().browse_nodes(&context, &[])).unwrap().is_empty());
}

#[test]
fn there_is_one_page_and_no_product_on_it() {
    use futures_util::StreamExt as _;
    let (source, context) = (ZeroSource::new(), tagged());
    let pages = source.search_pages(&context, SearchItems::new("kettle"), PageBounds::SEARCH);
    assert_eq!(now(pages.count()), 1);
    let items = source.variations_all(&context, GetVariations::new(asin("B08N5WRWNW")), PageBounds::SEARCH);
    assert_eq!(now(items.count()), 0);
}

#[test]
fn the_language_of_the_request_is_in_the_link() {
    let mut context = tagged();
    context.language = Some("en_GB".to_owned());
    let batch = now(ZeroSource::new().get_items(&context, &[asin("B08N5WRWNW")])).unwrap();
    assert_eq!(
        batch.found()[0].1.value.detail_page_url,
        "https://www.amazon.de/dp/B08N5WRWNW?language=en_GB&tag=demo-21"
    );
    context.language = Some("ja_JP".to_owned());
    let batch = now(ZeroSource::new().get_items(&context, &[asin("B08N5WRWNW")])).unwrap();
    assert_eq!(
        batch.found()[0].1.value.detail_page_url,
        "https://www.amazon.de/dp/B08N5WRWNW?tag=demo-21",
        "a language the shop has not is a preference that cannot be met"
    );
}

#[test]
fn a_cancelled_request_is_not_answered() {
    let context = tagged();
    context.cancellation.cancel();
    let error = now(ZeroSource::new().get_items(&context, &[asin("B08N5WRWNW")])).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Cancelled);
    let error = now(ZeroSource::new().search(&context, "kettle")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Cancelled);
}

#[test]
fn it_says_what_it_is_also_behind_a_pointer() {
    let source: Arc<dyn ProductSource> = Arc::new(with_catalog());
    assert_eq!(source.info().name, "zero");
    let capabilities = source.capabilities();
    assert!(capabilities.get_items && capabilities.search_items && !capabilities.offers);
    assert!(capabilities.get_variations && capabilities.get_browse_nodes);
    let batch = now(source.get_items(&tagged(), &[asin("B08N5WRWNW")])).unwrap();
    assert_eq!(batch.found().len(), 1);
}
