//! `cargo xtask`: the chores of this workspace, so that a person and the CI run the same commands.
//!
//! This file only chooses the chore. It is not part of the product: nothing under `crates/` may depend on it.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a program for the terminal that starts other programs; the lints guard the libraries"
)]

mod bench;
mod browser;
mod codegen;
mod failure;
mod installed;
mod lint;
mod metadata;
mod node;
mod python;
mod step;
mod tally;
mod test;
mod tidy;

use std::path::Path;
use std::process::ExitCode;

use failure::{Failure, Outcome};

const HELP: &str = "\
The chores of this workspace

Usage: cargo xtask <CHORE>

Chores:
  lint              Format check, clippy, rustdoc, then tidy; stop at the first that fails
  test              Set up a Python and a Node with other people's clients under target/, and a browser, run every
                    test of the workspace and print the totals
  ci                Run lint, each benchmark once, then test
  tidy              Check the invariants that no compiler checks (docs/ARCHITECTURE.md)
  codegen           Write the generated reference in docs/reference again
  codegen --check   Fail if the generated reference is stale
  bench [-- ARGS]   Run the benchmarks, then print each as a ratio to its baseline; ARGS go to criterion
  bench start-up    Compare the start of the command line with that of an empty program
";

fn main() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = enter_workspace().and_then(|()| dispatch(&arguments));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            match &failure {
                Failure::Because(message) => eprintln!("error: {message}"),
                Failure::Usage(message) => eprint!("error: {message}\n\n{HELP}"),
                Failure::Reported => {}
            }
            failure.exit_code()
        }
    }
}

fn dispatch(arguments: &[&str]) -> Outcome {
    match arguments {
        ["lint"] => lint::run(),
        ["test"] => test::run(),
        // The tests come last, so that their totals are the last line.
        ["ci"] => lint::run().and_then(|()| bench::try_each_once()).and_then(|()| test::run()),
        ["tidy"] => tidy::run(),
        ["codegen"] => codegen::write(),
        ["codegen", "--check"] => codegen::check(),
        ["bench"] => bench::run(&[]),
        ["bench", "start-up"] => bench::start_up::run(),
        ["bench", "--", passed_on @ ..] => bench::run(passed_on),
        ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        [] => Err(Failure::Usage("no chore given".to_owned())),
        other => Err(Failure::Usage(format!("no such chore: `{}`", other.join(" ")))),
    }
}

/// Makes the root of the workspace the current folder, so that every path below is relative to it.
fn enter_workspace() -> Outcome {
    // Read when run, not with `env!`: a target folder may outlive a move of the tree.
    let manifest_folder = std::env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| {
        Failure::because("xtask does not know where the workspace is; start it as `cargo xtask <CHORE>`")
    })?;
    let root = Path::new(&manifest_folder).parent().ok_or_else(|| {
        Failure::because("CARGO_MANIFEST_DIR has no parent; start it as `cargo xtask <CHORE>`")
    })?;
    std::env::set_current_dir(root).map_err(|error| {
        Failure::because(format!("cannot enter the workspace `{}`: {error}", root.display()))
    })
}
