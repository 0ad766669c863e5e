//! What is sent to the API, and what is refused before that.

use linkwright_core::{
    Account, BrowseNodeResource, BrowseNodeResources, Condition, DeliveryFlag, ErrorKind, FeedType,
    GetBrowseNodes, GetVariations, Marketplace, PartnerTag, ReportType, RequestContext, Resource, Resources,
    SearchAvailability, SearchItems, SearchTerm, SortBy,
};
use linkwright_creators::wire::{ListFeedsAnswer, ListReportsAnswer};
use linkwright_creators::{
    ApiOperation, ApiRequest, GetBrowseNodesRequest, GetFeedRequest, GetItemsRequest, GetReportRequest,
    GetVariationsRequest, ListFeedsRequest, ListReportsRequest, RawRequest, SearchItemsRequest,
};

use crate::log::{listen, logged};
use crate::support::{Script, World, all_items, asin, asins, body, context, header, request, tag};

fn plain() -> RequestContext {
    RequestContext::tagged(Account::new("main"), tag())
}

/// A context that says all there is to say.
fn full() -> RequestContext {
    let de = PartnerTag::new("mysite-21", Marketplace::De).unwrap();
    let mut full = RequestContext::tagged(Account::new("main"), de);
    full.language = Some("en_GB".to_owned());
    full.currency = Some("EUR".to_owned());
    full.condition = Condition::New;
    full
}

#[track_caller]
fn check(request: &impl ApiRequest, path: &str, expected: &str) {
    assert_eq!(request.operation().path(), path);
    assert_eq!(String::from_utf8(request.body()).unwrap(), expected);
}

#[test]
fn get_items_bodies() {
    let table = [
        (
            plain(),
            Resources::LINK,
            r#"{"itemIds":["B000000001"],"partnerTag":"demo-20","resources":["itemInfo.title"]}"#,
        ),
        (plain(), Resources::NONE, r#"{"itemIds":["B000000001"],"partnerTag":"demo-20"}"#),
        (
            full(),
            Resources::LINK.with(Resource::PrimaryImageHighRes),
            r#"{"itemIds":["B000000001"],"partnerTag":"mysite-21","languagesOfPreference":["en_GB"],"currencyOfPreference":"EUR","condition":"New","resources":["images.primary.highRes","itemInfo.title"]}"#,
        ),
        // What only other operations take is left out: Amazon would refuse the call.
        (
            plain(),
            Resources::LINK.union(Resources::SEARCH_REFINEMENTS).union(Resources::VARIATION_SUMMARY),
            r#"{"itemIds":["B000000001"],"partnerTag":"demo-20","resources":["itemInfo.title"]}"#,
        ),
    ];
    for (context, resources, expected) in table {
        let request = GetItemsRequest::new(&context, [asin("B000000001")], resources).unwrap();
        check(&request, "/catalog/v1/getItems", expected);
    }
    let mut reserved = GetItemsRequest::new(&plain(), [asin("B000000001")], Resources::NONE).unwrap();
    reserved.audience.properties.insert("k".to_owned(), "v".to_owned());
    let expected = r#"{"itemIds":["B000000001"],"partnerTag":"demo-20","properties":{"k":"v"}}"#;
    check(&reserved, "/catalog/v1/getItems", expected);
}

#[test]
fn search_bodies() {
    let path = "/catalog/v1/searchItems";
    let bare = SearchItems::new("tea kettle").with_resources(Resources::NONE);
    let request = SearchItemsRequest::new(&plain(), bare).unwrap();
    check(&request, path, r#"{"keywords":"tea kettle","partnerTag":"demo-20"}"#);

    let mut search = SearchItems::by(SearchTerm::Author, "Jane Austen")
        .and(SearchTerm::Title, "Emma")
        .and(SearchTerm::Actor, "A")
        .and(SearchTerm::Artist, "B")
        .and(SearchTerm::Brand, "C")
        .with_resources(Resources::SEARCH_REFINEMENTS);
    search.availability = Some(SearchAvailability::IncludeOutOfStock);
    search.browse_node_id = Some("172282".parse().unwrap());
    search.delivery_flags = vec![DeliveryFlag::Prime, DeliveryFlag::from("Drone")];
    search.item_count = Some(10);
    search.item_page = Some(10);
    search.min_price = Some(1);
    search.max_price = Some(3241);
    search.min_reviews_rating = Some(4);
    search.min_saving_percent = Some(99);
    search.search_index = Some("Books".to_owned());
    search.sort_by = Some(SortBy::PriceLowToHigh);
    let request = SearchItemsRequest::new(&full(), search).unwrap();
    let expected = r#"{"actor":"A","artist":"B","author":"Jane Austen","availability":"IncludeOutOfStock","brand":"C","browseNodeId":"172282","deliveryFlags":["Prime","Drone"],"itemCount":10,"itemPage":10,"maxPrice":3241,"minPrice":1,"minReviewsRating":4,"minSavingPercent":99,"partnerTag":"mysite-21","languagesOfPreference":["en_GB"],"currencyOfPreference":"EUR","condition":"New","resources":["searchRefinements"],"searchIndex":"Books","sortBy":"Price:LowToHigh","title":"Emma"}"#;
    check(&request, path, expected);
}

#[test]
fn a_search_that_checks_savings_asks_for_what_tells_them() {
    let rechecked = |search: &mut SearchItems| {
        (search.min_saving_percent, search.recheck_saving) = (Some(20), true);
    };
    let mut by_hand = SearchItems::new("kettle").with_resources(Resources::LINK);
    rechecked(&mut by_hand);
    let mut then_fewer = SearchItems::new("kettle");
    rechecked(&mut then_fewer);
    then_fewer.resources = Resources::LINK;
    for search in [
        SearchItems::new("kettle").with_resources(Resources::LINK).with_min_saving_percent(20),
        SearchItems::new("kettle").with_min_saving_percent(20).with_resources(Resources::LINK),
        by_hand,
        then_fewer,
    ] {
        check(
            &SearchItemsRequest::new(&plain(), search).unwrap(),
            "/catalog/v1/searchItems",
            r#"{"keywords":"kettle","minSavingPercent":20,"partnerTag":"demo-20","resources":["itemInfo.title","offersV2.listings.isBuyBoxWinner","offersV2.listings.price","offersV2.listings.type"]}"#,
        );
    }
    let bare = r#""partnerTag":"demo-20","resources":["itemInfo.title"]}"#;
    let mut trusting = SearchItems::new("kettle").with_resources(Resources::LINK);
    trusting.min_saving_percent = Some(20);
    let mut aimless = SearchItems::new("kettle").with_resources(Resources::LINK);
    aimless.recheck_saving = true;
    for search in [trusting, aimless] {
        let body = SearchItemsRequest::new(&plain(), search).unwrap().body();
        assert!(String::from_utf8(body).unwrap().ends_with(bare));
    }
}

#[test]
fn variations_nodes_feeds_and_reports() {
    let mut variations = GetVariations::new(asin("B000000001")).with_resources(Resources::VARIATION_SUMMARY);
    variations.variation_count = Some(3);
    variations.variation_page = Some(2);
    check(
        &GetVariationsRequest::new(&plain(), variations).unwrap(),
        "/catalog/v1/getVariations",
        r#"{"asin":"B000000001","partnerTag":"demo-20","resources":["variationSummary.price.highestPrice","variationSummary.price.lowestPrice","variationSummary.variationDimension"],"variationCount":3,"variationPage":2}"#,
    );
    let ids = ["172282", "9223372036854775807"].map(|id| id.parse().unwrap());
    let children = BrowseNodeResources::NONE.with(BrowseNodeResource::Children);
    // This operation takes neither currency nor condition.
    check(
        &GetBrowseNodesRequest::new(&full(), GetBrowseNodes::new(ids).with_resources(children)).unwrap(),
        "/catalog/v1/getBrowseNodes",
        r#"{"browseNodeIds":["172282","9223372036854775807"],"partnerTag":"mysite-21","languagesOfPreference":["en_GB"],"resources":["browseNodes.children"]}"#,
    );
    check(&ListFeedsRequest::new(Marketplace::Us), "/catalog/v1/listFeeds", "{}");
    check(&ListReportsRequest::new(Marketplace::Us), "/reports/v1/listReports", "{}");
    let mut feed = GetFeedRequest::new(Marketplace::Us, "a.xml.gz");
    check(&feed, "/catalog/v1/getFeed", r#"{"feedName":"a.xml.gz"}"#);
    feed.feed_type = Some(FeedType::DealsFeeds);
    check(&feed, "/catalog/v1/getFeed", r#"{"feedName":"a.xml.gz","feedType":"DEALS_FEEDS"}"#);
    let mut report = GetReportRequest::new(Marketplace::Us, "a.tsv.gz");
    report.report_type = Some(ReportType::CreatorCentral);
    check(&report, "/reports/v1/getReport", r#"{"filename":"a.tsv.gz","reportType":"CREATOR_CENTRAL"}"#);
}

#[test]
fn a_listed_file_is_asked_for_by_its_name_and_kind() {
    let list = r#"{"feeds":[{"feedName":"a","feedType":"DEALS_FEEDS"},{"feedName":"b"},{"feedName":"c","feedType":"NEW_ONES"},{"size":1}]}"#;
    let feeds = ListFeedsAnswer::decode(list.as_bytes()).unwrap().feeds;
    for (feed, body) in feeds.iter().zip([
        r#"{"feedName":"a","feedType":"DEALS_FEEDS"}"#,
        r#"{"feedName":"b"}"#,
        r#"{"feedName":"c","feedType":"NEW_ONES"}"#,
    ]) {
        check(&GetFeedRequest::of(Marketplace::Us, feed).unwrap(), "/catalog/v1/getFeed", body);
    }
    let error = GetFeedRequest::of(Marketplace::Us, &feeds[3]).unwrap_err();
    let expected = "Amazon's list holds a file that lacks: `feedName`";
    assert_eq!((error.kind(), error.message()), (ErrorKind::Corrupt, expected));

    let list = r#"{"reports":[{"filename":"a","reportType":"CREATOR_CENTRAL"},{}]}"#;
    let reports = ListReportsAnswer::decode(list.as_bytes()).unwrap().reports;
    let request = GetReportRequest::of(Marketplace::Us, &reports[0]).unwrap();
    check(&request, "/reports/v1/getReport", r#"{"filename":"a","reportType":"CREATOR_CENTRAL"}"#);
    let error = GetReportRequest::of(Marketplace::Us, &reports[1]).unwrap_err();
    let expected = "Amazon's list holds a file that lacks: `filename`";
    assert_eq!((error.kind(), error.message()), (ErrorKind::Corrupt, expected));
}

/// A change of a search that is in range.
fn search(change: impl Fn(&mut SearchItems)) -> SearchItems {
    let mut search = SearchItems::new("kettle");
    change(&mut search);
    search
}

#[test]
fn a_field_out_of_range_is_refused_with_field_value_and_rule() {
    let long = "x".repeat(1001);
    let search_of = |search: SearchItems| SearchItemsRequest::new(&plain(), search).map(|_| ());
    let items_of = |count| GetItemsRequest::new(&plain(), asins(count), Resources::LINK).map(|_| ());
    let variations_of = |change: fn(&mut GetVariations)| {
        let mut variations = GetVariations::new(asin("B000000001"));
        change(&mut variations);
        GetVariationsRequest::new(&plain(), variations).map(|_| ())
    };
    let nodes_of = |count: u64| {
        let ids = (1..=count).map(|id| id.to_string().parse().unwrap());
        GetBrowseNodesRequest::new(&plain(), GetBrowseNodes::new(ids)).map(|_| ())
    };
    let spoken_of = |change: fn(&mut RequestContext)| {
        let mut context = plain();
        change(&mut context);
        SearchItemsRequest::new(&context, SearchItems::new("kettle")).map(|_| ())
    };
    let table = [
        ("itemIds must have 1 to 10 elements, and has: `0`", items_of(0)),
        ("", items_of(1)),
        ("", items_of(10)),
        ("itemIds must have 1 to 10 elements, and has: `11`", items_of(11)),
        ("keywords must not be blank, and is: `  `", search_of(SearchItems::new("  "))),
        (
            "title may have at most 1000 characters, and has: `1001`",
            search_of(SearchItems::by(SearchTerm::Title, &long)),
        ),
        (
            "searchIndex must not be blank, and is: ``",
            search_of(search(|s| s.search_index = Some(String::new()))),
        ),
        ("itemCount must be from 1 to 10, and is: `0`", search_of(search(|s| s.item_count = Some(0)))),
        ("", search_of(search(|s| s.item_count = Some(1)))),
        ("itemCount must be from 1 to 10, and is: `11`", search_of(search(|s| s.item_count = Some(11)))),
        ("itemPage must be from 1 to 10, and is: `11`", search_of(search(|s| s.item_page = Some(11)))),
        (
            "minPrice must be from 1 to 18446744073709551615, and is: `0`",
            search_of(search(|s| s.min_price = Some(0))),
        ),
        (
            "maxPrice must not be less than minPrice, 200, and is: `100`",
            search_of(search(|s| (s.min_price, s.max_price) = (Some(200), Some(100)))),
        ),
        ("", search_of(search(|s| (s.min_price, s.max_price) = (Some(200), Some(200))))),
        (
            "minReviewsRating must be from 1 to 4, and is: `5`",
            search_of(search(|s| s.min_reviews_rating = Some(5))),
        ),
        (
            "minSavingPercent must be from 1 to 99, and is: `100`",
            search_of(search(|s| s.min_saving_percent = Some(100))),
        ),
        (
            "deliveryFlags must have 0 to 100 elements, and has: `101`",
            search_of(search(|s| s.delivery_flags = vec![DeliveryFlag::Prime; 101])),
        ),
        (
            "variationCount must be from 1 to 10, and is: `11`",
            variations_of(|v| v.variation_count = Some(11)),
        ),
        (
            "variationPage must be from 1 to 4294967295, and is: `0`",
            variations_of(|v| v.variation_page = Some(0)),
        ),
        ("", variations_of(|v| v.variation_page = Some(4000))),
        ("browseNodeIds must have 1 to 10 elements, and has: `11`", nodes_of(11)),
        ("", nodes_of(10)),
        (
            "languagesOfPreference must not be blank, and is: ` `",
            spoken_of(|c| c.language = Some(" ".to_owned())),
        ),
        (
            "currencyOfPreference may have at most 100 characters, and has: `101`",
            spoken_of(|c| c.currency = Some("x".repeat(101))),
        ),
        ("feedName must not be blank, and is: ``", GetFeedRequest::new(Marketplace::Us, "").check()),
        ("filename must not be blank, and is: ` `", GetReportRequest::new(Marketplace::Us, " ").check()),
    ];
    for (expected, made) in table {
        match (expected, made) {
            ("", made) => made.unwrap(),
            (expected, Ok(())) => panic!("taken: {expected}"),
            (expected, Err(error)) => {
                assert_eq!((error.kind(), error.message()), (ErrorKind::RequestInvalid, expected));
                let field = error
                    .context()
                    .iter()
                    .find(|(name, _)| *name == "field")
                    .map(|(_, field)| field.as_str());
                assert_eq!(field, expected.split(' ').next(), "{error:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_request_changed_out_of_range_is_not_sent() {
    let script = Script::with_token(all_items);
    let mut changed = request(&asins(1));
    changed.asins.clear();
    let error = World::new(script.clone()).client().get_items(&context(), &changed).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RequestInvalid);
    assert!(script.asked().is_empty());
}

#[test]
fn all_that_names_products_needs_a_tag() {
    let untagged = RequestContext::untagged(Account::new("main"), Marketplace::Us);
    let nodes = GetBrowseNodes::new(["1".parse().unwrap()]);
    for error in [
        GetItemsRequest::new(&untagged, asins(1), Resources::LINK).unwrap_err(),
        SearchItemsRequest::new(&untagged, SearchItems::new("kettle")).unwrap_err(),
        GetVariationsRequest::new(&untagged, GetVariations::new(asin("B000000001"))).unwrap_err(),
        GetBrowseNodesRequest::new(&untagged, nodes).unwrap_err(),
        RawRequest::new(&untagged, ApiOperation::GetItems, "{}").unwrap_err(),
    ] {
        assert_eq!((error.kind(), error.reason()), (ErrorKind::ConfigInvalid, Some("no_tag")));
    }
}

#[test]
fn what_a_shop_does_not_have_is_a_warning() {
    let warnings = |language: Option<&str>, currency: Option<&str>, index: Option<&str>| -> Vec<String> {
        let mut context = plain();
        context.language = language.map(str::to_owned);
        context.currency = currency.map(str::to_owned);
        let mut search = SearchItems::new("kettle");
        search.search_index = index.map(str::to_owned);
        let request = SearchItemsRequest::new(&context, search).unwrap();
        request
            .warnings()
            .into_iter()
            .map(|warning| format!("{}: {}; {}", warning.field, warning.message, warning.hint))
            .collect()
    };
    assert_eq!(warnings(None, None, None), [""; 0]);
    assert_eq!(warnings(Some("es_US"), Some("EUR"), Some("Books")), [""; 0]);
    let all = warnings(Some("ja_JP"), Some("DKK"), Some("Book"));
    let starts = [
        "languagesOfPreference: Amazon probably ignores a language that www.amazon.com does not speak: `ja_JP`; it speaks: `",
        "currencyOfPreference: Amazon probably ignores a currency that www.amazon.com does not know: `DKK`; it knows ",
        "searchIndex: www.amazon.com probably has no such department: `Book`; did you mean `Books`?",
    ];
    assert_eq!(all.len(), starts.len(), "{all:#?}");
    for (warning, start) in all.iter().zip(starts) {
        assert!(warning.starts_with(start), "{warning}");
    }
}

#[tokio::test]
async fn a_field_is_warned_of_once_however_many_values_it_has() {
    listen();
    let client = World::new(Script::with_token(all_items)).client();
    for number in 0..100 {
        let mut context = plain();
        context.language = Some(format!("qq_{number:03}"));
        let request = GetItemsRequest::new(&context, asins(1), Resources::LINK).unwrap();
        client.get_items(&context, &request).await.unwrap();
    }
    let tag = PartnerTag::new("mysite-20", Marketplace::Ca).unwrap();
    let mut canadian = RequestContext::tagged(Account::new("main"), tag);
    canadian.language = Some("qq_CA".to_owned());
    let request = GetItemsRequest::new(&canadian, asins(1), Resources::LINK).unwrap();
    client.get_items(&canadian, &request).await.unwrap();
    let log = logged();
    let of_level = |level: &str| {
        let is_one = |line: &&str| line.contains(level) && line.contains("`qq_");
        log.lines().filter(is_one).collect::<Vec<_>>()
    };
    let (warned, noted) = (of_level("WARN"), of_level("DEBUG"));
    assert_eq!((warned.len(), noted.len()), (2, 99), "{warned:#?}");
    assert!(warned[0].contains("`qq_000`") && warned[1].contains("`qq_CA`"), "{warned:#?}");
}

#[tokio::test]
async fn a_call_has_the_headers_the_sdk_sends() {
    let script = Script::with_token(all_items);
    let world = World::new(script.clone());
    world.client().get_items(&context(), &request(&asins(2))).await.unwrap();
    let [call] = script.calls().try_into().unwrap();
    assert_eq!(call.url, "https://creatorsapi.amazon/catalog/v1/getItems");
    assert_eq!(header(&call, "x-marketplace"), Some("www.amazon.com"));
    assert_eq!(header(&call, "content-type"), Some("application/json"));
    assert_eq!(header(&call, "accept"), Some("application/json"));
    assert_eq!(body(&call), String::from_utf8(request(&asins(2)).body()).unwrap());
    assert!(!format!("{call:?}").contains("token-1"), "{call:?}");
}
