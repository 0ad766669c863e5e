//! What all operations of the catalogue have in common: order of checks, counters, log, names to begin with.

use linkwright_core::{ApiVersion, Marketplace};
use linkwright_emulator::{Request, Settings};
use serde_json::{Value, json};

use crate::asking::{Asking, catalogue_request};

/// Each operation, the fields of a call that finds something, and those of one that finds nothing.
fn operations() -> [(&'static str, Value, Value); 4] {
    [
        ("getItems", json!({ "itemIds": ["B0EMU00000"] }), json!({ "itemIds": ["B000000000"] })),
        ("searchItems", json!({ "keywords": "kettle" }), json!({ "keywords": "unheard of" })),
        ("getVariations", json!({ "asin": "B0EMUP1000" }), json!({ "asin": "B000000000" })),
        ("getBrowseNodes", json!({ "browseNodeIds": ["284507"] }), json!({ "browseNodeIds": ["0"] })),
    ]
}

#[test]
fn each_looks_at_one_thing_after_the_other() {
    for (operation, _, nothing) in operations() {
        let mut asking = Asking::new();
        asking.control("eligibility", json!({ "eligible": false }));
        asking.control("throttle", json!({ "count": 9 }));
        let mut ask = |tag: Value| {
            let mut fields = nothing.clone();
            fields["partnerTag"] = tag;
            let reply = asking.call(operation, Marketplace::Us, &fields);
            (reply.status, reply.json_body()["reason"].as_str().unwrap_or_default().to_owned())
        };
        assert_eq!(ask(json!("")), (400, "FieldValidationFailed".to_owned()), "{operation}");
        assert_eq!(ask(json!("other-20")), (400, "InvalidPartnerTag".to_owned()), "{operation}");
        assert_eq!(ask(json!("demo-21")), (400, "InvalidAssociate".to_owned()), "{operation}");
        assert_eq!(ask(json!("demo-20")), (403, "AssociateNotEligible".to_owned()), "{operation}");
        asking.control("eligibility", json!({ "eligible": true }));
        assert_eq!(asking.call_with_tag(operation, Marketplace::Us, &nothing).status, 429, "{operation}");
        asking.control("reset", json!({}));
        let reply = asking.call_with_tag(operation, Marketplace::Us, &nothing);
        assert_eq!(reply.status, 404, "{operation}");
        assert_eq!(reply.json_body()["type"], "ResourceNotFoundException");
        // Nobody asks, and the body cannot be read.
        let mut request = catalogue_request(Marketplace::Us, "Atc|nobody", &json!({}));
        request.path = format!("/catalog/v1/{operation}");
        request.body = b"{".to_vec();
        assert_eq!(asking.ask(&request).status, 401, "{operation}");
        let token = asking.token(ApiVersion::V3_1);
        request.headers.retain(|(name, _)| name != "Authorization");
        let request = request.with_header("Authorization", format!("Bearer {token}"));
        assert_eq!(asking.ask(&request).json_body()["reason"], "CannotParse", "{operation}");
        let lower = Request::post(request.path.to_lowercase(), "{}");
        assert_eq!(asking.ask(&lower).json_body()["reason"], "UnknownOperation", "{operation}");
    }
}

#[test]
fn calls_are_counted_by_operation() {
    let mut asking = Asking::new();
    for (times, (operation, fields, nothing)) in (1..).zip(operations()) {
        for _ in 0..times {
            assert_eq!(asking.call_with_tag(operation, Marketplace::Us, &fields).status, 200);
        }
        asking.call_with_tag(operation, Marketplace::Us, &nothing);
    }
    asking.ask(&Request::post("/catalog/v1/nonsense", "{}"));
    let counters = asking.ask(&Request::get("/_emulator/counters")).json_body();
    assert_eq!(
        counters["operations"],
        json!({ "getItems": 2, "searchItems": 3, "getVariations": 4, "getBrowseNodes": 5 })
    );
    assert_eq!(counters["calls"], 15);
    assert_eq!(counters["items_asked"], 2, "ids are those of getItems");
    // One item, two pages of ten, three of ten.
    assert_eq!(counters["items_found"], 1 + 20 + 30);
    let log = asking.ask(&Request::get("/_emulator/log")).json_body();
    let last =
        log.as_array().unwrap().iter().rfind(|entry| entry["path"] == "/catalog/v1/getBrowseNodes").unwrap();
    assert_eq!((&last["status"], &last["body"]["browseNodeIds"]), (&json!(404), &json!(["0"])));
}

#[test]
fn there_is_something_to_begin_with() {
    for version in [ApiVersion::V3_1, ApiVersion::V3_2, ApiVersion::V3_3] {
        let mut asking = Asking::of(Settings::default().api_version(version));
        let ready = asking.emulator.ready("http://127.0.0.1:1");
        let shop = ready.shop();
        let listed = asking.ask(&Request::get("/_emulator/asins")).json_body();
        let listed = |name: &str| -> Vec<Value> { listed[name].as_array().unwrap().clone() };
        assert_eq!(listed("parents").len(), 20);
        let fields = json!({ "asin": ready.parent, "variationPage": 2 });
        assert_eq!(asking.call_with_tag("getVariations", shop, &fields).status, 200, "more than a page");
        for asin in listed("parents").iter().chain(&listed("variations")) {
            let fields = json!({ "asin": asin });
            assert_eq!(asking.call_with_tag("getVariations", shop, &fields).status, 200, "{fields}");
        }
        for words in listed("keywords").into_iter().chain([json!(ready.keywords)]) {
            let reply = asking.call_with_tag("searchItems", shop, &json!({ "keywords": words }));
            assert!(
                reply.json_body()["searchResult"]["totalResultCount"].as_u64() > Some(50),
                "{shop} {words}"
            );
        }
        for id in listed("browse_nodes").into_iter().chain([json!(ready.browse_node)]) {
            let fields = json!({ "browseNodeIds": [id] });
            assert_eq!(asking.call_with_tag("getBrowseNodes", shop, &fields).status, 200, "{fields}");
            let fields = json!({ "keywords": "made", "browseNodeId": id });
            assert_eq!(asking.call_with_tag("searchItems", shop, &fields).status, 200, "{fields}");
        }
    }
}
