//! The page at `/`: what it says of itself and of what happened. Whether it works in a browser is tested in one.

use linkwright_core::ApiVersion;
use linkwright_emulator::{EmulatedCredential, Reply, Request, Settings};
use serde_json::json;

use crate::asking::Asking;

fn page(asking: &mut Asking, host: &str) -> Reply {
    asking.ask(&Request::get("/").with_header("Host", host))
}

fn text(reply: &Reply) -> String {
    String::from_utf8(reply.body.clone()).unwrap()
}

#[test]
fn it_offers_what_the_ready_line_says() {
    for version in ApiVersion::ALL {
        let mut asking = Asking::of(Settings::default().api_version(version));
        let ready = asking.emulator.ready("http://127.0.0.1:7");
        let reply = page(&mut asking, "127.0.0.1:7");
        assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"));
        let html = text(&reply);
        let credential = EmulatedCredential::of(version);
        for shown in [
            credential.id.as_str(),
            credential.secret.expose(),
            &ready.api,
            &ready.token,
            &ready.tag,
            ready.shop().host(),
            version.as_str(),
        ] {
            assert!(html.contains(&format!(">{shown}</code>")), "{version}: {shown}");
        }
        for operation in [
            "catalog/v1/getItems",
            "catalog/v1/searchItems",
            "catalog/v1/getVariations",
            "catalog/v1/getBrowseNodes",
            "catalog/v1/listFeeds",
            "catalog/v1/getFeed",
            "reports/v1/listReports",
            "reports/v1/getReport",
        ] {
            assert!(
                html.contains(&format!("curl -s http://127.0.0.1:7/{operation} ")),
                "{version}: {operation}"
            );
        }
        let suffix = format!("Bearer $TOKEN, Version {version}");
        assert_eq!(html.contains(&suffix), version.as_str().starts_with('2'));
        assert!(!html.contains("{{"), "{version}: something was not filled in");
    }
}

#[test]
fn it_loads_nothing_and_runs_its_own_script_only() {
    let mut asking = Asking::new();
    let (first, second) = (page(&mut asking, "127.0.0.1:7"), page(&mut asking, "127.0.0.1:7"));
    let policy = first.header("content-security-policy").unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; script-src 'nonce-"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_ne!(Some(policy.as_str()), second.header("content-security-policy"), "the nonce is for one page");
    let nonce = policy.split("script-src 'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    let html = text(&first);
    assert_eq!(html.matches("<script").count(), 1);
    assert!(html.contains(&format!("<script nonce=\"{nonce}\">")));
    for forbidden in ["src=\"http", "href=\"http", "@import", "url(", "onclick=", "innerHTML", "style=\""] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn its_addresses_are_those_it_was_asked_for_under() {
    for host in ["127.0.0.1:7", "localhost:80", "[::1]:80"] {
        let html = text(&page(&mut Asking::new(), host));
        assert!(html.contains(&format!(">http://{host}</code>")), "{host}");
    }
    // As a program may that tells no host.
    let html = text(&Asking::new().ask(&Request::get("/")));
    assert!(html.contains(">http://127.0.0.1</code>"));
}

#[test]
fn it_counts_as_no_call() {
    let mut asking = Asking::new();
    asking.control("fail", json!({}));
    page(&mut asking, "127.0.0.1");
    assert_eq!(asking.ask(&Request::get("/favicon.ico")).status, 204);
    assert_eq!(asking.emulator.counters(), linkwright_emulator::Counters::default());
    assert_eq!(asking.ask(&Request::get("/_emulator/log")).json_body(), json!([]));
    assert_eq!(asking.ask(&Request::get("/_emulator/state")).json_body()["faults_left"], 1);
    assert_eq!(asking.ask(&Request::get("/index.html")).status, 500, "that one was a call");
}

#[test]
fn the_log_can_be_cut_short() {
    let mut asking = Asking::new();
    for _ in 0..3 {
        asking.token(ApiVersion::V3_1);
    }
    let mut request = Request::get("/_emulator/log");
    for (query, numbers) in
        [("", vec![1, 2, 3]), ("last=2", vec![2, 3]), ("last=0", vec![]), ("last=9", vec![1, 2, 3])]
    {
        query.clone_into(&mut request.query);
        let log = asking.ask(&request).json_body();
        let found: Vec<u64> =
            log.as_array().unwrap().iter().map(|entry| entry["number"].as_u64().unwrap()).collect();
        assert_eq!(found, numbers, "{query}");
    }
    for slip in ["last=x", "first=2", "last"] {
        slip.clone_into(&mut request.query);
        assert_eq!(asking.ask(&request).status, 400, "{slip}");
    }
}

#[test]
fn the_state_is_what_was_changed() {
    let mut asking = Asking::new();
    asking.control("eligibility", json!({ "eligible": false, "marketplace": "de" }));
    asking.control("associate", json!({ "linked": false, "marketplace": "uk" }));
    asking.control("credentials", json!({ "accepted": false }));
    asking.control("files", json!({ "feeds": false }));
    asking.control("slow", json!({ "milliseconds": 1, "count": 3 }));
    asking.control("switches", json!({ "item_count_cap": 100 }));
    asking.control("quota", json!({ "revenue": 4320 }));
    let state = asking.ask(&Request::get("/_emulator/state")).json_body();
    assert_eq!(state["not_eligible"], json!(["de"]));
    assert_eq!(state["not_associated"], json!(["uk"]));
    assert_eq!(
        (&state["credentials_accepted"], &state["feeds"], &state["reports"]),
        (&json!(false), &json!(false), &json!(true))
    );
    assert_eq!((&state["faults_left"], &state["switches"]["item_count_cap"]), (&json!(3), &json!(100)));
    assert_eq!(state["quota"]["calls_per_second"], 2.0);
}
