//! From what a person points at to the link a careful person would have written.
//!
//! This is the policy over [`read`](crate::read()) and [`OutboundLink`]: which shop, which tag, which form, and what is
//! left as it is.

use std::collections::BTreeMap;

use linkwright_core::{Error, ErrorKind, Marketplace, PartnerTag, Result};

use crate::countries::{COUNTRIES, shop_serving};
use crate::link::{Link, Problem};
use crate::page::{CartLine, Page, Pins};
use crate::tag_book::{MissingTag, TagBook, TagChoice};
use crate::target::Target;
use crate::write::{MOST_CART_LINES, MOST_OF_ONE, OutboundLink};

/// Which form of link to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum OutputForm {
    /// The form of the page itself.
    #[default]
    Auto,
    /// A product's page.
    Product,
    /// A search: for the words, or for the product's number.
    Search,
    /// A cart with the products in it.
    Cart,
}

/// How links for visitors of many countries are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GeoStrategy {
    /// A link for each country, to the shop that serves it.
    #[default]
    ByCountry,
    /// Only the home shop's link: Amazon's OneLink sends visitors on, and a second mechanism would fight it.
    LeaveToOneLink,
}

/// What to link to in shops other than the home shop, where nobody knows whether the product exists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Abroad {
    /// The same page. A number known in one shop often leads nowhere in another.
    #[default]
    SamePage,
    /// A search for these words, such as the model's name.
    Search(String),
}

/// Links for client-side choice by the visitor's country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountryLinks {
    /// The link for every country that is not in the map.
    pub default: String,
    /// The links of countries with another one than the default, by ISO 3166 code.
    pub countries: BTreeMap<&'static str, String>,
}

/// A link that was made, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Linked {
    /// The link.
    pub url: String,
    /// The shop it leads to.
    pub marketplace: Marketplace,
    /// The tag it carries.
    pub tag: Option<String>,
    /// The page it leads to.
    pub page: Page<'static>,
    /// Whether it was left as it was: an Attribution link, or one the API made with the user's own tag.
    pub left_whole: bool,
    /// Whether it is a link of Amazon Attribution, which belongs to another programme.
    pub attribution: bool,
    /// The shop that was pointed at, if the link leads to another.
    pub moved_from: Option<Marketplace>,
}

/// Makes links by a user's tags and policies. A value without any I/O; share it freely.
#[derive(Debug, Clone, Default)]
pub struct Linker {
    tags: TagBook,
    missing_tag: MissingTag,
    home: Option<Marketplace>,
    only_shop: Option<Marketplace>,
    keep_own_tags: bool,
    form: OutputForm,
    language: Option<String>,
    preferred_language: Option<String>,
    ascsubtag: Option<String>,
}

impl Linker {
    /// Writes these tags; refuses a shop without one; keeps a link's tag if it is the user's own.
    pub fn new(tags: TagBook) -> Self {
        Self { tags, keep_own_tags: true, ..Self::default() }
    }

    /// What to do where there is no tag.
    #[must_use]
    pub fn with_missing_tag(mut self, policy: MissingTag) -> Self {
        self.missing_tag = policy;
        self
    }

    /// The shop of targets that name none. Otherwise it is the one shop with a tag, or the US shop.
    #[must_use]
    pub fn with_home(mut self, marketplace: Marketplace) -> Self {
        self.home = Some(marketplace);
        self
    }

    /// The one shop to link to, whichever the target names.
    #[must_use]
    pub fn with_only_shop(mut self, marketplace: Marketplace) -> Self {
        self.only_shop = Some(marketplace);
        self
    }

    /// Replaces the user's own other tags, too.
    #[must_use]
    pub fn replacing_own_tags(mut self) -> Self {
        self.keep_own_tags = false;
        self
    }

    /// The form of link.
    #[must_use]
    pub fn with_form(mut self, form: OutputForm) -> Self {
        self.form = form;
        self
    }

    /// The language pages are asked for in where the shop has it; elsewhere the shop's own.
    #[must_use]
    pub fn with_preferred_language(mut self, language: Option<String>) -> Self {
        self.preferred_language = language;
        self
    }

    /// The language pages must be in: a shop without it is refused. It goes before the preferred one.
    #[must_use]
    pub fn with_language(mut self, language: Option<String>) -> Self {
        self.language = language;
        self
    }

    /// The publisher's own mark on every tagged link.
    #[must_use]
    pub fn with_ascsubtag(mut self, ascsubtag: Option<String>) -> Self {
        self.ascsubtag = ascsubtag;
        self
    }

    /// The tags this linker writes.
    pub fn tags(&self) -> &TagBook {
        &self.tags
    }

    /// The shop of targets that name none.
    pub fn home(&self) -> Marketplace {
        self.only_shop.or(self.home).unwrap_or(match self.tags.defaults() {
            [only] => only.marketplace(),
            _ => Marketplace::Us,
        })
    }

    /// Makes the link for one target.
    ///
    /// # Errors
    /// `Unsupported` (`reason = short`) for short links; `RequestInvalid` for pages no affiliate link leads to;
    /// `ConfigInvalid` (`reason = no_tag`) where the policy leaves no choice.
    pub fn link(&self, target: &Target<'_>) -> Result<Linked> {
        match target {
            Target::Page(page) => self.link_page(page, Pins::default(), self.home(), None),
            Target::Link { link, text } => self.link_link(link, text),
        }
    }

    /// Makes one cart link for several products, in the shop of the first that names one.
    ///
    /// # Errors
    /// As [`link`](Self::link); `RequestInvalid` for a target that is no product, and for products of several shops.
    pub fn cart<'t>(&self, targets: impl IntoIterator<Item = &'t Target<'t>>) -> Result<Linked> {
        let mut lines: Vec<CartLine> = Vec::new();
        let mut named: Option<Marketplace> = None;
        for target in targets {
            let shop = match target {
                // Another programme's link: a cart with a tag would take the sale from it.
                Target::Link { link, text } if link.attribution => {
                    let message =
                        format!("an Amazon Attribution link cannot go into a cart: `{}`", text.trim());
                    return Err(Error::new(ErrorKind::RequestInvalid, "link.cart", message));
                }
                Target::Link { link, .. } => link.marketplace,
                Target::Page(_) => None,
            };
            if let (Some(first), Some(other)) = (named, shop)
                && first != other
                && self.only_shop.is_none()
            {
                let message =
                    format!("one cart cannot hold products of {} and {}", first.host(), other.host());
                return Err(Error::new(ErrorKind::RequestInvalid, "link.cart", message));
            }
            named = named.or(shop);
            match target.page() {
                _ if lines.len() > MOST_CART_LINES => break,
                Page::Product(asin) => put_into(&mut lines, CartLine { asin: *asin, quantity: 1 }),
                Page::Cart(more) => more.iter().for_each(|line| put_into(&mut lines, *line)),
                page => {
                    let message =
                        format!("only products go into a cart, not a page of this kind: `{}`", page.kind());
                    return Err(Error::new(ErrorKind::RequestInvalid, "link.cart", message));
                }
            }
        }
        let shop = self.only_shop.or(named).unwrap_or_else(|| self.home());
        let own_form = Self { form: OutputForm::Auto, ..self.clone() };
        own_form.link_page(&Page::Cart(lines), Pins::default(), shop, None)
    }

    /// Makes the links for visitors of many countries. A country without a tag of its own gets the nearest shop with
    /// one.
    ///
    /// # Errors
    /// As [`link`](Self::link), for the home shop's link.
    pub fn country_links(
        &self,
        target: &Target<'_>,
        strategy: GeoStrategy,
        abroad: &Abroad,
    ) -> Result<CountryLinks> {
        let home = self.link(target)?;
        let mut links = CountryLinks { default: home.url.clone(), countries: BTreeMap::new() };
        if strategy == GeoStrategy::LeaveToOneLink || home.left_whole {
            return Ok(links);
        }
        for (country, _) in COUNTRIES {
            if let Some(linked) = self.link_abroad(&home, country, abroad)? {
                links.countries.insert(country, linked.url);
            }
        }
        Ok(links)
    }

    /// Makes the link for a visitor from one country: to the shop that serves it, as in the map of
    /// [`country_links`](Self::country_links), else to the home shop.
    ///
    /// # Errors
    /// As [`link`](Self::link), for the home shop's link.
    pub fn link_for_country(
        &self,
        target: &Target<'_>,
        country_code: &str,
        strategy: GeoStrategy,
        abroad: &Abroad,
    ) -> Result<Linked> {
        let home = self.link(target)?;
        if strategy == GeoStrategy::LeaveToOneLink || home.left_whole {
            return Ok(home);
        }
        Ok(self.link_abroad(&home, country_code, abroad)?.unwrap_or(home))
    }

    /// The link for a country whose shop is not the home shop; `None` where the home shop's link serves.
    fn link_abroad(&self, home: &Linked, country_code: &str, abroad: &Abroad) -> Result<Option<Linked>> {
        let Some(tag) = self.tag_for_country(country_code) else { return Ok(None) };
        if tag.marketplace() == home.marketplace {
            return Ok(None);
        }
        let page = match abroad {
            Abroad::Search(words) => Page::Search { words: words.clone().into(), index: None },
            Abroad::SamePage if travels(&home.page) => home.page.clone(),
            Abroad::SamePage => return Ok(None),
        };
        // The language is the home shop's affair: abroad it is a preference.
        let mut link = OutboundLink::tagged(&page, tag);
        if let Some(language) = self.language.as_ref().or(self.preferred_language.as_ref()) {
            link = link.with_preferred_language(language);
        }
        Ok(Some(Linked {
            url: self.marked(link)?,
            marketplace: tag.marketplace(),
            tag: Some(tag.as_str().to_owned()),
            page,
            left_whole: false,
            attribution: false,
            moved_from: Some(home.marketplace),
        }))
    }

    /// The tag for a visitor's country: of the shop that serves it, else of the nearest shop with one. `None` for a
    /// country no shop serves, which gets the home shop.
    pub fn tag_for_country(&self, country_code: &str) -> Option<&PartnerTag> {
        let shop = shop_serving(country_code)?;
        self.tags.default_for(shop).or_else(|| {
            crate::countries::nearest_shops(shop).iter().find_map(|near| self.tags.default_for(*near))
        })
    }

    fn link_link(&self, link: &Link<'_>, text: &str) -> Result<Linked> {
        if let Page::Short(_) = link.page {
            let message = format!("a short link does not show where it leads: `{}`", text.trim());
            return Err(Error::new(ErrorKind::Unsupported, "link.write", message)
                .with_context("reason", "short")
                .with_hint("open it in a browser and use the long address it leads to"));
        }
        let Some(shop) = link.marketplace else {
            return Err(crate::WriteError::NoForm { kind: link.page.kind() }.into());
        };
        let own_tag = link.tag.as_deref().filter(|tag| self.tags.owns(shop, tag));
        // A second tag is somebody else's, and then the link is not as the API made it.
        let as_made = link.is_made_by_api() && !link.problems.contains(Problem::DuplicateTag);
        // Asked for another shop, form or mark, a link of the API's is as any other.
        let as_it_is = self.only_shop.is_none_or(|only| only == shop)
            && self.form == OutputForm::Auto
            && self.ascsubtag.is_none();
        if link.attribution || (as_made && as_it_is && own_tag.is_some()) {
            return Ok(Linked {
                url: crate::read::as_written(link.unwrapped.as_deref().unwrap_or(text)),
                marketplace: shop,
                tag: link.tag.as_deref().map(str::to_owned),
                page: link.page.clone().into_owned(),
                left_whole: true,
                attribution: link.attribution,
                moved_from: None,
            });
        }
        let kept = own_tag.filter(|_| self.keep_own_tags).and_then(|tag| PartnerTag::new(tag, shop).ok());
        self.link_page(&link.page, link.pins, shop, kept)
    }

    fn link_page(
        &self,
        page: &Page<'_>,
        pins: Pins,
        shop: Marketplace,
        kept_tag: Option<PartnerTag>,
    ) -> Result<Linked> {
        let page = self.formed(page)?;
        let wanted = self.only_shop.unwrap_or(shop);
        let choice = match &kept_tag {
            Some(tag) if tag.marketplace() == wanted => {
                TagChoice { marketplace: wanted, tag: Some(tag), as_search: false }
            }
            _ => self.tags.choose(wanted, self.missing_tag)?,
        };
        let moved = choice.marketplace != shop;
        let page = match &page {
            Page::Product(asin) if choice.as_search => {
                Page::Search { words: asin.to_string().into(), index: None }
            }
            page if moved && !travels(page) => return Err(does_not_travel(page, shop, choice.marketplace)),
            page => page.clone(),
        };
        let pins = if moved { Pins::default() } else { pins };
        Ok(Linked {
            url: self.outbound(&page, pins, choice.marketplace, choice.tag)?,
            marketplace: choice.marketplace,
            tag: choice.tag.map(|tag| tag.as_str().to_owned()),
            page: page.into_owned(),
            left_whole: false,
            attribution: false,
            moved_from: moved.then_some(shop),
        })
    }

    fn outbound(
        &self,
        page: &Page<'_>,
        pins: Pins,
        marketplace: Marketplace,
        tag: Option<&PartnerTag>,
    ) -> Result<String> {
        let mut link = match tag {
            Some(tag) => OutboundLink::tagged(page, tag),
            None => OutboundLink::untagged(page, marketplace),
        }
        .with_pins(pins);
        if let Some(language) = &self.language {
            link = link.with_language(language)?;
        } else if let Some(language) = &self.preferred_language {
            link = link.with_preferred_language(language);
        }
        self.marked(link)
    }

    /// The link's text, with the publisher's own mark.
    fn marked<'l>(&'l self, mut link: OutboundLink<'l>) -> Result<String> {
        if let Some(ascsubtag) = &self.ascsubtag {
            link = link.with_ascsubtag(ascsubtag)?;
        }
        Ok(link.url()?)
    }

    /// The page in the form that is asked for.
    fn formed<'p>(&self, page: &Page<'p>) -> Result<Page<'p>> {
        let wanted = self.form;
        Ok(match (wanted, page) {
            (OutputForm::Auto, _)
            | (OutputForm::Product, Page::Product(_))
            | (OutputForm::Search, Page::Search { .. })
            | (OutputForm::Cart, Page::Cart(_)) => page.clone(),
            (OutputForm::Search, Page::Product(asin)) => {
                Page::Search { words: asin.to_string().into(), index: None }
            }
            (OutputForm::Cart, Page::Product(asin)) => {
                Page::Cart(vec![CartLine { asin: *asin, quantity: 1 }])
            }
            (_, page) => {
                let form = match wanted {
                    OutputForm::Product => "product",
                    OutputForm::Search => "search",
                    OutputForm::Cart | OutputForm::Auto => "cart",
                };
                let message =
                    format!("a page of this kind cannot be linked in the {form} form: `{}`", page.kind());
                return Err(Error::new(ErrorKind::RequestInvalid, "link.write", message)
                    .with_context("reason", "no_form"));
            }
        })
    }
}

/// Adds to what is in a cart already: of one product there is one line.
fn put_into(lines: &mut Vec<CartLine>, more: CartLine) {
    match lines.iter_mut().find(|line| line.asin == more.asin) {
        Some(line) => line.quantity = line.quantity.saturating_add(more.quantity).min(MOST_OF_ONE),
        None => lines.push(more),
    }
}

/// Whether a page means the same in another shop. Numbers of departments, storefronts and carts are each shop's own.
fn travels(page: &Page<'_>) -> bool {
    matches!(page, Page::Product(_) | Page::Search { .. } | Page::Author(_) | Page::Prime)
}

fn does_not_travel(page: &Page<'_>, from: Marketplace, to: Marketplace) -> Error {
    let message =
        format!("a page of this kind is only in {}, not in {}: `{}`", from.host(), to.host(), page.kind());
    Error::new(ErrorKind::RequestInvalid, "link.write", message).with_context("reason", "does_not_travel")
}
