//! What the path of a link says: the shapes of Amazon's pages, old and new.
//!
//! Sources: Amazon's own pages, MusicBrainz' and ClearURLs' public rules and tests, and links in open-source bots, as
//! gathered on 2026-11-22.

use memchr::memchr;

use super::lower_case::Segment;
use super::old_forms::{obidos_page, old_product};
use super::product::{if_asin, in_product_position, leading_asin};
use super::query;
use super::segments::Segments;
use super::shop_pages::{
    author_page, bestsellers_page, cart_page, creator_page, hz_page, list_page, node_page, registry_page,
    search_page, stores_page,
};
use crate::link::{Problem, Problems};
use crate::page::Page;
use crate::percent::decode;

/// What a path led to.
#[derive(Debug)]
pub(super) enum Finding<'a> {
    /// A page.
    Page(PathReading<'a>),
    /// A redirect within the shop, with its target in the first of these parameters that is there. A target without a
    /// leading slash is below `base`.
    Wrapper { parameters: &'static [&'static str], base: &'static str },
    /// A path that must be decoded before it can be read.
    EncodedPath,
}

/// A page, and what else the path held.
#[derive(Debug)]
pub(super) struct PathReading<'a> {
    pub(super) page: Page<'a>,
    /// The tag of the oldest forms, `/exec/obidos/ASIN/…/TAG`.
    pub(super) path_tag: Option<&'a str>,
    /// A query that was encoded together with the path: `B0…%3Ftag%3D…`, without its `%3F`.
    pub(super) encoded_query: &'a str,
    pub(super) problems: Problems,
}

impl<'a> PathReading<'a> {
    #[inline]
    pub(super) fn page(page: Page<'a>) -> Self {
        Self { page, path_tag: None, encoded_query: "", problems: Problems::default() }
    }
}

pub(super) fn found(page: Page<'_>) -> Finding<'_> {
    Finding::Page(PathReading::page(page))
}

fn wrapper<'a>(parameters: &'static [&'static str]) -> Finding<'a> {
    Finding::Wrapper { parameters, base: "/" }
}

#[inline]
pub(super) fn is(segment: &str, name: &str) -> bool {
    segment.eq_ignore_ascii_case(name)
}

/// Reads a path within a shop.
#[inline]
pub(super) fn page<'a>(path: &'a str, query: &'a str) -> Finding<'a> {
    let mut segments = Segments(path);
    let Some(mut first) = segments.next() else { return found(Page::Home) };
    // `/-/en/…`, `/-/zh_TW/…`: any path in another language; `/-/e/ID` is an author without a name.
    if first == "-" {
        let Some(language) = segments.next() else { return found(Page::Home) };
        if is(language, "e") {
            return author_page(segments);
        }
        match segments.next() {
            // One language is enough: a path that goes on like this is no page.
            Some("-") => return found(Page::Other),
            Some(behind) => first = behind,
            None => return found(Page::Home),
        }
    }
    // `/dp/ASIN` and `/slug/dp/ASIN` are nearly all product links.
    if is(first, "dp") {
        return detail_page(segments);
    }
    if let [b'/', b'd' | b'D', b'p' | b'P', b'/', number @ ..] = segments.0.as_bytes()
        // With nothing behind it, it may be somebody's name: `/shop/dp`.
        && !number.is_empty()
    {
        return detail_page(Segments(&segments.0[3..]));
    }
    match uncommon_page(first, segments, query) {
        // `/gp/redirect.html%3Flocation=…`: the query was encoded together with the path.
        Finding::Page(PathReading { page: Page::Other, .. }) if holds_encoded_separator(path) => {
            Finding::EncodedPath
        }
        finding => finding,
    }
}

/// Whether a slash or question mark of the path is hidden by an escape.
fn holds_encoded_separator(path: &str) -> bool {
    ["%2F", "%2f", "%3F", "%3f"].iter().any(|escape| path.contains(escape))
}

/// Splits parameters off that hang on a path without a `?`: `/dp/B0…&tag=…`, `/dp/B0…/ref=nosim&tag=…`. An `&` within a
/// slug (`/Black&Decker/dp/…`) is none: no `=` follows it before the next slash.
#[inline]
pub(super) fn split_glued_query(path: &str) -> (&str, &str) {
    let bytes = path.as_bytes();
    let mut start = 0;
    while let Some(found) = memchr(b'&', &bytes[start..]) {
        let at = start + found;
        match memchr::memchr2(b'=', b'/', &bytes[at..]) {
            Some(next) if bytes[at + next] == b'=' => return (&path[..at], &path[at + 1..]),
            Some(next) => start = at + next,
            None => break,
        }
    }
    (path, "")
}

/// Behind `dp`.
#[inline]
fn detail_page(mut segments: Segments<'_>) -> Finding<'_> {
    let number = segments.next().unwrap_or_default();
    let mut reading = match leading_asin(number) {
        Some((asin, tail)) => {
            let mut reading = PathReading::page(Page::Product(asin));
            if matches!(tail.as_bytes(), [b'%', b'3', b'F' | b'f', ..] | [b'%', b'2', b'6', ..]) {
                reading.encoded_query = &tail[3..];
            }
            reading
        }
        None => {
            // `/dp/product/ASIN`, `/dp/tracks/ASIN`, `/gp/product/glance/ASIN`.
            let mut ahead = segments;
            match ahead.next().and_then(leading_asin) {
                Some((asin, _)) => {
                    segments = ahead;
                    PathReading::page(Page::Product(asin))
                }
                None if number.starts_with("ref=") => return found(Page::Other),
                None => in_product_position(number),
            }
        }
    };
    if segments.0.len() > 1 && !segments.0.starts_with("/ref=") {
        look_at_tail(&mut reading, segments);
    }
    Finding::Page(reading)
}

/// What stands behind the number of a detail page: a tag there is in the wrong place; `ref=…&tag=…` is a glued query.
fn look_at_tail(reading: &mut PathReading<'_>, segments: Segments<'_>) {
    for segment in segments {
        if looks_like_tag(segment) {
            reading.problems.add(Problem::MisplacedTag);
        }
    }
}

/// `name-20`: letters and a known suffix, which a session id such as `376-0245530-0562731` has not.
fn looks_like_tag(segment: &str) -> bool {
    linkwright_core::PartnerTag::is_well_formed(segment)
        && linkwright_core::PartnerTag::known_suffix(segment).is_some()
        && segment.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Every page whose path does not begin with `/dp/` or `/slug/dp/`.
fn uncommon_page<'a>(first: &'a str, mut segments: Segments<'a>, query: &'a str) -> Finding<'a> {
    // As they are commonly written, before any case is accepted.
    match first {
        "exec" if segments.0.starts_with("/obidos/ASIN/") => {
            return old_product("asin", Segments(&segments.0["/obidos/ASIN".len()..]));
        }
        "gp" => return gp_page(segments, query),
        "d" | "product" => return if_asin(segments.next(), Page::Other),
        _ => {}
    }
    match Segment::of(first).as_bytes() {
        b"gp" => return gp_page(segments, query),
        b"exec" => {
            return match segments.next() {
                Some(next) if is(next, "obidos") => obidos_page(segments, query),
                _ => found(Page::Other),
            };
        }
        b"o" | b"asin" => return old_product(first, segments),
        b"product-reviews" | b"reviews" | b"offer-listing" => {
            return match segments.next() {
                Some(number) => Finding::Page(in_product_position(number)),
                None => found(Page::Other),
            };
        }
        b"review" => return review_page(segments, query),
        b"d" | b"product" => return if_asin(segments.next(), Page::Other),
        b"ask" => return if_asin(segments.nth(2), Page::Other),
        b"s" | b"mn" => return search_page(query),
        b"b" => return node_page(segments, query),
        b"e" => return author_page(segments),
        b"author" => {
            return segments.next().map_or(found(Page::Other), |name| found(Page::Author(decode(name))));
        }
        b"stores" => return stores_page(segments),
        b"shop" => return creator_page(segments),
        b"shops" => return found(Page::Seller(segments.next().map(decode))),
        b"sp" => {
            return by_asin_parameter(query)
                .unwrap_or_else(|| found(Page::Seller(query::value(query, "seller"))));
        }
        b"hz" => return hz_page(segments),
        b"wishlist" | b"registry" | b"registries" => return list_page(segments),
        b"baby-reg" | b"wedding" => return registry_page(segments),
        b"bestsellers" | b"zgbs" => return bestsellers_page(segments),
        // `/Best-Sellers/zgbs/…`.
        b"best-sellers" => {
            let mut ahead = segments;
            let twice = ahead.next().is_some_and(|next| is(next, "zgbs"));
            return bestsellers_page(if twice { ahead } else { segments });
        }
        b"gc" | b"gift-cards" | b"giftcards" | b"gift-card" => return found(Page::GiftCard),
        b"tryprimefree" | b"tryprime" | b"amazonprime" | b"prime" => return found(Page::Prime),
        b"deals" | b"goldbox" | b"todays-deals" => return found(Page::Deals),
        b"help" => return found(Page::Help),
        b"cart" => return found(Page::Cart(Vec::new())),
        b"sspa" => return wrapper(&["url"]),
        _ if first.starts_with("ref=") => return found(Page::Home),
        b"music" => return music_page_in(segments, query),
        _ => {}
    }
    behind_slug(segments, query)
}

/// A slug or a department first, and the page's sort behind it.
fn behind_slug<'a>(segments: Segments<'a>, query: &'a str) -> Finding<'a> {
    let mut ahead = segments;
    let mut position = 1;
    while let Some(segment) = ahead.next() {
        match Segment::of(segment).as_bytes() {
            b"dp" if position == 1 || !ahead.rest().is_empty() => return detail_page(ahead),
            b"gp" => return gp_page(ahead, query),
            b"product-reviews" => {
                return ahead
                    .next()
                    .map_or(found(Page::Other), |number| Finding::Page(in_product_position(number)));
            }
            b"zgbs" => return bestsellers_page(ahead),
            b"e" if position == 1 => return author_page(ahead),
            b"b" if position == 1 => return node_page(ahead, query),
            b"s" if position == 1 => return search_page(query),
            b"obidos" if position == 1 => return obidos_page(ahead, query),
            _ => {}
        }
        position += 1;
    }
    found(Page::Other)
}

fn gp_page<'a>(mut segments: Segments<'a>, query: &'a str) -> Finding<'a> {
    let Some(second) = segments.next() else { return found(Page::Other) };
    match Segment::of(second).as_bytes() {
        // `/gp/product/ASIN`, `/gp/product/glance/ASIN`, `/gp/product/images/ASIN`.
        b"product" | b"offer-listing" | b"product-reviews" | b"reader" => detail_page(segments),
        b"aw" => match segments.next().map(Segment::of).as_ref().map(Segment::as_bytes) {
            Some(b"d" | b"reviews" | b"ol" | b"cr") => detail_page(segments),
            Some(b"s") => search_page(query),
            _ => found(Page::Other),
        },
        b"dp" => detail_page(segments),
        b"customer-reviews" | b"aod" => by_asin_parameter(query).unwrap_or_else(|| found(Page::Other)),
        b"video" => match segments.next() {
            Some(detail) if is(detail, "detail") => if_asin(segments.next(), Page::Other),
            _ => found(Page::Other),
        },
        b"bestsellers" => bestsellers_page(segments),
        b"search" => search_page(query),
        b"browse.html" | b"browse" => node_page(segments, query),
        b"help" => found(Page::Help),
        b"registry" => list_page(segments),
        b"aag" => found(Page::Seller(query::value(query, "seller"))),
        b"entity" => match segments.last() {
            Some(id) => found(Page::Author(decode(id))),
            None => found(Page::Other),
        },
        b"aws" if segments.next().is_some_and(|cart| is(cart, "cart")) => cart_page(query),
        b"cart" => found(Page::Cart(Vec::new())),
        b"gc" | b"gift-cards" | b"gift-card" => found(Page::GiftCard),
        b"prime" => found(Page::Prime),
        b"goldbox" | b"todays-deals" | b"deals" => found(Page::Deals),
        b"slredirect" => wrapper(&["url"]),
        b"redirect.html" => wrapper(&["location", "url"]),
        b"r.html" | b"f.html" => wrapper(&["U"]),
        _ => found(Page::Other),
    }
}

/// A page that names its product in a parameter.
fn by_asin_parameter<'a>(query: &'a str) -> Option<Finding<'a>> {
    let value = query::parameters(query).find(|(name, _)| is(name, "asin"))?.1;
    leading_asin(value).map(|(asin, _)| found(Page::Product(asin)))
}

fn review_page<'a>(segments: Segments<'a>, query: &'a str) -> Finding<'a> {
    let mut ahead = segments;
    if ahead.next().is_some_and(|segment| is(segment, "product")) {
        return if_asin(ahead.next(), Page::Other);
    }
    by_asin_parameter(query).unwrap_or_else(|| found(Page::Other))
}

/// A page on a shop's music host: albums and tracks have ASINs of their own.
pub(super) fn music_page<'a>(path: &'a str, query: &'a str) -> PathReading<'a> {
    match music_page_in(Segments(path), query) {
        Finding::Page(reading) => reading,
        Finding::Wrapper { .. } | Finding::EncodedPath => PathReading::page(Page::Other),
    }
}

fn music_page_in<'a>(segments: Segments<'a>, query: &'a str) -> Finding<'a> {
    let mut ahead = segments;
    while let Some(segment) = ahead.next() {
        if !matches!(Segment::of(segment).as_bytes(), b"albums" | b"tracks") {
            continue;
        }
        // `trackAsin` names one track of the album in the path.
        let track = query::parameters(query).find(|(name, _)| is(name, "trackAsin"));
        if let Some((asin, _)) = track.and_then(|(_, value)| leading_asin(value)) {
            return found(Page::Product(asin));
        }
        return if_asin(ahead.next(), Page::Other);
    }
    found(Page::Other)
}
