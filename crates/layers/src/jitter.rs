//! Chance, as a parameter: so that many who were refused at once do not come back at once, and tests know when they do.

/// Where a layer gets its randomness from. Not for secrets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jitter {
    /// `None` for chance.
    fixed: Option<f64>,
}

impl Jitter {
    /// By chance, evenly distributed.
    pub const fn random() -> Self {
        Self { fixed: None }
    }

    /// Always this fraction, from 0 to 1: for tests.
    pub const fn fixed(fraction: f64) -> Self {
        Self { fixed: Some(fraction.clamp(0.0, 1.0)) }
    }

    /// A number from 0 to 1.
    pub(crate) fn fraction(self) -> f64 {
        self.fixed.unwrap_or_else(fastrand::f64)
    }
}

impl Default for Jitter {
    /// [`random`](Self::random).
    fn default() -> Self {
        Self::random()
    }
}
