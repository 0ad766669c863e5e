//! ISBN grammar: check digits, and the way from ISBN-13 to ISBN-10.
//!
//! A book's ASIN on Amazon is its ISBN-10, which is why this belongs to the words of a product link. Group and publisher
//! ranges are not checked: Amazon does not care.

use std::fmt;
use std::str::FromStr;

use crate::Asin;

/// A 13-digit ISBN with a valid check digit and one of the two book prefixes, 978 or 979.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Isbn13([u8; 13]);

impl Isbn13 {
    /// Reads 13 digits, with hyphens or spaces anywhere between them.
    ///
    /// # Errors
    /// [`IsbnError`] says whether the shape, the prefix or the check digit is wrong.
    pub fn parse(text: &str) -> Result<Self, IsbnError> {
        let mut digits = [0; 13];
        let mut length = 0;
        for byte in text.bytes().filter(|byte| !matches!(byte, b'-' | b' ')) {
            if !byte.is_ascii_digit() || length == 13 {
                return Err(IsbnError::Shape);
            }
            digits[length] = byte;
            length += 1;
        }
        if length != 13 {
            return Err(IsbnError::Shape);
        }
        if !matches!(&digits[..3], b"978" | b"979") {
            return Err(IsbnError::Prefix);
        }
        let expected = gtin_check_digit(&digits[..12]);
        if digits[12] != expected {
            return Err(IsbnError::CheckDigit { expected: char::from(expected) });
        }
        Ok(Self(digits))
    }

    /// The same book's number, from the ten characters it had before 2007, with hyphens or spaces anywhere between them.
    ///
    /// ```
    /// use linkwright_core::Isbn13;
    ///
    /// assert_eq!(Isbn13::from_isbn10("0-8044-2957-X")?.as_str(), "9780804429573");
    /// # Ok::<(), linkwright_core::IsbnError>(())
    /// ```
    ///
    /// # Errors
    /// [`IsbnError`] says whether the shape or the check digit is wrong.
    pub fn from_isbn10(text: &str) -> Result<Self, IsbnError> {
        let mut isbn10 = [0; 10];
        let mut length = 0;
        for byte in text.bytes().filter(|byte| !matches!(byte, b'-' | b' ')) {
            let is_check_digit = length == 9 && byte.eq_ignore_ascii_case(&b'X');
            if length == 10 || !(byte.is_ascii_digit() || is_check_digit) {
                return Err(IsbnError::Shape);
            }
            isbn10[length] = byte.to_ascii_uppercase();
            length += 1;
        }
        if length != 10 {
            return Err(IsbnError::Shape);
        }
        let expected = isbn10_check_digit(&isbn10);
        if isbn10[9] != expected {
            return Err(IsbnError::CheckDigit { expected: char::from(expected) });
        }
        let mut digits = *b"9780000000000";
        digits[3..12].copy_from_slice(&isbn10[..9]);
        digits[12] = gtin_check_digit(&digits[..12]);
        Ok(Self(digits))
    }

    /// The 13 digits without hyphens.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The book's ASIN. Only 978 numbers have one: 979 numbers have no ISBN-10.
    ///
    /// ```
    /// use linkwright_core::Isbn13;
    ///
    /// let isbn = Isbn13::parse("978-3-16-148410-0")?;
    /// assert_eq!(isbn.to_asin().map(|asin| asin.to_string()), Some("316148410X".to_owned()));
    /// assert_eq!(Isbn13::parse("979-10-90636-07-1")?.to_asin(), None);
    /// # Ok::<(), linkwright_core::IsbnError>(())
    /// ```
    pub fn to_asin(self) -> Option<Asin> {
        if &self.0[..3] != b"978" {
            return None;
        }
        let mut isbn10 = [0; 10];
        isbn10[..9].copy_from_slice(&self.0[3..12]);
        isbn10[9] = isbn10_check_digit(&isbn10);
        Asin::from_bytes(&isbn10)
    }
}

impl fmt::Display for Isbn13 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Isbn13 {
    type Err = IsbnError;

    fn from_str(text: &str) -> Result<Self, IsbnError> {
        Self::parse(text)
    }
}

/// Why a text is not an ISBN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IsbnError {
    /// Not the right number of digits, or something else between them.
    Shape,
    /// A 13-digit number that does not begin with 978 or 979: no book.
    Prefix,
    /// The last digit does not fit the others: a typing error.
    CheckDigit {
        /// The digit that would fit.
        expected: char,
    },
}

impl fmt::Display for IsbnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape => f.write_str("not an ISBN: expected 10 or 13 digits"),
            Self::Prefix => f.write_str("not an ISBN: 13 digits must begin with 978 or 979"),
            Self::CheckDigit { expected } => {
                write!(f, "wrong check digit: the last digit should be {expected}")
            }
        }
    }
}

impl std::error::Error for IsbnError {}

/// The check digit (`0`–`9`, `X`) of the first nine bytes of an ISBN-10, which must be ASCII digits (modulus 11).
pub const fn isbn10_check_digit(isbn10: &[u8; 10]) -> u8 {
    let mut sum = 0;
    let mut position = 0;
    while position < 9 {
        sum += (10 - position as u32) * (isbn10[position].wrapping_sub(b'0') as u32);
        position += 1;
    }
    match (11 - sum % 11) % 11 {
        10 => b'X',
        digit => b'0' + digit as u8,
    }
}

/// The check digit of a number of the world's shops (GTIN: EAN, UPC, ISBN-13) from the digits before it, all ASCII: from
/// the right, every other digit counts three times (GS1 General Specifications).
pub(crate) fn gtin_check_digit(body: &[u8]) -> u8 {
    let weights = [3, 1].into_iter().cycle();
    let sum: u32 =
        body.iter().rev().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    b'0' + u8::try_from((10 - sum % 10) % 10).unwrap_or(0)
}
