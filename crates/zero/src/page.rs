//! What a link leads to.
//!
//! The same words serve reading and writing: what [`read`](crate::read()) finds, [`OutboundLink`](crate::OutboundLink)
//! can write, as far as Amazon's programme has a form for it.

use std::borrow::Cow;

use linkwright_core::Asin;

/// A page, file or redirect of Amazon's.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Page<'a> {
    /// A product: its own page, its reviews, its offers, or a panel of it.
    Product(Asin),
    /// A search, decoded. The words may be empty.
    Search {
        /// What is looked for.
        words: Cow<'a, str>,
        /// The department (`i=`), without `aps`, which means all.
        index: Option<Cow<'a, str>>,
    },
    /// A department of the shop, by its number.
    BrowseNode(Cow<'a, str>),
    /// A list of bestsellers, of all departments or of one (`electronics/172282`).
    Bestsellers(Option<Cow<'a, str>>),
    /// A brand's or a creator's own pages in the shop.
    Storefront(Storefront<'a>),
    /// The page of an author or artist, by id or name.
    Author(Cow<'a, str>),
    /// The page of a seller, by its id if the link names it.
    Seller(Option<Cow<'a, str>>),
    /// A wish list or gift registry, by its id if the link names it.
    Wishlist(Option<Cow<'a, str>>),
    /// The shopping cart, with what the link puts into it.
    Cart(Vec<CartLine>),
    /// Gift cards.
    GiftCard,
    /// The offer to try Prime.
    Prime,
    /// Deals of the day.
    Deals,
    /// Help and contact.
    Help,
    /// The shop's front page.
    Home,
    /// A picture file.
    Image,
    /// Any other page.
    Other,
    /// A short link: where it leads cannot be told without asking. The code is kept as it is and never read as an ASIN.
    Short(Cow<'a, str>),
    /// A product page whose number is none: cut off, too long, or with a typing error.
    Broken(Cow<'a, str>),
}

/// A brand's or a creator's own pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Storefront<'a> {
    /// `/stores/page/UUID`.
    Page(Cow<'a, str>),
    /// `/stores/NAME`, where the link has no page id.
    Brand(Cow<'a, str>),
    /// `/shop/HANDLE`, also with one of the creator's lists: `HANDLE/list/ID`.
    Creator(Cow<'a, str>),
}

impl Storefront<'_> {
    /// The page id, brand name or handle.
    pub fn id(&self) -> &str {
        match self {
            Self::Page(id) | Self::Brand(id) | Self::Creator(id) => id,
        }
    }
}

/// One product to put into the cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CartLine {
    /// The product.
    pub asin: Asin,
    /// How many, at least one.
    pub quantity: u16,
}

/// The parameters by which a link pins one variant (size, colour) of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pins {
    /// `th`, as a digit.
    pub th: Option<u8>,
    /// `psc`, as a digit.
    pub psc: Option<u8>,
}

impl Page<'_> {
    /// The kind's stable name in machine-readable output.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Product(_) => "product",
            Self::Search { .. } => "search",
            Self::BrowseNode(_) => "browse_node",
            Self::Bestsellers(_) => "bestsellers",
            Self::Storefront(_) => "storefront",
            Self::Author(_) => "author",
            Self::Seller(_) => "seller",
            Self::Wishlist(_) => "wishlist",
            Self::Cart(_) => "cart",
            Self::GiftCard => "gift_card",
            Self::Prime => "prime",
            Self::Deals => "deals",
            Self::Help => "help",
            Self::Home => "home",
            Self::Image => "image",
            Self::Other => "other",
            Self::Short(_) => "short",
            Self::Broken(_) => "broken",
        }
    }

    /// The product, if this page is of exactly one.
    pub const fn asin(&self) -> Option<Asin> {
        match self {
            Self::Product(asin) => Some(*asin),
            _ => None,
        }
    }

    /// The id or name in the link, other than an ASIN: of a node, storefront, author, list, category or short code.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::BrowseNode(id) | Self::Author(id) | Self::Short(id) | Self::Broken(id) => Some(id),
            Self::Bestsellers(id) | Self::Seller(id) | Self::Wishlist(id) => id.as_deref(),
            Self::Storefront(storefront) => Some(storefront.id()),
            _ => None,
        }
    }

    /// Whether a link to this page can carry a tag that earns something, by the forms in `write`.
    pub fn can_be_tagged(&self) -> bool {
        match self {
            Self::Product(_)
            | Self::Search { .. }
            | Self::BrowseNode(_)
            | Self::Bestsellers(_)
            | Self::Storefront(_)
            | Self::Author(_)
            | Self::Prime => true,
            Self::Cart(lines) => !lines.is_empty(),
            _ => false,
        }
    }

    /// The same page, borrowing from nothing.
    pub fn into_owned(self) -> Page<'static> {
        match self {
            Self::Product(asin) => Page::Product(asin),
            Self::Search { words, index } => Page::Search { words: own(words), index: index.map(own) },
            Self::BrowseNode(id) => Page::BrowseNode(own(id)),
            Self::Bestsellers(category) => Page::Bestsellers(category.map(own)),
            Self::Storefront(storefront) => Page::Storefront(match storefront {
                Storefront::Page(id) => Storefront::Page(own(id)),
                Storefront::Brand(name) => Storefront::Brand(own(name)),
                Storefront::Creator(handle) => Storefront::Creator(own(handle)),
            }),
            Self::Author(id) => Page::Author(own(id)),
            Self::Seller(id) => Page::Seller(id.map(own)),
            Self::Wishlist(id) => Page::Wishlist(id.map(own)),
            Self::Cart(lines) => Page::Cart(lines),
            Self::GiftCard => Page::GiftCard,
            Self::Prime => Page::Prime,
            Self::Deals => Page::Deals,
            Self::Help => Page::Help,
            Self::Home => Page::Home,
            Self::Image => Page::Image,
            Self::Other => Page::Other,
            Self::Short(code) => Page::Short(own(code)),
            Self::Broken(id) => Page::Broken(own(id)),
        }
    }
}

pub(crate) fn own(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}
