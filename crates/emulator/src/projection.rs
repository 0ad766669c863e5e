//! From a whole item to what was asked for: `asin`, `detailPageURL`, and the resources, nothing else.

use linkwright_core::Marketplace;
use serde_json::{Map, Value};

use crate::resource::Resource;
use crate::switches::Switches;

/// Members of a browse node that are resources of their own, or belong to getBrowseNodes.
const NOT_THE_NODE_ITSELF: &[&str] = &["ancestor", "salesRank", "children"];

/// The item as getItems answers it.
pub(crate) fn project(
    item: &Value,
    asin: &str,
    shop: Marketplace,
    tag: &str,
    resources: &[Resource],
    language: Option<&str>,
    switches: &Switches,
) -> Value {
    let mut answer = Value::Object(Map::new());
    for resource in resources {
        match resource.path() {
            ["customerReviews", ..] if !switches.customer_reviews => {}
            path @ ["browseNodeInfo", "browseNodes", ..] => {
                copy_nodes(item, &mut answer);
                if path.len() > 2 {
                    copy(item, &mut answer, path);
                }
            }
            path @ ["offersV2", "listings", ..] => {
                copy(item, &mut answer, path);
                // Comes by itself: there is no resource for it.
                copy(item, &mut answer, &["offersV2", "listings", "violatesMAP"]);
            }
            path => {
                copy(item, &mut answer, path);
            }
        }
    }
    if let Some(language) = language {
        relabel(&mut answer, language);
    }
    answer["asin"] = asin.into();
    answer["detailPageURL"] = detail_page_url(asin, shop, tag, language).into();
    if switches.null_members {
        add_nulls(&mut answer);
    }
    answer
}

/// The link as the documentation's samples have it.
fn detail_page_url(asin: &str, shop: Marketplace, tag: &str, language: Option<&str>) -> String {
    let language = language.map_or_else(String::new, |language| format!("&language={language}"));
    format!("https://{}/dp/{asin}?tag={tag}&linkCode=ogi&th=1&psc=1{language}", shop.host())
}

/// Copies what is at `path`, through arrays element by element; says whether there was anything.
fn copy(from: &Value, to: &mut Value, path: &[&str]) -> bool {
    let Some((name, rest)) = path.split_first() else {
        to.clone_from(from);
        return !from.is_null();
    };
    match from {
        Value::Array(elements) => {
            let mut copies = match to.take() {
                Value::Array(copies) => copies,
                _ => vec![Value::Object(Map::new()); elements.len()],
            };
            let mut any = false;
            for (element, copied) in elements.iter().zip(&mut copies) {
                any |= copy(element, copied, path);
            }
            *to = Value::Array(copies);
            any
        }
        Value::Object(members) => {
            let Some(member) = members.get(*name) else { return false };
            if !to.is_object() {
                *to = Value::Object(Map::new());
            }
            let Some(target) = to.as_object_mut() else { return false };
            let is_new = !target.contains_key(*name);
            let any = copy(member, target.entry(*name).or_insert(Value::Null), rest);
            if !any && is_new {
                target.remove(*name);
            }
            any
        }
        _ => false,
    }
}

/// The nodes themselves, without what is asked for separately.
fn copy_nodes(from: &Value, to: &mut Value) {
    let Some(Value::Array(nodes)) = from.pointer("/browseNodeInfo/browseNodes") else { return };
    for node in nodes.iter().filter_map(Value::as_object) {
        for name in node.keys().filter(|name| !NOT_THE_NODE_ITSELF.contains(&name.as_str())) {
            copy(from, to, &["browseNodeInfo", "browseNodes", name]);
        }
    }
}

/// Says that texts are in another language. The texts stay: they are made up in the shop's own.
fn relabel(value: &mut Value, language: &str) {
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(|element| relabel(element, language)),
        Value::Object(members) => {
            for (name, member) in members {
                if name == "locale" && member.is_string() {
                    *member = language.into();
                } else {
                    relabel(member, language);
                }
            }
        }
        _ => {}
    }
}

/// Members that the documentation's curl sample prints as `null` where it has no data.
const NULLS: &[(&str, &[&str])] = &[
    (
        "",
        &[
            "browseNodeInfo",
            "customerReviews",
            "images",
            "itemInfo",
            "offersV2",
            "parentASIN",
            "score",
            "variationAttributes",
        ],
    ),
    ("/images", &["primary", "variants"]),
    ("/images/primary", &["small", "medium", "large", "hiRes"]),
    (
        "/itemInfo",
        &[
            "byLineInfo",
            "classifications",
            "contentInfo",
            "contentRating",
            "externalIds",
            "features",
            "manufactureInfo",
            "productInfo",
            "technicalInfo",
            "title",
            "tradeInInfo",
        ],
    ),
    (
        "/offersV2/listings/0",
        &[
            "availability",
            "condition",
            "dealDetails",
            "isBuyBoxWinner",
            "loyaltyPoints",
            "merchantInfo",
            "price",
            "type",
            "violatesMAP",
        ],
    ),
    ("/offersV2/listings/0/price", &["money", "pricePerUnit", "savings", "savingBasis"]),
    ("/browseNodeInfo", &["browseNodes", "websiteSalesRank"]),
];

fn add_nulls(item: &mut Value) {
    for (place, names) in NULLS {
        if let Some(Value::Object(members)) = item.pointer_mut(place) {
            for name in *names {
                members.entry(*name).or_insert(Value::Null);
            }
        }
    }
}
