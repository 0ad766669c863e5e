//! The command line as a library: [`run`] takes arguments and a [`World`] and returns the exit code.
//!
//! Nothing outside this crate prints, reads the environment or decides on an exit code, and nothing in it decides what a
//! link is: it parses arguments, resolves settings, calls `linkwright-sdk`, and writes.

mod api;
mod args;
mod asking;
mod choice;
mod commands;
mod exit;
mod failure;
mod json;
mod log;
mod notices;
mod output;
mod paging;
mod pointed;
mod printable;
mod product_table;
mod progress;
mod question;
mod reference;
mod runtime;
mod settings;
mod stores;
mod table;
mod targets;
mod usage;
mod warnings;
mod world;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

use crate::args::Cli;
use crate::output::Output;
use crate::usage::Presentation;

pub use exit::INTERNAL;
pub use reference::reference_markdown;
pub use world::{SharedWriter, World};

/// Runs one command line, and says how it went by the exit code of `docs/reference/cli.md`.
pub fn run(arguments: impl IntoIterator<Item = OsString>, world: &mut World) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let parsed =
        Cli::command().try_get_matches_from(&arguments).and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return usage::answer(&error, &Presentation::of(&arguments), world),
    };
    world.deadline = cli.global.timeout.map(|timeout| world.clock.monotonic() + timeout);
    let mut output = Output::new(world, &cli.global);
    let outcome =
        log::with_log(&cli, world, output.warner(), |world| commands::run(&cli, world, &mut output));
    let outcome = outcome.and_then(|outcome| output.flush().map(|()| outcome));
    let code = match outcome {
        Ok(outcome) => outcome.code(),
        Err(failure) if failure.is_broken_pipe() => 0,
        Err(failure) => {
            // What was answered so far stays answered.
            drop(output.flush());
            output.failure(&failure);
            failure.exit_code()
        }
    };
    ExitCode::from(code)
}
