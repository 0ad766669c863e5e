//! The policy over reading and writing: which link a careful person would have written.

use linkwright_core::{Asin, ErrorKind, Marketplace, PartnerTag, Result};
use linkwright_zero::{
    Abroad, CountryLinks, GeoStrategy, Linked, Linker, MissingTag, OutputForm, Page, TagBook, TagGlob, Target,
};

fn tag(text: &str, shop: Marketplace) -> PartnerTag {
    PartnerTag::new(text, shop).unwrap()
}

/// Tags for the US, Germany and Japan; further tags of the user's own in the US and in Germany.
fn tags() -> TagBook {
    TagBook::new()
        .with_default(tag("mine-20", Marketplace::Us))
        .with_default(tag("mine-21", Marketplace::De))
        .with_default(tag("mine-22", Marketplace::Jp))
        .with_own(Marketplace::Us, TagGlob::new("mine-*-20").unwrap())
        .with_own(Marketplace::De, TagGlob::new("mine-*-21").unwrap())
}

fn linker() -> Linker {
    Linker::new(tags())
}

fn link(linker: &Linker, target: &str) -> Result<Linked> {
    linker.link(&Target::parse(target)?)
}

/// The link, or the error's reason (its message where it has none).
fn text(linker: &Linker, target: &str) -> String {
    match link(linker, target) {
        Ok(linked) => {
            let in_text = linked.tag.as_deref().is_none_or(|tag| linked.url.contains(tag));
            assert!(in_text, "{linked:?}");
            assert!(linked.left_whole || linked.url.contains(linked.marketplace.host()), "{linked:?}");
            linked.url
        }
        Err(error) => error.context_value("reason").unwrap_or(error.message()).to_owned(),
    }
}

#[track_caller]
fn check(linker: &Linker, rows: &[(&str, &str)]) {
    for (target, expected) in rows {
        assert_eq!(text(linker, target), *expected, "{target}");
    }
}

#[test]
fn targets_become_canonical_links_with_the_shops_own_tag() {
    check(
        &linker(),
        &[
            ("B08N5WRWNW", "https://www.amazon.com/dp/B08N5WRWNW?tag=mine-20"),
            ("9783161484100", "https://www.amazon.com/dp/316148410X?tag=mine-20"),
            ("9791090636071", "https://www.amazon.com/s?k=9791090636071&tag=mine-20"),
            (
                "http://amazon.de/Kettle/dp/b08n5wrwnw/ref=sr_1_1?tag=other-21&linkCode=ll1&th=1&psc=1&smid=A1",
                "https://www.amazon.de/dp/B08N5WRWNW?th=1&psc=1&tag=mine-21",
            ),
            (
                "https://www.amazon.co.jp/s?k=two+words&i=tools&rh=p_36&tag=other-22",
                "https://www.amazon.co.jp/s?k=two+words&i=tools&tag=mine-22",
            ),
            (
                "https://www.amazon.com/dp/B08N5WRWNW?ascsubtag=theirs&language=de_DE",
                "https://www.amazon.com/dp/B08N5WRWNW?tag=mine-20",
            ),
            (
                "https://www.google.com/url?q=https%3A%2F%2Fwww.amazon.de%2Fdp%2FB08N5WRWNW%3Ftag%3Dother-21",
                "https://www.amazon.de/dp/B08N5WRWNW?tag=mine-21",
            ),
            (
                "https://www.amazon.com/gp/aws/cart/add.html?ASIN.1=B08N5WRWNW&Quantity.1=2&AssociateTag=other-20",
                "https://www.amazon.com/gp/aws/cart/add.html?AssociateTag=mine-20&ASIN.1=B08N5WRWNW&Quantity.1=2",
            ),
            ("https://www.amazon.com/e/B000APRTKE", "https://www.amazon.com/e/B000APRTKE?tag=mine-20"),
            ("https://www.amazon.co.za/dp/B08N5WRWNW?tag=other-21", "https://www.amazon.co.za/dp/B08N5WRWNW"),
            ("https://www.amazon.cn/dp/B08N5WRWNW", "https://www.amazon.cn/dp/B08N5WRWNW"),
        ],
    );
}

#[test]
fn what_no_affiliate_link_leads_to_is_an_error() {
    check(
        &linker(),
        &[
            ("https://amzn.to/3xYzAbC", "short"),
            ("https://link.amazon/B08N5WRWNW", "short"),
            ("https://www.amazon.com/hz/wishlist/ls/1BD87YHL498Z7", "no_form"),
            ("https://www.amazon.com/gc", "no_form"),
            ("https://www.amazon.com/", "no_form"),
            ("https://www.amazon.com/dp/HELLOWORLD", "no_form"),
            ("https://www.amazon.com/gp/cart/view.html", "invalid_page"),
            ("https://www.amazon.com/s", "invalid_page"),
            ("https://m.media-amazon.com/images/I/71a.jpg", "no_form"),
            ("https://creatorsapi.amazon/", "no_form"),
            ("https://www.amazon.fr/dp/B08N5WRWNW", "no_tag"),
        ],
    );
    let error = link(&linker(), "https://amzn.to/3xYzAbC").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(error.hint().is_some());
    let error = link(&linker(), "https://www.amazon.fr/dp/B08N5WRWNW").unwrap_err();
    assert_eq!((error.kind(), error.context_value("marketplace")), (ErrorKind::ConfigInvalid, Some("fr")));
}

#[test]
fn attribution_links_are_left_whole() {
    for (given, expected) in [
        (
            "https://www.amazon.com/dp/B08N5WRWNW?maas=maas_adg_1&aa_campaignid=2&tag=maas",
            "https://www.amazon.com/dp/B08N5WRWNW?maas=maas_adg_1&aa_campaignid=2&tag=maas",
        ),
        // Also in a shop without a tag, and with anything else in it.
        (
            "https://www.amazon.fr/Slug/dp/B08N5WRWNW/ref=x?ref_=aa_maas&pd_rd_w=1#top",
            "https://www.amazon.fr/Slug/dp/B08N5WRWNW/ref=x?ref_=aa_maas&pd_rd_w=1#top",
        ),
        (
            "https://www.amazon.com/stores/page/3E3C387A?maas=1",
            "https://www.amazon.com/stores/page/3E3C387A?maas=1",
        ),
        // Escapes and what stands around it are not part of the link; a missing scheme is added.
        (
            " <https://www.amazon.com/dp/B08N5WRWNW?maas=1&amp;tag=maas> ",
            "https://www.amazon.com/dp/B08N5WRWNW?maas=1&tag=maas",
        ),
        (
            r"https:\/\/www.amazon.com\/dp\/B08N5WRWNW?maas=1\u0026tag=maas",
            "https://www.amazon.com/dp/B08N5WRWNW?maas=1&tag=maas",
        ),
        (
            "https%3A%2F%2Fwww.amazon.com%2Fdp%2FB08N5WRWNW%3Fmaas%3D1",
            "https://www.amazon.com/dp/B08N5WRWNW?maas=1",
        ),
        (
            "https%253A%252F%252Fwww.amazon.com%252Fdp%252FB08N5WRWNW%253Fmaas%253D1",
            "https://www.amazon.com/dp/B08N5WRWNW?maas=1",
        ),
        ("www.amazon.com/dp/B08N5WRWNW?maas=1", "https://www.amazon.com/dp/B08N5WRWNW?maas=1"),
        ("//www.amazon.com/dp/B08N5WRWNW?maas=1", "https://www.amazon.com/dp/B08N5WRWNW?maas=1"),
        ("https:/www.amazon.com/dp/B08N5WRWNW?maas=1", "https://www.amazon.com/dp/B08N5WRWNW?maas=1"),
        (
            "www.amazon.com/dp/B08N5WRWNW?maas=1&from=https://blog.example/",
            "https://www.amazon.com/dp/B08N5WRWNW?maas=1&from=https://blog.example/",
        ),
        (
            "https://www.google.com/url?q=https%3A%2F%2Fwww.amazon.com%2Fdp%2FB08N5WRWNW%3Fmaas%3D1&sa=D",
            "https://www.amazon.com/dp/B08N5WRWNW?maas=1",
        ),
        (
            "https://www.amazon.com/gp/redirect.html?location=%2Fdp%2FB08N5WRWNW%3Fmaas%3D1",
            "https://www.amazon.com/dp/B08N5WRWNW?maas=1",
        ),
    ] {
        for linker in [
            linker(),
            linker().with_only_shop(Marketplace::De),
            linker().with_form(OutputForm::Search).with_ascsubtag(Some("a".into())).replacing_own_tags(),
        ] {
            let linked = link(&linker, given).unwrap();
            assert_eq!(linked.url, expected, "{given}");
            assert!(linked.left_whole && linked.moved_from.is_none(), "{linked:?}");
        }
        // Once more through the machine, it is still the same.
        assert_eq!(link(&linker(), expected).unwrap().url, expected);
    }
}

#[test]
fn what_is_left_whole_is_one_word() {
    let given = "https://www.amazon.com/dp/B08N5WRWNW?maas=1&k=two\u{a0}words\u{15}\"<b>é`";
    let linked = link(&linker(), given).unwrap();
    assert_eq!(linked.url, "https://www.amazon.com/dp/B08N5WRWNW?maas=1&k=two%C2%A0words%15%22%3Cb%3Eé%60");
    assert!(linked.left_whole);
}

#[test]
fn a_link_of_the_api_with_an_own_tag_is_left_whole() {
    let own = "https://www.amazon.com/dp/B08N5WRWNW?tag=mine-20&linkCode=ogi&th=1&psc=1";
    let further = "https://www.amazon.de/dp/B08N5WRWNW?tag=mine-blog-21&linkCode=osi&language=de_DE";
    for given in [own, further] {
        let linked = link(&linker(), given).unwrap();
        assert_eq!(linked.url, given);
        assert!(linked.left_whole);
    }
    check(
        &linker(),
        &[
            // Somebody else's, or nobody's: an ordinary foreign link.
            (
                "https://www.amazon.com/dp/B08N5WRWNW?tag=theirs-20&linkCode=ogi&th=1&psc=1",
                "https://www.amazon.com/dp/B08N5WRWNW?th=1&psc=1&tag=mine-20",
            ),
            (
                "https://www.amazon.com/dp/B08N5WRWNW?linkCode=ogv",
                "https://www.amazon.com/dp/B08N5WRWNW?tag=mine-20",
            ),
            // The user's own, but of another shop.
            (
                "https://www.amazon.com/dp/B08N5WRWNW?tag=mine-21&linkCode=ogi",
                "https://www.amazon.com/dp/B08N5WRWNW?tag=mine-20",
            ),
            (
                "https://www.amazon.com/dp/B08N5WRWNW?tag=mine-20&linkCode=ll1&linkId=1",
                "https://www.amazon.com/dp/B08N5WRWNW?tag=mine-20",
            ),
        ],
    );
}

#[test]
fn an_own_other_tag_is_kept_unless_it_is_to_be_replaced() {
    let given = "https://www.amazon.com/Kettle/dp/B08N5WRWNW?tag=mine-blog-20";
    check(
        &linker(),
        &[
            (given, "https://www.amazon.com/dp/B08N5WRWNW?tag=mine-blog-20"),
            // The same pattern says nothing about another shop.
            (
                "https://www.amazon.co.jp/dp/B08N5WRWNW?tag=mine-blog-20",
                "https://www.amazon.co.jp/dp/B08N5WRWNW?tag=mine-22",
            ),
            // It is enough for a shop without a default.
            (
                "https://www.amazon.com/dp/B08N5WRWNW?tag=theirs-20&tag=mine-blog-20",
                "https://www.amazon.com/dp/B08N5WRWNW?tag=mine-20",
            ),
        ],
    );
    check(&linker().replacing_own_tags(), &[(given, "https://www.amazon.com/dp/B08N5WRWNW?tag=mine-20")]);
    check(
        &linker().with_only_shop(Marketplace::De),
        &[(given, "https://www.amazon.de/dp/B08N5WRWNW?tag=mine-21")],
    );
    let only_own = Linker::new(TagBook::new().with_own(Marketplace::Us, TagGlob::new("mine-*").unwrap()));
    check(
        &only_own,
        &[(given, "https://www.amazon.com/dp/B08N5WRWNW?tag=mine-blog-20"), ("B08N5WRWNW", "no_tag")],
    );
}

#[test]
fn one_shop_only_moves_what_means_the_same_there() {
    let german = linker().with_only_shop(Marketplace::De);
    check(
        &german,
        &[
            ("B08N5WRWNW", "https://www.amazon.de/dp/B08N5WRWNW?tag=mine-21"),
            // The variant that is pinned in one shop is not one in another.
            (
                "https://www.amazon.com/dp/B08N5WRWNW?th=1&psc=1",
                "https://www.amazon.de/dp/B08N5WRWNW?tag=mine-21",
            ),
            (
                "https://www.amazon.de/dp/B08N5WRWNW?th=1",
                "https://www.amazon.de/dp/B08N5WRWNW?th=1&tag=mine-21",
            ),
            ("https://www.amazon.com/s?k=kettle", "https://www.amazon.de/s?k=kettle&tag=mine-21"),
            ("https://www.amazon.com/e/B000APRTKE", "https://www.amazon.de/e/B000APRTKE?tag=mine-21"),
            ("https://www.amazon.com/tryprime", "https://www.amazon.de/tryprimefree?tag=mine-21"),
            ("https://www.amazon.com/b?node=172282", "does_not_travel"),
            ("https://www.amazon.com/gp/bestsellers/electronics", "does_not_travel"),
            ("https://www.amazon.com/stores/Anker", "does_not_travel"),
            ("https://www.amazon.com/gp/aws/cart/add.html?ASIN.1=B08N5WRWNW", "does_not_travel"),
            ("https://www.amazon.de/b?node=172282", "https://www.amazon.de/b?node=172282&tag=mine-21"),
        ],
    );
    let moved = link(&german, "https://www.amazon.com/dp/B08N5WRWNW").unwrap();
    assert_eq!((moved.marketplace, moved.moved_from), (Marketplace::De, Some(Marketplace::Us)));
    let stayed = link(&german, "B08N5WRWNW").unwrap();
    assert_eq!((stayed.marketplace, stayed.moved_from), (Marketplace::De, None));
}

#[test]
fn a_shop_without_a_tag_by_policy() {
    let french = "https://www.amazon.fr/dp/B08N5WRWNW?tag=other-21&th=1";
    let french_department = "https://www.amazon.fr/b?node=1";
    for (policy, product, department) in [
        (MissingTag::Error, "no_tag", "no_tag"),
        (MissingTag::Untagged, "https://www.amazon.fr/dp/B08N5WRWNW?th=1", "https://www.amazon.fr/b?node=1"),
        (MissingTag::NearestEnrolled, "https://www.amazon.de/dp/B08N5WRWNW?tag=mine-21", "does_not_travel"),
        (MissingTag::Search, "https://www.amazon.de/s?k=B08N5WRWNW&tag=mine-21", "does_not_travel"),
    ] {
        check(&linker().with_missing_tag(policy), &[(french, product), (french_department, department)]);
    }
}

#[test]
fn the_form_asked_for() {
    let check_form = |form, rows: &[(&str, &str)]| check(&linker().with_form(form), rows);
    let product = "https://www.amazon.com/dp/B08N5WRWNW?th=1";
    check_form(
        OutputForm::Product,
        &[
            (product, "https://www.amazon.com/dp/B08N5WRWNW?th=1&tag=mine-20"),
            ("https://www.amazon.com/s?k=a", "no_form"),
        ],
    );
    check_form(
        OutputForm::Search,
        &[
            (product, "https://www.amazon.com/s?k=B08N5WRWNW&tag=mine-20"),
            ("https://www.amazon.com/s?k=a", "https://www.amazon.com/s?k=a&tag=mine-20"),
            ("https://www.amazon.com/b?node=1", "no_form"),
        ],
    );
    check_form(
        OutputForm::Cart,
        &[
            (
                product,
                "https://www.amazon.com/gp/aws/cart/add.html?AssociateTag=mine-20&ASIN.1=B08N5WRWNW&Quantity.1=1",
            ),
            ("https://www.amazon.com/s?k=a", "no_form"),
        ],
    );
}

#[test]
fn language_and_mark_are_the_users_own() {
    let marked = linker().with_language(Some("de_DE".into())).with_ascsubtag(Some("post7".into()));
    check(
        &marked,
        &[
            (
                "https://www.amazon.com/dp/B08N5WRWNW?ascsubtag=theirs&language=es_US",
                "https://www.amazon.com/dp/B08N5WRWNW?language=de_DE&tag=mine-20&ascsubtag=post7",
            ),
            ("https://www.amazon.co.jp/dp/B08N5WRWNW", "language"),
            ("https://www.amazon.cn/dp/B08N5WRWNW", "language"),
        ],
    );
    check(&linker().with_ascsubtag(Some("two words".into())), &[("B08N5WRWNW", "ascsubtag")]);
}

#[test]
fn the_home_shop() {
    let us_only = TagBook::new().with_default(tag("mine-20", Marketplace::Us));
    let german_only = TagBook::new().with_default(tag("mine-21", Marketplace::De));
    for (linker, expected) in [
        (Linker::new(TagBook::new()), Marketplace::Us),
        (Linker::new(us_only), Marketplace::Us),
        (Linker::new(german_only.clone()), Marketplace::De),
        (linker(), Marketplace::Us),
        (linker().with_home(Marketplace::Jp), Marketplace::Jp),
        (linker().with_home(Marketplace::Jp).with_only_shop(Marketplace::De), Marketplace::De),
        (Linker::new(german_only).with_home(Marketplace::Us), Marketplace::Us),
    ] {
        assert_eq!(linker.home(), expected);
    }
}

fn cart(linker: &Linker, targets: &[&str]) -> Result<Linked> {
    let targets: Vec<Target<'_>> = targets.iter().map(|text| Target::parse(text).unwrap()).collect();
    linker.cart(&targets)
}

#[test]
fn carts_merge_products() {
    let add =
        |lines: &str| format!("https://www.amazon.com/gp/aws/cart/add.html?AssociateTag=mine-20&{lines}");
    let ready_cart = "https://www.amazon.com/gp/aws/cart/add.html?ASIN.1=B08N5WRWNW&Quantity.1=3";
    for (targets, expected) in [
        (&["B08N5WRWNW"][..], "ASIN.1=B08N5WRWNW&Quantity.1=1"),
        (&["B08N5WRWNW", "080442957X"], "ASIN.1=B08N5WRWNW&Quantity.1=1&ASIN.2=080442957X&Quantity.2=1"),
        (
            &["B08N5WRWNW", "080442957X", "https://www.amazon.com/dp/B08N5WRWNW"],
            "ASIN.1=B08N5WRWNW&Quantity.1=2&ASIN.2=080442957X&Quantity.2=1",
        ),
        (&[ready_cart, "B08N5WRWNW"], "ASIN.1=B08N5WRWNW&Quantity.1=4"),
        (&["B08N5WRWNW", ready_cart], "ASIN.1=B08N5WRWNW&Quantity.1=4"),
        (&[ready_cart, ready_cart], "ASIN.1=B08N5WRWNW&Quantity.1=6"),
    ] {
        assert_eq!(cart(&linker(), targets).unwrap().url, add(expected), "{targets:?}");
    }
    // The form is the cart's, whatever else is asked for.
    assert_eq!(
        cart(&linker().with_form(OutputForm::Search), &["B08N5WRWNW"]).unwrap().url,
        add("ASIN.1=B08N5WRWNW&Quantity.1=1")
    );
    let german = cart(&linker(), &["B08N5WRWNW", "https://www.amazon.de/dp/080442957X"]).unwrap();
    assert_eq!(
        german.url,
        "https://www.amazon.de/gp/aws/cart/add.html?AssociateTag=mine-21&ASIN.1=B08N5WRWNW&Quantity.1=1&ASIN.2=080442957X&Quantity.2=1"
    );
}

#[test]
fn a_cart_is_of_products_of_one_shop() {
    let refused =
        |targets: &[&str]| cart(&linker(), targets).unwrap_err().kind() == ErrorKind::RequestInvalid;
    assert!(refused(&["https://www.amazon.com/dp/B08N5WRWNW", "https://www.amazon.de/dp/080442957X"]));
    assert!(refused(&["B08N5WRWNW", "https://www.amazon.com/s?k=kettle"]));
    assert!(refused(&["B08N5WRWNW", "https://amzn.to/3xYzAbC"]));
    assert!(refused(&[]));
    let one_shop = linker().with_only_shop(Marketplace::De);
    let moved =
        cart(&one_shop, &["https://www.amazon.com/dp/B08N5WRWNW", "https://www.amazon.de/dp/080442957X"])
            .unwrap();
    assert!(
        moved.url.starts_with("https://www.amazon.de/gp/aws/cart/add.html?AssociateTag=mine-21&"),
        "{}",
        moved.url
    );
    let number = |position: usize| Asin::parse(&format!("B{position:09}")).unwrap();
    let many: Vec<Target<'_>> =
        (0..51).map(|position| Target::Page(Page::Product(number(position)))).collect();
    assert_eq!(linker().cart(&many).unwrap_err().context_value("reason"), Some("cart_too_long"));
    assert!(linker().cart(&many[..50]).is_ok());
}

fn by_country(linker: &Linker, target: &str, abroad: &Abroad) -> CountryLinks {
    linker.country_links(&Target::parse(target).unwrap(), GeoStrategy::ByCountry, abroad).unwrap()
}

#[test]
fn every_country_gets_the_nearest_shop_with_a_tag() {
    let links = by_country(&linker(), "https://www.amazon.com/dp/B08N5WRWNW?th=1", &Abroad::SamePage);
    assert_eq!(links.default, "https://www.amazon.com/dp/B08N5WRWNW?th=1&tag=mine-20");
    for (country, expected) in [
        ("DE", Some("https://www.amazon.de/dp/B08N5WRWNW?tag=mine-21")),
        ("AT", Some("https://www.amazon.de/dp/B08N5WRWNW?tag=mine-21")),
        ("PL", Some("https://www.amazon.de/dp/B08N5WRWNW?tag=mine-21")),
        ("GB", Some("https://www.amazon.de/dp/B08N5WRWNW?tag=mine-21")),
        ("JP", Some("https://www.amazon.co.jp/dp/B08N5WRWNW?tag=mine-22")),
        ("SG", Some("https://www.amazon.co.jp/dp/B08N5WRWNW?tag=mine-22")),
        // The default's own shop, or no shop with a tag near.
        ("US", None),
        ("CA", None),
        ("MX", None),
        ("IE", None),
        ("IN", None),
        ("KR", None),
    ] {
        assert_eq!(links.countries.get(country).map(String::as_str), expected, "{country}");
    }
    assert!(links.countries.values().all(|url| *url != links.default));
}

#[test]
fn abroad_a_search_may_be_better_than_a_number() {
    let links = by_country(&linker(), "B08N5WRWNW", &Abroad::Search("Some Kettle 1.7".into()));
    assert_eq!(links.countries["DE"], "https://www.amazon.de/s?k=Some+Kettle+1.7&tag=mine-21");
    assert_eq!(links.default, "https://www.amazon.com/dp/B08N5WRWNW?tag=mine-20");
}

#[test]
fn what_does_not_travel_has_no_link_abroad() {
    let links = by_country(&linker(), "https://www.amazon.com/b?node=172282", &Abroad::SamePage);
    assert!(links.countries.is_empty());
    let links = by_country(&linker(), "https://www.amazon.com/dp/B08N5WRWNW?tag=maas", &Abroad::SamePage);
    assert!(links.countries.is_empty(), "an Attribution link is one link");
}

#[test]
fn a_language_the_other_shop_has_not_is_left_out_there() {
    let links = by_country(&linker().with_language(Some("de_DE".into())), "B08N5WRWNW", &Abroad::SamePage);
    assert_eq!(links.default, "https://www.amazon.com/dp/B08N5WRWNW?language=de_DE&tag=mine-20");
    assert_eq!(links.countries["AT"], "https://www.amazon.de/dp/B08N5WRWNW?language=de_DE&tag=mine-21");
    assert_eq!(links.countries["JP"], "https://www.amazon.co.jp/dp/B08N5WRWNW?tag=mine-22");
}

#[test]
fn onelink_gets_the_home_shops_link_only() {
    let target = Target::parse("B08N5WRWNW").unwrap();
    let links = linker().country_links(&target, GeoStrategy::LeaveToOneLink, &Abroad::SamePage).unwrap();
    assert_eq!(links.default, "https://www.amazon.com/dp/B08N5WRWNW?tag=mine-20");
    assert!(links.countries.is_empty());
}

#[test]
fn the_tag_for_a_visitor() {
    let linker = linker();
    for (country, expected) in [
        ("de", Some("mine-21")),
        ("CH", Some("mine-21")),
        ("US", Some("mine-20")),
        ("CA", Some("mine-20")),
        ("AU", Some("mine-20")),
        ("XX", None),
        ("IE", None),
    ] {
        assert_eq!(linker.tag_for_country(country).map(PartnerTag::as_str), expected, "{country}");
    }
}

/// A second tag is somebody else's: such a link is not as the API made it, and is written anew.
#[test]
fn a_link_of_the_api_with_two_tags_is_not_left_whole() {
    for second in ["tag=evil-20", "AssociateTag=evil-20", "amp;tag=evil-20"] {
        let given = format!("https://www.amazon.com/dp/B08N5WRWNW?linkCode=ogi&tag=mine-20&{second}");
        let linked = link(&linker(), &given).unwrap();
        assert_eq!(linked.url, "https://www.amazon.com/dp/B08N5WRWNW?tag=mine-20", "{given}");
    }
}

/// The marks of Amazon Attribution count on a wrapper as they do inside it, however they are written.
#[test]
fn attribution_is_seen_everywhere() {
    for given in [
        "https://www.amazon.com/sspa/click?ref_=aa_maas&maas=1&url=%2Fdp%2FB08N5WRWNW%3Ftag%3Dx-20",
        "https://www.amazon.com/dp/B08N5WRWNW?TAG=MAAS",
        "https://www.amazon.com/dp/B08N5WRWNW?tag=ma%61s",
    ] {
        assert_eq!(link(&linker(), given).unwrap().url, given);
    }
}
