//! `linkwright man`: man pages, made from the same definitions as `--help`.

use std::path::PathBuf;

use clap::{Args, CommandFactory as _};
use linkwright_sdk::core::{Error, ErrorKind};

use crate::args::Cli;
use crate::exit::Outcome;
use crate::failure::{CommandResult, Failure};
use crate::output::Output;
use crate::world::World;

/// Write man pages
///
/// Without `--out`, prints the page of `linkwright` itself.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct ManArgs {
    /// Folder to write a page for each command into
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

const AFTER_HELP: &str = "\
Examples:
  linkwright man | man -l -
  linkwright man --out ~/.local/share/man/man1";

/// Runs the command.
pub(crate) fn run(args: &ManArgs, world: &World, output: &mut Output) -> CommandResult<Outcome> {
    // Global options reach the subcommands only when the tree is built.
    let mut root = Cli::command();
    root.build();
    let Some(folder) = &args.out else {
        output.part(&page(root)?)?;
        return Ok(Outcome::Complete);
    };
    let folder = world.path(folder);
    let failed = |error: std::io::Error, what: &str, path: &std::path::Path| {
        let message = format!("cannot {what}: `{}`", path.display());
        Failure::from(Error::new(ErrorKind::Unavailable, "man.write", message).with_source(error))
    };
    std::fs::create_dir_all(&folder).map_err(|error| failed(error, "make the folder", &folder))?;
    for command in all_commands(root) {
        let path =
            folder.join(format!("{}.1", command.get_display_name().unwrap_or_else(|| command.get_name())));
        // Not as settings are written, which only their owner may read: these are for everybody.
        std::fs::write(&path, page(command)?).map_err(|error| failed(error, "write the man page", &path))?;
        output.line(&path.display().to_string())?;
    }
    Ok(Outcome::Complete)
}

/// The command and all below it.
fn all_commands(command: clap::Command) -> Vec<clap::Command> {
    let below: Vec<clap::Command> = command.get_subcommands().cloned().collect();
    let mut all = vec![command];
    all.extend(below.into_iter().flat_map(all_commands));
    all
}

fn page(command: clap::Command) -> CommandResult<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(|error| Failure::stream(error, "cannot write the man page"))?;
    Ok(page)
}
