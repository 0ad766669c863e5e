//! The parts of a product that can be asked for.

use linkwright_core::{
    BrowseNodeResource, BrowseNodeResources, ErrorKind, ItemOperation, Resource, Resources,
};

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
        ("Link", "itemInfo.title"),
        ("searchRefinements", "searchRefinements"),
        (
            "price",
            "itemInfo.title,offersV2.listings.availability,offersV2.listings.condition,\
             offersV2.listings.dealDetails,offersV2.listings.isBuyBoxWinner,offersV2.listings.loyaltyPoints,\
             offersV2.listings.merchantInfo,offersV2.listings.price,offersV2.listings.type",
        ),
        ("link,offersV2.listings.price", "itemInfo.title,offersV2.listings.price"),
        (
            "card",
            "images.primary.large,images.primary.medium,images.primary.small,itemInfo.byLineInfo,itemInfo.title,\
             offersV2.listings.availability,offersV2.listings.isBuyBoxWinner,offersV2.listings.price,\
             offersV2.listings.type",
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn what_is_no_name_is_refused_with_what_was_probably_meant() {
    for (text, nearest) in [
        ("listings.price", Some("offersV2.listings.price")),
        ("dealDetails", Some("offersV2.listings.dealDetails")),
        ("lowestPrice", Some("variationSummary.price.lowestPrice")),
        ("variationSummary.variationDimensions", Some("variationSummary.variationDimension")),
        ("images.primary.hiRes", Some("images.primary.highRes")),
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
fn each_operation_takes_as_many_as_in_the_official_sdk() {
    for (operation, count, own) in [
        (ItemOperation::GetItems, 34, Resources::NONE),
        (ItemOperation::SearchItems, 35, Resources::SEARCH_REFINEMENTS),
        (ItemOperation::GetVariations, 37, Resources::VARIATION_SUMMARY),
    ] {
        let taken = operation.resources();
        assert_eq!(taken.iter().count(), count, "{operation:?}");
        assert_eq!(taken.without(Resources::FULL), own, "{operation:?}");
        assert!(taken.covers(Resources::FULL), "{operation:?}");
    }
    assert_eq!(Resource::ALL.len(), 38);
    assert_eq!(BrowseNodeResource::ALL.len(), 2);
}

#[test]
fn a_request_holds_only_what_its_operation_takes() {
    let asked = Resources::LINK.union(Resources::SEARCH_REFINEMENTS).union(Resources::VARIATION_SUMMARY);
    for (operation, sent) in [
        (ItemOperation::GetItems, "itemInfo.title"),
        (ItemOperation::SearchItems, "itemInfo.title,searchRefinements"),
        (
            ItemOperation::GetVariations,
            "itemInfo.title,variationSummary.price.highestPrice,variationSummary.price.lowestPrice,\
             variationSummary.variationDimension",
        ),
    ] {
        assert_eq!(asked.for_operation(operation).to_string(), sent, "{operation:?}");
    }
    for operation in ItemOperation::ALL {
        assert_eq!(Resources::all().for_operation(operation), operation.resources());
        for (name, preset) in Resources::PRESETS {
            assert_eq!(preset.for_operation(operation), *preset, "{name}: a preset fits every operation");
        }
    }
}

#[test]
fn every_name_is_read_as_itself_and_the_names_are_in_order() {
    let names: Vec<&str> = Resource::ALL.iter().map(|resource| resource.as_str()).collect();
    assert!(names.is_sorted(), "{names:?}");
    for resource in Resource::ALL {
        let set: Resources = resource.as_str().parse().unwrap();
        assert_eq!(set.iter().collect::<Vec<_>>(), [*resource]);
    }
    for resource in BrowseNodeResource::ALL {
        let set: BrowseNodeResources = resource.as_str().parse().unwrap();
        assert_eq!(set.iter().collect::<Vec<_>>(), [*resource]);
    }
}

#[test]
fn the_names_of_categories_are_not_those_of_products() {
    for (text, nearest) in
        [("ancestor", Some("browseNodes.ancestor")), ("child", Some("browseNodes.children")), ("link", None)]
    {
        let error = text.parse::<BrowseNodeResources>().unwrap_err();
        assert_eq!(error.context_value("nearest"), nearest, "{text}");
    }
    assert!("browseNodes.children".parse::<Resources>().is_err());
    let both = "browseNodes.ancestor,browseNodes.children";
    for text in ["full", both] {
        assert_eq!(text.parse::<BrowseNodeResources>().unwrap().to_string(), both, "{text}");
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
