//! The made-up items: enough, the same every time, of the size and kinds that real ones have.

use std::collections::BTreeSet;

use linkwright_core::{Asin, Marketplace};
use linkwright_emulator::{Emulator, ItemKind, Settings};
use serde_json::Value;

use crate::asking::Asking;

/// All resources of getItems.
const ALL: &str = "browseNodeInfo.browseNodes browseNodeInfo.browseNodes.ancestor browseNodeInfo.browseNodes.salesRank \
    browseNodeInfo.websiteSalesRank customerReviews.count customerReviews.starRating images.primary.small \
    images.primary.medium images.primary.large images.primary.highRes images.variants.small images.variants.medium \
    images.variants.large images.variants.highRes itemInfo.byLineInfo itemInfo.contentInfo itemInfo.contentRating \
    itemInfo.classifications itemInfo.externalIds itemInfo.features itemInfo.manufactureInfo itemInfo.productInfo \
    itemInfo.technicalInfo itemInfo.title itemInfo.tradeInInfo parentASIN offersV2.listings.availability \
    offersV2.listings.condition offersV2.listings.dealDetails offersV2.listings.isBuyBoxWinner \
    offersV2.listings.loyaltyPoints offersV2.listings.merchantInfo offersV2.listings.price offersV2.listings.type";

fn whole(asking: &mut Asking, shop: Marketplace, asin: &str) -> Value {
    let resources: Vec<&str> = ALL.split_whitespace().collect();
    let body = asking.get_items(shop, &[asin], &resources).json_body();
    body["itemsResult"]["items"][0].clone()
}

#[test]
fn there_are_enough_and_every_asin_has_a_valid_shape() {
    let emulator = Emulator::new(Settings::default());
    let kinds = [
        ItemKind::Plain,
        ItemKind::Deal,
        ItemKind::OutOfStock,
        ItemKind::ViolatesMap,
        ItemKind::NotAccessible,
    ];
    let counts = kinds.map(|kind| emulator.asins(Marketplace::Us, kind, 10_000).len());
    assert_eq!(counts, [1400, 300, 100, 100, 100]);
    let all: BTreeSet<String> =
        kinds.iter().flat_map(|kind| emulator.asins(Marketplace::Us, *kind, 10_000)).collect();
    assert_eq!(all.len(), 2000);
    for asin in &all {
        assert_eq!(Asin::parse(asin).unwrap().as_str(), asin);
        assert!(asin.starts_with("B0EMU"), "obviously made up: {asin}");
    }
    assert!(emulator.asins(Marketplace::Za, ItemKind::Plain, 1).is_empty());
}

#[test]
fn they_are_as_large_as_real_ones() {
    let mut asking = Asking::new();
    for shop in Marketplace::ALL.into_iter().filter(|shop| shop.has_associates()) {
        for number in (0..40).chain(1000..1040) {
            if number % 20 == 19 {
                continue;
            }
            let item = whole(&mut asking, shop, &format!("B0EMU{number:05}"));
            let size = item.to_string().len();
            assert!((3000..=6144).contains(&size), "{shop} {number}: {size} bytes: {item}");
        }
    }
}

#[test]
fn the_same_seed_means_the_same_items() {
    let item = |seed| whole(&mut Asking::of(Settings::default().seed(seed)), Marketplace::De, "B0EMU00123");
    assert_eq!(item(1), item(1));
    assert_ne!(item(1), item(2));
}

#[test]
fn each_shop_has_its_own_language_currency_and_display() {
    let mut asking = Asking::new();
    // Shop, locale, currency, how an amount begins and ends.
    let table = [
        (Marketplace::Us, "en_US", "USD", "$", "9"),
        (Marketplace::Uk, "en_GB", "GBP", "£", "9"),
        (Marketplace::De, "de_DE", "EUR", "", "\u{a0}€"),
        (Marketplace::Fr, "fr_FR", "EUR", "", "\u{a0}€"),
        (Marketplace::Jp, "ja_JP", "JPY", "￥", "0"),
        (Marketplace::Ca, "en_CA", "CAD", "$", "9"),
        (Marketplace::Au, "en_AU", "AUD", "$", "9"),
        (Marketplace::Br, "pt_BR", "BRL", "R$\u{a0}", "9"),
    ];
    for (shop, locale, currency, begins, ends) in table {
        let items: Vec<Value> =
            (0..30).map(|number| whole(&mut asking, shop, &format!("B0EMU{number:05}"))).collect();
        let plain = items
            .iter()
            .find(|item| {
                let price = &item["offersV2"]["listings"][0]["price"];
                price["money"].is_object() && price["savings"].is_null()
            })
            .unwrap();
        assert_eq!(plain["itemInfo"]["title"]["locale"], locale);
        let money = &plain["offersV2"]["listings"][0]["price"]["money"];
        assert_eq!(money["currency"], currency);
        let display = money["displayAmount"].as_str().unwrap();
        assert!(display.starts_with(begins) && display.ends_with(ends), "{shop}: {display}");
        // A number with a point, also in yen.
        assert!(money["amount"].to_string().contains('.'), "{money}");
    }
}

#[test]
fn the_kinds_are_what_they_say() {
    let mut asking = Asking::new();
    let mut first = |kind| {
        let asins = asking.emulator.asins(Marketplace::Jp, kind, 40);
        asins.iter().map(|asin| whole(&mut asking, Marketplace::Jp, asin)).collect::<Vec<Value>>()
    };
    for item in first(ItemKind::OutOfStock) {
        assert_eq!(item.get("offersV2"), None);
    }
    for item in first(ItemKind::ViolatesMap) {
        assert_eq!(item["offersV2"]["listings"][0]["violatesMAP"], true);
    }
    let deals = first(ItemKind::Deal);
    for item in &deals {
        let listing = &item["offersV2"]["listings"][0];
        assert!(listing["dealDetails"]["badge"].is_string());
        let money = |name: &str| listing["price"][name]["money"]["amount"].as_f64().unwrap();
        let price = listing["price"]["money"]["amount"].as_f64().unwrap();
        assert!((money("savingBasis") - money("savings") - price).abs() < 0.001, "{listing}");
    }
    let lasting =
        deals.iter().filter(|item| item["offersV2"]["listings"][0]["dealDetails"]["endTime"].is_null());
    assert!((1..40).contains(&lasting.count()), "some deals have an end, some have none");
    let plain = first(ItemKind::Plain);
    for item in &plain {
        assert!(item["offersV2"]["listings"][0]["loyaltyPoints"]["points"].is_u64(), "points are Japanese");
        assert_eq!(item["offersV2"]["listings"][0]["violatesMAP"], false);
    }
    let two = plain.iter().filter(|item| item["offersV2"]["listings"].as_array().unwrap().len() == 2);
    assert!(two.count() > 0, "some have a second listing");
}
