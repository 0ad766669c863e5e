//! One integration test program per crate: each further one links everything again.
//!
//! That no test file is left out of it is `orphan_files`' subject.

use super::Project;
use super::finding::Finding;

/// The package whose subject is tests; each of its programs has a harness or a purpose of its own.
const MAY_HAVE_MANY: &str = "linkwright-tests";

/// Finds members with more than one integration test program.
pub(super) fn check(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for member in project.metadata.members().filter(|member| member.name != MAY_HAVE_MANY) {
        let programs = member.targets.iter().filter(|target| target.is("test"));
        let programs: Vec<String> =
            programs.map(|target| project.metadata.relative(&target.source)).collect();
        if programs.len() > 1 {
            findings.push(Finding::new(
                &project.manifest(member),
                1,
                format!("{} test programs: {}", programs.len(), programs.join(", ")),
                "make them modules of tests/it/main.rs",
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::made_up::MadeUp;

    #[test]
    fn one_program_per_crate() {
        let project = MadeUp::default()
            .member("linkwright-core", "crates/core", &[])
            .target("test", "it", "crates/core/tests/it/main.rs")
            .member("linkwright-zero", "crates/zero", &[])
            .target("test", "a", "crates/zero/tests/a.rs")
            .target("test", "b", "crates/zero/tests/b.rs")
            .member("linkwright-tests", "tests", &[])
            .target("test", "a", "tests/a/main.rs")
            .target("test", "b", "tests/b/main.rs")
            .project(&[]);
        let found: Vec<String> = check(&project).iter().map(|f| format!("{}: {}", f.path, f.what)).collect();
        assert_eq!(
            found,
            ["crates/zero/Cargo.toml: 2 test programs: crates/zero/tests/a.rs, crates/zero/tests/b.rs"]
        );
    }
}
