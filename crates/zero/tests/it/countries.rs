//! The map of countries, and which shop is nearest.

use std::collections::HashSet;

use linkwright_core::Marketplace;
use linkwright_zero::{COUNTRIES, nearest_shops, shop_serving};

#[test]
fn countries_are_served_by_these_shops() {
    use Marketplace::{Au, De, Es, Fr, Ie, Uk};
    for (country, expected) in [
        ("GB", Some(Uk)),
        ("gb", Some(Uk)),
        ("JE", Some(Uk)),
        ("IE", Some(Ie)),
        ("AT", Some(De)),
        ("CH", Some(De)),
        ("LI", Some(De)),
        ("LU", Some(De)),
        ("MC", Some(Fr)),
        ("PT", Some(Es)),
        ("AD", Some(Es)),
        ("NZ", Some(Au)),
        // What everybody writes for GB.
        ("uk", Some(Uk)),
        // Nobody's, or nobody knows.
        ("XX", None),
        ("T1", None),
        ("KR", None),
        ("", None),
        ("USA", None),
    ] {
        assert_eq!(shop_serving(country), expected, "{country}");
    }
}

#[test]
fn every_shop_serves_its_own_country() {
    for shop in Marketplace::ALL {
        assert_eq!(shop_serving(shop.country_code()), Some(shop));
    }
}

#[test]
fn the_map_is_in_order_and_without_repetition() {
    assert!(COUNTRIES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    for (country, _) in COUNTRIES {
        assert!(country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase()), "{country}");
    }
}

#[test]
fn the_nearest_shops_are_others_that_can_have_a_tag() {
    for shop in Marketplace::ALL {
        let near = nearest_shops(shop);
        assert!(!near.is_empty(), "{shop}");
        assert!(!near.contains(&shop), "{shop} is its own neighbour");
        assert_eq!(near.iter().collect::<HashSet<_>>().len(), near.len(), "{shop} has a neighbour twice");
        for neighbour in near {
            assert!(neighbour.has_associates(), "{shop}: nobody has a tag for {neighbour}");
        }
    }
    assert_eq!(nearest_shops(Marketplace::Ie).first(), Some(&Marketplace::Uk));
    assert_eq!(nearest_shops(Marketplace::Be).first(), Some(&Marketplace::Nl));
}
