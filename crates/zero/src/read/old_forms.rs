//! The forms of the nineties and their heirs: `/exec/obidos/…`, `/o/ASIN/…`, `/ASIN/…`. The only ones with a tag in the path.

use linkwright_core::PartnerTag;

use super::lower_case::Segment;
use super::path::{Finding, PathReading, found, is};
use super::product::{in_product_position, leading_asin};
use super::segments::Segments;
use super::shop_pages::{is_node, search_page};
use crate::page::Page;

pub(super) fn obidos_page<'a>(mut segments: Segments<'a>, query: &'a str) -> Finding<'a> {
    let Some(second) = segments.next() else { return found(Page::Other) };
    match Segment::of(second).as_bytes() {
        b"asin" => old_product(second, segments),
        b"redirect" | b"redirect-home" => {
            Finding::Wrapper { parameters: &["path", "location"], base: "/exec/obidos/" }
        }
        b"search-handle-url" | b"external-search" => search_page(query),
        b"tg" => tg_page(segments),
        _ => match second.split_once(['=', '%']) {
            // `/exec/obidos/ISBN=0804429570/…`, also encoded as `ISBN%3D`.
            Some((isbn, number)) if is(isbn, "isbn") => {
                let number =
                    number.strip_prefix("3D").or_else(|| number.strip_prefix("3d")).unwrap_or(number);
                Finding::Page(old_tail(in_product_position(number), segments))
            }
            _ => found(Page::Other),
        },
    }
}

/// `/exec/obidos/tg/detail/-/ASIN`, `/exec/obidos/tg/browse/-/NODE`.
fn tg_page(segments: Segments<'_>) -> Finding<'_> {
    let mut browse = false;
    let mut ahead = segments;
    while let Some(segment) = ahead.next() {
        browse |= is(segment, "browse");
        if segment != "-" {
            continue;
        }
        // A department may stand between: `/tg/stores/detail/-/books/ASIN`.
        for segment in ahead {
            if browse && is_node(segment) {
                return found(Page::BrowseNode(segment.into()));
            }
            if leading_asin(segment).is_some() {
                return Finding::Page(in_product_position(segment));
            }
        }
        return found(Page::Other);
    }
    found(Page::Other)
}

/// `/exec/obidos/ASIN/…`, `/o/ASIN/…`, `/ASIN/…`: the only forms with the tag in the path.
pub(super) fn old_product<'a>(marker: &'a str, mut segments: Segments<'a>) -> Finding<'a> {
    if is(marker, "o") && !segments.next().is_some_and(|next| is(next, "asin")) {
        return found(Page::Other);
    }
    match segments.next() {
        Some(number) => Finding::Page(old_tail(in_product_position(number), segments)),
        None => found(Page::Other),
    }
}

fn old_tail<'a>(mut reading: PathReading<'a>, segments: Segments<'a>) -> PathReading<'a> {
    let mut tags = segments.into_iter().filter(|segment| {
        let session_id = segment.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        !session_id && !segment.starts_with("ref=") && PartnerTag::is_well_formed(segment)
    });
    // A title may stand before the tag; an ending such as `-20` tells which is which.
    let first = tags.next();
    let with_suffix = |segment: &&str| PartnerTag::known_suffix(segment).is_some();
    reading.path_tag = first.filter(with_suffix).or_else(|| tags.find(with_suffix)).or(first);
    reading
}
