//! Where documents contradict each other: each form can be chosen, and the default is the SDK's.

use linkwright_core::{ApiVersion, Marketplace};
use linkwright_emulator::{EmulatedCredential, Request};
use serde_json::{Value, json};

use crate::asking::{Asking, catalogue_request, token_request};

#[track_caller]
fn refused(switches: Value) -> Value {
    let mut asking = Asking::new();
    if switches != json!({}) {
        asking.control("switches", switches);
    }
    asking.get_items_with(Marketplace::Us, &json!({ "partnerTag": "demo-20" })).json_body()
}

#[test]
fn the_type_of_an_error_comes_in_five_forms() {
    for (switches, member, value) in [
        (json!({}), "type", "ValidationException"),
        (json!({ "type_suffix": true }), "type", "ValidationExceptionResponseContent"),
        (json!({ "type_member": "__type" }), "__type", "com.amazon.creators#ValidationException"),
        (
            json!({ "type_member": "__type", "type_suffix": true }),
            "__type",
            "com.amazon.creators#ValidationExceptionResponseContent",
        ),
    ] {
        let body = refused(switches.clone());
        assert_eq!(body[member], value, "{switches}");
        let names = ["type", "__type"].into_iter().filter(|name| body.get(name).is_some());
        assert_eq!(names.count(), 1, "{body}");
    }
    let body = refused(json!({ "type_member": "absent" }));
    assert!(body.get("type").is_none() && body.get("__type").is_none() && body["message"].is_string());
}

#[test]
fn a_version_behind_a_token_of_3_x_may_or_must_or_must_not_be_there() {
    // Switch, then whether a token passes bare, with its version, and with another's.
    for (switch, expected) in
        [("optional", [200, 200, 401]), ("required", [401, 200, 401]), ("refused", [200, 401, 401])]
    {
        let mut asking = Asking::new();
        asking.control("switches", json!({ "v3_version_suffix": switch }));
        let token = asking.token(ApiVersion::V3_1);
        let body = json!({ "itemIds": ["B0EMU00000"], "partnerTag": "demo-20" });
        let statuses = ["", ", Version 3.1", ", Version 2.1"].map(|suffix| {
            let authorization = format!("{token}{suffix}");
            asking.ask(&catalogue_request(Marketplace::Us, &authorization, &body)).status
        });
        assert_eq!(statuses, expected, "{switch}");
    }
}

#[test]
fn login_with_amazon_can_insist_on_json() {
    let credential = EmulatedCredential::of(ApiVersion::V3_1);
    let (id, secret) = (&credential.id, credential.secret.expose());
    let form = Request::post(
        "/auth/o2/token",
        format!(
            "grant_type=client_credentials&client_id={id}&client_secret={secret}&scope=creatorsapi::default"
        ),
    )
    .with_header("Content-Type", "application/x-www-form-urlencoded");
    let mut asking = Asking::new();
    assert_eq!(asking.ask(&form).status, 200);
    asking.control("switches", json!({ "lwa_json_only": true }));
    let reply = asking.ask(&form);
    assert_eq!((reply.status, reply.json_body()["error"].as_str()), (400, Some("invalid_request")));
    assert_eq!(asking.ask(&token_request(&credential)).status, 200);
}

#[test]
fn the_results_member_has_two_names() {
    for (switch, present, absent) in
        [("itemsResult", "itemsResult", "itemResults"), ("itemResults", "itemResults", "itemsResult")]
    {
        let mut asking = Asking::new();
        asking.control("switches", json!({ "result_member": switch }));
        let body = asking.get_items(Marketplace::Us, &["B0EMU00000"], &[]).json_body();
        assert!(body[present]["items"].is_array() && body.get(absent).is_none(), "{body}");
    }
}

#[test]
fn only_values_that_a_document_has_are_taken() {
    for slip in [
        json!({ "item_count_cap": 50 }),
        json!({ "type_member": "kind" }),
        json!({ "throttle_members": true }),
        json!({ "v3_version_suffix": "maybe" }),
    ] {
        let reply = Asking::new().ask(&Request::post("/_emulator/switches", slip.to_string()));
        assert_eq!(reply.status, 400, "{slip}");
    }
}
