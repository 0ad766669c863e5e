//! Values that may not be shown after their time.

use std::time::Duration;

use crate::Timestamp;

/// A value that can be read only before it expires: by Amazon's rules a day for its words and the addresses of
/// its pictures, an hour for offers, ranks and browse nodes.
///
/// The value itself is private, so no template, log or view can show it late.
///
/// ```
/// use std::time::Duration;
/// use linkwright_core::{Perishable, Timestamp};
///
/// let fetched = Timestamp::from_unix_seconds(0);
/// let price = Perishable::new("$ 1.00", fetched, Duration::from_secs(3600));
/// assert_eq!(price.at(fetched.plus(Duration::from_secs(3599))), Some(&"$ 1.00"));
/// assert_eq!(price.at(fetched.plus(Duration::from_secs(3600))), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Perishable<T> {
    value: T,
    fetched_at: Timestamp,
    expires_at: Timestamp,
}

impl<T> Perishable<T> {
    /// A value fetched at `fetched_at` that may be shown for less than `lifetime`.
    pub fn new(value: T, fetched_at: Timestamp, lifetime: Duration) -> Self {
        Self { value, fetched_at, expires_at: fetched_at.plus(lifetime) }
    }

    /// The value, unless its time is over at `now`, or `now` lies before it was fetched: a clock that was set back
    /// must not make it last longer.
    pub fn at(&self, now: Timestamp) -> Option<&T> {
        (self.fetched_at <= now && now < self.expires_at).then_some(&self.value)
    }

    /// When the value was fetched.
    pub fn fetched_at(&self) -> Timestamp {
        self.fetched_at
    }

    /// The first moment at which it may no longer be shown.
    pub fn expires_at(&self) -> Timestamp {
        self.expires_at
    }
}
