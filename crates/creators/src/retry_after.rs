//! How long the other side asks to wait.

use std::time::Duration;

use linkwright_core::{Retry, Timestamp};

use crate::wire::Number;

/// A wait of more than a day is a mistake, or a day's quota that is used up: either way somebody should look.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// What the header `Retry-After` (RFC 9110 §10.2.3) or else the body's `retryAfterSeconds` says; at once if neither does.
pub(crate) fn retry(header: Option<&str>, seconds: Option<&Number>, now: Timestamp) -> Retry {
    let asked = header.and_then(|text| from_header(text.trim(), now)).or_else(|| from_number(seconds?));
    match asked {
        Some(wait) if !wait.is_zero() => Retry::After(wait.min(LONGEST)),
        _ => Retry::Now,
    }
}

fn from_header(text: &str, now: Timestamp) -> Option<Duration> {
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    Some(http_date(text)?.since(now))
}

/// Rounded up: half a second early is too early.
fn from_number(number: &Number) -> Option<Duration> {
    let plain = number.to_plain()?;
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let more = u64::from(fraction.bytes().any(|digit| digit != b'0'));
    Some(Duration::from_secs(whole.parse::<u64>().ok()?.saturating_add(more)))
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7); the two obsolete forms are not read.
fn http_date(text: &str) -> Option<Timestamp> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut parts = text.split_ascii_whitespace();
    let (_, day, month, year, time) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    if (parts.next(), parts.next()) != (Some("GMT"), None) {
        return None;
    }
    let month = MONTHS.iter().position(|known| *known == month)? + 1;
    format!("{year}-{month:02}-{day:0>2}T{time}Z").parse().ok()
}
