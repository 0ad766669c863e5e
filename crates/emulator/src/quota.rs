//! How much the account may ask: calls a second and calls a day, and how both follow from its revenue.
//!
//! The numbers are those of the page "API Rates" of the Product Advertising API 5.0, which third parties quote for the
//! Creators API with the same words. All credentials of an account share them. One call is one call, however many
//! products it asks for. Guesses, since nobody states them: the day is a rolling one, and what is throttled does not count.

use std::collections::VecDeque;
use std::time::Duration;

use linkwright_core::Timestamp;
use serde_json::{Value, json};

use crate::pace::Pace;
use crate::refusal::{Limit, Refusal};

/// What every account begins with: one call a second, 8,640 a day.
const FIRST_PER_SECOND: f64 = 1.0;
const FIRST_PER_DAY: u64 = 8640;

/// US dollars of shipped items within 30 days that earn one more call a second.
const REVENUE_PER_CALL_A_SECOND: f64 = 4320.0;

/// Calls a day for each US dollar of shipped items within 30 days: one for each 5 cents.
const CALLS_A_DAY_PER_DOLLAR: f64 = 20.0;

/// No account gets more.
const MOST_PER_SECOND: f64 = 10.0;
const MOST_PER_DAY: u64 = 864_000;

const DAY: Duration = Duration::from_secs(86_400);

/// How many calls the account may make; `None` is any number.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Limits {
    pub(crate) per_second: Option<f64>,
    pub(crate) per_day: Option<u64>,
}

impl Limits {
    /// Those of an account with this revenue, in US dollars of the last 30 days.
    pub(crate) fn of_revenue(dollars: f64) -> Self {
        let dollars = if dollars.is_finite() { dollars.max(0.0) } else { 0.0 };
        let per_second =
            (FIRST_PER_SECOND + (dollars / REVENUE_PER_CALL_A_SECOND).floor()).min(MOST_PER_SECOND);
        // The cast saturates.
        let per_day = (dollars * CALLS_A_DAY_PER_DOLLAR).floor() as u64;
        Self { per_second: Some(per_second), per_day: Some(per_day.clamp(FIRST_PER_DAY, MOST_PER_DAY)) }
    }
}

/// What the account used up of its limits, and limits that replace those of the settings.
#[derive(Debug, Default)]
pub(crate) struct Quota {
    limits: Option<Limits>,
    bucket: Option<Pace>,
    /// Calls of the last day: the second, and how many were in it.
    calls: VecDeque<(Timestamp, u64)>,
    in_last_day: u64,
    /// Whether a 429 says when to come back.
    pub(crate) says_when: bool,
}

impl Quota {
    /// The limits that count.
    pub(crate) fn limits(&self, of_settings: Limits) -> Limits {
        self.limits.unwrap_or(of_settings)
    }

    /// Replaces the limits. What was used up of the day stays so; the second begins anew.
    pub(crate) fn set(&mut self, limits: Limits) {
        self.limits = Some(limits);
        self.bucket = None;
    }

    /// Takes one call out of the account's allowance.
    pub(crate) fn take(&mut self, of_settings: Limits, now: Timestamp) -> Result<(), Refusal> {
        self.forget_before(now);
        let limits = self.limits(of_settings);
        if limits.per_day.is_some_and(|most| self.in_last_day >= most) {
            let seconds = self.seconds_until_freed(now);
            return Err(self.refused(seconds, Limit::PerDay));
        }
        if let Some(rate) = limits.per_second {
            let bucket = self.bucket.get_or_insert_with(|| Pace::new(rate, now));
            if let Err(seconds) = bucket.take(now) {
                return Err(self.refused(seconds, Limit::PerSecond));
            }
        }
        let second = Timestamp::from_unix_seconds(now.as_unix_millis().div_euclid(1000));
        match self.calls.back_mut() {
            Some((last, count)) if *last == second => *count += 1,
            _ => self.calls.push_back((second, 1)),
        }
        self.in_last_day += 1;
        Ok(())
    }

    fn refused(&self, seconds: u64, limit: Limit) -> Refusal {
        let seconds = self.says_when.then_some(seconds);
        Refusal::Throttled { header: seconds, body: seconds, limit }
    }

    fn forget_before(&mut self, now: Timestamp) {
        while let Some((_, count)) = self.calls.front().filter(|(second, _)| second.plus(DAY) <= now) {
            self.in_last_day = self.in_last_day.saturating_sub(*count);
            self.calls.pop_front();
        }
    }

    /// Whole seconds until the oldest call leaves the day.
    fn seconds_until_freed(&self, now: Timestamp) -> u64 {
        let oldest = self.calls.front().map_or(DAY, |(second, _)| second.plus(DAY).since(now));
        oldest.as_millis().div_ceil(1000).max(1).try_into().unwrap_or(u64::MAX)
    }

    /// The limits, and what is left of them.
    pub(crate) fn report(&mut self, of_settings: Limits, now: Timestamp) -> Value {
        self.forget_before(now);
        let limits = self.limits(of_settings);
        let left_now = limits.per_second.map(|rate| {
            // A bucket of which nothing was taken yet is full.
            self.bucket.get_or_insert_with(|| Pace::new(rate, now)).whole_calls(now)
        });
        json!({
            "calls_per_second": limits.per_second,
            "calls_per_day": limits.per_day,
            "calls_in_last_day": self.in_last_day,
            "left_now": left_now,
            "left_in_day": limits.per_day.map(|most| most.saturating_sub(self.in_last_day)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn revenue_earns_calls_by_the_published_steps() {
        // Revenue, calls a second, calls a day.
        for (dollars, per_second, per_day) in [
            (0.0, 1.0, 8640),
            (-5.0, 1.0, 8640),
            (f64::NAN, 1.0, 8640),
            (432.0, 1.0, 8640),
            (432.05, 1.0, 8641),
            (500.0, 1.0, 10_000),
            (4319.99, 1.0, 86_399),
            (4320.0, 2.0, 86_400),
            (12_960.0, 4.0, 259_200),
            (38_880.0, 10.0, 777_600),
            (43_200.0, 10.0, 864_000),
            (1e12, 10.0, 864_000),
        ] {
            let expected = Limits { per_second: Some(per_second), per_day: Some(per_day) };
            assert_eq!(Limits::of_revenue(dollars), expected, "{dollars}");
        }
    }
}
