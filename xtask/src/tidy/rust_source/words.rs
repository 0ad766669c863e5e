//! Finds names in code as whole words: `print!` is not in `eprint!`, `std::env` is not in `std::environment`.
//!
//! Expects code without comments and strings, as `split` makes it.

/// Where `pattern` stands in `code` as a whole word: byte positions.
pub(crate) fn occurrences<'a>(code: &'a str, pattern: &'a str) -> impl Iterator<Item = usize> + 'a {
    let begins_with_name = pattern.starts_with(is_name_part);
    let ends_with_name = pattern.ends_with(is_name_part);
    code.match_indices(pattern).map(|(at, _)| at).filter(move |at| {
        let before = code[..*at].chars().next_back();
        let after = code[at + pattern.len()..].chars().next();
        !(begins_with_name && before.is_some_and(is_name_part)
            || ends_with_name && after.is_some_and(is_name_part))
    })
}

/// Where `code` names the module `std::module`: as a path, or as a member of `use std::{…}`.
pub(crate) fn std_module(code: &str, module: &str) -> Vec<usize> {
    let path = format!("std::{module}");
    // `std::env!` is the macro, which reads the environment of the compiler and not of the user.
    let mut found: Vec<usize> =
        occurrences(code, &path).filter(|at| !code[at + path.len()..].starts_with('!')).collect();
    for at in occurrences(code, "std::{") {
        let start = at + "std::{".len();
        let mut depth = 0_usize;
        for (offset, c) in code[start..].char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                _ => {}
            }
            let before = code[start..start + offset].trim_end();
            let begins_member = depth == 0 && (before.is_empty() || before.ends_with(','));
            let rest = &code[start + offset..];
            let is_it = rest.strip_prefix(module).is_some_and(|after| !after.starts_with(is_name_part));
            if begins_member && is_it {
                found.push(start + offset);
            }
        }
    }
    found.sort_unstable();
    found
}

/// The number of the line that holds the byte position.
pub(crate) fn line_at(text: &str, at: usize) -> usize {
    1 + text[..at].matches('\n').count()
}

/// Whether a name may hold this character.
pub(crate) fn is_name_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_are_found() {
        for (code, pattern, expected) in [
            ("print!(a)", "print!", 1),
            ("eprint!(a) print!(b)", "print!", 1),
            ("std::print!(a)", "print!", 1),
            ("MyInstant::now()", "Instant::now", 0),
            ("time::Instant::now()", "Instant::now", 1),
            ("Instant::nowhere()", "Instant::now", 0),
            ("#[ignore]", "#[ignore", 1),
            ("#[ignored]", "#[ignore", 0),
        ] {
            assert_eq!(occurrences(code, pattern).count(), expected, "{code} {pattern}");
        }
    }

    #[test]
    fn modules_of_std_are_found_in_paths_and_in_lists() {
        for (code, expected) in [
            ("std::env::var(x)", 1),
            ("use std::env;", 1),
            ("use std::{env, fs};", 1),
            ("use std::{fs,env};", 1),
            ("use std::{\n    fmt,\n    env::{self, VarError},\n};", 1),
            ("use std::{path::{env}, fs};", 0),
            ("use std::{fmt, environment};", 0),
            ("use std::environment;", 0),
            ("std::env!(x)", 0),
            ("env!(x)", 0),
            ("my_std::env", 0),
            ("use std::fmt; use crate::{env};", 0),
        ] {
            assert_eq!(std_module(code, "env").len(), expected, "{code}");
        }
    }
}
