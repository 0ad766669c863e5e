//! The number in a product position of a path.

use linkwright_core::{Asin, Isbn13};

use super::path::{Finding, PathReading};
use crate::link::Problem;
use crate::page::Page;
use crate::percent;

/// The ASIN a segment begins with, and what of the segment follows it. No letter or digit may follow directly.
#[inline]
pub(super) fn leading_asin(segment: &str) -> Option<(Asin, &str)> {
    let head: &[u8; 10] = segment.as_bytes().first_chunk()?;
    if segment.as_bytes().get(10).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    // All ten bytes of an ASIN are ASCII, so the cut is at a character's boundary.
    let (asin, tail) = (Asin::from_bytes(head)?, &segment[10..]);
    // `…` and `”` end a number as a comma does; a letter of any script would go on.
    let goes_on = !tail.is_ascii() && tail.chars().next().is_some_and(char::is_alphanumeric);
    (!goes_on).then_some((asin, tail))
}

/// Reads the segment in a place where only a product's number can stand.
#[inline]
pub(super) fn in_product_position<'a>(segment: &'a str) -> PathReading<'a> {
    match leading_asin(segment) {
        Some((asin, _)) => PathReading::page(Page::Product(asin)),
        None => unusual_number(segment),
    }
}

/// An ISBN-13 where the ASIN belongs, or a broken number.
fn unusual_number(segment: &str) -> PathReading<'_> {
    let end = segment.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(segment.len());
    let mut reading = match Isbn13::parse(&segment[..end]) {
        Ok(isbn) => {
            let page = match isbn.to_asin() {
                Some(asin) => Page::Product(asin),
                None => Page::Search { words: isbn.to_string().into(), index: None },
            };
            let mut reading = PathReading::page(page);
            reading.problems.add(Problem::Isbn13InPath);
            return reading;
        }
        Err(_) => PathReading::page(Page::Broken(percent::decode(segment))),
    };
    reading.problems.add(Problem::BrokenAsin);
    reading
}

/// As [`in_product_position`], for forms that other pages share: without an ASIN this is no product at all.
#[inline]
pub(super) fn if_asin<'a>(segment: Option<&'a str>, otherwise: Page<'a>) -> Finding<'a> {
    let asin = segment.and_then(leading_asin);
    Finding::Page(PathReading::page(asin.map_or(otherwise, |(asin, _)| Page::Product(asin))))
}
