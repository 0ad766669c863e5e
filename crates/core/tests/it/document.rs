//! The credential document: round trips, and what is said about damaged ones.

use std::collections::BTreeMap;

use linkwright_core::{ApiVersion, CredentialSet, ErrorKind, Secret, document, error_chain};
use proptest::prelude::*;

const SECRET: &str = "hush-0123456789";

fn decoded(json: &str) -> CredentialSet {
    document::decode(json.as_bytes()).unwrap_or_else(|error| panic!("{json}: {}", error_chain(&error)))
}

#[test]
fn the_smallest_document_is_enough() {
    let set = decoded(r#" { "secret" : "s" , "format" : 1, "api_version": "v2.3", "id":"i" } "#);
    assert_eq!(set, CredentialSet::new("i", Secret::new("s"), ApiVersion::V2_3));
    assert_eq!(decoded(r#"{"format":1,"id":"i","secret":"s","api_version":"2.3","label":null}"#), set);
}

#[test]
fn escapes_of_all_kinds_are_read() {
    let set = decoded(
        r#"{"format":1,"\u0069d":"\"\\\/\b\f\n\r\t","secret":"\u00fc\u20ac\uD83d\uDE00","api_version":"\u0033.1","label":"\u0000ü€😀"}"#,
    );
    assert_eq!(set.id(), "\"\\/\u{8}\u{c}\n\r\t");
    assert_eq!(set.secret().expose(), "ü€😀");
    assert_eq!(set.api_version(), ApiVersion::V3_1);
    assert_eq!(set.label(), Some("\0ü€😀"));
}

#[test]
fn unknown_members_are_kept_to_the_letter_and_sorted() {
    // Numbers no `f64` holds, inner space, and members that look like ours further down.
    let json = r#"{"zeta": 1.00 , "format":1, "alpha": {"secret": [1e999, 123456789012345678901234567890]},
        "id":"i","secret":"s","api_version":"3.1", "\u00e4": "\u00e4"}"#;
    let set = decoded(json);
    let expected = concat!(
        r#"{"format":1,"id":"i","secret":"s","api_version":"3.1","alpha":{"secret": [1e999, "#,
        r#"123456789012345678901234567890]},"zeta":1.00,"ä":"\u00e4"}"#
    );
    assert_eq!(std::str::from_utf8(&document::encode(&set)), Ok(expected));
    let relabelled = document::encode(&set.with_label(Some("new".to_owned())).with_secret(Secret::new("t")));
    let text = std::str::from_utf8(&relabelled).unwrap();
    assert!(
        text.contains("1e999") && text.contains(r#""label":"new""#) && text.contains(r#""secret":"t""#),
        "{text}"
    );
}

#[test]
fn deeply_nested_unknown_members_do_not_exhaust_the_stack() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let json = format!(r#"{{"format":1,"id":"i","secret":"s","api_version":"3.1","deep":{deep}}}"#);
    assert_eq!(decoded(&json), decoded(std::str::from_utf8(&document::encode(&decoded(&json))).unwrap()));
}

#[test]
fn what_is_wrong_is_named_and_no_value_is_shown() {
    let cases = [
        // (what it shows, document, member named, words of the message)
        (
            "no format",
            r#"{"id":"i","secret":"hush-0123456789","api_version":"3.1"}"#,
            Some("$.format"),
            "lacks a member: `format`",
        ),
        ("format is text", r#"{"format":"hush-0123456789"}"#, Some("$.format"), "not a format's number"),
        ("format zero", r#"{"format":0}"#, Some("$.format"), "not a format's number"),
        ("format with decimals", r#"{"format":1.0}"#, Some("$.format"), "not a format's number"),
        (
            "no id",
            r#"{"format":1,"secret":"hush-0123456789","api_version":"3.1"}"#,
            Some("$.id"),
            "lacks a member: `id`",
        ),
        (
            "no secret",
            r#"{"format":1,"id":"i","api_version":"3.1"}"#,
            Some("$.secret"),
            "lacks a member: `secret`",
        ),
        (
            "no version",
            r#"{"format":1,"id":"i","secret":"hush-0123456789"}"#,
            Some("$.api_version"),
            "lacks a member: `api_version`",
        ),
        (
            "id is a number",
            r#"{"format":1,"id":7,"secret":"hush-0123456789","api_version":"3.1"}"#,
            Some("$.id"),
            "not a text: `id`",
        ),
        (
            "secret is a list",
            r#"{"format":1,"id":"i","secret":["hush-0123456789"],"api_version":"3.1"}"#,
            Some("$.secret"),
            "not a text: `secret`",
        ),
        (
            "secret is null",
            r#"{"format":1,"id":"i","secret":null,"api_version":"3.1"}"#,
            Some("$.secret"),
            "not a text: `secret`",
        ),
        (
            "label is an object",
            r#"{"format":1,"id":"i","secret":"s","api_version":"3.1","label":{"a":"hush-0123456789"}}"#,
            Some("$.label"),
            "not a text: `label`",
        ),
        (
            "version is unknown",
            r#"{"format":1,"id":"i","secret":"s","api_version":"hush-0123456789"}"#,
            Some("$.api_version"),
            "is none of: 2.1, 2.2, 2.3, 3.1, 3.2, 3.3",
        ),
        (
            "version is a number",
            r#"{"format":1,"id":"i","secret":"s","api_version":3.1}"#,
            Some("$.api_version"),
            "not a text: `api_version`",
        ),
        (
            "half a surrogate pair",
            r#"{"format":1,"id":"i","secret":"hush-0123456789\ud83d","api_version":"3.1"}"#,
            Some("$.secret"),
            "not a text: `secret`",
        ),
        (
            "low half first",
            r#"{"format":1,"id":"i","secret":"\ude00\ud83d","api_version":"3.1"}"#,
            Some("$.secret"),
            "not a text: `secret`",
        ),
        (
            "pair with something between",
            r#"{"format":1,"id":"i","secret":"\ud83dx\ude00","api_version":"3.1"}"#,
            Some("$.secret"),
            "not a text: `secret`",
        ),
        (
            "secret twice",
            r#"{"format":1,"id":"i","secret":"hush-0123456789","secret":"s","api_version":"3.1"}"#,
            Some("$.secret"),
            "a member twice: `secret`",
        ),
        (
            "unknown member twice",
            r#"{"format":1,"id":"i","secret":"s","api_version":"3.1","hush-0123456789":1,"hush-0123456789":2}"#,
            None,
            "a member twice",
        ),
        ("nothing", "", None, "ends too early, at line 1, column 0"),
        ("cut short", r#"{"format":1,"id":"i","secret":"hush-0123456789"#, None, "ends too early, at line 1"),
        ("a bare text", r#""hush-0123456789""#, None, "not a JSON object"),
        ("a list", r#"["hush-0123456789"]"#, None, "not a JSON object"),
        ("not JSON", "hush-0123456789", None, "not JSON, seen at line 1, column 1"),
        (
            "something behind it",
            r#"{"format":1,"id":"i","secret":"s","api_version":"3.1"}hush-0123456789"#,
            None,
            "not JSON",
        ),
        (
            "a control character",
            "{\"format\":1,\"id\":\"i\",\"secret\":\"hush-0123456789\n\",\"api_version\":\"3.1\"}",
            None,
            "not JSON",
        ),
    ];
    for (shows, json, member, words) in cases {
        let error = document::decode(json.as_bytes()).expect_err(shows);
        assert_eq!(error.kind(), ErrorKind::Corrupt, "{shows}");
        assert_eq!(error.operation(), "document.decode", "{shows}");
        assert_eq!(error.context_value("member"), member, "{shows}");
        assert!(error.to_string().contains(words), "{shows}: {error}");
        assert!(!format!("{error:?} {}", error_chain(&error)).contains(SECRET), "{shows}: {error:?}");
    }
}

#[test]
fn a_newer_format_is_refused_by_name_whatever_else_it_holds() {
    for json in
        [r#"{"format":2}"#, r#"{"id":{"new":"shape"},"format":2,"secret":1}"#, r#"{"a":1,"a":2,"format":2}"#]
    {
        let error = document::decode(json.as_bytes()).expect_err(json);
        assert_eq!(error.kind(), ErrorKind::Corrupt);
        assert_eq!(
            error.to_string(),
            "a credential document has format `2`, this version of Linkwright reads up to `1`"
        );
    }
}

#[test]
fn bytes_that_are_not_utf8_are_refused() {
    let error = document::decode(b"{\"format\":1,\"id\":\"\xff\",\"secret\":\"s\",\"api_version\":\"3.1\"}")
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Corrupt);
}

/// A text as a JSON string.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("any text can be a JSON string")
}

/// JSON of any shape, as text.
fn any_json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<String>().prop_map(|text| quoted(&text)),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(|items| format!("[{}]", items.join(","))),
            (any::<String>(), inner).prop_map(|(name, value)| format!("{{{}:{value}}}", quoted(&name))),
        ]
    })
}

prop_compose! {
    fn any_document()(
        id in any::<String>(),
        secret in any::<String>(),
        version in prop::sample::select(ApiVersion::ALL.to_vec()),
        label in any::<Option<String>>(),
        unknown in prop::collection::btree_map("x[^\0]{0,8}", any_json(), 0..4),
    ) -> (CredentialSet, BTreeMap<String, String>) {
        (CredentialSet::new(id, Secret::new(secret), version).with_label(label), unknown)
    }
}

/// The document of a credential with members a newer version might have added.
fn with_members(set: &CredentialSet, unknown: &BTreeMap<String, String>) -> String {
    let mut json = String::from_utf8(document::encode(set).to_vec()).expect("a document is UTF-8");
    json.pop();
    for (name, value) in unknown {
        json.push_str(&format!(",{}:{value}", quoted(name)));
    }
    json + "}"
}

proptest! {
    #[test]
    fn what_was_written_is_read_back((set, unknown) in any_document()) {
        let json = with_members(&set, &unknown);
        let read = document::decode(json.as_bytes()).unwrap();
        prop_assert_eq!(read.id(), set.id());
        prop_assert_eq!(read.secret(), set.secret());
        prop_assert_eq!(read.api_version(), set.api_version());
        prop_assert_eq!(read.label(), set.label());
        // Byte for byte: the members were written in the order they are kept in.
        prop_assert_eq!(&**document::encode(&read), json.as_bytes());
    }

    #[test]
    fn another_reader_of_json_sees_the_same((set, unknown) in any_document()) {
        let value: serde_json::Value = serde_json::from_str(&with_members(&set, &unknown)).unwrap();
        prop_assert_eq!(value["format"].as_u64(), Some(document::FORMAT));
        prop_assert_eq!(value["id"].as_str(), Some(set.id()));
        prop_assert_eq!(value["secret"].as_str(), Some(set.secret().expose()));
        prop_assert_eq!(value["label"].as_str(), set.label());
        for (name, raw) in &unknown {
            prop_assert_eq!(&value[name], &serde_json::from_str::<serde_json::Value>(raw).unwrap());
        }
    }

    #[test]
    fn the_buffer_never_grew((set, unknown) in any_document()) {
        let set = document::decode(with_members(&set, &unknown).as_bytes()).unwrap();
        let written = document::encode(&set);
        // Growing would have at least doubled it, and left a copy of the secret behind.
        prop_assert!(written.capacity() < 2 * written.len());
    }

    #[test]
    fn damaged_documents_are_errors_or_documents_but_never_a_panic(
        (set, unknown) in any_document(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        keep in any::<prop::sample::Index>(),
    ) {
        let mut bytes = with_members(&set, &unknown).into_bytes();
        for (place, byte) in changes {
            let index = place.index(bytes.len());
            bytes[index] = byte;
        }
        bytes.truncate(keep.index(2 * bytes.len()));
        if let Ok(set) = document::decode(&bytes) {
            prop_assert_eq!(document::decode(&document::encode(&set)).unwrap(), set);
        }
    }

    #[test]
    fn bytes_of_any_kind_never_panic(bytes in any::<Vec<u8>>()) {
        drop(document::decode(&bytes));
    }

    #[test]
    fn hand_unescaping_agrees_with_serde_json(pieces in prop::collection::vec(
        prop_oneof![
            "[ -~&&[^\"\\\\]]{0,4}",
            "\\\\[\"\\\\/bfnrt]",
            "\\\\u[0-9a-fA-F]{4}",
            "\\\\u[dD][89abAB][0-9a-f]{2}\\\\u[dD][c-fC-F][0-9a-f]{2}",
        ],
        0..8,
    )) {
        let text = pieces.concat();
        let json = format!(r#"{{"format":1,"id":"i","secret":"{text}","api_version":"3.1"}}"#);
        let ours = document::decode(json.as_bytes()).ok().map(|set| set.secret().expose().to_owned());
        prop_assert_eq!(ours, serde_json::from_str::<String>(&format!("\"{text}\"")).ok());
    }
}
