//! What a person points at: a number, a link, or words.

use linkwright_core::{Asin, AsinError, Error, ErrorKind, Isbn13, IsbnError, Result};

use crate::link::{Link, Problem};
use crate::page::Page;
use crate::read::{self, ReadError};

/// What a person points at.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target<'a> {
    /// A page in whichever shop the caller chooses.
    Page(Page<'a>),
    /// A link somebody made, with its text.
    Link {
        /// What was read from it.
        link: Box<Link<'a>>,
        /// The text as it was given.
        text: &'a str,
    },
}

impl<'a> Target<'a> {
    /// Reads an ASIN, an ISBN (10 or 13 digits, hyphens allowed) or any Amazon link.
    ///
    /// An ISBN-13 that begins with 979 has no ASIN and becomes a search. A lower-case ASIN is accepted when it begins
    /// with `b0`, as all of today's do; other ten-letter words are not numbers.
    ///
    /// # Errors
    /// Kind `RequestInvalid`, with context `reason`: one of [`ReadError::as_str`], `isbn_check_digit`, `more_than_a_link` or `words`.
    pub fn parse(text: &'a str) -> Result<Self> {
        let trimmed = text.trim();
        if let Some(page) = number(trimmed)? {
            return Ok(Self::Page(page));
        }
        match read::read(text) {
            Ok(link) if holds_more(trimmed, &link) => {
                Err(invalid(format!("more than a link: `{}`", shorten(trimmed)), "more_than_a_link")
                    .with_hint("give the link alone, one at a time"))
            }
            Ok(link) => Ok(Self::Link { link: Box::new(link), text }),
            Err(ReadError::NotAmazon) if trimmed.contains(char::is_whitespace) && trimmed.contains("://") => {
                Err(invalid(format!("more than a link: `{}`", shorten(trimmed)), "more_than_a_link")
                    .with_hint("give the link alone, one at a time"))
            }
            Err(ReadError::NotAmazon) if !looks_like_link(trimmed) => Err(invalid(
                format!("not an ASIN, an ISBN or an Amazon link: `{}`", shorten(trimmed)),
                "words",
            )),
            Err(error) => {
                Err(invalid(format!("{error}: `{}`", shorten(trimmed)), error.as_str()).with_source(error))
            }
        }
    }

    /// Words to search for, in all departments.
    pub fn words(words: &'a str) -> Self {
        Self::Page(Page::Search { words: words.trim().into(), index: None })
    }

    /// The page pointed at.
    pub fn page(&self) -> &Page<'a> {
        match self {
            Self::Page(page) => page,
            Self::Link { link, .. } => &link.page,
        }
    }
}

/// A number by itself, if it is one.
fn number(text: &str) -> Result<Option<Page<'static>>> {
    let bare = without_isbn_label(text);
    if let Ok(asin) = Asin::parse(bare) {
        let amazons_own = bare.starts_with('B') && bare.bytes().any(|byte| byte.is_ascii_digit());
        let upper = !bare.bytes().any(|byte| byte.is_ascii_lowercase());
        if asin.is_isbn() || (amazons_own && upper) || bare.starts_with("b0") || bare.starts_with("B0") {
            return Ok(Some(Page::Product(asin)));
        }
        return Ok(None);
    }
    let digits: String = bare.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let isbn_like = digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'X' | b'x'));
    if !isbn_like {
        return Ok(None);
    }
    match digits.len() {
        10 => match Asin::parse(&digits) {
            Ok(asin) => Ok(Some(Page::Product(asin))),
            Err(AsinError::CheckDigit { expected }) => Err(wrong_check_digit(bare, expected)),
            Err(_) => Ok(None),
        },
        13 => match Isbn13::parse(&digits) {
            Ok(isbn) => Ok(Some(match isbn.to_asin() {
                Some(asin) => Page::Product(asin),
                None => Page::Search { words: isbn.to_string().into(), index: None },
            })),
            Err(IsbnError::CheckDigit { expected }) => Err(wrong_check_digit(bare, expected)),
            Err(_) => Ok(None),
        },
        _ => Ok(None),
    }
}

/// The number behind `ISBN`, `ISBN:`, `ISBN-10`, `ISBN-13:`. The `10` or `13` belongs to the label only if as many digits
/// follow it: ISBNs begin with these two digits, too.
fn without_isbn_label(text: &str) -> &str {
    const SEPARATORS: [char; 3] = ['-', ':', ' '];
    let Some((_, tail)) = text.split_at_checked(4).filter(|(label, _)| label.eq_ignore_ascii_case("ISBN"))
    else {
        return text;
    };
    let number = tail.trim_start_matches(SEPARATORS);
    [("10", 10), ("13", 13)]
        .into_iter()
        .find_map(|(length, digits)| {
            let behind = number.strip_prefix(length)?.trim_start_matches(SEPARATORS);
            (behind.chars().filter(char::is_ascii_alphanumeric).count() == digits).then_some(behind)
        })
        .unwrap_or(number)
}

/// Whether something stands behind a link that no browser would take for a part of it: whoever drops it unseen may drop a
/// second link. Blanks are left to searches, whose words people paste unescaped.
fn holds_more(text: &str, link: &Link<'_>) -> bool {
    let blank = text.contains([' ', '\t']) && !matches!(link.page, Page::Search { .. });
    // An escape may hide it.
    let plain;
    let text = if link.problems.contains(Problem::Escaped) {
        plain = read::as_written(text);
        &plain
    } else {
        text
    };
    let innermost = link.unwrapped.as_deref().unwrap_or(text);
    let path = innermost.split(['?', '#']).next().unwrap_or_default();
    let behind_scheme = match path.split_once("://") {
        Some((scheme, behind)) if !scheme.contains(['.', '/']) => behind,
        _ => path,
    };
    let is_innermost = link.wrapped == 0 || link.unwrapped.is_some();
    blank || (is_innermost && behind_scheme.contains("://"))
}

fn wrong_check_digit(given: &str, expected: char) -> Error {
    let message = format!("mistyped ISBN: `{given}`; its last digit should be {expected}");
    invalid(message, "isbn_check_digit")
}

fn invalid(message: String, reason: &'static str) -> Error {
    Error::new(ErrorKind::RequestInvalid, "target.read", message).with_context("reason", reason)
}

fn looks_like_link(text: &str) -> bool {
    text.contains("://") || (text.contains('.') && text.contains('/') && !text.contains(' '))
}

/// Long texts are cut in messages, at a character's boundary.
fn shorten(text: &str) -> String {
    const LONGEST: usize = 120;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
