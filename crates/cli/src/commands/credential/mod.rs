//! `linkwright credential`: keeping the Creators API's credentials, and finding out whether they work.

mod add;
mod again;
mod import;
mod keep;
mod list;
mod remove;
mod show;
mod used;
mod verify;
mod version;

use std::sync::Arc;

use clap::{Args, Subcommand};
use linkwright_sdk::Profile;
use linkwright_sdk::core::{ApiVersion, CredentialName, CredentialStore, Error, ErrorKind, Stored};

use self::again::Again;
use crate::args::GlobalArgs;
use crate::exit::Outcome;
use crate::failure::{CommandResult, Failure};
use crate::output::Output;
use crate::runtime::Runtime;
use crate::settings;
use crate::stores::{self, Stores};
use crate::world::World;

/// Keep the Creators API's credentials, and check whether they work
///
/// A credential is what Amazon shows under Tools > Creators API > Add New Credential: an id, a secret and a version. It
/// is kept encrypted in a file of yours, unless `--store` or your profile names another place. A secret is never an
/// argument: it is asked for without showing it, or read from standard input or a file.
#[derive(Debug, Args)]
pub(crate) struct CredentialArgs {
    #[command(subcommand)]
    command: CredentialCommand,
}

/// What to do with credentials.
#[derive(Debug, Subcommand)]
enum CredentialCommand {
    Add(add::AddArgs),
    Import(import::ImportArgs),
    List(list::ListArgs),
    Show(show::ShowArgs),
    Verify(verify::VerifyArgs),
    Remove(remove::RemoveArgs),
    Restore(remove::RestoreArgs),
}

/// Which stores a command works with.
#[derive(Debug, Args)]
struct StoreArgs {
    /// Where credentials are kept, as file:PATH or env:PREFIX (repeat to try several in order)
    #[arg(long, value_name = "URI")]
    store: Vec<String>,
}

/// Runs the command.
pub(crate) fn run(
    args: &CredentialArgs,
    global: &GlobalArgs,
    world: &mut World,
    output: &mut Output,
) -> CommandResult<Outcome> {
    let store = match &args.command {
        CredentialCommand::Add(args) => &args.store,
        CredentialCommand::Import(args) => &args.store,
        CredentialCommand::List(args) => &args.store,
        CredentialCommand::Show(args) => &args.store,
        CredentialCommand::Verify(args) => &args.store,
        CredentialCommand::Remove(args) => &args.store,
        CredentialCommand::Restore(args) => &args.store,
    };
    let stores_something = matches!(args.command, CredentialCommand::Add(_) | CredentialCommand::Import(_));
    let mut session = Session::new(store, stores_something, global, world, output)?;
    match &args.command {
        CredentialCommand::Add(args) => add::run(args, &mut session),
        CredentialCommand::Import(args) => import::run(args, &mut session),
        CredentialCommand::List(_) => list::run(&mut session),
        CredentialCommand::Show(args) => show::run(args, &mut session),
        CredentialCommand::Verify(args) => verify::run(args, &mut session),
        CredentialCommand::Remove(args) => remove::run(args, &mut session),
        CredentialCommand::Restore(args) => remove::restore(args, &mut session),
    }
}

/// What every command about credentials works with.
struct Session<'a> {
    world: &'a mut World,
    output: &'a mut Output,
    profile: Profile,
    stores: Stores,
    runtime: Runtime,
    offline: bool,
    again: Again,
}

impl<'a> Session<'a> {
    fn new(
        args: &StoreArgs,
        stores_something: bool,
        global: &GlobalArgs,
        world: &'a mut World,
        output: &'a mut Output,
    ) -> CommandResult<Self> {
        let profile = settings::profile(global, world)?;
        let stores = if stores_something {
            stores::open_to_write(&args.store, &profile, world)?
        } else {
            stores::open(&args.store, &profile, world)?
        };
        let runtime = Runtime::new()?;
        let again = Again::new(global, &args.store);
        Ok(Self { world, output, profile, stores, runtime, offline: global.offline, again })
    }

    /// Whether a person can be asked.
    fn can_ask(&self) -> bool {
        self.world.stdin_is_terminal
    }

    /// The credential of a name, and the store that has it. As a chain looks: only what is absent goes on to the next.
    fn find(&self, name: &CredentialName) -> CommandResult<(Arc<dyn CredentialStore>, Stored)> {
        for store in &self.stores.each {
            match self.runtime.block_on(store.get(name, None)) {
                Ok(stored) => return Ok((Arc::clone(store), stored)),
                Err(error) if goes_on(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(self.not_found(name))
    }

    /// No store has the name.
    fn not_found(&self, name: &CredentialName) -> Failure {
        let message = format!("no credential of that name: `{name}`; asked: {}", self.stores.names());
        let (list, add) = (self.again.credential("list"), self.again.credential("add"));
        Failure::from(Error::new(ErrorKind::NotFound, "store.get", message))
            .with_hint(format!("list them with {list}, or add one with {add}"))
    }
}

/// Whether the next store is asked.
fn goes_on(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::Unsupported)
}

/// Reads a credential's name. For clap, whose messages name the argument.
fn credential_name(text: &str) -> Result<CredentialName, String> {
    CredentialName::try_from(text).map_err(|error| error.to_string())
}

/// Reads a version. For clap, whose messages name the flag.
fn api_version(text: &str) -> Result<ApiVersion, String> {
    text.parse().map_err(|error: linkwright_sdk::core::UnknownApiVersion| error.to_string())
}
