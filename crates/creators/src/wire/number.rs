//! Numbers as they stand in the JSON text.
//!
//! No `f64` between the wire and the reader: `39.99` has no exact one, and prices are compared with what the shop shows.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Unexpected};
use serde_json::value::RawValue;

/// A number, exactly as it came.
///
/// Its text is that of the JSON: `39.99`, and `4990.0` where Amazon writes yen so. Trailing zeros stay; only an exponent
/// is written out, by [`to_plain`](Self::to_plain). A number in quotes is read too: the documentation gives some members
/// both ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number(Digits);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Digits {
    /// Nearly all there are. Behind the text there are zeros, so that what is equal looks equal.
    Short { length: u8, bytes: [u8; Number::SHORT] },
    /// Longer ones.
    Long(Box<str>),
}

impl Number {
    /// As many bytes as leave a number as large as a `String`.
    const SHORT: usize = 22;

    /// An exponent that would write out more digits than this is no amount, count or measure; real ones have under 20.
    const MOST_DIGITS: usize = 64;

    /// The text as it came.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            // Always the text it was made from, of which every byte is ASCII.
            Digits::Short { length, bytes } => {
                std::str::from_utf8(&bytes[..usize::from(*length)]).unwrap_or_default()
            }
            Digits::Long(text) => text,
        }
    }

    /// No number at all.
    pub(super) fn blank() -> Self {
        Self(Digits::Short { length: 0, bytes: [0; Self::SHORT] })
    }

    fn new(text: &str) -> Self {
        let mut bytes = [0; Self::SHORT];
        match (bytes.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(start), Ok(length)) => {
                start.copy_from_slice(text.as_bytes());
                Self(Digits::Short { length, bytes })
            }
            _ => Self(Digits::Long(text.into())),
        }
    }

    /// The number as a decimal text without exponent; `None` if that would have more than 64 digits.
    pub fn to_plain(&self) -> Option<String> {
        let Some((mantissa, exponent)) = self.as_str().split_once(['e', 'E']) else {
            return Some(self.as_str().to_owned());
        };
        let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        let exponent: i32 = exponent.parse().ok()?;
        // Where the point comes to stand, counted from the left of the digits.
        let point = i32::try_from(whole.len()).ok()?.checked_add(exponent)?;
        let places = usize::try_from(point.unsigned_abs()).ok()?;
        let written = if point <= 0 { places.checked_add(digits.len())? } else { places.max(digits.len()) };
        if written > Self::MOST_DIGITS {
            return None;
        }
        let (whole, fraction) = if point <= 0 {
            ("0".to_owned(), format!("{}{digits}", "0".repeat(places)))
        } else if places >= digits.len() {
            (format!("{digits}{}", "0".repeat(places - digits.len())), String::new())
        } else {
            (digits[..places].to_owned(), digits[places..].to_owned())
        };
        let whole = match whole.trim_start_matches('0') {
            "" => "0",
            whole => whole,
        };
        let point = if fraction.is_empty() { "" } else { "." };
        Some(format!("{sign}{whole}{point}{fraction}"))
    }

    /// The whole part; `None` of a negative number and of one that is too large.
    pub fn to_u64(&self) -> Option<u64> {
        // Nearly all there are.
        if let Ok(whole) = self.as_str().parse() {
            return Some(whole);
        }
        let plain = self.to_plain()?;
        plain.split('.').next()?.parse().ok()
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <&RawValue>::deserialize(deserializer)?.get();
        let found = match text.as_bytes().first() {
            Some(b'-' | b'0'..=b'9') => return Ok(Self::new(text)),
            Some(b'"') => {
                let quoted: String = serde_json::from_str(text).map_err(D::Error::custom)?;
                if is_number(&quoted) {
                    return Ok(Self::new(&quoted));
                }
                "a string"
            }
            Some(b'{') => "an object",
            Some(b'[') => "a list",
            _ => "a boolean",
        };
        Err(D::Error::invalid_type(Unexpected::Other(found), &"a number"))
    }
}

/// Whether a text is a number in JSON's grammar (RFC 8259 §6).
fn is_number(text: &str) -> bool {
    serde_json::from_str::<&RawValue>(text).is_ok_and(|raw| {
        raw.get().len() == text.len() && text.starts_with(|c: char| c == '-' || c.is_ascii_digit())
    })
}
