//! What made-up items tell of themselves: pictures, texts, numbers, browse nodes.

use linkwright_core::Marketplace;
use serde_json::{Map, Value, json};

use crate::locale;
use crate::made_up::Product;
use crate::product_kinds::{FEATURES, Kind, SIZES};
use crate::random::Random;

/// An object of values that are moved into it. `json!` would copy each, over and over on the way up.
pub(crate) fn object<const COUNT: usize>(members: [(&str, Value); COUNT]) -> Value {
    members.into_iter().map(|(name, member)| (name.to_owned(), member)).collect::<Map<String, Value>>().into()
}

/// One picture in four sizes, under the names the documentation's samples have.
fn picture(random: &mut Random) -> Value {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let id = format!("00EMU{}L", random.text(LETTERS, 6));
    let width = random.between(60, 100);
    let size = |suffix: &str, longest: u64| {
        json!({
            "url": format!("https://m.media-amazon.com/images/I/{id}.{suffix}jpg"),
            "height": longest,
            "width": longest * width / 100,
        })
    };
    object([
        ("small", size("_SL75_.", 75)),
        ("medium", size("_SL160_.", 160)),
        ("large", size("", 500)),
        ("hiRes", size("_SL1500_.", 1500)),
    ])
}

pub(crate) fn images(random: &mut Random) -> Value {
    let variants: Vec<Value> = (0..random.between(2, 4)).map(|_| picture(random)).collect();
    object([("primary", picture(random)), ("variants", variants.into())])
}

pub(crate) fn item_info(random: &mut Random, shop: Marketplace, product: &Product) -> Value {
    let Product { kind, brand, name, title, color, size } = product;
    let (locale, words) = (locale::language(shop), locale::words(shop));
    let single =
        |value: &str, label: &str| json!({ "displayValue": value, "label": label, "locale": locale });
    let ean = random.between(4_000_000_000_000, 4_999_999_999_999).to_string();
    let features: Vec<String> = FEATURES
        .iter()
        .take(usize::try_from(random.between(4, 7)).unwrap_or(4))
        .map(|feature| feature.replace("{}", name))
        .collect();
    let mut measure = |low: u64, high: u64, unit: &str, label: &str| {
        let value = random.between(low, high) as f64 / 10.0;
        json!({ "displayValue": value, "unit": unit, "label": label, "locale": locale })
    };
    let dimensions = object([
        ("height", measure(20, 400, "centimeters", "Height")),
        ("length", measure(20, 400, "centimeters", "Length")),
        ("width", measure(20, 400, "centimeters", "Width")),
        ("weight", measure(1, 60, "kilograms", "Weight")),
    ]);
    let any_size = *random.pick(SIZES);
    let by_line_info =
        object([("brand", single(brand, words.brand)), ("manufacturer", single(brand, words.manufacturer))]);
    let product_info = object([
        ("color", single(color.unwrap_or_default(), words.color)),
        ("isAdultProduct", json!({ "displayValue": false, "label": "IsAdultProduct", "locale": locale })),
        ("itemDimensions", dimensions),
        ("releaseDate", single(release_date(random).as_str(), "ReleaseDate")),
        ("size", single(size.unwrap_or(any_size), words.size)),
        (
            "unitCount",
            json!({ "displayValue": kind.pack.unwrap_or(1), "label": "NumberOfItems", "locale": locale }),
        ),
    ]);
    let manufacture_info = object([
        ("itemPartNumber", single(&format!("EMU-{}", random.between(1000, 9999)), "PartNumber")),
        ("model", single(&format!("M{}", random.between(100, 999)), "Model")),
        ("warranty", single("2 years", "Warranty")),
    ]);
    let mut info = json!({
        "classifications": {
            // Recorded without a locale.
            "binding": { "displayValue": kind.binding, "label": words.binding },
            "productGroup": { "displayValue": kind.product_group, "label": words.product_group },
        },
        "externalIds": { "eans": { "displayValues": [ean], "label": "EAN", "locale": locale } },
        // Recorded without a label.
        "features": { "displayValues": features, "locale": locale },
        "technicalInfo": {
            "formats": { "displayValues": ["Emulated"], "label": "Format", "locale": locale },
        },
        "tradeInInfo": { "isEligibleForTradeIn": false },
    });
    info["title"] = single(title, words.title);
    info["byLineInfo"] = by_line_info;
    info["productInfo"] = product_info;
    info["manufactureInfo"] = manufacture_info;
    if kind.is_book {
        info["byLineInfo"]["contributors"] = json!([
            { "name": "Ada Beispiel", "role": "Author", "roleType": "author", "locale": locale },
            { "name": "José Ñandú", "role": "Illustrator", "roleType": "illustrator", "locale": locale },
        ]);
        info["contentInfo"] = json!({
            "edition": single("2", "Edition"),
            "pagesCount": { "displayValue": random.between(80, 640), "label": "NumberOfPages", "locale": locale },
            "publicationDate": single(release_date(random).as_str(), "PublicationDate"),
            "languages": {
                "displayValues": [
                    { "displayValue": "English", "type": "Published" },
                    { "displayValue": "English", "type": "Original Language" },
                ],
                "label": "Language",
                "locale": locale,
            },
        });
        info["contentRating"] = json!({ "audienceRating": single("General Audience", "AudienceRating") });
    }
    info
}

/// Dates come in several forms; PA-API's history has these.
fn release_date(random: &mut Random) -> String {
    let (year, month, day) = (random.between(2009, 2026), random.between(1, 12), random.between(1, 28));
    match random.below(3) {
        0 => year.to_string(),
        1 => format!("{year}-{month:02}-{day:02}"),
        _ => format!("{year}-{month:02}-{day:02}T00:00:01Z"),
    }
}

pub(crate) fn browse_nodes(random: &mut Random, kind: &Kind) -> Value {
    let named = |(id, name): &(&str, &str)| json!({ "id": id, "displayName": name, "contextFreeName": name });
    let mut nodes = kind.nodes.iter();
    let mut node = nodes.next().map(named).unwrap_or_default();
    // From the root inwards: each holds the one above it.
    let ancestor = nodes.rev().fold(None, |above: Option<Value>, next| {
        let mut inner = named(next);
        if let Some(above) = above {
            inner["ancestor"] = above;
        }
        Some(inner)
    });
    if let Some(ancestor) = ancestor {
        node["ancestor"] = ancestor;
    }
    node["isRoot"] = false.into();
    node["salesRank"] = random.between(1, 9000).into();
    let mut sales_rank = kind.nodes.last().map(named).unwrap_or_default();
    sales_rank["salesRank"] = random.between(100, 900_000).into();
    object([("browseNodes", vec![node].into()), ("websiteSalesRank", sales_rank)])
}
