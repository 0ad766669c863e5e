//! The answer of each operation: what is read of it, and what is said of a part that cannot be read.

use linkwright_core::ErrorKind;
use linkwright_creators::wire::{
    DownloadLink, GetBrowseNodesAnswer, GetVariationsAnswer, Interned, ListFeedsAnswer, ListReportsAnswer,
    Number, SearchItemsAnswer,
};

use crate::full_answers::{OPERATIONS, Operation};

fn operation(name: &str) -> &'static Operation {
    OPERATIONS.iter().find(|operation| operation.name == name).unwrap()
}

fn full(name: &str) -> Vec<u8> {
    (operation(name).answer)(2).to_string().into_bytes()
}

fn text(number: &Option<Number>) -> &str {
    number.as_ref().unwrap().as_str()
}

/// The model has every member of the SDKs, so that none of them ends among the unknown ones.
#[test]
fn no_member_of_a_full_answer_is_unknown() {
    for operation in &OPERATIONS {
        let body = full(operation.name);
        let read = (operation.decode)(&body).unwrap();
        assert_eq!((read.elements, read.unreadable.len()), (2, 0), "{}", operation.name);
        let shown = format!("{:?}", read.answer);
        assert!(!shown.contains("Unknown(Some"), "{}: {shown}", operation.name);

        let new = String::from_utf8(body).unwrap().replacen('{', r#"{"new":1,"#, 1);
        let read = (operation.decode)(new.as_bytes()).unwrap();
        let shown = format!("{:?}", read.answer);
        assert!(shown.contains("Unknown(Some"), "{}: {shown}", operation.name);
    }
}

#[test]
fn a_search_has_its_numbers_and_refinements() {
    let answer = SearchItemsAnswer::decode(&full("searchItems")).unwrap();
    assert_eq!(text(&answer.total_result_count), "146");
    assert!(answer.search_url.unwrap().starts_with("https://www.amazon.com/s?k=kettle"));
    assert_eq!(answer.items[1].asin.as_deref(), Some("B000000001"));
    assert_eq!(answer.errors[0].code.as_deref(), Some("InvalidParameterValue"));
    let refinements = answer.search_refinements.unwrap();
    assert_eq!(refinements.search_index.unwrap().id.as_deref(), Some("SearchIndex"));
    assert_eq!(refinements.browse_node.unwrap().bins[1].id.as_deref(), Some("3040"));
    let others: Vec<_> =
        refinements.other_refinements.iter().map(|other| other.id.as_deref().unwrap()).collect();
    assert_eq!(others, ["Brand", "Author"]);
}

#[test]
fn variations_have_their_summary() {
    let answer = GetVariationsAnswer::decode(&full("getVariations")).unwrap();
    assert_eq!(answer.items[0].variation_attributes[0].value.as_deref(), Some("Blue"));
    let summary = answer.variation_summary.unwrap();
    assert_eq!((text(&summary.page_count), text(&summary.variation_count)), ("3", "24"));
    let price = summary.price.unwrap();
    assert_eq!(text(&price.highest_price.unwrap().amount), "20.0");
    assert_eq!(price.lowest_price.unwrap().display_amount.as_deref(), Some("$12.50"));
    let dimension = &summary.variation_dimensions[0];
    assert_eq!(
        (dimension.name.as_deref(), &dimension.values[..]),
        (Some("color_name"), &["Red", "Blue"].map(String::from)[..])
    );
}

#[test]
fn browse_nodes_have_what_is_above_and_below() {
    let answer = GetBrowseNodesAnswer::decode(&full("getBrowseNodes")).unwrap();
    let node = &answer.browse_nodes[0];
    assert_eq!((node.id.as_deref(), node.is_root), (Some("3040"), Some(false)));
    let root = node.ancestor.as_ref().unwrap().ancestor.as_ref().unwrap();
    assert_eq!(root.display_name.as_deref(), Some("Kitchen & Dining"));
    let below: Vec<_> = node.children.iter().map(|child| child.id.as_deref().unwrap()).collect();
    assert_eq!(below, ["99", "100"]);
}

#[test]
fn feeds_and_reports_have_names_sizes_and_sums() {
    let feeds = ListFeedsAnswer::decode(&full("listFeeds")).unwrap().feeds;
    assert_eq!(feeds[1].feed_name.as_deref(), Some("us_made_up_1.xml.gz"));
    assert_eq!((text(&feeds[1].size), feeds[1].feed_type.as_deref()), ("123456789", Some("PRODUCT_FEEDS")));
    assert_eq!(feeds[1].last_updated.as_deref(), Some("2026-11-22T05:35Z"));
    let reports = ListReportsAnswer::decode(&full("listReports")).unwrap().reports;
    assert_eq!(reports[0].filename.as_deref(), Some("made-up-report-0.tsv.gz"));
    assert_eq!(reports[0].md5.as_deref(), Some("d41d8cd98f00b204e9800998ecf8427e"));
    assert_eq!(reports[0].report_type.as_deref(), Some("CREATOR_CONNECTIONS"));
}

/// What each answer says of one broken part: how many elements are left, whom it names, and where.
#[test]
fn a_broken_part_costs_itself_only() {
    let table = [
        (
            "searchItems",
            r#"{"searchResult":{"totalResultCount":{},"items":[{"asin":"A"}]}}"#,
            1,
            None,
            "searchResult.totalResultCount",
        ),
        (
            "searchItems",
            r#"{"searchResult":{"searchURL":7,"items":[{"asin":"A"}]}}"#,
            1,
            None,
            "searchResult.searchURL",
        ),
        (
            "searchItems",
            r#"{"searchResult":{"searchRefinements":{"otherRefinements":[{"bins":[{},{"id":[]}]}]},"items":[{},{}]}}"#,
            2,
            None,
            "searchResult.searchRefinements.otherRefinements[0].bins[1].id",
        ),
        (
            "searchItems",
            r#"{"searchResult":{"items":[{"asin":"A"},{"asin":"B","score":"high"}]}}"#,
            1,
            Some("B"),
            "searchResult.items[1].score",
        ),
        (
            "getVariations",
            r#"{"variationsResult":{"items":[{}],"variationSummary":{"price":{"lowestPrice":{"amount":true}}}}}"#,
            1,
            None,
            "variationsResult.variationSummary.price.lowestPrice.amount",
        ),
        (
            "getVariations",
            r#"{"variationsResult":{"items":[{}]},"errors":[{"message":[]}]}"#,
            1,
            None,
            "errors[0].message",
        ),
        (
            "getBrowseNodes",
            r#"{"browseNodesResult":{"browseNodes":[{"id":"1"},null,{"id":"2","children":[{"displayName":3}]}]}}"#,
            1,
            Some("2"),
            "browseNodesResult.browseNodes[2].children[0].displayName",
        ),
        (
            "listFeeds",
            r#"{"feeds":[{"feedName":"a","md5":true},{"feedName":"b"}]}"#,
            1,
            Some("a"),
            "feeds[0].md5",
        ),
        (
            "listReports",
            r#"{"reports":[{"filename":"a"},{"size":"many","filename":"b"}]}"#,
            1,
            Some("b"),
            "reports[1].size",
        ),
    ];
    for (name, body, elements, id, path) in table {
        let read = (operation(name).decode)(body.as_bytes()).unwrap();
        assert_eq!(read.elements, elements, "{body}");
        let [unreadable] = &read.unreadable[..] else { panic!("{body}: {:?}", read.unreadable) };
        assert_eq!(unreadable.id.as_deref(), id, "{body}");
        assert_eq!(unreadable.error.kind(), ErrorKind::Corrupt);
        assert_eq!(unreadable.error.context_value("path"), Some(path), "{}", unreadable.error);
    }
}

/// What is broken in the middle does not cost what this version does not know.
#[test]
fn what_is_unknown_is_kept_of_a_broken_answer_too() {
    let body = br#"{"next":"x","searchResult":{"items":[{"score":[]}],"facets":[1]}}"#;
    let answer = SearchItemsAnswer::decode(body).unwrap();
    assert_eq!(answer.unreadable.len(), 1);
    assert_eq!(answer.unknown.iter().collect::<Vec<_>>(), [("next", "\"x\""), ("facets", "[1]")]);
}

#[test]
fn a_whole_that_is_no_answer_is_corrupt() {
    for operation in &OPERATIONS {
        for body in ["", "[]", "null", "<html>", r#"{"errors""#, "{} {}", "17"] {
            let error = (operation.decode)(body.as_bytes()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Corrupt, "{}: {body}", operation.name);
        }
        let (outer, inner) = (operation.list[0], operation.list.last().unwrap());
        let body = match operation.list {
            [_] => format!(r#"{{"{inner}":"none"}}"#),
            _ => format!(r#"{{"{outer}":{{"{inner}":"none"}}}}"#),
        };
        let error = (operation.decode)(body.as_bytes()).unwrap_err();
        assert_eq!(error.context_value("path"), Some(operation.list.join(".").as_str()));
        assert!(error.message().contains("expected a list, found a string"), "{error}");
    }
}

/// The address, or what is said of an answer without one.
#[test]
fn a_download_link_is_an_address_or_corrupt() {
    const LINK: &str = "https://files.example/a?X-Amz-Signature=hunter2&b=%20";
    let plain = format!(r#"{{"url":"{LINK}"}}"#);
    let escaped = plain.replace('&', r"\u0026").replace('/', r"\/").replace('%', r"\u0025");
    let table = [
        (plain.clone(), Ok(LINK)),
        (format!("\u{feff}{plain}"), Ok(LINK)),
        (escaped.replace("url", r"\u0075rl"), Ok(LINK)),
        (format!(r#"{{"url":null,"url":"{LINK}","url":null,"new":{{}}}}"#), Ok(LINK)),
        (r#"{"url":"hunter2 with a blank"}"#.to_owned(), Err("expected an address: `url`")),
        (r#"{"url":"hunter2ü"}"#.to_owned(), Err("expected an address: `url`")),
        (r#"{"url":"hunter2\n"}"#.to_owned(), Err("expected an address: `url`")),
        (r#"{"url":"hunter2\u00fc"}"#.to_owned(), Err("expected an address: `url`")),
        (r#"{"url":""}"#.to_owned(), Err("expected an address: `url`")),
        (r#"{"url":["hunter2"]}"#.to_owned(), Err("expected an address: `url`")),
        (r#"{"url":null}"#.to_owned(), Err("it holds no address: `url`")),
        (r#"{"URL":"hunter2"}"#.to_owned(), Err("it holds no address: `url`")),
        ("{}".to_owned(), Err("it holds no address: `url`")),
        (r#""hunter2""#.to_owned(), Err("expected an object, found a string")),
        (r#"["hunter2"]"#.to_owned(), Err("expected an object, found a list")),
        (r#"{"url":"hunter2"#.to_owned(), Err("it ends too early")),
        (r#"{"url":"hunter2"} hunter2"#.to_owned(), Err("it is no JSON")),
    ];
    for (body, expected) in table {
        let shown = match (DownloadLink::decode(body.as_bytes()), expected) {
            (Ok(link), Ok(address)) => {
                assert_eq!(link.url.expose(), address, "{body}");
                format!("{link:?}")
            }
            (Err(error), Err(what)) => {
                assert_eq!(error.kind(), ErrorKind::Corrupt);
                assert!(error.message().contains(what), "{body}: {error}");
                format!("{error} {error:?}")
            }
            (read, _) => panic!("{body}: {read:?}"),
        };
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}

#[test]
fn an_interned_text_is_its_text() {
    use std::collections::HashSet;

    for text in ["Brand", "en_US", "USD", "NumberOfItems", "", "a", "Brandy", "xx_XX", "日本語", "ü"] {
        let interned = Interned::from(text);
        assert_eq!(interned, text);
        assert_eq!(
            (&*interned, interned.to_string(), format!("{interned:?}")),
            (text, text.to_owned(), format!("{text:?}"))
        );
        assert_eq!(interned, Interned::from(text.to_owned()));
        assert_eq!(String::from(interned.clone()), text);
        assert!(HashSet::from([interned]).contains(text));
    }
    let mut sorted = ["Size", "color", "Color"].map(Interned::from);
    sorted.sort();
    assert_eq!(sorted.map(String::from), ["Color", "Size", "color"]);
}
