//! getVariations, and what other operations tell of variations.

use linkwright_core::Marketplace;
use linkwright_emulator::Settings;
use serde_json::{Value, json};

use crate::asking::Asking;

const SUMMARY: [&str; 3] = [
    "variationSummary.price.highestPrice",
    "variationSummary.price.lowestPrice",
    "variationSummary.variationDimension",
];

fn variations(asking: &mut Asking, shop: Marketplace, fields: Value) -> Value {
    let reply = asking.call_with_tag("getVariations", shop, &fields);
    assert_eq!(reply.status, 200, "{fields}: {}", reply.json_body());
    reply.json_body()["variationsResult"].clone()
}

fn asins(result: &Value) -> Vec<&str> {
    result["items"].as_array().unwrap().iter().map(|item| item["asin"].as_str().unwrap()).collect()
}

#[test]
fn a_family_is_found_by_its_parent_and_by_each_of_its_members() {
    let mut asking = Asking::new();
    let us = Marketplace::Us;
    let by_parent = variations(&mut asking, us, json!({ "asin": "B0EMUP1020" }));
    // Of twelve, one page; B0EMU01027 is out of stock, and a variation all the same.
    assert_eq!(asins(&by_parent).len(), 10);
    assert!(asins(&by_parent).contains(&"B0EMU01027"));
    assert_eq!(variations(&mut asking, us, json!({ "asin": "B0EMU01025" })), by_parent);
    let item = &by_parent["items"][0];
    assert_eq!(
        item["detailPageURL"],
        "https://www.amazon.com/dp/B0EMU01020?tag=demo-20&linkCode=ogv&th=1&psc=1"
    );
    assert_eq!(
        item["variationAttributes"],
        json!([{ "name": "color_name", "value": "Black" }, { "name": "size_name", "value": "S" }])
    );
    assert!(item["itemInfo"]["title"]["displayValue"].as_str().unwrap().ends_with(", Black, S"));
    assert_eq!(by_parent.get("variationSummary"), None, "nobody asked");
    // A small family comes in colours only.
    let small = variations(&mut asking, us, json!({ "asin": "B0EMU01041" }));
    assert_eq!(asins(&small), ["B0EMU01040", "B0EMU01041", "B0EMU01042", "B0EMU01043", "B0EMU01044"]);
    assert_eq!(small["items"][1]["variationAttributes"], json!([{ "name": "color_name", "value": "White" }]));
}

#[test]
fn pages_follow_each_other_until_there_are_no_more() {
    let mut asking = Asking::new();
    // Family, count, how many each page has. One of twenty is not accessible.
    let table: [(&str, Option<u64>, &[usize]); 4] = [
        ("B0EMUP1000", None, &[10, 9]),
        ("B0EMUP1000", Some(8), &[8, 8, 3]),
        ("B0EMUP1040", None, &[5]),
        ("B0EMUP1040", Some(5), &[5]),
    ];
    for (asin, count, expected) in table {
        let mut all = Vec::new();
        for (place, many) in expected.iter().enumerate() {
            let page = place + 1;
            let fields =
                json!({ "asin": asin, "variationPage": page, "variationCount": count, "resources": SUMMARY });
            let result = variations(&mut asking, Marketplace::Us, fields);
            assert_eq!(asins(&result).len(), *many, "{asin} {page}");
            assert_eq!(result["variationSummary"]["pageCount"], expected.len());
            assert_eq!(result["variationSummary"]["variationCount"], expected.iter().sum::<usize>());
            all.extend(asins(&result).into_iter().map(str::to_owned));
        }
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), expected.iter().sum::<usize>(), "none comes twice");
        let beyond = json!({ "asin": asin, "variationPage": expected.len() + 1, "variationCount": count });
        assert_eq!(asking.call_with_tag("getVariations", Marketplace::Us, &beyond).status, 404);
    }
}

#[test]
fn the_summary_is_of_the_whole_family() {
    let mut asking = Asking::new();
    let fields =
        |resources: &[&str]| json!({ "asin": "B0EMUP1020", "variationCount": 2, "resources": resources });
    let mut prices: Vec<f64> = Vec::new();
    for page in 1..=2 {
        let fields =
            json!({ "asin": "B0EMUP1020", "variationPage": page, "resources": ["offersV2.listings.price"] });
        for item in variations(&mut asking, Marketplace::De, fields)["items"].as_array().unwrap() {
            let offer = &item["offersV2"]["listings"][0];
            if offer["violatesMAP"] == false {
                prices.push(offer["price"]["money"]["amount"].as_f64().unwrap());
            }
        }
    }
    prices.sort_by(f64::total_cmp);
    let result = variations(&mut asking, Marketplace::De, fields(&SUMMARY));
    let summary = &result["variationSummary"];
    assert_eq!(summary["price"]["lowestPrice"]["amount"].as_f64(), prices.first().copied());
    assert_eq!(summary["price"]["highestPrice"]["amount"].as_f64(), prices.last().copied());
    assert_eq!(summary["price"]["highestPrice"]["currency"], "EUR");
    assert_eq!(summary["pageCount"], 6);
    assert_eq!(
        summary["variationDimensions"],
        json!([
            { "name": "color_name", "displayName": "Farbe", "locale": "de_DE",
              "values": ["Black", "White", "Slate Blue", "Forest Green", "Copper"] },
            { "name": "size_name", "displayName": "Größe", "locale": "de_DE", "values": ["S", "M", "L"] },
        ])
    );
    // One at a time; the numbers come with any.
    let members = |result: Value| -> Vec<String> {
        result["variationSummary"]
            .as_object()
            .map(|summary| summary.keys().cloned().collect())
            .unwrap_or_default()
    };
    let mut asked = |resources: &[&str]| members(variations(&mut asking, Marketplace::De, fields(resources)));
    assert_eq!(asked(&SUMMARY[..1]), ["pageCount", "price", "variationCount"]);
    assert_eq!(asked(&SUMMARY[2..]), ["pageCount", "variationCount", "variationDimensions"]);
    assert!(asked(&["itemInfo.title"]).is_empty());
}

#[test]
fn a_family_is_one_product() {
    let mut asking = Asking::new();
    for parent in asking.emulator.parents(40) {
        let fields = json!({ "asin": parent, "resources": ["itemInfo.title", "parentASIN", "itemInfo.byLineInfo", "itemInfo.productInfo"] });
        let result = variations(&mut asking, Marketplace::Us, fields);
        let items = result["items"].as_array().unwrap();
        assert!(items.len() >= 2, "{parent}");
        for item in items {
            assert_eq!(item["parentASIN"], parent);
            assert_eq!(item["itemInfo"]["byLineInfo"]["brand"], items[0]["itemInfo"]["byLineInfo"]["brand"]);
            assert_eq!(
                item["itemInfo"]["productInfo"]["color"]["displayValue"],
                item["variationAttributes"][0]["value"]
            );
        }
    }
}

#[test]
fn get_items_tells_of_parents_and_variations() {
    let mut asking = Asking::new();
    let resources = ["parentASIN", "itemInfo.title", "itemInfo.productInfo", "offersV2.listings.price"];
    let ids = ["B0EMU01001", "B0EMUP1000", "B0EMU00001"];
    let body = asking.get_items(Marketplace::Us, &ids, &resources).json_body();
    let item = |asin: &str| {
        let items = body["itemsResult"]["items"].as_array().unwrap();
        items.iter().find(|item| item["asin"] == asin).unwrap().clone()
    };
    let child = item("B0EMU01001");
    assert_eq!(child["parentASIN"], "B0EMUP1000");
    assert_eq!(child["variationAttributes"][0]["value"], "White");
    let parent = item("B0EMUP1000");
    assert_eq!(
        (parent.get("parentASIN"), parent.get("variationAttributes"), parent.get("offersV2")),
        (None, None, None)
    );
    assert_eq!(parent["itemInfo"]["productInfo"].get("color"), None);
    let single = item("B0EMU00001");
    assert_eq!((single.get("parentASIN"), single.get("variationAttributes")), (None, None));
    // Without asking.
    let body = asking.get_items(Marketplace::Us, &["B0EMU01001"], &[]).json_body();
    let child = &body["itemsResult"]["items"][0];
    assert_eq!(child.get("parentASIN"), None);
    assert!(child["variationAttributes"].is_array());
}

#[test]
fn what_has_no_variations_is_not_found() {
    let mut asking = Asking::new();
    for asin in ["B0EMU00001", "B000000000", "B0EMU01019", "B0EMUP1001"] {
        let reply = asking.call_with_tag("getVariations", Marketplace::Us, &json!({ "asin": asin }));
        assert_eq!(reply.status, 404, "{asin}");
        assert_eq!(
            reply.json_body(),
            json!({
                "type": "ResourceNotFoundException",
                "message": "No items found for the requested item IDs.",
                "resourceId": asin,
                "resourceType": "Item",
            })
        );
    }
}

#[test]
fn what_is_withdrawn_is_no_variation() {
    let mut asking = Asking::new();
    let us = Marketplace::Us;
    asking.control("item", json!({ "asin": "B0EMU01041", "state": "gone" }));
    asking.control("item", json!({ "asin": "B0EMU01043", "state": "not_accessible" }));
    let left = variations(&mut asking, us, json!({ "asin": "B0EMUP1040", "resources": SUMMARY }));
    assert_eq!(asins(&left), ["B0EMU01040", "B0EMU01042", "B0EMU01044"]);
    assert_eq!(left["variationSummary"]["variationCount"], 3);
    let status = |asking: &mut Asking, asin: &str| {
        asking.call_with_tag("getVariations", us, &json!({ "asin": asin })).status
    };
    assert_eq!(status(&mut asking, "B0EMU01041"), 404);
    asking.control("item", json!({ "asin": "B0EMUP1040", "state": "gone" }));
    assert_eq!(status(&mut asking, "B0EMUP1040"), 404);
    assert_eq!(status(&mut asking, "B0EMU01040"), 404);
}

#[test]
fn the_users_own_items_have_families_too() {
    let child = |asin: &str, shop: Option<&str>, style: &str, amount: f64| {
        json!({
            "asin": asin, "marketplace": shop, "parentASIN": "B0OWNPAREN",
            "variationAttributes": [{ "name": "style_name", "value": style }],
            "offersV2": { "listings": [{ "price": { "money": { "amount": amount, "currency": "USD", "displayAmount": "-" } } }] },
        })
    };
    let own = json!([
        child("B0OWN00002", None, "Loud", 7.0),
        child("B0OWN00001", None, "Quiet", 5.0),
        child("B0OWN00003", Some("de"), "Silent", 3.0),
        // No variation of a made-up parent any more.
        { "asin": "B0EMU01041" },
    ]);
    let mut asking = Asking::of(Settings::default().items_json("own.json", &own.to_string()).unwrap());
    for asin in ["B0OWNPAREN", "B0OWN00002"] {
        let result = variations(&mut asking, Marketplace::Us, json!({ "asin": asin, "resources": SUMMARY }));
        assert_eq!(asins(&result), ["B0OWN00001", "B0OWN00002"]);
        let summary = &result["variationSummary"];
        assert_eq!(summary["price"]["highestPrice"]["amount"], 7.0);
        assert_eq!(
            summary["variationDimensions"],
            json!([{ "name": "style_name", "displayName": "style_name", "locale": "en_US", "values": ["Quiet", "Loud"] }])
        );
    }
    let german = variations(&mut asking, Marketplace::De, json!({ "asin": "B0OWNPAREN" }));
    assert_eq!(asins(&german).len(), 3);
    let made_up = variations(&mut asking, Marketplace::Us, json!({ "asin": "B0EMUP1040" }));
    assert_eq!(asins(&made_up), ["B0EMU01040", "B0EMU01042", "B0EMU01043", "B0EMU01044"]);
    for wrong in [
        r#"[{"asin":"B0OWN00001","variationAttributes":{}}]"#,
        r#"[{"asin":"B0OWN00001","variationAttributes":[{"name":1}]}]"#,
    ] {
        assert!(Settings::default().items_json("own.json", wrong).is_err(), "{wrong}");
    }
}
