//! Output that is the same in every run: ports and present moments as fixed ones.

use std::time::{SystemTime, UNIX_EPOCH};

use linkwright_sdk::core::Timestamp;

/// What stands for every moment near now, so that pages show one that looks like a moment.
const MOMENT: &str = "2026-11-22T17:05:00Z";

/// The start of what stands for every address of a server on this machine: `http://127.0.0.1:8080`.
const ADDRESS: &str = "127.0.0.1:8080";

/// How far from now a moment still counts as the run's own: an offer's hour, a day of pictures, three of waiting for access.
const NEAR: i64 = 5 * 24 * 3600;

/// The same text with ports of this machine and moments near now replaced.
pub(super) fn steady(text: &str) -> String {
    moments(&ports(text))
}

fn ports(text: &str) -> String {
    let mut pieces = text.split("127.0.0.1:");
    let mut steady = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let rest = piece.trim_start_matches(|c: char| c.is_ascii_digit());
        steady.push_str(if rest.len() == piece.len() { "127.0.0.1:" } else { ADDRESS });
        steady.push_str(rest);
    }
    steady
}

#[allow(clippy::disallowed_methods, reason = "the run's own moments are those near the machine's present")]
fn moments(text: &str) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    let mut steady = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("20") {
        let candidate = &rest[start..];
        let end = candidate.find('Z').filter(|end| (19..=29).contains(end)).map(|end| end + 1);
        let moment = end.and_then(|end| candidate.get(..end)?.parse::<Timestamp>().ok());
        match (end, moment) {
            (Some(end), Some(moment)) if (moment.as_unix_millis() / 1000 - now).abs() < NEAR => {
                steady.push_str(&rest[..start]);
                steady.push_str(MOMENT);
                rest = &candidate[end..];
            }
            _ => {
                steady.push_str(&rest[..start + 2]);
                rest = &rest[start + 2..];
            }
        }
    }
    steady.push_str(rest);
    steady
}

#[test]
fn what_differs_from_run_to_run_is_replaced() {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(steady(text), expected);
    }
    #[allow(clippy::disallowed_methods, reason = "as above")]
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis());
    let now = Timestamp::from_unix_millis(now.unwrap_or_default());
    check(&format!("as of {now}, until {now}"), &format!("as of {MOMENT}, until {MOMENT}"));
    check("since 2001-02-03T04:05:06Z", "since 2001-02-03T04:05:06Z");
    check("in 2026, 20 of 20", "in 2026, 20 of 20");
    check("http://127.0.0.1:41373/x 127.0.0.1:", "http://127.0.0.1:8080/x 127.0.0.1:");
}
