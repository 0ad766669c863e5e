//! `/_emulator/`: faults, clock, pace, counters, log.

use std::time::Duration;

use linkwright_core::{ApiVersion, Marketplace};
use linkwright_emulator::{Cut, EmulatedCredential, Reply, Request, Settings};
use serde_json::{Value, json};

use crate::asking::{Asking, START, catalogue_request, token_request};

fn one(asking: &mut Asking) -> Reply {
    asking.get_items(Marketplace::Us, &["B0EMU00000"], &[])
}

fn statuses(asking: &mut Asking, count: usize) -> Vec<u16> {
    (0..count).map(|_| one(asking).status).collect()
}

#[test]
fn faults_strike_as_often_as_they_should() {
    // Name, body, and the statuses of the next four calls.
    let table = [
        ("fail", json!({}), [500, 200, 200, 200]),
        ("fail", json!({ "status": 503, "count": 3 }), [503, 503, 503, 200]),
        ("throttle", json!({ "count": 2 }), [429, 429, 200, 200]),
        ("unauthorized", json!({ "reason": "InvalidClient" }), [401, 200, 200, 200]),
        ("denied", json!({ "reason": "AuthorizationFailed", "count": 2 }), [403, 403, 200, 200]),
        ("fail", json!({ "count": 0 }), [200, 200, 200, 200]),
    ];
    for (name, body, expected) in table {
        let mut asking = Asking::new();
        asking.control(name, body.clone());
        assert_eq!(statuses(&mut asking, 4), expected, "{name} {body}");
    }
    // One after the other, in the order they were asked for.
    let mut asking = Asking::new();
    asking.control("fail", json!({}));
    asking.control("fail", json!({ "status": 502 }));
    asking.control("throttle", json!({}));
    assert_eq!(statuses(&mut asking, 4), [500, 502, 429, 200]);
}

#[test]
fn the_token_services_can_fail_too() {
    let mut asking = Asking::new();
    let request = token_request(&EmulatedCredential::of(ApiVersion::V3_1));
    asking.control("fail", json!({ "service": "token", "status": 503 }));
    assert_eq!(asking.ask(&request).status, 503);
    asking.control("throttle", json!({ "service": "token", "retry_after": 7 }));
    let throttled = asking.ask(&request);
    assert_eq!((throttled.status, throttled.header("retry-after")), (429, Some("7")));
    asking.control("malformed", json!({ "service": "token", "how": "types" }));
    assert_eq!(asking.ask(&request).json_body()["access_token"], 7);
    asking.control("credentials", json!({ "accepted": false }));
    assert_eq!(asking.ask(&request).json_body()["error"], "invalid_client");
    asking.control("credentials", json!({ "accepted": true }));
    assert_eq!(asking.ask(&request).status, 200);
}

#[test]
fn a_429_says_when_to_come_back_if_it_should() {
    let mut asking = Asking::new();
    asking.control("throttle", json!({}));
    asking.control("throttle", json!({ "retry_after": 3 }));
    asking.control("throttle", json!({ "retry_after_seconds": 4 }));
    let mut said = || {
        let reply = one(&mut asking);
        (reply.header("retry-after").map(str::to_owned), reply.json_body()["retryAfterSeconds"].as_u64())
    };
    assert_eq!(said(), (None, None));
    assert_eq!(said(), (Some("3".to_owned()), None));
    assert_eq!(said(), (None, Some(4)));
}

#[test]
fn replies_can_be_slow_cut_or_spoilt() {
    let mut asking = Asking::new();
    asking.control("slow", json!({ "milliseconds": 1500 }));
    asking.control("cut", json!({}));
    let behaviour = one(&mut asking).behaviour;
    assert_eq!((behaviour.wait_before, behaviour.cut), (Duration::from_millis(1500), Some(Cut::Before)));
    asking.control("slow", json!({ "milliseconds": 20, "where": "body" }));
    assert_eq!(one(&mut asking).behaviour.wait_within, Duration::from_millis(20));
    asking.control("cut", json!({ "where": "body" }));
    assert_eq!(one(&mut asking).behaviour.cut, Some(Cut::Within));

    let mut spoilt = |how: &str| {
        asking.control("malformed", json!({ "how": how }));
        one(&mut asking)
    };
    for how in ["invalid", "truncated", "html", "empty"] {
        let reply = spoilt(how);
        assert_eq!(reply.status, 200);
        assert!(serde_json::from_slice::<Value>(&reply.body).is_err(), "{how}");
    }
    assert_eq!(spoilt("html").header("content-type"), Some("text/html"));
    assert_eq!(spoilt("types").json_body()["itemsResult"]["items"], "none");
    assert_eq!(one(&mut asking).behaviour, linkwright_emulator::Behaviour::default());
}

#[test]
fn tokens_can_be_expired_and_forgotten() {
    let body = json!({ "itemIds": ["B0EMU00000"], "partnerTag": "demo-20" });
    for (action, reason) in [("expire", "TokenExpired"), ("forget", "InvalidToken")] {
        let mut asking = Asking::new();
        let token = asking.token(ApiVersion::V3_1);
        asking.control("tokens", json!({ "action": action }));
        let reply = asking.ask(&catalogue_request(Marketplace::Us, &token, &body));
        assert_eq!(reply.json_body()["reason"], reason);
        // The next one is good, and another one.
        let next = asking.token(ApiVersion::V3_1);
        assert_ne!(next, token);
        assert_eq!(asking.ask(&catalogue_request(Marketplace::Us, &next, &body)).status, 200);
    }
}

#[test]
fn the_clock_can_be_put_forward() {
    let mut asking = Asking::new();
    let token = asking.token(ApiVersion::V3_1);
    let answer = asking.control("clock", json!({ "advance_seconds": 3600 }));
    assert_eq!(answer["now"], START.plus(Duration::from_secs(3600)).to_string());
    let body = json!({ "itemIds": ["B0EMU00000"], "partnerTag": "demo-20" });
    let request = catalogue_request(Marketplace::Us, &token, &body);
    assert_eq!(asking.ask(&request).json_body()["reason"], "TokenExpired");
    assert!(asking.control("clock", json!({ "advance_seconds": u64::MAX }))["now"].is_string());
}

#[test]
fn the_pace_is_kept() {
    let mut asking = Asking::of(Settings::default().pace(1.0));
    assert_eq!(statuses(&mut asking, 3), [200, 429, 429]);
    asking.now = asking.now.plus(Duration::from_millis(900));
    assert_eq!(statuses(&mut asking, 1), [429]);
    asking.now = asking.now.plus(Duration::from_millis(100));
    assert_eq!(statuses(&mut asking, 2), [200, 429]);
    // It does not gather more than a second's worth.
    asking.now = asking.now.plus(Duration::from_secs(60));
    assert_eq!(statuses(&mut asking, 2), [200, 429]);
    assert_eq!(one(&mut asking).header("retry-after"), None);
    asking.control("pace", json!({ "rate": 0.5, "retry_after": true }));
    assert_eq!(statuses(&mut asking, 1), [200]);
    assert_eq!(one(&mut asking).header("retry-after"), Some("2"));
    asking.control("pace", json!({ "rate": null }));
    assert_eq!(statuses(&mut asking, 5), [200; 5]);
    assert_eq!(statuses(&mut Asking::new(), 50), [200; 50], "no pace unless it is asked for");
}

#[test]
fn eligibility_is_per_shop_or_for_all() {
    let mut asking = Asking::new();
    let ask = |asking: &mut Asking, shop| asking.get_items(shop, &["B0EMU00000"], &[]).status;
    asking.control("eligibility", json!({ "eligible": false }));
    assert_eq!((ask(&mut asking, Marketplace::Us), ask(&mut asking, Marketplace::De)), (403, 403));
    asking.control("eligibility", json!({ "eligible": true, "marketplace": "us" }));
    assert_eq!((ask(&mut asking, Marketplace::Us), ask(&mut asking, Marketplace::De)), (200, 403));
    let refused = asking.get_items(Marketplace::De, &["B0EMU00000"], &[]);
    assert_eq!(
        refused.json_body(),
        json!({
            "type": "AccessDeniedException",
            "reason": "AssociateNotEligible",
            "message": "Your account does not currently meet the eligibility requirements.",
        })
    );
}

#[test]
fn items_can_be_withdrawn() {
    let mut asking = Asking::new();
    for (state, expected) in [("gone", 404), ("normal", 200), ("not_accessible", 404)] {
        asking.control("item", json!({ "asin": "B0EMU00000", "state": state }));
        assert_eq!(one(&mut asking).status, expected, "{state}");
    }
    let body = asking.get_items(Marketplace::Us, &["B0EMU00000", "B0EMU00001"], &[]).json_body();
    assert_eq!(body["errors"][0]["code"], "ItemNotAccessible");
}

#[test]
fn counters_count() {
    let mut asking = Asking::new();
    assert_eq!(one(&mut asking).status, 200);
    asking.get_items(Marketplace::Us, &["B0EMU00000", "B000000000", "B0EMU00001"], &[]);
    asking.control("throttle", json!({}));
    one(&mut asking);
    let counters = asking.emulator.counters();
    assert_eq!(
        (counters.token_requests, counters.tokens_issued, counters.tokens_seen, counters.calls),
        (3, 3, 3, 3)
    );
    assert_eq!((counters.throttled, counters.items_asked, counters.items_found), (1, 4, 3));
    assert_eq!(counters.largest_call, 3);
    let reply = asking.ask(&Request::get("/_emulator/counters"));
    assert_eq!(reply.json_body()["statuses"], json!({ "200": 2, "429": 1 }));
    assert_eq!(reply.json_body()["token_requests"], 3);
    asking.control("reset", json!({}));
    assert_eq!(asking.emulator.counters(), linkwright_emulator::Counters::default());
}

#[test]
fn the_log_shows_what_tests_need_and_no_secret() {
    let mut asking = Asking::new();
    let token = asking.token(ApiVersion::V2_1);
    let body = json!({ "itemIds": ["B0EMU00000"], "partnerTag": "demo-20" });
    let request = catalogue_request(Marketplace::Us, &format!("{token}, Version 2.1"), &body)
        .with_header("User-Agent", "Agent/test")
        .with_header("X-Other", "private");
    asking.ask(&request);
    let credential = EmulatedCredential::of(ApiVersion::V3_1);
    asking.ask(&token_request(&credential));
    let log = asking.ask(&Request::get("/_emulator/log"));
    let text = String::from_utf8(log.body.clone()).unwrap();
    for hidden in [token.as_str(), "private", credential.secret.expose()] {
        assert!(!text.contains(hidden), "{text}");
    }
    let entries = log.json_body();
    let call = &entries[1];
    assert_eq!(call["headers"]["authorization"], "Bearer …, Version 2.1");
    assert_eq!(call["headers"]["user-agent"], "Agent/test");
    assert_eq!(call["headers"]["x-marketplace"], "www.amazon.com");
    assert_eq!((&call["body"], &call["status"], &call["number"]), (&body, &json!(200), &json!(2)));
    assert_eq!(entries[2]["body"]["client_id"], credential.id);
}

#[test]
fn faults_that_exclude_each_other_are_refused() {
    for (name, body) in [
        ("denied", r#"{"reason":"Other","service":"token"}"#),
        ("cut", r#"{"where":"body","at_byte":1}"#),
        ("fail", r#"{"service":"token","operation":"getItems"}"#),
        ("cut", r#"{"where":"end"}"#),
    ] {
        let reply = Asking::new().ask(&Request::post(format!("/_emulator/{name}"), body));
        assert_eq!(reply.status, 400, "{name} {body}");
        assert!(reply.json_body()["error"].is_string());
    }
}
