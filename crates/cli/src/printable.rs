//! Text from outside on somebody's terminal: nothing in it may move the cursor, colour a line or forge one.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text with control characters, and those that turn the direction of writing, as `\u{1b}`.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let unsafe_here = |c: char| c.is_control() || turns(c);
    if !text.contains(unsafe_here) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if unsafe_here(c) {
            let _cannot_fail = write!(shown, "\\u{{{:x}}}", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// A moment in RFC 3339 without its fraction of a second, which no reader needs.
pub(crate) fn without_fraction(moment: &str) -> String {
    match moment.split_once('.') {
        Some((seconds, _)) => format!("{seconds}Z"),
        None => moment.to_owned(),
    }
}
