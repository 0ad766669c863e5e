//! Which of the known names was meant.

use linkwright_sdk::nearest_name;

#[test]
fn the_nearest_known_name_is_meant_or_none() {
    #[track_caller]
    fn check(given: &str, expected: Option<&str>) {
        let known = ["marketplace", "missing-tag", "language", "ascsubtag", "catalog", "geo", "tags.SHOP"];
        assert_eq!(nearest_name(given, known), expected, "{given}");
    }
    check("marketplce", Some("marketplace"));
    check("markteplace", Some("marketplace"));
    check("Marketplace", Some("marketplace"));
    check("missing_tag", Some("missing-tag"));
    check("languages", Some("language"));
    check("catalogue", Some("catalog"));
    check("catalog", Some("catalog"));
    check("gep", Some("geo"));
    check("colour", None);
    check("", None);
    check("x", None);
    check("Ω", None);
    assert_eq!(nearest_name("main", []), None);
    assert_eq!(nearest_name("mian", ["second", "main"]), Some("main"));
}
