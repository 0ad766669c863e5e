//! Feeds and reports: lists, temporary addresses, and downloads with their ranges and faults.

use std::io::Read as _;
use std::time::Duration;

use flate2::read::GzDecoder;
use linkwright_core::{ApiVersion, Marketplace};
use linkwright_emulator::{Cut, Reply, Request, Settings};
use md5::{Digest as _, Md5};
use serde_json::{Value, json};

use crate::asking::{Asking, catalogue_request};

/// The large one.
const FEED: &str = "us_standardized_all_retail.xml.gz";
/// One that is quickly made.
const REPORT: &str = "demo-connections-2026.tsv.gz";

fn call(asking: &mut Asking, shop: Marketplace, path: &str, body: &Value) -> Reply {
    let version = match shop {
        Marketplace::De => ApiVersion::V3_2,
        _ => ApiVersion::V3_1,
    };
    let token = asking.token(version);
    let mut request = catalogue_request(shop, &token, body).with_header("Host", "127.0.0.1:7");
    path.clone_into(&mut request.path);
    asking.ask(&request)
}

#[track_caller]
fn ok(asking: &mut Asking, path: &str, body: &Value) -> Value {
    let reply = call(asking, Marketplace::Us, path, body);
    assert_eq!(reply.status, 200, "{path} {body}: {}", reply.json_body());
    reply.json_body()
}

fn reports(asking: &mut Asking) -> Vec<Value> {
    ok(asking, "/reports/v1/listReports", &json!({}))["reports"].as_array().unwrap().clone()
}

fn entry(list: &[Value], member: &str, name: &str) -> Value {
    list.iter().find(|entry| entry[member] == name).unwrap_or_else(|| panic!("{name} in {list:?}")).clone()
}

/// A request for what an address names.
fn address(url: &str) -> Request {
    let rest = url.strip_prefix("http://127.0.0.1:7").unwrap();
    let (path, query) = rest.split_once('?').unwrap();
    let mut request = Request::get(path);
    query.clone_into(&mut request.query);
    request
}

fn report_address(asking: &mut Asking) -> Request {
    let answer = ok(asking, "/reports/v1/getReport", &json!({ "filename": REPORT }));
    address(answer["url"].as_str().unwrap())
}

fn md5_of(bytes: &[u8]) -> String {
    Md5::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unpacked(bytes: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text
}

#[test]
fn every_file_is_what_its_list_says() {
    let mut asking = Asking::new();
    let feeds = ok(&mut asking, "/catalog/v1/listFeeds", &json!({}))["feeds"].as_array().unwrap().clone();
    let lists = [
        (feeds, "/catalog/v1/getFeed", "feedName", "lastUpdated"),
        (reports(&mut asking), "/reports/v1/getReport", "filename", "lastModified"),
    ];
    let mut sizes = Vec::new();
    for (list, path, name, date) in lists {
        assert!(list.len() >= 3);
        for listed in list {
            assert!(listed[date].as_str().unwrap().starts_with("2026-11-21T"), "{listed}");
            let answer = ok(&mut asking, path, &json!({ name: listed[name] }));
            let url = answer["url"].as_str().unwrap();
            assert!(url.starts_with("http://127.0.0.1:7/downloads/"), "{url}");
            let reply = asking.ask(&address(url));
            assert_eq!(reply.status, 200);
            assert_eq!(listed["size"], reply.body.len(), "{listed}");
            assert_eq!(listed["md5"], md5_of(&reply.body), "{listed}");
            assert_eq!(reply.header("content-type"), Some("application/gzip"));
            assert_eq!(reply.header("content-encoding"), None);
            let text = unpacked(&reply.body);
            let lines = text.lines().count();
            assert!(lines > 1000, "{listed} has {lines} lines");
            sizes.push((reply.body.len(), listed[name].as_str().unwrap().to_owned()));
        }
    }
    sizes.sort();
    let (largest, name) = sizes.last().unwrap();
    assert!((1 << 20..8 << 20).contains(largest) && name == FEED, "{sizes:?}");
    assert!(sizes.iter().filter(|(size, _)| *size > 100_000).count() >= 4, "{sizes:?}");
}

#[test]
fn a_feed_holds_the_shops_products() {
    let mut asking = Asking::new();
    for (shop, feed, currency) in [
        (Marketplace::Us, "us_standardized_electronics_retail.xml.gz", "USD"),
        (Marketplace::De, "de_standardized_deals.xml.gz", "EUR"),
    ] {
        let reply = call(&mut asking, shop, "/catalog/v1/getFeed", &json!({ "feedName": feed }));
        let text = unpacked(&asking.ask(&address(reply.json_body()["url"].as_str().unwrap())).body);
        assert!(text.starts_with("<?xml") && text.trim_end().ends_with("</products>"));
        assert!(text.contains(&format!("marketplace=\"{}\"", shop.host())), "{feed}");
        let products = text.matches("<product>").count();
        assert!((100..1000).contains(&products), "{feed}: {products}");
        assert!(text.contains(&format!("<price currency=\"{currency}\">")));
        assert!(text.contains("&lt;angle brackets&gt;") && !text.contains("<angle"));
        // Each product there is one that getItems tells of, with the same price.
        let asin = text.split("<asin>").nth(1).unwrap().split('<').next().unwrap();
        let item = asking.get_items(shop, &[asin], &["offersV2.listings.price"]).json_body();
        let amount = &item["itemsResult"]["items"][0]["offersV2"]["listings"][0]["price"]["money"]["amount"];
        assert!(text.contains(&format!(">{amount}</price>")), "{asin}: {amount}");
    }
}

#[test]
fn files_follow_from_the_seed() {
    let md5 = |seed| {
        let mut asking = Asking::of(Settings::default().seed(seed));
        entry(&reports(&mut asking), "filename", REPORT)["md5"].clone()
    };
    assert_eq!(md5(1), md5(1));
    assert_ne!(md5(1), md5(2));
}

#[test]
fn types_are_listed_and_choose() {
    let mut asking = Asking::new();
    let list = reports(&mut asking);
    assert_eq!(entry(&list, "filename", REPORT)["reportType"], "CREATOR_CONNECTIONS");
    assert!(list.iter().any(|report| report.get("reportType").is_none()), "the type is optional");
    // Body of getReport, status, what the refusal names.
    let table = [
        (json!({ "filename": REPORT, "reportType": "CREATOR_CONNECTIONS" }), 200, ""),
        (json!({ "filename": REPORT, "reportType": null }), 200, ""),
        (json!({ "filename": REPORT, "reportType": "CREATOR_CENTRAL" }), 404, REPORT),
        (json!({ "filename": "none.tsv.gz" }), 404, "none.tsv.gz"),
        (json!({ "filename": FEED }), 404, FEED),
        (json!({ "filename": "" }), 400, "filename"),
        (json!({}), 400, "filename"),
        (json!({ "filename": 7 }), 400, "filename"),
        (json!({ "filename": REPORT, "reportType": "OTHER" }), 400, "reportType"),
    ];
    for (body, status, named) in table {
        let reply = call(&mut asking, Marketplace::Us, "/reports/v1/getReport", &body);
        let answer = reply.json_body();
        assert_eq!(reply.status, status, "{body}: {answer}");
        match status {
            404 => assert_eq!(
                (&answer["resourceType"], &answer["resourceId"]),
                (&json!("Report"), &json!(named))
            ),
            400 => assert_eq!(answer["fieldList"][0]["name"], named, "{body}"),
            _ => {}
        }
    }
    let wrong_shop = call(&mut asking, Marketplace::De, "/catalog/v1/getFeed", &json!({ "feedName": FEED }));
    assert_eq!((wrong_shop.status, &wrong_shop.json_body()["resourceType"]), (404, &json!("Feed")));
}

#[test]
fn a_shop_is_needed_and_a_body_is_not() {
    let mut asking = Asking::new();
    let token = asking.token(ApiVersion::V3_1);
    for path in ["/catalog/v1/listFeeds", "/reports/v1/listReports"] {
        let authorized = Request::post(path, "").with_header("Authorization", format!("Bearer {token}"));
        let answer = asking.ask(&authorized).json_body();
        assert_eq!(answer["fieldList"][0]["name"], "x-marketplace", "{path}");
        let reply = asking.ask(&authorized.with_header("x-marketplace", "www.amazon.com"));
        assert_eq!(reply.status, 200, "{path}");
        let anonymous = Request::post(path, "{}").with_header("x-marketplace", "www.amazon.com");
        assert_eq!(asking.ask(&anonymous).status, 401, "{path}");
    }
}

#[test]
fn feeds_and_reports_are_granted_or_not() {
    let mut asking = Asking::new();
    let statuses = |asking: &mut Asking| {
        ["/catalog/v1/listFeeds", "/catalog/v1/getFeed", "/reports/v1/listReports", "/reports/v1/getReport"]
            .map(|path| {
                let body = json!({ "feedName": "us_standardized_deals.xml.gz", "filename": REPORT });
                let reply = call(asking, Marketplace::Us, path, &body);
                if reply.status == 403 {
                    assert_eq!(reply.json_body()["type"], "AccessDeniedException");
                    assert_eq!(reply.json_body()["reason"], "AuthorizationFailed");
                }
                reply.status
            })
    };
    assert_eq!(statuses(&mut asking), [200; 4]);
    asking.control("files", json!({ "feeds": false }));
    assert_eq!(statuses(&mut asking), [403, 403, 200, 200]);
    asking.control("files", json!({ "feeds": true, "reports": false }));
    assert_eq!(statuses(&mut asking), [200, 200, 403, 403]);
    asking.control("reset", json!({}));
    asking.control("eligibility", json!({ "eligible": false }));
    let reply = call(&mut asking, Marketplace::Us, "/catalog/v1/listFeeds", &json!({}));
    assert_eq!(reply.json_body()["reason"], "AssociateNotEligible");
}

#[test]
fn an_address_lives_for_a_quarter_of_an_hour_and_opens_one_file() {
    let mut asking = Asking::new();
    let (request, other) = (report_address(&mut asking), report_address(&mut asking));
    assert_ne!(request.path, other.path, "each address is a new one");
    let mut swapped = request.clone();
    swapped.query = other.query;
    let mut bare = request.clone();
    bare.query = String::new();
    let mut head = request.clone();
    "HEAD".clone_into(&mut head.method);
    let with_token = request.clone().with_header("Authorization", "Bearer Atc|x");
    for (wrong, status) in [
        (swapped, 403),
        (bare, 403),
        (head, 403),
        (Request::get("/downloads/guess/x.gz"), 403),
        (with_token, 400),
    ] {
        let reply = asking.ask(&wrong);
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (status, Some("application/xml")),
            "{wrong:?}"
        );
    }
    asking.now = asking.now.plus(Duration::from_secs(15 * 60 - 1));
    assert_eq!(asking.ask(&request).status, 200);
    asking.now = asking.now.plus(Duration::from_secs(1));
    let reply = asking.ask(&request);
    assert_eq!(reply.status, 403);
    assert!(String::from_utf8(reply.body).unwrap().contains("Request has expired"));
    // The log names the file and hides what opens it.
    let log = asking.ask(&Request::get("/_emulator/log"));
    let text = String::from_utf8(log.body).unwrap();
    let secret = request.path.split('/').nth(2).unwrap();
    assert!(text.contains(&format!("/downloads/…/{REPORT}")) && !text.contains(secret), "{text}");
}

#[test]
fn a_download_can_be_gone_on_with() {
    let mut asking = Asking::new();
    let request = report_address(&mut asking);
    let whole = asking.ask(&request);
    let (etag, modified) = (whole.header("etag").unwrap(), whole.header("last-modified").unwrap());
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    let size = whole.body.len();
    // Range, If-Range, status, the bytes.
    let table = [
        ("bytes=1000-", None, 206, 1000..size),
        ("bytes=1000-1999", Some(etag), 206, 1000..2000),
        ("bytes=-10", Some(modified), 206, size - 10..size),
        ("bytes=0-", None, 206, 0..size),
        ("bytes=1000-", Some("\"another\""), 200, 0..size),
        ("bytes=1-2,5-6", None, 200, 0..size),
    ];
    for (range, if_range, status, bytes) in table {
        let mut asked = request.clone().with_header("Range", range);
        if let Some(known) = if_range {
            asked = asked.with_header("If-Range", known);
        }
        let reply = asking.ask(&asked);
        assert_eq!(reply.status, status, "{range} {if_range:?}");
        let announced = (status == 206).then(|| format!("bytes {}-{}/{size}", bytes.start, bytes.end - 1));
        assert_eq!(reply.header("content-range"), announced.as_deref(), "{range}");
        assert_eq!(reply.body, whole.body[bytes], "{range} {if_range:?}");
        assert_eq!(reply.header("etag"), Some(etag));
    }
    let reply = asking.ask(&request.clone().with_header("Range", format!("bytes={size}-")));
    assert_eq!(
        (reply.status, reply.header("content-range")),
        (416, Some(format!("bytes */{size}").as_str()))
    );
    assert_eq!(asking.ask(&request.clone().with_header("If-Match", "\"another\"")).status, 412);
    assert_eq!(asking.ask(&request.with_header("If-Match", etag)).status, 200);
    let counters = asking.emulator.counters();
    assert_eq!((counters.downloads, counters.calls), (10, 1));
    assert_eq!(counters.download_statuses.get(&206), Some(&4));
}

#[test]
fn a_file_can_change_between_two_requests() {
    let mut asking = Asking::new();
    let request = report_address(&mut asking);
    asking.control("file", json!({ "name": REPORT, "state": "changes_after_download" }));
    let before = asking.ask(&request);
    let etag = before.header("etag").unwrap().to_owned();
    let rest = request.clone().with_header("Range", "bytes=100-");
    let after = asking.ask(&rest.clone().with_header("If-Range", &etag));
    assert_eq!(after.status, 200, "it is another file now, and comes whole");
    assert_ne!(after.header("etag").unwrap(), etag);
    assert_ne!(after.body, before.body);
    assert_eq!(entry(&reports(&mut asking), "filename", REPORT)["md5"], md5_of(&after.body));
    // It changed once, and only there.
    assert_eq!(asking.ask(&request).body, after.body);
    asking.control("file", json!({ "name": REPORT, "state": "changed" }));
    let third = asking.ask(&request);
    assert!(third.body != after.body && third.header("last-modified") != after.header("last-modified"));
    asking.control("reset", json!({}));
    let request = report_address(&mut asking);
    assert_eq!(asking.ask(&request).body, before.body);
}

#[test]
fn lists_can_be_wrong_about_a_file() {
    let mut asking = Asking::new();
    let truth = entry(&reports(&mut asking), "filename", REPORT);
    for (state, wrong) in [("wrong_md5", "md5"), ("wrong_size", "size"), ("normal", "")] {
        asking.control("file", json!({ "name": REPORT, "state": state }));
        let listed = entry(&reports(&mut asking), "filename", REPORT);
        for member in ["md5", "size", "lastModified"] {
            assert_eq!(listed[member] == truth[member], member != wrong, "{state} {member}");
        }
        let request = report_address(&mut asking);
        assert_eq!(md5_of(&asking.ask(&request).body), truth["md5"]);
    }
    let slip = Request::post("/_emulator/file", json!({ "name": "x.gz", "state": "normal" }).to_string());
    assert_eq!(asking.ask(&slip).status, 400);
}

#[test]
fn downloads_have_faults_of_their_own() {
    let mut asking = Asking::new();
    let request = report_address(&mut asking);
    for (fault, body, status) in
        [("fail", json!({ "status": 502 }), 502), ("throttle", json!({ "retry_after": 3 }), 503)]
    {
        let mut body = body;
        body["service"] = "download".into();
        asking.control(fault, body);
        let ok = report_address(&mut asking);
        assert_eq!(asking.ask(&ok).status, status, "{fault}");
    }
    asking.control("cut", json!({ "service": "download", "at_byte": 4096 }));
    asking.control("slow", json!({ "service": "download", "milliseconds": 50, "where": "body" }));
    let behaviour = asking.ask(&request).behaviour;
    assert_eq!((behaviour.cut, behaviour.wait_within), (Some(Cut::At(4096)), Duration::from_millis(50)));
    asking.control("malformed", json!({ "service": "download", "how": "html" }));
    assert_eq!(asking.ask(&request).header("content-type"), Some("text/html"));
    let whole = asking.ask(&request);
    assert_eq!((whole.status, whole.behaviour.cut), (200, None));
    for slip in [
        json!({ "service": "download", "at_byte": 1, "where": "body" }),
        json!({ "service": "download", "operation": "getFeed" }),
        json!({ "operation": "getFeeds" }),
    ] {
        assert_eq!(asking.ask(&Request::post("/_emulator/cut", slip.to_string())).status, 400, "{slip}");
    }
}

#[test]
fn a_fault_can_be_for_one_operation() {
    let mut asking = Asking::new();
    asking.control("fail", json!({ "operation": "listReports", "status": 503 }));
    assert_eq!(asking.get_items(Marketplace::Us, &["B0EMU00000"], &[]).status, 200);
    let list =
        |asking: &mut Asking| call(asking, Marketplace::Us, "/reports/v1/listReports", &json!({})).status;
    assert_eq!((list(&mut asking), list(&mut asking)), (503, 200));
}
