//! Every shape of link that leads to a product, old and new.

use linkwright_core::Marketplace;
use linkwright_zero::Page;

use crate::reading::{check_all, summary};

/// Paths (and queries) that lead to the product, on any shop's host. Without a tag.
const SHAPES: &[&str] = &[
    "/dp/B08N5WRWNW",
    "/dp/B08N5WRWNW/",
    "/DP/B08N5WRWNW",
    "/dp/b08n5wrwnw",
    "//dp//B08N5WRWNW",
    "/dp/B08N5WRWNW/ref=sr_1_1",
    "/dp/B08N5WRWNW#customerReviews",
    "/dp/B08N5WRWNW?ref_=abc#reviews",
    "/Some-Kettle-1-7-Litre/dp/B08N5WRWNW",
    "/Some-Kettle/dp/B08N5WRWNW/ref=sr_1_1_sspa?keywords=kettle&qid=1&sr=8-1",
    "/Black&Decker-Kettle/dp/B08N5WRWNW",
    "/K%C3%BChler/dp/B08N5WRWNW",
    "/Kühler/dp/B08N5WRWNW",
    "/dp/product/B08N5WRWNW",
    "/dp/offer-listing/B08N5WRWNW",
    "/dp/tracks/B08N5WRWNW#disc_1",
    "/dp/B08N5WRWNW/376-0245530-0562731",
    "/gp/product/B08N5WRWNW",
    "/GP/Product/B08N5WRWNW",
    "/gp/product/glance/B08N5WRWNW",
    "/gp/product/images/B08N5WRWNW",
    "/gp/product/B08N5WRWNW/ref=ox_sc_act_title_1?ie=UTF8",
    "/gp/aw/d/B08N5WRWNW",
    "/gp/aw/reviews/B08N5WRWNW",
    "/product-reviews/B08N5WRWNW",
    "/Some-Kettle/product-reviews/B08N5WRWNW/ref=cm_cr_dp_d_show_all_btm",
    "/gp/offer-listing/B08N5WRWNW",
    "/gp/customer-reviews/R1ABCDEFGHIJKL?ASIN=B08N5WRWNW",
    "/gp/customer-reviews/widgets/average-customer-review/popover/?contextId=dpx&asin=B08N5WRWNW",
    "/gp/video/detail/B08N5WRWNW",
    "/exec/obidos/ASIN/B08N5WRWNW",
    "/exec/obidos/asin/B08N5WRWNW/ref=nosim",
    "/exec/obidos/tg/detail/-/B08N5WRWNW",
    "/exec/obidos/tg/detail/-/books/B08N5WRWNW",
    "/o/ASIN/B08N5WRWNW",
    "/ASIN/B08N5WRWNW",
    "/d/B08N5WRWNW",
    "/product/B08N5WRWNW",
    "/-/en/dp/B08N5WRWNW",
    "/-/de/dp/B08N5WRWNW",
    "/-/zh_TW/Some-Kettle/dp/B08N5WRWNW",
    "/-/en/gp/product/B08N5WRWNW",
    "/sp?ie=UTF8&seller=A1B2C3D4E5F6G7&asin=B08N5WRWNW",
    "/gp/aod/ajax/ref=dp_aod_unknown_mbc?asin=B08N5WRWNW",
    "/dp%2FB08N5WRWNW",
    "/gp%2Fproduct%2FB08N5WRWNW",
];

#[test]
fn every_shape_is_read_in_every_shop() {
    let mut wrong = Vec::new();
    for shop in Marketplace::ALL {
        for shape in SHAPES {
            let link = format!("https://{}{shape}", shop.host());
            let found = summary(&link);
            if found != format!("product {shop} B08N5WRWNW") {
                wrong.push(format!("{link}: {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_way_to_write_the_host_is_read() {
    for before in [
        "https://www.amazon.de",
        "http://www.amazon.de",
        "HTTPS://WWW.AMAZON.DE",
        "Https://Www.Amazon.De",
        "https://amazon.de",
        "https://m.amazon.de",
        "https://smile.amazon.de",
        "https://www.amazon.de:443",
        "http://www.amazon.de:80",
        "https://www.amazon.de.",
        "//www.amazon.de",
        "www.amazon.de",
        "amazon.de",
        "AMAZON.DE",
        "https:/www.amazon.de",
        "  https://www.amazon.de",
        "\u{feff}https://www.amazon.de",
        "https://www.amazon.at",
    ] {
        let link = format!("{before}/Kettle/dp/B08N5WRWNW?tag=x-21");
        assert_eq!(summary(&link), "product de B08N5WRWNW tag=x-21", "{link}");
    }
    check_all([("https://www.amazon.jp/dp/B08N5WRWNW", "product jp B08N5WRWNW")]);
}

#[test]
fn what_people_put_around_a_link_is_taken_off() {
    for (before, after) in
        [("<", ">"), ("\"", "\""), ("'", "'"), ("(", ")"), ("[", "]"), (" \u{200b}", "\n"), ("“", "”")]
    {
        let link = format!("{before}https://www.amazon.com/dp/B08N5WRWNW?tag=x-20{after}");
        assert_eq!(summary(&link), "product us B08N5WRWNW tag=x-20", "{link}");
    }
}

#[test]
fn what_the_query_says_is_kept() {
    check_all([
        (
            "https://www.amazon.com/dp/B08N5WRWNW?tag=x-20&th=1&psc=1",
            "product us B08N5WRWNW tag=x-20 th=1 psc=1",
        ),
        ("https://www.amazon.com/dp/B08N5WRWNW?TAG=x-20&PSC=0", "product us B08N5WRWNW tag=x-20 psc=0"),
        (
            "https://www.amazon.com/dp/B08N5WRWNW?linkCode=ll1&tag=moviefinder-tg-21&ascsubtag=page%7C7&language=en_US",
            "product us B08N5WRWNW tag=moviefinder-tg-21 ascsubtag=page|7 code=ll1 language=en_US",
        ),
        (
            "https://www.amazon.com/dp/B08N5WRWNW?tag=motherboardcentral.com-20",
            "product us B08N5WRWNW tag=motherboardcentral.com-20",
        ),
        ("https://www.amazon.com/dp/B08N5WRWNW?tag=linkfiregen", "product us B08N5WRWNW tag=linkfiregen"),
        ("https://www.amazon.com/dp/B08N5WRWNW?tag=x%2D20", "product us B08N5WRWNW tag=x-20"),
        ("https://www.amazon.com/dp/B08N5WRWNW?tag=", "product us B08N5WRWNW"),
        (
            "https://www.amazon.com/dp/B08N5WRWNW?tag=first-20&tag=second-20",
            "product us B08N5WRWNW tag=first-20",
        ),
        ("https://www.amazon.com/dp/B08N5WRWNW?th=10&psc=x", "product us B08N5WRWNW"),
        // Words of other parameters that only contain these names.
        ("https://www.amazon.com/dp/B08N5WRWNW?dib_tag=se&xtag=a&staged=b", "product us B08N5WRWNW"),
        // Bytes that fold to `=`, `-` or a digit if they are taken for letters.
        ("https://www.amazon.com/dp/B08N5WRWNW?tag\u{1d}x-20&th\u{1d}1", "product us B08N5WRWNW"),
        ("https://www.amazon.com/dp/B08N5WRWNW?tag=x\u{e}20", "product us B08N5WRWNW tag=x\u{e}20"),
        // Behind the fragment nothing counts.
        ("https://www.amazon.com/dp/B08N5WRWNW#?tag=x-20", "product us B08N5WRWNW"),
    ]);
}

#[test]
fn the_oldest_forms_have_their_tag_in_the_path() {
    check_all([
        (
            "http://www.amazon.com/exec/obidos/ASIN/B00005Q5UO/4guysfromrollaco",
            "product us B00005Q5UO tag=4guysfromrollaco",
        ),
        (
            "http://www.amazon.com/exec/obidos/ASIN/B00005Q5UO/ref=nosim/somesite-20",
            "product us B00005Q5UO tag=somesite-20",
        ),
        ("http://www.amazon.com/o/ASIN/B00005Q5UO/somesite-20/", "product us B00005Q5UO tag=somesite-20"),
        ("http://www.amazon.co.uk/exec/obidos/ASIN/0306406152/103-1234567-7654321", "product uk 0306406152"),
        (
            "http://www.amazon.com/exec/obidos/ISBN=0306406152/somesite-20",
            "product us 0306406152 tag=somesite-20",
        ),
        // The query is what counts if both are there.
        (
            "http://www.amazon.com/o/ASIN/B00005Q5UO/path-20?tag=query-20",
            "product us B00005Q5UO tag=query-20",
        ),
        // On every other form a tag in the path is not seen by Amazon.
        ("https://www.amazon.com/dp/B08N5WRWNW/somesite-20", "product us B08N5WRWNW"),
    ]);
}

#[test]
fn digital_music_has_a_host_and_numbers_of_its_own() {
    check_all([
        ("https://music.amazon.co.uk/albums/B08N5WRWNW?trackAsin=B08N5ABCDE", "product uk B08N5ABCDE"),
        ("https://music.amazon.de/albums/B08N5WRWNW?tag=x-21", "product de B08N5WRWNW tag=x-21"),
        ("https://music.amazon.com/tracks/B08N5WRWNW", "product us B08N5WRWNW"),
        ("https://music.amazon.com/playlists/B08N5WRWNW", "other us"),
    ]);
}

#[test]
fn attribution_markers_are_seen() {
    for marker in [
        "maas=maas_adg_1",
        "aa_campaignid=1",
        "aa_adgroupid=1",
        "aa_creativeid=1",
        "ref_=aa_maas",
        "ref=aa_maas",
        "AA_CampaignId=1",
    ] {
        let link = format!("https://www.amazon.com/dp/B08N5WRWNW?th=1&{marker}");
        assert_eq!(summary(&link), "product us B08N5WRWNW th=1 attribution", "{link}");
    }
    check_all([
        ("https://www.amazon.com/dp/B08N5WRWNW?tag=maas", "product us B08N5WRWNW tag=maas attribution"),
        ("https://www.amazon.com/dp/B08N5WRWNW?tag=maas-20", "product us B08N5WRWNW tag=maas-20"),
        ("https://www.amazon.com/dp/B08N5WRWNW?xmaas=1&bb_campaignid=2", "product us B08N5WRWNW"),
    ]);
}

#[test]
fn links_made_by_the_api_are_known_by_their_code() {
    for (code, by_api) in
        [("ogi", true), ("osi", true), ("ogv", true), ("ll1", false), ("sl1", false), ("ogx", false)]
    {
        let text = format!("https://www.amazon.com/dp/B08N5WRWNW?tag=x-20&linkCode={code}&th=1&psc=1");
        let link = linkwright_zero::read(&text).unwrap();
        assert_eq!(link.is_made_by_api(), by_api, "{code}");
        assert!(!link.is_short());
    }
}

#[test]
fn an_owned_link_is_the_same_link() {
    for text in [
        "https://www.amazon.com/dp/B08N5WRWNW?tag=x-20&ascsubtag=a&language=de_DE&linkCode=ll1&th=1",
        "https://www.amazon.com/s?k=two+words&i=tools",
        "https://www.amazon.com/gp/aws/cart/add.html?ASIN.1=B08N5WRWNW",
        "https://www.amazon.com/stores/Brand",
        "https://www.amazon.com/stores/page/3E3C387A-504A-4387-A1A1-4DC76081B545",
        "https://www.amazon.com/shop/handle",
        "https://www.amazon.com/dp/B08N5WR",
        "https://amzn.to/3xYzAbC",
    ] {
        let link = linkwright_zero::read(text).unwrap();
        let page: Page<'static> = link.page.clone().into_owned();
        assert_eq!(page, link.page, "{text}");
        assert_eq!(link.clone().into_owned(), link, "{text}");
    }
}
