//! From a pasted text to host, path and query.
//!
//! Follows what browsers do where that matters for safety: a backslash ends the host as a slash does, tabs and line
//! breaks vanish, and whatever stands before `@` is not the host.

use std::borrow::Cow;

use memchr::{memchr, memchr3};

use super::ReadError;
use crate::percent;

/// A link in its parts.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) plain_http: bool,
    pub(super) host: &'a str,
    /// From the first slash to the query or fragment.
    pub(super) path: &'a str,
    /// Between `?` and the fragment.
    pub(super) query: &'a str,
    /// Everything after the host, for redirectors that put a whole link there.
    pub(super) after_host: &'a str,
}

/// Takes off white space and one pair of what people put around a link.
#[inline]
pub(super) fn trim(text: &str) -> &str {
    let bytes = text.as_bytes();
    // The common case, a link and nothing else, is decided by its first and last byte.
    if let ([first, .., last], true) = (bytes, bytes.len() > 1)
        && first.is_ascii_alphanumeric()
        && last.is_ascii_alphanumeric()
    {
        return text;
    }
    trim_uncommon(text)
}

fn trim_uncommon(text: &str) -> &str {
    // Byte order mark, zero-width space and word joiner come along with copied text.
    let invisible = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}');
    let text = text.trim_matches(invisible);
    for (open, close) in
        [('<', '>'), ('"', '"'), ('\'', '\''), ('(', ')'), ('[', ']'), ('“', '”'), ('«', '»')]
    {
        if let Some(inner) = text.strip_prefix(open).and_then(|inner| inner.strip_suffix(close)) {
            return inner.trim_matches(invisible);
        }
    }
    text
}

/// `038;`, `38;`, `x26;` after `&#`: an ampersand in HTML.
fn is_ampersand(after: &str) -> bool {
    // Looked for nearby only: a long text may hold many `&#` and no `;`.
    let near = after.as_bytes().iter().take(8).position(|byte| *byte == b';');
    let Some(number) = near.and_then(|end| after.get(..end)) else { return false };
    number.trim_start_matches('0') == "38" || number.eq_ignore_ascii_case("x26")
}

/// The text without the escapes that hide its shape: JSON's `\\/` and `\\u0026`, HTML's `&#38;`, line breaks, or
/// percent-encoding of the whole.
#[cold]
pub(super) fn unescape(text: &str) -> String {
    let mut plain: Cow<'_, str> = Cow::Borrowed(text);
    if is_encoded_as_a_whole(text) {
        plain = Cow::Owned(percent::decode(text).into_owned());
    }
    let mut out = String::with_capacity(plain.len());
    let mut rest = plain.as_ref();
    while let Some(next) = rest.chars().next() {
        let after = &rest[next.len_utf8()..];
        rest = match next {
            '\n' | '\t' | '\r' => after,
            '\\' => {
                if let Some(tail) = strip_prefix_ignore_case(after, "u0026") {
                    out.push('&');
                    tail
                } else if let Some(tail) = strip_prefix_ignore_case(after, "u003d") {
                    out.push('=');
                    tail
                } else {
                    // `\/` is a slash in JSON; a lone backslash is one to a browser.
                    out.push('/');
                    after.strip_prefix('/').unwrap_or(after)
                }
            }
            '&' if after.strip_prefix('#').is_some_and(is_ampersand) => {
                out.push('&');
                after.split_once(';').map_or(after, |(_, tail)| tail)
            }
            _ => {
                out.push(next);
                after
            }
        };
    }
    out
}

/// `https%3A%2F%2F…`, or a host followed by `%2F`: an escape before the first thing that ends a host.
fn is_encoded_as_a_whole(text: &str) -> bool {
    let rest = split_uncommon_scheme(text).map_or(text, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    holds_escape(&rest[..end])
}

/// Whether there is a `%` with two hexadecimal digits.
fn holds_escape(text: &str) -> bool {
    text.as_bytes().windows(3).any(
        |window| matches!(window, [b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit()),
    )
}

fn strip_prefix_ignore_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

/// The link a text stands for, whole: without what was put around it and without escapes, with a scheme.
pub(crate) fn as_written(text: &str) -> String {
    let mut plain = trim(text).to_owned();
    // As often as reading does; what is escaped more often was never read.
    for _ in 0..super::DEEPEST_NESTING {
        let Err(SplitError::Escaped) = split(&plain) else { break };
        plain = trim(&unescape(&plain)).to_owned();
    }
    if plain.contains("&amp;") {
        plain = without_amp(&plain);
    }
    let whole = match split_uncommon_scheme(&plain) {
        Ok((plain_http, rest)) => format!("{}{rest}", if plain_http { "http://" } else { "https://" }),
        Err(_) => plain,
    };
    percent::encode_unsafe(&whole)
}

/// The text with `&amp;` as `&`, however often it was escaped, in one pass.
fn without_amp(text: &str) -> String {
    let mut parts = text.split('&');
    let mut out = String::with_capacity(text.len());
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.push('&');
        let mut plain = part;
        while let Some(rest) = plain.strip_prefix("amp;") {
            plain = rest;
        }
        out.push_str(plain);
    }
    out
}

/// Why a text was not split.
#[derive(Debug)]
pub(super) enum SplitError {
    /// It is no link of Amazon's.
    NoLink(ReadError),
    /// It must be unescaped first.
    Escaped,
}

impl From<ReadError> for SplitError {
    fn from(error: ReadError) -> Self {
        Self::NoLink(error)
    }
}

/// Splits a trimmed text.
#[inline]
pub(super) fn split(text: &str) -> Result<Entry<'_>, SplitError> {
    if memchr3(b'\\', b'\n', b'\t', text.as_bytes()).is_some() || text.contains('\r') {
        return Err(SplitError::Escaped);
    }
    let (plain_http, rest) = match text.strip_prefix("https://") {
        Some(rest) => (false, rest),
        None => split_uncommon_scheme(text)?,
    };
    let host_end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#')).unwrap_or(rest.len());
    let (authority, after_host) = rest.split_at(host_end);
    let host = host_of(authority)?;
    let (path, query, fragment) = split_path(after_host);
    if is_ampersand(fragment) && (path.ends_with('&') || query.ends_with('&')) {
        return Err(SplitError::Escaped);
    }
    Ok(Entry { plain_http, host, path, query, after_host })
}

/// Splits into path, query and fragment at the first `?` and `#`.
#[inline]
pub(super) fn split_path(after_host: &str) -> (&str, &str, &str) {
    let bytes = after_host.as_bytes();
    let (before, fragment) = match memchr(b'#', bytes) {
        Some(at) => (&after_host[..at], &after_host[at + 1..]),
        None => (after_host, ""),
    };
    match memchr(b'?', before.as_bytes()) {
        Some(at) => (&before[..at], &before[at + 1..], fragment),
        None => (before, "", fragment),
    }
}

#[inline(never)]
fn split_uncommon_scheme(text: &str) -> Result<(bool, &str), ReadError> {
    for (scheme, plain_http) in [("https:", false), ("http:", true)] {
        if let Some(rest) = strip_prefix_ignore_case(text, scheme) {
            return Ok((plain_http, rest.trim_start_matches('/')));
        }
    }
    if let Some(rest) = text.strip_prefix("//") {
        return Ok((false, rest));
    }
    // Without a scheme only a host can stand at the start: letters, digits, dots, hyphens, and a dot among them.
    let end = text.find(['/', '?', '#', ':', '@']).unwrap_or(text.len());
    let host = &text[..end];
    // `https%3A%2F%2F…` is left to `host_of`, which asks for unescaping.
    let encoded = host.contains("%2F") || host.contains("%2f");
    if encoded || (host.contains('.') && !host.contains(char::is_whitespace)) {
        Ok((false, text))
    } else {
        Err(ReadError::NotAmazon)
    }
}

/// The host of an authority: no user info, no port but the usual ones, and no escapes.
#[inline]
fn host_of(authority: &str) -> Result<&str, SplitError> {
    if memchr3(b':', b'@', b'%', authority.as_bytes()).is_none() {
        return Ok(authority);
    }
    if memchr(b'@', authority.as_bytes()).is_some() {
        return Err(ReadError::UserInfo.into());
    }
    if holds_escape(authority) {
        return Err(SplitError::Escaped);
    }
    let Some((host, port)) = authority.split_once(':') else { return Ok(authority) };
    if matches!(port, "" | "443" | "80") { Ok(host) } else { Err(ReadError::NotAmazon.into()) }
}
