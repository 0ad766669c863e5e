//! Pages of a shop that are no product: searches, departments, storefronts, authors, lists, bestsellers, carts.

use std::borrow::Cow;
use std::collections::BTreeMap;

use linkwright_core::Asin;

use super::lower_case::Segment;
use super::path::{Finding, found, is};
use super::query;
use super::segments::Segments;
use crate::page::{CartLine, Page, Storefront};
use crate::percent::decode;
use crate::write::MOST_OF_ONE;

pub(super) fn search_page(query: &str) -> Finding<'_> {
    let words =
        ["k", "field-keywords", "keywords", "keyword"].iter().find_map(|name| query::value(query, name));
    if words.as_deref().is_none_or(|words| words.trim().is_empty())
        && let Some(node) = node_of(query)
    {
        return found(Page::BrowseNode(node.into()));
    }
    let index = query::value(query, "i").or_else(|| {
        // The search box of the old site: `url=search-alias%3Delectronics`.
        let alias = query::value(query, "url")?;
        let alias = alias.strip_prefix("search-alias=")?.to_owned();
        Some(alias.into())
    });
    let index = index.or_else(|| query::value(query, "search-alias"));
    let index = index.filter(|index| !index.is_empty() && index != "aps");
    found(Page::Search { words: words.unwrap_or_default(), index })
}

/// Whether a text can be a department's number (Creators API: a positive long, at most 19 digits).
pub(crate) fn is_node(text: &str) -> bool {
    (1..=19).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number of a department, in any of the parameters that name one.
fn node_of(query: &str) -> Option<String> {
    let parameter = |name| query::value(query, name).filter(|node| is_node(node)).map(Cow::into_owned);
    // `rh=n:172282,n:!493964,p_89:Brand`: the last department is the narrowest; `bbn` is a wider one.
    let refinement = || {
        let refinements = query::value(query, "rh")?;
        let departments = refinements.split(',').filter_map(|part| part.strip_prefix("n:"));
        departments.rev().find(|node| is_node(node)).map(str::to_owned)
    };
    parameter("node").or_else(refinement).or_else(|| parameter("bbn"))
}

pub(super) fn node_page<'a>(mut segments: Segments<'a>, query: &'a str) -> Finding<'a> {
    let parameter = query::parameters(query).find(|(name, value)| is(name, "node") && is_node(value));
    let node = parameter.map(|(_, value)| value).or_else(|| segments.find(|segment| is_node(segment)));
    found(node.map_or(Page::Other, |node| Page::BrowseNode(node.into())))
}

pub(super) fn author_page(mut segments: Segments<'_>) -> Finding<'_> {
    found(segments.next().map_or(Page::Other, |id| Page::Author(decode(id))))
}

/// `/stores/page/UUID`, `/stores/NAME/page/UUID`, `/stores/author/ID`, `/stores/NAME/author/ID`, `/stores/NAME`.
pub(super) fn stores_page(segments: Segments<'_>) -> Finding<'_> {
    let mut ahead = segments;
    while let Some(segment) = ahead.next() {
        let next = ahead.clone().next();
        match (Segment::of(segment).as_bytes(), next) {
            (b"page", Some(id)) => return found(Page::Storefront(Storefront::Page(decode(id)))),
            (b"author", Some(id)) => return found(Page::Author(decode(id))),
            (b"node", Some(id)) if is_node(id) => return found(Page::BrowseNode(id.into())),
            _ => {}
        }
    }
    match segments.clone().next() {
        Some(name) => found(Page::Storefront(Storefront::Brand(decode(name)))),
        None => found(Page::Other),
    }
}

pub(super) fn creator_page(segments: Segments<'_>) -> Finding<'_> {
    let mut ahead = segments;
    let Some(handle) = ahead.next() else { return found(Page::Other) };
    // A list or picture of the creator's: `/shop/HANDLE/list/ID`.
    let id = match (ahead.next(), ahead.next()) {
        (Some(part), Some(id)) if !part.starts_with("ref=") && !id.starts_with("ref=") => {
            Cow::Owned(format!("{}/{}/{}", decode(handle), decode(part), decode(id)))
        }
        _ => decode(handle),
    };
    found(Page::Storefront(Storefront::Creator(id)))
}

pub(super) fn hz_page(mut segments: Segments<'_>) -> Finding<'_> {
    match segments.next() {
        Some(next) if is(next, "wishlist") => list_page(segments),
        Some(next) if is(next, "contact-us") => found(Page::Help),
        _ => found(Page::Other),
    }
}

/// The id is the first segment that is not a `ref` or one of the fixed words before it.
pub(super) fn list_page(mut segments: Segments<'_>) -> Finding<'_> {
    found(Page::Wishlist(segments.find(|segment| is_list_id(segment)).map(decode)))
}

/// Baby and wedding registries: names and dates come before the id.
pub(super) fn registry_page(segments: Segments<'_>) -> Finding<'_> {
    found(Page::Wishlist(segments.filter(|segment| is_list_id(segment)).last().map(decode)))
}

fn is_list_id(segment: &str) -> bool {
    let fixed: [&[u8]; 8] =
        [b"ls", b"wishlist", b"wishlists", b"genericitemspage", b"intro", b"id", b"homepage", b"registry"];
    !segment.starts_with("ref=") && !fixed.contains(&Segment::of(segment).as_bytes())
}

pub(super) fn bestsellers_page(segments: Segments<'_>) -> Finding<'_> {
    let rest = segments.rest();
    let end = rest.find("ref=").unwrap_or(rest.len());
    let category = rest[..end].trim_end_matches('/');
    found(Page::Bestsellers((!category.is_empty()).then(|| decode(category))))
}

/// The most lines that are read from one cart. No cart holds so many; a longer link is somebody's test of patience.
const MOST_LINES_READ: usize = 1000;

/// `ASIN.1=…&Quantity.1=…`, in the order of their numbers.
pub(super) fn cart_page(query: &str) -> Finding<'_> {
    let mut lines: BTreeMap<u32, (Option<Asin>, u16)> = BTreeMap::new();
    for (name, value) in query::parameters(query) {
        let Some((head, number)) = name.split_once('.') else { continue };
        let Ok(number) = number.parse() else { continue };
        if lines.len() >= MOST_LINES_READ && !lines.contains_key(&number) {
            continue;
        }
        if is(head, "asin") {
            let asin = Asin::parse(value).ok();
            lines.entry(number).or_insert((None, 1)).0 = asin;
        } else if is(head, "quantity") {
            let quantity = value.parse::<u64>().map_or(1, |many| many.clamp(1, MOST_OF_ONE.into()));
            let quantity = u16::try_from(quantity).unwrap_or(1);
            lines.entry(number).or_insert((None, 1)).1 = quantity;
        }
    }
    let lines =
        lines.into_values().filter_map(|(asin, quantity)| Some(CartLine { asin: asin?, quantity })).collect();
    found(Page::Cart(lines))
}
