//! What getItems answers: exactly what was asked for, for the ids there are.

use linkwright_core::{ApiVersion, Marketplace};
use serde_json::{Value, json};

use crate::asking::{Asking, catalogue_request};

/// The names of all members below a value, dotted, without array positions and without what is below `leaf`s.
fn paths(value: &Value, leaves: &[&str]) -> Vec<String> {
    fn walk(value: &Value, at: &str, leaves: &[&str], found: &mut Vec<String>) {
        match value {
            Value::Object(members) if !leaves.contains(&at) => {
                for (name, member) in members {
                    let at = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
                    walk(member, &at, leaves, found);
                }
            }
            Value::Array(elements) if !leaves.contains(&at) => {
                for element in elements {
                    walk(element, at, leaves, found);
                }
            }
            _ => found.push(at.to_owned()),
        }
    }
    let mut found = Vec::new();
    walk(value, "", leaves, &mut found);
    found.sort();
    found.dedup();
    found
}

#[track_caller]
fn check(resources: &[&str], expected: &[&str]) {
    let reply = Asking::new().get_items(Marketplace::Us, &["B0EMU00003"], resources);
    let body = reply.json_body();
    assert_eq!(reply.status, 200, "{body}");
    let mut expected: Vec<&str> = expected.to_vec();
    expected.extend(["asin", "detailPageURL"]);
    expected.sort_unstable();
    let leaves: Vec<&str> = expected.clone();
    assert_eq!(paths(&body["itemsResult"]["items"][0], &leaves), expected, "{resources:?}");
}

#[test]
fn only_what_was_asked_for_is_answered() {
    check(&[], &["itemInfo.title"]);
    check(&["itemInfo.title"], &["itemInfo.title"]);
    // It is no variation of anything.
    check(&["parentASIN"], &[]);
    check(&["images.primary.small"], &["images.primary.small"]);
    check(
        &["images.primary.highRes", "images.primary.large"],
        &["images.primary.hiRes", "images.primary.large"],
    );
    check(&["images.variants.medium"], &["images.variants.medium"]);
    check(&["itemInfo.features", "itemInfo.byLineInfo"], &["itemInfo.byLineInfo", "itemInfo.features"]);
    // Comes by itself with anything of a listing.
    check(&["offersV2.listings.price"], &["offersV2.listings.price", "offersV2.listings.violatesMAP"]);
    check(
        &["offersV2.listings.dealDetails", "offersV2.listings.availability"],
        &["offersV2.listings.availability", "offersV2.listings.dealDetails", "offersV2.listings.violatesMAP"],
    );
    let node = ["contextFreeName", "displayName", "id", "isRoot"]
        .map(|name| format!("browseNodeInfo.browseNodes.{name}"));
    let mut nodes: Vec<&str> = node.iter().map(String::as_str).collect();
    check(&["browseNodeInfo.browseNodes"], &nodes);
    nodes.push("browseNodeInfo.browseNodes.salesRank");
    check(&["browseNodeInfo.browseNodes.salesRank"], &nodes);
    nodes.push("browseNodeInfo.browseNodes.ancestor");
    check(&["browseNodeInfo.browseNodes.salesRank", "browseNodeInfo.browseNodes.ancestor"], &nodes);
    check(&["browseNodeInfo.websiteSalesRank"], &["browseNodeInfo.websiteSalesRank"]);
    // None come, as clients report, until the switch is set.
    check(&["customerReviews.count"], &[]);
}

#[test]
fn the_link_is_the_documented_one() {
    let mut asking = Asking::new();
    let mut url = |shop: Marketplace, more: Value| {
        let mut body = json!({ "itemIds": ["B0EMU00000"], "partnerTag": asking.emulator.tag(shop) });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let body = asking.get_items_with(shop, &body).json_body();
        body["itemsResult"]["items"][0]["detailPageURL"].as_str().unwrap().to_owned()
    };
    let us = "https://www.amazon.com/dp/B0EMU00000?tag=demo-20&linkCode=ogi&th=1&psc=1";
    assert_eq!(url(Marketplace::Us, json!({})), us);
    assert_eq!(
        url(Marketplace::Us, json!({ "languagesOfPreference": ["es_US"] })),
        format!("{us}&language=es_US")
    );
    // The shop's own language, and one it does not have, leave the link as it is.
    assert_eq!(url(Marketplace::Us, json!({ "languagesOfPreference": ["en_US"] })), us);
    assert_eq!(url(Marketplace::Us, json!({ "languagesOfPreference": ["fr_FR"] })), us);
    assert_eq!(
        url(Marketplace::Jp, json!({})),
        "https://www.amazon.co.jp/dp/B0EMU00000?tag=demo-22&linkCode=ogi&th=1&psc=1"
    );
}

#[test]
fn every_id_is_answered_or_complained_about_in_an_order_of_the_services_own() {
    let mut asking = Asking::new();
    let ids =
        ["B0EMU00000", "B0EMU00019", "B0EMU00001", "B000000000", "nonsense", "B0EMU00000", "b0emu00002"];
    let reply = asking.get_items(Marketplace::Us, &ids, &[]);
    let body = reply.json_body();
    assert_eq!(reply.status, 200);
    let items = body["itemsResult"]["items"].as_array().unwrap();
    let asins: Vec<&str> = items.iter().map(|item| item["asin"].as_str().unwrap()).collect();
    assert_eq!(asins, ["B0EMU00002", "B0EMU00000", "B0EMU00001"]);
    assert_eq!(
        body["errors"],
        json!([
            { "code": "InvalidParameterValue", "message": "The ItemIds nonsense provided in the request is invalid." },
            { "code": "InvalidParameterValue", "message": "The ItemIds B000000000 provided in the request is invalid." },
            { "code": "ItemNotAccessible", "message": "The ItemId B0EMU00019 is not accessible through the Creators API." },
        ])
    );
    let all_good = asking.get_items(Marketplace::Us, &["B0EMU00000"], &[]).json_body();
    assert_eq!(all_good.get("errors"), None);
    let none = asking.get_items(Marketplace::Us, &["B0EMU00019", "B000000000"], &[]);
    assert_eq!(none.status, 404);
    assert_eq!(
        none.json_body(),
        json!({
            "type": "ResourceNotFoundException",
            "message": "No items found for the requested item IDs.",
            "resourceId": "B0EMU00019,B000000000",
            "resourceType": "Item",
        })
    );
}

#[test]
fn all_versions_work_each_with_its_own_header() {
    for version in ApiVersion::ALL {
        let mut asking = Asking::new();
        let token = asking.token(version);
        let shop = Marketplace::ALL
            .into_iter()
            .find(|shop| shop.region_group() == Some(version.region_group()))
            .unwrap();
        let body = json!({ "itemIds": ["B0EMU00000"], "partnerTag": asking.emulator.tag(shop) });
        let authorization = format!("{token}{}", version.authorization_suffix());
        let reply = asking.ask(&catalogue_request(shop, &authorization, &body));
        assert_eq!(reply.status, 200, "{version}: {}", reply.json_body());
    }
}

#[test]
fn contradicting_forms_can_be_chosen() {
    let mut asking = Asking::new();
    asking.control(
        "switches",
        json!({ "null_members": true, "result_member": "itemResults", "customer_reviews": true }),
    );
    let resources = ["images.primary.large", "customerReviews.count", "offersV2.listings.price"];
    let body = asking.get_items(Marketplace::Us, &["B0EMU00000"], &resources).json_body();
    let item = &body["itemResults"]["items"][0];
    assert_eq!(body.get("errors"), Some(&Value::Null));
    for place in ["/score", "/parentASIN", "/itemInfo", "/images/variants", "/images/primary/hiRes"] {
        assert_eq!(item.pointer(place), Some(&Value::Null), "{place}");
    }
    assert_eq!(item.pointer("/offersV2/listings/0/merchantInfo"), Some(&Value::Null));
    assert!(item["customerReviews"]["count"].is_u64());
}
