//! A path, cut at its slashes.

use memchr::arch::all::memchr::One;

/// The segments of a path, empty ones left out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segments<'a>(pub(super) &'a str);

impl<'a> Segments<'a> {
    #[inline]
    pub(super) fn rest(self) -> &'a str {
        self.0.trim_matches('/')
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = &'a str;

    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        let mut text = self.0;
        while let Some(tail) = text.strip_prefix('/') {
            text = tail;
        }
        if text.is_empty() {
            self.0 = "";
            return None;
        }
        // Most segments are short: a search that is inlined beats a faster one that must be called.
        let end = One::new(b'/').find(text.as_bytes()).unwrap_or(text.len());
        let (segment, rest) = text.split_at(end);
        self.0 = rest;
        Some(segment)
    }
}
