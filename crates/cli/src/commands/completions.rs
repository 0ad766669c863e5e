//! `linkwright completions`: a completion script for a shell.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::args::Cli;
use crate::exit::Outcome;
use crate::failure::CommandResult;
use crate::output::Output;

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

const AFTER_HELP: &str = "\
Examples:
  linkwright completions bash > ~/.local/share/bash-completion/completions/linkwright
  linkwright completions fish > ~/.config/fish/completions/linkwright.fish";

/// Runs the command.
pub(crate) fn run(args: &CompletionsArgs, output: &mut Output) -> CommandResult<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "linkwright", &mut script);
    output.part(&script)?;
    Ok(Outcome::Complete)
}
