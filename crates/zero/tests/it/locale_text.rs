//! Labels and disclosures: what compliance wants of every one of them.

use std::collections::HashSet;

use linkwright_core::Marketplace;
use linkwright_zero::{DISCLOSURE, LinkText, link_text};

/// The label of every shop, in its own language and in each that its site has.
fn all_labels() -> Vec<(Marketplace, Option<&'static str>, LinkText)> {
    Marketplace::ALL
        .into_iter()
        .flat_map(|shop| {
            let languages =
                shop.languages().iter().chain(shop.site_languages()).map(|language| Some(*language));
            std::iter::once(None)
                .chain(languages)
                .map(move |language| (shop, language, link_text(shop, language)))
        })
        .collect()
}

#[test]
fn every_label_names_amazon_and_says_that_it_is_paid() {
    for (shop, language, text) in all_labels() {
        let place = format!("{shop} {language:?}: {}", text.label);
        assert!(text.label.contains("Amazon"), "{place}");
        assert!(text.label.ends_with([')', '）']) && text.label.contains(['(', '（']), "{place}");
        let unpaid = text.unpaid_label();
        assert!(unpaid.contains("Amazon") && text.label.starts_with(unpaid), "{place}");
        assert!(!unpaid.contains(['(', '（']) && unpaid.trim() == unpaid, "{place}");
    }
}

#[test]
fn the_language_is_the_one_asked_for_else_the_shops_own_else_english() {
    use Marketplace::{Ae, Be, Cn, De, Ie, Jp, Pl, Us, Za};
    for (shop, language, expected) in [
        (Us, None, "en"),
        (De, None, "de"),
        (Jp, None, "ja"),
        (Be, None, "fr"),
        (Cn, None, "zh"),
        (Ie, None, "en"),
        (Za, None, "en"),
        (Ae, Some("ar_AE"), "ar"),
        (De, Some("en_GB"), "en"),
        (De, Some("en"), "en"),
        (Us, Some("zh_TW"), "zh"),
        (Pl, Some("xx_XX"), "pl"),
        (De, Some(""), "de"),
        (De, Some("denglish"), "de"),
        (Us, Some("ko_KR"), "en"),
    ] {
        assert_eq!(link_text(shop, language).language, expected, "{shop} {language:?}");
    }
}

#[test]
fn a_few_labels_in_full() {
    assert_eq!(link_text(Marketplace::Us, None).label, "View on Amazon (paid link)");
    assert_eq!(link_text(Marketplace::Us, None).unpaid_label(), "View on Amazon");
    assert_eq!(link_text(Marketplace::De, None).label, "Bei Amazon ansehen (bezahlter Link)");
    assert_eq!(link_text(Marketplace::Jp, None).unpaid_label(), "Amazonで見る");
}

#[test]
fn the_disclosure_is_in_amazons_words() {
    let languages: HashSet<&str> = DISCLOSURE.iter().map(|(language, _)| *language).collect();
    assert_eq!(languages.len(), DISCLOSURE.len());
    assert_eq!(DISCLOSURE[0], ("en", "As an Amazon Associate I earn from qualifying purchases."));
    for (language, sentence) in DISCLOSURE {
        assert!(sentence.contains("Amazon") && sentence.ends_with('.'), "{language}");
    }
}
