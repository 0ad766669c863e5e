//! Enums of Amazon's that may grow: a known value is a variant, an unknown one is kept as it came.

/// Makes an enum with a variant `Other` for what is not in the table, so that a new value of Amazon's is kept instead of
/// breaking an answer.
macro_rules! open_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
            /// A value this version does not know, as it came.
            Other(Box<str>),
        }

        impl $name {
            /// The values this version knows.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant,)+];

            /// The value as Amazon writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    other => Self::Other(other.into()),
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            /// Reads a value as people type it: upper and lower case, and signs between the words, do not matter. What is
            /// unknown is kept.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let same = |known: &&Self| crate::open_enum::same_letters(known.as_str(), text);
                Ok(Self::KNOWN.iter().find(same).cloned().unwrap_or_else(|| Self::Other(text.into())))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

/// Whether two texts have the same letters and digits, in any case.
pub(crate) fn same_letters(one: &str, other: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|letter| letter.is_alphanumeric())
            .map(|letter| letter.to_ascii_lowercase())
            .collect()
    };
    letters(one) == letters(other)
}

pub(crate) use open_enum;
