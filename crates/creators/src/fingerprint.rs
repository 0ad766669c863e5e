//! Short names for what must not be written out.

use std::fmt::Write;

use linkwright_core::{Secret, Stored};
use ring::digest::{Context, SHA256};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};

/// Bytes of [`tag_of`]: enough that no two secrets of one credential share them, and too few to be of use as a key.
const TAG_LENGTH: usize = 8;

/// A short identity of a credential's id, version, revision and secret: the same for the same four, and no secret.
///
/// For what is remembered about a credential, so that a new one in its place is not judged by what the former one met.
/// The revision alone does not tell: that of variables stays the same when a mistyped secret is corrected.
///
/// Who has the fingerprint can test guesses of the secret against it. It is kept where the token is, which is sealed
/// with a key made from the secret and allows the same.
pub fn fingerprint(stored: &Stored) -> String {
    let set = &stored.set;
    hash(&[set.id(), set.api_version().as_str(), stored.revision.as_str(), &tag_of(set.secret())])
}

/// Tells one secret from another. The label keeps it apart from the key that seals tokens.
fn tag_of(secret: &Secret) -> String {
    struct TagLength;
    impl KeyType for TagLength {
        fn len(&self) -> usize {
            TAG_LENGTH
        }
    }
    let root = Salt::new(HKDF_SHA256, b"linkwright fingerprint v1").extract(secret.expose().as_bytes());
    let mut tag = [0; TAG_LENGTH];
    let expanded = root.expand(&[b"tag"], TagLength).and_then(|output| output.fill(&mut tag));
    // It fails for more than 255 hashes' length, and for a buffer of another length than was asked for.
    expanded.expect("8 bytes are within HKDF's limit");
    hexadecimal(&tag)
}

/// The first 16 bytes of a SHA-256 over the parts, in hexadecimal. Each part is led by its length, so that no two lists give one
/// text.
pub(crate) fn hash(parts: &[&str]) -> String {
    let mut digest = Context::new(&SHA256);
    for part in parts {
        digest.update(&(part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    hexadecimal(&digest.finish().as_ref()[..16])
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
