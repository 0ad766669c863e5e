//! `linkwright search`, `variations`, `browse-nodes` and `call` with the Creators API behind them: against the emulator,
//! over real sockets.

use std::collections::HashSet;

use linkwright_sdk::core::PRICE_DISCLAIMER;
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr as _;

use crate::support::{Said, Shop, Terminal};

/// The ASINs of all products in the answer.
fn asins(said: &Said) -> Vec<String> {
    said.members("asin").iter().map(|asin| asin.as_str().unwrap_or_default().to_owned()).collect()
}

/// A number of each page in the answer.
fn of_pages(said: &Said, member: &str) -> Vec<u64> {
    said.members("page").iter().filter_map(|page| page[member].as_u64()).collect()
}

#[test]
fn pages_are_announced_and_followed_by_their_products() {
    let shop = Shop::open();
    let one = shop.run("linkwright search tea --json");
    assert_eq!((of_pages(&one, "number"), of_pages(&one, "items")), (vec![1], vec![10]), "{one:?}");
    assert_eq!((asins(&one).len(), one.code), (10, Some(0)));
    let page = &one.members("page")[0];
    assert!(page["total"].as_u64() > Some(100), "{page}");
    assert_eq!((&page["next"], &page["source"]), (&json!(2), &json!("creators")));
    assert!(page["search_url"].as_str().is_some_and(|url| url.contains("tag=demo-20")), "{page}");
    assert!(one.lines().iter().all(|line| line["format"] == 1), "{one:?}");
    for item in one.lines().iter().filter(|line| line.get("offer").is_some()) {
        assert_eq!(item["offer"]["disclaimer"], PRICE_DISCLAIMER);
        assert!(item["offer"]["as_of"].is_string() && item["offer"]["expires"].is_string(), "{item}");
    }

    let all = shop.run("linkwright search tea --all --json");
    assert_eq!(of_pages(&all, "number"), (1..=10).collect::<Vec<u64>>());
    let distinct: HashSet<String> = asins(&all).into_iter().collect();
    assert_eq!((asins(&all).len(), distinct.len()), (100, 100));
    assert!(all.members("page")[9].get("next").is_none(), "no page follows the tenth");
    assert_eq!(asins(&all)[..10], asins(&one));
    assert_eq!((shop.counter("calls"), shop.counter("token_requests")), (11, 1));
}

#[test]
fn no_more_is_asked_for_than_is_wanted() {
    #[track_caller]
    fn check(arguments: &str, pages: &[u64], products: usize) {
        let shop = Shop::open();
        let said = shop.run(&format!("linkwright search tea --json {arguments}"));
        assert_eq!(of_pages(&said, "number"), pages, "{said:?}");
        assert_eq!((asins(&said).len(), said.code), (products, Some(0)), "{}", said.stderr);
        assert_eq!(shop.counter("calls"), pages.len() as u64);
    }
    check("", &[1], 10);
    check("--page 3", &[3], 10);
    check("--limit 4", &[1], 4);
    check("--limit 10", &[1], 10);
    check("--limit 25", &[1, 2, 3], 25);
    check("--limit 25 --all", &[1, 2, 3], 25);
    check("--page 9 --all", &[9, 10], 20);
    check("--page 10 --limit 50", &[10], 10);
    check("--limit 500", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 100);
}

#[test]
fn filters_arrive_as_amazon_takes_them() {
    let shop = Shop::open();
    let sent = |arguments: &str| {
        shop.control("reset", json!({}));
        let said = shop.run(&format!("linkwright search {arguments}"));
        assert_eq!(said.code, Some(0), "{arguments}: {said:?}");
        let log = shop.asked("log");
        let call =
            log.as_array().and_then(|log| log.iter().find(|one| one["path"] == "/catalog/v1/searchItems"));
        let body = &call.unwrap_or_else(|| panic!("no call: {log}"))["body"];
        body.as_str().map_or_else(|| body.clone(), |text| serde_json::from_str(text).expect("JSON"))
    };
    let check = |arguments: &str, expected: Value| {
        let body = sent(arguments);
        for (member, value) in expected.as_object().expect("members") {
            assert_eq!(&body[member], value, "{arguments}: {member} in {body}");
        }
    };
    check("green tea", json!({"keywords": "green tea", "partnerTag": "demo-20"}));
    check(
        "--title kettle --brand Acme --author A --artist B --actor C",
        json!({"title": "kettle", "brand": "Acme", "author": "A", "artist": "B", "actor": "C"}),
    );
    check("x --min-price 19.99 --max-price 40", json!({"minPrice": 1999, "maxPrice": 4000}));
    check("x --index homeandkitchen", json!({"searchIndex": "HomeAndKitchen"}));
    check("x --browse-node 284507", json!({"browseNodeId": "284507"}));
    check("x --min-stars 4 --min-saving 20", json!({"minReviewsRating": 4, "minSavingPercent": 20}));
    check("x --sort newest-arrivals --page 2", json!({"sortBy": "NewestArrivals", "itemPage": 2}));
    check("x --sort Price:HighToLow", json!({"sortBy": "Price:HighToLow"}));
    check("x --delivery prime --delivery free-shipping", json!({"deliveryFlags": ["Prime", "FreeShipping"]}));
    check("x --in-stock --condition new", json!({"availability": "Available", "condition": "New"}));
    check("x --include-out-of-stock", json!({"availability": "IncludeOutOfStock"}));
    check(
        "x --language es_US --currency EUR",
        json!({"languagesOfPreference": ["es_US"], "currencyOfPreference": "EUR"}),
    );
    // A page is asked for whole, or the next one would begin elsewhere.
    check("x --limit 3", json!({"itemCount": null}));
}

#[test]
fn a_saving_that_amazon_ignores_is_checked_here() {
    let shop = Shop::open();
    shop.control("switches", json!({"ignore_min_saving_percent": true}));
    let said = shop.run("linkwright search headphones --min-saving 15 --limit 10 --json");
    let savings: Vec<Option<u64>> = said
        .lines()
        .iter()
        .filter(|line| line.get("asin").is_some())
        .map(|item| item["offer"]["saving_percent"].as_u64())
        .collect();
    assert_eq!(savings.len(), 10, "{said:?}");
    assert!(savings.iter().all(|percent| *percent >= Some(15)), "{savings:?}");
    assert!(of_pages(&said, "number").len() > 1, "other products were there to be left out");
    let none = shop.run("linkwright search headphones --min-saving 99");
    assert!(none.stderr.contains("saves 99 %"), "{none:?}");
    assert_eq!(none.code, Some(0));
}

#[test]
fn tables_fit_the_terminal() {
    let shop = Shop::open();
    let arguments = ["search", "tea", "--limit", "10"];
    let table = |said: &Said| -> Vec<String> {
        said.stdout.lines().take_while(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    let whole = table(&shop.run("linkwright search tea --limit 10"));
    assert_eq!(whole.len(), 11);
    assert!(whole.iter().any(|line| line.width() > 64) && !whole.iter().any(|line| line.contains('…')));
    for width in [64, 50, 44] {
        let said = shop.run_at(Terminal::Wide(width), &arguments);
        let narrow = table(&said);
        assert!(narrow.iter().all(|line| line.width() <= usize::from(width)), "{width}: {narrow:#?}");
        assert!(narrow.iter().any(|line| line.ends_with('…')), "{width}: {narrow:#?}");
        // Prices are never cut, and stand below each other.
        for (whole, narrow) in whole.iter().zip(&narrow).skip(1) {
            assert_eq!(whole.get(..19), narrow.get(..19));
        }
        assert!(
            said.stdout.contains(PRICE_DISCLAIMER) && said.stdout.contains("as of 20"),
            "{}",
            said.stdout
        );
    }
    // However narrow: what says something stays.
    let said = shop.run_at(Terminal::Wide(10), &arguments);
    assert!(table(&said).iter().skip(1).all(|line| line.starts_with("B0EMU")), "{}", said.stdout);
    assert!(!said.stdout.contains('\x1b'), "no colour in an answer");
}

#[test]
fn a_price_that_may_not_be_shown_is_a_dash() {
    let shop = Shop::open();
    let points = shop.asked("asins");
    let forbidden = points["violates_map"][0].as_str().expect("one").to_owned();
    let said = shop.run("linkwright search tea --all");
    let row = said.stdout.lines().find(|line| line.starts_with(&forbidden)).expect("it is found").to_owned();
    assert_eq!(row.split_whitespace().nth(1), Some("–"), "{row}");
    assert!(!row.contains('$'), "{row}");
    let json = shop.run("linkwright search tea --all --json");
    let item = json.lines().into_iter().find(|line| line["asin"] == *forbidden).expect("it is found");
    assert!(item["offer"].get("price").is_none() && item["offer"].get("amount").is_none(), "{item}");
}

#[test]
fn progress_is_for_who_looks_on() {
    let shop = Shop::open();
    let seen = shop.run_at(Terminal::StandardError, &["search", "tea", "--all", "--json"]);
    assert!(seen.stderr.contains("\r\x1b[Kpage 2, 10 products so far"), "{:?}", seen.stderr);
    assert!(seen.stderr.ends_with("\r\x1b[K"), "it is taken away: {:?}", seen.stderr);
    assert_eq!(asins(&seen).len(), 100);
    for quiet in [
        shop.run_at(Terminal::StandardError, &["search", "tea", "--all", "--json", "--quiet"]),
        shop.run_at(Terminal::StandardError, &["search", "tea", "--json"]),
        shop.run_at(Terminal::Wide(80), &["search", "tea", "--all"]),
        shop.run("linkwright search tea --all"),
    ] {
        assert!(!quiet.stderr.contains("so far"), "{:?}", quiet.stderr);
    }
}

#[test]
fn what_amazon_does_not_have_is_said_and_is_no_failure() {
    let shop = Shop::open();
    let said = shop.run("linkwright search nothingofthekind");
    assert_eq!(said.stdout, "https://www.amazon.com/s?k=nothingofthekind&tag=demo-20\n");
    assert_eq!(said.stderr, "www.amazon.com has nothing of this kind\n");
    assert_eq!(said.code, Some(0));
    let json = shop.run("linkwright search nothingofthekind --json");
    assert_eq!((of_pages(&json, "items"), json.stderr.as_str()), (vec![0], ""));
    assert_eq!(json.members("page")[0]["source"], "creators");
}

#[test]
fn departments_and_currencies_nobody_knows_are_warned_of() {
    let shop = Shop::open();
    let said = shop.run("linkwright search tea --index Book --limit 1");
    assert!(
        said.stderr.contains("no such department: `Book`") && said.stderr.contains("`Books`"),
        "{said:?}"
    );
    let said = shop.run("linkwright search tea --currency XYZ --limit 1");
    assert!(said.stderr.contains("`XYZ`"), "{said:?}");
}

/// What the emulator is told, the reason in the answer, and the exit code of `--source creators`.
const BAD_DAYS: [(&str, &str, &str, i32); 6] = [
    ("eligibility", r#"{"eligible": false}"#, "not_eligible", 4),
    ("associate", r#"{"linked": false}"#, "associate", 4),
    ("credentials", r#"{"accepted": false}"#, "credential", 4),
    ("fail", r#"{"status": 503, "count": 100}"#, "unavailable", 5),
    ("throttle", r#"{"count": 100, "retry_after": 3600}"#, "throttled", 5),
    ("malformed", r#"{"how": "html", "count": 100}"#, "unavailable", 5),
];

#[test]
fn every_bad_day_leaves_links_and_says_why() {
    let day = |(control, body, reason, alone): &(&str, &str, &str, i32)| {
        let shop = Shop::open();
        shop.control(control, serde_json::from_str(body).expect("JSON"));
        for (command, kind, link) in [
            ("search tea", "page", "https://www.amazon.com/s?k=tea&tag=demo-20"),
            ("variations B0EMUP1000", "page", "https://www.amazon.com/dp/B0EMUP1000?tag=demo-20"),
            ("browse-nodes 284507", "browse_node", "https://www.amazon.com/b?node=284507&tag=demo-20"),
        ] {
            let place = format!("{command} after {control} {body}");
            let json = shop.run(&format!("linkwright {command} --json"));
            assert_eq!(json.members(kind)[0]["degraded"]["reason"], *reason, "{place}: {json:?}");
            assert_eq!((json.members("asin").len(), json.code), (0, Some(0)), "{place}");
            let text = shop.run(&format!("linkwright {command}"));
            assert!(text.stdout.trim_end().ends_with(link), "{place}: {text:?}");
            assert!(
                text.stderr.contains("warning") && text.stderr.contains("instead of"),
                "{place}: {text:?}"
            );
            assert_eq!(
                shop.run(&format!("linkwright {command} --fail-on degraded")).code,
                Some(3),
                "{place}"
            );
            let api = shop.run(&format!("linkwright {command} --source creators"));
            assert_eq!((api.stdout.as_str(), api.code), ("", Some(*alone)), "{place}: {api:?}");
        }
        // What has no link to fall back on fails.
        let call = shop.run("linkwright call searchItems '{\"keywords\": \"tea\"}'");
        assert_eq!((call.stdout.as_str(), call.code), ("", Some(*alone)), "call after {control}: {call:?}");
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = BAD_DAYS.iter().map(|one| scope.spawn(move || day(one))).collect();
        running.into_iter().for_each(|day| day.join().expect("a day was tried"));
    });
}

/// What a command says whose first page is answered and whose page `failing` is not, with and without links to fall back on.
#[track_caller]
fn check_cut_off(command: &str, failing: u64, retry_after: bool) {
    let before: Vec<u64> = (1..failing).collect();
    let products = before.len() * 10;
    for source in ["auto", "creators"] {
        let place = format!("{command} from {source}");
        let shop = Shop::open();
        let quota = json!({"calls_per_day": failing - 1, "retry_after": retry_after});
        shop.control("quota", quota.clone());
        let json = shop.run(&format!("linkwright {command} --all --json --source {source} --timeout 9s"));
        assert_eq!((asins(&json).len(), of_pages(&json, "number")), (products, before.clone()), "{place}");
        assert_eq!(json.code, Some(3), "{place}: {json:?}");
        let missing = json.members("missing");
        let input: Vec<&Value> = missing.iter().map(|one| &one["input"]).collect();
        assert_eq!(input, [&json!(format!("page {failing}"))], "{place}: {json:?}");
        assert!(json.stderr.contains(r#"{"error""#), "{place}: {json:?}");
        // What is to be waited for longer than the layers wait is asked for once.
        let calls = if retry_after { failing } else { failing + 2 };
        assert_eq!(shop.counter("calls"), calls, "{place}: {json:?}");

        let shop = Shop::open();
        shop.control("quota", quota);
        let text = shop.run(&format!("linkwright {command} --all --source {source} --timeout 9s"));
        let rows = text.stdout.lines().filter(|line| line.starts_with("B0EMU") && line.contains("  "));
        let headed = usize::from(command.starts_with("variations"));
        assert_eq!((rows.count(), text.code), (products + headed, Some(3)), "{place}: {text:?}");
        assert!(text.stderr.contains("error: "), "{place}: {text:?}");
        assert!(text.stderr.contains("Amazon wants fewer calls"), "the cause is said, {place}: {text:?}");
        assert!(text.stderr.contains(&format!("page {failing} and those after it")), "{place}: {text:?}");
        if source == "auto" {
            let error = format!("page {failing} was not answered: `throttled`");
            assert!(text.stderr.contains(&error), "{place}: {text:?}");
            let warning = format!("warning: page {failing} was not answered by www.amazon.com: ");
            assert!(
                text.stderr.contains(&warning) && !text.stderr.contains("a link to"),
                "{place}: {text:?}"
            );
        }
    }
}

#[test]
fn what_was_found_before_a_page_failed_is_given() {
    check_cut_off("search tea", 3, true);
    check_cut_off("search tea", 2, false);
    check_cut_off("variations B0EMUP1000", 2, true);
}

#[test]
fn a_page_amazon_puts_off_is_asked_for_once() {
    for (command, source, code) in [
        ("search tea", "creators", 5),
        ("search tea", "auto", 0),
        ("search tea --page 3", "auto", 0),
        ("variations B0EMUP1000", "creators", 5),
        ("variations B0EMUP1000", "auto", 0),
    ] {
        let shop = Shop::open();
        shop.control("throttle", json!({"count": 100, "retry_after": 3600}));
        let said = shop.run(&format!("linkwright {command} --all --source {source}"));
        assert_eq!((shop.counter("calls"), said.code), (1, Some(code)), "{command} from {source}: {said:?}");
        let link = if code == 0 { 1 } else { 0 };
        assert_eq!(said.stdout.lines().filter(|line| line.starts_with("https://")).count(), link, "{said:?}");
        assert_eq!(said.stdout.lines().count(), link, "{said:?}");
    }
}

#[test]
fn a_limit_does_not_move_the_page_that_is_begun_with() {
    let shop = Shop::open();
    for command in ["search tea", "variations B0EMUP1000"] {
        let all = asins(&shop.run(&format!("linkwright {command} --all --json")));
        let page = asins(&shop.run(&format!("linkwright {command} --page 2 --json")));
        assert_eq!(page[..], all[10..10 + page.len()], "{command}");
        for limit in [1, 3, 9, 10] {
            let expected: Vec<&String> = page.iter().take(limit).collect();
            let said = shop.run(&format!("linkwright {command} --page 2 --limit {limit} --json"));
            assert_eq!(asins(&said).iter().collect::<Vec<_>>(), expected, "{command} {limit}: {said:?}");
            let first = asins(&shop.run(&format!("linkwright {command} --page 1 --limit {limit} --json")));
            assert_eq!(first, all[..limit], "{command} {limit}");
        }
    }
}

#[test]
fn going_on_with_the_next_page_skips_nothing() {
    #[track_caller]
    fn check(arguments: &str, next: &[Option<u64>]) {
        let said = Shop::open().run(&format!("linkwright {arguments} --json"));
        let named: Vec<Option<u64>> = said.members("page").iter().map(|page| page["next"].as_u64()).collect();
        assert_eq!(named, next, "{arguments}: {said:?}");
    }
    check("search tea", &[Some(2)]);
    check("search tea --limit 3", &[None]);
    check("search tea --limit 10", &[Some(2)]);
    check("search tea --limit 13", &[Some(2), None]);
    check("search tea --page 2 --limit 9", &[None]);
    check("variations B0EMUP1000 --limit 3", &[None]);
    check("variations B0EMUP1000 --limit 10", &[Some(2)]);
    check("variations B0EMUP1000 --limit 19", &[Some(2), None]);

    let pages = |arguments: &str| {
        let said = Shop::open().run(&format!("linkwright variations B0EMUP1000 --json {arguments}"));
        said.members("summary")[0]["pages"].clone()
    };
    assert_eq!((pages("--limit 3"), pages("--all")), (json!(2), json!(2)), "of ten");
}

#[test]
fn an_empty_page_claims_nothing_that_is_not_so() {
    #[track_caller]
    fn check(arguments: &str, stderr: &str) {
        let said = Shop::open().run(&format!("linkwright {arguments}"));
        assert_eq!((said.stderr.as_str(), said.code), (stderr, Some(0)), "{arguments}: {said:?}");
        assert_eq!(said.stdout.lines().count(), 1, "{arguments}: the link alone: {said:?}");
    }
    check("search nordwerk kettle --page 9", "page 9 is past the last\n");
    check("variations B0EMUP1000 --page 5", "page 5 is past the last\n");
    let without = "warning: the link is a search for the words alone, without:";
    check(
        "search nothingofthekind --min-price 5 --sort featured",
        &format!("www.amazon.com has nothing of this kind\n{without} `--min-price`, `--sort`\n"),
    );
    check(
        "search nordwerk kettle --page 9 --max-price 500",
        &format!("page 9 is past the last\n{without} `--max-price`\n"),
    );
    let shop = Shop::open();
    let json = shop.run("linkwright search nothingofthekind --min-price 5 --json");
    let message = "the link is a search for the words alone, without: `--min-price`";
    assert_eq!(json.stderr, format!("{{\"warning\":{{\"message\":\"{message}\"}}}}\n"));
    shop.control("switches", json!({"ignore_min_saving_percent": true}));
    for (pages, said) in
        [("--page 2", "nothing on page 2 saves 99 %"), ("--all", "nothing from page 1 on saves 99 %")]
    {
        let text = shop.run(&format!("linkwright search tea --min-saving 99 {pages}"));
        assert!(text.stderr.contains(said) && text.code == Some(0), "{pages}: {text:?}");
    }
}

#[test]
fn the_reason_is_said_to_programs_too() {
    let shop = Shop::open();
    let no_credential =
        "unset LINKWRIGHT_CREDENTIAL_ID LINKWRIGHT_CREDENTIAL_SECRET LINKWRIGHT_CREDENTIAL_VERSION";
    for command in ["items B0EMU00000", "search tea", "variations B0EMUP1000", "browse-nodes 284507"] {
        let said = shop.run(&format!("{no_credential}; linkwright {command} --json"));
        let start = r#"{"hint":{"message":"links only: no Creators API credential for www.amazon.com"#;
        assert!(said.stderr.starts_with(start), "{command}: {said:?}");
        assert_eq!((said.stderr.lines().count(), said.code), (1, Some(0)), "{command}: {said:?}");
        for silent in ["--quiet", "--source zero", "--offline"] {
            let said = shop.run(&format!("{no_credential}; linkwright {command} --json {silent}"));
            assert_eq!((said.stderr.as_str(), said.code), ("", Some(0)), "{command} {silent}: {said:?}");
        }
    }
}

#[test]
fn nobody_at_home_is_said() {
    let mut shop = Shop::open();
    let gone = Shop::open();
    let variables = gone.variables();
    drop(gone);
    let api =
        variables.iter().find(|(name, _)| name == "LINKWRIGHT_API_ENDPOINT").expect("it is there").1.clone();
    let token = variables
        .iter()
        .find(|(name, _)| name == "LINKWRIGHT_TOKEN_ENDPOINT")
        .expect("it is there")
        .1
        .clone();
    let elsewhere = format!("export LINKWRIGHT_API_ENDPOINT={api} LINKWRIGHT_TOKEN_ENDPOINT={token}; ");
    shop.program = crate::support::Program::new();
    for (command, code) in [
        ("search tea --timeout 3s", 0),
        ("variations B0EMUP1000 --timeout 3s", 0),
        ("browse-nodes 284507 --timeout 3s", 0),
        ("search tea --source creators --timeout 3s", 5),
        ("call listFeeds --timeout 3s", 5),
        ("feeds list --timeout 3s", 5),
        ("reports get x --timeout 3s", 5),
    ] {
        let said = shop.run(&format!("{elsewhere}linkwright {command}"));
        assert_eq!(said.code, Some(code), "{command}: {said:?}");
        assert!(said.stderr.contains("no connection"), "{command}: {said:?}");
    }
}

#[test]
fn variations_have_their_summary_first() {
    let shop = Shop::open();
    let all = shop.run("linkwright variations B0EMUP1000 --all --json");
    let summary = &all.members("summary")[0];
    assert_eq!(all.lines()[0]["summary"], *summary, "it comes first");
    assert_eq!(all.members("summary").len(), 1, "and once");
    assert_eq!(summary["variations"], asins(&all).len());
    assert_eq!(of_pages(&all, "number"), [1, 2]);
    for member in ["price", "amount", "currency"] {
        assert!(summary["lowest_price"][member].is_string() && summary["highest_price"][member].is_string());
    }
    assert!(summary["as_of"].is_string() && summary["expires"].is_string(), "{summary}");
    assert_eq!(summary["disclaimer"], PRICE_DISCLAIMER);
    assert_eq!(summary["dimensions"][0]["display_name"], "Color");

    // By any of the variations, too.
    let child = shop.run("linkwright variations B0EMU01001 --limit 3 --json");
    assert_eq!(asins(&child), asins(&all)[..3]);

    let text = shop.run("linkwright variations B0EMUP1000").stdout;
    let price = text.lines().find(|line| line.starts_with("Price")).expect("the range of prices").to_owned();
    assert!(price.contains('$') && price.contains(" to "), "{price}");
    let heads = text.lines().find(|line| line.starts_with("ASIN")).expect("the heads");
    assert!(heads.contains("COLOR") && heads.contains("SIZE"), "{heads}");
    assert!(text.contains("as of 20") && text.contains(PRICE_DISCLAIMER), "{text}");

    let narrow = shop.run_at(Terminal::Wide(60), &["variations", "B0EMUP1000"]).stdout;
    let table =
        narrow.lines().skip_while(|line| !line.starts_with("ASIN")).take_while(|line| !line.is_empty());
    assert!(table.clone().count() == 11 && table.clone().all(|line| line.width() <= 60), "{narrow}");

    let none = shop.run("linkwright variations B0EMU00000");
    assert_eq!((none.stdout.as_str(), none.code), ("", Some(1)), "{none:?}");
    assert!(none.stderr.contains("no variations"), "{none:?}");
}

#[test]
fn categories_are_trees() {
    let shop = Shop::open();
    let said = shop.run("linkwright browse-nodes 284507 999 --json");
    let nodes = said.members("browse_node");
    assert_eq!(nodes[0]["displayName"], "Kitchen & Dining");
    assert_eq!(nodes[0]["ancestors"][0]["displayName"], "Home & Kitchen");
    assert!(nodes[0]["children"].as_array().is_some_and(|children| !children.is_empty()), "{}", nodes[0]);
    assert!(nodes[0]["expires"].is_string(), "{}", nodes[0]);
    assert_eq!((&nodes[1]["degraded"]["reason"], said.code), (&json!("gone"), Some(0)));
    assert!(said.stderr.contains("this category") && said.stderr.contains("`999`"), "{}", said.stderr);
    assert_eq!(shop.counter("calls"), 1, "one call for both");

    let api = shop.run("linkwright browse-nodes 284507 999 --source creators");
    assert_eq!(api.code, Some(3), "{api:?}");
    assert!(api.stderr.contains("has no such category: `999`"), "{api:?}");
    let tree = |locale: &str| shop.run(&format!("LC_ALL={locale} linkwright browse-nodes 284507")).stdout;
    assert!(tree("C.UTF-8").contains("└── Kitchen & Dining  284507"), "{}", tree("C.UTF-8"));
    assert!(tree("C").contains("`-- Kitchen & Dining  284507"), "{}", tree("C"));
}

#[test]
fn answers_to_ones_own_calls_are_printed_as_they_came() {
    let shop = Shop::open();
    let said = shop.run("echo '{\"itemIds\": [\"B0EMU00000\"]}' | linkwright call get-items - --json");
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(said.lines()[0]["itemsResult"]["items"][0]["asin"], "B0EMU00000");
    let pretty = shop.run("linkwright call getItems '{\"itemIds\": [\"B0EMU00000\"]}' --pretty");
    assert!(pretty.stdout.lines().count() > 5, "{}", pretty.stdout);
    assert_eq!(serde_json::from_str::<Value>(&pretty.stdout).expect("JSON"), said.lines()[0]);
    let wrong = shop.run("linkwright call searchItems '{\"keywords\": \"tea\", \"itemPage\": 11}'");
    assert_eq!((wrong.stdout.as_str(), wrong.code), ("", Some(2)));
    assert!(wrong.stderr.contains("itemPage"), "{wrong:?}");
    let own =
        shop.run("linkwright call getItems '{\"itemIds\": [\"B0EMU00000\"], \"partnerTag\": \"own-20\"}'");
    assert_eq!(own.code, Some(4), "the tag in the body goes before one's own: {own:?}");
}
