//! Which of several offers to show, and what it costs.

use std::cmp::Ordering;

use crate::decimal::Decimal;
use crate::{AvailabilityKind, Money, Offer, OfferConditionKind, OfferKind, Offers, Price};

impl Money {
    /// Which amount is larger; `None` where the currencies differ, or one amount cannot be read.
    ///
    /// ```
    /// use std::cmp::Ordering;
    /// use linkwright_core::Money;
    ///
    /// let yen = |amount: &str| Money::new(amount, "JPY", format!("￥{amount}"));
    /// assert_eq!(yen("4990.0").compare_amount(&yen("4990")), Some(Ordering::Equal));
    /// assert_eq!(yen("999").compare_amount(&yen("4990.0")), Some(Ordering::Less));
    /// assert_eq!(yen("1").compare_amount(&Money::new("1", "USD", "$1")), None);
    /// ```
    pub fn compare_amount(&self, other: &Self) -> Option<Ordering> {
        if self.currency != other.currency {
            return None;
        }
        Some(Decimal::read(&self.amount)?.cmp(&Decimal::read(&other.amount)?))
    }
}

impl Offer {
    /// The price, unless the seller forbids that it is shown ([`violates_map`](Self::violates_map)).
    pub fn shown_price(&self) -> Option<&Price> {
        self.price.as_ref().filter(|_| !self.violates_map)
    }

    fn amount(&self) -> Option<(&str, Decimal)> {
        let money = &self.shown_price()?.money;
        Some((money.currency.as_str(), Decimal::read(&money.amount)?))
    }

    /// What keeps it from being what a reader expects of a price: something new that can be had and is bought once.
    fn drawbacks(&self) -> (bool, bool, u8) {
        let availability = self.availability.as_ref().and_then(|availability| availability.kind.as_ref());
        let cannot_be_had =
            matches!(availability, Some(AvailabilityKind::OutOfStock | AvailabilityKind::Unavailable));
        let condition = match self.condition.as_ref().map(|condition| &condition.value) {
            None | Some(OfferConditionKind::New | OfferConditionKind::Unknown) => 0,
            Some(OfferConditionKind::Refurbished) => 1,
            Some(OfferConditionKind::Used | OfferConditionKind::Other(_)) => 2,
        };
        (cannot_be_had, self.kind == Some(OfferKind::SubscribeAndSave), condition)
    }
}

impl Offers {
    /// The offer whose price to show: the one in the buy box, or else the cheapest of those like it.
    ///
    /// An offer whose price may not be shown is never taken. Without one in the buy box, what can be had goes before what
    /// cannot, a single purchase before a subscription, new before refurbished before used; then the lowest price counts,
    /// and then the order of the API. All in the currency of the first. Where nobody asked which one is in the buy box,
    /// what kind of offers they are was not asked either, as a rule; then no price counts, and the API's order does.
    ///
    /// ```
    /// use linkwright_core::{Money, Offer, Offers, Price};
    ///
    /// let offer = |amount: &str| Offer::new(Some(Price::new(Money::new(amount, "USD", format!("${amount}")))), None);
    /// let (mut forbidden, mut featured) = (offer("1.00"), offer("40.10"));
    /// (forbidden.violates_map, featured.is_buy_box_winner) = (true, Some(true));
    /// let offers = Offers::new(vec![forbidden, offer("40.09"), featured.clone()]);
    /// assert_eq!(offers.best(), Some(&featured));
    /// ```
    pub fn best(&self) -> Option<&Offer> {
        let featured = || {
            self.listings
                .iter()
                .find(|offer| offer.is_buy_box_winner == Some(true) && offer.shown_price().is_some())
        };
        featured().or_else(|| self.cheapest())
    }

    fn cheapest(&self) -> Option<&Offer> {
        let priced = || self.listings.iter().filter_map(|offer| Some((offer, offer.amount()?)));
        let (_, (currency, _)) = priced().next()?;
        let is_marked = self.listings.iter().any(|offer| offer.is_buy_box_winner.is_some());
        let comparable = priced().filter(|(_, (other, _))| *other == currency);
        comparable
            .min_by_key(|(offer, (_, amount))| (offer.drawbacks(), is_marked.then_some(*amount)))
            .map(|(offer, _)| offer)
    }
}
