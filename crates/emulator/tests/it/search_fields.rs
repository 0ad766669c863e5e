//! Which fields of searchItems, getVariations and getBrowseNodes are wrong.

use linkwright_core::Marketplace;
use serde_json::{Value, json};

use crate::asking::Asking;

/// What is put over a good body, and the fields that are complained about.
#[track_caller]
fn check(operation: &str, good: &Value, table: &[(Value, &[&str])]) {
    let mut asking = Asking::new();
    for (changes, expected) in table {
        let mut body = good.clone();
        body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let reply = asking.call(operation, Marketplace::Us, &body);
        let answer = reply.json_body();
        let fields = answer["fieldList"].as_array().into_iter().flatten();
        let names: Vec<&str> = fields.map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(names, *expected, "{changes}: {answer}");
        let status = if expected.is_empty() { 200 } else { 400 };
        assert_eq!(reply.status, status, "{changes}: {answer}");
        if status == 400 {
            assert_eq!(answer["reason"], "FieldValidationFailed");
        }
    }
}

/// What all three have.
const COMMON: &[(&str, &[&str])] = &[
    (r#"{}"#, &[]),
    (r#"{"partnerTag":null}"#, &["partnerTag"]),
    (r#"{"partnerTag":" "}"#, &["partnerTag"]),
    (r#"{"languagesOfPreference":["en_US","es_US"]}"#, &["languagesOfPreference"]),
    (r#"{"languagesOfPreference":["xx_XX"]}"#, &[]),
    (r#"{"resources":["nonsense"]}"#, &["resources"]),
    (r#"{"resources":[]}"#, &[]),
    (r#"{"operation":"Any","marketplace":"www.amazon.com","partnerType":"Associates"}"#, &[]),
];

fn common() -> Vec<(Value, &'static [&'static str])> {
    COMMON.iter().map(|(changes, expected)| (serde_json::from_str(changes).unwrap(), *expected)).collect()
}

#[test]
fn of_a_search() {
    let good = json!({ "partnerTag": "demo-20", "keywords": "kettle" });
    let long = "x".repeat(1001);
    let table: Vec<(Value, &[&str])> = vec![
        (json!({ "keywords": null }), &["keywords"]),
        // The documentation's rule: none of these counts.
        (json!({ "keywords": null, "browseNodeId": "284507" }), &["keywords"]),
        (json!({ "keywords": null, "searchIndex": "Books" }), &["keywords"]),
        (json!({ "keywords": null, "title": "kettle" }), &[]),
        (json!({ "keywords": null, "author": "ada" }), &[]),
        (json!({ "keywords": " " }), &["keywords"]),
        (json!({ "keywords": long }), &["keywords"]),
        (
            json!({ "title": 7, "brand": "", "author": " ", "artist": [], "actor": long }),
            &["title", "brand", "author", "artist", "actor"],
        ),
        (json!({ "searchIndex": "All" }), &[]),
        (json!({ "searchIndex": "" }), &["searchIndex"]),
        (json!({ "browseNodeId": "0" }), &["browseNodeId"]),
        (json!({ "browseNodeId": "12x" }), &["browseNodeId"]),
        (json!({ "browseNodeId": 284_507 }), &["browseNodeId"]),
        (json!({ "browseNodeId": "12345678901234567890" }), &["browseNodeId"]),
        (json!({ "availability": "Available" }), &[]),
        (json!({ "availability": "IncludeOutOfStock" }), &[]),
        (json!({ "availability": "Any" }), &["availability"]),
        (json!({ "deliveryFlags": ["AmazonGlobal", "FreeShipping", "FulfilledByAmazon", "Prime"] }), &[]),
        (json!({ "deliveryFlags": ["Overnight"] }), &["deliveryFlags"]),
        (json!({ "deliveryFlags": "Prime" }), &["deliveryFlags"]),
        (json!({ "condition": "Any" }), &[]),
        (json!({ "condition": "Used" }), &["condition"]),
        (json!({ "itemCount": 1 }), &[]),
        (json!({ "itemCount": 0 }), &["itemCount"]),
        (json!({ "itemCount": 11 }), &["itemCount"]),
        (json!({ "itemCount": 2.5 }), &["itemCount"]),
        (json!({ "itemPage": 2.0 }), &[]),
        (json!({ "itemPage": 0 }), &["itemPage"]),
        (json!({ "itemPage": -1 }), &["itemPage"]),
        (json!({ "itemPage": 11 }), &["itemPage"]),
        (json!({ "minPrice": 1, "maxPrice": 100_000.5 }), &[]),
        (json!({ "minPrice": 0, "maxPrice": 0.5 }), &["minPrice", "maxPrice"]),
        (json!({ "minPrice": "cheap" }), &["minPrice"]),
        (json!({ "minReviewsRating": "4" }), &[]),
        (json!({ "minReviewsRating": 5 }), &["minReviewsRating"]),
        (json!({ "minReviewsRating": 0 }), &["minReviewsRating"]),
        (json!({ "minReviewsRating": "many" }), &["minReviewsRating"]),
        (json!({ "minSavingPercent": 1 }), &[]),
        (json!({ "minSavingPercent": 0 }), &["minSavingPercent"]),
        (json!({ "minSavingPercent": 100 }), &["minSavingPercent"]),
        (json!({ "sortBy": "Price:LowToHigh" }), &[]),
        (json!({ "sortBy": "Price" }), &["sortBy"]),
        (json!({ "properties": { "a": "b" } }), &[]),
        (json!({ "properties": ["a"] }), &["properties"]),
        (json!({ "currencyOfPreference": "EUR" }), &[]),
        (json!({ "currencyOfPreference": "" }), &["currencyOfPreference"]),
        (json!({ "resources": ["searchRefinements", "parentASIN", "images.primary.highRes"] }), &[]),
        (json!({ "resources": ["variationSummary.variationDimension"] }), &["resources"]),
        (json!({ "resources": ["browseNodes.children"] }), &["resources"]),
        // All of them, and in the order of the fields.
        (
            json!({ "partnerTag": null, "keywords": null, "itemCount": 0 }),
            &["partnerTag", "keywords", "itemCount"],
        ),
    ];
    check("searchItems", &good, &table);
    check("searchItems", &good, &common());
}

#[test]
fn of_variations() {
    let good = json!({ "partnerTag": "demo-20", "asin": "B0EMUP1000" });
    let table: Vec<(Value, &[&str])> = vec![
        (json!({ "asin": null }), &["asin"]),
        (json!({ "asin": "" }), &["asin"]),
        (json!({ "asin": "b0emup1000" }), &["asin"]),
        (json!({ "asin": "short" }), &["asin"]),
        (json!({ "asin": ["B0EMUP1000"] }), &["asin"]),
        (json!({ "variationCount": 10 }), &[]),
        (json!({ "variationCount": 0 }), &["variationCount"]),
        (json!({ "variationCount": 11 }), &["variationCount"]),
        (json!({ "variationPage": 2 }), &[]),
        (json!({ "variationPage": 0 }), &["variationPage"]),
        (json!({ "resources": ["variationSummary.price.highestPrice", "itemInfo.title"] }), &[]),
        (json!({ "resources": ["searchRefinements"] }), &["resources"]),
        (json!({ "condition": "Collectible" }), &["condition"]),
    ];
    check("getVariations", &good, &table);
    check("getVariations", &good, &common());
    // What the model's pattern lets through is looked for, and not found.
    for asin in ["0804429570", "080442957X-and-more", "more-B000000000"] {
        let body = json!({ "partnerTag": "demo-20", "asin": asin });
        assert_eq!(Asking::new().call("getVariations", Marketplace::Us, &body).status, 404, "{asin}");
    }
}

#[test]
fn of_browse_nodes() {
    let good = json!({ "partnerTag": "demo-20", "browseNodeIds": ["284507"] });
    let eleven: Vec<String> = (1..12).map(|id: u32| id.to_string()).collect();
    let table: Vec<(Value, &[&str])> = vec![
        (json!({ "browseNodeIds": null }), &["browseNodeIds"]),
        (json!({ "browseNodeIds": [] }), &["browseNodeIds"]),
        (json!({ "browseNodeIds": eleven }), &["browseNodeIds"]),
        (json!({ "browseNodeIds": [284_507] }), &["browseNodeIds"]),
        (json!({ "browseNodeIds": ["12345678901234567890"] }), &["browseNodeIds"]),
        (json!({ "resources": ["browseNodes.ancestor", "browseNodes.children"] }), &[]),
        (json!({ "resources": ["itemInfo.title"] }), &["resources"]),
        // Fields that only the other operations have.
        (json!({ "condition": "Used", "currencyOfPreference": "" }), &[]),
    ];
    check("getBrowseNodes", &good, &table);
    check("getBrowseNodes", &good, &common());
}
