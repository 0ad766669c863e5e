//! The common forms, read without a detour: a link on a shop's own host, and in it `/dp/ASIN`, `/slug/dp/ASIN` or
//! `/gp/product/ASIN`.
//!
//! Whatever is not exactly so is left to the general reader, which gives the same answer more slowly (a test compares the
//! two). So there are no rules here that are not also there.

use linkwright_core::{Asin, Marketplace};
use memchr::{memchr, memchr2, memchr3};

use crate::host::shop_of_top_level;

/// A link on a shop's own host in its parts.
#[derive(Debug)]
pub(super) struct ShopLink<'a> {
    pub(super) plain_http: bool,
    /// On the host of the charity programme, which is closed.
    pub(super) retired: bool,
    /// Whether there is no `%` in the query.
    pub(super) plain: bool,
    pub(super) shop: Marketplace,
    pub(super) path: &'a str,
    pub(super) query: &'a str,
}

/// Splits `http(s)://[www.]amazon.TLD/…`, in lower case and with nothing to trim or unescape but, perhaps,
/// in a path without a query; `None` for all else.
#[inline(always)]
pub(super) fn split(text: &str) -> Option<ShopLink<'_>> {
    let bytes = text.as_bytes();
    // A last byte that is not visible ASCII may have to be trimmed off.
    if !bytes.last()?.is_ascii_graphic() {
        return None;
    }
    let (plain_http, rest) = match bytes.strip_prefix(b"https://") {
        Some(rest) => (false, rest),
        None => (true, bytes.strip_prefix(b"http://")?),
    };
    let (retired, rest) = match rest {
        [b'w', b'w', b'w', b'.', rest @ ..] | [b'm', b'.', rest @ ..] => (false, rest),
        [b's', b'm', b'i', b'l', b'e', b'.', rest @ ..] => (true, rest),
        _ => (false, rest),
    };
    let rest = rest.strip_prefix(b"amazon.")?;
    // The longest top-level name is `com.au`.
    let slash = rest.iter().take(8).position(|byte| *byte == b'/')?;
    let shop = shop_of_top_level(&rest[..slash])?;
    let path_start = text.len() - rest.len() + slash;
    // Searches are over the whole text: `memchr` goes byte by byte through fewer than sixteen.
    let Some(end) = memchr3(b'?', b'#', b'&', bytes) else {
        return Some(ShopLink {
            plain_http,
            retired,
            plain: true,
            shop,
            path: &text[path_start..],
            query: "",
        });
    };
    let (path, query) = match bytes[end] {
        b'?' => (&text[path_start..end], &text[end + 1..]),
        // No escape (`&#38;`): its `&` would have been found before.
        b'#' => (&text[path_start..end], ""),
        // It may begin a query that lacks its `?`.
        _ => return None,
    };
    // A backslash may begin an escape of JSON (`\u0026`); the others browsers drop, wherever they stand.
    if memchr3(b'\\', b'\n', b'\t', bytes).is_some() {
        return None;
    }
    let searched = if query.len() < 16 { bytes } else { query.as_bytes() };
    let (plain, query) = match memchr3(b'%', b'#', b'\r', searched) {
        None => (true, query),
        Some(_) => (false, without_fragment(query)?),
    };
    Some(ShopLink { plain_http, retired, plain, shop, path, query })
}

/// The query up to its fragment; `None` if it must be looked at more closely.
fn without_fragment(query: &str) -> Option<&str> {
    let end = memchr(b'#', query.as_bytes()).unwrap_or(query.len());
    let (query, fragment) = query.split_at(end);
    // `&#38;` is an escape, not a fragment.
    let escape = !fragment.is_empty() && query.ends_with('&');
    (!escape && memchr(b'\r', query.as_bytes()).is_none()).then_some(query)
}

/// The ASIN of the common forms, with nothing behind it but a slash, one `ref=` and the number of a visit.
#[inline(always)]
pub(super) fn asin_of_path(path: &str) -> Option<Asin> {
    let path = behind_language(path.as_bytes());
    let number = match path {
        [b'/', b'd', b'p', b'/', number @ ..] => number,
        [b'/', b'g', b'p', b'/', rest @ ..] => {
            let folders: [&[u8]; 5] =
                [b"product/", b"aw/d/", b"offer-listing/", b"video/detail/", b"aw/reviews/"];
            folders.iter().find_map(|folder| rest.strip_prefix(*folder))?
        }
        [b'/', slug @ ..] => {
            let end = memchr(b'/', slug)?;
            let (slug, rest) = slug.split_at(end);
            if slug == b"product-reviews" {
                &rest[1..]
            } else {
                // A lone `-` is a language that was not taken off.
                if matches!(slug, b"" | b"-") {
                    return None;
                }
                rest.strip_prefix(b"/dp/")?
            }
        }
        _ => return None,
    };
    let asin = Asin::from_bytes(number.first_chunk()?)?;
    let plain = match &number[10..] {
        [] | [b'/'] => true,
        [b'/', b'r', b'e', b'f', b'=', reference @ ..] => {
            // A backslash begins no session id, and so is left to the general reader.
            let end = memchr2(b'/', b'\\', reference).unwrap_or(reference.len());
            is_session_id(&reference[end..])
        }
        tail => is_session_id(tail),
    };
    plain.then_some(asin)
}

/// Nothing, or the number of a visit that old links end in: `/376-0245530-0562731`.
#[inline]
fn is_session_id(tail: &[u8]) -> bool {
    match tail {
        [] | [b'/'] => true,
        [b'/', digits @ ..] => digits.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-'),
        _ => false,
    }
}

/// The path without `/-/en` or `/-/zh_TW`.
#[inline]
fn behind_language(path: &[u8]) -> &[u8] {
    let rest = match path {
        [b'/', b'-', b'/', a, b, rest @ ..] if a.is_ascii_lowercase() && b.is_ascii_lowercase() => rest,
        _ => return path,
    };
    let rest = match rest {
        [b'_', _, _, rest @ ..] => rest,
        _ => rest,
    };
    if rest.first() == Some(&b'/') { rest } else { path }
}
