//! Links as they come out of HTML, JSON, mails and other programs' output: the same link, escaped.

use crate::reading::{check_all, problem_names, summary};

const PLAIN: &str = "product us B08N5WRWNW tag=x-20 th=1";

#[test]
fn every_way_to_escape_a_link_is_undone() {
    for text in [
        "https://www.amazon.com/dp/B08N5WRWNW?th=1&tag=x-20",
        "https://www.amazon.com/dp/B08N5WRWNW?th=1&amp;tag=x-20",
        "https://www.amazon.com/dp/B08N5WRWNW?th=1&AMP;tag=x-20",
        "https://www.amazon.com/dp/B08N5WRWNW?th=1&amp;amp;tag=x-20",
        "https://www.amazon.com/dp/B08N5WRWNW?th=1&#38;tag=x-20",
        "https://www.amazon.com/dp/B08N5WRWNW?th=1&#038;tag=x-20",
        "https://www.amazon.com/dp/B08N5WRWNW?th=1&#x26;tag=x-20",
        r"https:\/\/www.amazon.com\/dp\/B08N5WRWNW?th=1&tag=x-20",
        r"https://www.amazon.com/dp/B08N5WRWNW?th=1\u0026tag=x-20",
        r"https://www.amazon.com/dp/B08N5WRWNW?th\u003d1\u0026tag\u003dx-20",
        "https%3A%2F%2Fwww.amazon.com%2Fdp%2FB08N5WRWNW%3Fth%3D1%26tag%3Dx-20",
        "https%3a%2f%2fwww.amazon.com%2fdp%2fB08N5WRWNW%3fth%3d1%26tag%3dx-20",
        "https%253A%252F%252Fwww.amazon.com%252Fdp%252FB08N5WRWNW%253Fth%253D1%2526tag%253Dx-20",
        "https://www.amazon.com%2Fdp%2FB08N5WRWNW%3Fth%3D1%26tag%3Dx-20",
        "www.amazon.com%2Fdp%2FB08N5WRWNW%3Fth%3D1%26tag%3Dx-20",
        "https://www.amazon.com/dp/B08N5WRWNW%3Fth%3D1%26tag%3Dx-20",
        "https://www.amazon.com/gp/product/B08N5WRWNW%3Fth%3D1%26tag%3Dx-20",
        "https://www.amazon.com/dp/B08N5WRWNW&th=1&tag=x-20",
        "https://www.amazon.com/dp/B08N5WRWNW/ref=nosim&th=1&tag=x-20",
    ] {
        assert_eq!(summary(text), PLAIN, "{text}");
    }
}

#[test]
fn a_query_glued_to_the_path_is_joined_with_the_real_one() {
    check_all([
        (
            "https://www.amazon.com/dp/B00015007W%3FSubscriptionId%3DAKIAJ%26tag%3Dws-20%26linkCode%3Dxm2",
            "product us B00015007W tag=ws-20 code=xm2",
        ),
        ("https://www.amazon.com/dp/B08N5WRWNW%3Ftag%3Dx-20?th=1", "product us B08N5WRWNW tag=x-20 th=1"),
        ("https://www.amazon.com/dp/B08N5WRWNW&tag=x-20?th=1", "product us B08N5WRWNW tag=x-20 th=1"),
        (
            "https://www.amazon.com/gp/redirect.html%3Flocation=%2Fdp%2FB08N5WRWNW",
            "product us B08N5WRWNW wrapped=1",
        ),
    ]);
}

#[test]
fn what_is_cut_off_is_still_read_as_far_as_it_goes() {
    check_all([
        ("https://www.amazon.com/dp/B08N5WRWNW?", "product us B08N5WRWNW"),
        ("https://www.amazon.com/dp/B08N5WRWNW?tag=x-20&", "product us B08N5WRWNW tag=x-20"),
        ("https://www.amazon.com/dp/B08N5WRWNW?tag=x-20&amp", "product us B08N5WRWNW tag=x-20"),
        ("https://www.amazon.com/dp/B08N5WRWNW?tag=x-20%", "product us B08N5WRWNW tag=x-20%"),
        ("https://www.amazon.com/dp/B08N5WRWNW?tag=x-20%2", "product us B08N5WRWNW tag=x-20%2"),
        ("https://www.amazon.com/dp/B08N5WRW", "broken us B08N5WRW"),
        ("https://www.amazon.com/d", "other us"),
        ("https://www.amazon.c", "look_alike"),
    ]);
}

#[test]
fn invalid_utf_8_in_an_escape_is_no_panic() {
    check_all([
        ("https://www.amazon.com/s?k=%FF%FE", "search us \"\u{fffd}\u{fffd}\""),
        ("https://www.amazon.com/s?k=%E3%83", "search us \"\u{fffd}\""),
        ("https://www.amazon.com/dp/%FF", "broken us \u{fffd}"),
    ]);
    assert_eq!(problem_names("https://www.amazon.com/dp/%FF?tag=x-20"), ["broken_asin"]);
}
