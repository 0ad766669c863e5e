//! Base64, as far as HTTP Basic and the parts of a JWT need it (RFC 4648).

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Writes the URL-safe form without padding, as a JWT has it.
pub(crate) fn encode_url(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut word = 0_u32;
        for position in 0..3 {
            word = word << 8 | u32::from(chunk.get(position).copied().unwrap_or(0));
        }
        for position in 0..=chunk.len() {
            let index = (word >> (18 - 6 * position)) & 63;
            text.push(match STANDARD[index as usize] {
                b'+' => '-',
                b'/' => '_',
                plain => char::from(plain),
            });
        }
    }
    text
}

/// Reads either form, with or without padding; `None` if it is neither.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut word, mut bits) = (0_u32, 0);
    for byte in text.bytes() {
        let plain = match byte {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        };
        let value = STANDARD.iter().position(|known| *known == plain)?;
        word = word << 6 | u32::try_from(value).ok()?;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((word >> bits & 0xff) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_the_rfc() {
        for (plain, encoded) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encode_url(plain.as_bytes()), encoded);
            assert_eq!(decode(encoded).unwrap(), plain.as_bytes());
        }
        assert_eq!(decode("Zg==").unwrap(), b"f");
        assert_eq!(decode("-_-_"), decode("+/+/"));
        assert_eq!(decode("Z g"), None);
    }
}
