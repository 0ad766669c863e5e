//! Amazon's shops, by name.
//!
//! What is known of each shop stands in one table, [`marketplace_table`](crate::marketplace_table); this file is the
//! type that reads it. Countries without a shop of their own are not here: which shop serves them is a matter of policy
//! (`linkwright-zero`).

use std::fmt;
use std::str::FromStr;

use crate::marketplace_table::row;
use crate::nearest::nearest;
use crate::search_index_table;

/// One of Amazon's 24 shops. 22 have an Associates programme; `Za` and `Cn` are read, and written untagged only.
///
/// ```
/// use linkwright_core::Marketplace;
///
/// for name in ["uk", "GB", "co.uk", "amazon.co.uk", "www.amazon.co.uk", "en_GB", "United Kingdom"] {
///     assert_eq!(name.parse::<Marketplace>(), Ok(Marketplace::Uk), "{name}");
/// }
/// assert_eq!(Marketplace::Uk.host(), "www.amazon.co.uk");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the variants are the shops' codes; `country()` spells them out")]
pub enum Marketplace {
    Us,
    Ca,
    Mx,
    Br,
    Uk,
    De,
    Fr,
    It,
    Es,
    Nl,
    Be,
    Ie,
    Pl,
    Se,
    Tr,
    Ae,
    Sa,
    Eg,
    In,
    Jp,
    Sg,
    Au,
    Za,
    Cn,
}

/// The Creators API's groups of shops: one credential serves one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegionGroup {
    /// North America: versions 2.1 and 3.1.
    NorthAmerica,
    /// Europe, the Middle East and India: versions 2.2 and 3.2.
    Europe,
    /// The Far East and Australia: versions 2.3 and 3.3.
    FarEast,
}

impl RegionGroup {
    /// All groups, in the order of their versions.
    pub const ALL: [Self; 3] = [Self::NorthAmerica, Self::Europe, Self::FarEast];

    /// The group's short name in profiles and output: `na`, `eu`, `fe`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NorthAmerica => "na",
            Self::Europe => "eu",
            Self::FarEast => "fe",
        }
    }
}

impl fmt::Display for RegionGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The number at the end of most tags of a shop, as in `demo-20`.
///
/// It is a habit of Amazon's, not a rule: tags without one exist. A mismatch is worth a warning, never a rewrite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagSuffix {
    /// Seen on real tags of this shop.
    Seen(u8),
    /// Expected from the shop's neighbours; no real tag was seen.
    Expected(u8),
}

impl TagSuffix {
    /// The number itself: 20, 21 or 22.
    pub const fn number(self) -> u8 {
        match self {
            Self::Seen(number) | Self::Expected(number) => number,
        }
    }
}

impl Marketplace {
    /// All shops, in the order of the table: by region group, then by size.
    pub const ALL: [Self; 24] = [
        Self::Us,
        Self::Ca,
        Self::Mx,
        Self::Br,
        Self::Uk,
        Self::De,
        Self::Fr,
        Self::It,
        Self::Es,
        Self::Nl,
        Self::Be,
        Self::Ie,
        Self::Pl,
        Self::Se,
        Self::Tr,
        Self::Ae,
        Self::Sa,
        Self::Eg,
        Self::In,
        Self::Jp,
        Self::Sg,
        Self::Au,
        Self::Za,
        Self::Cn,
    ];

    /// The shop's two-letter code, in lower case: `us`, `uk`.
    pub const fn code(self) -> &'static str {
        row(self).code
    }

    /// The shop's host name: `www.amazon.co.uk`.
    pub const fn host(self) -> &'static str {
        row(self).host
    }

    /// The host name without `www.`: `amazon.co.uk`.
    pub fn domain(self) -> &'static str {
        let host = row(self).host;
        host.strip_prefix("www.").unwrap_or(host)
    }

    /// The country's English name.
    pub const fn country(self) -> &'static str {
        row(self).country
    }

    /// The country's ISO 3166 code, in upper case: `GB` for `Uk`.
    pub const fn country_code(self) -> &'static str {
        row(self).country_code
    }

    /// Languages the Creators API answers in, the shop's own first; empty where none is documented.
    pub const fn languages(self) -> &'static [&'static str] {
        row(self).languages
    }

    /// Further languages the shop's web site has, though the API does not.
    pub const fn site_languages(self) -> &'static [&'static str] {
        row(self).site_languages
    }

    /// The shop's currency, as an ISO 4217 code.
    pub const fn currency(self) -> &'static str {
        row(self).currency
    }

    /// The currencies the Creators API gives this shop's prices in, the shop's own first. Any other is ignored by Amazon.
    pub const fn currencies(self) -> &'static [&'static str] {
        match self {
            Self::Us => search_index_table::CURRENCIES_OF_US,
            _ => std::slice::from_ref(&row(self).currency),
        }
    }

    /// The departments a search can be narrowed to (Creators API, `searchIndex`), sorted; empty for shops without API.
    ///
    /// The table ages, and Amazon takes any name: one that is not in it is worth a warning.
    pub const fn search_indexes(self) -> &'static [&'static str] {
        search_index_table::search_indexes(self)
    }

    /// Whether the shop has a department of exactly this name.
    pub fn has_search_index(self, name: &str) -> bool {
        self.search_indexes().binary_search(&name).is_ok()
    }

    /// The department that was probably meant.
    ///
    /// ```
    /// use linkwright_core::Marketplace;
    ///
    /// assert_eq!(Marketplace::Us.nearest_search_index("Book"), Some("Books"));
    /// assert_eq!(Marketplace::Us.nearest_search_index("home & kitchen"), Some("HomeAndKitchen"));
    /// assert_eq!(Marketplace::Sg.nearest_search_index("Books"), None, "Singapore has none");
    /// ```
    pub fn nearest_search_index(self, name: &str) -> Option<&'static str> {
        nearest(name, self.search_indexes().iter().copied())
    }

    /// The Creators API's group the shop belongs to; `None` for shops without API.
    pub const fn region_group(self) -> Option<RegionGroup> {
        row(self).region_group
    }

    /// How tags of this shop usually end; `None` where there are no tags.
    #[inline]
    pub const fn tag_suffix(self) -> Option<TagSuffix> {
        row(self).tag_suffix
    }

    /// Whether the shop has an Associates programme, so that its links may carry a tag.
    #[inline]
    pub const fn has_associates(self) -> bool {
        row(self).tag_suffix.is_some()
    }

    /// The shop of a country with one of its own, by ISO 3166 code in any case. `UK` is accepted for `GB`.
    pub fn of_country(country_code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shop| {
            shop.country_code().eq_ignore_ascii_case(country_code)
                || shop.code().eq_ignore_ascii_case(country_code)
        })
    }

    /// Whether the shop's site can be shown in this language (`de_DE`).
    pub fn speaks(self, language: &str) -> bool {
        self.languages().iter().chain(self.site_languages()).any(|known| *known == language)
    }
}

impl fmt::Display for Marketplace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text names none of Amazon's shops.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownMarketplace {
    given: String,
}

impl UnknownMarketplace {
    /// The text as it was given.
    pub fn given(&self) -> &str {
        &self.given
    }
}

impl fmt::Display for UnknownMarketplace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no Amazon shop of that name: `{}`; known:", self.given)?;
        for (position, shop) in Marketplace::ALL.into_iter().enumerate() {
            write!(f, "{} {shop}", if position == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownMarketplace {}

impl FromStr for Marketplace {
    type Err = UnknownMarketplace;

    /// Accepts what people write: `us`, `uk`, `gb`, `com`, `co.uk`, `amazon.de`, `www.amazon.de`, `de_DE`, `de-DE`,
    /// `Germany`, in any case.
    fn from_str(text: &str) -> Result<Self, UnknownMarketplace> {
        let given = text.trim().to_lowercase();
        let host = given.trim_start_matches("https://").trim_end_matches('/').trim_start_matches("www.");
        let top_level = host.trim_start_matches("amazon").trim_start_matches('.');
        let by_name = |shop: &Self| {
            let domain = shop.domain();
            let own_top_level = domain.strip_prefix("amazon.").unwrap_or(domain);
            own_top_level == top_level
                || shop.code() == given
                || shop.country_code().eq_ignore_ascii_case(&given)
                || shop.country().to_lowercase() == given
        };
        let by_locale = || {
            let (language, country) = given.split_once(['_', '-'])?;
            (language.len() == 2 && country.len() == 2).then(|| Self::of_country(country)).flatten()
        };
        Self::ALL
            .into_iter()
            .find(by_name)
            .or_else(by_locale)
            .ok_or_else(|| UnknownMarketplace { given: text.trim().to_owned() })
    }
}
