//! What is asked of a product again and again.

use std::time::Duration;

use linkwright_core::{
    Ancestor, Asin, Availability, AvailabilityKind, BrowseNode, BrowseNodeInfo, CategoryRank, Contributor,
    Deal, DealTime, Image, ImageOwner, ImageSizes, Images, InStock, Item, ItemDetails, Money, Offer, Offers,
    Price, SalesRank, ShopInfo, Timestamp,
};

const FETCHED: Timestamp = Timestamp::from_unix_seconds(1_795_000_000);

fn item(asin: &str) -> Item {
    Item::new(Asin::parse(asin).unwrap(), format!("https://www.amazon.com/dp/{asin}?tag=demo-20"))
}

fn said(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn described(details: ItemDetails) -> Item {
    let (mut item, mut info) = (item("B000000001"), ShopInfo::new(None, None));
    info.details = details;
    item.shop_info = Some(info.fetched(FETCHED));
    item
}

fn offered(offers: Vec<Offer>) -> Item {
    let mut item = item("B000000001");
    item.offers = Some(Offers::new(offers).fetched(FETCHED));
    item
}

fn filed(nodes: Vec<BrowseNode>, website: Option<SalesRank>) -> Item {
    let mut item = item("B000000001");
    item.browse_node_info = Some(BrowseNodeInfo::new(nodes, website).fetched(FETCHED));
    item
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn a_product_is_in_stock_out_of_stock_or_nobody_knows() {
    use AvailabilityKind as Kind;
    let offer =
        |kind: &Option<Kind>| Offer::new(None, Some(Availability::new(kind.clone(), said("In Stock"))));
    let check = |kinds: &[Option<Kind>], expected: InStock| {
        let item = offered(kinds.iter().map(offer).collect());
        assert_eq!(item.in_stock(FETCHED), expected, "{kinds:?}");
        let late = FETCHED.plus(Offers::LIFETIME);
        assert_eq!(item.in_stock(late), InStock::Unknown, "{kinds:?}, an hour later");
    };
    for (kind, expected) in [
        (Kind::InStock, InStock::Yes),
        (Kind::InStockScarce, InStock::Yes),
        (Kind::OutOfStock, InStock::No),
        (Kind::Unavailable, InStock::No),
        (Kind::Preorder, InStock::No),
        (Kind::LeadTime, InStock::No),
        (Kind::AvailableDate, InStock::No),
        (Kind::Unknown, InStock::Unknown),
        (Kind::from("ON_THE_MOON"), InStock::Unknown),
    ] {
        check(&[Some(kind)], expected);
    }
    check(&[], InStock::No);
    check(&[None], InStock::Unknown);
    check(&[Some(Kind::OutOfStock), None], InStock::Unknown);
    check(&[None, Some(Kind::OutOfStock), Some(Kind::InStock)], InStock::Yes);
    assert_eq!(item("B000000001").in_stock(FETCHED), InStock::Unknown, "nobody asked");
    assert_eq!(
        [InStock::Yes, InStock::No, InStock::Unknown].map(InStock::known),
        [Some(true), Some(false), None]
    );
}

/// Sizes from words: `small`, or `small 60x75` with what it says of itself.
fn sizes(words: &[&str]) -> ImageSizes {
    let mut sizes = ImageSizes::default();
    for word in words {
        let (name, size) = word.split_once(' ').map_or((*word, None), |(name, size)| (name, Some(size)));
        let mut image = Image::new(name, ImageOwner::Amazon);
        if let Some((width, height)) = size.and_then(|size| size.split_once('x')) {
            (image.width, image.height) = (width.parse().ok(), height.parse().ok());
        }
        let place = match name {
            "small" => &mut sizes.small,
            "medium" => &mut sizes.medium,
            "large" => &mut sizes.large,
            _ => &mut sizes.high_res,
        };
        *place = Some(image);
    }
    sizes
}

#[test]
fn the_smallest_picture_that_is_large_enough_is_taken_and_else_the_largest() {
    let all = ["small", "medium", "large", "hires"];
    let told = ["small 60x75", "medium 128x160", "large 400x500", "hires 1200x1500"];
    // sizes, pixels, what fits, whether it is known to have as many
    for (words, pixels, fits, enough) in [
        (&all[..], 0, Some("small"), true),
        (&all, 75, Some("small"), true),
        (&all, 76, Some("medium"), true),
        (&all, 161, Some("large"), true),
        (&all, 501, Some("hires"), false),
        (&told, 70, Some("small"), true),
        (&told, 500, Some("large"), true),
        (&told, 501, Some("hires"), true),
        (&told, 1501, Some("hires"), false),
        (&all[..3], 501, Some("large"), false),
        (&all[..1], 500, Some("small"), false),
        (&["medium", "large"], 1, Some("medium"), true),
        // As large as there is may be smaller than what is called large.
        (&["large 500x500", "hires 300x300"], 200, Some("hires"), true),
        (&["large 500x500", "hires 300x300"], 600, Some("large"), false),
        // One side says enough, and none at all says nothing.
        (&["medium 160x", "large"], 160, Some("medium"), true),
        (&["medium x90", "large 0x0"], 100, Some("large"), true),
        (&[], 1, None, false),
    ] {
        let sizes = sizes(words);
        let url = |image: Option<&Image>| image.map(|image| image.url.clone());
        assert_eq!(url(sizes.fitting(pixels)), fits.map(str::to_owned), "{words:?} {pixels}");
        assert_eq!(
            url(sizes.at_least(pixels)),
            fits.filter(|_| enough).map(str::to_owned),
            "{words:?} {pixels}"
        );
    }
}

#[test]
fn the_authors_picture_is_first_and_the_shops_are_there_for_a_day() {
    let mut info = ShopInfo::new(None, None);
    let variants = vec![sizes(&["small", "large"]), sizes(&[]), sizes(&["medium"])];
    info.images = Images::new(sizes(&["small", "hires 900x900"]), variants);
    let mut shops = item("B000000001");
    shops.shop_info = Some(info.fetched(FETCHED));
    let (mut owned, mut stolen) = (shops.clone(), shops.clone());
    owned.image = Some(Image::new("own", ImageOwner::Author));
    stolen.image = Some(Image::new("stolen", ImageOwner::Amazon));
    let late = FETCHED.plus(ShopInfo::LIFETIME);
    for (item, now, expected) in [
        (&shops, FETCHED, &["hires", "large", "medium"][..]),
        (&shops, late, &[]),
        (&owned, FETCHED, &["own", "large", "medium"]),
        (&owned, late, &["own"]),
        (&stolen, FETCHED, &["hires", "large", "medium"]),
        (&stolen, late, &[]),
    ] {
        let found: Vec<&str> = item.images_at_least(200, now).map(|image| image.url.as_str()).collect();
        assert_eq!(found, expected);
        assert_eq!(item.image_at_least(200, now).map(|image| image.url.as_str()), expected.first().copied());
    }
}

#[test]
fn a_brand_is_whoever_is_named_first() {
    let someone = |name: Option<&str>| {
        let mut someone = Contributor::default();
        someone.name = name.map(str::to_owned);
        someone
    };
    for (brand, maker, contributors, expected) in [
        (said("Acme"), said("Maker"), vec![Some("Ann")], Some("Acme")),
        (said(" "), said("Maker"), vec![Some("Ann")], Some("Maker")),
        (None, None, vec![None, Some(""), Some("Ann"), Some("Bob")], Some("Ann")),
        (None, None, vec![], None),
    ] {
        let mut details = ItemDetails::default();
        (details.brand, details.manufacturer) = (brand, maker);
        details.contributors = contributors.into_iter().map(someone).collect();
        let item = described(details);
        assert_eq!(item.brand(FETCHED), expected);
        assert_eq!(item.brand(FETCHED.plus(ShopInfo::LIFETIME)), None);
    }
}

#[test]
fn numbers_of_the_trade_are_the_first_with_a_right_check_digit() {
    // EANs, UPCs, ISBNs; the EAN, the UPC and the ISBN that are shown
    let check = |given: [&[&str]; 3], expected: [Option<&str>; 3]| {
        let mut details = ItemDetails::default();
        let [eans, upcs, isbns] =
            given.map(|numbers| numbers.iter().map(|text| (*text).to_owned()).collect());
        (details.eans, details.upcs, details.isbns) = (eans, upcs, isbns);
        let item = described(details);
        let isbn = item.isbn(FETCHED).map(|isbn| isbn.to_string());
        assert_eq!([item.ean(FETCHED), item.upc(FETCHED), isbn.as_deref()], expected, "{given:?}");
        let late = FETCHED.plus(ShopInfo::LIFETIME);
        assert_eq!((item.ean(late), item.upc(late), item.isbn(late)), (None, None, None), "{given:?}");
    };
    check([&[], &[], &[]], [None; 3]);
    check([&["4006381333931"], &["036000291452"], &[]], [Some("4006381333931"), Some("036000291452"), None]);
    check(
        [&["4006381333932", " 4006381333931 "], &["036000291453"], &[]],
        [Some("4006381333931"), None, None],
    );
    check([&["96385074"], &[], &[]], [Some("96385074"), None, None]);
    check([&["036000291452", "400638133393X", "", "４００６"], &["4006381333931"], &[]], [None; 3]);
    check([&[], &[], &["316148410X"]], [None, None, Some("9783161484100")]);
    check([&[], &[], &["3161484101", "978-3-16-148410-0"]], [None, None, Some("9783161484100")]);
    check([&["9783161484100"], &[], &["junk"]], [Some("9783161484100"), None, Some("9783161484100")]);
    check([&["9791090636071"], &[], &[]], [Some("9791090636071"), None, Some("9791090636071")]);
    check([&["9783161484101"], &[], &["31614841X0", "31614841", "316148410X0"]], [None; 3]);

    let book = item("316148410X");
    assert_eq!(book.isbn(FETCHED).unwrap().as_str(), "9783161484100", "a book's ASIN is its ISBN");
    assert_eq!(book.isbn(FETCHED).unwrap().to_asin(), Some(book.asin));
}

#[test]
fn a_deal_runs_between_its_times_and_what_cannot_be_read_is_not_guessed() {
    let now = at("2026-11-27T12:00:00Z");
    let minutes = |minutes: u64| Some(Duration::from_secs(minutes * 60));
    // from, to; whether it runs, in how long it begins, in how long it ends
    for (start, end, runs, starts_in, ends_in) in [
        (None, None, true, None, None),
        (Some(""), Some(" "), true, None, None),
        (Some("2026-11-27T05:35Z"), Some("2026-11-27T12:30Z"), true, None, minutes(30)),
        (Some("2026-11-27T05:35:00Z"), Some("2026-11-27T12:30:00Z"), true, None, minutes(30)),
        (Some("2026-11-27T05:35:00.000Z"), None, true, None, None),
        (None, Some("2026-11-27T12:01Z"), true, None, minutes(1)),
        (Some("2026-11-27T12:00Z"), Some("2026-11-27T12:01Z"), true, None, minutes(1)),
        (Some("2026-11-27T11:00Z"), Some("2026-11-27T12:00Z"), false, None, None),
        (Some("2026-11-27T12:45Z"), Some("2026-11-27T13:00Z"), false, minutes(45), None),
        (Some("2026-11-27T12:45Z"), None, false, minutes(45), None),
        (Some("tomorrow"), Some("2026-11-27T13:00Z"), false, None, None),
        (Some("2026-11-27T05:35Z"), Some("27.11.2026 13:00"), false, None, None),
    ] {
        let mut deal = Deal::default();
        (deal.start_time, deal.end_time) = (start.map(str::to_owned), end.map(str::to_owned));
        let window = deal.window();
        let found = (window.is_running(now), window.starts_in(now), window.ends_in(now));
        assert_eq!(found, (runs, starts_in, ends_in), "{start:?} {end:?}");
    }
    let mut deal = Deal::default();
    (deal.start_time, deal.end_time) = (said("soon"), said("2026-11-27T12:30Z"));
    assert_eq!(deal.window().start, DealTime::Unreadable("soon"), "the text can be reached");
    assert_eq!(deal.window().end.timestamp(), Some(at("2026-11-27T12:30:00Z")));
    assert_eq!(deal.window().start.timestamp(), None);
}

#[test]
fn prices_and_deals_are_those_of_the_offer_that_is_shown_for_an_hour() {
    let priced = |amount: &str, badge: &str| {
        let mut offer = Offer::new(Some(Price::new(Money::new(amount, "USD", format!("${amount}")))), None);
        let mut deal = Deal::default();
        deal.badge = said(badge);
        (offer.deal, offer.is_buy_box_winner) = (Some(deal), Some(false));
        offer
    };
    let mut forbidden = priced("1.00", "Secret");
    (forbidden.violates_map, forbidden.is_buy_box_winner) = (true, Some(true));
    let late = FETCHED.plus(Offers::LIFETIME);
    for (offers, price, badge) in [
        (vec![priced("30.00", "Thirty"), priced("9.00", "Nine")], Some("9.00"), Some("Nine")),
        (vec![forbidden.clone(), priced("9.00", "Nine")], Some("9.00"), Some("Nine")),
        (vec![forbidden], None, Some("Secret")),
        (vec![], None, None),
    ] {
        let item = offered(offers);
        let found = |now| {
            let price = item.best_price(now).map(|price| price.money.amount.as_str());
            assert_eq!(item.best_offer(now).is_some(), price.is_some());
            (price, item.deal(now).and_then(|deal| deal.badge.as_deref()))
        };
        assert_eq!(found(FETCHED), (price, badge));
        assert_eq!(found(late), (None, None));
    }
}

/// A category from words: the path from the root down, and its rank.
fn node(path: &[&str], rank: Option<u64>) -> BrowseNode {
    let mut names = path.iter().rev();
    let mut node = BrowseNode::default();
    node.display_name = names.next().map(|name| (*name).to_owned());
    node.sales_rank = rank;
    node.ancestors = names
        .map(|name| {
            let mut above = Ancestor::default();
            above.display_name = said(name);
            above
        })
        .collect();
    node
}

#[test]
fn the_deepest_category_is_taken_and_then_the_one_where_it_sells_best() {
    let late = FETCHED.plus(BrowseNodeInfo::LIFETIME);
    for (nodes, expected) in [
        (vec![], &[][..]),
        (vec![node(&["Books"], None)], &["Books"]),
        (
            vec![node(&["Books"], Some(1)), node(&["Home", "Kitchen", "Kettles"], None)],
            &["Home", "Kitchen", "Kettles"],
        ),
        (vec![node(&["A", "B"], None), node(&["A", "C"], Some(9)), node(&["A", "D"], Some(3))], &["A", "D"]),
        (vec![node(&["A", "B"], None), node(&["A", "C"], None)], &["A", "B"]),
        (vec![node(&["A", "", "C"], None)], &["A", "C"]),
        (vec![node(&["A", "B", ""], None), node(&["A"], None)], &["A"]),
    ] {
        let item = filed(nodes, None);
        assert_eq!(item.browse_path(FETCHED), expected);
        assert!(item.browse_path(late).is_empty());
        assert!(item.browse_node(late).is_none());
    }
    let mut unnamed = BrowseNode::default();
    unnamed.context_free_name = said("Alone");
    assert_eq!(unnamed.path(), ["Alone"]);
}

#[test]
fn the_rank_in_the_shop_goes_before_those_in_categories() {
    let in_shop = |rank| {
        let mut in_shop = SalesRank::default();
        (in_shop.sales_rank, in_shop.display_name) = (rank, said("Home & Kitchen"));
        Some(in_shop)
    };
    let nodes = || vec![node(&["A"], None), node(&["B"], Some(9)), node(&["C"], Some(3))];
    for (nodes, website, expected) in [
        (nodes(), in_shop(Some(70)), Some((70, "Home & Kitchen"))),
        (nodes(), in_shop(None), Some((3, "C"))),
        (nodes(), None, Some((3, "C"))),
        (vec![node(&["A"], None)], None, None),
    ] {
        let item = filed(nodes, website);
        let found =
            item.sales_rank(FETCHED).map(|CategoryRank { rank, category, .. }| (rank, category.unwrap()));
        assert_eq!(found, expected);
        assert!(item.sales_rank(FETCHED.plus(BrowseNodeInfo::LIFETIME)).is_none());
    }
}
