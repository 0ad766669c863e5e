//! Asking for categories by their numbers.

use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

use crate::{BrowseNode, BrowseNodeResources, Error, ErrorKind, Perishable};

/// The number of a category. Amazon writes it as a text of up to 19 digits, the first of them not zero (SDK,
/// `search_items_request_content.py`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BrowseNodeId(NonZeroU64);

impl BrowseNodeId {
    const MOST_DIGITS: usize = 19;
}

impl FromStr for BrowseNodeId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let is_number = (1..=Self::MOST_DIGITS).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && !text.starts_with('0');
        // 19 digits always fit.
        match text.parse().ok().filter(|_| is_number) {
            Some(number) => Ok(Self(number)),
            None => {
                let shown: String = text.chars().take(40).collect();
                let message = format!("this is no browse node's number: `{}`", shown.escape_debug());
                Err(Error::new(ErrorKind::RequestInvalid, "browse_node.parse", message)
                    .with_hint("it has 1 to 19 digits and does not begin with 0, as in the address `…/b?node=172282`")
                    .with_context("field", "browseNodeIds"))
            }
        }
    }
}

impl fmt::Display for BrowseNodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Asks for categories by their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetBrowseNodes {
    /// Any number of them; repeated ones are answered once.
    pub ids: Vec<BrowseNodeId>,
    /// What of the tree around each is wanted.
    pub resources: BrowseNodeResources,
}

impl GetBrowseNodes {
    /// Asks for these, with what is above and below each.
    pub fn new(ids: impl IntoIterator<Item = BrowseNodeId>) -> Self {
        Self { ids: ids.into_iter().collect(), resources: BrowseNodeResources::FULL }
    }

    /// The same with this much of the tree.
    #[must_use]
    pub fn with_resources(self, resources: BrowseNodeResources) -> Self {
        Self { resources, ..self }
    }

    /// The same of other categories.
    #[must_use]
    pub fn for_ids(&self, ids: impl IntoIterator<Item = BrowseNodeId>) -> Self {
        Self { ids: ids.into_iter().collect(), resources: self.resources }
    }
}

/// A category: its page in the shop, and what the API says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BrowseNodePage {
    /// The shop's page of the category, with the tag. The API gives none; the Zero API always gives one.
    pub url: Option<String>,
    /// The category with its place in the tree; `None` where nobody was asked who knows.
    pub node: Option<Perishable<BrowseNode>>,
}

impl BrowseNodePage {
    /// A category of which only the page is known.
    pub fn link_only(url: String) -> Self {
        Self { url: Some(url), node: None }
    }

    /// A category as the API gave it.
    pub fn described(node: Perishable<BrowseNode>) -> Self {
        Self { url: None, node: Some(node) }
    }
}
