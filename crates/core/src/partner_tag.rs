//! An Associate's tracking ID, bound to the one shop it belongs to.

use std::fmt;

use crate::{Error, ErrorKind, Marketplace};

/// The longest tag the Creators API accepts (`partnerTag`, 64 characters).
const LONGEST_TAG: usize = 64;

/// Which bytes a tag may have. A table, because every tag of every link that is read goes through it.
static TAG_BYTE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let c = byte as u8;
        table[byte] = c.is_ascii_alphanumeric() || matches!(c, b'.' | b'_' | b'-');
        byte += 1;
    }
    table
};

/// An Associate's tracking ID (*tag*) together with its shop.
///
/// Amazon gives out a tag for one shop and allows it on that shop's links only (Associates Operating Agreement), so the
/// two are one value here: whoever writes a link cannot put a tag on another shop's link by mistake.
///
/// Tags are compared exactly. The grammar is permissive (`[A-Za-z0-9._-]{1,64}`), because real tags have dots, several
/// hyphens, or no suffix at all.
///
/// ```
/// use linkwright_core::{Marketplace, PartnerTag};
///
/// let tag = PartnerTag::new("demo-20", Marketplace::Us)?;
/// assert_eq!(tag.as_str(), "demo-20");
/// assert!(PartnerTag::new("demo-21", Marketplace::Za).is_err(), "South Africa has no Associates programme");
/// # Ok::<(), linkwright_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PartnerTag {
    text: Box<str>,
    marketplace: Marketplace,
}

impl PartnerTag {
    /// Checks the grammar, and that the shop has an Associates programme.
    ///
    /// # Errors
    /// [`TagError`], which converts to an [`Error`] of kind `RequestInvalid`.
    pub fn new(text: &str, marketplace: Marketplace) -> Result<Self, TagError> {
        if !marketplace.has_associates() {
            return Err(TagError::NoProgramme { marketplace });
        }
        if !Self::is_well_formed(text) {
            return Err(TagError::Malformed { given: text.to_owned() });
        }
        if text.eq_ignore_ascii_case("maas") {
            return Err(TagError::AttributionMarker);
        }
        Ok(Self { text: text.into(), marketplace })
    }

    /// Whether a text has the grammar of a tag, wherever it may belong.
    #[inline]
    pub fn is_well_formed(text: &str) -> bool {
        (1..=LONGEST_TAG).contains(&text.len()) && text.bytes().all(|byte| TAG_BYTE[usize::from(byte)])
    }

    /// The number behind the last hyphen, if it is one of Amazon's known suffixes: 20, 21 or 22.
    #[inline]
    pub fn known_suffix(text: &str) -> Option<u8> {
        match text.as_bytes() {
            [.., b'-', b'2', digit @ b'0'..=b'2'] => Some(20 + (digit - b'0')),
            _ => None,
        }
    }

    /// Whether a tag's suffix is one that other shops use and this one does not.
    #[inline]
    pub fn suffix_belongs_elsewhere(text: &str, marketplace: Marketplace) -> bool {
        match (Self::known_suffix(text), marketplace.tag_suffix()) {
            (Some(suffix), Some(expected)) => suffix != expected.number(),
            _ => false,
        }
    }

    /// The tag as Amazon knows it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The one shop the tag belongs to.
    pub fn marketplace(&self) -> Marketplace {
        self.marketplace
    }
}

impl fmt::Display for PartnerTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Why a text cannot be a shop's tag.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TagError {
    /// Characters or length that no tag has.
    Malformed {
        /// The text as it was given.
        given: String,
    },
    /// The shop has no Associates programme.
    NoProgramme {
        /// The shop.
        marketplace: Marketplace,
    },
    /// `maas` marks Amazon Attribution links and is nobody's tag.
    AttributionMarker,
}

impl fmt::Display for TagError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { given } => write!(
                f,
                "not a tag: `{given}`; a tag has 1 to {LONGEST_TAG} letters, digits, dots, hyphens or underscores"
            ),
            Self::NoProgramme { marketplace } => {
                write!(f, "{} has no Associates programme, so no tag belongs to it", marketplace.host())
            }
            Self::AttributionMarker => {
                f.write_str("`maas` is not a tag: Amazon Attribution marks its own links with it")
            }
        }
    }
}

impl std::error::Error for TagError {}

impl From<TagError> for Error {
    fn from(error: TagError) -> Self {
        Self::new(ErrorKind::RequestInvalid, "tag.check", error.to_string())
    }
}
