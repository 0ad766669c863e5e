//! The corpus of links in `tests/fixtures/links`: what each is, and what a careful person would write for it.

use std::fmt::Write as _;

use linkwright_core::{Marketplace, PartnerTag};
use linkwright_zero::{Link, Linker, Page, ReadError, TagBook, Target, read};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    input: String,
    kind: String,
    asin: Option<String>,
    #[serde(default)]
    asins: Vec<String>,
    marketplace: Option<String>,
    tag: Option<String>,
    ascsubtag: Option<String>,
    th: Option<String>,
    psc: Option<String>,
    query: Option<String>,
    node: Option<String>,
    id: Option<String>,
    #[serde(default)]
    wrapped: u8,
    #[serde(default)]
    attribution: bool,
    #[serde(default)]
    api: bool,
    link: Option<String>,
    shows: String,
}

fn cases() -> Vec<Case> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/links/corpus.jsonl");
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .enumerate()
        .map(|(number, line)| {
            serde_json::from_str(line).unwrap_or_else(|error| panic!("corpus.jsonl:{}: {error}", number + 1))
        })
        .collect()
}

/// The links alone, for tests that have other questions.
pub(crate) fn inputs() -> Vec<String> {
    cases().into_iter().map(|case| case.input).collect()
}

/// What was read, in the corpus' own words.
fn describe(read: &Result<Link<'_>, ReadError>) -> String {
    let link = match read {
        Ok(link) => link,
        Err(error) => return format!("kind={}", error.as_str()),
    };
    let mut text = format!("kind={}", link.page.kind());
    let mut add = |name: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            write!(text, " {name}={value}").unwrap();
        }
    };
    let asin = link.page.asin().map(|asin| asin.to_string());
    add("asin", asin.as_deref());
    if let Page::Cart(lines) = &link.page {
        let asins: Vec<String> = lines.iter().map(|line| line.asin.to_string()).collect();
        add("asins", Some(&asins.join(",")));
    }
    add("marketplace", link.marketplace.map(Marketplace::code));
    add("tag", link.tag.as_deref());
    add("ascsubtag", link.ascsubtag.as_deref());
    if link.page.asin().is_some() {
        add("th", link.pins.th.map(|pin| pin.to_string()).as_deref());
        add("psc", link.pins.psc.map(|pin| pin.to_string()).as_deref());
    }
    if let Page::Search { words, .. } = &link.page {
        add("query", Some(words));
    }
    match &link.page {
        Page::BrowseNode(node) => add("node", Some(node)),
        Page::Broken(_) => {}
        page => add("id", page.id()),
    }
    if link.wrapped > 0 {
        add("wrapped", Some(&link.wrapped.to_string()));
    }
    add("attribution", link.attribution.then_some("true"));
    add("api", link.is_made_by_api().then_some("true"));
    text
}

fn expected(case: &Case) -> String {
    let mut text = format!("kind={}", case.kind);
    // A link that is none has nothing else that was read from it.
    if matches!(case.kind.as_str(), "not_amazon" | "look_alike" | "user_info") {
        return text;
    }
    let mut add = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            write!(text, " {name}={value}").unwrap();
        }
    };
    add("asin", case.asin.as_deref());
    add("asins", (!case.asins.is_empty()).then(|| case.asins.join(",")).as_deref());
    add("marketplace", case.marketplace.as_deref());
    add("tag", case.tag.as_deref());
    add("ascsubtag", case.ascsubtag.as_deref());
    add("th", case.th.as_deref());
    add("psc", case.psc.as_deref());
    add("query", case.query.as_deref());
    add("node", case.node.as_deref());
    add("id", case.id.as_deref());
    add("wrapped", (case.wrapped > 0).then(|| case.wrapped.to_string()).as_deref());
    add("attribution", case.attribution.then_some("true"));
    add("api", case.api.then_some("true"));
    text
}

/// `site-CC-NN` for each of the 22 shops with a programme.
fn linker() -> Linker {
    let mut tags = TagBook::new();
    for shop in Marketplace::ALL {
        let Some(suffix) = shop.tag_suffix() else { continue };
        let tag = PartnerTag::new(&format!("site-{shop}-{}", suffix.number()), shop).unwrap();
        tags = tags.with_default(tag);
    }
    Linker::new(tags)
}

#[test]
fn every_link_is_read_as_expected() {
    let mut wrong = String::new();
    for case in cases() {
        let (found, expected) = (describe(&read(&case.input)), expected(&case));
        if found != expected {
            writeln!(wrong, "{}\n  ({})\n  expected {expected}\n  found    {found}", case.input, case.shows)
                .unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_link_is_written_as_a_careful_person_would() {
    let linker = linker();
    let mut wrong = String::new();
    for case in cases() {
        let found =
            Target::parse(&case.input).and_then(|target| linker.link(&target)).map(|linked| linked.url);
        if found.as_ref().ok() != case.link.as_ref() {
            writeln!(
                wrong,
                "{}\n  ({})\n  expected {:?}\n  found    {found:?}",
                case.input, case.shows, case.link
            )
            .unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_corpus_is_large_and_without_repetition() {
    let cases = cases();
    assert!(cases.len() >= 500, "{}", cases.len());
    let distinct: std::collections::HashSet<&str> = cases.iter().map(|case| case.input.as_str()).collect();
    assert_eq!(distinct.len(), cases.len());
}
