//! `linkwright feeds` and `linkwright reports` against the emulator, over real sockets: what is fetched is whole, and its
//! address is nowhere.

use std::io::{Read, Write};
use std::net::TcpListener;

use serde_json::json;

use crate::support::{Said, Shop, Terminal};

const FEED: &str = "us_standardized_all_retail.xml.gz";
const REPORT: &str = "demo-report-2025.tsv.gz";

/// The names in the home folder that are not hidden.
fn files(shop: &Shop) -> Vec<String> {
    let entries = std::fs::read_dir(shop.program.home()).expect("a readable home");
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        entry.expect("a readable entry").file_name().to_string_lossy().into_owned()
    };
    let mut names: Vec<String> = entries.map(name).filter(|name| !name.starts_with('.')).collect();
    names.sort();
    names
}

/// The md5 of a file, as the system's own program computes it.
fn md5_of(shop: &Shop, name: &str) -> String {
    shop.run(&format!("md5sum {name} | cut -c 1-32")).stdout.trim().to_owned()
}

#[test]
fn lists_say_name_size_date_and_md5() {
    let shop = Shop::open();
    let said = shop.run("linkwright feeds list --json");
    let list = &said.lines()[0];
    assert_eq!((&list["format"], &list["marketplace"], said.code), (&json!(1), &json!("us"), Some(0)));
    let first = &list["feeds"][0];
    assert!(first["size"].is_u64() && first["md5"].is_string() && first["date"].is_string(), "{first}");
    assert_eq!(first["type"], "PRODUCT_FEEDS");
    let table = shop.run("linkwright reports list");
    let row = table.stdout.lines().find(|line| line.starts_with(REPORT)).expect("the report").to_owned();
    assert!(row.contains(" kB  ") && row.ends_with("CREATOR_CENTRAL"), "{row}");
    assert!(shop.run("linkwright feeds list -m ca").stdout.contains("ca_"), "the feeds are the shop's");
}

#[test]
fn a_file_is_what_the_list_says() {
    let shop = Shop::open();
    let said = shop.run(&format!("linkwright feeds get {FEED} --json"));
    let fetched = &said.lines()[0];
    assert_eq!((&fetched["path"], &fetched["resumed_at"], said.code), (&json!(FEED), &json!(0), Some(0)));
    assert_eq!(fetched["bytes"], fetched["fetched"]);
    assert_eq!(
        (files(&shop), md5_of(&shop, FEED)),
        (vec![FEED.to_owned()], fetched["md5"].as_str().unwrap_or_default().to_owned())
    );

    // Unpacked, it is what gzip makes of it.
    let said = shop.run(&format!("linkwright feeds get {FEED} --gunzip && gzip -dc {FEED} | cmp - us_standardized_all_retail.xml && echo same"));
    assert!(said.stdout.ends_with("same\n"), "{said:?}");
    let said = shop.run(&format!("linkwright reports get {REPORT} -o sub.tsv --gunzip; stat -c %a sub.tsv {FEED}; head -c 2 sub.tsv | od -An -tx1"));
    assert!(said.stdout.contains("\n600\n") && !said.stdout.contains("1f 8b"), "{said:?}");
}

#[test]
fn the_path_is_printed_as_it_was_given() {
    let shop = Shop::open();
    // The second time the file is there; then it is behind a link.
    let twice = shop.run(&format!("linkwright feeds get {FEED} && linkwright feeds get {FEED}"));
    assert_eq!(twice.stdout, format!("{FEED}\n{FEED}\n"), "{twice:?}");
    let linked = shop.run(&format!("ln -s {FEED} link; linkwright feeds get {FEED} -o link; test -L link"));
    assert_eq!((linked.stdout.as_str(), linked.code), ("link\n", Some(0)), "{linked:?}");
    let json = shop.run(&format!("linkwright feeds get {FEED} -o ./link --json"));
    assert_eq!(json.lines()[0]["path"], "./link", "{json:?}");
    let whole = shop.program.home().join(FEED).display().to_string();
    assert_eq!(shop.run(&format!("linkwright feeds get {FEED} -o {whole}")).stdout, format!("{whole}\n"));
}

#[test]
fn a_download_that_breaks_off_is_taken_up() {
    let shop = Shop::open();
    shop.control("cut", json!({"where": "body", "count": 2, "service": "download"}));
    let said = shop.run(&format!("linkwright feeds get {FEED} --json"));
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(said.lines()[0]["md5"], md5_of(&shop, FEED));
    assert_eq!(files(&shop), [FEED]);

    // And by the next run, where this one ran out of time.
    let shop = Shop::open();
    shop.control("slow", json!({"milliseconds": 60_000, "where": "body", "service": "download"}));
    let said = shop.run(&format!("linkwright feeds get {FEED} --timeout 2s"));
    assert_eq!((said.stdout.as_str(), said.code), ("", Some(5)), "{said:?}");
    assert!(!files(&shop).contains(&FEED.to_owned()), "not a piece of it: {:?}", files(&shop));
    shop.control("reset", json!({}));
    let said = shop.run(&format!("linkwright feeds get {FEED} --json"));
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.lines()[0]["resumed_at"].as_u64() > Some(0), "{said:?}");
    assert_eq!(said.lines()[0]["md5"], md5_of(&shop, FEED));
}

#[test]
fn it_is_said_how_much_of_an_earlier_try_was_of_use() {
    // What was left is as it was, or has another first byte.
    for is_damaged in [false, true] {
        let shop = Shop::open();
        shop.control("slow", json!({"milliseconds": 60_000, "where": "body", "service": "download"}));
        let said = shop.run(&format!("linkwright feeds get {FEED} --timeout 2s"));
        assert_eq!(said.code, Some(5), "{said:?}");
        shop.control("reset", json!({}));
        if is_damaged {
            let part = shop.program.home().join(format!("{FEED}.part"));
            let mut bytes = std::fs::read(&part).expect("it was left");
            bytes[0] ^= 1;
            std::fs::write(&part, bytes).expect("a writable home");
        }
        let said = shop.run(&format!("linkwright feeds get {FEED}"));
        assert_eq!((said.stdout.as_str(), said.code), (format!("{FEED}\n").as_str(), Some(0)), "{said:?}");
        assert_eq!(said.stderr.contains(" of it from an earlier try"), !is_damaged, "{said:?}");
    }
}

#[test]
fn a_file_is_asked_for_with_the_kind_the_list_gives() {
    let shop = Shop::open();
    for (command, path, body) in [
        (
            format!("feeds get {FEED}"),
            "/catalog/v1/getFeed",
            json!({"feedName": FEED, "feedType": "PRODUCT_FEEDS"}),
        ),
        (
            format!("reports get {REPORT}"),
            "/reports/v1/getReport",
            json!({"filename": REPORT, "reportType": "CREATOR_CENTRAL"}),
        ),
        (
            "reports get demo-report-2024.tsv.gz".to_owned(),
            "/reports/v1/getReport",
            json!({"filename": "demo-report-2024.tsv.gz"}),
        ),
    ] {
        let said = shop.run(&format!("linkwright {command}"));
        assert_eq!(said.code, Some(0), "{said:?}");
        let log = shop.asked("log");
        let requests = log.as_array().unwrap_or_else(|| panic!("{log}"));
        let asked = requests.iter().rev().find(|request| request["path"] == path).expect("it was asked");
        assert_eq!(asked["body"], body, "{command}");
    }
}

/// The address of an API that answers every call so.
fn api_that_answers(body: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("it is bound"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
            // The body of a question for a list.
            while !request.ends_with(b"{}") {
                match stream.read(&mut buffer).expect("a request") {
                    0 => break,
                    read => request.extend_from_slice(&buffer[..read]),
                }
            }
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
            let answer = format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
            stream.write_all(answer.as_bytes()).expect("somebody listens");
        }
    });
    address
}

#[test]
fn a_line_of_the_list_that_cannot_be_used_is_told_of() {
    let feeds = api_that_answers(
        r#"{"feeds": [{"feedName": "a.gz", "size": 3}, 7, {"feedName": "b.gz", "size": []}, {"size": 1}]}"#,
    );
    let reports = api_that_answers(r#"{"reports": [{"filename": "a.gz", "size": 3}, {"filename": null}]}"#);
    let shop = Shop::open();
    let run = |api: &str, command: &str| {
        shop.run(&format!("export LINKWRIGHT_API_ENDPOINT={api}; linkwright {command}"))
    };
    let said = run(&feeds, "feeds list --json");
    let listed = said.lines()[0]["feeds"].as_array().expect("a list").clone();
    assert_eq!((listed.len(), &listed[0]["name"], said.code), (1, &json!("a.gz"), Some(0)));
    let said = run(&feeds, "feeds list");
    let warnings: Vec<&str> = said.stderr.lines().filter(|line| line.starts_with("warning: ")).collect();
    assert_eq!(warnings.len(), 3, "{said:?}");
    for (warning, end) in warnings.iter().zip(["`feeds[1]`", "`feeds[2].size`", "lacks: `feedName`"]) {
        let start = "warning: a feed of the list is left out: ";
        assert!(warning.starts_with(start) && warning.ends_with(end), "{warning}");
    }
    let said = run(&feeds, "feeds get a.gz");
    assert_eq!((said.stdout.as_str(), said.code), ("", Some(5)), "{said:?}");
    assert!(said.stderr.contains("Amazon's list does not say the md5 of the file: `a.gz`"), "{said:?}");
    let said = run(&reports, "reports list");
    assert!(said.stdout.contains("a.gz") && said.code == Some(0), "{said:?}");
    let warning = "a report of the list is left out: Amazon's list holds a file that lacks: `filename`";
    assert!(said.stderr.contains(warning), "{said:?}");
}

#[test]
fn what_is_not_what_the_list_says_does_not_become_the_file() {
    for state in ["wrong_md5", "wrong_size"] {
        let shop = Shop::open();
        shop.control("file", json!({"name": FEED, "state": state}));
        std::fs::write(shop.program.home().join(FEED), "what was there").expect("a writable home");
        let said = shop.run(&format!("linkwright feeds get {FEED}"));
        assert_eq!((said.stdout.as_str(), said.code), ("", Some(5)), "{state}: {said:?}");
        assert!(said.stderr.contains("list"), "{state}: {said:?}");
        let left = std::fs::read_to_string(shop.program.home().join(FEED)).expect("it is still there");
        assert_eq!(left, "what was there", "{state}");
    }
}

#[test]
fn refusals_are_told() {
    #[track_caller]
    fn check(said: &Said, code: i32, words: &[&str]) {
        assert_eq!((said.stdout.as_str(), said.code), ("", Some(code)), "{said:?}");
        assert!(words.iter().all(|word| said.stderr.contains(word)), "{words:?}: {said:?}");
    }
    let shop = Shop::open();
    check(
        &shop.run("linkwright feeds get us_standardised_deals.xml.gz"),
        1,
        &["did you mean `us_standardized_deals.xml.gz`?"],
    );
    check(
        &shop.run("linkwright feeds get US_Standardized_DEALS.xml.gz"),
        1,
        &["did you mean `us_standardized_deals.xml.gz`?"],
    );
    check(&shop.run("linkwright reports get x"), 1, &["`linkwright reports list -m us`"]);
    shop.control("files", json!({"feeds": false}));
    check(&shop.run("linkwright feeds list"), 4, &["Amazon grants feeds to some accounts only"]);
    check(&shop.run(&format!("linkwright feeds get {FEED}")), 4, &["Amazon grants feeds"]);
    assert_eq!(shop.run("linkwright reports list").code, Some(0), "reports are granted by themselves");
    check(&shop.run(&format!("linkwright reports get {REPORT} -o no/such/folder/x")), 2, &["no/such/folder"]);
    assert_eq!(files(&shop), [""; 0]);
}

#[test]
fn a_bar_shows_how_far_it_is_to_who_looks_on() {
    let shop = Shop::open();
    let said = shop.run_at(Terminal::StandardError, &["feeds", "get", FEED]);
    assert!(said.stderr.contains("[####################] 100 %  2.3 MB of 2.3 MB"), "{:?}", said.stderr);
    assert!(said.stderr.contains("\r\x1b[K["), "{:?}", said.stderr);
    let after = said.stderr.rsplit("\r\x1b[K").next().unwrap_or_default();
    assert!(after.starts_with("2.3 MB; size and md5"), "it is taken away: {after:?}");
    let said = shop.run(&format!("linkwright feeds get {FEED}"));
    assert!(!said.stderr.contains('#'), "{said:?}");
}

#[test]
fn the_temporary_address_is_nowhere() {
    let shop = Shop::open();
    shop.control("cut", json!({"where": "body", "count": 3, "service": "download"}));
    for logged in ["", "-vvv", "-vvv --log-format json", "--json"] {
        for command in [
            format!("feeds get {FEED} --gunzip"),
            format!("reports get {REPORT}"),
            "feeds list".to_owned(),
            "call getFeed '{\"feedName\": \"us_standardized_deals.xml.gz\"}'".to_owned(),
        ] {
            let said = shop.run(&format!("linkwright {logged} {command}"));
            for text in [&said.stdout, &said.stderr] {
                assert!(
                    !text.contains("Signature") && !text.contains("X-Emulator"),
                    "{logged} {command}: {text}"
                );
            }
        }
        // In the middle of a failure, too.
        shop.control("fail", json!({"status": 503, "count": 100, "service": "download"}));
        let said = shop.run(&format!("linkwright {logged} feeds get {FEED} --timeout 1s"));
        assert_eq!(said.code, Some(5), "{said:?}");
        assert!(!said.stderr.contains("Signature"), "{logged}: {}", said.stderr);
        shop.control("reset", json!({}));
    }
    let left = shop.run("grep -rl Signature . ; echo searched");
    assert_eq!(left.stdout, "searched\n");
    // That there is something to be found is shown by who asks for it.
    let shown =
        shop.run("linkwright call getFeed '{\"feedName\": \"us_standardized_deals.xml.gz\"}' --reveal");
    assert!(shown.stdout.contains("X-Emulator-Signature="), "{shown:?}");
}
