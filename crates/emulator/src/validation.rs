//! What all operations of the catalogue check, and getItems, getVariations and getBrowseNodes; searchItems has a file of its
//! own.
//!
//! Members a request has beyond the known ones are left alone, as the service does.

use linkwright_core::Marketplace;
use serde_json::{Map, Value};

use crate::fields::{Fields, Wrong};
use crate::operation::Operation;
use crate::resource::Resource;

/// What requests of every operation have.
#[derive(Debug)]
pub(crate) struct Common {
    pub(crate) marketplace: Marketplace,
    pub(crate) partner_tag: String,
    pub(crate) resources: Vec<Resource>,
    /// One of the shop's languages other than its own.
    pub(crate) language: Option<&'static str>,
    /// Offers of new things only.
    pub(crate) new_only: bool,
}

/// A getItems request that may be looked up.
#[derive(Debug)]
pub(crate) struct GetItems {
    pub(crate) common: Common,
    pub(crate) item_ids: Vec<String>,
}

/// A getVariations request that may be looked up.
#[derive(Debug)]
pub(crate) struct GetVariations {
    pub(crate) common: Common,
    pub(crate) asin: String,
    pub(crate) count: u64,
    pub(crate) page: u64,
}

/// A getBrowseNodes request that may be looked up.
#[derive(Debug)]
pub(crate) struct GetBrowseNodes {
    pub(crate) common: Common,
    pub(crate) ids: Vec<String>,
}

/// Reads a getItems request.
pub(crate) fn get_items(shop: Option<&str>, body: &Map<String, Value>) -> Result<GetItems, Wrong> {
    let mut fields = Fields::new(body);
    let (shop, tag) = shop_and_tag(&mut fields, shop);
    let item_ids = fields.texts("itemIds", 1..=10, 1000);
    let item_ids = fields.required("itemIds", item_ids);
    let common = common(&mut fields, shop, tag, Operation::GetItems);
    fields.finish(common.zip(item_ids).map(|(common, item_ids)| GetItems { common, item_ids }))
}

/// Reads a getVariations request.
pub(crate) fn get_variations(shop: Option<&str>, body: &Map<String, Value>) -> Result<GetVariations, Wrong> {
    let mut fields = Fields::new(body);
    let (shop, tag) = shop_and_tag(&mut fields, shop);
    let asin = fields.text("asin", 1000);
    if asin.as_deref().is_some_and(|asin| !fits_the_models_pattern(asin)) {
        fields.complain("asin", "must be an ASIN");
    }
    let asin = fields.required("asin", asin);
    let count = fields.whole("variationCount", 1..=10).unwrap_or(10);
    let page = fields.whole("variationPage", 1..=u64::MAX).unwrap_or(1);
    let common = common(&mut fields, shop, tag, Operation::GetVariations);
    fields.finish(common.zip(asin).map(|(common, asin)| GetVariations { common, asin, count, page }))
}

/// Reads a getBrowseNodes request.
pub(crate) fn get_browse_nodes(
    shop: Option<&str>,
    body: &Map<String, Value>,
) -> Result<GetBrowseNodes, Wrong> {
    let mut fields = Fields::new(body);
    let (shop, tag) = shop_and_tag(&mut fields, shop);
    let ids = fields.texts("browseNodeIds", 1..=10, 19);
    let ids = fields.required("browseNodeIds", ids);
    let common = common(&mut fields, shop, tag, Operation::GetBrowseNodes);
    fields.finish(common.zip(ids).map(|(common, ids)| GetBrowseNodes { common, ids }))
}

/// The pattern of the SDK's model, `^[0-9]{9}[0-9X]|[A-Z][A-Z0-9]{9}$`. The first half is tied to the beginning only, the
/// second to the end only.
fn fits_the_models_pattern(asin: &str) -> bool {
    let isbn = |bytes: &[u8]| {
        bytes[..9].iter().all(u8::is_ascii_digit) && (bytes[9].is_ascii_digit() || bytes[9] == b'X')
    };
    let other = |bytes: &[u8]| {
        bytes[0].is_ascii_uppercase()
            && bytes.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    asin.as_bytes().first_chunk::<10>().is_some_and(|first| isbn(first))
        || asin.as_bytes().last_chunk::<10>().is_some_and(|last| other(last))
}

/// The shop and the tag, which are looked at before the operation's own fields.
///
/// What a missing or unknown `x-marketplace` yields is recorded nowhere; here it is a field like the others.
pub(crate) fn shop_and_tag(
    fields: &mut Fields<'_>,
    header: Option<&str>,
) -> (Option<Marketplace>, Option<String>) {
    let shop = shop(fields, header);
    let tag = fields.text("partnerTag", 64);
    (shop, fields.required("partnerTag", tag))
}

/// The shop of the header, or a complaint.
pub(crate) fn shop(fields: &mut Fields<'_>, header: Option<&str>) -> Option<Marketplace> {
    let found = header.and_then(shop_of_header);
    if found.is_none() {
        let message = match header {
            None => "must not be null",
            Some(_) => "must be a marketplace such as www.amazon.com",
        };
        fields.complain("x-marketplace", message);
    }
    found
}

/// The shop of a header such as `www.amazon.de`.
pub(crate) fn shop_of_header(header: &str) -> Option<Marketplace> {
    Marketplace::ALL.into_iter().find(|shop| shop.has_associates() && shop.host() == header)
}

/// The rest of what all operations have; `None` if the shop or the tag is missing.
pub(crate) fn common(
    fields: &mut Fields<'_>,
    shop: Option<Marketplace>,
    tag: Option<String>,
    operation: Operation,
) -> Option<Common> {
    let resources = resources(fields, operation);
    let languages = fields.texts("languagesOfPreference", 0..=1, 1000).unwrap_or_default();
    let mut new_only = false;
    if operation != Operation::GetBrowseNodes {
        // A currency that the shop does not have falls back to the shop's own, silently; here every one does.
        fields.text("currencyOfPreference", 100);
        new_only = fields.choice("condition", &[("Any", false), ("New", true)]).unwrap_or(false);
        fields.map_of_texts("properties");
    }
    let (marketplace, partner_tag) = shop.zip(tag)?;
    let (own, asked) = (marketplace.languages().first(), languages.first());
    let others = marketplace.languages().iter().filter(|language| Some(*language) != own);
    let language = asked.and_then(|asked| others.copied().find(|language| language == asked));
    Some(Common { marketplace, partner_tag, resources, language, new_only })
}

fn resources(fields: &mut Fields<'_>, operation: Operation) -> Vec<Resource> {
    let names = fields.texts("resources", 0..=100, 1000);
    let Some(names) = names.filter(|names| !names.is_empty()) else {
        return Resource::default_of(operation);
    };
    let mut found = Vec::new();
    for name in names {
        match Resource::named(operation, &name) {
            Some(resource) => found.push(resource),
            None => fields.complain("resources", format!("unknown resource: {name}")),
        }
    }
    found
}
