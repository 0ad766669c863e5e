//! Every relative link in a Markdown page leads to a file that others will have too.
//!
//! Does not open web addresses, and does not check the heading behind a `#`. Links inside code are samples, not links.

use super::Project;
use super::finding::Finding;
use super::tree::{folder_of, joined};

/// Folders of data: what their pages link to is part of a test case.
const DATA_FOLDERS: &[&str] = &["fixtures", "cases", "corpus", "snapshots"];

/// Where a link leads and on which line it stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// From 1.
    pub(super) line: usize,
    /// As written, without title and angle brackets.
    pub(super) target: String,
}

/// Finds links to files that do not exist.
pub(super) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in project.tree.texts(".md") {
        if path.split('/').any(|part| DATA_FOLDERS.contains(&part)) {
            continue;
        }
        for link in links(text) {
            let Some(file) = file_named(path, &link.target) else { continue };
            if !file.is_some_and(|file| project.tree.exists(&file)) {
                let what = format!("the link `{}` leads nowhere", link.target);
                let mend = "correct it, or add the file to git; links are relative to the page";
                findings.push(Finding::new(path, link.line, what, mend));
            }
        }
    }
    findings
}

/// The file a link names, seen from the root; inner `None` when it leaves the repository, outer when it is no file.
pub(super) fn file_named(page: &str, target: &str) -> Option<Option<String>> {
    let path = target.split(['#', '?']).next().unwrap_or_default();
    let has_scheme = path.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    if path.is_empty() || has_scheme || path.starts_with("//") {
        return None;
    }
    let path = path.replace("%20", " ");
    // Hosts of repositories read a leading slash as the root of the repository.
    Some(match path.strip_prefix('/') {
        Some(from_root) => joined("", from_root),
        None => joined(folder_of(page), &path),
    })
}

/// All links of a page: `[text](target)`, images, `[label]: target`, and `href`/`src` of HTML.
pub(super) fn links(page: &str) -> Vec<Link> {
    let mut found = Vec::new();
    let mut fence: Option<&str> = None;
    for (line, number) in page.lines().zip(1..) {
        let trimmed = line.trim_start();
        if let Some(opened) = fence {
            if trimmed.starts_with(opened) && trimmed.trim_end().chars().all(|c| opened.starts_with(c)) {
                fence = None;
            }
            continue;
        }
        fence = fence_opened_by(trimmed);
        if fence.is_none() {
            let prose = without_code(line);
            found.extend(targets(&prose).into_iter().map(|target| Link { line: number, target }));
        }
    }
    found
}

/// The run of backticks or tildes with which a line begins a block of code.
fn fence_opened_by(line: &str) -> Option<&str> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.chars().take_while(|c| *c == mark).count();
    // "```a` is not a fence": the rest of a backtick fence's line holds no backtick.
    let is_inline = mark == '`' && line[length..].contains('`');
    (length >= 3 && !is_inline).then(|| &line[..length])
}

/// The line with code spans blanked out. A span that is not closed on its line is text.
fn without_code(line: &str) -> String {
    let mut prose = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(start) = rest.find('`') {
        let length = rest[start..].chars().take_while(|c| *c == '`').count();
        let (ticks, after) = rest[start..].split_at(length);
        prose.push_str(&rest[..start]);
        match closing(after, length) {
            Some(end) => {
                prose.push(' ');
                rest = &after[end + length..];
            }
            None => {
                prose.push_str(ticks);
                rest = after;
            }
        }
    }
    prose.push_str(rest);
    prose
}

/// Where a run of exactly `length` backticks begins.
fn closing(text: &str, length: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find('`') {
        let start = at + found;
        let run = text[start..].chars().take_while(|c| *c == '`').count();
        if run == length {
            return Some(start);
        }
        at = start + run;
    }
    None
}

fn targets(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, opening) in line.match_indices("](") {
        let inside = &line[at + opening.len()..];
        found.extend(inline_target(inside));
    }
    for attribute in ["src=\"", "href=\""] {
        for (at, _) in line.match_indices(attribute) {
            found.extend(line[at + attribute.len()..].split('"').next().map(str::to_owned));
        }
    }
    let definition = line.trim_start().strip_prefix('[').and_then(|rest| rest.split_once("]:"));
    if let Some((label, target)) = definition {
        let is_footnote = label.starts_with('^');
        if !is_footnote && !label.contains(']') {
            found.extend(first_word(target.trim_start()));
        }
    }
    found.retain(|target| !target.is_empty());
    found
}

/// What stands between `(` and its `)`, without a title.
fn inline_target(inside: &str) -> Option<String> {
    let mut depth = 1_usize;
    let end = inside.find(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    first_word(inside[..end].trim_start())
}

/// `<a b> "title"` → `a b`; `a "title"` → `a`.
fn first_word(text: &str) -> Option<String> {
    match text.strip_prefix('<') {
        Some(rest) => rest.split_once('>').map(|(target, _)| target.to_owned()),
        None => text.split_whitespace().next().map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::made_up::MadeUp;

    #[test]
    fn links_are_read_as_markdown_readers_do() {
        let cases: &[(&str, &[&str])] = &[
            ("see [a](b.md) and [c](d/e.md#f)", &["b.md", "d/e.md#f"]),
            ("![image](a.png \"title\")", &["a.png"]),
            ("[a](<with blank.md>)", &["with blank.md"]),
            ("[a](b(c).md)", &["b(c).md"]),
            ("[![badge](a.svg)](b.md)", &["a.svg", "b.md"]),
            ("[label]: a/b.md \"title\"", &["a/b.md"]),
            ("[^1]: a footnote", &[]),
            ("`[a](b.md)` and ``[`](c.md)`` [d](e.md)", &["e.md"]),
            ("an open ` [a](b.md)", &["b.md"]),
            ("```\n[a](b.md)\n```\n[c](d.md)", &["d.md"]),
            ("~~~ sh\n```\n[a](b.md)\n~~~\n[c](d.md)", &["d.md"]),
            ("````\n```\n[a](b.md)\n````", &[]),
            ("```a` [b](c.md)", &["c.md"]),
            ("<img src=\"a.png\"> <a href=\"b.md\">", &["a.png", "b.md"]),
            ("[a] (b.md) and f(x)", &[]),
            ("[a]()", &[]),
        ];
        for (page, expected) in cases {
            let found: Vec<String> = links(page).into_iter().map(|link| link.target).collect();
            assert_eq!(&found, expected, "{page}");
        }
    }

    #[test]
    fn only_relative_links_name_files() {
        for (target, expected) in [
            ("https://example.com/a.md", None),
            ("mailto:a@example.com", None),
            ("#heading", None),
            ("//example.com/a", None),
            ("b.md#c", Some(Some("docs/b.md"))),
            ("../README.md", Some(Some("README.md"))),
            ("/crates/core", Some(Some("crates/core"))),
            ("a%20b.md", Some(Some("docs/a b.md"))),
            ("../../out.md", Some(None)),
        ] {
            let named = file_named("docs/a.md", target);
            assert_eq!(named.as_ref().map(Option::as_deref), expected, "{target}");
        }
    }

    #[test]
    fn links_that_lead_nowhere_are_found() {
        let project = MadeUp::default().project(&[
            ("README.md", "[docs](docs/)\n[gone](docs/gone.md)\n"),
            ("docs/a.md", "[up](../README.md) [out](../../x)\n"),
            ("tests/fixtures/page.md", "[product](dp/B000000000)\n"),
        ]);
        let found: Vec<String> =
            check(&project).iter().map(|f| format!("{}:{}: {}", f.path, f.line, f.what)).collect();
        assert_eq!(
            found,
            [
                "README.md:2: the link `docs/gone.md` leads nowhere",
                "docs/a.md:1: the link `../../x` leads nowhere",
            ]
        );
    }
}
