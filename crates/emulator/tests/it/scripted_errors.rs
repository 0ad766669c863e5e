//! Errors on request: every documented one, and others that a test makes up.

use linkwright_core::{ApiVersion, Marketplace};
use linkwright_emulator::{EmulatedCredential, Reply, Request};
use serde_json::{Value, json};

use crate::asking::{Asking, token_request};

fn one(asking: &mut Asking) -> Reply {
    asking.get_items(Marketplace::Us, &["B0EMU00000"], &[])
}

#[test]
fn every_documented_error_comes_on_request() {
    let mut asking = Asking::new();
    let list = asking.ask(&Request::get("/_emulator/errors")).json_body();
    let list = list.as_array().unwrap();
    let catalogue: Vec<&Value> = list.iter().filter(|error| error["service"] == "catalogue").collect();
    // The rows of the documentation's table: 6 of 400, 9 of 401, 3 of 403, two of 404, 429 and 500.
    assert_eq!(catalogue.len(), 22);
    for error in &catalogue {
        assert_eq!(list.iter().filter(|other| other == error).count(), 1, "{error}");
        asking.control("error", (*error).clone());
        let reply = one(&mut asking);
        let answer = reply.json_body();
        assert_eq!(error["status"], reply.status, "{error}");
        for member in ["type", "reason", "message"] {
            assert_eq!(answer[member], error[member], "{error}");
        }
        for (member, value) in error["members"].as_object().into_iter().flatten() {
            assert_eq!(&answer[member], value, "{error}");
        }
        assert!(answer["message"].as_str().unwrap().len() > 10, "{answer}");
        let extra = match reply.status {
            404 => ["resourceId", "resourceType"].as_slice(),
            400 if answer["reason"] == "FieldValidationFailed" => &["fieldList"],
            _ => &[],
        };
        assert!(extra.iter().all(|member| !answer[member].is_null()), "{answer}");
        assert_eq!(one(&mut asking).status, 200, "it strikes once: {error}");
    }
    let sought = catalogue.iter().filter(|error| error["status"] == 404);
    let sought: Vec<&Value> = sought.map(|error| &error["members"]["resourceType"]).collect();
    assert_eq!(sought, ["Item", "SearchResult"]);
}

#[test]
fn a_404_is_worded_by_what_was_sought() {
    // What was sought, and how the message begins.
    for (sought, begins) in [
        (json!({}), "No items"),
        (json!({ "resourceType": "Item" }), "No items"),
        (json!({ "resourceType": "SearchResult" }), "No results"),
        (json!({ "resourceType": "BrowseNode" }), "No browse nodes"),
        (json!({ "resourceType": "Feed" }), "No feed"),
        (json!({ "resourceType": "Report" }), "No report"),
        (json!({ "resourceType": "BrandNew" }), "No items"),
    ] {
        let mut asking = Asking::new();
        asking.control("error", json!({ "status": 404, "members": sought }));
        let answer = one(&mut asking).json_body();
        assert!(answer["message"].as_str().unwrap().starts_with(begins), "{answer}");
        assert_eq!(answer["resourceType"], *sought.get("resourceType").unwrap_or(&json!("Item")));
    }
}

#[test]
fn errors_can_be_worded_and_made_up() {
    // What is asked for, and the status, and the whole body.
    let table = [
        (
            json!({ "status": 401, "reason": "InvalidClient", "message": "No." }),
            401,
            json!({ "type": "UnauthorizedException", "reason": "InvalidClient", "message": "No." }),
        ),
        (
            json!({ "status": 403, "members": { "reason": "NewReason", "helpUrl": "https://example.com" } }),
            403,
            json!({
                "type": "AccessDeniedException", "reason": "NewReason", "helpUrl": "https://example.com",
                "message": "Your account does not currently meet the eligibility requirements.",
            }),
        ),
        (
            json!({ "status": 418, "type": "TeapotException", "reason": "Short", "message": "Stout." }),
            418,
            json!({ "type": "TeapotException", "reason": "Short", "message": "Stout." }),
        ),
        (
            json!({ "status": 504 }),
            504,
            json!({
                "type": "InternalServerException",
                "message": "An unexpected error occurred while processing your request.",
            }),
        ),
    ];
    for (asked, status, body) in table {
        let mut asking = Asking::new();
        asking.control("error", asked.clone());
        let reply = one(&mut asking);
        assert_eq!((reply.status, reply.json_body()), (status, body), "{asked}");
    }
    let mut asking = Asking::new();
    asking.control("error", json!({ "status": 429, "retry_after": 9, "count": 2, "operation": "getItems" }));
    for _ in 0..2 {
        assert_eq!(one(&mut asking).header("retry-after"), Some("9"));
    }
    assert_eq!(one(&mut asking).status, 200);
}

#[test]
fn the_token_services_errors_are_worded_as_each_does() {
    // Code, then status and description of Login with Amazon, and status of Cognito, which says no more.
    let table = [
        ("invalid_client", 401, "Client authentication failed", 400),
        ("invalid_scope", 400, "The request has an invalid parameter : scope", 400),
        ("slow_down", 429, "Too many requests", 429),
    ];
    for (code, lwa, description, cognito) in table {
        let mut asking = Asking::new();
        asking.control("error", json!({ "service": "token", "error": code, "count": 2, "retry_after": 5 }));
        let reply = asking.ask(&token_request(&EmulatedCredential::of(ApiVersion::V3_1)));
        assert_eq!((reply.status, reply.header("retry-after")), (lwa, Some("5")));
        assert_eq!(reply.json_body(), json!({ "error": code, "error_description": description }));
        let reply = asking.ask(&token_request(&EmulatedCredential::of(ApiVersion::V2_1)));
        assert_eq!((reply.status, reply.json_body()), (cognito, json!({ "error": code })));
        asking.token(ApiVersion::V3_1);
    }
    let mut asking = Asking::new();
    asking.control(
        "error",
        json!({ "service": "token", "error": "new_error", "status": 403, "description": "New." }),
    );
    let reply = asking.ask(&token_request(&EmulatedCredential::of(ApiVersion::V2_1)));
    assert_eq!(reply.status, 403);
    assert_eq!(reply.json_body(), json!({ "error": "new_error", "error_description": "New." }));
}

#[test]
fn slips_in_scripts_are_refused_with_what_there_is() {
    for (slip, named) in [
        (json!({ "status": 401, "reason": "Nonsense" }), "TokenExpired"),
        (json!({ "status": 418 }), "type"),
        (json!({ "status": 200, "type": "X" }), "400 to 599"),
        (json!({ "reason": "TokenExpired" }), "status"),
        (json!({ "status": 500, "service": "token" }), "unknown field `status`"),
        (json!({ "status": 500, "service": "download" }), "`fail`"),
    ] {
        let reply = Asking::new().ask(&Request::post("/_emulator/error", slip.to_string()));
        let said = reply.json_body()["error"].as_str().unwrap_or_default().to_owned();
        assert_eq!(reply.status, 400, "{slip}");
        assert!(said.contains(named) || said.contains("missing field `error`"), "{slip}: {said}");
    }
}
