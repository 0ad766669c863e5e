//! Percent-encoding, as far as links need it: decoding with borrowing, and encoding of one parameter value.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

/// Decodes `%XX`; invalid escapes stay as they are, invalid UTF-8 becomes U+FFFD.
#[inline]
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    // Values are short: a loop that is inlined beats a faster search that must be called.
    if !text.bytes().fold(false, |seen, byte| seen | (byte == b'%')) {
        return Cow::Borrowed(text);
    }
    decode_with(text, false)
}

/// Decodes a value of a query: `%XX`, and `+` for a space.
pub(crate) fn decode_form(text: &str) -> Cow<'_, str> {
    decode_with(text, true)
}

#[inline(never)]
fn decode_with(text: &str, plus_is_space: bool) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let first = if plus_is_space { memchr2(b'%', b'+', bytes) } else { memchr(b'%', bytes) };
    let Some(first) = first else { return Cow::Borrowed(text) };
    let mut decoded = Vec::with_capacity(bytes.len());
    decoded.extend_from_slice(&bytes[..first]);
    let mut rest = &bytes[first..];
    while let [byte, tail @ ..] = rest {
        rest = tail;
        match (byte, tail) {
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                decoded.push(hex_value(*high) << 4 | hex_value(*low));
                rest = after;
            }
            (b'+', _) if plus_is_space => decoded.push(b' '),
            _ => decoded.push(*byte),
        }
    }
    Cow::Owned(match String::from_utf8(decoded) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    })
}

fn hex_value(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        _ => digit - b'A' + 10,
    }
}

/// Appends a value of a query: unreserved characters as they are, a space as `+`, all else as `%XX`.
pub(crate) fn encode_form(text: &str, out: &mut String) {
    encode_with(text, true, out);
}

/// Appends a segment of a path: unreserved characters as they are, all else as `%XX`.
pub(crate) fn encode_segment(text: &str, out: &mut String) {
    encode_with(text, false, out);
}

/// Encodes what no link may hold and browsers encode themselves: blanks, control characters and quotes.
pub(crate) fn encode_unsafe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '`') {
            encode_segment(c.encode_utf8(&mut [0; 4]), &mut out);
        } else {
            out.push(c);
        }
    }
    out
}

fn encode_with(text: &str, space_is_plus: bool, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            b' ' if space_is_plus => out.push('+'),
            _ => {
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
}
