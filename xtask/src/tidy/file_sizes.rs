//! No large files in git, where every clone carries them for ever.

use super::Project;
use super::finding::Finding;

/// In bytes.
const LARGEST: usize = 200 * 1024;

/// Files that may be larger, and why.
const MAY_BE_LARGE: &[(&str, &str)] = &[(
    "tests/fixtures/links/corpus.jsonl",
    "the links every reader must know: one file, so that it can be searched",
)];

/// Finds files that are too large. Lock files are as large as they have to be.
pub(super) fn check(project: &Project) -> Vec<Finding> {
    let large = project.tree.files().iter().filter(|(path, file)| {
        let is_lock = path.rsplit('/').next() == Some("Cargo.lock");
        file.size > LARGEST && !is_lock && !MAY_BE_LARGE.iter().any(|(known, _)| known == path)
    });
    large
        .map(|(path, file)| {
            let what = format!("{} KB, {} KB are allowed", file.size.div_ceil(1024), LARGEST / 1024);
            Finding::new(
                path,
                1,
                what,
                "make it smaller, generate it, or list it with a reason in xtask/src/tidy/file_sizes.rs",
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::made_up::MadeUp;

    #[test]
    fn large_files_are_found_except_those_listed() {
        let (fits, large) = ("x".repeat(LARGEST), "x".repeat(LARGEST + 1));
        let project = MadeUp::default().project(&[
            ("a.txt", &fits),
            ("b.txt", &large),
            ("Cargo.lock", &large),
            ("tests/fuzz/Cargo.lock", &large),
            ("tests/fixtures/links/corpus.jsonl", &large),
        ]);
        let found: Vec<String> = check(&project).iter().map(|f| format!("{}: {}", f.path, f.what)).collect();
        assert_eq!(found, ["b.txt: 201 KB, 200 KB are allowed"]);
    }
}
