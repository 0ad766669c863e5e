//! When a deal runs.
//!
//! Amazon writes the times with or without seconds, and leaves one out where the deal has no such end. What cannot be
//! read is not guessed.

use std::time::Duration;

use crate::{Deal, Timestamp};

/// One end of a [`DealWindow`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DealTime<'a> {
    /// There is no such end: the deal has always been on, or goes on until it is ended.
    Open,
    /// This moment.
    At(Timestamp),
    /// A text this version cannot read.
    Unreadable(&'a str),
}

impl<'a> DealTime<'a> {
    fn read(text: Option<&'a str>) -> Self {
        match text.map(str::trim).filter(|text| !text.is_empty()) {
            None => Self::Open,
            Some(text) => text.parse().map_or(Self::Unreadable(text), Self::At),
        }
    }

    /// The moment, if there is one and it could be read.
    pub const fn timestamp(self) -> Option<Timestamp> {
        match self {
            Self::At(moment) => Some(moment),
            Self::Open | Self::Unreadable(_) => None,
        }
    }
}

/// From when to when a deal runs.
///
/// ```
/// use std::time::Duration;
/// use linkwright_core::{Deal, DealTime, Timestamp};
///
/// let mut deal = Deal::default();
/// deal.start_time = Some("2026-11-27T05:35Z".to_owned());
/// deal.end_time = Some("2026-11-27T07:59:59Z".to_owned());
/// let now: Timestamp = "2026-11-27T07:00:00Z".parse()?;
/// assert!(deal.window().is_running(now));
/// assert_eq!(deal.window().ends_in(now), Some(Duration::from_secs(59 * 60 + 59)));
///
/// deal.end_time = Some("soon".to_owned());
/// assert_eq!(deal.window().end, DealTime::Unreadable("soon"));
/// assert!(!deal.window().is_running(now), "nobody knows whether it is over");
/// # Ok::<(), linkwright_core::TimestampError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct DealWindow<'a> {
    /// The first moment at which it runs.
    pub start: DealTime<'a>,
    /// The first moment at which it no longer does.
    pub end: DealTime<'a>,
}

impl DealWindow<'_> {
    /// Whether it is known to run at `now`. With an end that cannot be read, it is not.
    pub fn is_running(&self, now: Timestamp) -> bool {
        let begun = match self.start {
            DealTime::Open => true,
            DealTime::At(start) => start <= now,
            DealTime::Unreadable(_) => false,
        };
        begun
            && match self.end {
                DealTime::Open => true,
                DealTime::At(end) => now < end,
                DealTime::Unreadable(_) => false,
            }
    }

    /// How long it will be until it begins; `None` if it has begun, or that is not known.
    pub fn starts_in(&self, now: Timestamp) -> Option<Duration> {
        self.start.timestamp().filter(|start| now < *start).map(|start| start.since(now))
    }

    /// For how long it will run on; `None` if it does not run, or has no known end.
    pub fn ends_in(&self, now: Timestamp) -> Option<Duration> {
        self.end.timestamp().filter(|_| self.is_running(now)).map(|end| end.since(now))
    }
}

impl Deal {
    /// From when to when it runs. The texts stay in [`start_time`](Self::start_time) and [`end_time`](Self::end_time).
    pub fn window(&self) -> DealWindow<'_> {
        DealWindow {
            start: DealTime::read(self.start_time.as_deref()),
            end: DealTime::read(self.end_time.as_deref()),
        }
    }
}
