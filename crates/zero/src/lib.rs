//! The Zero API: any Amazon link in, the right affiliate link out, with no API, no network and no credentials.
//!
//! [`read`](read()) tells what a link is; [`OutboundLink`] writes one; [`Linker`] does both by the tags of a [`TagBook`];
//! [`ZeroSource`] answers product queries with links and the author's own [`Catalog`].
//!
//! ```
//! use linkwright_core::{Marketplace, PartnerTag};
//! use linkwright_zero::{Linker, TagBook, Target};
//!
//! let tags = TagBook::new().with_default(PartnerTag::new("demo-20", Marketplace::Us)?);
//! let linker = Linker::new(tags);
//! let target = Target::parse("http://amazon.com/Some-Kettle/dp/B08N5WRWNW/ref=sr_1_1?qid=1&tag=old-20")?;
//! assert_eq!(linker.link(&target)?.url, "https://www.amazon.com/dp/B08N5WRWNW?tag=demo-20");
//! # Ok::<(), linkwright_core::Error>(())
//! ```
//!
//! What this is not: it makes no requests, so it cannot tell whether a product exists, and it never shows a price, a
//! stock level or a rating. Short links are recognised and left alone; following them is another crate's work. There is
//! no async runtime, file, clock or thread here.

mod catalog;
mod countries;
mod host;
mod link;
mod linker;
mod locale_text;
mod page;
mod percent;
mod read;
mod source;
mod tag_book;
mod target;
mod write;

pub use catalog::{Catalog, CatalogEntry, CatalogFormat};
pub use countries::{COUNTRIES, nearest_shops, shop_serving};
pub use link::{Link, Problem, Problems};
pub use linker::{Abroad, CountryLinks, GeoStrategy, Linked, Linker, OutputForm};
pub use locale_text::{DISCLOSURE, LinkText, link_text};
pub use page::{CartLine, Page, Pins, Storefront};
pub use read::{ReadError, read};
pub use source::ZeroSource;
pub use tag_book::{MissingTag, TagBook, TagChoice, TagGlob};
pub use target::Target;
pub use write::{OutboundLink, WriteError};
