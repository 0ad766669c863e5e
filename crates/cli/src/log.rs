//! What the program did and why, on standard error, for who asks with `-v`.

use std::sync::Mutex;

use tracing::level_filters::LevelFilter;

use crate::args::{GlobalArgs, LogFormat};
use crate::world::World;

/// Runs a command with logging as the flags say. Without `-v` nothing is set up at all.
pub(crate) fn with_log<T>(
    global: &GlobalArgs,
    world: &mut World,
    command: impl FnOnce(&mut World) -> T,
) -> T {
    let level = match global.verbose {
        0 => return command(world),
        1 => LevelFilter::INFO,
        2 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    let writer = Mutex::new(world.stderr.clone());
    let builder = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_ansi(false)
        .with_writer(writer)
        .with_target(false);
    match global.log_format {
        LogFormat::Text => {
            let subscriber = builder.without_time().finish();
            tracing::subscriber::with_default(subscriber, || command(world))
        }
        LogFormat::Json => {
            let subscriber = builder.json().flatten_event(true).finish();
            tracing::subscriber::with_default(subscriber, || command(world))
        }
    }
}
