//! The table of Amazon's shops: the one place to mend when Amazon opens, closes or changes one.
//!
//! Sources, as of 2026-11-22: hosts, region groups and API languages from the Creators API's documentation and official
//! SDKs (locale reference); site languages of FR, NL, PL and SE from the shops themselves; tag suffixes marked `Seen`
//! from real tags, `Expected` inferred from the region. Associates programmes: 22 shops; ZA and CN are in no locale list
//! of PA-API or the Creators API, so there is no tag for them.

use crate::marketplace::{Marketplace, RegionGroup, TagSuffix};

/// What is known of one shop.
pub(crate) struct Row {
    pub(crate) code: &'static str,
    pub(crate) host: &'static str,
    pub(crate) country: &'static str,
    pub(crate) country_code: &'static str,
    pub(crate) languages: &'static [&'static str],
    pub(crate) site_languages: &'static [&'static str],
    pub(crate) currency: &'static str,
    pub(crate) region_group: Option<RegionGroup>,
    pub(crate) tag_suffix: Option<TagSuffix>,
}

/// The row of one shop. The table is in the order of the enum, which a test checks through every public name.
pub(crate) const fn row(marketplace: Marketplace) -> &'static Row {
    &TABLE[marketplace as usize]
}

#[rustfmt::skip] // One shop is one line, so that the table can be read as a table.
static TABLE: [Row; 24] = [
    Row { code: "us", host: "www.amazon.com", country: "United States", country_code: "US", languages: &["en_US", "es_US", "de_DE", "ko_KR", "pt_BR", "zh_CN", "zh_TW"], site_languages: &[], currency: "USD", region_group: Some(RegionGroup::NorthAmerica), tag_suffix: Some(TagSuffix::Seen(20)) },
    Row { code: "ca", host: "www.amazon.ca", country: "Canada", country_code: "CA", languages: &["en_CA", "fr_CA"], site_languages: &[], currency: "CAD", region_group: Some(RegionGroup::NorthAmerica), tag_suffix: Some(TagSuffix::Seen(20)) },
    Row { code: "mx", host: "www.amazon.com.mx", country: "Mexico", country_code: "MX", languages: &["es_MX"], site_languages: &[], currency: "MXN", region_group: Some(RegionGroup::NorthAmerica), tag_suffix: Some(TagSuffix::Seen(20)) },
    Row { code: "br", host: "www.amazon.com.br", country: "Brazil", country_code: "BR", languages: &["pt_BR"], site_languages: &[], currency: "BRL", region_group: Some(RegionGroup::NorthAmerica), tag_suffix: Some(TagSuffix::Seen(20)) },
    Row { code: "uk", host: "www.amazon.co.uk", country: "United Kingdom", country_code: "GB", languages: &["en_GB"], site_languages: &[], currency: "GBP", region_group: Some(RegionGroup::Europe), tag_suffix: Some(TagSuffix::Seen(21)) },
    Row { code: "de", host: "www.amazon.de", country: "Germany", country_code: "DE", languages: &["de_DE", "en_GB", "cs_CZ", "nl_NL", "pl_PL", "tr_TR"], site_languages: &[], currency: "EUR", region_group: Some(RegionGroup::Europe), tag_suffix: Some(TagSuffix::Seen(21)) },
    Row { code: "fr", host: "www.amazon.fr", country: "France", country_code: "FR", languages: &["fr_FR"], site_languages: &["en_GB"], currency: "EUR", region_group: Some(RegionGroup::Europe), tag_suffix: Some(TagSuffix::Seen(21)) },
    Row { code: "it", host: "www.amazon.it", country: "Italy", country_code: "IT", languages: &["it_IT"], site_languages: &[], currency: "EUR", region_group: Some(RegionGroup::Europe), tag_suffix: Some(TagSuffix::Seen(21)) },
    Row { code: "es", host: "www.amazon.es", country: "Spain", country_code: "ES", languages: &["es_ES"], site_languages: &[], currency: "EUR", region_group: Some(RegionGroup::Europe), tag_suffix: Some(TagSuffix::Seen(21)) },
    Row { code: "nl", host: "www.amazon.nl", country: "Netherlands", country_code: "NL", languages: &["nl_NL"], site_languages: &["en_GB"], currency: "EUR", region_group: Some(RegionGroup::Europe), tag_suffix: Some(TagSuffix::Seen(21)) },
    Row { code: "be", host: "www.amazon.com.be", country: "Belgium", country_code: "BE", languages: &["fr_BE", "nl_BE", "en_GB"], site_languages: &[], currency: "EUR", region_group: Some(RegionGroup::Europe), tag_suffix: Some(TagSuffix::Expected(21)) },
    Row { code: "ie", host: "www.amazon.ie", country: "Ireland", country_code: "IE", languages: &["en_IE"], site_languages: &[], currency: "EUR", region_group: Some(RegionGroup::Europe), tag_suffix: Some(TagSuffix::Expected(21)) },
    Row { code: "pl", host: "www.amazon.pl", country: "Poland", country_code: "PL", languages: &["pl_PL"], site_languages: &["en_GB"], currency: "PLN", region_group: Some(RegionGroup::Europe), tag_suffix: Some(TagSuffix::Expected(21)) },
    Row { code: "se", host: "www.amazon.se", country: "Sweden", country_code: "SE", languages: &["sv_SE"], site_languages: &["en_GB"], currency: "SEK", region_group: Some(RegionGroup::Europe), tag_suffix: Some(TagSuffix::Expected(21)) },
    Row { code: "tr", host: "www.amazon.com.tr", country: "Türkiye", country_code: "TR", languages: &["tr_TR"], site_languages: &[], currency: "TRY", region_group: Some(RegionGroup::Europe), tag_suffix: Some(TagSuffix::Seen(21)) },
    Row { code: "ae", host: "www.amazon.ae", country: "United Arab Emirates", country_code: "AE", languages: &["en_AE", "ar_AE"], site_languages: &[], currency: "AED", region_group: Some(RegionGroup::Europe), tag_suffix: Some(TagSuffix::Seen(21)) },
    Row { code: "sa", host: "www.amazon.sa", country: "Saudi Arabia", country_code: "SA", languages: &["en_AE", "ar_AE"], site_languages: &[], currency: "SAR", region_group: Some(RegionGroup::Europe), tag_suffix: Some(TagSuffix::Expected(21)) },
    Row { code: "eg", host: "www.amazon.eg", country: "Egypt", country_code: "EG", languages: &["en_AE", "ar_AE"], site_languages: &[], currency: "EGP", region_group: Some(RegionGroup::Europe), tag_suffix: Some(TagSuffix::Expected(21)) },
    Row { code: "in", host: "www.amazon.in", country: "India", country_code: "IN", languages: &["en_IN", "hi_IN", "kn_IN", "ml_IN", "ta_IN", "te_IN"], site_languages: &[], currency: "INR", region_group: Some(RegionGroup::Europe), tag_suffix: Some(TagSuffix::Seen(21)) },
    Row { code: "jp", host: "www.amazon.co.jp", country: "Japan", country_code: "JP", languages: &["ja_JP", "en_US", "zh_CN"], site_languages: &[], currency: "JPY", region_group: Some(RegionGroup::FarEast), tag_suffix: Some(TagSuffix::Seen(22)) },
    Row { code: "sg", host: "www.amazon.sg", country: "Singapore", country_code: "SG", languages: &["en_SG"], site_languages: &[], currency: "SGD", region_group: Some(RegionGroup::FarEast), tag_suffix: Some(TagSuffix::Expected(22)) },
    Row { code: "au", host: "www.amazon.com.au", country: "Australia", country_code: "AU", languages: &["en_AU"], site_languages: &[], currency: "AUD", region_group: Some(RegionGroup::FarEast), tag_suffix: Some(TagSuffix::Seen(22)) },
    Row { code: "za", host: "www.amazon.co.za", country: "South Africa", country_code: "ZA", languages: &[], site_languages: &[], currency: "ZAR", region_group: None, tag_suffix: None },
    Row { code: "cn", host: "www.amazon.cn", country: "China", country_code: "CN", languages: &["zh_CN"], site_languages: &[], currency: "CNY", region_group: None, tag_suffix: None },
];
