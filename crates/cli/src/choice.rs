//! Options with a few named values of Amazon's, as people type them.

use linkwright_sdk::core::{Condition, DeliveryFlag, SortBy};
use linkwright_sdk::nearest_name;

/// The orders of a search, as options name them.
const ORDERS: [(&str, SortBy); 6] = [
    ("relevance", SortBy::Relevance),
    ("featured", SortBy::Featured),
    ("price-low-to-high", SortBy::PriceLowToHigh),
    ("price-high-to-low", SortBy::PriceHighToLow),
    ("newest-arrivals", SortBy::NewestArrivals),
    ("avg-customer-reviews", SortBy::AvgCustomerReviews),
];

const DELIVERIES: [(&str, DeliveryFlag); 4] = [
    ("prime", DeliveryFlag::Prime),
    ("free-shipping", DeliveryFlag::FreeShipping),
    ("fulfilled-by-amazon", DeliveryFlag::FulfilledByAmazon),
    ("amazon-global", DeliveryFlag::AmazonGlobal),
];

const CONDITIONS: [(&str, Condition); 2] = [("any", Condition::Any), ("new", Condition::New)];

/// For clap, whose messages name the flag.
pub(crate) fn sort_by(text: &str) -> Result<SortBy, String> {
    one_of(&ORDERS, text)
}

/// For clap, as above.
pub(crate) fn delivery(text: &str) -> Result<DeliveryFlag, String> {
    one_of(&DELIVERIES, text)
}

/// For clap, as above.
pub(crate) fn condition(text: &str) -> Result<Condition, String> {
    one_of(&CONDITIONS, text)
}

/// The value of a name, or of Amazon's own spelling of it: capitals and signs do not matter.
fn one_of<T: Clone>(known: &[(&str, T)], text: &str) -> Result<T, String> {
    let given = letters(text);
    if let Some((_, value)) = known.iter().find(|(name, _)| letters(name) == given) {
        return Ok(value.clone());
    }
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    // `price` begins two of them; the first of those is the likelier.
    let begun = names.iter().copied().find(|name| given.len() >= 3 && letters(name).starts_with(&given));
    let typed = text.to_ascii_lowercase();
    let near = begun.or_else(|| nearest_name(&typed, names.iter().copied()));
    let near = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
    Err(format!("{near}known: {}", names.join(", ")))
}

/// A number of pages or products. For clap, as above.
pub(crate) fn at_least_one(text: &str) -> Result<u32, String> {
    match text.trim().parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err("expected a whole number from 1 on".to_owned()),
    }
}

/// A whole number of this range. For clap, as above.
pub(crate) fn between<const LEAST: u32, const MOST: u32>(text: &str) -> Result<u32, String> {
    match text.trim().parse() {
        Ok(number) if (LEAST..=MOST).contains(&number) => Ok(number),
        _ => Err(format!("expected a whole number from {LEAST} to {MOST}")),
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_people_and_amazon_write_them() {
        for text in ["price-low-to-high", "Price:LowToHigh", "PRICE_LOW_TO_HIGH"] {
            assert_eq!(sort_by(text), Ok(SortBy::PriceLowToHigh), "{text}");
        }
        // Whatever Amazon's enums hold can be asked for.
        for known in SortBy::KNOWN {
            assert_eq!(sort_by(known.as_str()).as_ref(), Ok(known));
        }
        for known in DeliveryFlag::KNOWN {
            assert_eq!(delivery(known.as_str()).as_ref(), Ok(known));
        }
        assert_eq!(condition("New"), Ok(Condition::New));
    }

    #[test]
    fn what_is_misspelt_is_asked_back() {
        #[track_caller]
        fn check(text: &str, near: &str) {
            let said = sort_by(text).unwrap_err();
            assert!(said.starts_with(near), "{said}");
        }
        check("relevanse", "did you mean `relevance`?");
        check("newest", "did you mean `newest-arrivals`?");
        check("price", "did you mean `price-low-to-high`?");
        check("x", "known: relevance, featured,");
    }
}
