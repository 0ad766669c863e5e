//! Names of shops, tags and patterns of tags, as people type them.

use linkwright_core::{Marketplace, PartnerTag};
use linkwright_sdk::TagArgument;
use linkwright_zero::TagGlob;

/// Takes the first line for the name of a shop, and the rest for a tag.
///
/// # Panics
/// If a property is broken.
pub fn marketplace_and_tag(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let (name, tag) = text.split_once('\n').unwrap_or((text, text));
    let shop = name.parse::<Marketplace>();
    match &shop {
        Ok(shop) => {
            assert_eq!(shop.code().parse(), Ok(*shop));
            assert_eq!(name.to_ascii_uppercase().parse(), Ok(*shop), "{name:?}");
            assert_eq!(format!(" {name}\t").parse(), Ok(*shop), "{name:?}");
        }
        Err(unknown) => assert_eq!(unknown.given(), name.trim()),
    }
    for shop in Marketplace::ALL {
        match PartnerTag::new(tag, shop) {
            Ok(made) => {
                assert!(shop.has_associates() && PartnerTag::is_well_formed(tag) && tag != "maas", "{tag:?}");
                assert_eq!((made.as_str(), made.marketplace()), (tag, shop));
                assert_eq!(
                    TagArgument::parse(&format!("{shop}={tag}")).ok(),
                    Some(TagArgument::OfShop(made))
                );
            }
            Err(_) => assert!(
                !shop.has_associates() || !PartnerTag::is_well_formed(tag) || tag == "maas",
                "{tag:?}"
            ),
        }
    }
    if let Ok(TagArgument::Bare(bare)) = TagArgument::parse(tag) {
        assert_eq!(bare, tag);
    }
    if let Ok(list) = TagArgument::parse_list(text) {
        assert!(list.len() <= text.len());
    }
    glob(tag, name);
}

/// A pattern matches what is made from it by putting any text in the place of its stars.
fn glob(pattern: &str, filling: &str) {
    let Ok(glob) = TagGlob::new(pattern) else { return };
    assert_eq!(glob.as_str(), pattern);
    for filling in ["", "x", filling] {
        let made = pattern.replace('*', filling);
        assert!(glob.matches(&made), "{pattern:?} does not match {made:?}");
    }
    if !pattern.contains('*') {
        assert!(
            !glob.matches(&format!("{pattern}x")) && !glob.matches(&format!("x{pattern}")),
            "{pattern:?}"
        );
    }
    assert!(!glob.matches(""), "{pattern:?} matches no tag at all");
}
