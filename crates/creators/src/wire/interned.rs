//! Texts of which a few make up nearly all: labels, locales, units, currencies, codes.
//!
//! An answer with ten products holds some hundreds of them. Those that are known cost no memory of their own; a new one is
//! kept as it came, and is no worse for being new.

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// A text that is one of a few as a rule, as a label, a locale, a unit or a code. It is used as a `str`.
///
/// ```
/// use linkwright_creators::wire::Interned;
///
/// let locale = Interned::from("en_US");
/// assert_eq!(locale, "en_US");
/// assert!(locale.starts_with("en"));
/// assert_eq!(String::from(locale), "en_US");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Interned(Kept);

/// A known text is never `Other`, so that what is equal looks equal.
#[derive(Clone, PartialEq, Eq)]
enum Kept {
    Known(&'static str),
    Other(Box<str>),
}

/// What is known.
///
/// Labels and units: the documentation's page "ItemInfo" and recorded answers, where labels are the same in all languages,
/// as `NumberOfItems` in Japan. Locales: those of the shops. Codes: the enums of the official SDKs and of the page
/// "OffersV2".
#[rustfmt::skip] // Grouped as the sentence above has them.
const KNOWN: &[&str] = &[
    "AudienceRating", "Binding", "Brand", "Color", "EAN", "Edition", "EnergyEfficiencyClass", "Features", "Format", "Height",
    "ISBN", "IsAdultProduct", "Language", "Length", "Manufacturer", "Model", "NumberOfItems", "NumberOfPages", "PartNumber",
    "Price", "ProductGroup", "PublicationDate", "ReleaseDate", "Size", "Title", "UPC", "Warranty", "Weight", "Width",
    "Centimeters", "Grams", "Inches", "Kilograms", "Millimeters", "Ounces", "Pounds", "centimeters", "grams", "inches",
    "kilograms", "millimeters", "ounces", "pounds",
    "ar_AE", "cs_CZ", "de_DE", "en_AE", "en_AU", "en_CA", "en_GB", "en_IE", "en_IN", "en_SG", "en_US", "es_ES", "es_MX",
    "es_US", "fr_BE", "fr_CA", "fr_FR", "hi_IN", "it_IT", "ja_JP", "kn_IN", "ko_KR", "ml_IN", "nl_BE", "nl_NL", "pl_PL",
    "pt_BR", "sv_SE", "ta_IN", "te_IN", "tr_TR", "zh_CN", "zh_TW",
    "AED", "AUD", "BRL", "CAD", "EGP", "EUR", "GBP", "INR", "JPY", "MXN", "PLN", "SAR", "SEK", "SGD", "TRY", "USD",
    "AVAILABLE_DATE", "IN_STOCK", "IN_STOCK_SCARCE", "LEADTIME", "OUT_OF_STOCK", "PREORDER", "UNAVAILABLE", "UNKNOWN",
    "Acceptable", "Good", "LikeNew", "New", "OEM", "OpenBox", "Refurbished", "Unknown", "Used", "VeryGood",
    "ALL", "PRIME_EARLY_ACCESS", "PRIME_EXCLUSIVE",
    "LIST_PRICE", "LOWEST_PRICE", "LOWEST_PRICE_STRIKETHROUGH", "WAS_PRICE",
    "HAUL", "LIGHTNING_DEAL", "SUBSCRIBE_AND_SAVE",
    "CREATOR_CENTRAL", "CREATOR_CONNECTIONS", "DEALS_FEEDS", "PRODUCT_FEEDS",
    "InvalidParameterValue", "ItemNotAccessible", "ItemNotFound", "NoResults",
];

/// A power of two, and several times as many as there are texts, so that most are found at once.
const SLOTS: usize = 512;

const FREE: u8 = u8::MAX;

/// Where each known text is, by its hash; the next free slot where that is taken.
static INDEX: [u8; SLOTS] = {
    assert!(KNOWN.len() < FREE as usize);
    let mut index = [FREE; SLOTS];
    let mut number = 0;
    while number < KNOWN.len() {
        let mut slot = hash(KNOWN[number].as_bytes());
        while index[slot] != FREE {
            slot = (slot + 1) % SLOTS;
        }
        index[slot] = number as u8;
        number += 1;
    }
    index
};

/// Of a text that is not empty.
const fn hash(text: &[u8]) -> usize {
    let length = text.len();
    let (first, middle, last) = (text[0] as usize, text[length / 2] as usize, text[length - 1] as usize);
    let second_last = text[length - 1 - (length > 1) as usize] as usize;
    (length * 61 + first * 7 + middle * 31 + second_last * 13 + last * 3) % SLOTS
}

fn known(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        return None;
    }
    let mut slot = hash(text.as_bytes());
    // Ends at a free slot, of which there are several to every one that is taken.
    while let Some(known) = KNOWN.get(usize::from(INDEX[slot])) {
        if *known == text {
            return Some(known);
        }
        slot = (slot + 1) % SLOTS;
    }
    None
}

impl Interned {
    /// No text at all.
    pub(super) fn blank() -> Self {
        Self(Kept::Known(""))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Kept::Known(text) => text,
            Kept::Other(text) => text,
        }
    }
}

impl Deref for Interned {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Interned {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for Interned {
    fn borrow(&self) -> &str {
        self
    }
}

impl From<&str> for Interned {
    fn from(text: &str) -> Self {
        Self(known(text).map_or_else(|| Kept::Other(text.into()), Kept::Known))
    }
}

impl From<String> for Interned {
    fn from(text: String) -> Self {
        Self(known(&text).map_or_else(|| Kept::Other(text.into()), Kept::Known))
    }
}

impl From<Interned> for String {
    fn from(text: Interned) -> Self {
        match text.0 {
            Kept::Known(text) => text.to_owned(),
            Kept::Other(text) => text.into_string(),
        }
    }
}

impl From<Interned> for Cow<'static, str> {
    fn from(text: Interned) -> Self {
        match text.0 {
            Kept::Known(text) => Cow::Borrowed(text),
            Kept::Other(text) => Cow::Owned(text.into_string()),
        }
    }
}

impl PartialEq<str> for Interned {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Interned {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialOrd for Interned {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Interned {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other)
    }
}

impl Hash for Interned {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Display for Interned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for Interned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl<'de> Deserialize<'de> for Interned {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Interned;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Interned, E> {
                Ok(Interned::from(text))
            }
        }

        deserializer.deserialize_str(Text)
    }
}
