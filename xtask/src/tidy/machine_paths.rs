//! No file names a folder of the machine it was written on, which no reader has.

use super::Project;
use super::finding::Finding;

/// First folders of such paths. Written without their slashes, so that this file does not find itself.
const FOLDERS: &[&str] = &["work", "root", "tmp/bash_jobs"];

/// Finds absolute paths into these folders, in any text file.
pub(super) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in project.tree.texts("") {
        for (line, number) in text.lines().zip(1..) {
            if let Some(named) = machine_path(line) {
                findings.push(Finding::new(
                    path,
                    number,
                    format!("`{named}` is a path of one machine"),
                    "write it relative to the repository, or make up a neutral one such as `/srv/shop`",
                ));
            }
        }
    }
    findings
}

/// The first such path's beginning. `example.com/work/` and `./work/` are something else.
fn machine_path(line: &str) -> Option<String> {
    FOLDERS.iter().map(|folder| format!("/{folder}/")).find(|wanted| {
        line.match_indices(wanted.as_str()).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            !before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_paths_into_these_folders_are_found() {
        for (template, expected) in [
            ("@work@main", true),
            ("see `@root@x`", true),
            ("file://@work@x", true),
            ("cd @tmp@bash_jobs@1", true),
            ("example.com@work@x", false),
            ("target@work@x", false),
            (".@work@x", false),
            ("@tmp@x", false),
            ("@work", false),
            ("@workshop@x", false),
        ] {
            let line = template.replace('@', "/");
            assert_eq!(machine_path(&line).is_some(), expected, "{line}");
        }
    }
}
