//! Which offer is shown, what it costs and what is saved.

use std::cmp::Ordering;

use linkwright_core::{
    Availability, AvailabilityKind, Money, Offer, OfferCondition, OfferConditionKind, OfferKind, Offers,
    Price, Saving, SavingBasis,
};
use proptest::prelude::*;

fn money(text: &str) -> Money {
    let (amount, currency) = text.split_once(' ').unwrap_or((text, "USD"));
    Money::new(amount, currency, format!("{currency} {amount}"))
}

/// An offer from words: an amount with or without a currency, and what else is special about it.
fn offer(words: &str) -> Offer {
    let mut parts = words.split(", ");
    let price = parts.next().filter(|price| *price != "-").map(|price| Price::new(money(price)));
    let mut offer = Offer::new(price, None);
    offer.is_buy_box_winner = Some(false);
    for part in parts {
        let condition = |kind| Some(OfferCondition::new(kind, None, None));
        let available = |kind| Some(Availability::new(Some(kind), None));
        match part {
            "buy box" => offer.is_buy_box_winner = Some(true),
            "unmarked" => offer.is_buy_box_winner = None,
            "map" => offer.violates_map = true,
            "used" => offer.condition = condition(OfferConditionKind::Used),
            "refurbished" => offer.condition = condition(OfferConditionKind::Refurbished),
            "new" => offer.condition = condition(OfferConditionKind::New),
            "subscription" => offer.kind = Some(OfferKind::SubscribeAndSave),
            "gone" => offer.availability = available(AvailabilityKind::OutOfStock),
            "here" => offer.availability = available(AvailabilityKind::InStock),
            other => panic!("{other}"),
        }
    }
    offer
}

#[test]
fn the_offer_in_the_buy_box_is_best_and_else_the_cheapest_of_its_like() {
    let check = |words: &[&str], best: Option<usize>, shown: Option<usize>| {
        let offers = Offers::new(words.iter().map(|words| offer(words)).collect());
        let place = |found: Option<&Offer>| {
            found.map(|found| offers.listings.iter().position(|one| std::ptr::eq(one, found)).unwrap())
        };
        assert_eq!(place(offers.best()), best, "{words:?}");
        assert_eq!(place(offers.to_show()), shown, "{words:?}");
    };
    check(&[], None, None);
    check(&["-"], None, Some(0));
    check(&["39.99"], Some(0), Some(0));
    check(&["39.99", "45.00, buy box"], Some(1), Some(1));
    // Where nobody asked for the mark the cheaper one may be a subscription, so the order of the API counts.
    check(&["39.99, unmarked", "35.00, unmarked"], Some(0), Some(0));
    check(&["39.99, unmarked, gone", "35.00, unmarked"], Some(1), Some(1));
    check(&["39.99", "-, buy box"], Some(0), Some(0));
    check(&["39.99", "12.00, buy box, map"], Some(0), Some(0));
    check(&["12.00, map", "13.00, map, buy box"], None, Some(1));
    check(&["10.0", "9", "9.00"], Some(1), Some(1));
    check(&["4990.0", "10000.0", "999.0"], Some(2), Some(2));
    check(&["9 EUR", "8", "10 EUR"], Some(0), Some(0));
    check(&["20", "10, used", "15, refurbished"], Some(0), Some(0));
    check(&["10, used", "15, refurbished"], Some(1), Some(1));
    check(&["20, new", "19"], Some(1), Some(1));
    check(&["20, here", "10, gone"], Some(0), Some(0));
    check(&["20", "10, subscription"], Some(0), Some(0));
    check(&["20, gone", "10, gone, used"], Some(0), Some(0));
    check(&["10, subscription"], Some(0), Some(0));
    check(&["twelve", "13"], Some(1), Some(1));
    check(&["twelve"], None, Some(0));
}

#[test]
fn amounts_are_compared_as_exact_numbers_of_one_currency() {
    use Ordering::{Equal, Greater, Less};
    for (one, other, expected) in [
        ("39.9", "39.90", Some(Equal)),
        ("4990.0", "4990", Some(Equal)),
        ("007", "7", Some(Equal)),
        ("0", "0.000", Some(Equal)),
        ("9.99", "10", Some(Less)),
        ("1e3", "999.99", Some(Greater)),
        ("1.5E-2", "0.015", Some(Equal)),
        ("0.1", "0.10000000000000001", Some(Less)),
        ("9007199254740993", "9007199254740992", Some(Greater)),
        ("1 USD", "1 EUR", None),
        ("", "1", None),
        ("-1", "1", None),
        ("+1", "1", None),
        ("1.", "1", None),
        (".5", "1", None),
        ("1,50", "1", None),
        ("1.2.3", "1", None),
        ("１", "1", None),
        ("NaN", "1", None),
        ("1e99", "1", None),
        ("1e-99", "1", None),
        ("1e99999999999", "1", None),
        ("0.0000000000000000001", "1", None),
        ("0e-2147483648", "0", None),
        ("0e-99", "0", Some(Equal)),
    ] {
        assert_eq!(money(one).compare_amount(&money(other)), expected, "{one} {other}");
        let reverse = expected.map(Ordering::reverse);
        assert_eq!(money(other).compare_amount(&money(one)), reverse, "{other} {one}");
    }
}

proptest! {
    #[test]
    fn amounts_in_cents_are_compared_as_cents(one in 0_u64..1 << 53, other in 0_u64..1 << 53) {
        let dollars = |cents: u64| money(&format!("{}.{:02}", cents / 100, cents % 100));
        prop_assert_eq!(dollars(one).compare_amount(&dollars(other)), Some(one.cmp(&other)));
    }

    #[test]
    fn any_text_is_an_amount_or_none(text in "[0-9eE.+-]{0,45}|\\PC{0,10}") {
        let amount = Money::new(text, "USD", "");
        let mut price = Price::new(amount.clone());
        price.basis = Some(SavingBasis::new(money("10"), None, None));
        price.saving = Some(Saving::new(Some(amount.clone()), None));
        let _found = price.saved();
        prop_assert!(matches!(amount.compare_amount(&amount), None | Some(Ordering::Equal)));
    }

    #[test]
    fn what_is_computed_is_never_more_than_is_saved(price in 0_u64..1_000_000, basis in 1_u64..1_000_000) {
        let dollars = |cents: u64| money(&format!("{}.{:02}", cents / 100, cents % 100));
        let mut shown = Price::new(dollars(price));
        shown.basis = Some(SavingBasis::new(dollars(basis), None, None));
        match shown.saved() {
            None => prop_assert!(price >= basis),
            Some(saved) => {
                let cents = basis - price;
                prop_assert_eq!(saved.money, Some(dollars(cents)));
                prop_assert_eq!(saved.percent, Some(cents * 100 / basis));
            }
        }
    }
}

#[test]
fn a_saving_is_the_shops_own_and_else_what_follows_from_the_basis() {
    // price, basis, the shop's amount and percentage; the amount and percentage to be shown
    type Row<'a> =
        (&'a str, Option<&'a str>, Option<&'a str>, Option<u64>, Option<(Option<&'a str>, Option<u64>)>);
    let rows: &[Row<'_>] = &[
        ("39.99", Some("49.99"), Some("10.00"), Some(20), Some((Some("10.00"), Some(20)))),
        // Amazon's figures go before ours, if they are not the same.
        ("39.99", Some("49.99"), Some("10.01"), Some(21), Some((Some("10.01"), Some(21)))),
        ("39.99", Some("49.99"), None, None, Some((Some("10.00"), Some(20)))),
        ("39.99", Some("49.99"), Some("10.00"), None, Some((Some("10.00"), Some(20)))),
        ("29.99", Some("39.95"), None, None, Some((Some("9.96"), Some(24)))),
        ("3990.0", Some("4990"), None, None, Some((Some("1000.0"), Some(20)))),
        ("3990", Some("4990"), None, None, Some((Some("1000"), Some(20)))),
        ("39.99", None, Some("10.00"), None, Some((Some("10.00"), Some(20)))),
        ("39.99", None, None, Some(20), Some((None, Some(20)))),
        ("39.99", None, Some("10.00 EUR"), None, Some((Some("10.00"), None))),
        ("0", Some("9.99"), None, None, Some((Some("9.99"), Some(100)))),
        ("39.99", Some("49.99"), None, Some(200), Some((Some("10.00"), Some(20)))),
        ("99.90", Some("100.00"), None, None, Some((Some("0.10"), Some(0)))),
        ("39.99", None, None, None, None),
        ("39.99", Some("39.99"), None, None, None),
        ("39.99", Some("29.99"), None, None, None),
        ("39.99", Some("49.99 EUR"), None, None, None),
        ("39.99", None, Some("0.00"), Some(0), None),
        ("0", Some("0"), None, None, None),
        ("free", Some("49.99"), None, None, None),
    ];
    for (price, basis, saved, percent, expected) in rows {
        let mut shown = Price::new(money(price));
        shown.basis = basis.map(|basis| SavingBasis::new(money(basis), None, None));
        if saved.is_some() || percent.is_some() {
            shown.saving = Some(Saving::new(saved.map(money), *percent));
        }
        let found = shown.saved().map(|saved| (saved.money.map(|money| money.amount), saved.percent));
        let expected = expected.map(|(amount, percent)| (amount.map(str::to_owned), percent));
        assert_eq!(found, expected, "{price} of {basis:?}, {saved:?} {percent:?}");
    }
}
