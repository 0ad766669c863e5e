//! `linkwright emulator`: a Creators API on this machine, until it is told to stop.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use linkwright_emulator::{Host, Ready, Settings};
use linkwright_sdk::core::{ApiVersion, Error, ErrorKind};
use linkwright_sdk::write_atomically;

use crate::exit::Outcome;
use crate::failure::{CommandResult, Failure};
use crate::output::Output;
use crate::runtime::Runtime;
use crate::world::World;

/// Run a Creators API on this machine, with made-up products
///
/// Use it to build and test without access to Amazon. It prints one line of JSON when it is ready: its addresses, a credential
/// that works with them, a tag, and ASINs it knows. It serves until it is interrupted, or for as long as `--timeout` says.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct EmulatorArgs {
    /// Port of the loopback interface to listen on; 0 is any that is free
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    port: u16,

    /// Version of the credential to print: 2.1, 2.2, 2.3, 3.1, 3.2 or 3.3
    #[arg(long, value_name = "VERSION", default_value = "3.1", value_parser = api_version)]
    api_version: ApiVersion,

    /// File with items of your own, as the API answers them (.json; repeat for several)
    #[arg(long, value_name = "FILE")]
    items: Vec<PathBuf>,

    /// Calls a second before it throttles, such as 1; without it there is no limit
    #[arg(long, value_name = "RATE", value_parser = pace)]
    pace: Option<f64>,

    /// File to write the variables to that lead linkwright to it, for `. FILE` in another shell
    #[arg(long, value_name = "FILE")]
    env_file: Option<PathBuf>,

    /// Number that the made-up items follow from
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
}

const AFTER_HELP: &str = "\
Examples:
  linkwright emulator
  linkwright emulator --env-file emulator.env &
  linkwright emulator --port 8080 --api-version 3.2 --items products.json --pace 1

What can be changed while it runs stands in docs/guide/emulator.md; `curl URL/_emulator/` lists it.";

fn api_version(text: &str) -> Result<ApiVersion, String> {
    text.parse().map_err(|error: linkwright_sdk::core::UnknownApiVersion| error.to_string())
}

fn pace(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(rate) if f64::is_finite(rate) && rate > 0.0 => Ok(rate),
        _ => Err("expected a number above 0, such as 1 or 0.5".to_owned()),
    }
}

/// Runs the command.
pub(crate) fn run(args: &EmulatorArgs, world: &mut World, output: &mut Output) -> CommandResult<Outcome> {
    let mut settings = Settings::default().api_version(args.api_version).seed(args.seed);
    if let Some(pace) = args.pace {
        settings = settings.pace(pace);
    }
    for file in &args.items {
        let name = file.display().to_string();
        settings = settings.items_json(&name, &read(&world.path(file), &name)?)?;
    }
    let runtime = Runtime::new()?;
    let deadline = world.deadline;
    runtime.block_on(async {
        // Before the line is out: whoever reads it may send the signal at once.
        let interrupted = interrupted().map_err(|error| Failure::stream(error, "cannot wait for signals"))?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
        let host = Host::bind(settings, address, Arc::clone(&world.clock))
            .await
            .map_err(|error| not_listening(error, args.port))?;
        let ready = host.ready();
        if let Some(file) = &args.env_file {
            // Before the line is out, which says that all is ready.
            write_atomically(&world.path(file), exports(&ready).as_bytes())?;
        }
        output.line(&ready.line())?;
        output.flush()?;
        if world.stderr_is_terminal {
            output.status(&advice(&ready));
        }
        match deadline {
            Some(deadline) => {
                let left = deadline.saturating_sub(world.clock.monotonic());
                tokio::select! {
                    () = interrupted => {}
                    () = world.clock.sleep(left) => {}
                }
            }
            None => interrupted.await,
        }
        Ok(Outcome::Complete)
    })
}

/// Ends when the user or the system asks the program to stop.
#[cfg(unix)]
fn interrupted() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends when the user asks the program to stop.
#[cfg(not(unix))]
fn interrupted() -> std::io::Result<impl Future<Output = ()>> {
    // Where no signal can be waited for, the program is ended from outside.
    Ok(async { drop(tokio::signal::ctrl_c().await) })
}

fn read(path: &Path, name: &str) -> CommandResult<String> {
    std::fs::read_to_string(path).map_err(|error| {
        let message = format!("cannot read the items: `{name}`");
        Error::new(ErrorKind::ConfigInvalid, "emulator.items", message).with_source(error).into()
    })
}

fn not_listening(error: std::io::Error, port: u16) -> Failure {
    let message = format!("cannot listen on the port: `{port}`");
    Failure::from(Error::new(ErrorKind::Unavailable, "emulator.listen", message).with_source(error))
        .with_hint("leave `--port` out to take one that is free")
}

/// The variables that lead to it, as a shell reads them.
fn exports(ready: &Ready) -> String {
    let Ready { api, token, credential, tag, .. } = ready;
    // Nothing in these values means anything to a shell: addresses of this machine, letters, digits, `.` and `-`.
    format!(
        "export LINKWRIGHT_API_ENDPOINT={api}\n\
         export LINKWRIGHT_TOKEN_ENDPOINT={token}\n\
         export LINKWRIGHT_CREDENTIAL_ID={}\n\
         export LINKWRIGHT_CREDENTIAL_SECRET={}\n\
         export LINKWRIGHT_CREDENTIAL_VERSION={}\n\
         export LINKWRIGHT_TAG={tag}\n",
        credential.id, credential.secret, credential.version,
    )
}

/// What to type in another terminal.
fn advice(ready: &Ready) -> String {
    let asin = ready.asins.first().map_or("ASIN", String::as_str);
    let marketplace = &ready.marketplace;
    let exports: String = exports(ready).lines().map(|line| format!("  {line}\n")).collect();
    format!(
        "\nThe emulator runs. In another terminal:\n\n{exports}  \
         linkwright items {asin} --marketplace {marketplace}\n\nCtrl-C stops it."
    )
}
