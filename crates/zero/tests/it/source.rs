//! The Zero API as a source of products: it always answers, and never with what only Amazon may say.

use std::sync::Arc;

use futures_util::FutureExt as _;
use linkwright_core::{
    Account, Asin, ErrorKind, ImageOwner, Marketplace, PartnerTag, ProductSource, ProductSourceExt as _,
    RequestContext, SearchItems, Source,
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
    assert!(page.items.is_empty());
    assert_eq!(page.total, None);
    assert_eq!(page.search_url, "https://www.amazon.de/s?k=two+words&tag=demo-21");
    let mut in_department = SearchItems::new("kettle");
    in_department.search_index = Some("kitchen".to_owned());
    let page = now(ZeroSource::new().run(&tagged(), in_department)).unwrap();
    assert_eq!(page.search_url, "https://www.amazon.de/s?k=kettle&i=kitchen&tag=demo-21");
    let error = now(ZeroSource::new().search(&tagged(), " ")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RequestInvalid);
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
    let batch = now(source.get_items(&tagged(), &[asin("B08N5WRWNW")])).unwrap();
    assert_eq!(batch.found().len(), 1);
}
