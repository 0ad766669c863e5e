//! The host, over real connections of the loopback interface.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use linkwright_core::{ApiVersion, Timestamp};
use linkwright_emulator::{EmulatedCredential, Host, HostThread, Settings};
use linkwright_testkit::ManualClock;
use serde_json::{Value, json};

/// Sends one request and reads to the end of the connection.
fn exchange(url: &str, request_head: &str, body: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let length = body.len();
    let request = format!(
        "{request_head} HTTP/1.1\r\nHost: emulator\r\nConnection: close\r\nContent-Length: {length}\r\n\
         Content-Type: application/json\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    stream.write_all(b"\r\n").unwrap();
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = Vec::new();
    // A connection that is reset ends the answer as one that is closed does.
    drop(stream.read_to_end(&mut answer));
    answer
}

/// Head and body of an answer.
fn split(answer: &[u8]) -> (String, String) {
    let text = String::from_utf8(answer.to_vec()).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    (head.to_ascii_lowercase(), body.to_owned())
}

fn token_body() -> String {
    let credential = EmulatedCredential::of(ApiVersion::V3_1);
    json!({
        "grant_type": "client_credentials", "client_id": credential.id,
        "client_secret": credential.secret.expose(), "scope": "creatorsapi::default",
    })
    .to_string()
}

#[test]
fn a_token_and_an_item_over_http() {
    let host = HostThread::start(Settings::default()).unwrap();
    let ready = host.ready();
    assert_eq!(ready.token, format!("{}/auth/o2/token", ready.api));
    let (head, body) = split(&exchange(&host.url(), "POST /auth/o2/token", &token_body()));
    assert!(head.starts_with("http/1.1 200 ok"), "{head}");
    let answer: Value = serde_json::from_str(&body).unwrap();
    let token = answer["access_token"].as_str().unwrap();

    let asked = json!({ "itemIds": ready.asins[..10], "partnerTag": ready.tag }).to_string();
    let request = format!(
        "POST {}/catalog/v1/getItems HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n\
         x-marketplace: www.amazon.com\r\nAuthorization: Bearer {token}\r\nContent-Length: {}\r\n\r\n{asked}",
        "",
        asked.len(),
    );
    let mut stream = TcpStream::connect(host.url().trim_start_matches("http://")).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let (head, body) = split(&answer);
    assert!(head.starts_with("http/1.1 200 ok"), "{head}");
    assert!(head.contains("content-type: application/json"), "{head}");
    let answer: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(answer["itemsResult"]["items"].as_array().unwrap().len(), 10);
    let counters = host.with_emulator(|emulator| emulator.counters());
    assert_eq!((counters.token_requests, counters.calls, counters.connections), (1, 1, 2));
}

#[test]
fn the_ready_line_has_its_members_in_their_order() {
    for version in ApiVersion::ALL {
        let host = HostThread::start(Settings::default().api_version(version)).unwrap();
        let line = host.ready().line();
        let value: Value = serde_json::from_str(&line).unwrap();
        let mut at = 0;
        for name in [
            "event",
            "format",
            "api",
            "token",
            "credential",
            "id",
            "secret",
            "version",
            "tag",
            "marketplace",
            "asins",
            "parent",
            "keywords",
            "browse_node",
        ] {
            let found = line.find(&format!("\"{name}\":")).unwrap();
            assert!(found >= at, "{name} in {line}");
            at = found;
        }
        assert!(line.starts_with(r#"{"event":"ready","format":1,"api":"http://127.0.0.1:"#), "{line}");
        assert_eq!(value["credential"]["version"], version.as_str());
        assert!(value["asins"].as_array().unwrap().len() >= 10);
        let (shop, tag) = match version.region_group() {
            linkwright_core::RegionGroup::NorthAmerica => ("us", "demo-20"),
            linkwright_core::RegionGroup::Europe => ("de", "demo-21"),
            linkwright_core::RegionGroup::FarEast => ("jp", "demo-22"),
        };
        assert_eq!((value["marketplace"].as_str(), value["tag"].as_str()), (Some(shop), Some(tag)));
    }
}

#[test]
fn a_connection_can_be_cut_before_and_within_the_reply() {
    let host = HostThread::start(Settings::default()).unwrap();
    host.control("cut", &json!({ "service": "token" })).unwrap();
    assert_eq!(exchange(&host.url(), "POST /auth/o2/token", &token_body()), b"");
    host.control("cut", &json!({ "service": "token", "where": "body" })).unwrap();
    let (head, body) = split(&exchange(&host.url(), "POST /auth/o2/token", &token_body()));
    let announced: usize =
        head.split("content-length: ").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
    assert!(head.starts_with("http/1.1 200 ok"), "{head}");
    assert_eq!(body.len(), announced / 2, "half of what was announced");
    let (head, body) = split(&exchange(&host.url(), "POST /auth/o2/token", &token_body()));
    assert!(head.starts_with("http/1.1 200 ok") && body.ends_with('}'), "the next one is whole");
}

#[test]
fn a_body_that_is_too_long_is_refused() {
    let host = HostThread::start(Settings::default()).unwrap();
    let answer = exchange(&host.url(), "POST /catalog/v1/getItems", &"x".repeat((1 << 20) + 1));
    let (head, _) = split(&answer);
    assert!(head.starts_with("http/1.1 400"), "{head}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slowness_is_time_of_the_clock_that_was_given() {
    let clock = std::sync::Arc::new(ManualClock::at(Timestamp::from_unix_seconds(1_800_000_000)));
    let host = Host::bind(Settings::default(), "127.0.0.1:0".parse().unwrap(), clock.clone()).await.unwrap();
    for place in ["before", "body"] {
        let slow = json!({ "service": "token", "milliseconds": 60_000, "where": place });
        host.control("slow", &slow).unwrap();
        let url = host.url();
        let asked = tokio::task::spawn_blocking(move || exchange(&url, "POST /auth/o2/token", &token_body()));
        while clock.sleepers() == 0 {
            tokio::task::yield_now().await;
        }
        assert!(!asked.is_finished());
        clock.advance(Duration::from_secs(60));
        let (head, body) = split(&asked.await.unwrap());
        assert!(head.starts_with("http/1.1 200 ok") && body.ends_with('}'), "{place}: {head} {body}");
    }
}

#[tokio::test]
async fn a_host_that_is_dropped_stops() {
    let host = Host::start(Settings::default()).await.unwrap();
    let address = host.url().trim_start_matches("http://").to_owned();
    drop(tokio::net::TcpStream::connect(&address).await.unwrap());
    drop(host);
    // The task ends at its next turn.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert!(tokio::net::TcpStream::connect(&address).await.is_err());
}

/// The path and query of a report's address.
fn report_address(url: &str) -> String {
    let (_, body) = split(&exchange(url, "POST /auth/o2/token", &token_body()));
    let answer: Value = serde_json::from_str(&body).unwrap();
    let token = answer["access_token"].as_str().unwrap().to_owned();
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    let body = json!({ "filename": "demo-connections-2026.tsv.gz" }).to_string();
    let request = format!(
        "POST /reports/v1/getReport HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\n\
         x-marketplace: www.amazon.com\r\nAuthorization: Bearer {token}\r\nContent-Length: {}\r\n\r\n{body}",
        url.trim_start_matches("http://"),
        body.len(),
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer: Value = serde_json::from_str(&split(&answer).1).unwrap();
    answer["url"].as_str().unwrap().strip_prefix(url).unwrap().to_owned()
}

/// Head and bytes of the body of a `GET`.
fn get(url: &str, path: &str, headers: &str) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: emulator\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer));
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
    let body = answer.split_off(end + 4);
    (String::from_utf8(answer).unwrap().to_ascii_lowercase(), body)
}

#[test]
fn a_download_is_cut_at_a_byte_and_gone_on_with() {
    let host = HostThread::start(Settings::default()).unwrap();
    let path = report_address(&host.url());
    let (head, whole) = get(&host.url(), &path, "");
    assert!(head.contains(&format!("content-length: {}", whole.len())), "{head}");
    assert!(whole.len() > 100_000);
    for bytes in [0, 1, 65_536, whole.len() - 1] {
        host.control("cut", &json!({ "service": "download", "at_byte": bytes })).unwrap();
        let (head, part) = get(&host.url(), &path, "");
        assert!(head.contains(&format!("content-length: {}", whole.len())), "{head}");
        assert!(part == whole[..bytes], "{} of {bytes} bytes came", part.len());
        let (head, rest) = get(&host.url(), &path, &format!("Range: bytes={bytes}-\r\n"));
        assert!(head.starts_with("http/1.1 206"), "{head}");
        assert!([part, rest].concat() == whole, "cut at {bytes}");
    }
    // There is nothing behind the end to cut.
    host.control("cut", &json!({ "service": "download", "at_byte": whole.len() })).unwrap();
    assert!(get(&host.url(), &path, "").1 == whole);
}
