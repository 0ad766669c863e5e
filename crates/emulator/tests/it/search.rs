//! What searchItems finds, in which order, on which page.

use std::sync::OnceLock;

use linkwright_core::Marketplace;
use linkwright_emulator::Settings;
use serde_json::{Value, json};

use crate::asking::Asking;

/// All items of the American shop, as getItems tells of them, with what searches ask about.
fn all_items() -> &'static [Value] {
    static ITEMS: OnceLock<Vec<Value>> = OnceLock::new();
    ITEMS.get_or_init(|| {
        let mut asking = with_reviews();
        let asins: Vec<String> = (0..2000).map(|number| format!("B0EMU{number:05}")).collect();
        let resources = [
            "itemInfo.title",
            "itemInfo.byLineInfo",
            "itemInfo.productInfo",
            "offersV2.listings.price",
            "customerReviews.starRating",
            "browseNodeInfo.browseNodes.ancestor",
            "browseNodeInfo.websiteSalesRank",
        ];
        let mut items = Vec::new();
        for ids in asins.chunks(10) {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            let body = asking.get_items(Marketplace::Us, &ids, &resources).json_body();
            items.extend(body["itemsResult"]["items"].as_array().unwrap().clone());
        }
        items
    })
}

fn with_reviews() -> Asking {
    let mut asking = Asking::new();
    asking.control("switches", json!({ "customer_reviews": true }));
    asking
}

fn with_large_pages() -> Asking {
    let mut asking = Asking::new();
    asking.control("switches", json!({ "item_count_cap": 100 }));
    asking
}

fn title(item: &Value) -> &str {
    item["itemInfo"]["title"]["displayValue"].as_str().unwrap()
}

fn price(item: &Value) -> Option<f64> {
    item.pointer("/offersV2/listings/0/price/money/amount")?.as_f64()
}

fn rating(item: &Value) -> f64 {
    item.pointer("/customerReviews/starRating/value").and_then(Value::as_f64).unwrap()
}

/// Every page of a search, and the total that it tells of; `None` for nothing found.
fn pages(asking: &mut Asking, shop: Marketplace, fields: &Value) -> Option<(Vec<Value>, u64)> {
    let (mut items, mut total) = (Vec::new(), None);
    for page in 1..=10 {
        let mut fields = fields.clone();
        fields["itemPage"] = page.into();
        let reply = asking.call_with_tag("searchItems", shop, &fields);
        let body = reply.json_body();
        if reply.status == 404 {
            assert_eq!(body["resourceType"], "SearchResult", "{body}");
            break;
        }
        assert_eq!(reply.status, 200, "{fields}: {body}");
        let said = body["searchResult"]["totalResultCount"].as_u64();
        assert!(total.is_none() || total == said, "the total stays the same");
        total = said;
        items.extend(body["searchResult"]["items"].as_array().unwrap().clone());
    }
    total.map(|total| (items, total))
}

/// What a search finds is what an item's own data says it should: `fits`, of those with an offer.
#[track_caller]
fn check(asking: &mut Asking, fields: &Value, fits: impl Fn(&Value) -> bool) {
    let mut fields = fields.clone();
    let with_offers_only = fields.get("availability").is_none();
    let expected: Vec<&str> = all_items()
        .iter()
        .filter(|item| fits(item) && (price(item).is_some() || !with_offers_only))
        .map(|item| item["asin"].as_str().unwrap())
        .collect();
    fields["itemCount"] = 100.into();
    let (items, total) = pages(asking, Marketplace::Us, &fields).unwrap_or_default();
    assert_eq!(total, expected.len() as u64, "{fields}");
    assert_eq!(items.len(), expected.len().min(1000), "{fields}");
    for item in &items {
        assert!(expected.contains(&item["asin"].as_str().unwrap()), "{fields}: {item}");
    }
}

fn is_kettle(item: &Value) -> bool {
    title(item).contains("Kettle")
}

fn root(item: &Value) -> &str {
    item["browseNodeInfo"]["websiteSalesRank"]["id"].as_str().unwrap()
}

fn brand(item: &Value) -> &str {
    item["itemInfo"]["byLineInfo"]["brand"]["displayValue"].as_str().unwrap()
}

fn is_book(item: &Value) -> bool {
    root(item) == "283155"
}

#[test]
fn words_are_looked_for_where_they_should_be() {
    let mut asking = with_large_pages();
    check(&mut asking, &json!({ "keywords": "kettle" }), is_kettle);
    check(&mut asking, &json!({ "keywords": "KETTLES!" }), is_kettle);
    check(&mut asking, &json!({ "keywords": "black kettle" }), |item| {
        is_kettle(item) && title(item).contains("Black")
    });
    check(&mut asking, &json!({ "keywords": "samplecraft" }), |item| brand(item) == "Samplecraft");
    check(&mut asking, &json!({ "keywords": "kettle birds" }), |_| false);
    check(&mut asking, &json!({ "keywords": "B0EMU00042" }), |item| item["asin"] == "B0EMU00042");
    check(&mut asking, &json!({ "keywords": "!?" }), |_| false);
    check(&mut asking, &json!({ "title": "kettle" }), is_kettle);
    check(&mut asking, &json!({ "title": "samplecraft" }), |item| title(item).contains("Samplecraft"));
    check(&mut asking, &json!({ "brand": "Samplecraft" }), |item| brand(item) == "Samplecraft");
    check(&mut asking, &json!({ "brand": "Samplecraft", "keywords": "kettle" }), |item| {
        is_kettle(item) && brand(item) == "Samplecraft"
    });
    check(&mut asking, &json!({ "brand": "kettle" }), |_| false);
    check(&mut asking, &json!({ "author": "ada beispiel" }), is_book);
    // One of two people must have all the words.
    check(&mut asking, &json!({ "author": "ada ñandú" }), |_| false);
    check(&mut asking, &json!({ "actor": "ada" }), |_| false);
    check(&mut asking, &json!({ "artist": "ada" }), |_| false);
}

#[test]
fn a_search_can_be_kept_to_a_department_or_a_node() {
    let mut asking = with_large_pages();
    check(&mut asking, &json!({ "keywords": "made", "searchIndex": "All" }), |_| true);
    check(&mut asking, &json!({ "keywords": "made", "searchIndex": "Books" }), is_book);
    check(&mut asking, &json!({ "keywords": "made", "searchIndex": "ToolsAndHomeImprovement" }), |item| {
        root(item) == "228013"
    });
    // One that there is nothing in, one of another shop, and one that nobody knows.
    check(&mut asking, &json!({ "keywords": "made", "searchIndex": "Music" }), |_| false);
    check(&mut asking, &json!({ "keywords": "made", "searchIndex": "HomeImprovement" }), |_| false);
    check(&mut asking, &json!({ "keywords": "made", "searchIndex": "Nonsense" }), |_| false);
    check(&mut asking, &json!({ "keywords": "made", "browseNodeId": "289785" }), is_kettle);
    // A node above the items' own.
    check(&mut asking, &json!({ "keywords": "made", "browseNodeId": "284507" }), |item| {
        root(item) == "1055398"
    });
    check(&mut asking, &json!({ "keywords": "made", "browseNodeId": "1", }), |_| false);
}

#[test]
fn prices_ratings_and_savings_are_bounds() {
    let mut asking = with_large_pages();
    check(&mut asking, &json!({ "keywords": "made", "minPrice": 20_000 }), |item| price(item) >= Some(200.0));
    check(&mut asking, &json!({ "keywords": "made", "minPrice": 2599, "maxPrice": 2599.0 }), |item| {
        price(item) == Some(25.99)
    });
    check(&mut asking, &json!({ "keywords": "kettle", "maxPrice": 3000 }), |item| {
        is_kettle(item) && price(item).is_some_and(|price| price <= 30.0)
    });
    check(&mut asking, &json!({ "keywords": "kettle", "minReviewsRating": 4 }), |item| {
        is_kettle(item) && rating(item) >= 4.0
    });
    check(&mut asking, &json!({ "keywords": "kettle", "minReviewsRating": "4" }), |item| {
        is_kettle(item) && rating(item) >= 4.0
    });
    let saved =
        |item: &Value| item.pointer("/offersV2/listings/0/price/savings/percentage").and_then(Value::as_u64);
    check(&mut asking, &json!({ "keywords": "kettle", "minSavingPercent": 25 }), |item| {
        is_kettle(item) && saved(item) >= Some(25)
    });
    let all = json!({ "keywords": "kettle", "availability": "IncludeOutOfStock" });
    check(&mut asking, &all, is_kettle);
    check(
        &mut asking,
        &json!({ "keywords": "kettle", "condition": "New", "deliveryFlags": ["Prime"] }),
        is_kettle,
    );
}

#[test]
fn a_report_that_savings_are_ignored_can_be_chosen() {
    let total = |asking: &mut Asking, fields: Value| pages(asking, Marketplace::Us, &fields).unwrap().1;
    let mut asking = Asking::new();
    let all = total(&mut asking, json!({ "keywords": "kettle" }));
    assert!(total(&mut asking, json!({ "keywords": "kettle", "minSavingPercent": 30 })) < all);
    asking.control("switches", json!({ "ignore_min_saving_percent": true }));
    assert_eq!(total(&mut asking, json!({ "keywords": "kettle", "minSavingPercent": 30 })), all);
}

#[test]
fn yen_have_no_hundredths() {
    let mut asking = Asking::new();
    let fields = json!({
        "keywords": "ケトル", "minPrice": 5000, "maxPrice": 9000, "resources": ["offersV2.listings.price"],
    });
    let (items, _) = pages(&mut asking, Marketplace::Jp, &fields).unwrap();
    for item in &items {
        assert!((5000.0..=9000.0).contains(&price(item).unwrap()), "{item}");
    }
}

#[test]
fn the_order_is_the_one_asked_for() {
    let mut asking = with_reviews();
    let mut sorted = |sort_by: &str| {
        let fields = json!({
            "keywords": "made", "searchIndex": "Electronics", "sortBy": sort_by, "availability": "IncludeOutOfStock",
            "resources": ["offersV2.listings.price", "customerReviews.starRating", "itemInfo.productInfo",
                "browseNodeInfo.websiteSalesRank"],
        });
        let (items, _) = pages(&mut asking, Marketplace::Us, &fields).unwrap();
        assert_eq!(items.len(), 100);
        items
    };
    let is_sorted = |items: &[Value], value: &dyn Fn(&Value) -> f64| items.is_sorted_by_key(value);
    assert!(is_sorted(&sorted("Price:LowToHigh"), &|item| price(item).unwrap_or(f64::MAX)));
    assert!(is_sorted(&sorted("Price:HighToLow"), &|item| -price(item).unwrap_or(0.0)));
    assert!(is_sorted(&sorted("AvgCustomerReviews"), &|item| -rating(item)));
    assert!(is_sorted(&sorted("Featured"), &|item| {
        item["browseNodeInfo"]["websiteSalesRank"]["salesRank"].as_f64().unwrap()
    }));
    let released = |item: &Value| {
        item["itemInfo"]["productInfo"]["releaseDate"]["displayValue"].as_str().unwrap().to_owned()
    };
    assert!(sorted("NewestArrivals").is_sorted_by(|left, right| released(left) >= released(right)));
    // An order, once given, does not change from call to call.
    assert_eq!(sorted("Relevance"), sorted("Relevance"));
    // Words of the title weigh more.
    let fields = json!({ "keywords": "mini", "itemCount": 10 });
    let (items, _) = pages(&mut asking, Marketplace::Us, &fields).unwrap();
    assert!(items.iter().all(|item| title(item).contains("Mini")));
}

#[test]
fn pages_follow_each_other_until_there_are_no_more() {
    let mut asking = Asking::new();
    let of_seven = json!({ "keywords": "black kettle", "itemCount": 7 });
    let (items, total) = pages(&mut asking, Marketplace::Us, &of_seven).unwrap();
    assert!((8..70).contains(&total), "{total}");
    let mut asins: Vec<&str> = items.iter().map(|item| item["asin"].as_str().unwrap()).collect();
    assert_eq!(asins.len() as u64, total);
    asins.sort_unstable();
    asins.dedup();
    assert_eq!(asins.len() as u64, total, "no item comes twice");
    let count = |asking: &mut Asking, fields: Value| {
        let body = asking.call_with_tag("searchItems", Marketplace::Us, &fields).json_body();
        body["searchResult"]["items"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(count(&mut asking, json!({ "keywords": "made" })), 10);
    assert_eq!(count(&mut asking, json!({ "keywords": "made", "itemCount": 11 })), 0);
    asking.control("switches", json!({ "item_count_cap": 100 }));
    assert_eq!(count(&mut asking, json!({ "keywords": "made", "itemCount": 100 })), 100);
    assert_eq!(count(&mut asking, json!({ "keywords": "made" })), 10);
}

#[test]
fn links_are_those_of_the_samples() {
    let mut asking = Asking::new();
    let mut found = |shop, fields: Value| {
        asking.call_with_tag("searchItems", shop, &fields).json_body()["searchResult"].clone()
    };
    let result = found(Marketplace::Us, json!({ "keywords": "desk lamp", "sortBy": "Price:LowToHigh" }));
    assert_eq!(
        result["searchURL"],
        "https://www.amazon.com/s?k=desk+lamp&rh=p_n_availability%3A-1&tag=demo-20&linkCode=osi"
    );
    let asin = result["items"][0]["asin"].as_str().unwrap();
    assert_eq!(
        result["items"][0]["detailPageURL"],
        format!("https://www.amazon.com/dp/{asin}?tag=demo-20&linkCode=osi&th=1&psc=1")
    );
    assert_eq!(result["items"][0].get("score"), None);
    let result = found(
        Marketplace::De,
        json!({ "title": "kaffeemühle", "browseNodeId": "289748", "languagesOfPreference": ["en_GB"] }),
    );
    assert_eq!(
        result["searchURL"],
        "https://www.amazon.de/s?k=kaffeem%C3%BChle&rh=n%3A289748%2Cp_n_availability%3A-1&tag=demo-21&linkCode=osi&language=en_GB"
    );
}

#[test]
fn nothing_found_is_a_404() {
    let mut asking = Asking::new();
    let reply = asking.call_with_tag("searchItems", Marketplace::Us, &json!({ "keywords": "unheard of" }));
    assert_eq!(reply.status, 404);
    let body = reply.json_body();
    let expected = json!({
        "type": "ResourceNotFoundException",
        "message": body["message"],
        "resourceId": "unheard of",
        "resourceType": "SearchResult",
    });
    assert_eq!(body, expected);
    assert!(
        body["message"].as_str().unwrap().starts_with("No results found for your search request"),
        "{body}"
    );
}

#[test]
fn refinements_lead_to_what_they_say() {
    let mut asking = Asking::new();
    let mut refinements = |fields: Value| {
        let mut fields = fields;
        fields["resources"] = json!(["searchRefinements"]);
        let body = asking.call_with_tag("searchItems", Marketplace::Us, &fields).json_body();
        assert_eq!(body["searchResult"]["items"][0].get("itemInfo"), None, "only what was asked for");
        body["searchResult"]["searchRefinements"].clone()
    };
    let ids = |refinement: &Value| -> Vec<String> {
        let bins = refinement["bins"].as_array().into_iter().flatten();
        bins.map(|bin| bin["id"].as_str().unwrap().to_owned()).collect()
    };
    let in_all = refinements(json!({ "keywords": "made" }));
    assert_eq!(in_all.get("browseNode"), None);
    assert_eq!(in_all["searchIndex"]["id"], "SearchIndex");
    let mut indexes = ids(&in_all["searchIndex"]);
    indexes.sort_unstable();
    assert_eq!(
        indexes,
        [
            "Books",
            "Electronics",
            "GroceryAndGourmetFood",
            "HomeAndKitchen",
            "SportsAndOutdoors",
            "ToolsAndHomeImprovement"
        ]
    );
    let in_books = refinements(json!({ "keywords": "made", "searchIndex": "Books" }));
    assert_eq!(in_books.get("searchIndex"), None);
    assert_eq!(in_books["browseNode"]["id"], "BrowseNodeId");
    assert!(ids(&in_books["browseNode"]).contains(&"4196".to_owned()));
    let others: Vec<&str> = in_books["otherRefinements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|refinement| refinement["id"].as_str().unwrap())
        .collect();
    assert_eq!(others, ["Author", "Brand"]);
    let brands = ids(&in_books["otherRefinements"][1]);
    let mut total =
        |fields: &Value| pages(&mut asking, Marketplace::Us, fields).map_or(0, |(_, total)| total);
    let all = total(&json!({ "keywords": "made" }));
    let parts: Vec<u64> =
        indexes.iter().map(|index| total(&json!({ "keywords": "made", "searchIndex": index }))).collect();
    assert!(parts.iter().all(|part| *part > 0));
    assert_eq!(parts.iter().sum::<u64>(), all);
    assert!(
        brands
            .iter()
            .all(|brand| total(&json!({ "keywords": "made", "searchIndex": "Books", "brand": brand })) > 0)
    );
}

#[test]
fn other_shops_call_their_departments_otherwise() {
    let mut asking = Asking::new();
    let mut total = |shop, index: &str| {
        let fields = json!({ "keywords": "made", "searchIndex": index });
        pages(&mut asking, shop, &fields).map_or(0, |(_, total)| total)
    };
    assert!(total(Marketplace::Ie, "Home") > 0);
    assert_eq!(total(Marketplace::Ie, "HomeAndKitchen"), 0);
    assert!(total(Marketplace::De, "HomeAndKitchen") > 0);
}

#[test]
fn what_is_withdrawn_is_not_found() {
    let mut asking = Asking::new();
    let fields = json!({ "keywords": "kettle" });
    let before = pages(&mut asking, Marketplace::Us, &fields).unwrap().1;
    let body = asking.call_with_tag("searchItems", Marketplace::Us, &fields).json_body();
    let asin = |place: usize| body["searchResult"]["items"][place]["asin"].clone();
    asking.control("item", json!({ "asin": asin(0), "state": "gone" }));
    asking.control("item", json!({ "asin": asin(1), "state": "not_accessible" }));
    let (items, after) = pages(&mut asking, Marketplace::Us, &fields).unwrap();
    assert_eq!(after, before - 2);
    assert!(items.iter().all(|item| item["asin"] != asin(0) && item["asin"] != asin(1)));
    asking.control("reset", json!({}));
    assert_eq!(pages(&mut asking, Marketplace::Us, &fields).unwrap().1, before);
}

#[test]
fn the_users_own_items_are_found_in_their_shops() {
    let own = json!([
        {
            "asin": "B08N5WRWNW", "marketplace": "us", "itemInfo": {
                "title": { "displayValue": "Zephyr whistle" },
                "byLineInfo": { "contributors": [{ "name": "Zoe Zephyr", "role": "Actor" }] },
                "externalIds": { "eans": { "displayValues": ["4006381333931"] } },
            },
            "browseNodeInfo": { "browseNodes": [{ "id": "777", "displayName": "Whistles",
                "ancestor": { "id": "778", "displayName": "Instruments" } }] },
            "offersV2": { "listings": [{
                "condition": { "value": "Used" },
                "price": { "money": { "amount": 12.5, "currency": "USD", "displayAmount": "$12.50" } },
            }] },
        },
        { "asin": "080442957X", "itemInfo": { "title": { "displayValue": "Zephyr, a book" } } },
    ]);
    let mut asking = Asking::of(Settings::default().items_json("own.json", &own.to_string()).unwrap());
    let mut found = |shop, fields: Value| -> Vec<String> {
        let (items, _) = pages(&mut asking, shop, &fields).unwrap_or_default();
        items.iter().map(|item| item["asin"].as_str().unwrap().to_owned()).collect()
    };
    let (us, de) = (Marketplace::Us, Marketplace::De);
    assert_eq!(found(us, json!({ "keywords": "zephyr" })), ["B08N5WRWNW"]);
    assert_eq!(found(us, json!({ "keywords": "4006381333931" })), ["B08N5WRWNW"]);
    assert_eq!(found(us, json!({ "actor": "zoe" })), ["B08N5WRWNW"]);
    assert_eq!(found(us, json!({ "keywords": "zephyr", "browseNodeId": "778" })), ["B08N5WRWNW"]);
    assert_eq!(found(us, json!({ "keywords": "zephyr", "maxPrice": 1250 })), ["B08N5WRWNW"]);
    assert!(found(us, json!({ "keywords": "zephyr", "maxPrice": 1249 })).is_empty());
    assert!(found(us, json!({ "keywords": "zephyr", "condition": "New" })).is_empty());
    assert!(found(de, json!({ "keywords": "zephyr" })).is_empty(), "nobody offers the book");
    let all = json!({ "keywords": "zephyr", "availability": "IncludeOutOfStock" });
    assert_eq!(found(de, all.clone()), ["080442957X"]);
    assert_eq!(found(us, all), ["080442957X", "B08N5WRWNW"]);
}

#[test]
fn absent_members_can_be_null() {
    let mut asking = Asking::new();
    asking.control("switches", json!({ "null_members": true }));
    let body =
        asking.call_with_tag("searchItems", Marketplace::Us, &json!({ "keywords": "kettle" })).json_body();
    for place in ["/errors", "/searchResult/searchRefinements", "/searchResult/items/0/score"] {
        assert_eq!(body.pointer(place), Some(&Value::Null), "{place}");
    }
}
