//! Comparing short names in any case without allocating.

/// A short ASCII text in lower case, on the stack; `N` is the longest that any table it is compared with holds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LowerCase<const N: usize> {
    bytes: [u8; N],
    length: usize,
}

impl<const N: usize> LowerCase<N> {
    /// The text in lower case; empty if it is longer than `N`, and so equal to no name.
    #[inline]
    pub(crate) fn of(text: &str) -> Self {
        let mut lower = Self { bytes: [0; N], length: 0 };
        if let Some(room) = lower.bytes.get_mut(..text.len()) {
            room.copy_from_slice(text.as_bytes());
            lower.bytes.make_ascii_lowercase();
            lower.length = text.len();
        }
        lower
    }

    #[inline]
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    #[inline]
    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }
}

/// A segment of a path. The longest name is `genericitemspage`.
pub(super) type Segment = LowerCase<16>;
