//! What a view shows of API data.

use linkwright_core::{
    Ancestor, Asin, Availability, AvailabilityKind, BrowseNode, BrowseNodeInfo, Contributor, Deal, Image,
    ImageOwner, ImageSizes, Images, Item, ItemDetails, ItemView, Merchant, Money, Offer, Offers, Price,
    SalesRank, Saving, SavingBasis, SavingBasisKind, ShopInfo, Source, Sourced, Timestamp, TradeIn,
};
use serde_json::json;

const FETCHED: Timestamp = Timestamp::from_unix_seconds(1_795_000_000);

fn usd(amount: &str) -> Money {
    Money::new(amount, "USD", format!("${amount}"))
}

/// A product of which much is known.
fn rich() -> Item {
    let mut item =
        Item::new(Asin::parse("B0LWRICH01").unwrap(), "https://www.amazon.com/dp/B0LWRICH01?tag=demo-20");
    item.parent_asin = Asin::parse("B0LWPARENT").ok();
    let mut info = ShopInfo::new(Some("Kettle".to_owned()), None);
    let size = |pixels| {
        Some(
            Image::new(format!("https://m.media-amazon.com/{pixels}.jpg"), ImageOwner::Amazon)
                .with_size(pixels, 10),
        )
    };
    let mut primary = ImageSizes::default();
    (primary.small, primary.large) = (size(75), size(500));
    info.images = Images::new(primary, Vec::new());
    info.details = ItemDetails::default();
    info.details.brand = Some("Acme".to_owned());
    info.details.eans = vec!["4006381333931".to_owned()];
    item.shop_info = Some(info.fetched(FETCHED));
    let mut price = Price::new(usd("39.99"));
    price.saving = Some(Saving::new(Some(usd("10.00")), Some(20)));
    price.basis =
        Some(SavingBasis::new(usd("49.99"), Some(SavingBasisKind::ListPrice), Some("List Price".to_owned())));
    let availability = Availability::new(Some(AvailabilityKind::InStock), Some("In Stock".to_owned()));
    let other = Offer::new(Some(Price::new(usd("38.00"))), None);
    let mut featured = Offer::new(Some(price), Some(availability));
    featured.is_buy_box_winner = Some(true);
    featured.merchant = Some(Merchant::new(None, Some("Sample Shop".to_owned())));
    item.offers = Some(Offers::new(vec![other, featured]).fetched(FETCHED));
    let (mut node, mut above, mut rank) = (BrowseNode::default(), Ancestor::default(), SalesRank::default());
    (node.id, above.id, rank.sales_rank) = (Some("3040".to_owned()), Some("283155".to_owned()), Some(7));
    node.ancestors = vec![above];
    item.browse_node_info = Some(BrowseNodeInfo::new(vec![node], Some(rank)).fetched(FETCHED));
    item
}

fn shown(item: Item, seconds_later: i64) -> serde_json::Value {
    let item = Sourced::fetched(item, Source::Creators, FETCHED);
    let now = Timestamp::from_unix_millis(FETCHED.as_unix_millis() + seconds_later * 1000);
    serde_json::to_value(ItemView::new(&item, now)).unwrap()
}

#[test]
fn a_view_holds_all_that_was_answered_under_amazons_names() {
    let mut view = shown(rich(), 0);
    let offer = view.as_object_mut().unwrap().remove("offer").unwrap();
    let others = view.as_object_mut().unwrap().remove("other_offers").unwrap();
    let expected = json!({
        "asin": "B0LWRICH01",
        "parentASIN": "B0LWPARENT",
        "detailPageURL": "https://www.amazon.com/dp/B0LWRICH01?tag=demo-20",
        "title": "Kettle",
        "byline": "Acme",
        "brand": "Acme",
        "ean": "4006381333931",
        "image": "https://m.media-amazon.com/500.jpg",
        "images": {"primary": {
            "small": {"url": "https://m.media-amazon.com/75.jpg", "width": 75, "height": 10},
            "large": {"url": "https://m.media-amazon.com/500.jpg", "width": 500, "height": 10},
        }},
        "details": {"brand": "Acme", "eans": ["4006381333931"]},
        "categories": {
            "nodes": [{"id": "3040", "ancestors": [{"id": "283155"}]}],
            "website_sales_rank": {"salesRank": 7},
        },
        "in_stock": true,
        "sales_rank": {"rank": 7},
        "source": "creators",
        "fetched_at": "2026-11-18T11:06:40Z",
        "expires": "2026-11-18T12:06:40Z",
    });
    assert_eq!(view, expected);
    assert_eq!(others.as_array().map(Vec::len), Some(1));
    for (member, value) in [
        ("price", json!("$39.99")),
        ("amount", json!("39.99")),
        ("saving", json!("$10.00")),
        ("saving_percent", json!(20)),
        ("saving_basis", json!("$49.99")),
        ("saving_basis_label", json!("List Price")),
        ("availability", json!("In Stock")),
        ("availability_type", json!("IN_STOCK")),
        ("merchant", json!({"name": "Sample Shop"})),
        ("expires", json!("2026-11-18T12:06:40Z")),
    ] {
        assert_eq!(offer[member], value, "{member}");
    }
}

#[test]
fn a_view_expires_with_what_it_shows() {
    for (seconds, expires) in [
        (0, json!("2026-11-18T12:06:40Z")),
        (3599, json!("2026-11-18T12:06:40Z")),
        (3600, json!("2026-11-19T11:06:40Z")),
        (86_400, json!(null)),
    ] {
        let view = shown(rich(), seconds);
        assert_eq!(view["expires"], expires, "after {seconds} s");
        assert_eq!(view.get("categories").is_some(), seconds < 3600, "after {seconds} s");
        assert_eq!(view.get("details").is_some(), seconds < 86_400, "after {seconds} s");
    }
}

#[test]
fn a_trade_in_price_has_its_time_beside_it_and_is_over_after_an_hour() {
    let mut item = rich();
    item.offers = None;
    item.browse_node_info = None;
    item.trade_in = Some(TradeIn::new(Some(true), Some(usd("24.05"))).fetched(FETCHED));
    for seconds in [0, 3599] {
        let view = shown(item.clone(), seconds);
        for (member, value) in [
            ("is_eligible", json!(true)),
            ("price", json!("$24.05")),
            ("amount", json!("24.05")),
            ("currency", json!("USD")),
            ("as_of", json!("2026-11-18T11:06:40Z")),
            ("expires", json!("2026-11-18T12:06:40Z")),
            ("disclaimer", json!(linkwright_core::PRICE_DISCLAIMER)),
        ] {
            assert_eq!(view["trade_in"][member], value, "{member}: {view}");
        }
        assert_eq!(view["expires"], view["trade_in"]["expires"], "the first to end: {view}");
        assert!(!view["details"].to_string().contains("24.05"), "{view}");
    }
    for seconds in [-1, 3600, 86_399] {
        let view = shown(item.clone(), seconds);
        assert!(!view.to_string().contains("24.05") && view.get("trade_in").is_none(), "{seconds}: {view}");
    }
    assert_eq!(shown(item.clone(), 3600)["details"]["brand"], json!("Acme"), "for a day");
    item.trade_in = Some(TradeIn::new(Some(false), None).fetched(FETCHED));
    let view = shown(item, 0);
    let members: Vec<&String> = view["trade_in"].as_object().unwrap().keys().collect();
    assert_eq!(members, ["as_of", "disclaimer", "expires", "is_eligible"], "{view}");
}

#[test]
fn a_price_the_manufacturer_forbids_is_never_shown() {
    let mut item = rich();
    let mut forbidden = Offer::new(Some(Price::new(usd("12.34"))), None);
    forbidden.violates_map = true;
    item.offers = Some(Offers::new(vec![forbidden]).fetched(FETCHED));
    let view = shown(item, 0);
    assert!(!view.to_string().contains("12.34"), "{view}");
    assert!(view["offer"].is_object(), "{view}");
}

#[test]
fn what_a_template_needs_is_there_without_computing() {
    let mut item = rich();
    let mut price = Price::new(usd("29.99"));
    price.basis = Some(SavingBasis::new(usd("39.95"), None, None));
    let mut offer = Offer::new(Some(price), None);
    let mut deal = Deal::default();
    deal.end_time = Some("2026-11-18T11:30Z".to_owned());
    offer.deal = Some(deal);
    let mut forbidden = Offer::new(Some(Price::new(usd("12.34"))), None);
    (forbidden.violates_map, forbidden.is_buy_box_winner) = (true, Some(true));
    item.offers = Some(Offers::new(vec![forbidden, offer]).fetched(FETCHED));
    let (mut node, mut above) = (BrowseNode::default(), Ancestor::default());
    (node.display_name, above.display_name) = (Some("Kettles".to_owned()), Some("Kitchen".to_owned()));
    (node.ancestors, node.sales_rank) = (vec![above], Some(7));
    item.browse_node_info = Some(BrowseNodeInfo::new(vec![node], None).fetched(FETCHED));

    let view = shown(item.clone(), 0);
    for (pointer, value) in [
        ("/offer/price", json!("$29.99")),
        ("/offer/saving_percent", json!(24)),
        ("/offer/deal_is_running", json!(true)),
        ("/offer/deal_ends", json!("2026-11-18T11:30:00Z")),
        ("/browse_path", json!(["Kitchen", "Kettles"])),
        ("/sales_rank", json!({"rank": 7, "category": "Kettles"})),
    ] {
        assert_eq!(view.pointer(pointer), Some(&value), "{pointer}");
    }
    assert!(view.get("in_stock").is_none(), "nobody said: {view}");
    assert!(!view.to_string().contains("12.34"), "{view}");
    assert_eq!(shown(item.clone(), 3000)["offer"]["deal_is_running"], json!(false), "after its end");
    let late = shown(item, 3600);
    for member in ["offer", "in_stock", "browse_path", "sales_rank"] {
        assert!(late.get(member).is_none(), "{member}: {late}");
    }
    assert_eq!(late["brand"], json!("Acme"), "for a day");
}

#[test]
fn a_byline_names_people_before_brands() {
    let someone = |name: &str, role: Option<&str>| {
        let mut someone = Contributor::default();
        (someone.name, someone.role) = (Some(name.to_owned()), role.map(str::to_owned));
        someone
    };
    let check =
        |contributors: Vec<Contributor>, brand: Option<&str>, maker: Option<&str>, expected: Option<&str>| {
            let mut details = ItemDetails::default();
            details.contributors = contributors;
            (details.brand, details.manufacturer) = (brand.map(str::to_owned), maker.map(str::to_owned));
            assert_eq!(details.byline().as_deref(), expected);
        };
    check(
        vec![someone("Ann", Some("Author")), someone("Bob", None)],
        Some("Acme"),
        None,
        Some("Ann (Author), Bob"),
    );
    check((0..5).map(|n| someone(&format!("P{n}"), None)).collect(), None, None, Some("P0, P1, P2"));
    check(vec![], Some("Acme"), Some("Maker"), Some("Acme"));
    check(vec![], None, Some("Maker"), Some("Maker"));
    check(vec![], None, None, None);
}

#[test]
fn the_smallest_picture_of_a_size_is_found() {
    let item = rich();
    let images = &item.shop_info.as_ref().unwrap().at(FETCHED).unwrap().images;
    for (pixels, width) in [(1, Some(75)), (76, Some(500)), (501, None)] {
        assert_eq!(images.primary.at_least(pixels).and_then(|image| image.width), width, "{pixels}");
    }
}
