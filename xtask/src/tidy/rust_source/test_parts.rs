//! Tells the parts of a file that only tests see from those that ship.
//!
//! Knows `#[cfg(test)]` and `#[cfg(all(test, …))]` on items, and `#![cfg(test)]` on whole files; no other spelling.

use super::words::{line_at, occurrences};

/// The code of one file, sorted.
#[derive(Debug)]
pub(crate) struct TestParts {
    /// The code with test items blanked out; line numbers stay those of the file.
    pub(crate) shipped: String,
    /// Lines that belong to test items.
    pub(crate) test_lines: usize,
    /// The names of `#[cfg(test)] mod name;`, whose files are tests as a whole.
    pub(crate) test_modules: Vec<String>,
}

/// A `mod name;` and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ModuleName<'a> {
    /// The module's name.
    pub(crate) name: &'a str,
    /// Byte position of `mod`.
    pub(crate) at: usize,
    /// Whether its content is another file.
    pub(crate) is_file: bool,
}

/// Sorts `code`, which must be free of comments and strings.
pub(crate) fn test_parts(code: &str) -> TestParts {
    if code.contains("#![cfg(test)]") {
        let shipped = code.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        return TestParts { shipped, test_lines: code.lines().count(), test_modules: Vec::new() };
    }
    let mut parts =
        TestParts { shipped: String::with_capacity(code.len()), test_lines: 0, test_modules: Vec::new() };
    let mut kept_to = 0;
    for start in test_attributes(code) {
        if start < kept_to {
            continue;
        }
        let end = end_of_item(code, start);
        let item = &code[start..end];
        parts.shipped.push_str(&code[kept_to..start]);
        parts.shipped.extend(item.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        parts.test_lines += 1 + item.matches('\n').count();
        let files = module_names(item).into_iter().filter(|module| module.is_file);
        parts.test_modules.extend(files.map(|module| module.name.to_owned()));
        kept_to = end;
    }
    parts.shipped.push_str(&code[kept_to..]);
    parts
}

/// All module declarations in `code`.
pub(crate) fn module_names(code: &str) -> Vec<ModuleName<'_>> {
    let declarations = occurrences(code, "mod").filter_map(|at| {
        let rest = code[at + "mod".len()..].strip_prefix([' ', '\n'])?.trim_start();
        let length = rest.find(|c: char| !super::words::is_name_part(c))?;
        let (name, after) = rest.split_at(length);
        let after = after.trim_start();
        let is_declaration = !name.is_empty() && after.starts_with([';', '{']);
        is_declaration.then(|| ModuleName { name, at, is_file: after.starts_with(';') })
    });
    declarations.collect()
}

fn test_attributes(code: &str) -> Vec<usize> {
    let mut starts: Vec<usize> = code
        .match_indices("#[cfg(test)]")
        .chain(code.match_indices("#[cfg(all(test,"))
        .map(|(at, _)| at)
        .collect();
    starts.sort_unstable();
    starts
}

/// The end of the item that the attribute at `start` belongs to: its closing brace, or its semicolon.
fn end_of_item(code: &str, start: usize) -> usize {
    let mut brackets = 0_usize;
    let mut braces = 0_usize;
    for (offset, c) in code[start..].char_indices() {
        let at = start + offset;
        match c {
            // `[u8; 3]` holds a semicolon that ends nothing.
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets = brackets.saturating_sub(1),
            ';' if brackets == 0 && braces == 0 => return at + 1,
            '{' => braces += 1,
            // The end of what the item stands in: a field or a variant without a comma.
            '}' if braces == 0 => return at,
            '}' => {
                braces -= 1;
                if braces == 0 && brackets == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    code.len()
}

/// The number of the line at which a module declaration stands.
pub(crate) fn line_of(code: &str, module: &ModuleName<'_>) -> usize {
    line_at(code, module.at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_items_are_blanked_out_and_the_rest_stays() {
        let cases = [
            ("a();\n#[cfg(test)]\nmod tests {\n  b();\n}\nc();", "a(); c();", 4),
            ("#[cfg(test)]\nmod tests;\nc();", "c();", 2),
            ("#[cfg(test)]\n#[allow(x)]\nfn f(a: [u8; 3]) -> u8 { if a { b } else { c } }\nd();", "d();", 3),
            ("#[cfg(test)] use a::{b, c};\nd();", "; d();", 1),
            ("#[cfg(all(test, unix))]\nmod tests { b() }\nc();", "c();", 2),
            ("#[cfg(not(test))]\nfn f() {}", "#[cfg(not(test))] fn f() {}", 0),
            ("#![cfg(test)]\nfn f() {}", "", 2),
            ("struct S { a: u8, #[cfg(test)] b: u8 }\nfn f() {}", "struct S { a: u8, } fn f() {}", 1),
        ];
        for (code, shipped, test_lines) in cases {
            let parts = test_parts(code);
            assert_eq!(parts.shipped.split_whitespace().collect::<Vec<_>>().join(" "), shipped, "{code}");
            assert_eq!(parts.shipped.lines().count(), code.lines().count(), "{code}");
            assert_eq!(parts.test_lines, test_lines, "{code}");
        }
    }

    #[test]
    fn modules_are_found_with_their_names() {
        let code = "mod a;\npub(crate) mod b {\n}\nfn mod_c() {}\nlet x = modal;\n#[cfg(test)]\nmod tests;\n";
        let found: Vec<_> = module_names(code).iter().map(|module| (module.name, module.is_file)).collect();
        assert_eq!(found, [("a", true), ("b", false), ("tests", true)]);
        assert_eq!(test_parts(code).test_modules, ["tests"]);
    }
}
