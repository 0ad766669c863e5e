//! `cargo xtask test`: every test of the workspace, with the totals as the last line.
//!
//! Sets up first what tests in other languages need, under `target/`.

use crate::browser;
use crate::failure::{Failure, Outcome};
use crate::metadata::Metadata;
use crate::node;
use crate::python;
use crate::step::Step;
use crate::tally::Tally;

/// Runs unit, integration and documentation tests, and builds the examples; plain `cargo test --workspace` does all four.
///
/// Fails when nothing ran: a filter left in a manifest must not look like success.
///
/// A Python, a Node or a browser that cannot be set up is a failure before any test: a run without the tests that need it
/// must not look like one.
pub(crate) fn run() -> Outcome {
    let target_directory = Metadata::load()?.target_directory;
    let python = python::set_up(&target_directory)?;
    let node = node::set_up(&target_directory)?;
    let browser = browser::set_up()?;
    let mut tally = Tally::default();
    // `--no-fail-fast`: the totals are those of the whole workspace, also when an early test program fails.
    let step = Step::cargo("test", ["test", "--workspace", "--locked", "--no-fail-fast"])
        .with_variable(python::VARIABLE, python.display().to_string())
        .with_variable(node::VARIABLE, node.display().to_string())
        .with_variable(browser::VARIABLE, browser);
    let outcome = step.run_watching(|line| tally.add_line(line));
    let complaint = match outcome {
        Err(Failure::Because(message)) => Some(message),
        Err(other) => return Err(other),
        Ok(()) if tally.failed > 0 => Some(format!(
            "cargo was content, but {} tests failed: a test program without libtest reports its failures and exits with 0",
            tally.failed
        )),
        Ok(()) if tally.ran() == 0 => {
            Some(format!("no test ran\nhint: look at what is built by `{} --no-run`", step.command_line()))
        }
        Ok(()) => None,
    };
    // The complaint is printed here and not by `main`, so that the totals stay the last line.
    if let Some(message) = &complaint {
        eprintln!("error: {message}");
    }
    println!("{tally}");
    complaint.map_or(Ok(()), |_| Err(Failure::Reported))
}
