//! Why the catalogue refuses, and in which order it looks.

use linkwright_core::{ApiVersion, Marketplace};
use linkwright_emulator::{Reply, Request};
use serde_json::{Value, json};

use crate::asking::{Asking, catalogue_request};

#[track_caller]
fn check(reply: &Reply, status: u16, kind: &str, reason: &str) {
    let body = reply.json_body();
    let said = (
        reply.status,
        body["type"].as_str().unwrap_or_default(),
        body["reason"].as_str().unwrap_or_default(),
    );
    assert_eq!(said, (status, kind, reason), "{body}");
    assert!(body["message"].is_string());
}

fn base64url(value: &Value) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: String = value.to_string().bytes().map(|byte| format!("{byte:08b}")).collect();
    let groups = bits.as_bytes().chunks(6);
    let letter = |group: &[u8]| {
        let group = format!("{:0<6}", std::str::from_utf8(group).unwrap());
        char::from(LETTERS[usize::from_str_radix(&group, 2).unwrap()])
    };
    groups.map(letter).collect()
}

#[test]
fn a_401_says_what_is_wrong_with_the_token() {
    let jwt = |head: Value, claims: Value| format!("{}.{}.sig", base64url(&head), base64url(&claims));
    let claims = json!({ "exp": 1, "iss": "x", "client_id": "y" });
    let (v3, v2) = (ApiVersion::V3_1, ApiVersion::V2_1);
    // What follows `Authorization: `, and the reason; TOKEN is a good one of the version.
    let table: &[(ApiVersion, &str, &str)] = &[
        (v3, "", "MissingCredential"),
        (v3, "Bearer ", "MissingCredential"),
        (v3, "Basic abc", "InvalidToken"),
        (v3, "Bearer Atc|nobody", "InvalidToken"),
        (v3, "Bearer TOKEN, Version 2.1", "InvalidIssuer"),
        (v2, "Bearer TOKEN", "InvalidIssuer"),
        (v2, "Bearer TOKEN, Version 2.2", "InvalidIssuer"),
        (v3, &format!("Bearer {}", jwt(json!({ "alg": "RS256" }), claims.clone())), "MissingKeyId"),
        (v3, &format!("Bearer {}", jwt(json!({ "kid": "k" }), json!({ "exp": 1 }))), "MissingClaim"),
        (v3, &format!("Bearer {}", jwt(json!({ "kid": "k" }), claims)), "InvalidToken"),
        // Of another region group.
        (ApiVersion::V3_2, "Bearer TOKEN", "InvalidIssuer"),
        (ApiVersion::V2_3, "Bearer TOKEN, Version 2.3", "InvalidIssuer"),
    ];
    for (version, header, reason) in table {
        let mut asking = Asking::new();
        let token = asking.token(*version);
        // The body is not even JSON: who asks is looked at first.
        let request = Request::post("/catalog/v1/getItems", "{")
            .with_header("content-type", "application/json")
            .with_header("x-marketplace", "www.amazon.com")
            .with_header("authorization", header.replace("TOKEN", &token));
        let reply = asking.ask(&request);
        let said = reply.json_body()["reason"].as_str().unwrap_or_default().to_owned();
        assert_eq!((reply.status, said.as_str()), (401, *reason), "{version} {header}");
    }
    // The right suffix is taken with 3.x as well.
    let mut asking = Asking::new();
    let token = asking.token(v3);
    let body = json!({ "itemIds": ["B0EMU00000"], "partnerTag": "demo-20" });
    let suffixed = format!("{token}, Version 3.1");
    assert_eq!(asking.ask(&catalogue_request(Marketplace::Us, &suffixed, &body)).status, 200);
}

#[test]
fn only_what_there_is_is_an_operation() {
    let mut asking = Asking::new();
    let requests = [
        Request::post("/catalog/v1/getitems", "{}"),
        Request::post("/catalog/v1/search_items", "{}"),
        Request::post("/reports/v1/getItems", "{}"),
        Request::post("/", ""),
        Request::get("/catalog/v1/getItems"),
    ];
    for request in requests {
        check(&asking.ask(&request), 400, "ValidationException", "UnknownOperation");
    }
}

#[test]
fn what_is_no_json_object_cannot_be_parsed() {
    for body in ["", "{", "[]", "\"x\"", "{'itemIds':[]}"] {
        let mut asking = Asking::new();
        let token = asking.token(ApiVersion::V3_1);
        let mut request = catalogue_request(Marketplace::Us, &token, &json!({}));
        request.body = body.into();
        check(&asking.ask(&request), 400, "ValidationException", "CannotParse");
    }
    let mut asking = Asking::new();
    let token = asking.token(ApiVersion::V3_1);
    let mut request = catalogue_request(Marketplace::Us, &token, &json!({}));
    request.headers[0].1 = "text/plain".to_owned();
    check(&asking.ask(&request), 400, "ValidationException", "CannotParse");
    request.headers[0].1 = "application/json; charset=utf-8".to_owned();
    check(&asking.ask(&request), 400, "ValidationException", "FieldValidationFailed");
}

#[test]
fn wrong_fields_are_listed() {
    let good = json!({ "itemIds": ["B0EMU00000"], "partnerTag": "demo-20" });
    let eleven: Vec<String> = (0..11).map(|number| format!("B0EMU{number:05}")).collect();
    // What is put over the good body, and the fields that are complained about. Null takes a member out.
    let table: Vec<(Value, Vec<&str>)> = vec![
        (json!({}), vec![]),
        (json!({ "partnerTag": null }), vec!["partnerTag"]),
        (json!({ "partnerTag": "  " }), vec!["partnerTag"]),
        (json!({ "partnerTag": 20 }), vec!["partnerTag"]),
        (json!({ "partnerTag": "x".repeat(65) }), vec!["partnerTag"]),
        (json!({ "itemIds": null }), vec!["itemIds"]),
        (json!({ "itemIds": [] }), vec!["itemIds"]),
        (json!({ "itemIds": eleven }), vec!["itemIds"]),
        (json!({ "itemIds": "B0EMU00000" }), vec!["itemIds"]),
        (json!({ "itemIds": [1] }), vec!["itemIds"]),
        (json!({ "itemIds": null, "partnerTag": null }), vec!["partnerTag", "itemIds"]),
        (json!({ "resources": ["offersV2.listings"] }), vec!["resources"]),
        (json!({ "resources": ["ParentASIN", "nonsense"] }), vec!["resources", "resources"]),
        (json!({ "resources": ["searchRefinements"] }), vec!["resources"]),
        (json!({ "resources": vec!["itemInfo.title"; 101] }), vec!["resources"]),
        (json!({ "languagesOfPreference": ["en_US", "es_US"] }), vec!["languagesOfPreference"]),
        (json!({ "languagesOfPreference": ["xx_YY"] }), vec![]),
        (json!({ "currencyOfPreference": " " }), vec!["currencyOfPreference"]),
        (json!({ "currencyOfPreference": "EUR" }), vec![]),
        (json!({ "condition": "Used" }), vec!["condition"]),
        (json!({ "condition": "New" }), vec![]),
        (json!({ "properties": { "a": "b" } }), vec![]),
        (json!({ "properties": { "a": 1 } }), vec!["properties"]),
        // Members that nobody knows are left alone.
        (json!({ "partnerType": "Associates", "operation": "GetItems" }), vec![]),
    ];
    for (changes, expected) in table {
        let mut body = good.clone();
        body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let reply = Asking::new().get_items_with(Marketplace::Us, &body);
        if expected.is_empty() {
            assert_eq!(reply.status, 200, "{changes}: {}", reply.json_body());
            continue;
        }
        check(&reply, 400, "ValidationException", "FieldValidationFailed");
        let answer = reply.json_body();
        let fields = answer["fieldList"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(names, expected, "{changes}");
    }
}

#[test]
fn the_shop_is_a_field_like_the_others() {
    for header in [None, Some("www.amazon.co.za"), Some("amazon.com"), Some("us")] {
        let mut asking = Asking::new();
        let token = asking.token(ApiVersion::V3_1);
        let body = json!({ "itemIds": ["B0EMU00000"], "partnerTag": "demo-20" });
        let mut request = catalogue_request(Marketplace::Us, &token, &body);
        request.headers.retain(|(name, _)| name != "x-marketplace");
        request.headers.extend(header.map(|header| ("x-marketplace".to_owned(), header.to_owned())));
        let reply = asking.ask(&request);
        check(&reply, 400, "ValidationException", "FieldValidationFailed");
        assert_eq!(reply.json_body()["fieldList"][0]["name"], "x-marketplace");
    }
}

#[test]
fn a_tag_must_be_the_accounts_and_the_shops() {
    let tag = |asking: &mut Asking, shop, tag: &str| {
        let body = json!({ "itemIds": ["B0EMU00000"], "partnerTag": tag });
        let reply = asking.get_items_with(shop, &body);
        reply.json_body()["reason"].as_str().unwrap_or("none").to_owned()
    };
    let table = [
        (Marketplace::Us, "demo-20", "none"),
        (Marketplace::Us, "demoblog2-20", "none"),
        (Marketplace::Us, "demo-21", "InvalidAssociate"),
        (Marketplace::De, "demo-20", "InvalidAssociate"),
        (Marketplace::De, "demo-21", "none"),
        (Marketplace::Jp, "demo-22", "none"),
        (Marketplace::Us, "mysite-20", "InvalidPartnerTag"),
        (Marketplace::Us, "demo", "InvalidPartnerTag"),
        (Marketplace::Us, "Demo-20", "InvalidPartnerTag"),
    ];
    for (shop, given, reason) in table {
        assert_eq!(tag(&mut Asking::new(), shop, given), reason, "{shop} {given}");
    }
    let mut asking = Asking::new();
    asking.control("tags", json!({ "accept": ["mysite-20"] }));
    assert_eq!(tag(&mut asking, Marketplace::Us, "mysite-20"), "none");
    assert_eq!(tag(&mut asking, Marketplace::Us, "other-20"), "InvalidPartnerTag");
    asking.control("tags", json!({ "any": true }));
    assert_eq!(tag(&mut asking, Marketplace::Us, "other-20"), "none");
    asking.control("associate", json!({ "marketplace": "fr", "linked": false }));
    assert_eq!(tag(&mut asking, Marketplace::Fr, "demo-21"), "InvalidAssociate");
    assert_eq!(tag(&mut asking, Marketplace::De, "demo-21"), "none");
    asking.control("associate", json!({ "linked": true }));
    assert_eq!(tag(&mut asking, Marketplace::Fr, "demo-21"), "none");
}

#[test]
fn what_is_checked_later_is_not_seen_before() {
    let mut asking = Asking::new();
    asking.control("eligibility", json!({ "eligible": false }));
    asking.control("throttle", json!({ "count": 9 }));
    let mut ask = |body: Value| asking.get_items_with(Marketplace::Us, &body).json_body()["reason"].clone();
    assert_eq!(ask(json!({ "partnerTag": "other-20" })), "FieldValidationFailed");
    assert_eq!(ask(json!({ "partnerTag": "other-20", "itemIds": ["B000000000"] })), "InvalidPartnerTag");
    assert_eq!(ask(json!({ "partnerTag": "demo-20", "itemIds": ["B000000000"] })), "AssociateNotEligible");
    asking.control("eligibility", json!({ "eligible": true }));
    let body = json!({ "partnerTag": "demo-20", "itemIds": ["B000000000"] });
    check(&asking.get_items_with(Marketplace::Us, &body), 429, "ThrottleException", "");
    asking.control("reset", json!({}));
    check(&asking.get_items_with(Marketplace::Us, &body), 404, "ResourceNotFoundException", "");
}

#[test]
fn the_documents_other_forms_can_be_chosen() {
    let mut asking = Asking::new();
    asking.control("switches", json!({ "field_list": "strings", "type_member": "__type" }));
    let body = asking.get_items_with(Marketplace::Us, &json!({ "itemIds": ["B0EMU00000"] })).json_body();
    assert_eq!(
        body,
        json!({
            "__type": "com.amazon.creators#ValidationException",
            "reason": "FieldValidationFailed",
            "message": "Request validation failed.",
            "fieldList": ["partnerTag"],
        })
    );
}
