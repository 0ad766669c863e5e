//! From a whole item to what was asked for: `asin`, `detailPageURL`, `variationAttributes` of an item that has them, and the
//! resources, nothing else.

use linkwright_core::Asin;
use serde_json::{Map, Value};

use crate::resource::Resource;
use crate::switches::Switches;
use crate::validation::Common;

/// Members of a browse node that are resources of their own, or belong to getBrowseNodes.
const NOT_THE_NODE_ITSELF: &[&str] = &["ancestor", "salesRank", "children"];

/// The operation an item is answered by, as its link names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkCode {
    GetItems,
    SearchItems,
    GetVariations,
}

impl LinkCode {
    /// The `linkCode` of the documentation's samples.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::GetItems => "ogi",
            Self::SearchItems => "osi",
            Self::GetVariations => "ogv",
        }
    }
}

/// The item as the operation answers it.
pub(crate) fn project(
    mut item: Value,
    asin: Asin,
    asked: &Common,
    link_code: LinkCode,
    switches: &Switches,
) -> Value {
    if asked.new_only {
        keep_new_offers(&mut item);
    }
    let mut answer = Value::Object(Map::new());
    let resources = asked.resources.iter().filter_map(|resource| match resource {
        Resource::Item(resource) => Some(resource.path()),
        _ => None,
    });
    for path in resources {
        match path {
            ["customerReviews", ..] if !switches.customer_reviews => {}
            path @ ["browseNodeInfo", "browseNodes", ..] => {
                copy_nodes(&item, &mut answer);
                if path.len() > 2 {
                    copy(&item, &mut answer, path);
                }
            }
            path @ ["offersV2", "listings", ..] => {
                copy(&item, &mut answer, path);
                // Comes by itself: there is no resource for it.
                copy(&item, &mut answer, &["offersV2", "listings", "violatesMAP"]);
            }
            path => {
                copy(&item, &mut answer, path);
            }
        }
    }
    // By itself, too.
    copy(&item, &mut answer, &["variationAttributes"]);
    if let Some(language) = asked.language {
        relabel(&mut answer, language);
    }
    answer["asin"] = asin.as_str().into();
    answer["detailPageURL"] = detail_page_url(asin, asked, link_code).into();
    if switches.null_members {
        add_nulls(&mut answer);
    }
    answer
}

/// The link as the documentation's samples have it.
fn detail_page_url(asin: Asin, asked: &Common, link_code: LinkCode) -> String {
    let language = asked.language.map_or_else(String::new, |language| format!("&language={language}"));
    let (host, tag, code) = (asked.marketplace.host(), &asked.partner_tag, link_code.as_str());
    format!("https://{host}/dp/{asin}?tag={tag}&linkCode={code}&th=1&psc=1{language}")
}

/// Takes out the offers that say they are of something else than new things.
fn keep_new_offers(item: &mut Value) {
    if let Some(Value::Array(listings)) = item.pointer_mut("/offersV2/listings") {
        listings.retain(|listing| listing.pointer("/condition/value").is_none_or(|value| value == "New"));
        if listings.is_empty()
            && let Some(members) = item.as_object_mut()
        {
            members.remove("offersV2");
        }
    }
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
