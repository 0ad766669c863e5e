//! What a search may be narrowed and sorted by, and the shops' departments and currencies.

use linkwright_core::{DeliveryFlag, FeedType, Marketplace, ReportType, SearchAvailability, SortBy};

#[test]
fn each_shop_has_the_departments_of_its_reference_page() {
    use Marketplace as Shop;
    // The number of departments, some the shop has, and some only its neighbours have.
    for (shop, count, has, has_not) in [
        (
            Shop::Us,
            51,
            &["All", "LocalServices", "VHS", "MobileAndAccessories"][..],
            &["ForeignBooks", "Toys"][..],
        ),
        (Shop::Ca, 35, &["Classical", "ForeignBooks", "VHS"], &["Computers", "Fashion"]),
        (Shop::Mx, 28, &["IndustrialAndScientific", "FashionBoys"], &["Beauty", "Industrial"]),
        (Shop::Br, 10, &["Books", "MobileApps"], &["ToysAndGames"]),
        (Shop::Uk, 40, &["AmazonVideo", "Classical", "VHS"], &["ForeignBooks", "Magazines"]),
        (Shop::De, 43, &["AmazonVideo", "Classical", "Magazines", "Photo", "ForeignBooks"], &["Vehicles"]),
        (Shop::Fr, 39, &["DigitalMusic", "LuxuryBeauty", "VHS"], &["AmazonVideo"]),
        (Shop::It, 37, &["Lighting", "Watches"], &["LuxuryBeauty", "VHS", "AmazonVideo"]),
        (Shop::Es, 39, &["AmazonVideo", "Vehicles"], &["LuxuryBeauty", "VHS"]),
        (Shop::Nl, 25, &["KindleStore"], &["Apparel"]),
        (Shop::Be, 22, &["Garden", "Toys", "HomeImprovement"], &["ToysAndGames", "EverythingElse"]),
        (Shop::Ie, 25, &["EverythingElse", "Home", "HomeImprovement"], &["HomeAndKitchen"]),
        (Shop::Pl, 23, &["ArtsAndCrafts"], &["GroceryAndGourmetFood"]),
        (Shop::Se, 18, &["GroceryAndGourmetFood"], &["Software"]),
        (Shop::Tr, 13, &["EverythingElse"], &["Music"]),
        (Shop::Ae, 25, &["Appliances", "Lighting"], &["Music", "KindleStore"]),
        (Shop::Sa, 27, &["Miscellaneous"], &["EverythingElse"]),
        (Shop::Eg, 21, &["Garden", "Toys"], &["Music"]),
        (Shop::In, 36, &["Collectibles", "Furniture"], &["VHS"]),
        (Shop::Jp, 40, &["CreditCards", "Hobbies", "Toys"], &["ToysAndGames", "Handmade"]),
        (Shop::Sg, 15, &["Computers"], &["Books"]),
        (Shop::Au, 25, &["Lighting", "Luggage"], &["Watches"]),
        (Shop::Za, 0, &[], &["All"]),
        (Shop::Cn, 0, &[], &["All"]),
    ] {
        let known = shop.search_indexes();
        assert_eq!(known.len(), count, "{shop}: {known:?}");
        assert!(known.windows(2).all(|pair| pair[0] < pair[1]), "{shop}: sorted, and each once");
        assert!(has.iter().all(|name| shop.has_search_index(name)), "{shop}: {has:?}");
        assert!(!has_not.iter().any(|name| shop.has_search_index(name)), "{shop}: {has_not:?}");
    }
}

#[test]
fn a_department_nobody_knows_is_taken_for_its_nearest() {
    use Marketplace as Shop;
    for (shop, given, expected) in [
        (Shop::Us, "Books", Some("Books")),
        (Shop::Us, "books", Some("Books")),
        (Shop::Us, "Book", Some("Books")),
        (Shop::Us, "Home", Some("HomeAndKitchen")),
        (Shop::Us, "Home & Kitchen", Some("HomeAndKitchen")),
        (Shop::Us, "movies and tv", Some("MoviesAndTV")),
        (Shop::Us, "Kindle", Some("KindleStore")),
        (Shop::Us, "Elecrtonics", Some("Electronics")),
        (Shop::Us, "Toys", Some("ToysAndGames")),
        (Shop::Be, "ToysAndGames", Some("Toys")),
        (Shop::De, "IndustrialAndScientific", Some("Industrial")),
        (Shop::Us, "Wallpaper", None),
        (Shop::Us, "Grocery", Some("GroceryAndGourmetFood")),
        (Shop::Us, "Groceries", None),
        (Shop::Us, "Al", None),
        (Shop::Us, "", None),
        (Shop::Sg, "Books", None),
        (Shop::Za, "Books", None),
    ] {
        assert_eq!(shop.nearest_search_index(given), expected, "{shop} {given}");
    }
}

#[test]
fn only_the_american_shop_has_other_currencies_than_its_own() {
    for shop in Marketplace::ALL {
        let known = shop.currencies();
        assert_eq!(known.first(), Some(&shop.currency()), "{shop}");
        assert_eq!(known.len(), if shop == Marketplace::Us { 65 } else { 1 }, "{shop}");
        assert!(
            known.iter().all(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()))
        );
        assert!(known.iter().skip(1).is_sorted(), "{shop}");
    }
    for (code, known) in [("EUR", true), ("ZAR", true), ("AED", true), ("PLN", false), ("CHF", false)] {
        assert_eq!(Marketplace::Us.currencies().contains(&code), known, "{code}");
    }
}

#[test]
fn every_shop_with_an_api_has_a_language() {
    for shop in Marketplace::ALL.into_iter().filter(|shop| shop.region_group().is_some()) {
        assert!(!shop.languages().is_empty(), "{shop}");
    }
    assert_eq!(Marketplace::Ie.languages(), ["en_IE"]);
}

#[test]
fn values_are_spelled_as_the_api_spells_them_and_unknown_ones_kept() {
    macro_rules! check {
        ($name:ty, $($text:literal $(or $typed:literal)*),+) => {
            let known: Vec<&str> = <$name>::KNOWN.iter().map(|value| value.as_str()).collect();
            assert_eq!(known, [$($text),+]);
            for value in <$name>::KNOWN {
                assert_eq!(&<$name>::from(value.as_str()), value);
                assert_eq!(value.to_string().parse::<$name>().as_ref(), Ok(value));
                assert_eq!(serde_json::to_value(value).unwrap(), value.as_str());
            }
            $($(assert_eq!($typed.parse::<$name>(), Ok(<$name>::from($text)));)*)+
            for other in ["Newest2030", "", "ä"] {
                assert_eq!(<$name>::from(other).as_str(), other);
                assert_eq!(other.parse::<$name>().unwrap().as_str(), other);
            }
        };
    }
    check!(
        SortBy,
        "AvgCustomerReviews" or "avg-customer-reviews",
        "Featured",
        "NewestArrivals",
        "Price:HighToLow",
        "Price:LowToHigh" or "PriceLowToHigh" or "price_low_to_high" or "price:lowtohigh",
        "Relevance" or "relevance"
    );
    check!(SearchAvailability, "Available", "IncludeOutOfStock" or "include-out-of-stock");
    check!(DeliveryFlag, "AmazonGlobal", "FreeShipping", "FulfilledByAmazon", "Prime" or "prime");
    check!(FeedType, "PRODUCT_FEEDS" or "product-feeds", "DEALS_FEEDS");
    check!(ReportType, "CREATOR_CENTRAL", "CREATOR_CONNECTIONS" or "creator_connections");
}
