//! Tags as people type them.

use linkwright_sdk::TagArgument;
use linkwright_sdk::core::{ErrorKind, Marketplace, PartnerTag};

#[test]
fn a_tag_alone_or_with_its_shop() {
    #[track_caller]
    fn check(text: &str, shop: Option<Marketplace>, tag: &str) {
        let expected = match shop {
            Some(shop) => TagArgument::OfShop(PartnerTag::new(tag, shop).expect("a tag")),
            None => TagArgument::Bare(tag.to_owned()),
        };
        assert_eq!(TagArgument::parse(text).expect("readable"), expected);
    }
    check("demo-20", None, "demo-20");
    check("motherboardcentral.com-20", None, "motherboardcentral.com-20");
    check("nosuffix", None, "nosuffix");
    check("us=demo-20", Some(Marketplace::Us), "demo-20");
    check("gb=demo-21", Some(Marketplace::Uk), "demo-21");
    check("amazon.co.jp=demo-22", Some(Marketplace::Jp), "demo-22");
    check("de_DE=demo-21", Some(Marketplace::De), "demo-21");
    check("DE= demo-21", Some(Marketplace::De), "demo-21");
}

#[test]
fn mistakes_are_named() {
    #[track_caller]
    fn check(text: &str, part: &str) {
        let error = TagArgument::parse(text).expect_err(text);
        assert_eq!(error.kind(), ErrorKind::RequestInvalid);
        assert!(error.message().contains(part), "{text}: {error}");
    }
    check("", "not a tag: ``");
    check("my tag", "not a tag: `my tag`");
    check("maas", "`maas` is not a tag");
    check("us=maas", "`maas` is not a tag");
    check("us=", "not a tag: ``");
    check("=demo-20", "no Amazon shop of that name: ``");
    check("xx=demo-20", "no Amazon shop of that name: `xx`");
    check("us=de=demo-21", "not a tag: `de=demo-21`");
    check("za=demo-20", "www.amazon.co.za has no Associates programme");
    check(&"x".repeat(65), "a tag has 1 to 64 letters");
}

#[test]
fn a_list_is_separated_by_commas_or_blanks() {
    let read = TagArgument::parse_list(" us=a-20, de=b-21,,c-22 ").expect("readable");
    let expected = ["us=a-20", "de=b-21", "c-22"].map(|one| TagArgument::parse(one).expect("readable"));
    assert_eq!(read, expected);
    assert_eq!(TagArgument::parse_list(" , ").expect("readable"), []);
    assert!(TagArgument::parse_list("us=a-20,b/c").is_err());
}
