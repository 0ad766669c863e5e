//! The files of the repository, read once: tracked ones, and new ones that are not ignored.
//!
//! What git ignores does not exist here, so a check cannot be satisfied by a file that others will not have.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path};
use std::process::Command;

use crate::failure::{Failure, Outcome};

/// The repository's files by path, seen from the root, with `/` on every platform.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    files: BTreeMap<String, File>,
}

/// One file as it is on disk now.
#[derive(Debug)]
pub(crate) struct File {
    /// In bytes.
    pub(crate) size: usize,
    /// The content, if it is text: UTF-8 without a zero byte.
    pub(crate) text: Option<String>,
}

impl Tree {
    /// Reads the repository at `root`.
    ///
    /// Without git (an unpacked archive, or a checkout that belongs to another user) every file outside `target` and
    /// hidden folders counts; said aloud, because ignored files are then looked at too.
    pub(crate) fn load(root: &Path) -> Outcome<Self> {
        let paths = match listed_by_git(root) {
            Ok(paths) => paths,
            Err(reason) => {
                eprintln!("warning: git cannot list the files, so all are checked: {reason}");
                let mut paths = Vec::new();
                walk(root, root, &mut paths)?;
                paths
            }
        };
        let mut files = BTreeMap::new();
        for path in paths {
            // Git also lists files deleted but not yet committed, and links, which may lead nowhere.
            if let Ok(bytes) = fs::read(root.join(&path)) {
                files.insert(path, File::new(bytes));
            }
        }
        Ok(Self { files })
    }

    /// A tree that exists in memory only.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let file = |text: &str| File::new(text.as_bytes().to_vec());
        Self { files: files.iter().map(|(path, text)| ((*path).to_owned(), file(text))).collect() }
    }

    /// All files, ordered by path.
    pub(crate) fn files(&self) -> &BTreeMap<String, File> {
        &self.files
    }

    /// All text files whose path ends so, with their content.
    pub(crate) fn texts<'a>(&'a self, ending: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .iter()
            .filter(move |(path, _)| path.ends_with(ending))
            .filter_map(|(path, file)| Some((path.as_str(), file.text.as_deref()?)))
    }

    /// The content of a text file.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path)?.text.as_deref()
    }

    /// Whether there is such a file, or a folder with a file in it.
    pub(crate) fn exists(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        path.is_empty() || self.files.contains_key(path) || self.under(path).next().is_some()
    }

    /// The paths of all files in a folder, however deep.
    pub(crate) fn under(&self, folder: &str) -> impl Iterator<Item = &str> {
        let prefix = format!("{}/", folder.trim_end_matches('/'));
        let from = self.files.range(prefix.clone()..);
        from.map(|(path, _)| path.as_str()).take_while(move |path| path.starts_with(&prefix))
    }

    /// The number of the first line of `path` that is so; 1 when there is none, which still names the file.
    pub(crate) fn line_where(&self, path: &str, is_so: impl Fn(&str) -> bool) -> usize {
        let lines = self.text(path).into_iter().flat_map(str::lines);
        lines.zip(1..).find(|(line, _)| is_so(line)).map_or(1, |(_, number)| number)
    }
}

impl File {
    fn new(bytes: Vec<u8>) -> Self {
        let size = bytes.len();
        let text = String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
        Self { size, text }
    }
}

/// The folder part of a path; empty at the root.
pub(crate) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// `relative` seen from `folder`, with `.` and `..` resolved; `None` when it leaves the repository.
pub(crate) fn joined(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

fn listed_by_git(root: &Path) -> Result<Vec<String>, String> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().replace('\n', "; "));
    }
    let names = String::from_utf8_lossy(&output.stdout);
    let names: Vec<String> = names.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    // An archive unpacked where another repository ignores it: git answers, with nothing.
    if !names.iter().any(|name| name == "Cargo.toml") {
        return Err("this folder is not part of the repository around it".to_owned());
    }
    Ok(names)
}

fn walk(root: &Path, folder: &Path, paths: &mut Vec<String>) -> Outcome {
    let trouble = |error| Failure::because(format!("cannot read the folder `{}`: {error}", folder.display()));
    for entry in fs::read_dir(folder).map_err(trouble)? {
        let entry = entry.map_err(trouble)?;
        let (name, path) = (entry.file_name(), entry.path());
        let is_folder = entry.file_type().map_err(trouble)?.is_dir();
        let is_hidden = name.to_string_lossy().starts_with('.');
        if is_folder && name != "target" && !is_hidden {
            walk(root, &path, paths)?;
        } else if !is_folder {
            paths.push(slashed(root, &path));
        }
    }
    Ok(())
}

fn slashed(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).components();
    let names = parts.filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    names.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_exists_when_a_file_is_in_it() {
        let tree = Tree::of(&[("docs/guide/start.md", ""), ("docs-old.md", "")]);
        for (path, expected) in [
            ("docs", true),
            ("docs/", true),
            ("docs/guide", true),
            ("docs/guide/start.md", true),
            ("", true),
            ("docs/gui", false),
            ("doc", false),
            ("docs-old", false),
        ] {
            assert_eq!(tree.exists(path), expected, "{path}");
        }
    }

    #[test]
    fn paths_are_joined_as_a_browser_would() {
        for (folder, relative, expected) in [
            ("docs", "guide/a.md", Some("docs/guide/a.md")),
            ("docs/guide", "../adr/./1.md", Some("docs/adr/1.md")),
            ("", "README.md", Some("README.md")),
            ("docs", "..", Some("")),
            ("docs", "../../else.md", None),
        ] {
            assert_eq!(joined(folder, relative).as_deref(), expected, "{folder} {relative}");
        }
    }
}
