//! What the account may ask a second and a day, and what a 429 says of it.

use std::time::Duration;

use linkwright_core::Marketplace;
use linkwright_emulator::{Reply, Request, Settings};
use serde_json::{Value, json};

use crate::asking::Asking;

fn one(asking: &mut Asking) -> Reply {
    asking.get_items(Marketplace::Us, &["B0EMU00000"], &[])
}

fn statuses(asking: &mut Asking, count: usize) -> Vec<u16> {
    (0..count).map(|_| one(asking).status).collect()
}

fn left(asking: &mut Asking) -> Value {
    asking.ask(&Request::get("/_emulator/quota")).json_body()
}

fn later(asking: &mut Asking, seconds: u64) {
    asking.now = asking.now.plus(Duration::from_secs(seconds));
}

#[test]
fn a_day_is_the_last_24_hours() {
    let mut asking = Asking::of(Settings::default().calls_per_day(3));
    assert_eq!(statuses(&mut asking, 1), [200]);
    later(&mut asking, 3600);
    assert_eq!(statuses(&mut asking, 4), [200, 200, 429, 429]);
    assert_eq!(left(&mut asking)["left_in_day"], 0);
    // The first call leaves the day after a day, the other two an hour later. What was throttled did not count.
    later(&mut asking, 23 * 3600 - 1);
    assert_eq!(statuses(&mut asking, 1), [429]);
    later(&mut asking, 1);
    assert_eq!(statuses(&mut asking, 2), [200, 429]);
    later(&mut asking, 3600);
    assert_eq!(statuses(&mut asking, 3), [200, 200, 429]);
}

#[test]
fn refused_calls_cost_nothing() {
    let mut asking = Asking::of(Settings::default().calls_per_day(1));
    asking.control("eligibility", json!({ "eligible": false }));
    assert_eq!(one(&mut asking).status, 403);
    asking.control("eligibility", json!({ "eligible": true }));
    assert_eq!(statuses(&mut asking, 2), [200, 429]);
}

#[test]
fn all_operations_and_all_shops_share_the_quota() {
    let mut asking = Asking::of(Settings::default().calls_per_day(2));
    assert_eq!(asking.get_items(Marketplace::De, &["B0EMU00000"], &[]).status, 200);
    assert_eq!(asking.get_items(Marketplace::Jp, &["B0EMU00000"], &[]).status, 200);
    assert_eq!(asking.get_items(Marketplace::Us, &["B0EMU00000"], &[]).status, 429);
}

#[test]
fn the_quota_follows_from_the_revenue() {
    let mut asking = Asking::new();
    let unlimited = json!({
        "calls_per_second": null, "calls_per_day": null, "calls_in_last_day": 0, "left_now": null, "left_in_day": null,
    });
    assert_eq!(left(&mut asking), unlimited, "no limit unless it is asked for");
    // Body, calls a second, calls a day.
    let table = [
        (json!({ "revenue": 0 }), json!(1.0), json!(8640)),
        (json!({ "revenue": 12_960 }), json!(4.0), json!(259_200)),
        (json!({ "revenue": 1e9 }), json!(10.0), json!(864_000)),
        (json!({ "calls_per_second": 2.5 }), json!(2.5), json!(864_000)),
        (json!({ "calls_per_day": 5 }), json!(2.5), json!(5)),
        (json!({ "calls_per_second": null }), json!(null), json!(5)),
        (json!({ "calls_per_second": null, "calls_per_day": null }), json!(null), json!(null)),
    ];
    for (body, per_second, per_day) in table {
        let answer = asking.control("quota", body.clone());
        assert_eq!(
            (&answer["calls_per_second"], &answer["calls_per_day"]),
            (&per_second, &per_day),
            "{body}"
        );
        assert_eq!(answer, left(&mut asking));
    }
    for slip in
        [json!({ "revenue": 1, "calls_per_day": 1 }), json!({ "tpd": 1 }), json!({ "calls_per_day": -1 })]
    {
        assert_eq!(asking.ask(&Request::post("/_emulator/quota", slip.to_string())).status, 400, "{slip}");
    }
    let mut settings = Asking::of(Settings::default().revenue(4320.0));
    assert_eq!(left(&mut settings)["left_in_day"], 86_400);
    assert_eq!(statuses(&mut settings, 3), [200, 200, 429], "two a second");
}

#[test]
fn what_is_left_goes_down_and_comes_back() {
    let mut asking = Asking::new();
    asking.control("quota", json!({ "calls_per_second": 2, "calls_per_day": 100 }));
    let now = |asking: &mut Asking| {
        let left = left(asking);
        (left["left_now"].clone(), left["left_in_day"].clone(), left["calls_in_last_day"].clone())
    };
    assert_eq!(now(&mut asking), (json!(2), json!(100), json!(0)));
    assert_eq!(statuses(&mut asking, 3), [200, 200, 429]);
    assert_eq!(now(&mut asking), (json!(0), json!(98), json!(2)));
    later(&mut asking, 1);
    assert_eq!(now(&mut asking), (json!(2), json!(98), json!(2)));
    // The pace is one half of it; the other stays.
    asking.control("pace", json!({ "rate": 1 }));
    assert_eq!(now(&mut asking), (json!(1), json!(98), json!(2)));
    later(&mut asking, 86_400);
    assert_eq!(now(&mut asking), (json!(1), json!(100), json!(0)));
    asking.control("reset", json!({}));
    assert_eq!(statuses(&mut asking, 5), [200; 5]);
}

#[test]
fn a_429_holds_what_its_switch_says() {
    // Switch, whether it says when, and the members beside type and message; once over the second, once over the day.
    let table = [
        ("none", false, json!({}), json!({})),
        ("documented", false, json!({ "retryAfterSeconds": 1 }), json!({ "retryAfterSeconds": 1 })),
        ("documented", true, json!({ "retryAfterSeconds": 2 }), json!({ "retryAfterSeconds": 86_400 })),
        ("none", true, json!({ "retryAfterSeconds": 2 }), json!({ "retryAfterSeconds": 86_400 })),
        (
            "sdk",
            false,
            json!({ "serviceCode": "creatorsapi", "quotaCode": "TPS" }),
            json!({ "serviceCode": "creatorsapi", "quotaCode": "TPD" }),
        ),
    ];
    for (switch, says_when, second, day) in table {
        let limits = [
            (json!({ "calls_per_second": 0.5, "retry_after": says_when }), second, "2"),
            (json!({ "calls_per_day": 1, "retry_after": says_when }), day, "86400"),
        ];
        for (limit, expected, header) in limits {
            let mut asking = Asking::new();
            asking.control("switches", json!({ "throttle_members": switch }));
            asking.control("quota", limit);
            assert_eq!(one(&mut asking).status, 200);
            let reply = one(&mut asking);
            assert_eq!(reply.status, 429);
            assert_eq!(reply.header("retry-after"), says_when.then_some(header));
            let mut body = reply.json_body();
            let members = body.as_object_mut().unwrap();
            assert_eq!(members.remove("type"), Some(json!("ThrottleException")));
            assert!(members.remove("message").is_some());
            assert_eq!(body, expected, "{switch}");
        }
    }
}
