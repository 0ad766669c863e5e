//! Items of the user's own.

use linkwright_core::{ErrorKind, Marketplace};
use linkwright_emulator::Settings;

use crate::asking::Asking;

const OWN: &str = r#"[
    {"asin":"B08N5WRWNW","itemInfo":{"title":{"displayValue":"Everywhere"}},"unheard":{"of":1}},
    {"asin":"080442957X","marketplace":"de","itemInfo":{"title":{"displayValue":"Ein Buch"}},
     "offersV2":{"listings":[{"price":{"money":{"amount":12.5,"currency":"EUR","displayAmount":"12,50 €"}},"new":true}]}},
    {"asin":"B0EMU00000","marketplace":"us","itemInfo":{"title":{"displayValue":"Instead of a made-up one"}}}
]"#;

#[test]
fn they_are_answered_in_their_shops() {
    let title = |text: &str, shop, asin: &str| {
        let mut asking = Asking::of(Settings::default().items_json("own.json", text).unwrap());
        let body = asking.get_items(shop, &[asin], &[]).json_body();
        body["itemsResult"]["items"][0]["itemInfo"]["title"]["displayValue"].as_str().map(str::to_owned)
    };
    let wrapped = format!("\u{feff}{{\"items\":{OWN},\"note\":\"mine\"}}");
    for text in [OWN, wrapped.as_str()] {
        assert_eq!(title(text, Marketplace::Us, "B08N5WRWNW").as_deref(), Some("Everywhere"));
        assert_eq!(title(text, Marketplace::Jp, "b08n5wrwnw").as_deref(), Some("Everywhere"));
        assert_eq!(title(text, Marketplace::De, "080442957X").as_deref(), Some("Ein Buch"));
        assert_eq!(title(text, Marketplace::Us, "080442957X"), None);
        assert_eq!(title(text, Marketplace::Us, "B0EMU00000").as_deref(), Some("Instead of a made-up one"));
        assert!(title(text, Marketplace::Uk, "B0EMU00000").is_some());
    }
}

#[test]
fn they_are_projected_as_the_made_up_ones() {
    let mut asking = Asking::of(Settings::default().items_json("own.json", OWN).unwrap());
    let body = asking.get_items(Marketplace::De, &["080442957X"], &["offersV2.listings.price"]).json_body();
    let item = &body["itemsResult"]["items"][0];
    assert_eq!(item.get("itemInfo"), None);
    assert_eq!(item["offersV2"]["listings"][0]["price"]["money"]["amount"], 12.5);
    assert_eq!(item["offersV2"]["listings"][0].get("new"), None);
    assert_eq!(
        item["detailPageURL"],
        "https://www.amazon.de/dp/080442957X?tag=demo-21&linkCode=ogi&th=1&psc=1"
    );
}

#[test]
fn mistakes_name_the_item_and_the_place() {
    let table = [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("7", "neither an array nor an object"),
        (r#"{"products":[]}"#, "no array `items`"),
        ("[7]", "item 1: not an object"),
        ("[{}]", "item 1, `asin`: missing"),
        (r#"[{"asin":7}]"#, "item 1, `asin`: not a string"),
        (r#"[{"asin":"B08N5WRWNW"},{"asin":"short"}]"#, "item 2, `asin`: "),
        (
            r#"[{"asin":"B08N5WRWNW","marketplace":"atlantis"}]"#,
            "item 1, `marketplace`: no Amazon shop of that name: `atlantis`; known:",
        ),
        (r#"[{"asin":"B08N5WRWNW","marketplace":"za"}]"#, "the API does not serve that shop"),
        (
            r#"[{"asin":"B08N5WRWNW","itemInfo":{"title":"Kettle"}}]"#,
            "item 1, `itemInfo.title`: must be an object",
        ),
        (
            r#"[{"asin":"B08N5WRWNW","offersV2":{"listings":[{},{"price":{"money":{"amount":"9"}}}]}}]"#,
            "item 1, `offersV2.listings.1.price.money.amount`: must be a number",
        ),
    ];
    for (text, expected) in table {
        let error = Settings::default().items_json("own.json", text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConfigInvalid);
        let message = error.message();
        assert!(message.starts_with("cannot use items of `own.json`: "), "{message}");
        assert!(message.contains(expected), "{text}: {message}");
    }
}
