//! ASINs, ISBNs, shops and tags: what is one, what is not, and why not.

use linkwright_core::{Asin, AsinError, Isbn13, IsbnError, Marketplace, PartnerTag, RegionGroup};
use proptest::prelude::*;

#[test]
fn asins() {
    let check = |text: &str, expected: Result<&str, AsinError>| {
        assert_eq!(Asin::parse(text).map(|asin| asin.to_string()), expected.map(str::to_owned), "{text}");
    };
    check("B08N5WRWNW", Ok("B08N5WRWNW"));
    check("b08n5wrwnw", Ok("B08N5WRWNW"));
    check("BT00DC6QU4", Ok("BT00DC6QU4"));
    check("BASKETBALL", Ok("BASKETBALL"));
    // Books of self-publishers have real ISBN-10s.
    for isbn in ["6501779057", "9334157925", "1118987241", "0399182020", "1633437167", "080442957X"] {
        check(isbn, Ok(isbn));
    }
    check("080442957x", Ok("080442957X"));
    check("0804429570", Err(AsinError::CheckDigit { expected: 'X' }));
    check("1118987240", Err(AsinError::CheckDigit { expected: '1' }));
    check("HELLOWORLD", Err(AsinError::Character));
    check("B08N5WRWN-", Err(AsinError::Character));
    check("B08N5WRWN", Err(AsinError::Length));
    check("B08N5WRWNWX", Err(AsinError::Length));
    check("", Err(AsinError::Length));
    check("B08N5WRWé", Err(AsinError::Character));
}

#[test]
fn isbns() {
    let check = |text: &str, expected: Result<Option<&str>, IsbnError>| {
        let found = Isbn13::parse(text).map(|isbn| isbn.to_asin().map(|asin| asin.to_string()));
        assert_eq!(found, expected.map(|asin| asin.map(str::to_owned)), "{text}");
    };
    check("9783161484100", Ok(Some("316148410X")));
    check("978-3-16-148410-0", Ok(Some("316148410X")));
    check("978 0 804 42957 3", Ok(Some("080442957X")));
    check("9791090636071", Ok(None));
    check("9783161484101", Err(IsbnError::CheckDigit { expected: '0' }));
    check("4006381333931", Err(IsbnError::Prefix));
    check("978316148410", Err(IsbnError::Shape));
    check("97831614841000", Err(IsbnError::Shape));
    check("97831614841OO", Err(IsbnError::Shape));
}

#[test]
fn shops_go_by_many_names() {
    let check = |name: &str, expected: Option<Marketplace>| {
        assert_eq!(name.parse::<Marketplace>().ok(), expected, "{name}");
    };
    for shop in Marketplace::ALL {
        for name in [shop.code(), shop.host(), shop.domain(), shop.country(), shop.country_code()] {
            check(name, Some(shop));
            check(&name.to_uppercase(), Some(shop));
        }
    }
    check("com", Some(Marketplace::Us));
    check("com.au", Some(Marketplace::Au));
    check("gb", Some(Marketplace::Uk));
    check("de_DE", Some(Marketplace::De));
    check("fr-CA", Some(Marketplace::Ca));
    check("https://www.amazon.co.jp/", Some(Marketplace::Jp));
    for unknown in ["", "xx", "amazon", "zh_TW", "amazon.xyz", "example.com", "de_D", "éé_ÉÉ"] {
        check(unknown, None);
    }
    let message = "usa".parse::<Marketplace>().unwrap_err().to_string();
    assert!(message.contains("`usa`") && message.contains("us, ca, mx"), "{message}");
}

#[test]
fn the_table_of_shops_hangs_together() {
    for shop in Marketplace::ALL {
        assert_eq!(shop.host(), format!("www.{}", shop.domain()));
        assert_eq!(shop.code().len(), 2);
        assert_eq!(shop.currency().len(), 3);
        assert_eq!(shop.has_associates(), shop.region_group().is_some(), "{shop}: tags and API go together");
        for language in shop.languages().iter().chain(shop.site_languages()) {
            assert!(matches!(language.as_bytes(), [_, _, b'_', _, _]), "{shop}: {language}");
            assert!(shop.speaks(language));
        }
    }
    let enrolled = Marketplace::ALL.into_iter().filter(|shop| shop.has_associates()).count();
    assert_eq!(enrolled, 22);
    assert_eq!(
        Marketplace::In.region_group(),
        Some(RegionGroup::Europe),
        "India belongs to Europe's credentials"
    );
    assert_eq!(Marketplace::of_country("GB"), Some(Marketplace::Uk));
    assert_eq!(Marketplace::of_country("AT"), None);
}

#[test]
fn tags() {
    let long = "a".repeat(65);
    let check = |text: &str, shop: Marketplace, expected: bool| {
        assert_eq!(PartnerTag::new(text, shop).is_ok(), expected, "{text} in {shop}");
    };
    for text in
        ["demo-20", "moviefinder-tg-21", "motherboardcentral.com-20", "linkfiregen", "medical0f1-21", "a_b"]
    {
        check(text, Marketplace::Us, true);
    }
    for text in ["", "maas", "demo 20", "demo&20", "démo-20", "a=b", &long] {
        check(text, Marketplace::Us, false);
    }
    check("demo-21", Marketplace::Za, false);
    check("demo-23", Marketplace::Cn, false);
    let elsewhere = |text, shop| PartnerTag::suffix_belongs_elsewhere(text, shop);
    assert!(elsewhere("demo-21", Marketplace::Us));
    assert!(elsewhere("demo-20", Marketplace::Jp));
    assert!(!elsewhere("demo-22", Marketplace::Au));
    assert!(!elsewhere("linkfiregen", Marketplace::De));
    assert!(!elsewhere("demo-23", Marketplace::De), "an unknown suffix belongs nowhere in particular");
}

proptest! {
    /// The fast reading of ten bytes says what the grammar says.
    #[test]
    fn asin_agrees_with_its_grammar(bytes in prop::array::uniform10(prop_oneof![0x20_u8..0x7f, any::<u8>(), Just(b'B'), b'0'..=b'9'])) {
        let upper = bytes.to_ascii_uppercase();
        let own = upper[0] == b'B' && upper[1..].iter().all(u8::is_ascii_alphanumeric);
        let weighted: u32 = (0..10).map(|at| {
            let digit = if at == 9 && upper[9] == b'X' { 10 } else { u32::from(upper[at].wrapping_sub(b'0')) };
            (10 - u32::try_from(at).unwrap()) * digit
        }).sum();
        let shape = upper[..9].iter().all(u8::is_ascii_digit) && (upper[9].is_ascii_digit() || upper[9] == b'X');
        let expected = own || (shape && weighted.is_multiple_of(11));
        let found = Asin::from_bytes(&bytes);
        prop_assert_eq!(found.is_some(), expected);
        if let Some(asin) = found {
            prop_assert_eq!(asin.as_bytes().to_vec(), upper);
        }
    }
}
