//! What a person may point at: numbers, links, words.

use linkwright_core::ErrorKind;
use linkwright_zero::{Page, Target};

/// `product B…`, `search "…"`, `link product`, or the error's reason.
fn parse(text: &str) -> String {
    match Target::parse(text) {
        Ok(Target::Page(Page::Product(asin))) => format!("product {asin}"),
        Ok(Target::Page(Page::Search { words, index: None })) => format!("search {words:?}"),
        Ok(Target::Link { link, .. }) => format!("link {}", link.page.kind()),
        Ok(other) => format!("{other:?}"),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::RequestInvalid, "{text}");
            error.context_value("reason").unwrap().to_owned()
        }
    }
}

#[track_caller]
fn check(rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        assert_eq!(parse(text), *expected, "{text:?}");
    }
}

#[test]
fn asins() {
    check(&[
        ("B08N5WRWNW", "product B08N5WRWNW"),
        ("  B08N5WRWNW\n", "product B08N5WRWNW"),
        ("b08n5wrwnw", "product B08N5WRWNW"),
        ("b0abcdefgh", "product B0ABCDEFGH"),
        ("B0abcdefgh", "product B0ABCDEFGH"),
        ("BT00LMP8OO", "product BT00LMP8OO"),
        // Ten letters are a word, whatever their case; a number has a digit.
        ("basketball", "words"),
        ("BASKETBALL", "words"),
        ("Basketball", "words"),
        ("HELLOWORLD", "words"),
        // Of lower-case numbers only those that begin as all of today's do.
        ("bt00lmp8oo", "words"),
        ("B08N5WRWN", "words"),
        ("B08N5WRWNWX", "words"),
        ("B019JQ4Xw", "words"),
        ("B08N5 WRWNW", "words"),
    ]);
}

#[test]
fn isbns() {
    check(&[
        ("0306406152", "product 0306406152"),
        ("080442957X", "product 080442957X"),
        ("080442957x", "product 080442957X"),
        ("0-306-40615-2", "product 0306406152"),
        ("0 306 40615 2", "product 0306406152"),
        ("978-3-16-148410-0", "product 316148410X"),
        ("9783161484100", "product 316148410X"),
        ("978 0 306 40615 7", "product 0306406152"),
        ("979-10-90636-07-1", "search \"9791090636071\""),
        ("0306406153", "isbn_check_digit"),
        ("0-306-40615-3", "isbn_check_digit"),
        ("9783161484101", "isbn_check_digit"),
        ("4006381333931", "words"),
        ("030640615", "words"),
        ("03064061522", "words"),
    ]);
}

#[test]
fn an_isbn_may_have_its_name_before_it() {
    check(&[
        ("ISBN 0306406152", "product 0306406152"),
        ("ISBN 0-306-40615-2", "product 0306406152"),
        ("ISBN: 0306406152", "product 0306406152"),
        ("ISBN-10: 0306406152", "product 0306406152"),
        ("ISBN-10 1633437167", "product 1633437167"),
        ("ISBN10 3161484105", "isbn_check_digit"),
        ("ISBN 1-4028-9462-7", "product 1402894627"),
        ("ISBN 316148410X", "product 316148410X"),
        ("ISBN 1303306018", "product 1303306018"),
        ("isbn 9783161484100", "product 316148410X"),
        ("Isbn 9783161484100", "product 316148410X"),
        ("ISBN-13: 978-3-16-148410-0", "product 316148410X"),
        ("ISBN-13 9783161484100", "product 316148410X"),
        ("ISBN13:9783161484100", "product 316148410X"),
        ("ISBN-13: 979-10-90636-07-1", "search \"9791090636071\""),
        ("ISBN", "words"),
        ("ISBN-13:", "words"),
        ("ISBN kettle", "words"),
    ]);
}

#[test]
fn links() {
    check(&[
        ("https://www.amazon.com/dp/B08N5WRWNW", "link product"),
        ("amazon.de/dp/B08N5WRWNW", "link product"),
        ("<https://www.amazon.com/dp/B08N5WRWNW>", "link product"),
        ("https://amzn.to/3xYzAbC", "link short"),
        ("https://www.amazon.com/dp/HELLOWORLD", "link broken"),
        ("https://evil.example/dp/B08N5WRWNW", "not_amazon"),
        ("evil.example/dp/B08N5WRWNW", "not_amazon"),
        ("https://www.amazon.com.evil.example/dp/B08N5WRWNW", "look_alike"),
        ("https://www.amazon.com@evil.example/dp/B08N5WRWNW", "user_info"),
    ]);
}

#[test]
fn words_are_words() {
    check(&[
        ("", "words"),
        (" ", "words"),
        ("kettle", "words"),
        ("electric kettle 1.7 l", "words"),
        ("ポット", "words"),
        ("100% cotton", "words"),
        ("50% off", "words"),
        ("AC/DC", "words"),
        ("what? a kettle #1", "words"),
        ("kettle.", "words"),
    ]);
    for (words, expected) in [("  two words ", "two words"), ("ポット", "ポット"), ("", "")] {
        let target = Target::words(words);
        assert_eq!(target.page(), &Page::Search { words: expected.into(), index: None });
    }
}

#[test]
fn the_text_of_a_link_is_kept_as_it_was_given() {
    let text = " https://www.amazon.com/dp/B08N5WRWNW?a&amp;b ";
    let target = Target::parse(text).unwrap();
    let Target::Link { text: kept, .. } = &target else { panic!("{target:?}") };
    assert_eq!(*kept, text);
    assert_eq!(target.page().kind(), "product");
}

#[test]
fn messages_name_the_text_and_are_of_bounded_length() {
    let message = |text: &str| Target::parse(text).unwrap_err().message().to_owned();
    assert_eq!(message("kettle"), "not an ASIN, an ISBN or an Amazon link: `kettle`");
    assert_eq!(message("0306406153"), "mistyped ISBN: `0306406153`; its last digit should be 2");
    assert!(message(&"ö".repeat(10_000)).chars().count() < 200);
    assert!(message(&format!("https://evil.example/{}", "x".repeat(10_000))).chars().count() < 300);
}

/// Whoever drops what stands beside a link may drop a second link.
#[test]
fn a_target_is_one_link_and_nothing_else() {
    for text in [
        "https://www.amazon.com/dp/B08N5WRWNW https://www.amazon.com/dp/B00ZV9RDKK",
        "https://www.amazon.com/dp/B08N5WRWNW,https://www.amazon.com/dp/B00ZV9RDKK",
        "https://www.amazon.com/dp/B08N5WRWNW?tag=x-20,Steel kettle,42",
        "https://www.amazon.com/dp/B08N5WRWNW is my favourite",
        "Acme Kettle https://a.co/d/abc1234",
    ] {
        let error = Target::parse(text).unwrap_err();
        assert_eq!(error.context_value("reason"), Some("more_than_a_link"), "{text}");
    }
    // Words of a search are pasted with their blanks.
    assert!(Target::parse("https://www.amazon.com/s?k=usb c cable").is_ok());
}
