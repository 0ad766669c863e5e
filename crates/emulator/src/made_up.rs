//! Made-up items: each follows from the seed, its number and the shop alone, so that none has to be kept.

use linkwright_core::{Asin, Marketplace};
use serde_json::{Value, json};

use crate::locale::{self, Amount};
use crate::product_kinds::{BRANDS, COLORS, FEATURES, KINDS, Kind, SERIES, SIZES};
use crate::random::Random;

/// How many made-up items there are; every shop with an Associates programme sells all of them.
pub(crate) const COUNT: usize = 2000;

/// How made-up ASINs begin. Five digits follow.
const ASIN_START: &str = "B0EMU";

/// What is special about a made-up item. It follows from the item's number, and so is the same in every shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ItemKind {
    /// Sold at its price, in stock.
    Plain,
    /// Sold at a reduced price, with the details of a deal.
    Deal,
    /// Without any offer.
    OutOfStock,
    /// With a price that may not be shown.
    ViolatesMap,
    /// Sold in the shop, but not told of by the API.
    NotAccessible,
}

impl ItemKind {
    /// The kind of an item, by its number: of 20 items in a row 14 are plain, 3 are deals, and there is one of each other.
    pub(crate) const fn of(number: usize) -> Self {
        match number % 20 {
            3 | 9 | 13 => Self::Deal,
            7 => Self::OutOfStock,
            11 => Self::ViolatesMap,
            19 => Self::NotAccessible,
            _ => Self::Plain,
        }
    }

    /// All kinds, with their names in `/_emulator/asins`.
    pub(crate) const ALL: [(Self, &str); 5] = [
        (Self::Plain, "plain"),
        (Self::Deal, "deal"),
        (Self::OutOfStock, "out_of_stock"),
        (Self::ViolatesMap, "violates_map"),
        (Self::NotAccessible, "not_accessible"),
    ];
}

/// The ASIN of a made-up item.
pub(crate) fn asin_of(number: usize) -> String {
    format!("{ASIN_START}{number:05}")
}

/// The number of a made-up item's ASIN; `None` for others.
pub(crate) fn number_of(asin: Asin) -> Option<usize> {
    let number = asin.as_str().strip_prefix(ASIN_START)?.parse().ok()?;
    (number < COUNT).then_some(number)
}

/// A whole item, with everything any resource may ask for.
pub(crate) fn item(seed: u64, number: usize, shop: Marketplace) -> Value {
    // What the product is does not depend on the shop; what it costs there does.
    let mut random = Random::new(seed, &format!("item {number}"));
    let kind = random.pick(KINDS);
    let brand = *random.pick(BRANDS);
    let name = localized(kind, shop);
    let color = *random.pick(COLORS);
    let title = if kind.is_book {
        format!("{name}: {}", random.pick(SERIES))
    } else {
        product_title(&mut random, brand, name, color, kind)
    };
    let mut item = json!({
        "parentASIN": format!("{ASIN_START}P{:04}", number / 4),
        "images": images(&mut random),
        "itemInfo": item_info(&mut random, shop, kind, &title, brand, color, name),
        "browseNodeInfo": browse_nodes(&mut random, kind),
        "customerReviews": {
            "count": random.between(3, 4800),
            "starRating": { "value": (random.between(30, 50) as f64) / 10.0 },
        },
    });
    if let Some(listings) = listings(&mut random, number, shop, kind) {
        item["offersV2"] = json!({ "listings": listings });
    }
    item
}

fn product_title(random: &mut Random, brand: &str, name: &str, color: &str, kind: &Kind) -> String {
    let pack = kind.pack.map_or_else(String::new, |count| format!(" ({count} ×)"));
    format!("{brand} {name} {}{pack}, {color}", random.pick(SERIES))
}

fn localized(kind: &Kind, shop: Marketplace) -> &'static str {
    const LANGUAGES: [&str; 6] = ["en", "de", "fr", "es", "it", "ja"];
    let language = locale::language(shop);
    let position = LANGUAGES.iter().position(|known| language.starts_with(known));
    kind.names[position.unwrap_or(0)]
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
    json!({
        "small": size("_SL75_.", 75),
        "medium": size("_SL160_.", 160),
        "large": size("", 500),
        "hiRes": size("_SL1500_.", 1500),
    })
}

fn images(random: &mut Random) -> Value {
    let variants: Vec<Value> = (0..random.between(2, 4)).map(|_| picture(random)).collect();
    json!({ "primary": picture(random), "variants": variants })
}

fn item_info(
    random: &mut Random,
    shop: Marketplace,
    kind: &Kind,
    title: &str,
    brand: &str,
    color: &str,
    name: &str,
) -> Value {
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
    let dimensions = json!({
        "height": measure(20, 400, "centimeters", "Height"),
        "length": measure(20, 400, "centimeters", "Length"),
        "width": measure(20, 400, "centimeters", "Width"),
        "weight": measure(1, 60, "kilograms", "Weight"),
    });
    let size = *random.pick(SIZES);
    let mut info = json!({
        "title": single(title, words.title),
        "byLineInfo": {
            "brand": single(brand, words.brand),
            "manufacturer": single(brand, words.manufacturer),
        },
        "classifications": {
            // Recorded without a locale.
            "binding": { "displayValue": kind.binding, "label": words.binding },
            "productGroup": { "displayValue": kind.product_group, "label": words.product_group },
        },
        "externalIds": { "eans": { "displayValues": [ean], "label": "EAN", "locale": locale } },
        // Recorded without a label.
        "features": { "displayValues": features, "locale": locale },
        "productInfo": {
            "color": single(color, words.color),
            "isAdultProduct": { "displayValue": false, "label": "IsAdultProduct", "locale": locale },
            "itemDimensions": dimensions,
            "releaseDate": single(release_date(random).as_str(), "ReleaseDate"),
            "size": single(size, words.size),
            "unitCount": { "displayValue": kind.pack.unwrap_or(1), "label": "NumberOfItems", "locale": locale },
        },
        "manufactureInfo": {
            "itemPartNumber": single(&format!("EMU-{}", random.between(1000, 9999)), "PartNumber"),
            "model": single(&format!("M{}", random.between(100, 999)), "Model"),
            "warranty": single("2 years", "Warranty"),
        },
        "technicalInfo": {
            "formats": { "displayValues": ["Emulated"], "label": "Format", "locale": locale },
        },
        "tradeInInfo": { "isEligibleForTradeIn": false },
    });
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

fn browse_nodes(random: &mut Random, kind: &Kind) -> Value {
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
    let root = kind.nodes.last().map(named).unwrap_or_default();
    json!({
        "browseNodes": [node],
        "websiteSalesRank": {
            "id": root["id"], "displayName": root["displayName"], "contextFreeName": root["contextFreeName"],
            "salesRank": random.between(100, 900_000),
        },
    })
}

/// The offers; `None` for an item without, as the service leaves the member out.
fn listings(random: &mut Random, number: usize, shop: Marketplace, kind: &Kind) -> Option<Vec<Value>> {
    let words = locale::words(shop);
    let kind_of_offer = ItemKind::of(number);
    if matches!(kind_of_offer, ItemKind::OutOfStock | ItemKind::NotAccessible) {
        return None;
    }
    let basis = Amount::of_us_cents(random.between(kind.price.0, kind.price.1), shop);
    let reduced = kind_of_offer == ItemKind::Deal || random.below(4) == 0;
    let price = if reduced { basis.percent(random.between(60, 95)) } else { basis };
    let mut price_info = json!({ "money": price.money() });
    if reduced {
        let savings = basis.minus(price);
        price_info["savings"] = json!({ "money": savings.money(), "percentage": savings.percent_of(basis) });
        price_info["savingBasis"] = json!({
            "money": basis.money(),
            "savingBasisType": random.pick(&["LIST_PRICE", "WAS_PRICE", "LOWEST_PRICE"]),
            "savingBasisTypeLabel": words.list_price,
        });
    }
    if let Some(pack) = kind.pack {
        price_info["pricePerUnit"] = price.shared_by(pack).money_per(words.per_unit);
    }
    let scarce = random.below(6) == 0;
    let mut listing = json!({
        "availability": {
            "type": if scarce { "IN_STOCK_SCARCE" } else { "IN_STOCK" },
            "message": if scarce { words.few_left } else { words.in_stock },
            "minOrderQuantity": 1,
            "maxOrderQuantity": if scarce { 3 } else { 30 },
        },
        "condition": { "value": "New", "subCondition": "Unknown", "conditionNote": "" },
        "isBuyBoxWinner": true,
        "merchantInfo": { "id": "A0EMULATOR0001", "name": "Emulated Merchant" },
        "price": price_info,
        "violatesMAP": kind_of_offer == ItemKind::ViolatesMap,
    });
    if shop == Marketplace::Jp {
        listing["loyaltyPoints"] = json!({ "points": random.between(1, 500) });
    }
    if kind_of_offer == ItemKind::Deal {
        let mut deal = json!({
            "accessType": random.pick(&["ALL", "PRIME_EARLY_ACCESS", "PRIME_EXCLUSIVE"]),
            "badge": words.deal,
            "percentClaimed": random.between(0, 90),
        });
        // A deal without an end runs on; times come with and without seconds.
        if random.below(3) > 0 {
            deal["startTime"] = "2026-11-01T05:35Z".into();
            deal["endTime"] = "2046-11-30T07:59:59Z".into();
            listing["type"] = "LIGHTNING_DEAL".into();
        }
        listing["dealDetails"] = deal;
    }
    let mut listings = vec![listing];
    if kind.pack.is_some() && kind_of_offer == ItemKind::Plain {
        let mut subscribe = listings[0].clone();
        subscribe["type"] = "SUBSCRIBE_AND_SAVE".into();
        subscribe["isBuyBoxWinner"] = false.into();
        subscribe["price"] = json!({ "money": price.percent(95).money() });
        listings.push(subscribe);
    }
    Some(listings)
}
