//! The feeds a shop offers, and what is in them: the shop's made-up products as XML.
//!
//! That there are feeds, how they are listed and that they are compressed XML is known from the official SDK. Their
//! layout is documented nowhere: this one is made up, and says so.

use linkwright_core::{Marketplace, TagSuffix, Timestamp};
use serde_json::Value;

use crate::made_up::{self, ItemKind};
use crate::product_kinds::KINDS;
use crate::random::Random;
use crate::shelf::{Lookup, Shelf};

/// A feed in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Feed {
    pub(crate) name: String,
    /// `PRODUCT_FEEDS` or `DEALS_FEEDS`.
    pub(crate) feed_type: &'static str,
    content: Content,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    /// All products, each with its prices of a year: the one that is large.
    All,
    /// Those of one product group.
    Group(&'static str),
    Deals,
}

/// Days of prices in the large feed. They are what makes it a few megabytes.
const DAYS: u64 = 365;

/// The feeds of a shop. The SDK's example of a name is `us_standardized_apparel_retail.xml.gz`.
pub(crate) fn of_shop(shop: Marketplace) -> Vec<Feed> {
    let code = shop.code();
    let feed = |part: &str, feed_type, content| Feed {
        name: format!("{code}_standardized_{part}.xml.gz"),
        feed_type,
        content,
    };
    let mut feeds = vec![feed("all_retail", "PRODUCT_FEEDS", Content::All)];
    for kind in KINDS {
        let group = kind.product_group;
        let part = format!("{}_retail", group.to_ascii_lowercase().replace(' ', "_"));
        let new = feed(&part, "PRODUCT_FEEDS", Content::Group(group));
        if !feeds.contains(&new) {
            feeds.push(new);
        }
    }
    feeds.push(feed("deals", "DEALS_FEEDS", Content::Deals));
    feeds
}

/// A product as feeds have it. Every feed of a shop is made of the same ones.
#[derive(Debug)]
pub(crate) struct Product {
    number: usize,
    group: String,
    xml: String,
    /// The price in hundredths, if there is an offer.
    price: Option<u64>,
}

/// The made-up products of a shop that the API tells of.
pub(crate) fn products(shelf: &Shelf, shop: Marketplace) -> Vec<Product> {
    let found = (0..made_up::COUNT).filter_map(|number| {
        let Lookup::Found { asin, item } = shelf.look_up(&made_up::asin_of(number), shop) else {
            return None;
        };
        let amount = item.pointer("/offersV2/listings/0/price/money/amount").and_then(Value::as_f64);
        Some(Product {
            number,
            group: text(&item, "/itemInfo/classifications/productGroup/displayValue").to_owned(),
            xml: elements(&item, asin.as_str(), shop),
            price: amount.map(|amount| (amount * 100.0) as u64),
        })
    });
    found.collect()
}

impl Feed {
    /// The feed's XML, from all products of its shop.
    pub(crate) fn text(
        &self,
        products: &[Product],
        seed: u64,
        shop: Marketplace,
        modified: Timestamp,
    ) -> String {
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <!-- Made up by an emulator. Nobody documents the layout of the real feeds. -->\n\
             <products marketplace=\"{}\" updated=\"{modified}\">\n",
            shop.host()
        );
        for product in products {
            let belongs = match self.content {
                Content::All => true,
                Content::Group(group) => product.group == group,
                Content::Deals => ItemKind::of(product.number) == ItemKind::Deal,
            };
            if !belongs {
                continue;
            }
            xml.push_str("<product>\n");
            xml.push_str(&product.xml);
            if let (Content::All, Some(price)) = (self.content, product.price) {
                price_history(&mut xml, seed, product.number, price);
            }
            xml.push_str("</product>\n");
        }
        xml.push_str("</products>\n");
        xml
    }
}

fn elements(item: &Value, asin: &str, shop: Marketplace) -> String {
    let mut elements = String::new();
    let xml = &mut elements;
    element(xml, "asin", asin);
    let suffix = shop.tag_suffix().map_or(20, TagSuffix::number);
    element(xml, "url", &format!("https://{}/dp/{asin}?tag=demo-{suffix}", shop.host()));
    for (name, path) in [
        ("parent_asin", "/parentASIN"),
        ("title", "/itemInfo/title/displayValue"),
        ("brand", "/itemInfo/byLineInfo/brand/displayValue"),
        ("product_group", "/itemInfo/classifications/productGroup/displayValue"),
        ("ean", "/itemInfo/externalIds/eans/displayValues/0"),
        ("browse_node", "/browseNodeInfo/browseNodes/0/id"),
        ("image", "/images/primary/large/url"),
        ("availability", "/offersV2/listings/0/availability/type"),
        ("deal_badge", "/offersV2/listings/0/dealDetails/badge"),
        ("deal_start", "/offersV2/listings/0/dealDetails/startTime"),
        ("deal_end", "/offersV2/listings/0/dealDetails/endTime"),
    ] {
        let value = text(item, path);
        if !value.is_empty() {
            element(xml, name, value);
        }
    }
    for feature in
        item.pointer("/itemInfo/features/displayValues").and_then(Value::as_array).into_iter().flatten()
    {
        element(xml, "feature", feature.as_str().unwrap_or_default());
    }
    // A price that may not be shown is in no feed.
    if item.pointer("/offersV2/listings/0/violatesMAP") != Some(&Value::Bool(true)) {
        for (name, path) in [("price", "money"), ("list_price", "savingBasis/money")] {
            let money = item.pointer(&format!("/offersV2/listings/0/price/{path}"));
            if let Some((amount, currency)) = money.map(|money| (&money["amount"], text(money, "/currency")))
            {
                xml.push_str(&format!("  <{name} currency=\"{currency}\">{amount}</{name}>\n"));
            }
        }
    }
    elements
}

fn price_history(xml: &mut String, seed: u64, number: usize, hundredths: u64) {
    let mut random = Random::new(seed, &format!("price history {number}"));
    xml.push_str(&format!("  <price_history days=\"{DAYS}\">"));
    for _ in 0..DAYS {
        let price = hundredths * random.between(80, 120) / 100 + random.below(100);
        xml.push_str(&format!("{}.{:02} ", price / 100, price % 100));
    }
    xml.push_str("</price_history>\n");
}

fn text<'a>(item: &'a Value, path: &str) -> &'a str {
    item.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

fn element(xml: &mut String, name: &str, value: &str) {
    xml.push_str(&format!("  <{name}>{}</{name}>\n", escaped(value)));
}

fn escaped(value: &str) -> String {
    value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
