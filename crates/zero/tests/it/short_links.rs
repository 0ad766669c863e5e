//! Short links: recognised, kept as they are, never guessed at.

use linkwright_zero::{Page, read};

use crate::reading::check_all;

#[test]
fn short_links_stay_short_with_their_code_as_it_is() {
    check_all([
        ("https://amzn.to/3xYzAbC", "short - 3xYzAbC"),
        ("amzn.to/3xYzAbC", "short - 3xYzAbC"),
        ("https://AMZN.TO/3xYzAbC", "short - 3xYzAbC"),
        ("https://www.amzn.to/3xYzAbC/", "short - 3xYzAbC"),
        ("https://a.co/d/9aBcDeF", "short - 9aBcDeF"),
        ("https://amzn.eu/d/9aBcDeF", "short - 9aBcDeF"),
        ("https://amzn.asia/d/9aBcDeF", "short - 9aBcDeF"),
        ("https://amzn.in/d/9aBcDeF", "short in 9aBcDeF"),
        ("https://amzlinks.in/B0aBcDeFgH", "short - B0aBcDeFgH"),
        ("https://amzlink.to/az0aBcDeF", "short - az0aBcDeF"),
        ("https://amazon.app.link/aBcDeF", "short - aBcDeF"),
        ("https://amazon.page.link/aBcDeF", "short - aBcDeF"),
    ]);
}

#[test]
fn a_code_that_looks_like_an_asin_is_none() {
    for text in [
        "https://link.amazon/B019JQ4Xw",
        "https://link.amazon/B0hPwg5JT",
        "https://link.amazon/B0ABCDEFGH",
        "https://link.amazon/b08n5wrwnw",
        "link.amazon/B08N5WRWNW?tag=x-20",
        "https://LINK.AMAZON/B08N5WRWNW",
        "https://link.amazon/dp/B08N5WRWNW",
        "https://amzn.to/B08N5WRWNW",
        "https://a.co/d/B08N5WRWNW",
        "https://amzlinks.in/B08N5WRWNW",
    ] {
        let link = read(text).unwrap();
        assert!(link.is_short(), "{text}");
        assert_eq!(link.page.asin(), None, "{text}");
        let Page::Short(code) = &link.page else { panic!("{text}") };
        assert!(text.contains(&**code), "{text}: the code's case is changed: {code}");
    }
}

#[test]
fn the_us_shop_has_a_short_name_that_hides_nothing() {
    check_all([
        ("https://amzn.com/dp/B08N5WRWNW?tag=x-20", "product us B08N5WRWNW tag=x-20"),
        ("https://amzn.com/B08N5WRWNW", "product us B08N5WRWNW"),
        ("https://www.amzn.com/b08n5wrwnw/", "product us B08N5WRWNW"),
        ("https://amzn.com/HELLOWORLD", "other us"),
    ]);
}

#[test]
fn a_short_link_that_names_its_target_is_not_short() {
    check_all([
        (
            "https://amzn.to/3xYzAbC?asc_refurl=https%3A%2F%2Fwww.amazon.de%2Fdp%2FB08N5WRWNW%3Ftag%3Dx-21",
            "product de B08N5WRWNW tag=x-21 wrapped=1",
        ),
        // Mostly it names the page the link stood on.
        ("https://amzn.to/3xYzAbC?asc_refurl=https%3A%2F%2Fblog.example%2Fpost", "short - 3xYzAbC"),
    ]);
}
