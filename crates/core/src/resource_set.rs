//! Sets of names the API takes in `resources`, and reading them from a text.

use crate::nearest::nearest;
use crate::{Error, ErrorKind};

/// Makes an enum of names the API takes. They must be in alphabetical order, as the sets print them.
macro_rules! resource_names {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// All, in alphabetical order of their names.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The name as the API takes it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

/// Makes a set of such names, one bit each. The type it is made for has `PRESETS` of its own.
macro_rules! resource_set {
    ($(#[$doc:meta])* $set:ident of $name:ident, $hint:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $set(u64);

        impl $set {
            /// Nothing.
            pub const NONE: Self = Self(0);

            /// Everything there is a name for.
            pub const fn all() -> Self {
                let mut all = Self::NONE;
                let mut next = 0;
                while next < $name::ALL.len() {
                    all = all.with($name::ALL[next]);
                    next += 1;
                }
                all
            }

            /// The set with one more.
            #[must_use]
            pub const fn with(self, resource: $name) -> Self {
                Self(self.0 | 1 << resource as u32)
            }

            /// What is in either set.
            #[must_use]
            pub const fn union(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }

            /// What is in both sets.
            #[must_use]
            pub const fn intersection(self, other: Self) -> Self {
                Self(self.0 & other.0)
            }

            /// What is in this set and not in the other.
            #[must_use]
            pub const fn without(self, other: Self) -> Self {
                Self(self.0 & !other.0)
            }

            /// Whether it is in the set.
            pub const fn contains(self, resource: $name) -> bool {
                self.0 & (1 << resource as u32) != 0
            }

            /// Whether all of the other set is in this one, so that an answer to this one also serves the other.
            pub const fn covers(self, other: Self) -> bool {
                self.0 & other.0 == other.0
            }

            /// Whether nothing is in it.
            pub const fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// All that is in it, in alphabetical order of the names.
            pub fn iter(self) -> impl Iterator<Item = $name> {
                $name::ALL.iter().copied().filter(move |resource| self.contains(*resource))
            }
        }

        impl FromIterator<$name> for $set {
            fn from_iter<I: IntoIterator<Item = $name>>(resources: I) -> Self {
                resources.into_iter().fold(Self::NONE, Self::with)
            }
        }

        impl std::fmt::Debug for $set {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($set), "({})"), self)
            }
        }

        impl std::fmt::Display for $set {
            /// The names, separated by commas.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                for (position, resource) in self.iter().enumerate() {
                    f.write_str(if position == 0 { "" } else { "," })?;
                    f.write_str(resource.as_str())?;
                }
                Ok(())
            }
        }

        impl std::str::FromStr for $set {
            type Err = crate::Error;

            /// Reads names of resources and of [`PRESETS`](Self::PRESETS), in any case, separated by commas.
            fn from_str(text: &str) -> Result<Self, crate::Error> {
                let read = crate::resource_set::names_in(text).try_fold(Self::NONE, |read, name| {
                    let preset = Self::PRESETS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
                    let one = || {
                        let known = $name::ALL.iter().find(|known| known.as_str().eq_ignore_ascii_case(name));
                        known.map(|known| Self::NONE.with(*known))
                    };
                    let found = preset.map(|(_, preset)| *preset).or_else(one);
                    let known = || $name::ALL.iter().map(|known| known.as_str());
                    found
                        .map(|found| read.union(found))
                        .ok_or_else(|| crate::resource_set::unknown(name, known(), $hint))
                })?;
                if read.is_empty() { Err(crate::resource_set::nothing($hint)) } else { Ok(read) }
            }
        }
    };
}

pub(crate) fn names_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|name| !name.is_empty())
}

pub(crate) fn unknown(name: &str, known: impl Iterator<Item = &'static str> + Clone, hint: &str) -> Error {
    let error = Error::new(
        ErrorKind::RequestInvalid,
        "resources.parse",
        format!("no resource or preset of that name: `{}`", name.escape_debug()),
    )
    .with_context("reason", "unknown_resource");
    match nearest(name, known) {
        Some(near) => error.with_context("nearest", near).with_hint(format!("did you mean `{near}`?")),
        None => error.with_hint(hint.to_owned()),
    }
}

pub(crate) fn nothing(hint: &str) -> Error {
    Error::new(ErrorKind::RequestInvalid, "resources.parse", "no resources named").with_hint(hint.to_owned())
}

pub(crate) use {resource_names, resource_set};
