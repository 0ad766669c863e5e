//! Every `console` block of the documentation and of `tests/cases` is run, and must show what really happens.
//!
//! In a block, `$ ` starts a command and `> ` continues it; the lines that follow are what it prints, and `[exit 2]` its
//! exit code if that is not 0. The commands of one page run in one folder, so that later blocks build on earlier ones.

mod page;

use std::path::{Path, PathBuf};

use self::page::{Example, Page, Piece};
use crate::support::{Program, blessing, difference, repository};

/// Cargo's way of running the program, as the documentation writes it for who has not installed it.
const BY_CARGO: [&str; 2] = ["cargo run --release --quiet -- ", "cargo run --release -- "];

#[test]
fn every_case_shows_what_happens() {
    let cases = markdown_files(&repository().join("crates/cli/tests/cases"), &[]);
    assert!(cases.len() > 5, "the cases are gone");
    check_pages(&cases, |name, page| {
        assert!(
            page.title_and_sentence(),
            "{name}: begins with `# Title` and a sentence that says what it shows"
        );
        assert!(page.examples() > 0, "{name}: has no example to run");
    });
}

#[test]
fn every_page_of_the_documentation_shows_what_happens() {
    check_pages(&markdown_files(&repository().join("docs"), &["adr"]), |_, _| {});
}

#[test]
fn the_readme_shows_what_happens() {
    let readme = repository().join("README.md");
    assert!(readme.exists(), "there is no README.md yet, whose examples are to be run");
    check_pages(&[readme], |name, page| {
        assert!(page.examples() >= 5, "{name}: has {} examples to run, five are wanted", page.examples());
    });
}

/// Runs pages side by side; fails with all that is wrong in any.
#[track_caller]
#[allow(clippy::print_stdout, reason = "how much ran and how much was skipped is part of the result")]
fn check_pages(paths: &[PathBuf], check_shape: impl Fn(&str, &Page)) {
    let root = repository();
    let name = |path: &Path| path.strip_prefix(&root).unwrap_or(path).display().to_string();
    let pages: Vec<(String, &PathBuf, Page)> = paths
        .iter()
        .map(|path| (name(path), path, Page::parse(&std::fs::read_to_string(path).expect("a readable page"))))
        .collect();
    let mut wrong = String::new();
    for (name, _, page) in &pages {
        check_shape(name, page);
        for line in page.skipped_without_reason() {
            wrong.push_str(&format!("{name}:{line}: skipped without `<!-- reason -->` right above\n"));
        }
    }
    let results: Vec<String> = std::thread::scope(|scope| {
        let running: Vec<_> =
            pages.iter().map(|(name, path, page)| scope.spawn(|| run_page(name, path, page))).collect();
        running.into_iter().map(|page| page.join().expect("a page ran")).collect()
    });
    wrong.extend(results);
    let skipped: usize = pages.iter().map(|(_, _, page)| page.skipped()).sum();
    let examples: usize = pages.iter().map(|(_, _, page)| page.examples()).sum();
    println!("{examples} examples of {} pages ran, {skipped} blocks were skipped", pages.len());
    assert!(
        wrong.is_empty(),
        "{wrong}\nIf the new output is right: LINKWRIGHT_BLESS=1 cargo test -p linkwright --test it transcripts"
    );
}

/// Runs one page from its first example to its last; says what differs, or writes what happened when blessing.
fn run_page(name: &str, path: &Path, page: &Page) -> String {
    let program = Program::new();
    let mut wrong = String::new();
    let actual = page.map_examples(|example| {
        let command =
            BY_CARGO.iter().fold(example.command.clone(), |text, cargo| text.replace(cargo, "linkwright "));
        let run = program.run(&command);
        let code = run.code.unwrap_or(-1);
        let actual = Example { output: page::shown(&run.output), code, ..example.clone() };
        if actual != *example {
            let shown = difference(&example.with_code(), &actual.with_code());
            wrong.push_str(&format!("{name}:{}: $ {}\n{shown}\n", example.line, example.command));
        }
        actual
    });
    if wrong.is_empty() || !blessing() {
        return wrong;
    }
    std::fs::write(path, actual.text()).expect("the page can be written");
    String::new()
}

/// All Markdown files below a folder, in order, without some folders.
fn markdown_files(folder: &Path, without: &[&str]) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    entries.sort();
    let mut found = Vec::new();
    for path in entries {
        if path.is_dir() {
            if !without.iter().any(|name| path.ends_with(name)) {
                found.extend(markdown_files(&path, &[]));
            }
        } else if path.extension().is_some_and(|ending| ending == "md") {
            found.push(path);
        }
    }
    found
}

#[test]
fn pages_are_read_and_written_back() {
    let text = "# T\n\nS.\n\n```console\n$ a \\\n>   b\nout\n[exit 2]\n$ c\n```\n\n<!-- why -->\n```console,ignore\n$ d\n```\n";
    let page = Page::parse(text);
    assert_eq!(page.text(), text);
    let commands: Vec<&Example> = page
        .pieces()
        .iter()
        .filter_map(|piece| if let Piece::Example(example) = piece { Some(example) } else { None })
        .collect();
    assert_eq!(commands.len(), 2);
    assert_eq!((commands[0].command.as_str(), commands[0].output.as_str()), ("a \\\n  b", "out\n"));
    assert_eq!((commands[0].code, commands[1].code), (2, 0));
    assert_eq!((page.examples(), page.skipped()), (2, 1));
    assert!(page.title_and_sentence());
    assert_eq!(page.skipped_without_reason(), [0_usize; 0]);
    assert_eq!(Page::parse("```console,ignore\n```\n").skipped_without_reason(), [1]);
}
