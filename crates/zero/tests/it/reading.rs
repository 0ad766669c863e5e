//! What [`read`] makes of a link, in one line of text that the tables of this program compare with.

use std::fmt::Write as _;

use linkwright_core::Marketplace;
use linkwright_zero::{Page, Problem, read};

/// `product us B08N5WRWNW tag=x-20 wrapped=1`, `search de "words" index=x`; for an error its name.
pub(crate) fn summary(input: &str) -> String {
    let link = match read(input) {
        Ok(link) => link,
        Err(error) => return error.as_str().to_owned(),
    };
    let mut text = format!("{} {}", link.page.kind(), link.marketplace.map_or("-", Marketplace::code));
    match &link.page {
        Page::Product(asin) => write!(text, " {asin}").unwrap(),
        Page::Search { words, index } => {
            write!(text, " {words:?}").unwrap();
            if let Some(index) = index {
                write!(text, " index={index}").unwrap();
            }
        }
        Page::Cart(lines) => {
            for line in lines {
                write!(text, " {}x{}", line.asin, line.quantity).unwrap();
            }
        }
        page => {
            if let Some(id) = page.id() {
                write!(text, " {id}").unwrap();
            }
        }
    }
    for (name, value) in [
        ("tag", &link.tag),
        ("ascsubtag", &link.ascsubtag),
        ("code", &link.link_code),
        ("language", &link.language),
    ] {
        if let Some(value) = value {
            write!(text, " {name}={value}").unwrap();
        }
    }
    for (name, pin) in [("th", link.pins.th), ("psc", link.pins.psc)] {
        if let Some(pin) = pin {
            write!(text, " {name}={pin}").unwrap();
        }
    }
    if link.attribution {
        text.push_str(" attribution");
    }
    if link.wrapped > 0 {
        write!(text, " wrapped={}", link.wrapped).unwrap();
    }
    text
}

/// Compares every row and reports all that differ at once.
#[track_caller]
pub(crate) fn check_all<'a>(rows: impl IntoIterator<Item = (&'a str, &'a str)>) {
    let mut wrong = String::new();
    for (input, expected) in rows {
        let found = summary(input);
        if found != expected {
            writeln!(wrong, "{input}\n  expected {expected}\n  found    {found}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The names of a link's problems, in the order they are reported.
pub(crate) fn problem_names(input: &str) -> Vec<&'static str> {
    let link = read(input).unwrap_or_else(|error| panic!("{input}: {error}"));
    link.problems.iter().map(Problem::as_str).collect()
}

/// A blank before a link keeps it from the reader of common forms, so the general one must say the same.
#[test]
fn both_readers_say_the_same() {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/links/corpus.jsonl");
    let corpus = std::fs::read_to_string(corpus).unwrap();
    let mut compared = 0;
    for line in corpus.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let link = case["input"].as_str().unwrap();
        for link in [
            link.to_owned(),
            format!("{link}\\u0026tag=x-20"),
            link.replace('/', "\\/"),
            link.replace("dp/", "dp/\r"),
        ] {
            let blank = format!(" {link}");
            assert_eq!(read(&link), read(&blank), "{link}");
            compared += 1;
        }
    }
    assert!(compared > 2000, "{compared}");
}
