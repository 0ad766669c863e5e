//! A number that shows whether a row is as it was written.
//!
//! SQLite notices a damaged page by its structure only; a bit that turned inside a value would be answered as the value.

/// FNV-1a with 64 bits (draft-eastlake-fnv), over each part with its length before it. Against chance, not against
/// anybody.
pub(super) fn checksum(parts: &[&[u8]]) -> i64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let mut hash = OFFSET;
    for part in parts {
        for byte in (part.len() as u64).to_le_bytes().iter().chain(*part) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(PRIME);
        }
    }
    i64::from_le_bytes(hash.to_le_bytes())
}
