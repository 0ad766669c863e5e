//! How the body of a success becomes an answer, and how one broken element is kept from breaking the others.
//!
//! An answer is read twice at most: first as a whole, which nearly always succeeds, and only if that fails piece by piece
//! and with its path, since to know where in an answer one is costs time.

use std::borrow::Cow;

use linkwright_core::{Error, Result};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::Interned;
use super::decode_error::{corrupt, data_error};
use super::object::wire_object;

/// Makes answers: structs read from a body by `decode`.
///
/// The members stand in an object of their own, `within` one of these keys, or at the top where there is none; others may
/// stand `beside` it. What `one` and `many` mean, [`wire_object`] says.
macro_rules! wire_answer {
    (
        $(#[$doc:meta])*
        pub struct $answer:ident {
            within $($result:literal)|+ {
                $($(#[$member_doc:meta])* $member:ident: $count:ident $kind:ty = $key:literal,)*
            }
            beside {
                $($(#[$beside_doc:meta])* $beside:ident: $beside_count:ident $beside_kind:ty = $beside_key:literal,)*
            }
        }
    ) => {
        $crate::wire::answer::wire_answer!(@answer $(#[$doc])* $answer {
            $($(#[$member_doc])* $member: $count $kind,)*
            $($(#[$beside_doc])* $beside: $beside_count $beside_kind,)*
        });

        const _: () = {
            $crate::wire::object::wire_object! {
                struct Whole {
                    result: one WholeResult = $($result)|+,
                    $($beside: $beside_count $beside_kind = $beside_key,)*
                }

                struct WholeResult {
                    $($member: $count $kind = $key,)*
                }

                struct Pieces {
                    result: one PiecesOfResult = $($result)|+,
                    $($beside: one $crate::wire::answer::pieces_of!($beside_count) = $beside_key,)*
                }

                struct PiecesOfResult {
                    $($member: one $crate::wire::answer::pieces_of!($count) = $key,)*
                }
            }

            impl $answer {
                /// Reads an answer. No input makes it panic, and its cost is linear in the input.
                ///
                /// # Errors
                /// `Corrupt` if the whole cannot be read; the context `path` says where. Values are not shown.
                pub fn decode(body: &[u8]) -> ::linkwright_core::Result<Self> {
                    $crate::wire::answer::decode(body, Self::of_whole, Self::of_pieces)
                }

                fn of_whole(whole: Whole) -> Self {
                    let result = whole.result.unwrap_or_default();
                    Self {
                        $($member: result.$member,)*
                        $($beside: whole.$beside,)*
                        unreadable: Vec::new(),
                        unknown: whole.unknown.and(result.unknown),
                    }
                }

                fn of_pieces(pieces: Pieces) -> Self {
                    // The first spelling is the usual one.
                    let [within, ..] = [$($result),+];
                    let result = pieces.result.unwrap_or_default();
                    let mut answer = Self { unknown: pieces.unknown.and(result.unknown), ..Self::default() };
                    $(
                        let path = format!("{within}.{}", $key);
                        answer.$member = $crate::wire::answer::$count(result.$member, &path, &mut answer.unreadable);
                    )*
                    $(
                        answer.$beside = $crate::wire::answer::$beside_count(
                            pieces.$beside, $beside_key, &mut answer.unreadable,
                        );
                    )*
                    answer
                }
            }
        };
    };

    (
        $(#[$doc:meta])*
        pub struct $answer:ident {
            $($(#[$member_doc:meta])* $member:ident: $count:ident $kind:ty = $key:literal,)*
        }
    ) => {
        $crate::wire::answer::wire_answer!(@answer $(#[$doc])* $answer {
            $($(#[$member_doc])* $member: $count $kind,)*
        });

        const _: () = {
            $crate::wire::object::wire_object! {
                struct Whole {
                    $($member: $count $kind = $key,)*
                }

                struct Pieces {
                    $($member: one $crate::wire::answer::pieces_of!($count) = $key,)*
                }
            }

            impl $answer {
                /// Reads an answer. No input makes it panic, and its cost is linear in the input.
                ///
                /// # Errors
                /// `Corrupt` if the whole cannot be read; the context `path` says where. Values are not shown.
                pub fn decode(body: &[u8]) -> ::linkwright_core::Result<Self> {
                    $crate::wire::answer::decode(body, Self::of_whole, Self::of_pieces)
                }

                fn of_whole(whole: Whole) -> Self {
                    Self { $($member: whole.$member,)* unreadable: Vec::new(), unknown: whole.unknown }
                }

                fn of_pieces(pieces: Pieces) -> Self {
                    let mut answer = Self { unknown: pieces.unknown, ..Self::default() };
                    $(answer.$member = $crate::wire::answer::$count(pieces.$member, $key, &mut answer.unreadable);)*
                    answer
                }
            }
        };
    };

    (@answer $(#[$doc:meta])* $answer:ident {
        $($(#[$member_doc:meta])* $member:ident: $count:ident $kind:ty,)*
    }) => {
        $(#[$doc])*
        ///
        /// A part that cannot be read is in [`unreadable`](Self::unreadable) and leaves the others alone.
        #[derive(Debug, Clone, Default)]
        #[non_exhaustive]
        pub struct $answer {
            $($(#[$member_doc])* pub $member: $crate::wire::object::wire_member!($count $kind),)*
            /// What cannot be read.
            pub unreadable: Vec<$crate::wire::Unreadable>,
            /// What else the answer held, at its top and in the object that holds its members.
            pub unknown: $crate::wire::Unknown,
        }
    };
}

macro_rules! pieces_of {
    (one) => {
        $crate::wire::answer::RawText
    };
    (many) => {
        $crate::wire::answer::RawList
    };
}

pub(crate) use {pieces_of, wire_answer};

wire_object! {
    /// Why a part of what was asked for is not there.
    pub struct PartialError {
        /// `ItemNotAccessible`, `InvalidParameterValue` and the like.
        code: one Interned = "code",
        /// One sentence that names the product somewhere.
        message: one String = "message",
    }

    struct Named {
        id: one RawText = "asin" | "id" | "feedName" | "filename",
    }
}

/// A part of an answer that cannot be read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Unreadable {
    /// What it is about, where that much could be read: an item's `asin`, a browse node's `id`, a feed's `feedName`, a
    /// report's `filename`.
    pub id: Option<String>,
    /// What is wrong with it, and where.
    pub error: Error,
}

/// Reads a body as a whole, and piece by piece if it must.
///
/// # Errors
/// `Corrupt` if neither can be done.
pub(super) fn decode<W: DeserializeOwned, P: DeserializeOwned, A>(
    body: &[u8],
    of_whole: fn(W) -> A,
    of_pieces: fn(P) -> A,
) -> Result<A> {
    let text = text(body)?;
    match serde_json::from_str(text) {
        Ok(whole) => Ok(of_whole(whole)),
        Err(_) => read(text, "").map(of_pieces),
    }
}

/// The body as text.
pub(super) fn text(body: &[u8]) -> Result<&str> {
    let text = std::str::from_utf8(body)
        .map_err(|error| corrupt(format!("no UTF-8 after byte {}", error.valid_up_to())))?;
    // RFC 8259 §8.1 lets a reader ignore the mark.
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The member that stands at `path`; `None` if there is none, and if it cannot be read, which is noted.
pub(super) fn one<T: DeserializeOwned>(
    piece: Option<RawText>,
    path: &str,
    unreadable: &mut Vec<Unreadable>,
) -> Option<T> {
    read(&piece?.0, path).map_err(|error| unreadable.push(Unreadable { id: None, error })).ok()
}

/// The elements of the list that stands at `path`, without those that are `null` and those that cannot be read, which are
/// noted.
pub(super) fn many<T: DeserializeOwned>(
    pieces: Option<RawList>,
    path: &str,
    unreadable: &mut Vec<Unreadable>,
) -> Vec<T> {
    let RawList(pieces) = pieces.unwrap_or_default();
    let mut list = Vec::with_capacity(pieces.len());
    for (index, RawText(json)) in pieces.iter().enumerate().filter(|(_, piece)| &*piece.0 != "null") {
        match read(json, &format!("{path}[{index}]")) {
            Ok(element) => list.push(element),
            Err(error) => unreadable.push(Unreadable { id: id_of(json), error }),
        }
    }
    list
}

/// Reads one value that stands at `path`.
fn read<T: DeserializeOwned>(json: &str, path: &str) -> Result<T> {
    let mut reader = serde_json::Deserializer::from_str(json);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let within = error.path().to_string();
        let dot = if path.is_empty() || within.starts_with('[') { "" } else { "." };
        // The whole has the path `.`.
        let path = if within == "." { Cow::Borrowed(path) } else { format!("{path}{dot}{within}").into() };
        data_error(error.inner(), &path)
    })?;
    reader.end().map_err(|error| data_error(&error, path))?;
    Ok(value)
}

fn id_of(json: &str) -> Option<String> {
    let element: Named = serde_json::from_str(json).ok()?;
    serde_json::from_str(&element.id?.0).ok()
}

/// Any list as the texts of its elements, also those that are `null`: they count for the numbers of the others.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Deserialize)]
pub(crate) struct RawList(Vec<RawText>);

/// Any value as its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct RawText(Box<str>);

impl<'de> serde::Deserialize<'de> for RawText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Box::<RawValue>::deserialize(deserializer)?.into()))
    }
}
