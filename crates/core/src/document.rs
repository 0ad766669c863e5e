//! The one place that turns a [`CredentialSet`] into bytes and back.
//!
//! A document is one JSON object, the same in every writable store:
//!
//! ```json
//! {"format":1,"id":"…","secret":"…","api_version":"3.1","label":"…"}
//! ```
//!
//! `label` may be missing or null. Members this version does not know are kept as they are and written back, sorted by
//! name, behind the known ones. What this is not: a general serialiser, or an import format for what Amazon lets users
//! download.
//!
//! **Memory.** All buffers made here are overwritten when dropped, and made large enough at once, so that growing
//! leaves no copy behind. The secret goes from the given bytes into its [`Secret`] without a stop: it is
//! borrowed as raw JSON and unescaped by hand, because serde_json's own unescaping works in a buffer nobody overwrites.
//!
//! **Errors** are of kind `Corrupt` and name the member, never a value; serde_json's own text is never shown, because
//! it quotes values (`invalid type: string "hunter2"`).

use std::borrow::Cow;
use std::fmt;
use std::io;

use serde::de::{Deserialize, MapAccess, Visitor};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::credential::UnknownMembers;
use crate::{ApiVersion, CredentialSet, Error, ErrorKind, Result, Secret};

/// The format this version writes, and the newest it reads.
pub const FORMAT: u64 = 1;

const DECODE: &str = "document.decode";

/// Writes a credential as a document.
///
/// The same credential always gives the same bytes.
///
/// ```
/// use linkwright_core::{ApiVersion, CredentialSet, Secret, document};
///
/// let set = CredentialSet::new("the-id", Secret::new("hu\"sh"), ApiVersion::V3_1);
/// let bytes = document::encode(&set);
/// assert_eq!(&**bytes, br#"{"format":1,"id":"the-id","secret":"hu\"sh","api_version":"3.1"}"#);
/// assert_eq!(document::decode(&bytes)?, set);
/// # Ok::<(), linkwright_core::Error>(())
/// ```
pub fn encode(set: &CredentialSet) -> Zeroizing<Vec<u8>> {
    let mut length = ByteCount(0);
    write_document(set, &mut length).expect("counting bytes cannot fail");
    let mut document = Zeroizing::new(Vec::with_capacity(length.0));
    write_document(set, &mut *document).expect("writing into memory cannot fail");
    document
}

fn write_document(set: &CredentialSet, out: &mut impl io::Write) -> io::Result<()> {
    write!(out, "{{\"format\":{FORMAT},\"id\":")?;
    serde_json::to_writer(&mut *out, set.id())?;
    out.write_all(b",\"secret\":")?;
    serde_json::to_writer(&mut *out, set.secret().expose())?;
    write!(out, ",\"api_version\":\"{}\"", set.api_version())?;
    if let Some(label) = set.label() {
        out.write_all(b",\"label\":")?;
        serde_json::to_writer(&mut *out, label)?;
    }
    for (name, raw_json) in set.unknown_members() {
        out.write_all(b",")?;
        serde_json::to_writer(&mut *out, name)?;
        out.write_all(b":")?;
        out.write_all(raw_json.as_bytes())?;
    }
    out.write_all(b"}")
}

/// Measures a document before it is written, so that its buffer never grows.
struct ByteCount(usize);

impl io::Write for ByteCount {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads a document.
///
/// # Errors
/// All of kind `Corrupt`, with the member as context `member` (a JSON path such as `$.secret`) where one is to blame:
/// - the bytes are not one JSON object in UTF-8: names line and column;
/// - `format` is newer than [`FORMAT`]: names both numbers, whatever else the document holds;
/// - a member is missing, there twice, or not what it should be.
pub fn decode(bytes: &[u8]) -> Result<CredentialSet> {
    let members: Members<'_> = serde_json::from_slice(bytes).map_err(|cause| not_an_object(&cause))?;
    check_format(members.format)?;
    if let Some(name) = members.repeated {
        let known = name.unwrap_or("a member unknown to this version");
        return Err(corrupt(format!("a credential document has a member twice: `{known}`"), name));
    }
    let id = required_text(members.id, "id")?;
    let secret = required_text(members.secret, "secret")?;
    let api_version = required_text(members.api_version, "api_version")?;
    let api_version: ApiVersion = api_version.parse().map_err(|_| {
        let known = ApiVersion::ALL.map(ApiVersion::as_str).join(", ");
        corrupt(format!("`api_version` of a credential document is none of: {known}"), Some("api_version"))
    })?;
    let label =
        members.label.filter(|raw| raw.get() != "null").map(|raw| text_of(raw, "label")).transpose()?;

    Ok(CredentialSet::new(take(id), Secret::new(take(secret)), api_version)
        .with_label(label.map(take))
        .with_unknown_members(members.unknown))
}

/// Moves the text out without a copy; what is left behind is empty.
fn take(mut text: Zeroizing<String>) -> String {
    std::mem::take(&mut *text)
}

/// The document's members, still as JSON text borrowed from the given bytes.
#[derive(Default)]
struct Members<'a> {
    format: Option<&'a RawValue>,
    id: Option<&'a RawValue>,
    secret: Option<&'a RawValue>,
    api_version: Option<&'a RawValue>,
    label: Option<&'a RawValue>,
    unknown: UnknownMembers,
    /// The first member seen twice; inside it `None` if its name is not one of ours, which is then not repeated in a
    /// message. Noted rather than refused at once, because a newer format is the more useful thing to say.
    repeated: Option<Option<&'static str>>,
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
        let mut members = Members::default();
        while let Some((MemberName(name), value)) = map.next_entry::<MemberName<'de>, &'de RawValue>()? {
            let (known_name, slot) = match &*name {
                "format" => ("format", &mut members.format),
                "id" => ("id", &mut members.id),
                "secret" => ("secret", &mut members.secret),
                "api_version" => ("api_version", &mut members.api_version),
                "label" => ("label", &mut members.label),
                _ => {
                    let raw_json = Zeroizing::new(value.get().to_owned());
                    if members.unknown.insert(name.into_owned(), raw_json).is_some() {
                        members.repeated.get_or_insert(None);
                    }
                    continue;
                }
            };
            if slot.replace(value).is_some() {
                members.repeated.get_or_insert(Some(known_name));
            }
        }
        Ok(members)
    }
}

/// A member's name, borrowed from the document unless it holds escapes.
struct MemberName<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for MemberName<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;

        impl<'de> Visitor<'de> for NameVisitor {
            type Value = MemberName<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a member's name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<MemberName<'de>, E> {
                Ok(MemberName(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<MemberName<'de>, E> {
                Ok(MemberName(Cow::Owned(name.to_owned())))
            }
        }

        deserializer.deserialize_str(NameVisitor)
    }
}

fn check_format(format: Option<&RawValue>) -> Result<()> {
    let raw = format.ok_or_else(|| missing("format"))?.get();
    match raw.parse::<u64>() {
        Ok(FORMAT) => Ok(()),
        Ok(newer) if newer > FORMAT => Err(corrupt(
            format!("a credential document has format `{newer}`, this version of Linkwright reads up to `{FORMAT}`"),
            Some("format"),
        )
        .with_hint("use the version of Linkwright that wrote it, or a newer one")),
        _ => Err(corrupt("`format` of a credential document is not a format's number", Some("format"))),
    }
}

fn required_text(raw: Option<&RawValue>, member: &'static str) -> Result<Zeroizing<String>> {
    text_of(raw.ok_or_else(|| missing(member))?, member)
}

fn text_of(raw: &RawValue, member: &'static str) -> Result<Zeroizing<String>> {
    unescape(raw.get()).ok_or_else(|| {
        corrupt(format!("a member of a credential document is not a text: `{member}`"), Some(member))
    })
}

/// The text a JSON string stands for; `None` if this is not a JSON string, or one with half a surrogate pair.
///
/// The result is never longer than its JSON, so the buffer made at the start never grows.
fn unescape(raw_json: &str) -> Option<Zeroizing<String>> {
    let mut rest = raw_json.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = Zeroizing::new(String::with_capacity(rest.len()));
    while let Some(backslash) = rest.find('\\') {
        text.push_str(&rest[..backslash]);
        let (character, after) = read_escape(&rest[backslash + 1..])?;
        text.push(character);
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}

/// Reads what follows a backslash: the character meant, and what stands behind the escape.
fn read_escape(text: &str) -> Option<(char, &str)> {
    let mut characters = text.chars();
    let character = match characters.next()? {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return read_unicode_escape(characters.as_str()),
        itself @ ('"' | '\\' | '/') => itself,
        _ => return None,
    };
    Some((character, characters.as_str()))
}

/// Reads what follows `\u`: four hexadecimal digits, and for a high surrogate a second `\u` with the low one.
fn read_unicode_escape(text: &str) -> Option<(char, &str)> {
    let code_unit = |text: &str| u32::from_str_radix(text.get(..4)?, 16).ok();
    let (first, rest) = (code_unit(text)?, &text[4..]);
    if !(0xD800..0xDC00).contains(&first) {
        return Some((char::from_u32(first)?, rest));
    }
    let low_half = rest.strip_prefix("\\u")?;
    let second = code_unit(low_half).filter(|unit| (0xDC00..0xE000).contains(unit))?;
    let code_point = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    Some((char::from_u32(code_point)?, &low_half[4..]))
}

fn missing(member: &'static str) -> Error {
    corrupt(format!("a credential document lacks a member: `{member}`"), Some(member))
}

fn corrupt(message: impl Into<Cow<'static, str>>, member: Option<&'static str>) -> Error {
    let error = Error::new(ErrorKind::Corrupt, DECODE, message)
        .with_hint("restore an earlier revision, or write the credential again");
    match member {
        Some(member) => error.with_context("member", format!("$.{member}")),
        None => error,
    }
}

/// Says where reading stopped, and nothing of what stood there.
fn not_an_object(cause: &serde_json::Error) -> Error {
    let place = format!("line {}, column {}", cause.line(), cause.column());
    let message = match cause.classify() {
        serde_json::error::Category::Eof => format!("a credential document ends too early, at {place}"),
        serde_json::error::Category::Data => {
            format!("a credential document is not a JSON object, seen at {place}")
        }
        _ => format!("a credential document is not JSON, seen at {place}"),
    };
    corrupt(message, None)
}
