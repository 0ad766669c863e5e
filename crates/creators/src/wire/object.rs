//! How an object of the API becomes a struct: the macro that writes the reader, and the small types it uses.
//!
//! serde's own `flatten` would keep unknown members too, but reads every object into a buffer first and loses what a
//! number looked like.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Visitor};

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

        impl<'de> ::serde::de::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Object;

                impl<'de> ::serde::de::Visitor<'de> for Object {
                    type Value = $name;

                    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<M: ::serde::de::MapAccess<'de>>(self, mut map: M) -> Result<$name, M::Error> {
                        let mut object = $name::default();
                        while let Some(key) = map.next_key::<$crate::wire::object::Key<'de>>()? {
                            match key.as_str() {
                                $($key $(| $other)* => $crate::wire::object::read_member!(
                                    $count object.$member, map
                                ),)*
                                unknown => {
                                    let value: Box<::serde_json::value::RawValue> = map.next_value()?;
                                    object.unknown.push(unknown, value.into());
                                }
                            }
                        }
                        Ok(object)
                    }
                }

                deserializer.deserialize_map(Object)
            }
        }
    )+};
}

macro_rules! wire_member {
    (one $kind:ty) => { Option<$kind> };
    (many $kind:ty) => { Vec<$kind> };
}

macro_rules! read_member {
    (one $object:ident.$member:ident, $map:ident) => {
        if let Some(value) = $map.next_value()? {
            $object.$member = Some(value);
        }
    };
    (many $object:ident.$member:ident, $map:ident) => {
        if let Some($crate::wire::object::List(values)) = $map.next_value()? {
            $object.$member = values;
        }
    };
}

pub(crate) use {read_member, wire_member, wire_object};

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

/// A list without its elements that are `null`.
pub(crate) struct List<T>(pub(crate) Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Elements<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Elements<T> {
            type Value = List<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<S: serde::de::SeqAccess<'de>>(self, mut elements: S) -> Result<List<T>, S::Error> {
                let mut list = Vec::new();
                while let Some(element) = elements.next_element::<Option<T>>()? {
                    list.extend(element);
                }
                Ok(List(list))
            }
        }

        deserializer.deserialize_seq(Elements(std::marker::PhantomData))
    }
}
