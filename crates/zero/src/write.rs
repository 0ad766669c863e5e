//! Writing a link: one canonical https form for each page, with at most one affiliate parameter.
//!
//! Forms and their sources (as of 2026-11-22): `/dp/ASIN?tag=` and `/s?k=` as Amazon's own SiteStripe makes them; `/b?node=`
//! and `/gp/bestsellers/` as the shops' own pages; the cart form from PA-API's documentation, which Amazon no longer
//! maintains but still honours; `/stores/page/`, `/shop/` and `/e/` as the shops' own pages; `/tryprimefree` as in use on
//! Amazon's own Prime banners. Tool codes (`linkCode`) are never written: they say that Amazon's tools made the link.

use std::fmt;

use linkwright_core::{Error, ErrorKind, Marketplace, PartnerTag};

use crate::page::{Page, Pins, Storefront};
use crate::percent::{encode_form, encode_segment};

/// The most products one cart link may hold. PA-API's form documents no limit; a page of a shop's cart shows 50.
pub(crate) const MOST_CART_LINES: usize = 50;

/// The most of one product that a cart takes (PA-API, add-to-cart form: 1 to 999).
pub(crate) const MOST_OF_ONE: u16 = 999;

/// The longest `ascsubtag` Amazon documents for publishers.
const LONGEST_ASCSUBTAG: usize = 99;

/// A link to be written. The shop is the tag's own, so a tag cannot get onto another shop's link.
///
/// ```
/// use linkwright_core::{Asin, Marketplace, PartnerTag};
/// use linkwright_zero::{OutboundLink, Page};
///
/// let tag = PartnerTag::new("demo-21", Marketplace::Uk)?;
/// let page = Page::Product(Asin::parse("B08N5WRWNW").unwrap());
/// assert_eq!(OutboundLink::tagged(&page, &tag).url()?, "https://www.amazon.co.uk/dp/B08N5WRWNW?tag=demo-21");
/// assert_eq!(OutboundLink::untagged(&page, Marketplace::Za).url()?, "https://www.amazon.co.za/dp/B08N5WRWNW");
/// # Ok::<(), linkwright_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct OutboundLink<'a> {
    page: &'a Page<'a>,
    marketplace: Marketplace,
    tag: Option<&'a str>,
    pins: Pins,
    language: Option<&'a str>,
    ascsubtag: Option<&'a str>,
}

impl<'a> OutboundLink<'a> {
    /// A link in the tag's shop, with the tag.
    #[inline]
    pub fn tagged(page: &'a Page<'a>, tag: &'a PartnerTag) -> Self {
        Self { tag: Some(tag.as_str()), ..Self::untagged(page, tag.marketplace()) }
    }

    /// A link without a tag.
    #[inline]
    pub fn untagged(page: &'a Page<'a>, marketplace: Marketplace) -> Self {
        Self { page, marketplace, tag: None, pins: Pins::default(), language: None, ascsubtag: None }
    }

    /// Pins a variant of a product; only `th=1` and `psc=1` pin one, other values are left out.
    #[must_use]
    pub fn with_pins(mut self, pins: Pins) -> Self {
        self.pins = pins;
        self
    }

    /// Asks for the page in a language of the shop (`de_DE`).
    ///
    /// # Errors
    /// [`WriteError::Language`] if the shop's site does not have it.
    pub fn with_language(mut self, language: &'a str) -> Result<Self, WriteError> {
        let shape = matches!(language.as_bytes(), [a, b, b'_', c, d]
            if a.is_ascii_lowercase() && b.is_ascii_lowercase() && c.is_ascii_uppercase() && d.is_ascii_uppercase());
        let unknown = self.marketplace.languages().is_empty() && self.marketplace.site_languages().is_empty();
        if !shape || !(unknown || self.marketplace.speaks(language)) {
            return Err(WriteError::Language { marketplace: self.marketplace, given: language.to_owned() });
        }
        self.language = Some(language);
        Ok(self)
    }

    /// Asks for the page in a language if the shop has it; elsewhere the page comes in the shop's own.
    #[must_use]
    pub fn with_preferred_language(self, language: &'a str) -> Self {
        self.with_language(language).unwrap_or(self)
    }

    /// Adds the publisher's own mark to a tagged link; left out where there is no tag.
    ///
    /// # Errors
    /// [`WriteError::Ascsubtag`] if it is empty, too long, or holds more than letters, digits, `.`, `_`, `-`, `|`, `:`.
    pub fn with_ascsubtag(mut self, ascsubtag: &'a str) -> Result<Self, WriteError> {
        let plain =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'|' | b':');
        if !(1..=LONGEST_ASCSUBTAG).contains(&ascsubtag.len()) || !ascsubtag.bytes().all(plain) {
            return Err(WriteError::Ascsubtag { given: ascsubtag.to_owned() });
        }
        self.ascsubtag = Some(ascsubtag);
        Ok(self)
    }

    /// The link as a new text.
    ///
    /// # Errors
    /// As [`write_to`](Self::write_to).
    pub fn url(&self) -> Result<String, WriteError> {
        let mut out = String::with_capacity(96);
        self.write_to(&mut out)?;
        Ok(out)
    }

    /// Appends the link. On an error nothing is appended.
    ///
    /// # Errors
    /// [`WriteError`] for a page without a form, and for ids and words that cannot stand in one.
    #[inline]
    pub fn write_to(&self, out: &mut String) -> Result<(), WriteError> {
        let Page::Product(asin) = self.page else { return self.write_uncommon(out) };
        out.push_str(prefix(self.marketplace));
        out.push_str("dp/");
        out.push_str(asin.as_str());
        let mut separator = '?';
        for (name, pin) in [("th=1", self.pins.th), ("psc=1", self.pins.psc)] {
            if pin == Some(1) {
                out.push(separator);
                out.push_str(name);
                separator = '&';
            }
        }
        self.write_affiliation(separator, out);
        Ok(())
    }

    fn write_uncommon(&self, out: &mut String) -> Result<(), WriteError> {
        check(self.page)?;
        out.push_str(prefix(self.marketplace));
        let mut separator = '?';
        match self.page {
            Page::Search { words, index } => {
                out.push_str("s?k=");
                encode_form(words, out);
                if let Some(index) = index {
                    out.push_str("&i=");
                    encode_form(index, out);
                }
                separator = '&';
            }
            Page::BrowseNode(node) => {
                out.push_str("b?node=");
                out.push_str(node);
                separator = '&';
            }
            Page::Bestsellers(category) => {
                out.push_str("gp/bestsellers");
                for segment in category.iter().flat_map(|category| category.split('/')) {
                    write_segment(segment, out);
                }
            }
            Page::Storefront(storefront) => {
                out.push_str(match storefront {
                    Storefront::Page(_) => "stores/page",
                    Storefront::Brand(_) => "stores",
                    Storefront::Creator(_) => "shop",
                });
                for segment in storefront.id().split('/') {
                    write_segment(segment, out);
                }
            }
            Page::Author(id) => {
                out.push_str(if is_author_id(id) { "e" } else { "author" });
                write_segment(id, out);
            }
            Page::Prime => out.push_str("tryprimefree"),
            Page::Cart(lines) => {
                self.write_cart(lines, out);
                return Ok(());
            }
            // `check` lets no other page through.
            _ => return Err(WriteError::NoForm { kind: self.page.kind() }),
        }
        self.write_affiliation(separator, out);
        Ok(())
    }

    /// The cart form has its own name for the tag, which Amazon wants first.
    fn write_cart(&self, lines: &[crate::CartLine], out: &mut String) {
        out.push_str("gp/aws/cart/add.html");
        let mut separator = '?';
        if let Some(tag) = self.tag {
            out.push_str("?AssociateTag=");
            out.push_str(tag);
            separator = '&';
        }
        for (position, line) in lines.iter().enumerate() {
            let number = position + 1;
            let (asin, quantity) = (line.asin, line.quantity.max(1));
            out.push(separator);
            out.push_str(&format!("ASIN.{number}={asin}&Quantity.{number}={quantity}"));
            separator = '&';
        }
        if let (Some(ascsubtag), Some(_)) = (self.ascsubtag, self.tag) {
            out.push_str("&ascsubtag=");
            encode_form(ascsubtag, out);
        }
    }

    #[inline]
    fn write_affiliation(&self, mut separator: char, out: &mut String) {
        if let Some(language) = self.language {
            out.push(separator);
            out.push_str("language=");
            out.push_str(language);
            separator = '&';
        }
        let Some(tag) = self.tag else { return };
        out.push_str(if separator == '?' { "?tag=" } else { "&tag=" });
        out.push_str(tag);
        if let Some(ascsubtag) = self.ascsubtag {
            out.push_str("&ascsubtag=");
            encode_form(ascsubtag, out);
        }
    }
}

fn write_segment(segment: &str, out: &mut String) {
    out.push('/');
    encode_segment(segment, out);
}

/// Authors' ids look like ASINs (`B000APRTKE`); names do not.
fn is_author_id(id: &str) -> bool {
    id.len() == 10 && id.starts_with(['B', 'b']) && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether the page has a form, and its ids and words can stand in it.
fn check(page: &Page<'_>) -> Result<(), WriteError> {
    let invalid = |given: &str| Err(WriteError::Invalid { kind: page.kind(), given: given.to_owned() });
    match page {
        Page::Search { words, .. } if words.trim().is_empty() => invalid(words),
        Page::BrowseNode(node) if !crate::read::is_node(node) => invalid(node),
        Page::Author(id) if !is_segment(id) => invalid(id),
        Page::Storefront(Storefront::Creator(id)) if id.split('/').all(is_segment) => {
            if matches!(id.split('/').count(), 1 | 3) { Ok(()) } else { invalid(id) }
        }
        Page::Storefront(storefront) if !is_segment(storefront.id()) => invalid(storefront.id()),
        Page::Bestsellers(Some(category)) if !category.split('/').all(is_segment) => invalid(category),
        Page::Cart(lines) if lines.is_empty() => invalid("no products"),
        Page::Cart(lines) if lines.iter().any(|line| !(1..=MOST_OF_ONE).contains(&line.quantity)) => {
            invalid("a quantity that is not 1 to 999")
        }
        Page::Cart(lines) if lines.len() > MOST_CART_LINES => {
            Err(WriteError::CartTooLong { lines: lines.len() })
        }
        Page::Product(_)
        | Page::Search { .. }
        | Page::BrowseNode(_)
        | Page::Bestsellers(_)
        | Page::Storefront(_)
        | Page::Author(_)
        | Page::Prime
        | Page::Cart(_) => Ok(()),
        _ => Err(WriteError::NoForm { kind: page.kind() }),
    }
}

/// Whether a text can be one segment of a path and stay one: not empty, and no dots a browser would resolve.
fn is_segment(text: &str) -> bool {
    !text.is_empty() && text != "." && text != ".." && !text.contains('/')
}

#[inline]
fn prefix(marketplace: Marketplace) -> &'static str {
    PREFIXES[marketplace as usize]
}

/// `https://HOST/` of every shop, in the order of [`Marketplace::ALL`] (a test compares them).
static PREFIXES: [&str; Marketplace::ALL.len()] = [
    "https://www.amazon.com/",
    "https://www.amazon.ca/",
    "https://www.amazon.com.mx/",
    "https://www.amazon.com.br/",
    "https://www.amazon.co.uk/",
    "https://www.amazon.de/",
    "https://www.amazon.fr/",
    "https://www.amazon.it/",
    "https://www.amazon.es/",
    "https://www.amazon.nl/",
    "https://www.amazon.com.be/",
    "https://www.amazon.ie/",
    "https://www.amazon.pl/",
    "https://www.amazon.se/",
    "https://www.amazon.com.tr/",
    "https://www.amazon.ae/",
    "https://www.amazon.sa/",
    "https://www.amazon.eg/",
    "https://www.amazon.in/",
    "https://www.amazon.co.jp/",
    "https://www.amazon.sg/",
    "https://www.amazon.com.au/",
    "https://www.amazon.co.za/",
    "https://www.amazon.cn/",
];

/// Why a link cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WriteError {
    /// The programme has no link form for such a page.
    NoForm {
        /// The page's kind.
        kind: &'static str,
    },
    /// The page's id or words cannot stand in a link.
    Invalid {
        /// The page's kind.
        kind: &'static str,
        /// The id or words.
        given: String,
    },
    /// More products than a cart link may hold.
    CartTooLong {
        /// How many there are.
        lines: usize,
    },
    /// A language the shop's site does not have.
    Language {
        /// The shop.
        marketplace: Marketplace,
        /// The language as it was given.
        given: String,
    },
    /// An `ascsubtag` Amazon would not take.
    Ascsubtag {
        /// The text as it was given.
        given: String,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoForm { kind: "broken" } => f.write_str("the product's number is cut off or mistyped"),
            Self::NoForm { kind } => write!(f, "linkwright writes no link to a page of this kind: `{kind}`"),
            Self::Invalid { kind: "search", .. } => f.write_str("a search without words cannot be linked"),
            Self::Invalid { kind: "browse_node", given } => {
                write!(f, "a department's number is digits, such as 284507: `{given}`")
            }
            Self::Invalid { kind, given } => {
                write!(f, "this cannot stand in a {} link: `{given}`", kind.replace('_', " "))
            }
            Self::CartTooLong { lines } => {
                write!(f, "a cart link holds at most {MOST_CART_LINES} products, not {lines}")
            }
            Self::Language { marketplace, given } => {
                write!(f, "{} has no such language: `{given}`; known:", marketplace.host())?;
                for language in marketplace.languages().iter().chain(marketplace.site_languages()) {
                    write!(f, " {language}")?;
                }
                Ok(())
            }
            Self::Ascsubtag { given } => write!(
                f,
                "not a valid ascsubtag: `{given}`; it has 1 to {LONGEST_ASCSUBTAG} letters, digits or `. _ - | :`"
            ),
        }
    }
}

impl std::error::Error for WriteError {}

impl From<WriteError> for Error {
    fn from(error: WriteError) -> Self {
        let reason = match &error {
            WriteError::NoForm { .. } => "no_form",
            WriteError::Invalid { .. } => "invalid_page",
            WriteError::CartTooLong { .. } => "cart_too_long",
            WriteError::Language { .. } => "language",
            WriteError::Ascsubtag { .. } => "ascsubtag",
        };
        Self::new(ErrorKind::RequestInvalid, "link.write", error.to_string()).with_context("reason", reason)
    }
}
