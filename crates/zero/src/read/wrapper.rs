//! Links that hold another link: the inner one is read instead.

use linkwright_core::Marketplace;

use super::{Place, ReadError, entrance, read_in_shop, read_nested};
use crate::link::{Link, Problem};
use crate::percent;

/// Reads the target of a wrapper. `relative_to` is the shop and folder of a target without a host.
pub(super) fn unwrap(
    inner: &str,
    relative_to: Option<(Marketplace, &str)>,
    depth: u8,
) -> Result<Link<'static>, ReadError> {
    let decoded;
    let mut inner = inner.trim();
    // Some redirectors encode twice.
    if inner.starts_with("%2F") || inner.starts_with("%2f") {
        decoded = percent::decode(inner).into_owned();
        inner = &decoded;
    }
    let (mut link, whole) = match relative_to.filter(|_| is_relative(inner)) {
        Some((shop, base)) => {
            let base = if inner.starts_with('/') { "" } else { base };
            let path = format!("{base}{inner}");
            (read_relative(&path, shop, depth + 1)?, format!("https://{}{path}", shop.host()))
        }
        None => (read_nested(inner, depth + 1)?.into_owned(), inner.to_owned()),
    };
    link.unwrapped.get_or_insert(whole);
    link.wrapped = link.wrapped.saturating_add(1);
    link.problems.add(Problem::Wrapped);
    Ok(link)
}

fn is_relative(inner: &str) -> bool {
    !inner.starts_with("//")
        && !inner.contains("://")
        && (inner.starts_with('/') || entrance::split(inner).is_err())
}

/// Reads a target without a host: the shop is that of the wrapper.
pub(super) fn read_relative(inner: &str, shop: Marketplace, depth: u8) -> Result<Link<'static>, ReadError> {
    if depth > super::DEEPEST_NESTING {
        return Err(ReadError::TooManyWrappers);
    }
    let (path, query, _) = entrance::split_path(inner);
    Ok(read_in_shop(&Place::new(shop, path, query), depth)?.into_owned())
}

/// What is left of a path (and query) behind its first `segments` segments.
pub(super) fn rest_of_path(after_host: &str, segments: usize) -> &str {
    let mut rest = after_host.trim_start_matches('/');
    for _ in 0..segments {
        rest = rest.split_once('/').map_or("", |(_, tail)| tail);
    }
    rest
}
