//! Prices as people type them, in the smallest unit as the API takes them.

use linkwright_sdk::core::Marketplace;

use crate::failure::{CommandResult, Failure};

/// The amount in the smallest unit of the shop's currency: 1999 for `19.99`, in Japan 1999 for `1999`.
pub(super) fn smallest_units(flag: &str, text: &str, shop: Marketplace) -> CommandResult<u64> {
    let currency = shop.currency();
    // Of the shops' currencies, the yen alone has no smaller unit (ISO 4217).
    let decimals = if currency == "JPY" { 0 } else { 2 };
    let example = if decimals == 0 { "1999" } else { "19.99" };
    let wrong = |why: String| {
        Failure::usage(format!("{why}: `{flag} {text}`"))
            .with_hint(format!("write the number in {currency} alone, as `{flag} {example}`"))
    };
    let typed = text.trim();
    let (whole, fraction) = typed.split_once('.').unwrap_or((typed, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || typed.ends_with('.') {
        let why = if typed.contains(',') {
            "a price is written with a point before the cents, and without other signs"
        } else {
            "not a price"
        };
        return Err(wrong(why.to_owned()));
    }
    if fraction.len() > decimals {
        return Err(wrong(match decimals {
            0 => format!("{currency} has no smaller unit"),
            _ => format!("a price in {currency} has at most {decimals} decimals"),
        }));
    }
    let all = format!("{whole}{fraction:0<decimals$}");
    match all.parse::<u64>() {
        Ok(0) => Err(wrong("a price is more than 0".to_owned())),
        Ok(units) => Ok(units),
        Err(_) => Err(wrong("no price is as high as that".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_in_the_smallest_unit() {
        #[track_caller]
        fn check(shop: Marketplace, text: &str, expected: Result<u64, &str>) {
            let read = smallest_units("--min-price", text, shop).map_err(|failure| failure.message());
            match (&read, expected) {
                (Ok(units), Ok(expected)) => assert_eq!(*units, expected, "{text}"),
                (Err(said), Err(expected)) => assert!(said.contains(expected), "{text}: {said}"),
                _ => panic!("{text}: {read:?}"),
            }
        }
        check(Marketplace::Us, "19.99", Ok(1999));
        check(Marketplace::Us, "19.9", Ok(1990));
        check(Marketplace::Us, "19", Ok(1900));
        check(Marketplace::De, "0.05", Ok(5));
        check(Marketplace::Jp, "1999", Ok(1999));
        check(Marketplace::Jp, "19.99", Err("JPY has no smaller unit"));
        check(Marketplace::Jp, "19.0", Err("JPY has no smaller unit"));
        check(Marketplace::Us, "19.999", Err("at most 2 decimals"));
        check(Marketplace::De, "19,99", Err("a point before the cents"));
        check(Marketplace::Us, "1,999", Err("a point before the cents"));
        for text in ["", "$19", "-1", "19.", ".99", "1e3", "1.9.9", "ten"] {
            check(Marketplace::Us, text, Err("not a price"));
        }
        check(Marketplace::Us, "0.00", Err("more than 0"));
        check(Marketplace::Us, "999999999999999999999", Err("as high as that"));
    }
}
