//! Reads the bodies of requests to `/_emulator/`: objects of known members. What is wrong is said with the member's name.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, IntoDeserializer as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::control_bodies::Complaint;

/// Reads a body; none is an empty object.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Complaint> {
    parsed(members(body)?)
}

/// The members of a body; none is an empty object.
pub(crate) fn members(body: &[u8]) -> Result<Map<String, Value>, Complaint> {
    let body = if body.iter().all(u8::is_ascii_whitespace) { b"{}" } else { body };
    let read: Result<Members, _> = serde_json::from_slice(body);
    read.map(|members| members.0).map_err(|error| {
        let text = error.to_string();
        Complaint(
            400,
            if error.is_data() { without_place(&text).to_owned() } else { format!("not JSON: {text}") },
        )
    })
}

/// Reads what an object holds.
pub(crate) fn parsed<T: DeserializeOwned>(members: Map<String, Value>) -> Result<T, Complaint> {
    let named = Named { left: members.into_iter(), current: None };
    T::deserialize(MapAccessDeserializer::new(named)).map_err(|error| Complaint(400, error.to_string()))
}

/// Takes one member out of a body and reads it.
pub(crate) fn take<T: DeserializeOwned>(
    members: &mut Map<String, Value>,
    name: &str,
) -> Result<Option<T>, Complaint> {
    let Some(value) = members.remove(name) else { return Ok(None) };
    serde_json::from_value(value).map(Some).map_err(|error| Complaint(400, wrong_member(name, &error)))
}

/// An object, each member of which is there once.
struct Members(Map<String, Value>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Once;
        impl<'de> Visitor<'de> for Once {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Members, A::Error> {
                let mut members = Map::new();
                while let Some((name, value)) = access.next_entry::<String, Value>()? {
                    if members.contains_key(&name) {
                        return Err(A::Error::custom(format!("there twice: `{name}`")));
                    }
                    members.insert(name, value);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Once)
    }
}

/// The members of an object, whose names stand before what is wrong with their values.
struct Named {
    left: serde_json::map::IntoIter,
    current: Option<(String, Value)>,
}

impl<'de> MapAccess<'de> for Named {
    type Error = serde_json::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Self::Error> {
        self.current = self.left.next();
        let name = self.current.as_ref().map(|(name, _)| name.clone().into_deserializer());
        name.map(|name| seed.deserialize(name)).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Self::Error> {
        let (name, value) = self.current.take().unwrap_or_default();
        seed.deserialize(value).map_err(|error| Self::Error::custom(wrong_member(&name, &error)))
    }
}

/// The member, and what is wrong with it; types are called what they are in JSON.
fn wrong_member(name: &str, error: &serde_json::Error) -> String {
    let text = error.to_string();
    for (rust, json) in [
        ("expected u64", "expected a whole number, 0 or more"),
        ("expected usize", "expected a whole number, 0 or more"),
        ("expected u16", "expected a whole number, 0 or more"),
        ("expected a JSON number", "expected a number"),
        ("expected a sequence", "expected an array"),
    ] {
        if let Some(before) = text.strip_suffix(rust) {
            return format!("`{name}`: {before}{json}");
        }
    }
    format!("`{name}`: {text}")
}

/// Without the line and column of the body's end, which tell nothing.
fn without_place(text: &str) -> &str {
    text.rsplit_once(" at line ").map_or(text, |(text, _)| text)
}
