//! Links that pretend to be Amazon's: refused, as a browser would not go to Amazon either.

use linkwright_zero::{Catalog, CatalogFormat};

use crate::reading::{check_all, summary};

#[test]
fn look_alike_hosts_are_refused() {
    for host in [
        "www.amazon.com.evil.example",
        "amazon.com.evil.example",
        "amazon.in.evil.example",
        "www.amazon.co",
        "www.amazon.uk",
        "www.amazon.com.de",
        "www.amazon.com-deals.example",
        "amazon-aws.com",
        "amazon-shop.de",
        "my-amazon.com",
        "www.notamazon.com",
        "amazon.evil",
        "amazon.com.",
        "www.amazon.com..",
        "amzn.to.evil.example",
        "link.amazon.evil.example",
        "amzn.de",
        "xn--mazon-3ve.com",
        "www.xn--amzon-ucc.com",
        // Cyrillic `а`, Greek `ο`, a full-width letter.
        "www.\u{430}mazon.com",
        "www.amaz\u{3bf}n.com",
        "www.\u{ff41}mazon.com",
    ] {
        let found = summary(&format!("https://{host}/dp/B08N5WRWNW?tag=x-20"));
        let expected = if host == "amazon.com." { "product us B08N5WRWNW tag=x-20" } else { "look_alike" };
        assert_eq!(found, expected, "{host}");
    }
}

#[test]
fn user_info_is_refused_even_before_a_real_shop() {
    for text in [
        "https://www.amazon.com@evil.example/dp/B08N5WRWNW",
        "https://amazon.com@evil.example/dp/B08N5WRWNW",
        "amazon.in@evil.example/dp/B08N5WRWNW",
        "https://www.amazon.com:443@evil.example/dp/B08N5WRWNW",
        "https://www.amazon.com:x@evil.example/dp/B08N5WRWNW",
        "https://user:password@www.amazon.com/dp/B08N5WRWNW",
        "https://@www.amazon.com/dp/B08N5WRWNW",
        "https://www.amazon.com%40evil.example/dp/B08N5WRWNW",
        "https%3A%2F%2Fwww.amazon.com%40evil.example%2Fdp%2FB08N5WRWNW",
    ] {
        assert_eq!(summary(text), "user_info", "{text}");
    }
}

#[test]
fn a_backslash_ends_the_host_as_it_does_in_a_browser() {
    check_all([
        // The browser goes to the host before the backslash.
        (r"https://evil.example\@www.amazon.com/dp/B08N5WRWNW", "not_amazon"),
        (r"https://evil.example\\@www.amazon.com/dp/B08N5WRWNW", "not_amazon"),
        (r"https://evil.example\www.amazon.com/dp/B08N5WRWNW", "not_amazon"),
        (r"https://evil.example\.www.amazon.com/dp/B08N5WRWNW", "not_amazon"),
        (r"https://www.amazon.com\@evil.example/dp/B08N5WRWNW", "product us B08N5WRWNW"),
        (r"https://www.amazon.com\.evil.example/dp/B08N5WRWNW", "product us B08N5WRWNW"),
        (r"https:\\www.amazon.com\dp\B08N5WRWNW", "product us B08N5WRWNW"),
        (r"https:\/\/www.amazon.com\/dp\/B08N5WRWNW", "product us B08N5WRWNW"),
    ]);
}

#[test]
fn tabs_and_line_breaks_vanish_as_in_a_browser() {
    for hidden in ["\t", "\n", "\r\n", "\r"] {
        let split_host = format!("https://www.ama{hidden}zon.com/dp/B08N5WRWNW");
        assert_eq!(summary(&split_host), "product us B08N5WRWNW", "{split_host:?}");
        let split_number = format!("https://www.amazon.com/dp/B08N5{hidden}WRWNW");
        assert_eq!(summary(&split_number), "product us B08N5WRWNW", "{split_number:?}");
        let longer_host = format!("https://www.amazon.com{hidden}.evil.example/dp/B08N5WRWNW");
        assert_eq!(summary(&longer_host), "look_alike", "{longer_host:?}");
        let user_info = format!("https://www.amazon.com{hidden}@evil.example/dp/B08N5WRWNW");
        assert_eq!(summary(&user_info), "user_info", "{user_info:?}");
    }
}

#[test]
fn ports_other_than_the_two_usual_ones_are_not_amazon() {
    check_all([
        ("https://www.amazon.com:443/dp/B08N5WRWNW", "product us B08N5WRWNW"),
        ("http://www.amazon.com:80/dp/B08N5WRWNW", "product us B08N5WRWNW"),
        ("https://www.amazon.com:/dp/B08N5WRWNW", "product us B08N5WRWNW"),
        ("https://www.amazon.com:8443/dp/B08N5WRWNW", "not_amazon"),
        ("https://www.amazon.com:evil.example/dp/B08N5WRWNW", "not_amazon"),
        ("https://www.amazon.com:443.evil.example/dp/B08N5WRWNW", "not_amazon"),
    ]);
}

#[test]
fn an_encoded_host_is_what_it_decodes_to() {
    check_all([
        ("https://www.amazon%2Ecom/dp/B08N5WRWNW", "product us B08N5WRWNW"),
        ("https://www.amazon.com%2Eevil.example/dp/B08N5WRWNW", "look_alike"),
        ("https://evil.example%2F@www.amazon.com/dp/B08N5WRWNW", "user_info"),
        ("https://evil.example%2Fwww.amazon.com/dp/B08N5WRWNW", "not_amazon"),
        ("https://evil.example%3F.www.amazon.com/dp/B08N5WRWNW", "not_amazon"),
        ("https://www.amazon.com%09.evil.example/dp/B08N5WRWNW", "look_alike"),
        ("https://www.amazon%252Ecom/dp/B08N5WRWNW", "product us B08N5WRWNW"),
    ]);
}

#[test]
fn other_hosts_and_schemes_are_not_amazon() {
    for text in [
        "",
        " ",
        "https://",
        "https:///",
        "kettle",
        "two words",
        "https://evil.example/www.amazon.com/dp/B08N5WRWNW",
        "https://evil.example/?u=https://www.amazon.com/dp/B08N5WRWNW",
        "https://evil.example#www.amazon.com/dp/B08N5WRWNW",
        "https://evil.example?www.amazon.com/dp/B08N5WRWNW",
        "evil.example/dp/B08N5WRWNW",
        "javascript:alert(1)//www.amazon.com/dp/B08N5WRWNW",
        "data:text/html,www.amazon.com/dp/B08N5WRWNW",
        "ftp://www.amazon.com/dp/B08N5WRWNW",
        "file:///www.amazon.com/dp/B08N5WRWNW",
        "mailto:x@www.amazon.com",
        "amazon",
        "amazon/dp/B08N5WRWNW",
        "my www.amazon.com/dp/B08N5WRWNW",
        "/dp/B08N5WRWNW",
        "dp/B08N5WRWNW",
    ] {
        let found = summary(text);
        assert_eq!(found, "not_amazon", "{text:?}");
    }
}

#[test]
fn a_percent_sign_that_encodes_nothing_is_only_a_character() {
    check_all([
        ("50% off", "not_amazon"),
        ("100%", "not_amazon"),
        ("50%zz", "not_amazon"),
        ("evil.example%zz", "not_amazon"),
        ("https://www.amazon.com%zz/dp/B08N5WRWNW", "look_alike"),
        ("https://www.amazon.com/dp/B08N5WRWNW%zz", "product us B08N5WRWNW"),
    ]);
}

#[test]
fn a_spoof_is_not_taken_for_amazons_own_picture() {
    // The catalog refuses Amazon's pictures by the same reading: a look-alike's is the author's own affair.
    let catalog =
        |image: &str| Catalog::parse(&format!("asin,image\nB08N5WRWNW,{image}\n"), CatalogFormat::Csv);
    assert!(catalog("https://m.media-amazon.com/images/I/71a.jpg").is_err());
    assert!(catalog("https://images-amazon.com.evil.example/71a.jpg").is_ok());
}

/// What repeats without end must end in an answer: no recursion by the text's length, no time that grows with its square.
/// The stack is small on purpose; the test program's own limit stands for the time.
#[test]
fn hostile_lengths_are_answered() {
    let link = "https://www.amazon.com";
    let many = |unit: &str| unit.repeat(1_000_000 / unit.len());
    let texts = vec![
        format!("{link}{}", many("/-/en")),
        format!("{link}{}/dp/B08N5WRWNW", many("/a")),
        format!("{link}/dp/B08N5WRWNW/x\\{}", many("&#")),
        format!("{link}/dp/B08N5WRWNW?tag=maas&{}", many("amp;")),
        format!("{link}/dp/B08N5WRWNW?{}", many("&amp;")),
        format!("{link}/dp/B08N5WRWNW?{}", many("tag=x-20&")),
        format!("{link}/{}", many("%25")),
        format!("https%3A%2F%2F{}", many("%2525")),
        format!("{link}/gp/aws/cart/add.html?{}", many("ASIN.1=B08N5WRWNW&")),
        format!("{link}/s?k={}", many("+")),
        format!("{link}/{}", many("&x/")),
        format!("https://www.google.com/url?q={}", many("https://www.google.com/url?q=")),
        many("-/"),
        many("\\/"),
    ];
    let reader = std::thread::Builder::new().stack_size(256 * 1024).spawn(move || {
        for text in &texts {
            let _answer = linkwright_zero::read(text);
            if let Ok(target) = linkwright_zero::Target::parse(text) {
                let _linked = linkwright_zero::Linker::default().link(&target);
            }
        }
        let cart: String = (0..50_000).map(|n| format!("ASIN.{n}=B08N5WRWNW&Quantity.{n}=2&")).collect();
        let _answer = linkwright_zero::read(&format!("{link}/gp/aws/cart/add.html?{cart}"));
    });
    reader.unwrap().join().unwrap();
}
