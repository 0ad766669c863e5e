//! Whether a product is in stock, and that it is not always known.

use std::fmt;

use crate::{Availability, AvailabilityKind, Offers};

/// Whether a product is in stock. There is no fourth answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InStock {
    /// It can be had now, if only few of it.
    Yes,
    /// It cannot be had now: sold out, gone, or not there yet.
    No,
    /// Nobody said, or what was said may no longer be shown.
    Unknown,
}

impl InStock {
    /// The answer in a word: `yes`, `no`, `unknown`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }

    /// `None` where it is not known.
    pub const fn known(self) -> Option<bool> {
        match self {
            Self::Yes => Some(true),
            Self::No => Some(false),
            Self::Unknown => None,
        }
    }
}

impl fmt::Display for InStock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl AvailabilityKind {
    /// Whether this means in stock (Creators API, page "OffersV2"). What can be ordered in advance or after a while is not.
    pub fn in_stock(&self) -> InStock {
        match self {
            Self::InStock | Self::InStockScarce => InStock::Yes,
            Self::OutOfStock | Self::Unavailable | Self::AvailableDate | Self::LeadTime | Self::Preorder => {
                InStock::No
            }
            Self::Unknown | Self::Other(_) => InStock::Unknown,
        }
    }
}

impl Availability {
    /// Whether this means in stock. The shop's words for readers are not interpreted.
    pub fn in_stock(&self) -> InStock {
        self.kind.as_ref().map_or(InStock::Unknown, AvailabilityKind::in_stock)
    }
}

impl Offers {
    /// Whether any of them is of something in stock. Without any there is nothing featured, which Amazon's documentation
    /// takes for out of stock.
    ///
    /// ```
    /// use linkwright_core::{Availability, AvailabilityKind, InStock, Offer, Offers};
    ///
    /// let few = Availability::new(Some(AvailabilityKind::InStockScarce), None);
    /// assert_eq!(Offers::new(vec![Offer::new(None, Some(few))]).in_stock(), InStock::Yes);
    /// assert_eq!(Offers::new(vec![Offer::new(None, None)]).in_stock(), InStock::Unknown);
    /// assert_eq!(Offers::default().in_stock(), InStock::No);
    /// ```
    pub fn in_stock(&self) -> InStock {
        let each = || {
            let availability = self.listings.iter().map(|offer| offer.availability.as_ref());
            availability.map(|availability| availability.map_or(InStock::Unknown, Availability::in_stock))
        };
        [InStock::Yes, InStock::Unknown]
            .into_iter()
            .find(|answer| each().any(|of_one| of_one == *answer))
            .unwrap_or(InStock::No)
    }
}
