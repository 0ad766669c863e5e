//! The offers of made-up items.

use linkwright_core::Marketplace;
use serde_json::{Value, json};

use crate::locale::{self, Amount};
use crate::made_up::ItemKind;
use crate::made_up_info::object;
use crate::product_kinds::Kind;
use crate::random::Random;

/// The offers; `None` for an item without, as the service leaves the member out.
pub(crate) fn listings(
    random: &mut Random,
    number: usize,
    shop: Marketplace,
    kind: &Kind,
) -> Option<Vec<Value>> {
    let words = locale::words(shop);
    let kind_of_offer = ItemKind::of(number);
    if matches!(kind_of_offer, ItemKind::OutOfStock | ItemKind::NotAccessible) {
        return None;
    }
    let basis = Amount::of_us_cents(random.between(kind.price.0, kind.price.1), shop);
    let reduced = kind_of_offer == ItemKind::Deal || random.below(4) == 0;
    let price = if reduced { basis.percent(random.between(60, 95)) } else { basis };
    let mut price_info = object([("money", price.money())]);
    if reduced {
        let savings = basis.minus(price);
        price_info["savings"] =
            object([("money", savings.money()), ("percentage", savings.percent_of(basis).into())]);
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
        "violatesMAP": kind_of_offer == ItemKind::ViolatesMap,
    });
    listing["price"] = price_info;
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
