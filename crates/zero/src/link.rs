//! What was read from a link.

use std::borrow::Cow;

use linkwright_core::Marketplace;

use crate::page::own;
use crate::percent::decode;
use crate::read::Parameters;
use crate::{Page, Pins};

/// What was read from a link. Borrows from the input wherever nothing had to be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Link<'a> {
    /// Where it leads.
    pub page: Page<'a>,
    /// The shop; `None` where the link does not tell, as most short links.
    pub marketplace: Option<Marketplace>,
    /// The tag that is in effect: in the query, or in the path of the oldest forms.
    pub tag: Option<Cow<'a, str>>,
    /// The publisher's own mark on a sale (`ascsubtag`).
    pub ascsubtag: Option<Cow<'a, str>>,
    /// The tool that made the link (`linkCode`).
    pub link_code: Option<Cow<'a, str>>,
    /// The language the page is asked for in (`language=de_DE`).
    pub language: Option<Cow<'a, str>>,
    /// Which variant of a product is meant.
    pub pins: Pins,
    /// Whether it has the marks of Amazon Attribution; then it belongs to another programme and is left whole.
    pub attribution: bool,
    /// How many wrappers (redirects that hold the target in themselves) were taken off.
    pub wrapped: u8,
    /// What a careful person would mend.
    pub problems: Problems,
    /// The innermost link as it was written, where wrappers were taken off.
    pub(crate) unwrapped: Option<String>,
}

impl<'a> Link<'a> {
    pub(crate) fn to(page: Page<'a>, marketplace: Option<Marketplace>) -> Self {
        Self::with_parameters(page, marketplace, &Parameters::default())
    }

    /// Puts a link together in one go. Inlined, and the only place that makes one, because moving so large a value about
    /// costs more than reading it.
    #[inline(always)]
    pub(crate) fn with_parameters(
        page: Page<'a>,
        marketplace: Option<Marketplace>,
        parameters: &Parameters<'a>,
    ) -> Self {
        let decoded = |value| if parameters.plain { Cow::Borrowed(value) } else { decode(value) };
        Self {
            page,
            marketplace,
            tag: parameters.tag.map(decoded),
            ascsubtag: parameters.ascsubtag.map(decoded),
            link_code: parameters.link_code.map(decoded),
            language: parameters.language.map(decoded),
            pins: parameters.pins,
            attribution: parameters.attribution,
            wrapped: 0,
            problems: parameters.problems,
            unwrapped: None,
        }
    }

    /// Whether the Creators API made this link: its codes are `ogi` (GetItems), `osi` (SearchItems) and `ogv`
    /// (GetVariations).
    pub fn is_made_by_api(&self) -> bool {
        matches!(self.link_code.as_deref(), Some("ogi" | "osi" | "ogv"))
    }

    /// Whether this is a short link, whose target cannot be told without asking.
    pub const fn is_short(&self) -> bool {
        matches!(self.page, Page::Short(_))
    }

    /// The same link, borrowing from nothing.
    pub fn into_owned(self) -> Link<'static> {
        Link {
            page: self.page.into_owned(),
            marketplace: self.marketplace,
            tag: self.tag.map(own),
            ascsubtag: self.ascsubtag.map(own),
            link_code: self.link_code.map(own),
            language: self.language.map(own),
            pins: self.pins,
            attribution: self.attribution,
            wrapped: self.wrapped,
            problems: self.problems,
            unwrapped: self.unwrapped,
        }
    }
}

macro_rules! problems {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal,)*) => {
        /// Something about a link that a careful person would mend.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #[repr(u32)]
        pub enum Problem { $($(#[doc = $doc])* $variant,)* }

        impl Problem {
            /// All problems, in the order they are reported.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name in machine-readable output.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

problems! {
    /// Plain `http`.
    Http = "http",
    /// Escaped as in an HTML source or a JSON text, or percent-encoded as a whole.
    Escaped = "escaped",
    /// Inside a redirect.
    Wrapped = "wrapped",
    /// A short link: where it leads, and whose tag it carries, cannot be seen.
    Short = "short",
    /// A shortener that is not Amazon's own.
    ThirdPartyShortener = "third_party_shortener",
    /// A host or form that Amazon has closed (`smile.`, `amzn.com/ASIN`).
    Retired = "retired",
    /// A page that could carry a tag and has none.
    NoTag = "no_tag",
    /// More than one tag.
    DuplicateTag = "duplicate_tag",
    /// A tag with characters that no tag has.
    MalformedTag = "malformed_tag",
    /// A tag whose suffix is another shop's.
    TagOfOtherShop = "tag_of_other_shop",
    /// A tag on a shop without an Associates programme.
    NoProgramme = "no_programme",
    /// A tag where Amazon does not look for it: in the path of a `/dp/` link.
    MisplacedTag = "misplaced_tag",
    /// Parameters behind the path without a `?`.
    MisplacedQuery = "misplaced_query",
    /// The product's number is cut off, too long or mistyped.
    BrokenAsin = "broken_asin",
    /// An ISBN-13 where Amazon expects the ASIN.
    Isbn13InPath = "isbn13_in_path",
}

/// A set of [`Problem`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Problems(u32);

impl Problems {
    #[inline]
    pub(crate) fn add(&mut self, problem: Problem) {
        self.0 |= 1 << problem as u32;
    }

    pub(crate) fn add_all(&mut self, others: Self) {
        self.0 |= others.0;
    }

    pub(crate) fn remove(&mut self, problem: Problem) {
        self.0 &= !(1 << problem as u32);
    }

    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether this one is among them.
    pub const fn contains(self, problem: Problem) -> bool {
        self.0 & (1 << problem as u32) != 0
    }

    /// All of them, in the order they are reported.
    pub fn iter(self) -> impl Iterator<Item = Problem> {
        Problem::ALL.iter().copied().filter(move |problem| self.contains(*problem))
    }
}
