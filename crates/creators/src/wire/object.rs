//! How an object of the API becomes a struct: the macro that writes the reader, and the small types it uses.
//!
//! serde's own `flatten` would keep unknown members too, but reads every object into a buffer first and loses what a
//! number looked like.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, SeqAccess, Visitor};

use super::answer::{RawList, RawText};
use super::{Interned, Number};

/// Makes structs of which every member may be missing or `null`.
///
/// `name: one T = "key"` is an `Option<T>`, `name: many T = "key"` a `Vec<T>` in which missing, `null` and empty are the
/// same and elements that are `null` are left out. Further spellings of a key follow after `|`. What has none of the keys is kept in
/// [`Unknown`](crate::wire::Unknown). Of a key given twice the last value that is not `null` counts.
macro_rules! wire_object {
    ($(
        $(#[$doc:meta])*
        $visibility:vis struct $name:ident {
            $($(#[$member_doc:meta])* $member:ident: $count:ident $kind:ty = $key:literal $(| $other:literal)*,)*
        }
    )+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        #[non_exhaustive]
        $visibility struct $name {
            $($(#[$member_doc])* pub $member: $crate::wire::object::wire_member!($count $kind),)*
            /// What else there was.
            pub unknown: $crate::wire::Unknown,
        }

        impl $crate::wire::object::Wire for $name {
            fn blank() -> Self {
                Self::default()
            }

            fn fill<'de, D: ::serde::de::Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
                struct Object<'a>(&'a mut $name);

                impl<'de> ::serde::de::Visitor<'de> for Object<'_> {
                    type Value = ();

                    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<M: ::serde::de::MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
                        let object = self.0;
                        while let Some(key) = map.next_key::<$crate::wire::object::Key<'de>>()? {
                            match key.as_str() {
                                $($key $(| $other)* => {
                                    map.next_value_seed($crate::wire::object::place!($count object.$member))?;
                                })*
                                unknown => {
                                    let value: Box<::serde_json::value::RawValue> = map.next_value()?;
                                    object.unknown.push(unknown, value.into());
                                }
                            }
                        }
                        Ok(())
                    }
                }

                deserializer.deserialize_map(Object(self))
            }
        }

        impl<'de> ::serde::de::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut object = Self::default();
                $crate::wire::object::Wire::fill(&mut object, deserializer)?;
                Ok(object)
            }
        }
    )+};
}

macro_rules! wire_member {
    (one $kind:ty) => { Option<$kind> };
    (many $kind:ty) => { Vec<$kind> };
}

macro_rules! place {
    (one $object:ident.$member:ident) => {
        $crate::wire::object::One(&mut $object.$member)
    };
    (many $object:ident.$member:ident) => {
        $crate::wire::object::Many(&mut $object.$member)
    };
}

pub(crate) use {place, wire_member, wire_object};

/// An object's key, borrowed from the text where it holds no escapes.
pub(crate) struct Key<'de>(Cow<'de, str>);

impl Key<'_> {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl<'de> Visitor<'de> for Text {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(Text)
    }
}

/// What can stand in an answer.
///
/// It is read into its place: an item is some kilobytes, and to hand it from reader to reader costs as much as to read it.
pub(crate) trait Wire: Sized {
    /// What stands in the place until it is read.
    fn blank() -> Self;

    /// Reads it.
    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error>;
}

/// What is small enough to be handed on.
macro_rules! small {
    ($($kind:ty: $blank:expr),* $(,)?) => {$(
        impl Wire for $kind {
            fn blank() -> Self {
                $blank
            }

            fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
                *self = Self::deserialize(deserializer)?;
                Ok(())
            }
        }
    )*};
}

small! {
    bool: false,
    String: String::new(),
    Number: Number::blank(),
    Interned: Interned::blank(),
    RawText: RawText::default(),
    RawList: RawList::default(),
}

impl<T: Wire> Wire for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        (**self).fill(deserializer)
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(Elements(self))
    }
}

/// The place of a member that may be missing. `null` leaves it as it is.
pub(crate) struct One<'a, T>(pub(crate) &'a mut Option<T>);

impl<'de, T: Wire> DeserializeSeed<'de> for One<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, T: Wire> Visitor<'de> for One<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member")
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.insert(T::blank()).fill(deserializer)
    }
}

/// The place of a list that may be missing. `null` leaves it as it is.
pub(crate) struct Many<'a, T>(pub(crate) &'a mut Vec<T>);

impl<'de, T: Wire> DeserializeSeed<'de> for Many<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, T: Wire> Visitor<'de> for Many<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.clear();
        self.0.fill(deserializer)
    }
}

/// The elements of a list.
struct Elements<'a, T>(&'a mut Vec<T>);

impl<'de, T: Wire> Visitor<'de> for Elements<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut elements: S) -> Result<(), S::Error> {
        while elements.next_element_seed(Next(self.0))?.is_some() {}
        Ok(())
    }
}

/// The place behind the last element; `null` takes none.
struct Next<'a, T>(&'a mut Vec<T>);

impl<'de, T: Wire> DeserializeSeed<'de> for Next<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, T: Wire> Visitor<'de> for Next<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an element")
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let place = self.0.len();
        self.0.push(T::blank());
        self.0[place].fill(deserializer)
    }
}
