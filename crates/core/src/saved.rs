//! What is saved at a price: as the shop says, or as it follows from the price before.

use crate::decimal::Decimal;
use crate::{Money, Price, Saving};

impl Price {
    /// What is saved: the shop's own figures, and what they leave open computed from the
    /// [basis](Self::basis), exactly. `None` if nothing is saved, or nothing is known of it.
    ///
    /// A computed percentage is rounded down, so that no more is promised than is saved; Amazon's own pages round to the
    /// nearest. A computed amount is written as its currency and number.
    ///
    /// ```
    /// use linkwright_core::{Money, Price, SavingBasis};
    ///
    /// let usd = |amount: &str| Money::new(amount, "USD", format!("${amount}"));
    /// let mut price = Price::new(usd("29.99"));
    /// assert_eq!(price.saved(), None);
    /// price.basis = Some(SavingBasis::new(usd("39.95"), None, None));
    /// let saved = price.saved().unwrap();
    /// assert_eq!((saved.money.unwrap().display.as_str(), saved.percent), ("USD 9.96", Some(24)));
    /// ```
    pub fn saved(&self) -> Option<Saving> {
        let given = self.saving.as_ref();
        let difference = self.difference();
        let money = given.and_then(|given| given.money.clone()).or_else(|| difference.map(|d| self.worth(d)));
        let percent = given
            .and_then(|given| given.percent)
            // More than all of it cannot be saved.
            .filter(|percent| *percent <= 100)
            .or_else(|| self.computed_percent(difference, money.as_ref()));
        let nothing =
            money.as_ref().is_none_or(|money| Decimal::read(&money.amount).is_some_and(Decimal::is_zero));
        (!nothing || percent.is_some_and(|percent| percent > 0)).then(|| Saving::new(money, percent))
    }

    /// The basis less the price; `None` if that is less than nothing, or the two cannot be compared.
    fn difference(&self) -> Option<Decimal> {
        let basis = &self.basis.as_ref()?.money;
        if basis.currency != self.money.currency {
            return None;
        }
        Decimal::read(&basis.amount)?.minus(Decimal::read(&self.money.amount)?)
    }

    /// In percent of the basis; where that is not there, of the price and what is saved together.
    fn computed_percent(&self, difference: Option<Decimal>, money: Option<&Money>) -> Option<u64> {
        let saved = difference.or_else(|| {
            let same_currency = money.filter(|money| money.currency == self.money.currency)?;
            Decimal::read(&same_currency.amount)
        })?;
        saved.percent_of(Decimal::read(&self.money.amount)?.plus(saved))
    }

    fn worth(&self, amount: Decimal) -> Money {
        let (amount, currency) = (amount.to_string(), self.money.currency.clone());
        let display = format!("{currency} {amount}");
        Money { amount, currency, display }
    }
}
