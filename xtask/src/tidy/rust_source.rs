//! Rules about the text of Rust files: how a file begins, how long it is, how it is called, and what it may not name.
//!
//! Line-based on purpose: it sees spellings, not meanings, and an alias hides from it. Clippy and the dependency wall
//! see the rest.

mod forbidden_words;
mod permission;
pub(super) mod split;
pub(super) mod test_parts;
pub(super) mod words;

use std::collections::BTreeSet;

use self::forbidden_words::RULES;
use self::permission::{Permission, is_excused, permissions};
use self::split::split;
use self::test_parts::{module_names, test_parts};
use super::Project;
use super::finding::Finding;
use super::orphan_files::module_folder;
use super::tree::Tree;

/// Lines without tests. A longer file has more than one subject.
const LONGEST: usize = 500;

/// Folders whose files may be long and are tests as a whole.
const TEST_FOLDERS: &[&str] = &["tests", "benches", "fuzz", "examples"];

/// Names that say nothing about what is inside, so that everything ends up there.
const EMPTY_NAMES: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc"];

/// Checks every Rust file.
pub(super) fn check(project: &Project) -> Vec<Finding> {
    let only_tests = test_files(&project.tree);
    let files = project.tree.texts(".rs");
    files.flat_map(|(path, text)| check_file(path, text, only_tests.contains(path))).collect()
}

/// The files that exist only under `#[cfg(test)] mod name;`, whatever they are called.
fn test_files(tree: &Tree) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (path, text) in tree.texts(".rs") {
        for module in test_parts(&split(text).code).test_modules {
            let base = module_folder(path);
            let folder = if base.is_empty() { module } else { format!("{base}/{module}") };
            found.insert(format!("{folder}.rs"));
            found.extend(tree.under(&folder).map(str::to_owned));
        }
    }
    found
}

fn check_file(path: &str, text: &str, is_test_module: bool) -> Vec<Finding> {
    let split = split(text);
    let parts = test_parts(&split.code);
    let permissions = permissions(&split.comments, &split.code);
    let in_test_folder = path.split('/').any(|part| TEST_FOLDERS.contains(&part));
    let mut findings = Vec::new();

    findings.extend(beginning(path, text));
    findings.extend(name(path, &split.code));
    if !in_test_folder && !is_test_module {
        findings.extend(length(path, text.lines().count().saturating_sub(parts.test_lines)));
    }
    for rule in RULES {
        let ships = !in_test_folder && !is_test_module;
        let code = match rule.reach {
            forbidden_words::Reach::Comments => &split.comments,
            forbidden_words::Reach::AllCode => &split.code,
            forbidden_words::Reach::Shipped if ships => &parts.shipped,
            forbidden_words::Reach::Shipped => continue,
        };
        if !(rule.applies_to)(path) {
            continue;
        }
        for (line, word) in rule.occurrences(code) {
            if !is_excused(&permissions, rule.name, line) {
                findings.push(Finding::new(path, line, format!("`{word}`: {}", rule.what), rule.mend_line()));
            }
        }
    }
    findings.extend(permissions.iter().filter_map(|permission| misused(path, permission)));
    findings
}

/// Every file begins by saying what it is for. Only a shebang, inner attributes and blank lines may come before.
fn beginning(path: &str, text: &str) -> Option<Finding> {
    let mut rest = text.trim_start_matches('\u{feff}');
    if rest.starts_with("#!/") {
        rest = rest.split_once('\n').map_or("", |(_, after)| after);
    }
    loop {
        rest = rest.trim_start();
        if !rest.starts_with("#![") {
            break;
        }
        // The split text has no brackets within strings, and positions there are characters: count them the same way.
        let code = split(rest).code;
        let mut depth = 0_usize;
        let end = code.chars().position(|c| {
            match c {
                '[' => depth += 1,
                ']' => depth -= 1,
                _ => {}
            }
            c == ']' && depth == 0
        });
        let Some(end) = end else { break };
        rest = rest.char_indices().nth(end + 1).map_or("", |(at, _)| &rest[at..]);
    }
    let is_documented =
        rest.strip_prefix("//!").is_some_and(|doc| !doc.lines().next().unwrap_or("").trim().is_empty());
    (!is_documented).then(|| {
        Finding::new(
            path,
            1,
            "no module documentation",
            "begin with `//! ` and a sentence on what the file is for",
        )
    })
}

fn length(path: &str, lines: usize) -> Option<Finding> {
    (lines > LONGEST).then(|| {
        let what = format!("{lines} lines without tests, {LONGEST} are allowed");
        Finding::new(path, 1, what, "split it by subject")
    })
}

fn name(path: &str, code: &str) -> Vec<Finding> {
    let mend = "name it after its subject, or give its parts to the files that use them";
    let parts = path.trim_end_matches(".rs").split('/');
    let files = parts
        .filter(|part| EMPTY_NAMES.contains(part))
        .map(|part| Finding::new(path, 1, format!("`{part}` says nothing about the content"), mend));
    let modules =
        module_names(code).into_iter().filter(|module| EMPTY_NAMES.contains(&module.name)).map(|module| {
            let what = format!("module `{}` says nothing about its content", module.name);
            Finding::new(path, test_parts::line_of(code, &module), what, mend)
        });
    files.chain(modules).collect()
}

fn misused(path: &str, permission: &Permission<'_>) -> Option<Finding> {
    let rule = permission.rule;
    let (what, mend) = if !RULES.iter().any(|known| known.name == rule) {
        let known: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
        (format!("no rule is called `{rule}`"), format!("the rules are {}", known.join(", ")))
    } else if permission.reason.is_empty() {
        (format!("`tidy: allow({rule})` without a reason"), "say why, after the parenthesis".to_owned())
    } else if !permission.is_used.get() {
        (format!("`tidy: allow({rule})` excuses nothing"), "remove it".to_owned())
    } else {
        return None;
    };
    Some(Finding::new(path, permission.line, what, mend))
}

#[cfg(test)]
mod tests;
