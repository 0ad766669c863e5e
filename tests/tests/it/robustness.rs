//! Links of the corpus cut, mangled and glued together, and text of no sense at all: whatever is pasted, nothing panics
//! and no foreign tag gets through (the properties are those of the fuzz target `read_link`).

use std::sync::LazyLock;

use linkwright_tests::fuzzing;
use linkwright_zero::read;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::corpus::inputs;

static CORPUS: LazyLock<Vec<String>> = LazyLock::new(inputs);

fn check(text: &str) {
    fuzzing::read_link(text.as_bytes());
}

/// Characters at which readers of links go wrong.
const NASTY: [&str; 34] = [
    "/",
    "\\",
    "?",
    "#",
    "&",
    "&amp;",
    "&#38;",
    "=",
    "%",
    "%2F",
    "%3F",
    "%26",
    "%25",
    "%FF",
    "%00",
    "@",
    ":",
    ".",
    "-",
    "+",
    " ",
    "\n",
    "\t",
    "\r",
    "\0",
    "\u{feff}",
    "é",
    "日",
    "\u{430}",
    "tag=foreign-20",
    "https://",
    "//",
    "maas=1",
    "<",
];

#[test]
fn every_link_of_the_corpus_is_linked_soundly() {
    for link in CORPUS.iter() {
        check(link);
    }
}

#[test]
fn a_link_may_be_cut_anywhere_and_lack_any_character() {
    for link in CORPUS.iter() {
        for (at, character) in link.char_indices() {
            let (before, after) = (&link[..at], &link[at + character.len_utf8()..]);
            // Reading only, because there are so many: the properties below link what is left, too. What can fail here
            // is a cut within a character.
            for text in [before, after, &format!("{before}{after}")] {
                std::hint::black_box(read(text).is_ok());
            }
        }
    }
}

/// As a browser's script encodes a value of a query.
fn encoded_component(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

#[test]
fn a_wrapped_link_is_what_the_link_itself_is() {
    // A link that is wrapped about as deep as is allowed cannot be wrapped once more.
    for link in CORPUS.iter().filter(|link| !read(link).is_ok_and(|link| link.wrapped > 5)) {
        let encoded = encoded_component(link);
        let plain = read(link);
        for wrapper in [
            "https://www.google.com/url?q=",
            "https://l.facebook.com/l.php?u=",
            "https://go.skimresources.com/?id=1&url=",
            "https://buy.geni.us/Proxy.ashx?TSID=1&GR_URL=",
            "https://assoc-redirect.amazon.com/g/r/",
            "https://aax-eu.amazon-adsystem.com/x/c/Qvf_0/",
            "https://www.amazon.com/gp/r.html?C=1&U=",
        ] {
            // In a wrapper of the shop's own, what has no scheme is a path of the shop.
            if wrapper.contains("/gp/") && !link.starts_with("http") {
                continue;
            }
            let text = format!("{wrapper}{encoded}");
            match (read(&text), &plain) {
                (Ok(wrapped), Ok(plain)) => {
                    assert_eq!(wrapped.page, plain.page, "{link} in {wrapper}");
                    assert_eq!(wrapped.marketplace, plain.marketplace, "{link} in {wrapper}");
                    assert_eq!(wrapped.tag, plain.tag, "{link} in {wrapper}");
                    assert_eq!(wrapped.ascsubtag, plain.ascsubtag, "{link} in {wrapper}");
                    assert_eq!(wrapped.pins, plain.pins, "{link} in {wrapper}");
                    assert_eq!(wrapped.attribution, plain.attribution, "{link} in {wrapper}");
                    assert_eq!(wrapped.wrapped, plain.wrapped + 1, "{link} in {wrapper}");
                }
                (wrapped, plain) => assert_eq!(wrapped.err(), plain.clone().err(), "{link} in {wrapper}"),
            }
        }
    }
}

/// A place between two characters.
fn boundary(text: &str, index: Index) -> usize {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    places[index.index(places.len())]
}

fn corpus_link() -> impl Strategy<Value = &'static str> {
    any::<Index>().prop_map(|index| index.get(&CORPUS).as_str())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mangled_links_are_linked_soundly(
        link in corpus_link(),
        changes in proptest::collection::vec((any::<Index>(), any::<Index>(), prop_oneof![
            select(&NASTY[..]).prop_map(str::to_owned),
            Just(String::new()),
            any::<char>().prop_map(String::from),
        ]), 1..5),
    ) {
        let mut text = link.to_owned();
        for (from, length, replacement) in changes {
            let start = boundary(&text, from);
            let rest = &text[start..];
            // Short runs only: a long one is what cutting does.
            let end = start + rest.char_indices().nth(length.index(4)).map_or(rest.len(), |(at, _)| at);
            text.replace_range(start..end, &replacement);
        }
        check(&text);
    }

    #[test]
    fn links_glued_together_are_linked_soundly(
        first in corpus_link(),
        second in corpus_link(),
        cuts in (any::<Index>(), any::<Index>()),
        between in prop_oneof![Just(""), select(&NASTY[..])],
    ) {
        check(&format!("{first}{between}{second}"));
        check(&format!("{}{between}{second}", &first[..boundary(first, cuts.0)]));
        check(&format!("{first}{between}{}", &second[boundary(second, cuts.1)..]));
    }

    #[test]
    fn cut_links_are_linked_soundly(link in corpus_link(), cut in any::<Index>()) {
        let at = boundary(link, cut);
        check(&link[..at]);
        check(&link[at..]);
    }

    #[test]
    fn any_text_is_read_without_panic(text in any::<String>(), path in "[/a-zA-Z0-9%&=?#;:@\\\\. -]{0,60}") {
        check(&text);
        check(&path);
        for host in ["https://www.amazon.com", "amzn.to", "https://www.google.com/url?q=", "link.amazon/", "music.amazon.de"] {
            check(&format!("{host}{path}"));
            check(&format!("{host}/{text}"));
        }
    }
}
