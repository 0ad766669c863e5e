//! The parts of a product that can be asked for.

use linkwright_core::{ErrorKind, Resource, Resources};

#[test]
fn names_and_presets_are_read() {
    let check = |text: &str, expected: &str| {
        assert_eq!(text.parse::<Resources>().unwrap().to_string(), expected, "{text}");
    };
    for (text, expected) in [
        ("link", "itemInfo.title"),
        ("itemInfo.title", "itemInfo.title"),
        ("parentasin", "parentASIN"),
        (" offersV2.listings.price , itemInfo.title,", "itemInfo.title,offersV2.listings.price"),
        ("link,offersV2.listings.price", "itemInfo.title,offersV2.listings.price"),
        (
            "card",
            "images.primary.large,images.primary.medium,images.primary.small,itemInfo.byLineInfo,itemInfo.title,\
             offersV2.listings.availability,offersV2.listings.price",
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn what_is_no_name_is_refused_with_what_was_probably_meant() {
    for (text, nearest) in [
        ("price", Some("offersV2.listings.price")),
        ("offersV2.listing.price", Some("offersV2.listings.price")),
        ("ParentASIN2", Some("parentASIN")),
        ("item_info.features", Some("itemInfo.features")),
        ("offersV2.listings", Some("offersV2.listings.availability")),
        ("wasserkocher", None),
        ("x", None),
        ("", None),
        (",", None),
    ] {
        let error = text.parse::<Resources>().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RequestInvalid, "{text}");
        assert_eq!(error.context_value("nearest"), nearest, "{text}");
    }
}

#[test]
fn there_are_as_many_as_the_official_sdk_has() {
    assert_eq!(Resource::ALL.len(), 34, "get_items_resource.py of the SDKs 1.2.0 and 1.3.0");
    assert_eq!(Resources::FULL.iter().count(), 34);
    let names: Vec<&str> = Resource::ALL.iter().map(|resource| resource.as_str()).collect();
    assert!(names.is_sorted(), "{names:?}");
    for resource in Resource::ALL {
        let set: Resources = resource.as_str().parse().unwrap();
        assert_eq!(set.iter().collect::<Vec<_>>(), [*resource]);
    }
}

#[test]
fn a_larger_set_covers_a_smaller_one() {
    let (link, card, full) = (Resources::LINK, Resources::CARD, Resources::FULL);
    for (larger, smaller, covers) in
        [(full, card, true), (card, link, true), (link, card, false), (card, Resources::NONE, true)]
    {
        assert_eq!(larger.covers(smaller), covers, "{larger:?} {smaller:?}");
    }
    assert_eq!(link.union(card), card);
    assert!(Resources::NONE.is_empty() && !link.is_empty());
}
