//! Settings with a few fixed values, by the names they have in profiles, variables and flags.

use std::fmt;
use std::str::FromStr;

use linkwright_core::{Error, ErrorKind};

/// How links for visitors of other countries are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Geo {
    /// A link for each country.
    #[default]
    ByCountry,
    /// The home shop's link only; Amazon's OneLink does the rest.
    LeaveToOneLink,
}

/// Where product data is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SourceChoice {
    /// The Creators API where it can be asked, links where not.
    #[default]
    Auto,
    /// The Creators API only: what it does not answer has no answer.
    Creators,
    /// Links and the author's own catalog only; nobody is asked.
    Zero,
}

/// What takes the place of a product that Amazon no longer knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GoneLink {
    /// The link to the product as ever.
    #[default]
    ProductLink,
    /// A link to a search for the title that the author's catalog has; without one, the link to the product.
    SearchLink,
}

/// Gives a choice its names. The first text says in errors what there is none of.
macro_rules! names {
    ($choice:ident, $what:literal, $($variant:ident => $name:literal),+) => {
        impl $choice {
            /// All values, the one that is built in first.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The setting's value in profiles.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name),+
                }
            }
        }

        impl fmt::Display for $choice {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $choice {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                Self::ALL.iter().copied().find(|choice| choice.as_str() == text).ok_or_else(|| {
                    let known: Vec<&str> = Self::ALL.iter().map(|choice| choice.as_str()).collect();
                    let message = format!(concat!($what, ": `{}`; known: {}"), text, known.join(", "));
                    Error::new(ErrorKind::ConfigInvalid, "profile.read", message)
                })
            }
        }
    };
}

names!(Geo, "no such way for other countries", ByCountry => "by-country", LeaveToOneLink => "leave-to-onelink");
names!(SourceChoice, "no source of that name", Auto => "auto", Creators => "creators", Zero => "zero");
names!(GoneLink, "no such link for a product that is gone", ProductLink => "product-link", SearchLink => "search-link");
