//! `Range: bytes=…` of a download (RFC 9110 §14), as far as object stores honour it: one range.

use std::ops::Range;

/// What a header asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// Everything: no range, one in another unit, or several, which S3 does not serve.
    Whole,
    /// These bytes.
    Bytes(Range<usize>),
    /// Bytes that there are not.
    Unsatisfiable,
}

/// Reads the header for a body of this length.
pub(crate) fn part(header: Option<&str>, length: usize) -> Part {
    let Some((first, last)) = header
        .and_then(|header| header.trim().strip_prefix("bytes="))
        .filter(|ranges| !ranges.contains(','))
        .and_then(|range| range.split_once('-'))
    else {
        return Part::Whole;
    };
    let number = |text: &str| text.trim().parse::<usize>().ok();
    match (first.trim().is_empty(), number(first), last.trim().is_empty(), number(last)) {
        // The last so many.
        (true, _, false, Some(0)) => Part::Unsatisfiable,
        (true, _, false, Some(count)) => Part::Bytes(length.saturating_sub(count)..length),
        (false, Some(first), true, _) if first < length => Part::Bytes(first..length),
        (false, Some(first), false, Some(last)) if first <= last && first < length => {
            Part::Bytes(first..last.saturating_add(1).min(length))
        }
        (false, Some(first), true, _) | (false, Some(first), false, Some(_)) if first >= length => {
            Part::Unsatisfiable
        }
        _ => Part::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_read_and_all_else_means_everything() {
        for (header, expected) in [
            ("bytes=0-", Part::Bytes(0..10)),
            ("bytes=4-", Part::Bytes(4..10)),
            ("bytes=4-6", Part::Bytes(4..7)),
            ("bytes=9-9", Part::Bytes(9..10)),
            ("bytes=4-99", Part::Bytes(4..10)),
            ("bytes=4-18446744073709551615", Part::Bytes(4..10)),
            ("bytes=-3", Part::Bytes(7..10)),
            ("bytes=-30", Part::Bytes(0..10)),
            ("bytes=10-", Part::Unsatisfiable),
            ("bytes=10-12", Part::Unsatisfiable),
            ("bytes=-0", Part::Unsatisfiable),
            ("bytes=6-4", Part::Whole),
            ("bytes=0-1,4-5", Part::Whole),
            ("bytes=a-", Part::Whole),
            ("bytes=-", Part::Whole),
            ("items=0-1", Part::Whole),
        ] {
            assert_eq!(part(Some(header), 10), expected, "{header}");
        }
        assert_eq!(part(None, 10), Part::Whole);
        assert_eq!(part(Some("bytes=0-"), 0), Part::Unsatisfiable);
    }
}
