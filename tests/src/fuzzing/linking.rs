//! Links: reading never panics, and whatever is written from what was read is sound.

use std::sync::LazyLock;

use linkwright_core::{Marketplace, PartnerTag};
use linkwright_zero::{
    Abroad, GeoStrategy, Linked, Linker, MissingTag, OutputForm, Page, TagBook, TagGlob, Target, read,
};

/// A tag for each of these shops, in which the shop's code stands, and further own ones.
fn tags(shops: impl IntoIterator<Item = Marketplace>) -> TagBook {
    shops.into_iter().fold(TagBook::new(), |book, shop| {
        let tag = PartnerTag::new(&format!("own-{shop}-20"), shop);
        let glob = TagGlob::new(&format!("own-{shop}-*"));
        match (tag, glob) {
            (Ok(tag), Ok(glob)) => book.with_default(tag).with_own(shop, glob),
            _ => book,
        }
    })
}

/// Linkers of every sort of policy.
static LINKERS: LazyLock<Vec<Linker>> = LazyLock::new(|| {
    let all = || tags(Marketplace::ALL);
    let some = || tags([Marketplace::Us, Marketplace::De]);
    vec![
        Linker::new(all()),
        Linker::new(some()).with_missing_tag(MissingTag::NearestEnrolled),
        Linker::new(some()).with_missing_tag(MissingTag::Search).with_ascsubtag(Some("mark".to_owned())),
        Linker::new(TagBook::new()).with_missing_tag(MissingTag::Untagged),
        Linker::new(all()).with_only_shop(Marketplace::De).replacing_own_tags(),
        Linker::new(all()).with_form(OutputForm::Cart),
        Linker::new(all()).with_form(OutputForm::Search),
    ]
});

/// Reads a text as a link, and links to it.
///
/// # Panics
/// If a property is broken.
pub fn read_link(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let found = read(text);
    assert_eq!(found, read(text), "reading twice gives two answers: {text:?}");
    if let Ok(link) = &found {
        assert_eq!(link.clone().into_owned(), *link, "an owned link is another: {text:?}");
    }
    let spaced = format!("\u{feff} {text}\n\t");
    let page = |text| read(text).map(|link| link.page.into_owned());
    assert_eq!(page(&spaced), page(text), "white space around a link changes it: {text:?}");
    if let Ok(target) = Target::parse(text) {
        link_to(&target);
    }
}

/// Takes a text for whatever a person may point at, and for words.
///
/// # Panics
/// If a property is broken.
pub fn target(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let parsed = Target::parse(text);
    match (&parsed, Target::parse(text)) {
        (Ok(first), Ok(second)) => assert_eq!(*first, second, "{text:?}"),
        (Err(first), Err(second)) => assert_eq!(first.message(), second.message(), "{text:?}"),
        _ => panic!("parsing twice gives two answers: {text:?}"),
    }
    match &parsed {
        Ok(target) => link_to(target),
        Err(error) => {
            assert!(error.context_value("reason").is_some(), "an error without a reason: {text:?}");
            assert!(error.message().chars().count() < 300, "an error without end: {text:?}");
        }
    }
    let words = Target::words(text);
    for linker in LINKERS.iter().filter(|_| !text.trim().is_empty()) {
        if let Ok(linked) = linker.link(&words) {
            check(linker, &words, &linked);
            let Page::Search { words: found, .. } = &linked.page else {
                panic!("{text:?} became {linked:?}")
            };
            assert_eq!(found, text.trim());
        }
    }
}

fn link_to(target: &Target<'_>) {
    for linker in LINKERS.iter() {
        if let Ok(linked) = linker.link(target) {
            check(linker, target, &linked);
        }
    }
    // Of the countries' links one linker is enough: they are the slow part.
    let linker = &LINKERS[1];
    if let Ok(links) = linker.country_links(target, GeoStrategy::ByCountry, &Abroad::SamePage) {
        for url in links.countries.values() {
            let Ok(link) = read(url) else { panic!("{target:?} became {url}") };
            let own = link
                .marketplace
                .zip(link.tag.as_deref())
                .is_some_and(|(shop, tag)| linker.tags().owns(shop, tag));
            assert!(own, "{target:?} became {url}");
        }
    }
}

/// What is written can be read again as what was meant; it has one tag, the user's own for that shop, or none; linking it
/// again changes nothing.
fn check(linker: &Linker, target: &Target<'_>, linked: &Linked) {
    let url = &linked.url;
    let again = read(url).unwrap_or_else(|error| panic!("{target:?} became {url}: {error}"));
    assert_eq!(again.marketplace, Some(linked.marketplace), "{target:?} became {url}");
    assert_eq!(again.tag.as_deref(), linked.tag.as_deref(), "{target:?} became {url}");
    assert!(!url.contains(|c: char| c.is_whitespace() || c.is_control()), "{target:?} became {url:?}");
    if linked.left_whole {
        // Its text stays, except for escapes, which a broken id may consist of.
        assert_eq!(again.page.kind(), linked.page.kind(), "{target:?} became {url}");
        assert_eq!(again.page.asin(), linked.page.asin(), "{target:?} became {url}");
        let Target::Link { link, .. } = target else { panic!("{target:?} is no link, but left whole") };
        assert!(link.attribution || link.is_made_by_api(), "{target:?} is left whole");
        assert_eq!(linked.tag.as_deref(), link.tag.as_deref(), "{target:?} became {url}");
        if !link.attribution {
            let own = linked.tag.as_deref().is_some_and(|tag| linker.tags().owns(linked.marketplace, tag));
            assert!(own, "{target:?} became {url}");
            assert_eq!(affiliate_parameters(url), 1, "{target:?} became {url}");
        }
        let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
        assert!(
            ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)),
            "{target:?} became {url}"
        );
    } else {
        assert_eq!(again.page, linked.page, "{target:?} became {url}");
        assert!(
            url.starts_with(&format!("https://{}/", linked.marketplace.host())),
            "{target:?} became {url}"
        );
        let own = linked.tag.as_deref().is_none_or(|tag| linker.tags().owns(linked.marketplace, tag));
        assert!(own, "{target:?} became {url}");
        assert_eq!(affiliate_parameters(url), usize::from(linked.tag.is_some()), "{target:?} became {url}");
    }
    let linked_again = Target::parse(url).and_then(|target| linker.link(&target));
    assert_eq!(linked_again.map(|again| again.url).as_ref().ok(), Some(url), "{target:?}");
}

fn affiliate_parameters(url: &str) -> usize {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let names = query.split('&').filter_map(|parameter| parameter.split('=').next());
    names.filter(|name| name.eq_ignore_ascii_case("tag") || name.eq_ignore_ascii_case("associatetag")).count()
}
