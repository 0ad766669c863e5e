//! Links that hold another link in themselves.

use linkwright_zero::{ReadError, read};

use crate::reading::{check_all, summary};

/// The link inside, percent-encoded once.
const ENCODED: &str = "https%3A%2F%2Fwww.amazon.de%2FKettle%2Fdp%2FB08N5WRWNW%3Ftag%3Dx-21%26th%3D1";

/// How deep wrappers may be inside each other (`read` documents a bound; real chains have at most three).
const DEEPEST: usize = 8;

#[test]
fn every_wrapper_of_amazons_is_taken_off() {
    check_all([
        (
            "https://www.amazon.de/sspa/click?ie=UTF8&spc=abc&url=%2FKettle%2Fdp%2FB08N5WRWNW%2Fref%3Dsr_1_1_sspa%3Fth%3D1",
            "product de B08N5WRWNW th=1 wrapped=1",
        ),
        (
            "https://www.amazon.de/gp/slredirect/picassoRedirect.html/ref=pa_sp?ie=UTF8&url=%2Fdp%2FB08N5WRWNW%3Fpsc%3D1",
            "product de B08N5WRWNW psc=1 wrapped=1",
        ),
        (
            "https://www.amazon.de/gp/slredirect/picassoRedirect.html?url=https%3A%2F%2Fwww.amazon.fr%2Fdp%2FB08N5WRWNW",
            "product fr B08N5WRWNW wrapped=1",
        ),
        (
            "https://www.amazon.com/gp/redirect.html?location=%2Fdp%2FB08N5WRWNW",
            "product us B08N5WRWNW wrapped=1",
        ),
        (
            "https://www.amazon.com/gp/redirect.html/ref=x?url=https%3A%2F%2Fwww.amazon.co.uk%2Fdp%2FB08N5WRWNW",
            "product uk B08N5WRWNW wrapped=1",
        ),
        (
            "https://www.amazon.com/gp/r.html?C=1&K=2&U=https%3A%2F%2Fwww.amazon.com%2Fdp%2FB08N5WRWNW%3Fref_%3Dpe",
            "product us B08N5WRWNW wrapped=1",
        ),
        (
            "https://www.amazon.com/gp/f.html?U=https%3A%2F%2Fwww.amazon.com%2Fdp%2FB08N5WRWNW",
            "product us B08N5WRWNW wrapped=1",
        ),
        (
            "http://www.amazon.com/exec/obidos/redirect?tag=x-20&path=ASIN/B08N5WRWNW",
            "product us B08N5WRWNW tag=x-20 wrapped=1",
        ),
        (
            "https://aax-eu.amazon-adsystem.com/x/c/QvfIoNFf2b_0/https://www.amazon.de/dp/B08N5WRWNW?tag=x-21",
            "product de B08N5WRWNW tag=x-21 wrapped=1",
        ),
        (
            "https://aax-us-iad.amazon.com/x/c/QvfIoNFf2b_0/https://www.amazon.com/dp/B08N5WRWNW",
            "product us B08N5WRWNW wrapped=1",
        ),
        (
            "https://assoc-redirect.amazon.com/g/r/https://www.amazon.com/dp/B08N5WRWNW?tag=x-20",
            "product us B08N5WRWNW tag=x-20 wrapped=1",
        ),
        (
            "https://aax-us-east.amazon-adsystem.com/x/c/Qvf_0/https://assoc-redirect.amazon.com/g/r/https://www.amazon.com/dp/B08N5WRWNW?tag=x-20",
            "product us B08N5WRWNW tag=x-20 wrapped=2",
        ),
    ]);
}

#[test]
fn every_redirector_with_its_target_in_a_parameter_is_taken_off() {
    for wrapper in [
        "https://www.google.com/url?sa=t&q=",
        "https://www.google.co.uk/url?sa=t&url=",
        "https://l.facebook.com/l.php?h=AT0&u=",
        "https://www.facebook.com/l.php?u=",
        "https://out.reddit.com/t3_abc?url=",
        "https://go.skimresources.com/?id=1X2&xs=1&url=",
        "https://go.redirectingat.com/?id=1X2&url=",
        "https://redirect.viglink.com/?key=1&u=",
        "https://shop-links.co/link/?exclusive=1&url=",
        "https://www.youtube.com/redirect?event=video_description&q=",
        "https://slickdeals.net/?pno=1&u2=",
        "https://duckduckgo.com/l/?uddg=",
        "https://r.amzlink.to/?btn_url=",
        "https://buy.geni.us/Proxy.ashx?TSID=1&GR_URL=",
        "https://target.georiot.com/Proxy.ashx?tsid=1&GR_URL=",
        "https://amzn.to/3xYzAbC?asc_refurl=",
    ] {
        for (before, after) in [("", ""), ("", "&sa=D&usg=AOvVaw0")] {
            let link = format!("{before}{wrapper}{ENCODED}{after}");
            assert_eq!(summary(&link), "product de B08N5WRWNW tag=x-21 th=1 wrapped=1", "{link}");
        }
        // The same redirector, leading elsewhere. A shortener's parameter mostly names the page the link stood on.
        let elsewhere = format!("{wrapper}https%3A%2F%2Fevil.example%2Fdp%2FB08N5WRWNW");
        let expected = if wrapper.contains("asc_refurl") { "short - 3xYzAbC" } else { "not_amazon" };
        assert_eq!(summary(&elsewhere), expected, "{elsewhere}");
    }
}

#[test]
fn a_wrapper_without_a_product_is_what_it_holds() {
    check_all([
        (
            "https://www.amazon.com/gp/redirect.html?location=%2Fs%3Fk%3Dkettle",
            "search us \"kettle\" wrapped=1",
        ),
        ("https://www.google.com/url?q=https%3A%2F%2Famzn.to%2F3xYzAbC", "short - 3xYzAbC wrapped=1"),
        ("https://www.google.com/url?q=https%3A%2F%2Fwww.amazon.com%2F", "home us wrapped=1"),
        // A page of a redirector that redirects nowhere.
        ("https://www.amazon.com/sspa/click?ie=UTF8", "other us"),
        ("https://www.amazon.com/gp/redirect.html", "other us"),
        ("https://www.google.com/search?q=kettle", "not_amazon"),
        ("https://www.google.com/", "not_amazon"),
        ("https://www.google.com/url?q=https%3A%2F%2Fwww.amazon.com%40evil.example%2F", "user_info"),
        ("https://www.google.com/url?q=https%3A%2F%2Fwww.amazon.com.evil.example%2F", "look_alike"),
        // Out of the shop.
        (
            "https://www.amazon.com/gp/redirect.html?location=https%3A%2F%2Fevil.example%2F&token=1",
            "not_amazon",
        ),
        (
            "https://www.amazon.com/gp/redirect.html?location=%2F%2Fevil.example%2Fdp%2FB08N5WRWNW",
            "not_amazon",
        ),
    ]);
}

#[test]
fn the_wrappers_own_tag_counts_if_the_target_has_none() {
    check_all([
        (
            "https://www.amazon.com/gp/redirect.html?location=%2Fdp%2FB08N5WRWNW&tag=outer-20",
            "product us B08N5WRWNW tag=outer-20 wrapped=1",
        ),
        (
            "https://www.amazon.com/gp/redirect.html?location=%2Fdp%2FB08N5WRWNW%3Ftag%3Dinner-20&tag=outer-20",
            "product us B08N5WRWNW tag=inner-20 wrapped=1",
        ),
        // A tag belongs to one shop.
        (
            "https://www.amazon.com/gp/redirect.html?location=https%3A%2F%2Fwww.amazon.de%2Fdp%2FB08N5WRWNW&tag=outer-20",
            "product de B08N5WRWNW wrapped=1",
        ),
        // The marks of Amazon Attribution count there, too: such a link belongs to another programme.
        (
            "https://www.amazon.com/gp/redirect.html?location=%2Fdp%2FB08N5WRWNW&tag=maas",
            "product us B08N5WRWNW tag=maas attribution wrapped=1",
        ),
    ]);
}

/// `levels` redirectors around a product link, each encoding all inside it once more.
fn nested(levels: usize) -> String {
    let mut link = "https://www.amazon.com/dp/B08N5WRWNW".to_owned();
    for _ in 0..levels {
        let encoded: String = link
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || c == '.' {
                    c.to_string()
                } else {
                    format!("%{:02X}", u32::from(c))
                }
            })
            .collect();
        link = format!("https://www.google.com/url?q={encoded}");
    }
    link
}

#[test]
fn wrappers_are_taken_off_up_to_a_bound_and_no_further() {
    for levels in 0..=DEEPEST {
        let link = nested(levels);
        let read = read(&link).unwrap_or_else(|error| panic!("{levels}: {error}"));
        assert_eq!(usize::from(read.wrapped), levels);
        assert!(read.page.asin().is_some(), "{levels}");
    }
    for levels in [DEEPEST + 1, DEEPEST + 2, 30] {
        assert_eq!(read(&nested(levels)), Err(ReadError::TooManyWrappers), "{levels}");
    }
}

#[test]
fn relative_wrappers_inside_each_other_are_bounded_too() {
    let nested = |levels: usize| {
        let mut path = "/dp/B08N5WRWNW".to_owned();
        for _ in 0..levels {
            path = format!(
                "/sspa/click?url={}",
                path.replace('%', "%25").replace('/', "%2F").replace('?', "%3F").replace('=', "%3D")
            );
        }
        format!("https://www.amazon.com{path}")
    };
    assert_eq!(summary(&nested(DEEPEST)), format!("product us B08N5WRWNW wrapped={DEEPEST}"));
    assert_eq!(summary(&nested(DEEPEST + 1)), "too_many_wrappers");
}
