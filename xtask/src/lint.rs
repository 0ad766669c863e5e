//! `cargo xtask lint`: all that can be said about the tree without running it.
//!
//! Stops at the first step that fails; runs no tests.

use std::path::Path;

use crate::failure::{Failure, Outcome};
use crate::step::{Step, timed};
use crate::tidy;

/// The fuzz targets are a workspace of their own, which `--workspace` does not reach.
const FUZZ_MANIFEST: &str = "tests/fuzz/Cargo.toml";

/// Checks format, lints, documentation and invariants, in this order: the cheapest first, except that tidy comes last
/// because its findings make little sense in a tree that does not compile.
pub(crate) fn run() -> Outcome {
    Step::cargo("fmt", ["fmt", "--all", "--check"]).run()?;
    if Path::new(FUZZ_MANIFEST).exists() {
        Step::cargo("fmt-fuzz", ["fmt", "--manifest-path", FUZZ_MANIFEST, "--check"]).run()?;
    }
    Step::cargo("clippy", ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])
        .run()?;
    if Path::new(FUZZ_MANIFEST).exists() {
        // Without libFuzzer itself, which would want a C++ compiler; with the main build's folder, which has most of it.
        let target = "target";
        Step::cargo(
            "check-fuzz",
            [
                "check",
                "--manifest-path",
                FUZZ_MANIFEST,
                "--no-default-features",
                "--locked",
                "--target-dir",
                target,
            ],
        )
        .run()?;
    }
    Step::cargo("doc", ["doc", "--workspace", "--no-deps", "--document-private-items", "--locked"])
        .with_variable("RUSTDOCFLAGS", "-D warnings")
        .run()?;
    timed("tidy", "cargo xtask tidy", || {
        tidy::run().map_err(|failure| match failure {
            Failure::Reported => Failure::because(
                "step `tidy` failed, its findings are above\nhint: repeat it with `cargo xtask tidy`",
            ),
            other => other,
        })
    })
}
