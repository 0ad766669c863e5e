//! The fields of a getItems request: which are there, and whether they are within the limits of the SDK's model.

use linkwright_core::Marketplace;
use serde_json::{Map, Value};

use crate::resource::Resource;

/// A getItems request that may be looked up.
#[derive(Debug)]
pub(crate) struct GetItems {
    pub(crate) marketplace: Marketplace,
    pub(crate) partner_tag: String,
    pub(crate) item_ids: Vec<String>,
    pub(crate) resources: Vec<Resource>,
    /// One of the shop's languages other than its own.
    pub(crate) language: Option<&'static str>,
}

/// The fields that are wrong, each with a message.
type Wrong = Vec<(String, String)>;

/// Reads the body and the shop. Members it does not know are left alone, as the service does.
///
/// What a missing or unknown `x-marketplace` yields is recorded nowhere; here it is a field like the others.
pub(crate) fn get_items(marketplace: Option<&str>, body: &Map<String, Value>) -> Result<GetItems, Wrong> {
    let mut wrong = Wrong::new();
    let marketplace = shop(marketplace, &mut wrong);
    let partner_tag = text(body, "partnerTag", 64, &mut wrong);
    if partner_tag.is_none() && !wrong.iter().any(|(name, _)| name == "partnerTag") {
        wrong.push(field("partnerTag", "must not be null"));
    }
    let item_ids = texts(body, "itemIds", 1, 10, 1000, &mut wrong);
    if item_ids.is_none() && !wrong.iter().any(|(name, _)| name == "itemIds") {
        wrong.push(field("itemIds", "must not be null"));
    }
    let resources = resources(body, &mut wrong);
    let languages = texts(body, "languagesOfPreference", 0, 1, 1000, &mut wrong).unwrap_or_default();
    // A currency that the shop does not have falls back to the shop's own, silently; here every one does.
    text(body, "currencyOfPreference", 100, &mut wrong);
    if let Some(condition) = text(body, "condition", 1000, &mut wrong)
        && !["Any", "New"].contains(&condition.as_str())
    {
        wrong.push(field("condition", "must be one of: Any, New"));
    }
    match body.get("properties") {
        None | Some(Value::Null) => {}
        Some(Value::Object(properties)) if properties.values().all(Value::is_string) => {}
        Some(_) => wrong.push(field("properties", "must be a map of strings")),
    }
    match (marketplace, partner_tag, item_ids) {
        (Some(marketplace), Some(partner_tag), Some(item_ids)) if wrong.is_empty() => {
            let (own, asked) = (marketplace.languages().first(), languages.first());
            let others = marketplace.languages().iter().filter(|language| Some(*language) != own);
            let language = asked.and_then(|asked| others.copied().find(|language| language == asked));
            Ok(GetItems { marketplace, partner_tag, item_ids, resources, language })
        }
        _ => Err(wrong),
    }
}

fn field(name: &str, message: impl Into<String>) -> (String, String) {
    (name.to_owned(), message.into())
}

/// The shop of a header such as `www.amazon.de`.
pub(crate) fn shop_of_header(header: &str) -> Option<Marketplace> {
    Marketplace::ALL.into_iter().find(|shop| shop.has_associates() && shop.host() == header)
}

fn shop(header: Option<&str>, wrong: &mut Wrong) -> Option<Marketplace> {
    let found = header.and_then(shop_of_header);
    if found.is_none() {
        let message = match header {
            None => "must not be null".to_owned(),
            Some(_) => "must be a marketplace such as www.amazon.com".to_owned(),
        };
        wrong.push(field("x-marketplace", message));
    }
    found
}

/// An optional text with something in it.
fn text(body: &Map<String, Value>, name: &str, longest: usize, wrong: &mut Wrong) -> Option<String> {
    let message = match body.get(name) {
        None | Some(Value::Null) => return None,
        Some(Value::String(text)) if text.chars().count() > longest => {
            format!("must have at most {longest} characters")
        }
        Some(Value::String(text)) if text.trim().is_empty() => "must not be blank".to_owned(),
        Some(Value::String(text)) => return Some(text.clone()),
        Some(_) => "must be a string".to_owned(),
    };
    wrong.push(field(name, message));
    None
}

/// An optional list of texts.
fn texts(
    body: &Map<String, Value>,
    name: &str,
    fewest: usize,
    most: usize,
    longest: usize,
    wrong: &mut Wrong,
) -> Option<Vec<String>> {
    let message = match body.get(name) {
        None | Some(Value::Null) => return None,
        Some(Value::Array(list)) if !(fewest..=most).contains(&list.len()) => {
            format!("must have between {fewest} and {most} elements")
        }
        Some(Value::Array(list)) => {
            let texts: Option<Vec<String>> =
                list.iter().map(|element| element.as_str().map(str::to_owned)).collect();
            match texts {
                Some(texts) if texts.iter().all(|text| text.chars().count() <= longest) => {
                    return Some(texts);
                }
                Some(_) => format!("elements must have at most {longest} characters"),
                None => "must be a list of strings".to_owned(),
            }
        }
        Some(_) => "must be a list".to_owned(),
    };
    wrong.push(field(name, message));
    None
}

fn resources(body: &Map<String, Value>, wrong: &mut Wrong) -> Vec<Resource> {
    let names = texts(body, "resources", 0, 100, 1000, wrong);
    let Some(names) = names.filter(|names| !names.is_empty()) else { return vec![Resource::TITLE] };
    let mut found = Vec::new();
    for name in names {
        match Resource::named(&name) {
            Some(resource) => found.push(resource),
            None => wrong.push(field("resources", format!("unknown resource: {name}"))),
        }
    }
    found
}
