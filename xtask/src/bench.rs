//! `cargo xtask bench`: runs the benchmarks and says what matters about them, the ratio to a baseline.
//!
//! Nanoseconds are one machine's; a ratio measured in the same minute on the same machine can be compared.

mod criterion_ratios;
pub(crate) mod start_up;

use std::time::SystemTime;

use crate::failure::{Failure, Outcome};
use crate::metadata::Metadata;
use crate::step::Step;

/// Runs all benchmarks, `passed_on` going to criterion, and prints the ratios of what was measured.
pub(crate) fn run(passed_on: &[&str]) -> Outcome {
    let metadata = Metadata::load()?;
    let packages = packages_with_benches(&metadata);
    if packages.is_empty() {
        return Err(Failure::because(
            "no package has a benchmark\nhint: add one under `benches/` of a crate",
        ));
    }
    // `--bench '*'`: without it cargo also starts each library's unit tests, which do not know criterion's arguments.
    let mut arguments = vec!["bench", "--locked", "--bench", "*"];
    arguments.extend(packages.iter().flat_map(|package| ["-p", package]));
    arguments.push("--");
    arguments.extend(passed_on);
    let started = SystemTime::now();
    Step::cargo("bench", arguments).run()?;
    criterion_ratios::print(&metadata.target_directory.join("criterion"), started)
}

/// Runs each benchmark once without measuring, so that none is broken when someone wants to measure.
pub(crate) fn try_each_once() -> Outcome {
    let metadata = Metadata::load()?;
    if packages_with_benches(&metadata).is_empty() {
        return Ok(());
    }
    Step::cargo("benches", ["test", "--workspace", "--locked", "--bench", "*"]).run()
}

fn packages_with_benches(metadata: &Metadata) -> Vec<&str> {
    metadata.members().filter(|member| member.builds("bench")).map(|member| member.name.as_str()).collect()
}
