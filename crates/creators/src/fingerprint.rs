//! Short names for what must not be written out.

use std::fmt::Write;

use linkwright_core::Stored;
use ring::digest::{Context, SHA256};

/// A short identity of a credential's id, version and revision: the same for the same three, and no secret.
///
/// For what is remembered about a credential, so that a new revision of it is not judged by what the former one met.
pub fn fingerprint(stored: &Stored) -> String {
    hash(&[stored.set.id(), stored.set.api_version().as_str(), stored.revision.as_str()])
}

/// The first 16 bytes of a SHA-256 over the parts, in hexadecimal. Each part is led by its length, so that no two lists give one
/// text.
pub(crate) fn hash(parts: &[&str]) -> String {
    let mut digest = Context::new(&SHA256);
    for part in parts {
        digest.update(&(part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    digest.finish().as_ref()[..16].iter().fold(String::new(), |mut text, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
