//! The ranges of fields, and the error that names field, value and rule.

use std::ops::RangeInclusive;

use linkwright_core::{Error, ErrorKind, Result};

use super::ApiOperation;

/// The longest text of most fields (SDK, `max_length=1000`).
pub(super) const LONG_TEXT: usize = 1000;

/// Checks the fields of one operation.
pub(super) struct Fields(pub(super) ApiOperation);

impl Fields {
    /// A text with something in it, of at most so many characters.
    pub(super) fn text(&self, field: &'static str, value: &str, longest: usize) -> Result<()> {
        let length = value.chars().count();
        if value.trim().is_empty() {
            return Err(self.wrong(field, value, "must not be blank"));
        }
        if length > longest {
            return Err(self.too_many(field, length, &format!("may have at most {longest} characters")));
        }
        Ok(())
    }

    /// A number within a range.
    pub(super) fn number<N: PartialOrd + std::fmt::Display>(
        &self,
        field: &'static str,
        value: Option<N>,
        range: RangeInclusive<N>,
    ) -> Result<()> {
        match value {
            Some(value) if !range.contains(&value) => {
                let rule = format!("must be from {} to {}", range.start(), range.end());
                Err(self.wrong(field, &value.to_string(), &rule))
            }
            _ => Ok(()),
        }
    }

    /// How many elements a list has.
    pub(super) fn count(
        &self,
        field: &'static str,
        count: usize,
        range: RangeInclusive<usize>,
    ) -> Result<()> {
        if range.contains(&count) {
            return Ok(());
        }
        let rule = format!("must have {} to {} elements", range.start(), range.end());
        Err(self.too_many(field, count, &rule))
    }

    /// The error of a field that breaks a rule.
    pub(super) fn wrong(&self, field: &'static str, value: &str, rule: &str) -> Error {
        const LONGEST: usize = 60;
        let shown: String = value.chars().take(LONGEST).collect();
        self.broken(field, rule, format!("{field} {rule}, and is: `{}`", quotable(&shown)))
    }

    /// The error of a text or list of the wrong length.
    fn too_many(&self, field: &'static str, length: usize, rule: &str) -> Error {
        self.broken(field, rule, format!("{field} {rule}, and has: `{length}`"))
    }

    fn broken(&self, field: &'static str, rule: &str, message: String) -> Error {
        Error::new(ErrorKind::RequestInvalid, self.0.error_name(), message)
            .with_origin(crate::ORIGIN)
            .with_context("field", field)
            .with_context("rule", rule)
    }
}

/// A text on one line, within backticks. Quotes stay as they are: nobody should wonder about backslashes.
pub(super) fn quotable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\'' => shown.push(c),
            '`' => shown.push('\''),
            _ => shown.extend(c.escape_debug()),
        }
    }
    shown
}
