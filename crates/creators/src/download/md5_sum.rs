//! The sum by which a file is known.
//!
//! MD5 keeps no attacker out. It is what the list has, and tells a damaged file from a whole one.

use std::fmt;

/// An MD5 sum.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Md5Sum(pub(super) [u8; 16]);

impl Md5Sum {
    /// 32 hexadecimal digits in any case, or base64 (RFC 4648 §4) with or without its padding. The official SDK says only
    /// that it is a string; its examples and file servers in general write one or the other.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text.len() {
            32 => hexadecimal(text.as_bytes()),
            22 => base64(text.as_bytes()),
            24 => base64(text.strip_suffix("==")?.as_bytes()),
            _ => None,
        }
        .map(Self)
    }
}

fn hexadecimal(text: &[u8]) -> Option<[u8; 16]> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut sum = [0; 16];
    for (byte, digits) in sum.iter_mut().zip(text.chunks_exact(2)) {
        *byte = digit(digits[0])? << 4 | digit(digits[1])?;
    }
    Some(sum)
}

/// 22 characters of 6 bits: 128 bits, and 4 at the end that are 0.
fn base64(text: &[u8]) -> Option<[u8; 16]> {
    let mut sum = [0; 16];
    let (mut bits, mut count, mut at) = (0_u32, 0, 0);
    for &byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            sum[at] = (bits >> count) as u8;
            bits &= (1 << count) - 1;
            at += 1;
        }
    }
    (bits == 0).then_some(sum)
}

impl fmt::Display for Md5Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Md5Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
