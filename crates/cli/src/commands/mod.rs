//! One file a command: its arguments, and what it does.

pub(crate) mod browse_nodes;
pub(crate) mod call;
pub(crate) mod completions;
pub(crate) mod credential;
pub(crate) mod emulator;
pub(crate) mod files;
pub(crate) mod init;
pub(crate) mod inspect;
pub(crate) mod items;
pub(crate) mod link;
pub(crate) mod man;
pub(crate) mod marketplaces;
pub(crate) mod profile;
pub(crate) mod search;
pub(crate) mod variations;

use crate::args::{Cli, Command};
use crate::exit::Outcome;
use crate::failure::CommandResult;
use crate::output::Output;
use crate::world::World;

/// Runs the command that was asked for.
pub(crate) fn run(cli: &Cli, world: &mut World, output: &mut Output) -> CommandResult<Outcome> {
    let global = &cli.global;
    match &cli.command {
        Command::Link(args) => link::run(args, global, world, output),
        Command::Inspect(args) => inspect::run(args, global, world, output),
        Command::Items(args) => items::run(args, global, world, output),
        Command::Search(args) => search::run(args, global, world, output),
        Command::Variations(args) => variations::run(args, global, world, output),
        Command::BrowseNodes(args) => browse_nodes::run(args, global, world, output),
        Command::Feeds(args) => files::feeds(args, global, world, output),
        Command::Reports(args) => files::reports(args, global, world, output),
        Command::Call(args) => call::run(args, global, world, output),
        Command::Marketplaces(_) => marketplaces::run(output),
        Command::Credential(args) => credential::run(args, global, world, output),
        Command::Profile(args) => profile::run(args, global, world, output),
        Command::Init(args) => init::run(args, global, world, output),
        Command::Emulator(args) => emulator::run(args, world, output),
        Command::Completions(args) => completions::run(args, output),
        Command::Man(args) => man::run(args, world, output),
    }
}
