//! The ten characters by which Amazon knows a product.

use std::fmt;
use std::str::FromStr;

use crate::isbn::isbn10_check_digit;

/// An Amazon Standard Identification Number: `B` and nine of `[0-9A-Z]`, or an ISBN-10 with a valid check digit.
///
/// Always in upper case. Ten bytes, `Copy`, no allocation.
///
/// ```
/// use linkwright_core::Asin;
///
/// assert_eq!(Asin::parse("b08n5wrwnw")?.as_str(), "B08N5WRWNW");
/// assert_eq!(Asin::parse("080442957x")?.as_str(), "080442957X");
/// assert!(Asin::parse("HELLOWORLD").is_err());
/// # Ok::<(), linkwright_core::AsinError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Asin([u8; 10]);

/// Eight letters or digits in upper case; `None` if a byte is anything else. All eight are looked at together, because
/// every ASIN of every link that is read goes through here.
#[inline(always)]
fn upper_alphanumeric(word: u64) -> Option<u64> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    /// The high bit of every byte in `first..=last`, given that no byte has it to begin with.
    const fn in_range(word: u64, first: u8, last: u8) -> u64 {
        word.wrapping_add((0x80 - first as u64) * ONES)
            & !word.wrapping_add((0x7f - last as u64) * ONES)
            & HIGH
    }
    let letters = in_range(word | (0x20 * ONES), b'a', b'z');
    let digits = in_range(word, b'0', b'9');
    let ascii = word & HIGH == 0;
    // The bit 0x20 of a letter is its lower case.
    (ascii && letters | digits == HIGH).then_some(word & !(letters >> 2))
}

impl Asin {
    /// Reads exactly ten characters in any case. For text where an ASIN is expected, not for finding one in prose:
    /// `BASKETBALL` fits the grammar.
    ///
    /// # Errors
    /// [`AsinError`] says whether the length, a character or the check digit of an ISBN-10 is wrong.
    pub fn parse(text: &str) -> Result<Self, AsinError> {
        let bytes: &[u8; 10] = text.as_bytes().try_into().map_err(|_| AsinError::Length)?;
        Self::from_bytes(bytes).ok_or_else(|| diagnose(bytes))
    }

    /// Reads ten bytes in any case; `None` if they are no ASIN. The fast path of [`parse`](Self::parse).
    #[inline(always)]
    pub fn from_bytes(bytes: &[u8; 10]) -> Option<Self> {
        let [b0, b1, b2, b3, b4, b5, b6, b7, b8, b9] = *bytes;
        // Two words that overlap hold all ten bytes.
        let head = upper_alphanumeric(u64::from_le_bytes([b0, b1, b2, b3, b4, b5, b6, b7]))?;
        let tail = upper_alphanumeric(u64::from_le_bytes([b2, b3, b4, b5, b6, b7, b8, b9]))?;
        let mut upper = [0; 10];
        upper[..8].copy_from_slice(&head.to_le_bytes());
        // Not as one overlapping word: reading across two writes stalls the processor.
        upper[8..].copy_from_slice(&tail.to_le_bytes()[6..]);
        (b0 | 0x20 == b'b' || is_isbn10(&upper)).then_some(Self(upper))
    }

    /// The ten characters.
    #[inline]
    pub fn as_str(&self) -> &str {
        // All ten bytes are ASCII by construction, so the fallback is never taken.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The ten bytes, all ASCII.
    #[inline]
    pub const fn as_bytes(&self) -> &[u8; 10] {
        &self.0
    }

    /// Whether this is a book's ISBN-10 rather than a number of Amazon's own.
    pub const fn is_isbn(&self) -> bool {
        self.0[0] != b'B'
    }
}

#[inline(never)]
fn is_isbn10(upper: &[u8; 10]) -> bool {
    upper[..9].iter().all(u8::is_ascii_digit) && upper[9] == isbn10_check_digit(upper)
}

fn diagnose(bytes: &[u8; 10]) -> AsinError {
    let isbn_shape =
        bytes[..9].iter().all(u8::is_ascii_digit) && matches!(bytes[9], b'0'..=b'9' | b'X' | b'x');
    if isbn_shape {
        AsinError::CheckDigit { expected: char::from(isbn10_check_digit(bytes)) }
    } else {
        AsinError::Character
    }
}

impl fmt::Display for Asin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Asin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Asin({})", self.as_str())
    }
}

impl FromStr for Asin {
    type Err = AsinError;

    fn from_str(text: &str) -> Result<Self, AsinError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for Asin {
    type Error = AsinError;

    fn try_from(text: &str) -> Result<Self, AsinError> {
        Self::parse(text)
    }
}

impl serde::Serialize for Asin {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Why a text is not an ASIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsinError {
    /// Not ten characters.
    Length,
    /// Ten characters, but neither `B` with nine letters or digits nor an ISBN-10.
    Character,
    /// The shape of an ISBN-10, but its last digit does not fit the others: a typing error.
    CheckDigit {
        /// The digit that would fit.
        expected: char,
    },
}

impl fmt::Display for AsinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length => f.write_str("not an ASIN: expected ten characters"),
            Self::Character => {
                f.write_str("not an ASIN: expected `B` and nine letters or digits, or an ISBN-10")
            }
            Self::CheckDigit { expected } => {
                write!(f, "not an ISBN-10: the last digit should be {expected}")
            }
        }
    }
}

impl std::error::Error for AsinError {}
