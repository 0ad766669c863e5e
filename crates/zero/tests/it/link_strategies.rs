//! Made-up shops, tags and pages for the property tests: everything that can be written.

use linkwright_core::{Asin, Marketplace, PartnerTag, isbn10_check_digit};
use linkwright_zero::{CartLine, OutboundLink, Page, Pins, Storefront};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// All that a written link is made of. A tag's shop is always `shop`.
#[derive(Debug, Clone)]
pub(crate) struct Parts {
    pub(crate) page: Page<'static>,
    pub(crate) shop: Marketplace,
    pub(crate) tag: Option<PartnerTag>,
    pub(crate) pins: Pins,
    pub(crate) language: Option<&'static str>,
    pub(crate) ascsubtag: Option<String>,
}

impl Parts {
    pub(crate) fn url(&self) -> String {
        let mut link = match &self.tag {
            Some(tag) => OutboundLink::tagged(&self.page, tag),
            None => OutboundLink::untagged(&self.page, self.shop),
        }
        .with_pins(self.pins);
        if let Some(language) = self.language {
            link = link.with_language(language).unwrap();
        }
        if let Some(ascsubtag) = &self.ascsubtag {
            link = link.with_ascsubtag(ascsubtag).unwrap();
        }
        link.url().unwrap_or_else(|error| panic!("{self:?}: {error}"))
    }
}

/// Every part of every link, in every shop.
pub(crate) fn parts() -> impl Strategy<Value = Parts> {
    (shop(), page(), pins(), option::of("[A-Za-z0-9._|:-]{1,99}"), any::<proptest::sample::Index>())
        .prop_flat_map(|(shop, page, pins, ascsubtag, index)| {
            let languages: Vec<&str> =
                shop.languages().iter().chain(shop.site_languages()).copied().collect();
            // One more than there are: none.
            let language = languages.get(index.index(languages.len() + 1)).copied();
            option::of(tag_of(shop)).prop_map(move |tag| Parts {
                page: page.clone(),
                shop,
                tag: tag.flatten(),
                pins,
                language,
                ascsubtag: ascsubtag.clone(),
            })
        })
}

pub(crate) fn shop() -> impl Strategy<Value = Marketplace> {
    select(&Marketplace::ALL[..])
}

/// `None` for shops without a programme.
pub(crate) fn tag_of(shop: Marketplace) -> impl Strategy<Value = Option<PartnerTag>> {
    let text = prop_oneof![3 => "[a-z0-9][a-z0-9.-]{0,20}-2[0-2]", 1 => "[A-Za-z0-9._-]{1,64}"];
    text.prop_map(move |text| PartnerTag::new(&text, shop).ok())
}

pub(crate) fn asin() -> impl Strategy<Value = Asin> {
    let amazons_own = "B[0-9A-Z]{9}".prop_map(|text| Asin::parse(&text).unwrap());
    let isbn = "[0-9]{9}".prop_map(|digits| {
        let mut bytes = [b'0'; 10];
        bytes[..9].copy_from_slice(digits.as_bytes());
        bytes[9] = isbn10_check_digit(&bytes);
        Asin::from_bytes(&bytes).unwrap()
    });
    prop_oneof![amazons_own, isbn]
}

/// Only `1` pins a variant; no other value is written.
fn pins() -> impl Strategy<Value = Pins> {
    (option::of(Just(1)), option::of(Just(1))).prop_map(|(th, psc)| Pins { th, psc })
}

/// Every page that can be written, with ids and words of any characters that may stand in them.
pub(crate) fn page() -> impl Strategy<Value = Page<'static>> {
    // `aps` means all departments, which is the same as naming none.
    let index = option::of(text().prop_filter("a department", |text| !text.is_empty() && text != "aps"));
    prop_oneof![
        6 => asin().prop_map(Page::Product),
        4 => (text().prop_filter("words", |words| !words.trim().is_empty()), index)
            .prop_map(|(words, index)| Page::Search { words: words.into(), index: index.map(Into::into) }),
        1 => "[0-9]{1,19}".prop_map(|node| Page::BrowseNode(node.into())),
        1 => Just(Page::Bestsellers(None)),
        2 => vec(segment(), 1..4).prop_map(|segments| Page::Bestsellers(Some(segments.join("/").into()))),
        1 => segment().prop_map(|id| Page::Storefront(Storefront::Page(id.into()))),
        1 => segment().prop_map(|name| Page::Storefront(Storefront::Brand(name.into()))),
        1 => segment().prop_map(|handle| Page::Storefront(Storefront::Creator(handle.into()))),
        1 => segment().prop_map(|id| Page::Author(id.into())),
        1 => "B0[0-9A-Z]{8}".prop_map(|id| Page::Author(id.into())),
        1 => Just(Page::Prime),
        2 => vec((asin(), 1..=999_u16), 1..=50).prop_map(|lines| {
            Page::Cart(lines.into_iter().map(|(asin, quantity)| CartLine { asin, quantity }).collect())
        }),
    ]
}

/// Words of any script, and what could break out of a parameter.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => any::<String>(),
        2 => "[a-z +&=?#/%;:@\\\\\"'<>\\n\\t\\r\u{0}~.é日-]{0,20}",
        1 => "(&amp;|&#38;|%26|%2526|tag=|\\\\u0026|://|ref=| ){1,6}",
    ]
}

/// Text that can be one segment of a path.
fn segment() -> impl Strategy<Value = String> {
    prop_oneof![2 => "[A-Za-z0-9._-]{1,20}", 1 => text()].prop_filter("a segment", |text| {
        !text.is_empty() && text != "." && text != ".." && !text.contains('/')
    })
}
