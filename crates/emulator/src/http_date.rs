//! A moment as HTTP headers write it (RFC 9110 §5.6.7).

use linkwright_core::Timestamp;

/// `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(crate) fn http_date(moment: Timestamp) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    // The first day was a Thursday.
    let weekday = moment.as_unix_millis().div_euclid(86_400_000).rem_euclid(7);
    let weekday = usize::try_from(weekday).ok().and_then(|day| DAYS.get(day)).unwrap_or(&"Thu");
    let text = moment.to_string();
    // `2026-11-22T17:05:00Z`, perhaps with more behind the seconds.
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let month = part(5, 7)
        .parse::<usize>()
        .ok()
        .and_then(|month| MONTHS.get(month.checked_sub(1)?))
        .unwrap_or(&"Jan");
    format!("{weekday}, {} {month} {} {} GMT", part(8, 10), part(0, 4), part(11, 19))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_of_the_standard_is_written_as_there() {
        for (moment, expected) in [
            ("1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 GMT"),
            ("1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
            ("2026-11-21T04:00:00.250Z", "Sat, 21 Nov 2026 04:00:00 GMT"),
        ] {
            assert_eq!(http_date(moment.parse().unwrap()), expected);
        }
    }
}
