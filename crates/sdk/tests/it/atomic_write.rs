//! Replacing a file: whole or not at all, with its permissions, behind its links.

use std::path::Path;

use linkwright_sdk::core::ErrorKind;
use linkwright_sdk::write_atomically;

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a readable file")
}

/// The names in a folder, to see that nothing is left behind.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_file_is_made_with_its_folders_and_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a/b/file");
    write_atomically(&path, b"one").expect("written");
    assert_eq!(read(&path), "one");
    write_atomically(&path, b"").expect("replaced");
    assert_eq!(read(&path), "");
    write_atomically(&path, b"three").expect("replaced");
    assert_eq!(read(&path), "three");
    assert_eq!(names(path.parent().expect("a folder")), ["file"]);
}

#[test]
fn a_failure_names_the_file_and_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let blocked = folder.path().join("blocked");
    std::fs::write(&blocked, "a file").expect("written");
    let below = blocked.join("file");
    let error = write_atomically(&below, b"x").expect_err("a file is no folder");
    assert_eq!(error.kind(), ErrorKind::Unavailable);
    assert!(error.message().contains(&format!("`{}`", below.display())), "{error}");
    assert_eq!(error.context_value("path"), Some(below.display().to_string().as_str()));
    assert!(std::error::Error::source(&error).is_some(), "the system's own words are kept");
    // A folder in the file's place.
    let taken = folder.path().join("taken");
    std::fs::create_dir_all(taken.join("inside")).expect("a folder");
    let error = write_atomically(&taken, b"x").expect_err("a folder is there");
    assert_eq!(error.kind(), ErrorKind::Unavailable);
    assert_eq!(names(folder.path()), ["blocked", "taken"]);
    assert_eq!(read(&blocked), "a file");
}

#[cfg(unix)]
#[test]
fn permissions_are_kept_and_new_files_are_private() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("file");
    let mode = |path: &Path| std::fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    write_atomically(&path, b"one").expect("written");
    assert_eq!(mode(&path), 0o600);
    for kept in [0o644, 0o640, 0o600, 0o664] {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(kept)).expect("set");
        write_atomically(&path, b"two").expect("replaced");
        assert_eq!(mode(&path), kept, "{kept:o}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link() {
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("dotfiles")).expect("a folder");
    // To a file that is there, one that is not there yet, and by way of another link.
    std::fs::write(at("dotfiles/real"), "old").expect("written");
    symlink("dotfiles/real", at("present")).expect("a link");
    symlink("dotfiles/later", at("dangling")).expect("a link");
    symlink("present", at("twice")).expect("a link");
    symlink(at("dotfiles/absolute"), at("absolute")).expect("a link");
    for (link, real) in [
        ("present", "dotfiles/real"),
        ("dangling", "dotfiles/later"),
        ("twice", "dotfiles/real"),
        ("absolute", "dotfiles/absolute"),
    ] {
        write_atomically(&at(link), link.as_bytes()).expect("written");
        assert!(at(link).is_symlink(), "{link}");
        assert_eq!(read(&at(real)), link);
    }
    assert_eq!(names(&at("dotfiles")), ["absolute", "later", "real"]);
}
