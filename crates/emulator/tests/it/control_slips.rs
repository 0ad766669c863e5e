//! Slips in what is sent to `/_emulator/`: each is refused, says what is wrong, and changes nothing.

use linkwright_core::Marketplace;
use linkwright_emulator::{Reply, Request};
use serde_json::Value;

use crate::asking::Asking;

fn post(asking: &mut Asking, name: &str, body: &str) -> Reply {
    asking.ask(&Request::post(format!("/_emulator/{name}"), body))
}

fn get(asking: &mut Asking, name: &str) -> Value {
    asking.ask(&Request::get(format!("/_emulator/{name}"))).json_body()
}

/// The slip is refused with all of these words, and the emulator is as before.
#[track_caller]
fn check(name: &str, body: &str, words: &[&str]) {
    let mut asking = Asking::new();
    assert_eq!(post(&mut asking, "eligibility", r#"{"eligible":false,"marketplace":"de"}"#).status, 200);
    let before = get(&mut asking, "state");
    let reply = post(&mut asking, name, body);
    let said = reply.json_body()["error"].as_str().unwrap_or_default().to_owned();
    assert_eq!(reply.status, 400, "{name} {body}: {said}");
    for word in words {
        assert!(said.contains(word), "{name} {body}: {word} is not in: {said}");
    }
    assert!(
        !said.contains("struct") && !said.contains("u64") && !said.contains("f64"),
        "{name} {body}: {said}"
    );
    assert_eq!(get(&mut asking, "state"), before, "{name} {body}");
    let answer = asking.get_items(Marketplace::Us, &["B0EMU00000"], &[]);
    assert_eq!(answer.status, 200, "{name} {body}");
}

#[test]
fn numbers_that_mean_nothing() {
    let rate = "a number above 0, or `null` for no limit";
    let calls = "a whole number above 0, or `null` for no limit";
    for (name, member, value, allowed) in [
        ("pace", "rate", "-1", rate),
        ("pace", "rate", "0", rate),
        ("pace", "rate", "-0.5", rate),
        ("pace", "rate", r#""fast""#, "a number"),
        ("quota", "calls_per_second", "-1", rate),
        ("quota", "calls_per_second", "0", rate),
        ("quota", "calls_per_second", "0.0", rate),
        ("quota", "calls_per_second", "false", "a number"),
        ("quota", "calls_per_day", "-1", calls),
        ("quota", "calls_per_day", "0", calls),
        ("quota", "calls_per_day", "1.5", calls),
        ("quota", "revenue", "-5", "US dollars, 0 or more"),
        ("quota", "revenue", "true", "a number"),
        ("clock", "advance_seconds", "-1", "a whole number, 0 or more"),
        ("fail", "status", "-1", "a whole number, 0 or more"),
        ("fail", "status", "200", "from 500 to 599"),
        ("fail", "count", "-1", "a whole number, 0 or more"),
        ("fail", "count", "1.5", "a whole number, 0 or more"),
        ("throttle", "retry_after", "-1", "a whole number, 0 or more"),
        ("slow", "milliseconds", "-1", "a whole number, 0 or more"),
        ("cut", "at_byte", "-1", "a whole number, 0 or more"),
        ("switches", "item_count_cap", "11", "10 or 100"),
    ] {
        let named = format!("`{member}`");
        check(name, &format!("{{\"{member}\":{value}}}"), &[&named, value.trim_matches('"'), allowed]);
    }
    // No JSON, and no number that could be meant.
    for value in ["NaN", "Infinity", "1e999", "+1"] {
        check("pace", &format!("{{\"rate\":{value}}}"), &["not JSON"]);
        check("quota", &format!("{{\"revenue\":{value}}}"), &["not JSON"]);
    }
}

#[test]
fn values_of_another_kind() {
    for (name, body, words) in [
        ("eligibility", r#"{"eligible":"no"}"#, ["`eligible`", "\"no\"", "a boolean"]),
        (
            "eligibility",
            r#"{"eligible":true,"marketplace":"atlantis"}"#,
            ["`marketplace`", "`atlantis`", "us, "],
        ),
        ("tokens", r#"{"action":"burn"}"#, ["`action`", "`burn`", "`expire`"]),
        ("tags", r#"{"accept":"mysite-20"}"#, ["`accept`", "mysite-20", "an array"]),
        ("files", r#"{"feeds":0}"#, ["`feeds`", "`0`", "a boolean"]),
        ("item", r#"{"asin":"B0EMU","state":"gone"}"#, ["`asin`", "`B0EMU`", "ten characters"]),
        ("item", r#"{"asin":"B0EMU00000","state":"lost"}"#, ["`state`", "`lost`", "`gone`"]),
        ("file", r#"{"name":"none.gz","state":"normal"}"#, ["`name`", "`none.gz`", ""]),
        ("fail", r#"{"service":"search"}"#, ["`service`", "`search`", "`catalogue`"]),
        ("fail", r#"{"operation":7}"#, ["`operation`", "`7`", "a string"]),
        ("denied", r#"{"reason":"Unheard"}"#, ["`reason`", "`Unheard`", "`AuthorizationFailed`"]),
        ("switches", r#"{"null_members":"yes"}"#, ["`null_members`", "\"yes\"", "a boolean"]),
        ("switches", r#"{"field_list":"text"}"#, ["`field_list`", "`text`", "`strings`"]),
    ] {
        check(name, body, &words);
    }
}

#[test]
fn members_that_are_not_known_or_not_there() {
    for (name, body, words) in [
        ("reset", r#"{"x":1}"#, ["unknown field `x`", ""]),
        ("pace", r#"{"rate":1,"retry":true}"#, ["unknown field `retry`", "`retry_after`"]),
        ("throttle", r#"{"coutn":2}"#, ["unknown field `coutn`", "`retry_after`"]),
        ("switches", r#"{"nul_members":true}"#, ["unknown field `nul_members`", "`null_members`"]),
        ("pace", r#"{"retry_after":true}"#, ["missing field `rate`", ""]),
        ("eligibility", r#"{"eligible":false,"eligible":true}"#, ["twice", "`eligible`"]),
    ] {
        check(name, body, &words);
    }
}

#[test]
fn bodies_that_say_nothing() {
    for (name, named) in [
        ("eligibility", "`eligible`"),
        ("associate", "`linked`"),
        ("credentials", "`accepted`"),
        ("tags", "`accept`, `any`"),
        ("tokens", "`action`"),
        ("clock", "`advance_seconds`"),
        ("pace", "`rate`"),
        ("quota", "`revenue`, `calls_per_second`, `calls_per_day`, `retry_after`"),
        ("error", "`status`"),
        ("unauthorized", "`reason`"),
        ("denied", "`reason`"),
        ("invalid", "`field`"),
        ("slow", "`milliseconds`"),
        ("files", "`feeds`, `reports`"),
        ("file", "`name`"),
        ("item", "`asin`"),
        ("switches", "`null_members`"),
    ] {
        for body in ["", " \n", "{}"] {
            check(name, body, &[named]);
        }
    }
    // What needs no member takes none.
    for name in ["reset", "throttle", "fail", "cut", "malformed"] {
        for body in ["", "{}"] {
            assert_eq!(post(&mut Asking::new(), name, body).status, 200, "{name} {body}");
        }
    }
}

#[test]
fn bodies_that_are_no_object() {
    for name in
        ["reset", "eligibility", "pace", "quota", "tags", "files", "switches", "fail", "error", "tokens"]
    {
        for body in ["[]", "[true,\"de\"]", "1", "\"x\"", "null"] {
            check(name, body, &["expected an object"]);
        }
        for body in ["not JSON", "{", "{\"rate\":1} {}"] {
            check(name, body, &["not JSON"]);
        }
    }
}

#[test]
fn names_and_methods_that_are_not_known() {
    for (method, name, status) in [
        ("POST", "nonsense", 404),
        ("GET", "reset", 405),
        ("POST", "counters", 405),
        // An address whose end was forgotten.
        ("POST", "", 405),
    ] {
        let mut request = Request::post(format!("/_emulator/{name}"), "{}");
        method.clone_into(&mut request.method);
        let reply = Asking::new().ask(&request);
        assert_eq!(reply.status, status, "{method} {name}");
        assert!(reply.json_body()["error"].is_string());
    }
    assert!(get(&mut Asking::new(), "").as_array().unwrap().len() >= 20);
}
