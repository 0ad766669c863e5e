//! Made-up items: each follows from the seed, its number and the shop alone, so that none has to be kept.

use linkwright_core::{Asin, Marketplace};
use serde_json::{Value, json};

use crate::families::Family;
use crate::locale;
use crate::made_up_info::{browse_nodes, images, item_info, object};
use crate::offers;
use crate::product_kinds::{BRANDS, COLORS, KINDS, Kind, SERIES};
use crate::random::Random;

/// How many made-up items there are; every shop with an Associates programme sells all of them.
pub(crate) const COUNT: usize = 2000;

/// How made-up ASINs begin. Five digits follow.
pub(crate) const ASIN_START: &str = "B0EMU";

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

/// A product, as far as it does not differ between offers.
#[derive(Debug)]
pub(crate) struct Product {
    pub(crate) kind: &'static Kind,
    pub(crate) brand: &'static str,
    /// What it is, in the shop's language.
    pub(crate) name: &'static str,
    pub(crate) title: String,
    /// A parent has no colour, and no size.
    pub(crate) color: Option<&'static str>,
    /// `None` if any will do.
    pub(crate) size: Option<&'static str>,
}

/// A whole item, with everything any resource may ask for.
pub(crate) fn item(seed: u64, number: usize, shop: Marketplace) -> Value {
    // What the product is does not depend on the shop; what it costs there does.
    let mut random = Random::new(seed, &format!("item {number}"));
    let family = Family::of(number);
    let product = match &family {
        None => single(&mut random, shop),
        Some(family) => member(family, seed, shop, Some(number)),
    };
    let mut item = described(&mut random, shop, &product);
    if let Some(listings) = offers::listings(&mut random, number, shop, product.kind) {
        item["offersV2"] = object([("listings", listings.into())]);
    }
    if let Some(family) = family {
        item["parentASIN"] = family.parent().into();
        item["variationAttributes"] = family.attributes(number);
    }
    item
}

/// The parent of a family: described, and never offered. Nobody recorded whether the API tells of parents.
pub(crate) fn parent(seed: u64, family: &Family, shop: Marketplace) -> Value {
    let mut random = Random::new(seed, &format!("parent {}", family.members.start));
    let mut item = described(&mut random, shop, &member(family, seed, shop, None));
    if let Some(Value::Object(info)) = item.pointer_mut("/itemInfo/productInfo") {
        info.remove("color");
        info.remove("size");
    }
    item
}

/// A product without variations.
fn single(random: &mut Random, shop: Marketplace) -> Product {
    let kind = random.pick(KINDS);
    let brand = *random.pick(BRANDS);
    let name = localized(kind, shop);
    let color = *random.pick(COLORS);
    let series = *random.pick(SERIES);
    let title = if kind.is_book {
        format!("{name}: {series}")
    } else {
        format!("{}, {color}", product_title(brand, name, series, kind))
    };
    Product { kind, brand, name, title, color: Some(color), size: None }
}

/// A member of a family; without a number, its parent.
fn member(family: &Family, seed: u64, shop: Marketplace, number: Option<usize>) -> Product {
    let mut random = family.stream(seed);
    let kind = Family::kind(&mut random);
    let (brand, series) = (*random.pick(BRANDS), *random.pick(SERIES));
    let name = localized(kind, shop);
    let (color, size) = match number.map(|number| family.color_and_size(number)) {
        None => (None, None),
        Some((color, size)) => (Some(color), size),
    };
    let mut title = product_title(brand, name, series, kind);
    for word in [color, size].into_iter().flatten() {
        title.push_str(", ");
        title.push_str(word);
    }
    Product { kind, brand, name, title, color, size }
}

fn product_title(brand: &str, name: &str, series: &str, kind: &Kind) -> String {
    let pack = kind.pack.map_or_else(String::new, |count| format!(" ({count} ×)"));
    format!("{brand} {name} {series}{pack}")
}

/// The product itself: everything but its offers and its family.
fn described(random: &mut Random, shop: Marketplace, product: &Product) -> Value {
    object([
        ("images", images(random)),
        ("itemInfo", item_info(random, shop, product)),
        ("browseNodeInfo", browse_nodes(random, product.kind)),
        (
            "customerReviews",
            json!({
                "count": random.between(3, 4800),
                "starRating": { "value": (random.between(30, 50) as f64) / 10.0 },
            }),
        ),
    ])
}

pub(crate) fn localized(kind: &Kind, shop: Marketplace) -> &'static str {
    const LANGUAGES: [&str; 6] = ["en", "de", "fr", "es", "it", "ja"];
    let language = locale::language(shop);
    let position = LANGUAGES.iter().position(|known| language.starts_with(known));
    kind.names[position.unwrap_or(0)]
}
