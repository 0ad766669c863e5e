//! Whose tag is whose, and what happens where there is none.

use linkwright_core::{ErrorKind, Marketplace, PartnerTag};
use linkwright_zero::{MissingTag, TagBook, TagGlob};

/// A book with the default tag `x-NN` for each of these shops.
fn book(shops: &[Marketplace]) -> TagBook {
    shops.iter().fold(TagBook::new(), |book, shop| {
        let suffix = shop.tag_suffix().unwrap().number();
        book.with_default(PartnerTag::new(&format!("x-{suffix}"), *shop).unwrap())
    })
}

#[test]
fn a_pattern_matches_whole_tags() {
    for (pattern, tag, expected) in [
        ("site-20", "site-20", true),
        ("site-20", "site-21", false),
        ("site-20", "Site-20", false),
        ("site-20", "site-200", false),
        ("site-20", "mysite-20", false),
        ("site-*", "site-20", true),
        ("site-*", "site-", true),
        ("site-*", "mysite-20", false),
        ("*-20", "anything-20", true),
        ("*-20", "anything-21", false),
        ("site-*-20", "site-blog-20", true),
        ("site-*-20", "site-a-b-20", true),
        ("site-*-20", "site--20", true),
        // The two hyphens of the pattern are not one of the tag.
        ("site-*-20", "site-20", false),
        ("a*b*c", "aXbYc", true),
        ("a*b*c", "abc", true),
        ("a*b*c", "acb", false),
        ("a*b*c", "aXc", false),
        ("a**c", "ac", true),
        ("ab*ba", "aba", false),
        ("*site*", "my-site-20", true),
        ("*site*", "other-20", false),
        ("site.com-*", "siteXcom-20", false),
    ] {
        assert_eq!(TagGlob::new(pattern).unwrap().matches(tag), expected, "{pattern} {tag}");
    }
}

#[test]
fn a_pattern_that_is_every_tag_or_none_is_refused() {
    for pattern in ["", "*", "**", "a b", "a?", "é*", "[ab]*", &"x".repeat(65)] {
        let error = TagGlob::new(pattern).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConfigInvalid, "{pattern}");
        assert!(error.message().contains(&format!("`{pattern}`")), "{}", error.message());
    }
    assert_eq!(TagGlob::new("a-*").unwrap().as_str(), "a-*");
}

#[test]
fn policies_have_names() {
    for policy in MissingTag::ALL {
        assert_eq!(policy.as_str().parse::<MissingTag>().unwrap(), policy);
        assert_eq!(policy.to_string(), policy.as_str());
    }
    assert_eq!(MissingTag::default(), MissingTag::Error);
    let error = "nearest".parse::<MissingTag>().unwrap_err();
    assert_eq!(
        error.message(),
        "no policy for a missing tag of that name: `nearest`; known: error, untagged, nearest-enrolled, search"
    );
}

#[test]
fn the_choice_by_policy() {
    use Marketplace::{Au, Be, Ca, Cn, De, Fr, Ie, In, Jp, Nl, Se, Uk, Us, Za};
    use MissingTag::{Error, NearestEnrolled, Search, Untagged};
    // (tags, wanted shop, policy, what is chosen: shop, tag, `search`; or the error)
    let table: &[(&[Marketplace], Marketplace, MissingTag, &str)] = &[
        // A shop with a tag gets it, whatever the policy.
        (&[Us, De], De, Error, "de x-21"),
        (&[Us, De], De, Untagged, "de x-21"),
        (&[Us, De], De, NearestEnrolled, "de x-21"),
        (&[Us, De], De, Search, "de x-21"),
        (&[Us], De, Error, "no_tag de"),
        (&[Us], De, Untagged, "de -"),
        (&[Us, Uk, Fr], De, NearestEnrolled, "fr x-21"),
        (&[Us, Uk, Fr], De, Search, "fr x-21 search"),
        (&[Us], De, NearestEnrolled, "us x-20"),
        (&[Us, Jp], De, NearestEnrolled, "us x-20"),
        (&[Jp, Us], De, NearestEnrolled, "jp x-22"),
        (&[Uk, De], Ie, NearestEnrolled, "uk x-21"),
        (&[De, Nl], Be, NearestEnrolled, "nl x-21"),
        (&[Us, De], Se, NearestEnrolled, "de x-21"),
        (&[Uk, Us], Ca, NearestEnrolled, "us x-20"),
        (&[Us, Au], In, NearestEnrolled, "us x-20"),
        (&[], De, Error, "no_tag de"),
        (&[], De, Untagged, "de -"),
        (&[], De, NearestEnrolled, "no_tag de"),
        (&[], De, Search, "no_tag de"),
        // Without a programme there is no tag to lose.
        (&[Us], Za, Error, "za -"),
        (&[], Cn, Error, "cn -"),
        (&[], Za, Untagged, "za -"),
        (&[Us, Uk], Za, NearestEnrolled, "uk x-21"),
        (&[Us, Jp], Cn, Search, "jp x-22 search"),
        (&[], Cn, NearestEnrolled, "no_tag cn"),
    ];
    for (tags, wanted, policy, expected) in table {
        let book = book(tags);
        let found = match book.choose(*wanted, *policy) {
            Ok(choice) => {
                if let Some(tag) = choice.tag {
                    assert_eq!(tag.marketplace(), choice.marketplace, "a tag of another shop");
                }
                let search = if choice.as_search { " search" } else { "" };
                format!("{} {}{search}", choice.marketplace, choice.tag.map_or("-", PartnerTag::as_str))
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::ConfigInvalid);
                let [reason, shop] = ["reason", "marketplace"].map(|name| error.context_value(name).unwrap());
                format!("{reason} {shop}")
            }
        };
        assert_eq!(found, *expected, "{tags:?} {wanted} {policy}");
    }
}

#[test]
fn own_tags_are_own_in_their_shop_only() {
    let book = book(&[Marketplace::Us])
        .with_own(Marketplace::Us, TagGlob::new("site-*-20").unwrap())
        .with_own(Marketplace::De, TagGlob::new("site-*-21").unwrap());
    for (shop, tag, expected) in [
        (Marketplace::Us, "x-20", true),
        (Marketplace::Us, "X-20", false),
        (Marketplace::Us, "site-blog-20", true),
        (Marketplace::Us, "site-blog-21", false),
        (Marketplace::De, "site-blog-21", true),
        (Marketplace::De, "x-20", false),
        (Marketplace::Ca, "x-20", false),
        (Marketplace::Ca, "site-blog-20", false),
    ] {
        assert_eq!(book.owns(shop, tag), expected, "{shop} {tag}");
    }
}

#[test]
fn a_shop_has_one_default() {
    let first = PartnerTag::new("first-20", Marketplace::Us).unwrap();
    let second = PartnerTag::new("second-20", Marketplace::Us).unwrap();
    assert!(TagBook::new().is_empty());
    let book = TagBook::new().with_default(first).with_default(second.clone());
    assert_eq!(book.defaults(), std::slice::from_ref(&second));
    assert_eq!(book.default_for(Marketplace::Us), Some(&second));
    assert_eq!(book.default_for(Marketplace::De), None);
    assert!(!book.is_empty());
    assert!(!TagBook::new().with_own(Marketplace::De, TagGlob::new("a-*").unwrap()).is_empty());
}
