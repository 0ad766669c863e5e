//! The token bucket that limits how many calls a second the account may make.

use linkwright_core::Timestamp;

/// A bucket that fills at a rate and is never fuller than one second's worth, but at least one call's.
#[derive(Debug)]
pub(crate) struct Pace {
    per_second: f64,
    left: f64,
    filled_at: Timestamp,
}

impl Pace {
    /// A full bucket. What is no positive number lets nothing through.
    pub(crate) fn new(per_second: f64, now: Timestamp) -> Self {
        let per_second = if per_second.is_finite() && per_second > 0.0 { per_second } else { 0.0 };
        let mut pace = Self { per_second, left: 0.0, filled_at: now };
        pace.left = pace.size();
        pace
    }

    fn size(&self) -> f64 {
        if self.per_second > 0.0 { self.per_second.max(1.0) } else { 0.0 }
    }

    /// How many calls could be made at this moment.
    pub(crate) fn whole_calls(&mut self, now: Timestamp) -> u64 {
        self.fill(now);
        self.left.floor() as u64
    }

    fn fill(&mut self, now: Timestamp) {
        let passed = now.since(self.filled_at).as_secs_f64();
        self.left = passed.mul_add(self.per_second, self.left).min(self.size());
        self.filled_at = now;
    }

    /// Takes one call out of the bucket; if there is none, says in how many whole seconds there will be.
    pub(crate) fn take(&mut self, now: Timestamp) -> Result<(), u64> {
        self.fill(now);
        if self.left >= 1.0 {
            self.left -= 1.0;
            return Ok(());
        }
        if self.per_second <= 0.0 {
            // A day: what is used up for the day is back then.
            return Err(86_400);
        }
        Err(((1.0 - self.left) / self.per_second).ceil().max(1.0) as u64)
    }
}
