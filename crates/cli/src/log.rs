//! What the program did and why, on standard error, for who asks with `-v`; and for who does not, what its libraries warn
//! of.
//!
//! Nothing is set up for the whole process but the way from the crates that log by `log` to those that log by `tracing`,
//! and that with `-v` only: a log belongs to one command, on the threads of its runtime.

use std::sync::Mutex;

use tracing::Dispatch;
use tracing::level_filters::LevelFilter;

use crate::args::{Cli, Command, LogFormat};
use crate::output::Warner;
use crate::warnings::Warnings;
use crate::world::World;

/// Runs a command with logging as the flags say. Where nothing can be said, nothing is set up at all: most commands are
/// done before it would be.
pub(crate) fn with_log<T>(
    cli: &Cli,
    world: &mut World,
    warner: Warner,
    command: impl FnOnce(&mut World) -> T,
) -> T {
    let level = match cli.global.verbose {
        0 => {
            // Those that ask the API, or look at stores of credentials.
            let may_warn = match cli.command {
                Command::Items(_)
                | Command::Search(_)
                | Command::Variations(_)
                | Command::BrowseNodes(_)
                | Command::Feeds(_)
                | Command::Reports(_)
                | Command::Call(_)
                | Command::Credential(_) => true,
                Command::Link(_)
                | Command::Inspect(_)
                | Command::Marketplaces(_)
                | Command::Profile(_)
                | Command::Init(_)
                | Command::Emulator(_)
                | Command::Completions(_)
                | Command::Man(_) => false,
            };
            if !may_warn || cli.global.quiet {
                return command(world);
            }
            let warnings = Dispatch::new(Warnings::new(warner));
            return tracing::dispatcher::with_default(&warnings, || command(world));
        }
        1 => LevelFilter::INFO,
        2 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    // Once a process; whoever comes later finds it there.
    drop(tracing_log::LogTracer::init());
    let builder = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_ansi(false)
        .with_writer(Mutex::new(world.stderr.clone()))
        .with_target(false);
    let log = match cli.global.log_format {
        LogFormat::Text => Dispatch::new(builder.without_time().finish()),
        LogFormat::Json => Dispatch::new(builder.json().flatten_event(true).finish()),
    };
    tracing::dispatcher::with_default(&log, || command(world))
}
