//! Whose host a link is on.
//!
//! One table for each sort of host: shops, Amazon's shorteners, pictures, other domains of Amazon's, and redirectors
//! that hold their target in a parameter. Sources: Amazon's shops and documentation, the public rule lists of ClearURLs
//! and Brave, and link tests of open-source bots, as of 2026-11-22.

use linkwright_core::Marketplace;

use crate::read::LowerCase;

/// Whose host a link is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Host {
    /// A shop's own site.
    Shop(Marketplace),
    /// A shop's site for charity, closed in 2023; its links still lead to the shop.
    Smile(Marketplace),
    /// A shop's digital music.
    Music(Marketplace),
    /// Another host of Amazon's: sellers, advertisers, developers.
    AmazonOther(Option<Marketplace>),
    /// Picture files.
    Image,
    /// `amzn.com`: the US shop's short name, with a bare `/ASIN` form that is dead.
    AmznCom,
    /// A shortener: the target cannot be seen.
    Short { marketplace: Option<Marketplace>, third_party: bool },
    /// A redirector with the whole target as the rest of the path behind this many segments.
    TargetInPath { segments: usize },
    /// A redirector with the target in one of these parameters.
    TargetInParameter(&'static [&'static str]),
    /// Not Amazon's, but made to look like it.
    LookAlike,
    /// Anybody else's.
    Foreign,
}

/// Says whose host this is. Accepts any case and a trailing dot.
#[inline]
pub(crate) fn classify(host: &str) -> Host {
    if let Some(top_level) = host.strip_prefix("www.amazon.")
        && let Some(shop) = shop_of_top_level(top_level.as_bytes())
    {
        return Host::Shop(shop);
    }
    if let Some(top_level) = host.strip_prefix("music.amazon.")
        && let Some(shop) = shop_of_top_level(top_level.as_bytes())
    {
        return Host::Music(shop);
    }
    match host {
        "amzn.com" | "www.amzn.com" => Host::AmznCom,
        "amzn.to" => AMAZONS_SHORTENER,
        _ => classify_uncommon(host),
    }
}

/// The shop of what follows `amazon.` in lower case. `at` and `jp` are aliases that lead to `de` and `co.jp`.
#[inline]
pub(crate) fn shop_of_top_level(top_level: &[u8]) -> Option<Marketplace> {
    Some(match top_level {
        b"com" => Marketplace::Us,
        b"co.uk" => Marketplace::Uk,
        b"de" | b"at" => Marketplace::De,
        b"fr" => Marketplace::Fr,
        b"it" => Marketplace::It,
        b"es" => Marketplace::Es,
        b"ca" => Marketplace::Ca,
        b"in" => Marketplace::In,
        b"co.jp" | b"jp" => Marketplace::Jp,
        b"com.au" => Marketplace::Au,
        b"com.br" => Marketplace::Br,
        b"com.mx" => Marketplace::Mx,
        b"nl" => Marketplace::Nl,
        b"com.be" => Marketplace::Be,
        b"ie" => Marketplace::Ie,
        b"pl" => Marketplace::Pl,
        b"se" => Marketplace::Se,
        b"com.tr" => Marketplace::Tr,
        b"ae" => Marketplace::Ae,
        b"sa" => Marketplace::Sa,
        b"eg" => Marketplace::Eg,
        b"sg" => Marketplace::Sg,
        b"co.za" => Marketplace::Za,
        b"cn" => Marketplace::Cn,
        _ => return None,
    })
}

/// All but the common `www.amazon.TLD` in lower case.
#[inline(never)]
fn classify_uncommon(host: &str) -> Host {
    let lower = LowerCase::<64>::of(host);
    let long;
    let lower = match lower.as_str() {
        "" => {
            long = host.to_ascii_lowercase();
            &long
        }
        short => short,
    };
    let host = lower.strip_suffix('.').unwrap_or(lower);
    let bare = host.strip_prefix("www.").unwrap_or(host);
    amazon_shop(host)
        .or_else(|| SHORTENERS.iter().find(|(name, _)| *name == bare).map(|(_, kind)| *kind))
        .or_else(|| redirector(host))
        .or_else(|| amazon_domain(host))
        .unwrap_or_else(|| if pretends_to_be_amazon(host) { Host::LookAlike } else { Host::Foreign })
}

/// Names Amazon, or does so with letters of other alphabets that look the same, in Unicode or as punycode.
fn pretends_to_be_amazon(host: &str) -> bool {
    if host.contains("amazon") || host.contains("amzn") {
        return true;
    }
    if host.is_ascii() {
        let lacking_one_letter = ["mazon", "aazon", "amzon", "amaon", "amazn", "amazo"];
        return host.contains("xn--") && lacking_one_letter.iter().any(|part| host.contains(part));
    }
    let letters: Vec<char> = host.chars().collect();
    letters.windows(6).any(|window| {
        let same =
            window.iter().zip("amazon".chars()).filter(|(letter, expected)| *letter == expected).count();
        let foreign = window.iter().filter(|letter| !letter.is_ascii()).count();
        same + foreign == 6 && same >= 2
    })
}

fn amazon_shop(host: &str) -> Option<Host> {
    let (sub_domain, top_level) = match host.strip_prefix("amazon.") {
        Some(top_level) => ("", top_level),
        None => host.split_once(".amazon.")?,
    };
    let shop = shop_of_top_level(top_level.as_bytes())?;
    Some(match sub_domain {
        "" | "www" | "m" | "www.m" => Host::Shop(shop),
        "smile" | "www.smile" => Host::Smile(shop),
        "music" => Host::Music(shop),
        "assoc-redirect" | "aax-us-iad" => return None,
        _ => Host::AmazonOther(Some(shop)),
    })
}

const AMAZONS_SHORTENER: Host = Host::Short { marketplace: None, third_party: false };
const OTHERS_SHORTENER: Host = Host::Short { marketplace: None, third_party: true };

/// Hosts whose links must be followed to see where they lead.
const SHORTENERS: [(&str, Host); 11] = [
    // The Associates' own shortener; carries a tag, which may be anybody's.
    ("amzn.to", AMAZONS_SHORTENER),
    // What the shop's app shares.
    ("a.co", AMAZONS_SHORTENER),
    ("amzn.eu", AMAZONS_SHORTENER),
    ("amzn.asia", AMAZONS_SHORTENER),
    ("amzn.in", Host::Short { marketplace: Some(Marketplace::In), third_party: false }),
    // New in 2026. Its codes look like ASINs (`B019JQ4Xw`) and are none.
    ("link.amazon", AMAZONS_SHORTENER),
    ("amazon.app.link", AMAZONS_SHORTENER),
    ("amazon.page.link", AMAZONS_SHORTENER),
    ("amzlinks.in", OTHERS_SHORTENER),
    ("amzlink.to", OTHERS_SHORTENER),
    ("amzn.com", Host::AmznCom),
];

/// Redirectors whose link holds the target: (domain, which parameters). A host below the domain counts too.
const REDIRECTORS: [(&str, &[&str]); 12] = [
    ("amzlink.to", &["btn_url"]),
    ("geni.us", &["GR_URL", "url"]),
    ("georiot.com", &["GR_URL"]),
    ("facebook.com", &["u"]),
    ("reddit.com", &["url"]),
    ("skimresources.com", &["url"]),
    ("redirectingat.com", &["url"]),
    ("viglink.com", &["u"]),
    ("shop-links.co", &["url"]),
    ("youtube.com", &["q"]),
    ("slickdeals.net", &["u2"]),
    ("duckduckgo.com", &["uddg"]),
];

fn redirector(host: &str) -> Option<Host> {
    if host == "assoc-redirect.amazon.com" {
        return Some(Host::TargetInPath { segments: 2 });
    }
    if host == "aax-us-iad.amazon.com" || (host.starts_with("aax-") && host.ends_with(".amazon-adsystem.com"))
    {
        return Some(Host::TargetInPath { segments: 3 });
    }
    // Google has a domain in every country.
    let google = host.strip_prefix("www.").unwrap_or(host);
    if google.strip_prefix("google.").is_some_and(|top_level| top_level.len() <= 6) {
        return Some(Host::TargetInParameter(&["q", "url"]));
    }
    let is_below =
        |domain: &str| host.strip_suffix(domain).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
    REDIRECTORS
        .iter()
        .find(|(domain, _)| is_below(domain))
        .map(|(_, parameters)| Host::TargetInParameter(parameters))
}

/// Domains of Amazon's that are no shop.
const AMAZON_DOMAINS: [(&str, Host); 10] = [
    ("media-amazon.com", Host::Image),
    ("ssl-images-amazon.com", Host::Image),
    ("images-amazon.com", Host::Image),
    ("amazon-adsystem.com", Host::AmazonOther(None)),
    ("amazonaws.com", Host::AmazonOther(None)),
    ("aboutamazon.com", Host::AmazonOther(None)),
    ("amazonpay.com", Host::AmazonOther(None)),
    ("amazon.jobs", Host::AmazonOther(None)),
    ("amazon.science", Host::AmazonOther(None)),
    // The top-level domain `.amazon` is Amazon's own (`creatorsapi.amazon`).
    ("amazon", Host::AmazonOther(None)),
];

fn amazon_domain(host: &str) -> Option<Host> {
    // Widgets that are a picture (`ws-na.`) and the one-pixel picture beside them (`ir-na.`).
    if host.ends_with(".amazon-adsystem.com") && (host.starts_with("ws-") || host.starts_with("ir-")) {
        return Some(Host::Image);
    }
    AMAZON_DOMAINS
        .iter()
        .find(|(domain, _)| {
            host.strip_suffix(domain).is_some_and(|sub| {
                if *domain == "amazon" { sub.ends_with('.') } else { sub.is_empty() || sub.ends_with('.') }
            })
        })
        .map(|(_, kind)| *kind)
}
