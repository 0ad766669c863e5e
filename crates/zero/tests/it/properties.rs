//! What holds for every link that can be written.

use linkwright_core::{Marketplace, PartnerTag};
use linkwright_zero::{Linker, Page, Pins, Problem, TagBook, Target, read};
use proptest::prelude::*;

use crate::link_strategies::{Parts, asin, parts};
use crate::reading::summary;

/// The values of all parameters by which Amazon knows an affiliate.
fn affiliate_parameters(url: &str) -> Vec<&str> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    query
        .split('&')
        .filter_map(|parameter| parameter.split_once('='))
        .filter(|(name, _)| name.eq_ignore_ascii_case("tag") || name.eq_ignore_ascii_case("associatetag"))
        .map(|(_, value)| value)
        .collect()
}

/// A tag for each shop that has a programme, in which the shop's code stands.
fn linker_for_all_shops() -> Linker {
    let tags = Marketplace::ALL
        .into_iter()
        .filter_map(|shop| PartnerTag::new(&format!("site-{shop}-20"), shop).ok());
    Linker::new(tags.fold(TagBook::new(), TagBook::with_default))
}

fn percent_encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Everything but letters, digits and dots, as a browser's script does it.
fn encoded_component(text: &str) -> String {
    let encode = |c: char| {
        if c.is_ascii_alphanumeric() || c == '.' { c.to_string() } else { percent_encoded(&c.to_string()) }
    };
    text.chars().map(encode).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_as_it_was_meant(parts in parts()) {
        let url = parts.url();
        let link = read(&url).map_err(|error| TestCaseError::fail(format!("{url}: {error}")))?;
        let is_cart = matches!(parts.page, Page::Cart(_));
        let is_product = matches!(parts.page, Page::Product(_));
        prop_assert_eq!(&link.page, &parts.page, "{}", &url);
        prop_assert_eq!(link.marketplace, Some(parts.shop));
        prop_assert_eq!(link.tag.as_deref(), parts.tag.as_ref().map(PartnerTag::as_str));
        // A mark on a sale is nothing without a tag; the cart's form knows no language; only products have variants.
        let ascsubtag = parts.ascsubtag.as_deref().filter(|_| parts.tag.is_some());
        prop_assert_eq!(link.ascsubtag.as_deref(), ascsubtag);
        prop_assert_eq!(link.language.as_deref(), parts.language.filter(|_| !is_cart));
        prop_assert_eq!(link.pins, if is_product { parts.pins } else { Pins::default() });
        prop_assert_eq!(&link.link_code, &None);
        prop_assert!(!link.attribution && link.wrapped == 0);
        for problem in link.problems.iter() {
            prop_assert!(matches!(problem, Problem::NoTag | Problem::TagOfOtherShop), "{:?}: {}", problem, &url);
        }
    }

    #[test]
    fn there_is_exactly_one_affiliate_parameter_or_none(parts in parts()) {
        let url = parts.url();
        let expected: Vec<&str> = parts.tag.iter().map(PartnerTag::as_str).collect();
        prop_assert_eq!(affiliate_parameters(&url), expected, "{}", &url);
        let prefix = format!("https://{}/", parts.shop.host());
        prop_assert!(url.starts_with(&prefix), "{}", &url);
        prop_assert!(url.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"'<>\\^`{}".contains(&byte)), "{}", &url);
        prop_assert!(!url.contains("linkCode"), "a tool's code is faked: {}", &url);
    }

    #[test]
    fn linking_a_link_again_changes_nothing(parts in parts()) {
        let linker = linker_for_all_shops();
        let link = |text: &str| Target::parse(text).and_then(|target| linker.link(&target));
        let first = link(&parts.url()).unwrap();
        let second = link(&first.url).unwrap();
        prop_assert_eq!(&second, &first);
        // The tag that is written is the one configured for the shop, whatever stood there.
        let expected: Vec<String> =
            parts.shop.has_associates().then(|| format!("site-{}-20", parts.shop)).into_iter().collect();
        prop_assert_eq!(affiliate_parameters(&first.url), expected);
        prop_assert_eq!(&first.page, &parts.page);
        prop_assert_eq!(first.marketplace, parts.shop);
    }

    #[test]
    fn an_escaped_link_is_the_same_link(parts in parts()) {
        let url = parts.url();
        let plain = summary(&url);
        let json = url.replace('/', r"\/").replace('&', r"\u0026");
        let without_scheme = url.trim_start_matches("https:");
        for escaped in [
            url.replace('&', "&amp;"),
            url.replace('&', "&#38;"),
            json,
            encoded_component(&url),
            encoded_component(&encoded_component(&url)),
            format!(" <{url}>\n"),
            format!("\"{url}\""),
            without_scheme.to_owned(),
            without_scheme.trim_start_matches('/').to_owned(),
        ] {
            prop_assert_eq!(summary(&escaped), plain.as_str(), "{}", &escaped);
        }
    }

    #[test]
    fn a_wrapped_link_is_the_same_link(parts in parts()) {
        let url = parts.url();
        let expected = format!("{} wrapped=1", summary(&url));
        for parameter in [
            "https://www.google.com/url?q=",
            "https://l.facebook.com/l.php?u=",
            "https://go.skimresources.com/?id=1&url=",
            "https://buy.geni.us/Proxy.ashx?TSID=1&GR_URL=",
            "https://amzn.to/3xYzAbC?asc_refurl=",
            "https://www.amazon.com/gp/redirect.html?location=",
            "https://www.amazon.com/gp/r.html?C=1&U=",
        ] {
            let wrapped = format!("{parameter}{}", encoded_component(&url));
            prop_assert_eq!(summary(&wrapped), expected.as_str(), "{}", &wrapped);
        }
        for folder in ["https://assoc-redirect.amazon.com/g/r/", "https://aax-eu.amazon-adsystem.com/x/c/Qvf_0/"] {
            for inner in [url.clone(), encoded_component(&url)] {
                let wrapped = format!("{folder}{inner}");
                prop_assert_eq!(summary(&wrapped), expected.as_str(), "{}", &wrapped);
            }
        }
        // A target without a host is in the wrapper's shop.
        let host = format!("https://{}", parts.shop.host());
        let path = encoded_component(&url[host.len()..]);
        let relative = format!("{host}/sspa/click?spc=1&url={path}");
        prop_assert_eq!(summary(&relative), expected.as_str(), "{}", &relative);
    }

    #[test]
    fn a_number_is_the_same_target_as_its_link(number in asin(), parts in parts()) {
        let Parts { shop, tag: Some(tag), .. } = parts else { return Ok(()) };
        let linker = Linker::new(TagBook::new().with_default(tag)).with_home(shop);
        let link = |text: &str| Target::parse(text).and_then(|target| linker.link(&target)).map(|linked| linked.url);
        let from_link = link(&format!("{}/gp/product/{number}/ref=x", shop.host())).unwrap();
        // A number of letters only is a word until it stands in a link.
        if number.as_str().bytes().any(|byte| byte.is_ascii_digit()) {
            prop_assert_eq!(link(number.as_str()).unwrap(), from_link);
        }
    }
}
