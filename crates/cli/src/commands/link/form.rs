//! Which form of link is asked for, and what a TARGET means in it.

use clap::ValueEnum;
use linkwright_sdk::zero::{OutputForm, Page, Storefront, Target};

use crate::failure::{CommandResult, Failure};

/// The form of link to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Form {
    /// The form of TARGET itself
    #[default]
    Auto,
    /// A product's page
    Product,
    /// A search for TARGET
    Search,
    /// One cart with every TARGET in it
    Cart,
    /// A department, by its number
    Node,
    /// Bestsellers, of the department TARGET or of all
    Bestsellers,
    /// A brand's pages, by their id
    Storefront,
    /// A creator's shop, by its handle
    Creator,
    /// The offer to try Prime
    Prime,
}

impl Form {
    /// The form as the link engine knows it; the others are forms of a page that TARGET names.
    pub(super) const fn of_output(self) -> OutputForm {
        match self {
            Self::Product => OutputForm::Product,
            Self::Search => OutputForm::Search,
            Self::Cart => OutputForm::Cart,
            _ => OutputForm::Auto,
        }
    }

    /// The one kind of page that a link given as TARGET must lead to.
    const fn page_kind(self) -> Option<&'static str> {
        match self {
            Self::Node => Some("browse_node"),
            Self::Bestsellers => Some("bestsellers"),
            Self::Storefront | Self::Creator => Some("storefront"),
            Self::Prime => Some("prime"),
            Self::Auto | Self::Product | Self::Search | Self::Cart => None,
        }
    }

    /// What a text points at in this form.
    pub(super) fn target<'t>(self, text: &'t str) -> CommandResult<Target<'t>> {
        let trimmed = text.trim();
        let given_as_link = trimmed.contains('.') && trimmed.contains('/');
        let page = match self {
            Self::Prime if trimmed.is_empty() => Page::Prime,
            Self::Bestsellers if trimmed.is_empty() => Page::Bestsellers(None),
            _ if trimmed.is_empty() => {
                return Err(Failure::usage("no TARGET").with_hint("see `linkwright link --help`"));
            }
            Self::Bestsellers if !given_as_link => Page::Bestsellers(Some(trimmed.trim_matches('/').into())),
            Self::Node if !given_as_link => Page::BrowseNode(trimmed.into()),
            Self::Storefront if !given_as_link => Page::Storefront(Storefront::Page(trimmed.into())),
            Self::Creator if !given_as_link => {
                Page::Storefront(Storefront::Creator(trimmed.trim_start_matches('@').into()))
            }
            _ => return self.link_or_number(text),
        };
        Ok(Target::Page(page))
    }

    fn link_or_number<'t>(self, text: &'t str) -> CommandResult<Target<'t>> {
        let target = match Target::parse(text) {
            Ok(target) => target,
            // Who asks for the search form means words to be searched for.
            Err(error) if self == Self::Search && error.context_value("reason") == Some("words") => {
                return Ok(Target::words(text));
            }
            Err(error) => return Err(error.into()),
        };
        let kind = target.page().kind();
        match self.page_kind() {
            Some(expected) if kind != expected => {
                Err(Failure::usage(format!("not a {expected} link but one of this kind: `{kind}`")))
            }
            _ => Ok(target),
        }
    }
}
