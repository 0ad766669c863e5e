//! From bytes to text: byte order marks, and the UTF-16 that spreadsheets write.

use linkwright_core::Result;
use zeroize::Zeroizing;

use super::refused;

/// The text without its byte order mark. No buffer here ever grows, so no copy is left behind.
pub(super) fn decode(bytes: &[u8]) -> Result<Zeroizing<String>> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => {
            let rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            let text = std::str::from_utf8(rest).map_err(|_| not_text())?;
            if text.contains('\0') {
                return Err(not_text());
            }
            Ok(Zeroizing::new(text.to_owned()))
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Zeroizing<String>> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    if !bytes.len().is_multiple_of(2) {
        return Err(not_text());
    }
    // Two bytes of UTF-16 are at most three of UTF-8.
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() / 2 * 3));
    for character in char::decode_utf16(units) {
        text.push(character.map_err(|_| not_text())?);
    }
    if text.contains('\0') { Err(not_text()) } else { Ok(text) }
}

fn not_text() -> linkwright_core::Error {
    refused("not a text file in UTF-8 or UTF-16").with_hint("save it as CSV in UTF-8 and try again")
}
