//! `cargo xtask codegen`: the generated reference pages, written again or compared.
//!
//! The pages are made by a test of the command line's own package, which knows its arguments; here is only the switch.

use crate::failure::{Failure, Outcome};
use crate::step::Step;
use crate::tally::Tally;

/// Set by [`write()`]: the test writes the pages instead of comparing them.
const BLESS: &str = "LINKWRIGHT_BLESS";

/// Writes the reference again from the code.
pub(crate) fn write() -> Outcome {
    run(&reference_test("codegen").with_variable(BLESS, "1"))
}

/// Fails if the committed reference is not what the code gives.
pub(crate) fn check() -> Outcome {
    run(&reference_test("codegen --check").without_variable(BLESS)).inspect_err(|_| {
        eprintln!("hint: if the reference is stale, write it again with `cargo xtask codegen`");
    })
}

fn reference_test(name: &'static str) -> Step {
    Step::cargo(name, ["test", "--quiet", "-p", "linkwright", "--test", "it", "--locked", "--", "reference"])
}

/// Runs the test, and fails if the filter chose none: a renamed test must not look like a fresh reference.
fn run(step: &Step) -> Outcome {
    let mut tally = Tally::default();
    step.run_watching(|line| tally.add_line(line))?;
    if tally.ran() == 0 {
        return Err(Failure::because(
            "no test has `reference` in its name, so nothing was generated or compared\n\
             hint: the test that does it belongs into crates/cli/tests/it; see what is there with \
             `cargo test -p linkwright --test it -- --list`",
        ));
    }
    Ok(())
}
