//! Output that is the same in every run: ports and present moments as fixed ones.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use linkwright_sdk::core::Timestamp;

/// What stands for the present in pages: 2026-11-22T17:05:00Z.
const PRESENT: Timestamp = Timestamp::from_unix_seconds(1_795_367_100);

/// The times from the present that have a meaning: an offer's hour, the next probe (six hours, more or less by chance), a
/// day of pictures, three days of waiting for access. A moment stands for the present and the nearest of these.
const HOURS: [u64; 5] = [0, 1, 6, 24, 72];

/// The start of what stands for every address of a server on this machine: `http://127.0.0.1:8080`.
const ADDRESS: &str = "127.0.0.1:8080";

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

/// The moment that stands for one near `now` (in seconds); `None` if it is no moment of this run.
fn near(moment: Timestamp, now: i64) -> Option<Timestamp> {
    let later = moment.as_unix_millis() / 1000 - now;
    // Up to ten minutes ago, for slow machines; up to a week ahead.
    let later = u64::try_from(later.max(0)).ok().filter(|_| (-600..7 * 86_400).contains(&later))?;
    let hours = HOURS.into_iter().min_by_key(|hours| (hours * 3600).abs_diff(later))?;
    Some(PRESENT.plus(Duration::from_secs(hours * 3600)))
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
            (Some(end), Some(moment)) if near(moment, now).is_some() => {
                steady.push_str(&rest[..start]);
                steady.push_str(&near(moment, now).unwrap_or(moment).to_string());
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
    for (seconds, expected) in [
        (0, "2026-11-22T17:05:00Z"),
        (3599, "2026-11-22T18:05:00Z"),
        (5 * 3600, "2026-11-22T23:05:00Z"),
        (86_401, "2026-11-23T17:05:00Z"),
        (3 * 86_400, "2026-11-25T17:05:00Z"),
    ] {
        let later = now.plus(Duration::from_secs(seconds));
        check(
            &format!("as of {now}, until {later}."),
            &format!("as of 2026-11-22T17:05:00Z, until {expected}."),
        );
    }
    check("since 2001-02-03T04:05:06Z", "since 2001-02-03T04:05:06Z");
    check("in 2026, 20 of 20", "in 2026, 20 of 20");
    check("http://127.0.0.1:41373/x 127.0.0.1:", "http://127.0.0.1:8080/x 127.0.0.1:");
}
