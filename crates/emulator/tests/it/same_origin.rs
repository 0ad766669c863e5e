//! Which requests of browsers reach the page and `/_emulator/`, and that all reach the rest.

use linkwright_emulator::Request;
use serde_json::json;

use crate::asking::Asking;

/// What requests for the page, for a control that reads and for one that changes are answered with.
#[track_caller]
fn check(headers: &[(&str, &str)], expected: [u16; 3]) {
    let requests = [
        Request::get("/"),
        Request::get("/_emulator/state"),
        Request::post("/_emulator/clock", r#"{"advance_seconds":1}"#),
    ];
    let statuses = requests.map(|request| {
        let request =
            headers.iter().fold(request, |request, (name, value)| request.with_header(*name, *value));
        let reply = Asking::new().ask(&request);
        assert_eq!(reply.status == 403, reply.json_body()["error"].is_string(), "{headers:?}");
        reply.status
    });
    assert_eq!(statuses, expected, "{headers:?}");
}

const ALL: [u16; 3] = [200; 3];
const NONE: [u16; 3] = [403; 3];
const HOST: (&str, &str) = ("Host", "127.0.0.1:7");

#[test]
fn programs_and_its_own_page_are_answered() {
    check(&[], ALL);
    check(&[HOST], ALL);
    for host in ["localhost:7", "LOCALHOST", "127.1.2.3:80", "[::1]:7"] {
        check(&[("Host", host)], ALL);
    }
    check(&[HOST, ("Origin", "http://127.0.0.1:7")], ALL);
    check(&[HOST, ("Origin", "http://127.0.0.1:7"), ("Sec-Fetch-Site", "same-origin")], ALL);
    // An address that somebody typed.
    check(&[HOST, ("Sec-Fetch-Site", "none")], ALL);
}

#[test]
fn pages_of_other_origins_are_not() {
    for origin in
        ["http://example.com", "https://127.0.0.1:7", "http://127.0.0.1:8", "http://localhost:7", "null"]
    {
        check(&[HOST, ("Origin", origin)], NONE);
    }
    // Browsers leave the origin out of some requests.
    for site in ["cross-site", "same-site", "unheard-of"] {
        check(&[HOST, ("Sec-Fetch-Site", site)], NONE);
        check(&[HOST, ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "no-cors")], NONE);
        check(
            &[HOST, ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "iframe")],
            NONE,
        );
        // A link leads to the page; a form does not press a button.
        let link =
            [HOST, ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")];
        check(&link, [200, 403, 403]);
    }
}

#[test]
fn a_page_whose_name_leads_to_this_machine_is_not() {
    for host in
        ["evil.example", "evil.example:7", "127.0.0.1.evil.example", "0.0.0.0:7", "", "<script>", "$(id)"]
    {
        check(&[("Host", host)], NONE);
        check(&[("Host", host), ("Origin", &format!("http://{host}"))], NONE);
        check(
            &[("Host", host), ("Origin", &format!("http://{host}")), ("Sec-Fetch-Site", "same-origin")],
            NONE,
        );
        check(&[HOST, ("host", host)], NONE);
    }
    let request = Request::get("/_emulator/state").with_header("Host", "evil.example:7");
    let said = Asking::new().ask(&request).json_body()["error"].as_str().unwrap().to_owned();
    assert!(said.contains("`evil.example:7`") && said.contains("`localhost`"), "{said}");
}

#[test]
fn what_is_refused_changes_nothing() {
    let mut asking = Asking::new();
    asking.control("eligibility", json!({ "eligible": false, "marketplace": "us" }));
    let reset = Request::post("/_emulator/reset", "")
        .with_header("Host", "evil.example")
        .with_header("Origin", "http://evil.example");
    assert_eq!(asking.ask(&reset).status, 403);
    let reset = Request::post("/_emulator/reset", "")
        .with_header("Host", "127.0.0.1:7")
        .with_header("Sec-Fetch-Site", "cross-site");
    assert_eq!(asking.ask(&reset).status, 403);
    assert_eq!(asking.ask(&Request::get("/_emulator/state")).json_body()["not_eligible"], json!(["us"]));
}

#[test]
fn the_api_itself_is_for_any_host() {
    for path in ["/catalog/v1/getItems", "/auth/o2/token"] {
        let request = Request::post(path, "{}").with_header("Host", "proxy.test");
        let (any, none) =
            (Asking::new().ask(&request).status, Asking::new().ask(&Request::post(path, "{}")).status);
        assert_eq!(any, none, "{path}");
        assert_ne!(any, 403, "{path}");
    }
}
