//! A marker secret, and the search for what leaked of it.
//!
//! Tests send a sentinel through the code as if it were a credential's secret, then look for it in every log line,
//! error and output file. It is made up and worth nothing, so failure messages may be frank.

use std::fmt;

use linkwright_core::Secret;

/// A text that occurs nowhere else, and is found again in the encodings secrets leak in: as it is (also inside JSON,
/// URLs and Rust's `Debug`, which leave its core alone), base64 in any alignment, hexadecimal, percent-encoded to the
/// last byte, and as a list of byte values.
///
/// A part of 14 characters is enough, so that a truncated copy is found too.
///
/// ```
/// use linkwright_testkit::Sentinel;
///
/// let sentinel = Sentinel::new(1);
/// sentinel.assert_absent("an error", "Secret(redacted)");
/// let leak = format!("Authorization: {}", sentinel.text());
/// assert!(sentinel.find_in(leak.as_bytes()).is_some());
/// ```
#[derive(Clone)]
pub struct Sentinel {
    text: String,
    needles: Vec<Needle>,
}

/// A piece of the sentinel in one encoding.
#[derive(Clone)]
struct Needle {
    encoding: &'static str,
    bytes: Vec<u8>,
}

/// A place where (a part of) a sentinel was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leak {
    /// In which encoding it stands there.
    pub encoding: &'static str,
    /// At which byte of what was searched.
    pub at: usize,
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.encoding, self.at)
    }
}

/// Letters and digits of the core: enough to be unique, all of a kind that no escaping touches.
const CORE_LENGTH: usize = 40;

/// Needles are this long and start this far apart, so any run of `PIECE_LENGTH + PIECE_STEP - 1` characters of the core
/// holds one.
const PIECE_LENGTH: usize = 10;
const PIECE_STEP: usize = 5;

impl Sentinel {
    /// The sentinel of this number; different numbers share no piece. No randomness: a test fails today as it did
    /// yesterday.
    pub fn new(number: u64) -> Self {
        let core = core_of(number);
        let starts = (0..=CORE_LENGTH - PIECE_LENGTH).step_by(PIECE_STEP);
        let needles =
            starts.flat_map(|start| needles_of(&core.as_bytes()[start..start + PIECE_LENGTH])).collect();
        // The surroundings make a store that escapes wrongly fail on the value, not only on the search.
        Self { text: format!("Lw/\"{core}\\+é= "), needles }
    }

    /// The whole text: a core of letters and digits between characters that JSON, URLs and shells escape.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole text, as a secret.
    pub fn secret(&self) -> Secret {
        Secret::new(self.text.as_str())
    }

    /// The first place where a part of the sentinel stands, in any of the encodings.
    pub fn find_in(&self, bytes: &[u8]) -> Option<Leak> {
        let leaks = self.needles.iter().filter_map(|needle| {
            let at = position(bytes, &needle.bytes)?;
            Some(Leak { encoding: needle.encoding, at })
        });
        leaks.min_by_key(|leak| leak.at)
    }

    /// Panics if a part of the sentinel stands in `text`; `what` says what was searched.
    #[track_caller]
    pub fn assert_absent(&self, what: &str, text: impl AsRef<[u8]>) {
        if let Some(leak) = self.find_in(text.as_ref()) {
            panic!("{what} holds the sentinel secret: {leak}\n{}", String::from_utf8_lossy(text.as_ref()));
        }
    }
}

impl fmt::Debug for Sentinel {
    /// Without the text: a sentinel printed beside the searched output would be found there.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sentinel").finish_non_exhaustive()
    }
}

/// Letters and digits that follow from the number (SplitMix64, Steele, Lea and Flood 2014).
fn core_of(number: u64) -> String {
    const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut state = number;
    let next = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let index = (mixed ^ (mixed >> 31)) % 62;
        char::from(ALPHABET[index as usize])
    };
    std::iter::repeat_with(next).take(CORE_LENGTH).collect()
}

fn needles_of(piece: &[u8]) -> Vec<Needle> {
    let joined = |separator: &str, write: fn(&u8) -> String| {
        piece.iter().map(write).collect::<Vec<_>>().join(separator).into_bytes()
    };
    let mut needles = vec![
        Needle { encoding: "plain", bytes: piece.to_vec() },
        Needle { encoding: "hexadecimal", bytes: joined("", |byte| format!("{byte:02x}")) },
        Needle { encoding: "hexadecimal", bytes: joined("", |byte| format!("{byte:02X}")) },
        Needle { encoding: "percent-encoded", bytes: joined("%", |byte| format!("{byte:02x}")) },
        Needle { encoding: "percent-encoded", bytes: joined("%", |byte| format!("{byte:02X}")) },
        Needle { encoding: "byte values", bytes: joined(", ", u8::to_string) },
        Needle { encoding: "byte values", bytes: joined(",", u8::to_string) },
    ];
    // A piece may stand at any of three offsets in the text that was encoded, for instance behind `id:`.
    for before in 0..3 {
        needles.push(Needle { encoding: "base64", bytes: base64_inside(piece, before) });
    }
    needles
}

/// The base64 characters that depend on `piece` alone when `before` other bytes (modulo 3) stand in front of it.
///
/// The usual and the URL-safe alphabet need no telling apart: no bits of letters and digits give one of the two
/// characters in which they differ.
fn base64_inside(piece: &[u8], before: usize) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bit = |index: usize| (piece[index / 8] >> (7 - index % 8)) & 1;
    let first_whole = (before * 8).div_ceil(6) * 6 - before * 8;
    let starts = (first_whole..).step_by(6).take_while(|start| start + 6 <= piece.len() * 8);
    let sextets = starts.map(|start| (start..start + 6).fold(0, |value, index| value << 1 | bit(index)));
    sextets.map(|sextet| ALPHABET[usize::from(sextet)]).collect()
}

fn position(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
