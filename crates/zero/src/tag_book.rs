//! Whose tags are whose: the user's tags for each shop, and what to do where there is none.

use std::fmt;
use std::str::FromStr;

use linkwright_core::{Error, ErrorKind, Marketplace, PartnerTag, Result};

use crate::countries::nearest_shops;

/// What to do with a link to a shop for which the user has no tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MissingTag {
    /// Refuse, so that no sale is given away unnoticed.
    #[default]
    Error,
    /// Write the link without a tag.
    Untagged,
    /// Write it for the nearest shop that has a tag. The same number may be another product there, or none.
    NearestEnrolled,
    /// Write a search in the nearest shop that has a tag.
    Search,
}

impl MissingTag {
    /// All policies, in the order of help texts.
    pub const ALL: [Self; 4] = [Self::Error, Self::Untagged, Self::NearestEnrolled, Self::Search];

    /// The policy's name in profiles and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Untagged => "untagged",
            Self::NearestEnrolled => "nearest-enrolled",
            Self::Search => "search",
        }
    }
}

impl fmt::Display for MissingTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for MissingTag {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|policy| policy.as_str() == text).ok_or_else(|| {
            let known = Self::ALL.map(Self::as_str).join(", ");
            let message = format!("no policy for a missing tag of that name: `{text}`; known: {known}");
            Error::new(ErrorKind::ConfigInvalid, "profile.read", message)
        })
    }
}

/// A pattern of the user's own tags: `*` stands for any run of characters, all else for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagGlob(Box<str>);

impl TagGlob {
    /// Checks that the pattern could match a tag, and does not match every one.
    ///
    /// # Errors
    /// Kind `ConfigInvalid`.
    pub fn new(pattern: &str) -> Result<Self> {
        let fixed: String = pattern.chars().filter(|c| *c != '*').collect();
        if !PartnerTag::is_well_formed(&fixed) {
            let message =
                format!("not a pattern of tags: `{pattern}`; it needs characters of a tag, and `*` for any");
            return Err(Error::new(ErrorKind::ConfigInvalid, "tag.pattern", message));
        }
        Ok(Self(pattern.into()))
    }

    /// The pattern.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a tag fits, as a whole.
    pub fn matches(&self, tag: &str) -> bool {
        let mut parts = self.0.split('*');
        let Some(rest) = tag.strip_prefix(parts.next().unwrap_or_default()) else { return false };
        let Some(last) = parts.next_back() else { return rest.is_empty() };
        let Some(mut middle) = rest.strip_suffix(last) else { return false };
        for part in parts {
            let Some(at) = middle.find(part) else { return false };
            middle = &middle[at + part.len()..];
        }
        true
    }
}

/// The user's tags: for each shop one that is written, and any number that are recognised as the user's own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TagBook {
    defaults: Vec<PartnerTag>,
    own: Vec<(Marketplace, TagGlob)>,
}

/// Where a link goes, and with which tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TagChoice<'a> {
    /// The shop to link to.
    pub marketplace: Marketplace,
    /// The tag; `None` for an untagged link.
    pub tag: Option<&'a PartnerTag>,
    /// Whether to write a search rather than the page itself.
    pub as_search: bool,
}

impl TagBook {
    /// No tags at all.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with this tag as the one written for its shop, instead of any before.
    #[must_use]
    pub fn with_default(mut self, tag: PartnerTag) -> Self {
        self.defaults.retain(|known| known.marketplace() != tag.marketplace());
        self.defaults.push(tag);
        self
    }

    /// The same with these tags of a shop recognised as the user's own.
    #[must_use]
    pub fn with_own(mut self, marketplace: Marketplace, tags: TagGlob) -> Self {
        self.own.push((marketplace, tags));
        self
    }

    /// The tag written for a shop.
    pub fn default_for(&self, marketplace: Marketplace) -> Option<&PartnerTag> {
        self.defaults.iter().find(|tag| tag.marketplace() == marketplace)
    }

    /// All tags that are written, each with its shop.
    pub fn defaults(&self) -> &[PartnerTag] {
        &self.defaults
    }

    /// Whether a tag on a shop's link is the user's own.
    pub fn owns(&self, marketplace: Marketplace, tag: &str) -> bool {
        self.default_for(marketplace).is_some_and(|own| own.as_str() == tag)
            || self.own.iter().any(|(shop, glob)| *shop == marketplace && glob.matches(tag))
    }

    /// Whether there are no tags at all.
    pub fn is_empty(&self) -> bool {
        self.defaults.is_empty() && self.own.is_empty()
    }

    /// Decides where a link that is meant for `marketplace` goes, and with which tag.
    ///
    /// A shop without an Associates programme is linked untagged under `Error` and `Untagged`: there is no tag to lose.
    ///
    /// # Errors
    /// Kind `ConfigInvalid`, with context `reason = no_tag` and `marketplace`, when the policy leaves no choice.
    pub fn choose(&self, marketplace: Marketplace, missing: MissingTag) -> Result<TagChoice<'_>> {
        if let Some(tag) = self.default_for(marketplace) {
            return Ok(TagChoice { marketplace, tag: Some(tag), as_search: false });
        }
        let untagged = TagChoice { marketplace, tag: None, as_search: false };
        match missing {
            MissingTag::Untagged => return Ok(untagged),
            MissingTag::Error if !marketplace.has_associates() => return Ok(untagged),
            MissingTag::Error => {}
            MissingTag::NearestEnrolled | MissingTag::Search => {
                if let Some(tag) = self.nearest(marketplace) {
                    let as_search = missing == MissingTag::Search;
                    return Ok(TagChoice { marketplace: tag.marketplace(), tag: Some(tag), as_search });
                }
            }
        }
        Err(no_tag(marketplace, missing))
    }

    /// The tag of the nearest shop that has one.
    pub fn nearest(&self, marketplace: Marketplace) -> Option<&PartnerTag> {
        nearest_shops(marketplace)
            .iter()
            .find_map(|shop| self.default_for(*shop))
            .or_else(|| self.defaults.first())
    }
}

fn no_tag(marketplace: Marketplace, missing: MissingTag) -> Error {
    let message = match missing {
        MissingTag::NearestEnrolled | MissingTag::Search => {
            format!("no tag for {}, nor for any other shop", marketplace.host())
        }
        MissingTag::Error | MissingTag::Untagged => format!("no tag for {}", marketplace.host()),
    };
    Error::new(ErrorKind::ConfigInvalid, "link.write", message)
        .with_context("reason", "no_tag")
        .with_context("marketplace", marketplace.code())
}
