//! What the shop pays for a used one: an hour's data, for it is a price.

use std::time::Duration;

use crate::{Money, Perishable, Timestamp};

/// Whether and for how much the shop takes a product back (Creators API, `itemInfo.tradeInInfo`). Holds a price, so it is
/// read only through [`Perishable`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct TradeIn {
    /// Whether it takes it at all.
    pub is_eligible: Option<bool>,
    /// What it pays.
    pub price: Option<Money>,
}

impl TradeIn {
    /// How long it may be shown after it was fetched: as any price (Associates Program Policies, as of 2026-04-14).
    pub const LIFETIME: Duration = Duration::from_secs(3600);

    /// A product that is taken back or not, at this price.
    pub fn new(is_eligible: Option<bool>, price: Option<Money>) -> Self {
        Self { is_eligible, price }
    }

    /// Locks it up for its [`LIFETIME`](Self::LIFETIME), counted from when it was fetched.
    pub fn fetched(self, at: Timestamp) -> Perishable<Self> {
        Perishable::new(self, at, Self::LIFETIME)
    }
}
