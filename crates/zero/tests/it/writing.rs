//! What links are written as, letter by letter.

use std::borrow::Cow;

use linkwright_core::{Asin, Error, ErrorKind, Marketplace, PartnerTag};
use linkwright_zero::{CartLine, OutboundLink, Page, Pins, Storefront, WriteError};

fn asin(text: &str) -> Asin {
    Asin::parse(text).unwrap()
}

fn search(words: &'static str, index: Option<&'static str>) -> Page<'static> {
    Page::Search { words: words.into(), index: index.map(Cow::from) }
}

fn cart(lines: &[(&str, u16)]) -> Page<'static> {
    Page::Cart(
        lines.iter().map(|(number, quantity)| CartLine { asin: asin(number), quantity: *quantity }).collect(),
    )
}

/// A page, what follows the host untagged, and what follows it with the tag `demo-NN`.
fn pages() -> Vec<(Page<'static>, &'static str, &'static str)> {
    vec![
        (Page::Product(asin("B08N5WRWNW")), "dp/B08N5WRWNW", "dp/B08N5WRWNW?tag=TAG"),
        (Page::Product(asin("080442957x")), "dp/080442957X", "dp/080442957X?tag=TAG"),
        (search("kettle", None), "s?k=kettle", "s?k=kettle&tag=TAG"),
        (
            search("two words & more=?", None),
            "s?k=two+words+%26+more%3D%3F",
            "s?k=two+words+%26+more%3D%3F&tag=TAG",
        ),
        (
            search("Größe 42+", Some("shoes")),
            "s?k=Gr%C3%B6%C3%9Fe+42%2B&i=shoes",
            "s?k=Gr%C3%B6%C3%9Fe+42%2B&i=shoes&tag=TAG",
        ),
        (Page::BrowseNode("172282".into()), "b?node=172282", "b?node=172282&tag=TAG"),
        (Page::Bestsellers(None), "gp/bestsellers", "gp/bestsellers?tag=TAG"),
        (
            Page::Bestsellers(Some("electronics/172282".into())),
            "gp/bestsellers/electronics/172282",
            "gp/bestsellers/electronics/172282?tag=TAG",
        ),
        (
            Page::Storefront(Storefront::Page("3E3C387A-504A-4387-A1A1-4DC76081B545".into())),
            "stores/page/3E3C387A-504A-4387-A1A1-4DC76081B545",
            "stores/page/3E3C387A-504A-4387-A1A1-4DC76081B545?tag=TAG",
        ),
        (
            Page::Storefront(Storefront::Brand("A & B".into())),
            "stores/A%20%26%20B",
            "stores/A%20%26%20B?tag=TAG",
        ),
        (Page::Storefront(Storefront::Creator("handle".into())), "shop/handle", "shop/handle?tag=TAG"),
        (Page::Author("B000APRTKE".into()), "e/B000APRTKE", "e/B000APRTKE?tag=TAG"),
        (Page::Author("some.name".into()), "author/some.name", "author/some.name?tag=TAG"),
        (Page::Prime, "tryprimefree", "tryprimefree?tag=TAG"),
        (
            cart(&[("B08N5WRWNW", 2), ("080442957X", 1)]),
            "gp/aws/cart/add.html?ASIN.1=B08N5WRWNW&Quantity.1=2&ASIN.2=080442957X&Quantity.2=1",
            "gp/aws/cart/add.html?AssociateTag=TAG&ASIN.1=B08N5WRWNW&Quantity.1=2&ASIN.2=080442957X&Quantity.2=1",
        ),
        (
            cart(&[("B08N5WRWNW", 1)]),
            "gp/aws/cart/add.html?ASIN.1=B08N5WRWNW&Quantity.1=1",
            "gp/aws/cart/add.html?AssociateTag=TAG&ASIN.1=B08N5WRWNW&Quantity.1=1",
        ),
    ]
}

#[test]
fn every_page_is_written_in_every_shop() {
    for shop in Marketplace::ALL {
        for (page, untagged, tagged) in pages() {
            let host = shop.host();
            assert_eq!(
                OutboundLink::untagged(&page, shop).url().unwrap(),
                format!("https://{host}/{untagged}")
            );
            let Some(suffix) = shop.tag_suffix() else { continue };
            let tag = PartnerTag::new(&format!("demo-{}", suffix.number()), shop).unwrap();
            let expected = format!("https://{host}/{}", tagged.replace("TAG", tag.as_str()));
            assert_eq!(OutboundLink::tagged(&page, &tag).url().unwrap(), expected);
        }
    }
}

#[test]
fn a_few_links_in_full() {
    let check = |page: &Page<'_>, tag: &str, shop, expected: &str| {
        let tag = PartnerTag::new(tag, shop).unwrap();
        assert_eq!(OutboundLink::tagged(page, &tag).url().unwrap(), expected);
    };
    let product = Page::Product(asin("B08N5WRWNW"));
    check(&product, "demo-20", Marketplace::Us, "https://www.amazon.com/dp/B08N5WRWNW?tag=demo-20");
    check(&product, "demo-21", Marketplace::Uk, "https://www.amazon.co.uk/dp/B08N5WRWNW?tag=demo-21");
    check(&product, "demo-21", Marketplace::Be, "https://www.amazon.com.be/dp/B08N5WRWNW?tag=demo-21");
    check(&product, "demo-22", Marketplace::Jp, "https://www.amazon.co.jp/dp/B08N5WRWNW?tag=demo-22");
    check(
        &search("ポット", None),
        "demo-22",
        Marketplace::Jp,
        "https://www.amazon.co.jp/s?k=%E3%83%9D%E3%83%83%E3%83%88&tag=demo-22",
    );
    check(
        &search("a\u{0}\n\t\"<'", None),
        "linkfiregen",
        Marketplace::Us,
        "https://www.amazon.com/s?k=a%00%0A%09%22%3C%27&tag=linkfiregen",
    );
}

#[test]
fn pins_language_and_ascsubtag_stand_in_one_order() {
    let product = Page::Product(asin("B08N5WRWNW"));
    let words = search("kettle", None);
    let tag = PartnerTag::new("demo-20", Marketplace::Us).unwrap();
    let both = Pins { th: Some(1), psc: Some(1) };
    let check = |link: OutboundLink<'_>, expected: &str| {
        assert_eq!(link.url().unwrap(), format!("https://www.amazon.com/{expected}"));
    };
    check(OutboundLink::tagged(&product, &tag).with_pins(both), "dp/B08N5WRWNW?th=1&psc=1&tag=demo-20");
    check(OutboundLink::untagged(&product, Marketplace::Us).with_pins(both), "dp/B08N5WRWNW?th=1&psc=1");
    check(
        OutboundLink::tagged(&product, &tag).with_pins(Pins { th: Some(0), psc: Some(1) }),
        "dp/B08N5WRWNW?psc=1&tag=demo-20",
    );
    check(
        OutboundLink::tagged(&product, &tag)
            .with_ascsubtag("page|7")
            .unwrap()
            .with_pins(both)
            .with_language("es_US")
            .unwrap(),
        "dp/B08N5WRWNW?th=1&psc=1&language=es_US&tag=demo-20&ascsubtag=page%7C7",
    );
    check(
        OutboundLink::tagged(&words, &tag)
            .with_language("de_DE")
            .unwrap()
            .with_ascsubtag("a")
            .unwrap()
            .with_pins(both),
        "s?k=kettle&language=de_DE&tag=demo-20&ascsubtag=a",
    );
    // The mark on a sale is for the owner of the tag, so without one it is not written.
    check(
        OutboundLink::untagged(&product, Marketplace::Us)
            .with_ascsubtag("a")
            .unwrap()
            .with_language("es_US")
            .unwrap(),
        "dp/B08N5WRWNW?language=es_US",
    );
    check(
        OutboundLink::tagged(&cart(&[("B08N5WRWNW", 1)]), &tag).with_ascsubtag("a").unwrap(),
        "gp/aws/cart/add.html?AssociateTag=demo-20&ASIN.1=B08N5WRWNW&Quantity.1=1&ascsubtag=a",
    );
    check(
        OutboundLink::untagged(&cart(&[("B08N5WRWNW", 1)]), Marketplace::Us).with_ascsubtag("a").unwrap(),
        "gp/aws/cart/add.html?ASIN.1=B08N5WRWNW&Quantity.1=1",
    );
}

#[test]
fn what_cannot_be_written_is_an_error_and_leaves_the_buffer_alone() {
    let no_form = |kind| WriteError::NoForm { kind };
    let invalid = |kind, given: &str| WriteError::Invalid { kind, given: given.to_owned() };
    for (page, expected) in [
        (Page::Seller(Some("A1".into())), no_form("seller")),
        (Page::Wishlist(None), no_form("wishlist")),
        (Page::GiftCard, no_form("gift_card")),
        (Page::Deals, no_form("deals")),
        (Page::Help, no_form("help")),
        (Page::Home, no_form("home")),
        (Page::Image, no_form("image")),
        (Page::Other, no_form("other")),
        (Page::Short("3xYzAbC".into()), no_form("short")),
        (Page::Broken("B08N5".into()), no_form("broken")),
        (search("", None), invalid("search", "")),
        (search(" \t", None), invalid("search", " \t")),
        (Page::BrowseNode("".into()), invalid("browse_node", "")),
        (Page::BrowseNode("12a".into()), invalid("browse_node", "12a")),
        (Page::BrowseNode("12345678901234567890".into()), invalid("browse_node", "12345678901234567890")),
        (Page::Author("".into()), invalid("author", "")),
        (Page::Author("a/b".into()), invalid("author", "a/b")),
        (Page::Author("..".into()), invalid("author", "..")),
        (Page::Storefront(Storefront::Brand(".".into())), invalid("storefront", ".")),
        (Page::Storefront(Storefront::Page("".into())), invalid("storefront", "")),
        (Page::Storefront(Storefront::Creator("a/..".into())), invalid("storefront", "a/..")),
        (Page::Bestsellers(Some("".into())), invalid("bestsellers", "")),
        (Page::Bestsellers(Some("a/../b".into())), invalid("bestsellers", "a/../b")),
        (Page::Bestsellers(Some("a//b".into())), invalid("bestsellers", "a//b")),
        (Page::Cart(Vec::new()), invalid("cart", "no products")),
        (cart(&[("B08N5WRWNW", 1); 51]), WriteError::CartTooLong { lines: 51 }),
        (
            cart(&[("B08N5WRWNW", 0)]),
            WriteError::Invalid { kind: "cart", given: "a quantity that is not 1 to 999".into() },
        ),
    ] {
        let link = OutboundLink::untagged(&page, Marketplace::Us);
        let mut buffer = "before".to_owned();
        assert_eq!(link.write_to(&mut buffer), Err(expected.clone()), "{page:?}");
        assert_eq!(buffer, "before", "{page:?}");
        assert_eq!(link.url(), Err(expected.clone()));
        let error = Error::from(expected.clone());
        assert_eq!(error.kind(), ErrorKind::RequestInvalid);
        assert_eq!(error.message(), expected.to_string());
    }
    assert!(OutboundLink::untagged(&cart(&[("B08N5WRWNW", 1); 50]), Marketplace::Us).url().is_ok());
}

#[test]
fn what_a_page_can_carry_is_what_can_be_written() {
    for (page, ..) in pages() {
        assert!(page.can_be_tagged(), "{page:?}");
    }
    for page in [
        Page::Seller(None),
        Page::Wishlist(None),
        Page::GiftCard,
        Page::Deals,
        Page::Help,
        Page::Home,
        Page::Image,
        Page::Other,
        Page::Cart(Vec::new()),
        Page::Short("a".into()),
        Page::Broken("a".into()),
    ] {
        assert!(!page.can_be_tagged(), "{page:?}");
        assert!(OutboundLink::untagged(&page, Marketplace::Us).url().is_err(), "{page:?}");
    }
}

#[test]
fn languages_are_those_of_the_shops_site() {
    let product = Page::Product(asin("B08N5WRWNW"));
    let accepted = |shop, language| OutboundLink::untagged(&product, shop).with_language(language).is_ok();
    for (shop, language, expected) in [
        (Marketplace::Us, "de_DE", true),
        (Marketplace::De, "en_GB", true),
        (Marketplace::Fr, "en_GB", true),
        (Marketplace::Fr, "de_DE", false),
        (Marketplace::Uk, "en_US", false),
        (Marketplace::Ie, "en_IE", true),
        (Marketplace::Ie, "de_DE", false),
        // No source lists South Africa's, so any of the right shape is let through.
        (Marketplace::Za, "en_ZA", true),
        (Marketplace::Za, "en-ZA", false),
        (Marketplace::Us, "de", false),
        (Marketplace::Us, "DE_de", false),
        (Marketplace::Us, "", false),
        (Marketplace::Us, "de_DE&tag=x-20", false),
        (Marketplace::Za, "éé", false),
    ] {
        assert_eq!(accepted(shop, language), expected, "{shop} {language}");
    }
    let error = OutboundLink::untagged(&product, Marketplace::Uk).with_language("de_DE").unwrap_err();
    assert_eq!(error.to_string(), "www.amazon.co.uk has no such language: `de_DE`; known: en_GB");
}

#[test]
fn an_ascsubtag_is_plain_text_of_bounded_length() {
    let product = Page::Product(asin("B08N5WRWNW"));
    let accepted =
        |text: &str| OutboundLink::untagged(&product, Marketplace::Us).with_ascsubtag(text).is_ok();
    for text in ["a", "page_7", "a.b-c_d|e:f", &"x".repeat(99)] {
        assert!(accepted(text), "{text}");
    }
    for text in ["", "a b", "a&tag=x-20", "a%20b", "é", "a\n", &"x".repeat(100)] {
        assert!(!accepted(text), "{text}");
    }
}
