//! Answers as they are documented, seen, and broken.

use linkwright_core::ErrorKind;
use linkwright_creators::wire::{GetItemsAnswer, Number};

/// The sample of the facts: one item, one partial error.
const SAMPLE: &str = r#"{"itemsResult":{"items":[{"asin":"B000000001",
 "detailPageURL":"https://www.amazon.com/dp/B000000001?tag=demo-20&linkCode=ogi&th=1&psc=1",
 "images":{"primary":{"large":{"url":"https://m.media-amazon.com/images/I/00aaAAbbBB.jpg","height":500,"width":333}}},
 "itemInfo":{"title":{"displayValue":"Sample kettle, 1.7 l","label":"Title","locale":"en_US"},
   "externalIds":{"eans":{"displayValues":["4006381333931"],"label":"EAN","locale":"en_US"}}},
 "offersV2":{"listings":[{"availability":{"type":"IN_STOCK","message":"In Stock","minOrderQuantity":1,"maxOrderQuantity":5},
   "condition":{"value":"New","subCondition":"Unknown","conditionNote":""},"isBuyBoxWinner":true,
   "merchantInfo":{"id":"AXXXXXXXXXXXX","name":"Sample Shop"},
   "price":{"money":{"amount":39.99,"currency":"USD","displayAmount":"$39.99"},
     "savingBasis":{"money":{"amount":49.99,"currency":"USD","displayAmount":"$49.99"},"savingBasisType":"LIST_PRICE","savingBasisTypeLabel":"List Price"},
     "savings":{"money":{"amount":10.0,"currency":"USD","displayAmount":"$10.00"},"percentage":20}},
   "violatesMAP":false}]}}]},
 "errors":[{"code":"InvalidParameterValue","message":"The ItemIds B0BADBAD00 provided in the request is invalid."}]}"#;

fn decode(text: &str) -> GetItemsAnswer {
    GetItemsAnswer::decode(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// An answer whose one item has these members.
fn with_members(members: &str) -> String {
    format!(r#"{{"itemsResult":{{"items":[{{"asin":"B000000001",{members}}}]}}}}"#)
}

#[test]
fn the_sample_is_read_in_full() {
    let answer = decode(SAMPLE);
    let item = &answer.items[0];
    assert_eq!(item.asin.as_deref(), Some("B000000001"));
    let listing = &item.offers_v2.as_ref().unwrap().listings[0];
    let price = listing.price.as_ref().unwrap();
    assert_eq!(price.money.as_ref().unwrap().amount.as_ref().unwrap().as_str(), "39.99");
    assert_eq!(
        price.savings.as_ref().unwrap().money.as_ref().unwrap().amount.as_ref().unwrap().as_str(),
        "10.0"
    );
    assert_eq!(listing.availability.as_ref().unwrap().kind.as_deref(), Some("IN_STOCK"));
    let ids = item.item_info.as_ref().unwrap().external_ids.as_ref().unwrap();
    assert_eq!(ids.eans.as_ref().unwrap().display_values, ["4006381333931"]);
    assert_eq!(answer.errors[0].code.as_deref(), Some("InvalidParameterValue"));
    assert!(answer.unreadable.is_empty() && answer.unknown.is_empty());
}

/// Where the documentation and the SDK say two things, or say it in two places.
#[test]
fn both_spellings_give_the_same() {
    let table = [
        (
            r#"{"itemResults":{"items":[{"asin":"B000000001"}]}}"#,
            r#"{"itemsResult":{"items":[{"asin":"B000000001"}]}}"#,
        ),
        (
            &with_members(r#""images":{"primary":{"highRes":{"url":"u"}}}"#),
            &with_members(r#""images":{"primary":{"hiRes":{"url":"u"}}}"#),
        ),
        (
            &with_members(r#""offersV2":{"listings":[{"__type":"HAUL"}]}"#),
            &with_members(r#""offersV2":{"listings":[{"type":"HAUL"}]}"#),
        ),
        (
            &with_members(r#""offersV2":{"listings":[{"dealDetails":{"percentClaimed":"24"}}]}"#),
            &with_members(r#""offersV2":{"listings":[{"dealDetails":{"percentClaimed":24}}]}"#),
        ),
        (
            &with_members(r#""score":null,"images":null,"variationAttributes":null"#),
            &with_members(r#""score":null"#),
        ),
        (
            &with_members(r#""offersV2":{"listings":[null,{"type":"HAUL"},null]}"#),
            &with_members(r#""offersV2":{"listings":[{"type":"HAUL"}]}"#),
        ),
        (
            &with_members(r#""images":{"primary":{"hiRes":{"url":"u"},"highRes":null}}"#),
            &with_members(r#""images":{"primary":{"hiRes":{"url":"u"}}}"#),
        ),
        (&with_members(r#""\u0073core":1"#), &with_members(r#""score":1"#)),
        (&format!("\u{feff}{}", with_members(r#""score":1"#)), &with_members(r#""score":1"#)),
    ];
    for (one, other) in table {
        let (one_read, other_read) = (decode(one), decode(other));
        assert_eq!(one_read.items, other_read.items, "{one}\n{other}");
        assert_eq!(one_read.items.len(), 1, "{one}");
        assert!(one_read.unreadable.is_empty(), "{one}");
    }
}

#[test]
fn what_is_unknown_is_kept_as_it_came() {
    let members = r#""offersV2":{"listings":[{"type":"TIME_TRAVEL","hue":{"degrees":12.50,"big":123456789012345678901234567890}}]}"#;
    let answer =
        decode(&with_members(members).replace(r#"{"itemsResult""#, r#"{"page": 1.0 ,"itemsResult""#));
    let listing = &answer.items[0].offers_v2.as_ref().unwrap().listings[0];
    assert_eq!(listing.kind.as_deref(), Some("TIME_TRAVEL"));
    assert_eq!(listing.unknown.get("hue"), Some(r#"{"degrees":12.50,"big":123456789012345678901234567890}"#));
    assert_eq!(answer.unknown.iter().collect::<Vec<_>>(), [("page", "1.0")]);
}

#[test]
fn nothing_at_all_is_an_answer_too() {
    for text in [
        "{}",
        r#"{"itemsResult":null,"errors":null}"#,
        r#"{"itemsResult":{}}"#,
        r#"{"itemsResult":{"items":null}}"#,
    ] {
        let answer = decode(text);
        assert!(
            answer.items.is_empty() && answer.errors.is_empty() && answer.unreadable.is_empty(),
            "{text}"
        );
    }
}

/// The number as it came, without exponent, and its whole part.
#[test]
fn numbers_keep_their_digits() {
    let table = [
        ("39.99", Some("39.99"), Some(39)),
        ("4990.0", Some("4990.0"), Some(4990)),
        ("0.10", Some("0.10"), Some(0)),
        ("-1", Some("-1"), None),
        ("\"24\"", Some("24"), Some(24)),
        ("1e3", Some("1000"), Some(1000)),
        ("1.25E+2", Some("125"), Some(125)),
        ("1.5e-3", Some("0.0015"), Some(0)),
        ("12.5e0", Some("12.5"), Some(12)),
        ("0e5", Some("0"), Some(0)),
        ("-2.50e1", Some("-25.0"), None),
        ("123456789012345678901234567890.123", Some("123456789012345678901234567890.123"), None),
        ("1e999999999999", None, None),
        ("1e-999999999999", None, None),
        ("1e2147483647", None, None),
        ("1e64", None, None),
        ("1e-65", None, None),
        ("1e19", Some("10000000000000000000"), Some(10_000_000_000_000_000_000)),
    ];
    for (text, plain, whole) in table {
        let answer = decode(&with_members(&format!(r#""score":{text}"#)));
        let number: &Number = answer.items[0].score.as_ref().unwrap();
        assert_eq!(number.as_str(), text.trim_matches('"'));
        assert_eq!(number.to_plain().as_deref(), plain, "{text}");
        assert_eq!(number.to_u64(), whole, "{text}");
    }
}

#[test]
fn a_broken_item_says_where_and_leaves_the_others_alone() {
    let long = "x".repeat(10_000);
    let at_amount = |amount: &str| {
        format!(
            r#"{{"asin":"B000000003","offersV2":{{"listings":[{{}},{{"price":{{"money":{{"amount":{amount}}}}}}}]}}}}"#
        )
    };
    let amount = "itemsResult.items[2].offersV2.listings[1].price.money.amount";
    let table = [
        (at_amount("true"), amount, "expected a number, found a boolean", Some("B000000003")),
        (at_amount(&format!("\"{long}\"")), amount, "expected a number, found a string", Some("B000000003")),
        (at_amount("\"39,99\""), amount, "expected a number, found a string", Some("B000000003")),
        (at_amount("\" 39\""), amount, "expected a number, found a string", Some("B000000003")),
        (at_amount("{}"), amount, "expected a number, found an object", Some("B000000003")),
        (at_amount("[1]"), amount, "expected a number, found a list", Some("B000000003")),
        (
            r#"{"asin":"B000000003","itemInfo":{"title":{"displayValue":7}}}"#.to_owned(),
            "itemsResult.items[2].itemInfo.title.displayValue",
            "expected a string, found a number",
            Some("B000000003"),
        ),
        (
            r#"{"asin":"B000000003","itemInfo":"a, expected b"}"#.to_owned(),
            "itemsResult.items[2].itemInfo",
            "expected an object, found a string",
            Some("B000000003"),
        ),
        (
            r#"{"asin":"B000000003","offersV2":{"listings":{}}}"#.to_owned(),
            "itemsResult.items[2].offersV2.listings",
            "expected a list, found an object",
            Some("B000000003"),
        ),
        (
            r#"{"asin":["B000000003"]}"#.to_owned(),
            "itemsResult.items[2].asin",
            "expected a string, found a list",
            None,
        ),
        ("17".to_owned(), "itemsResult.items[2]", "expected an object, found a number", None),
    ];
    for (broken, path, what, asin) in table {
        let text = format!(
            r#"{{"itemsResult":{{"items":[{{"asin":"B000000001"}},null,{broken},{{"asin":"B000000002"}}]}},"p":1}}"#
        );
        let answer = decode(&text);
        let read: Vec<_> = answer.items.iter().map(|item| item.asin.as_deref().unwrap()).collect();
        assert_eq!(read, ["B000000001", "B000000002"], "{path}");
        assert_eq!(answer.unknown.get("p"), Some("1"));
        let [unreadable] = &answer.unreadable[..] else { panic!("{:?}", answer.unreadable) };
        assert_eq!(unreadable.id.as_deref(), asin);
        assert_eq!(unreadable.error.kind(), ErrorKind::Corrupt);
        assert_eq!(unreadable.error.context_value("path"), Some(path), "{}", unreadable.error);
        assert_eq!(unreadable.error.message(), format!("Amazon's answer cannot be read: {what}: `{path}`"));
    }
}

#[test]
fn a_broken_partial_error_leaves_the_items_alone() {
    let answer =
        decode(r#"{"itemResults":{"items":[{"asin":"B000000001"}]},"errors":[{"code":"A"},{"code":{}}]}"#);
    assert_eq!((answer.items.len(), answer.errors.len()), (1, 1));
    assert_eq!(answer.unreadable[0].error.context_value("path"), Some("errors[1].code"));
}

/// What cannot be read at all: what is said of it, and where.
#[test]
fn a_broken_whole_is_corrupt() {
    let table: [(&[u8], &str, Option<&str>); 10] = [
        (b"", "it ends too early", None),
        (br#"{"itemsResult":{"items":[{"asin":"B0000"#, "it ends too early", Some("itemsResult.items[0]")),
        (br#"{"itemsResult":{"a\n`b":"#, "it ends too early: `itemsResult.a??b`", Some("itemsResult.a??b")),
        (b"<html><body>Sign in</body></html>", "it is no JSON", None),
        (b"[]", "expected an object, found a list", None),
        (b"null", "expected an object, found null", None),
        (br#"{"itemsResult":"none"}"#, "expected an object, found a string", Some("itemsResult")),
        (br#"{"itemsResult":{"items":{}}}"#, "expected a list, found an object", Some("itemsResult.items")),
        (b"{} {}", "it is no JSON", None),
        (b"{\"itemsResult\":\"\xff\"}", "no UTF-8 after byte 16", None),
    ];
    for (body, what, path) in table {
        let error = GetItemsAnswer::decode(body).unwrap_err();
        let shown = String::from_utf8_lossy(body);
        assert_eq!(error.kind(), ErrorKind::Corrupt, "{shown}");
        assert!(error.message().contains(what), "{shown}: {error}");
        assert_eq!(error.context_value("path"), path, "{shown}: {error}");
        assert!(!error.message().contains('<'), "{error}");
    }
}

#[test]
fn a_deep_answer_is_refused_not_followed() {
    let deep = |levels: usize| {
        let (open, close) = (r#"{"ancestor":"#.repeat(levels), "}".repeat(levels));
        with_members(&format!(r#""browseNodeInfo":{{"browseNodes":[{{"ancestor":{open}null{close}}}]}}"#))
    };
    assert_eq!(decode(&deep(50)).items.len(), 1);
    let answer = decode(&deep(100_000));
    assert_eq!((answer.items.len(), answer.unreadable.len()), (0, 1));
    assert!(answer.unreadable[0].error.message().len() < 400);
}
