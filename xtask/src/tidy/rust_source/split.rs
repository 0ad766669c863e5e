//! Splits Rust text into code and comments, line for line, so that a rule about code is not fooled by prose.
//!
//! A lexer, not a parser: it knows comments, strings and characters, and nothing of what the code means.

/// The same text twice, each time with the other part blanked out. Line numbers stay those of the file.
#[derive(Debug)]
pub(crate) struct Split {
    /// Code. Of strings and characters only the quotes are left.
    pub(crate) code: String,
    /// Comments, with their slashes.
    pub(crate) comments: String,
}

/// What a stretch of text is, when it is not plain code.
#[derive(Clone, Copy, PartialEq)]
enum Stretch {
    Comment,
    Literal,
}

/// Splits `text`. Text that ends within a string or comment counts as such to the end.
pub(crate) fn split(text: &str) -> Split {
    let chars: Vec<char> = text.chars().collect();
    let mut split =
        Split { code: String::with_capacity(text.len()), comments: String::with_capacity(text.len()) };
    let mut at = 0;
    while at < chars.len() {
        match stretch(&chars, at) {
            Some((Stretch::Comment, end)) => {
                split.comments.extend(&chars[at..end]);
                split.code.extend(chars[at..end].iter().map(blank));
                at = end;
            }
            Some((Stretch::Literal, end)) => {
                let inside = chars[at + 1..end].iter().map(blank);
                split.comments.extend(chars[at..end].iter().map(blank));
                split.code.push('"');
                split.code.extend(inside);
                at = end;
            }
            None => {
                split.code.push(chars[at]);
                split.comments.push(blank(&chars[at]));
                at += 1;
            }
        }
    }
    split
}

fn blank(c: &char) -> char {
    if *c == '\n' { '\n' } else { ' ' }
}

/// The comment or literal that begins at `at`, and where it ends.
fn stretch(chars: &[char], at: usize) -> Option<(Stretch, usize)> {
    let next = |offset: usize| chars.get(at + offset).copied();
    let is_line_comment = next(0) == Some('/') && next(1) == Some('/');
    let is_shebang = at == 0 && next(0) == Some('#') && next(1) == Some('!') && next(2) == Some('/');
    if is_line_comment || is_shebang {
        let length = chars[at..].iter().position(|c| *c == '\n').unwrap_or(chars.len() - at);
        return Some((Stretch::Comment, at + length));
    }
    match (next(0)?, next(1)) {
        ('/', Some('*')) => Some((Stretch::Comment, end_of_block_comment(chars, at))),
        ('"', _) => Some((Stretch::Literal, end_of_string(chars, at))),
        ('\'', _) => Some((Stretch::Literal, end_of_character(chars, at)?)),
        ('r', _) if is_prefix(chars, at) => Some((Stretch::Literal, end_of_raw_string(chars, at)?)),
        _ => None,
    }
}

/// Whether the `r` at `at` may begin a raw string: alone, or as `br` or `cr`, but not as the end of a name.
fn is_prefix(chars: &[char], at: usize) -> bool {
    let before = |offset: usize| at.checked_sub(offset).and_then(|index| chars.get(index)).copied();
    let ends_name = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    match before(1) {
        Some('b' | 'c') => !ends_name(before(2)),
        other => !ends_name(other),
    }
}

/// Block comments nest in Rust.
fn end_of_block_comment(chars: &[char], at: usize) -> usize {
    let mut depth = 0_usize;
    let mut index = at;
    while index < chars.len() {
        match (chars[index], chars.get(index + 1)) {
            ('/', Some('*')) => {
                depth += 1;
                index += 2;
            }
            ('*', Some('/')) => {
                depth -= 1;
                index += 2;
                if depth == 0 {
                    return index;
                }
            }
            _ => index += 1,
        }
    }
    chars.len()
}

fn end_of_string(chars: &[char], at: usize) -> usize {
    let mut index = at + 1;
    while index < chars.len() {
        match chars[index] {
            '\\' => index += 2,
            '"' => return index + 1,
            _ => index += 1,
        }
    }
    chars.len()
}

/// `r#"…"#` with as many hashes as it began with; `None` for a raw name such as `r#type`.
fn end_of_raw_string(chars: &[char], at: usize) -> Option<usize> {
    let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
    let first = at + 1 + hashes;
    if chars.get(first) != Some(&'"') {
        return None;
    }
    let closes = |index: usize| {
        chars[index] == '"' && chars[index + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes
    };
    Some(
        (first + 1..chars.len()).find(|index| closes(*index)).map_or(chars.len(), |index| index + 1 + hashes),
    )
}

/// `'x'` and `'\u{1b}'`; `None` for a lifetime.
fn end_of_character(chars: &[char], at: usize) -> Option<usize> {
    if chars.get(at + 1) == Some(&'\\') {
        // The character after the backslash may itself be a quote.
        let close = chars.iter().skip(at + 3).position(|c| *c == '\'')?;
        return Some(at + 3 + close + 1);
    }
    (chars.get(at + 2) == Some(&'\'')).then_some(at + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A literal shows as its first quote.
    #[test]
    fn strings_and_comments_are_not_code() {
        let cases = [
            ("let a = 1; // b", "let a = 1;", "// b"),
            (r#"f("println!\"(x)"); g"#, r#"f(" ); g"#, ""),
            ("a /* b /* c */ d */ e", "a e", "/* b /* c */ d */"),
            (r#"r"a\" b"#, r#"" b"#, ""),
            (r##"br#"a "b" c"# d"##, r#"b" d"#, ""),
            ("for x in r#type {}", "for x in r#type {}", ""),
            (r#"var"x""#, r#"var""#, ""),
            ("'a' b", "\" b", ""),
            (r"'\'' // c", "\"", "// c"),
            (r"'\u{1b}' b", "\" b", ""),
            ("fn f<'a>(x: &'a str) { '\"' }", "fn f<'a>(x: &'a str) { \" }", ""),
            (r#""// no" // yes"#, "\"", "// yes"),
            ("// it's", "", "// it's"),
            ("#!/usr/bin/env x", "", "#!/usr/bin/env x"),
            ("#![allow(x)]", "#![allow(x)]", ""),
            ("\"never closed", "\"", ""),
            ("/* never closed", "", "/* never closed"),
        ];
        for (text, code, comments) in cases {
            let split = split(text);
            assert_eq!(split.code.split_whitespace().collect::<Vec<_>>().join(" "), code, "{text}");
            assert_eq!(split.comments.trim(), comments, "{text}");
        }
    }

    #[test]
    fn lines_stay_where_they_are() {
        let text = "a\n\"b\nc\"\n/* d\n*/ e // f\n'g'\n";
        let split = split(text);
        assert_eq!(split.code.lines().count(), text.lines().count());
        assert_eq!(split.comments.lines().count(), text.lines().count());
        assert_eq!(split.code.lines().nth(4).map(str::trim), Some("e"));
    }
}
