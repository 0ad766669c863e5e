//! What is said of an answer that cannot be read: where, what was expected and what was found, never the value.

use linkwright_core::{Error, ErrorKind};
use serde_json::error::Category;

/// Paths are made of known names and indices; this bounds a chain of ancestors.
const LONGEST_PATH: usize = 200;

pub(super) fn corrupt(what: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Corrupt, "creators.decode", format!("Amazon's answer cannot be read: {what}"))
        .with_hint(
            "if it stays so, Amazon may have changed its answers: look for a newer version of Linkwright",
        )
}

/// The error of a value that stands at `path`.
pub(super) fn data_error(error: &serde_json::Error, path: &str) -> Error {
    // The last name may be one this version does not know, and hold anything.
    let shown = |c: char| if c.is_ascii_alphanumeric() || "._-[]".contains(c) { c } else { '?' };
    let path: String = path.chars().take(LONGEST_PATH).map(shown).collect();
    let what = match error.classify() {
        Category::Data => wrong_type(&error.to_string()),
        Category::Eof => "it ends too early".to_owned(),
        // These texts hold positions, never values.
        Category::Syntax | Category::Io => format!("it is no JSON ({error})"),
    };
    if path.is_empty() {
        return corrupt(what);
    }
    corrupt(format!("{what}: `{path}`")).with_context("path", path)
}

/// From `invalid type: string "39,99", expected a number at line 1 column 7` to `expected a number, found a string`.
fn wrong_type(text: &str) -> String {
    let text = text.rsplit_once(" at line ").map_or(text, |(text, _)| text);
    let Some((found, expected)) = text.rsplit_once(", expected ") else {
        return "it holds something unexpected".to_owned();
    };
    let found = found.split_once(": ").map_or("", |(_, found)| found);
    // Before the value itself, which serde puts in quotes or backticks.
    let found = found.split(['"', '`']).next().unwrap_or_default().trim_end();
    let found = match found {
        "string" => "a string",
        "integer" | "floating point" => "a number",
        "boolean" => "a boolean",
        "map" => "an object",
        "sequence" => "a list",
        "null" => "null",
        "a string" | "an object" | "a list" | "a boolean" => found,
        _ => "something else",
    };
    let expected = if expected == "a sequence" { "a list" } else { expected };
    format!("expected {expected}, found {found}")
}
