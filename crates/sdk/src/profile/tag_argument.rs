//! A tag as people type it: `demo-20`, or with its shop, `us=demo-20`.

use linkwright_core::{Error, ErrorKind, Marketplace, PartnerTag, Result};

/// A tag as people type it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TagArgument {
    /// A tag whose shop follows from the rest of the command.
    Bare(String),
    /// A tag with its shop.
    OfShop(PartnerTag),
}

impl TagArgument {
    /// Reads `TAG` or `SHOP=TAG`.
    ///
    /// # Errors
    /// Kind `RequestInvalid`: an unknown shop, a malformed tag, or a shop without tags.
    pub fn parse(text: &str) -> Result<Self> {
        let Some((shop, tag)) = text.split_once('=') else {
            if PartnerTag::is_well_formed(text) && text != "maas" {
                return Ok(Self::Bare(text.to_owned()));
            }
            // Any shop with a programme serves to phrase what is wrong with the tag itself.
            return Err(PartnerTag::new(text, Marketplace::Us).map_or_else(Into::into, |_| unreadable(text)));
        };
        let marketplace: Marketplace =
            shop.parse().map_err(|error: linkwright_core::UnknownMarketplace| {
                Error::new(ErrorKind::RequestInvalid, "tag.check", error.to_string())
                    .with_context("value", text)
            })?;
        Ok(Self::OfShop(PartnerTag::new(tag.trim(), marketplace)?))
    }

    /// Reads a list of them, separated by commas or spaces, as environment variables hold it.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn parse_list(text: &str) -> Result<Vec<Self>> {
        text.split([',', ' ']).filter(|part| !part.is_empty()).map(Self::parse).collect()
    }
}

fn unreadable(text: &str) -> Error {
    Error::new(ErrorKind::RequestInvalid, "tag.check", format!("not a tag: `{text}`"))
}
