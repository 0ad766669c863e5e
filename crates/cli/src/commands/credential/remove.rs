//! `linkwright credential remove` and `restore`.

use std::sync::Arc;

use clap::Args;
use linkwright_sdk::core::{CredentialName, CredentialStore, DeleteMode, ErrorKind};
use serde::Serialize;

use super::{Session, StoreArgs, credential_name};
use crate::exit::Outcome;
use crate::failure::{CommandResult, Failure};
use crate::question::confirmed;

/// Remove a credential; `restore` brings it back, unless it was purged
///
/// Amazon still knows the credential: whoever has its secret can use it until it is deleted in Associates Central, under
/// Tools > Creators API.
#[derive(Debug, Args)]
pub(super) struct RemoveArgs {
    /// The credential
    #[arg(value_name = "NAME", value_parser = credential_name)]
    name: CredentialName,

    /// Remove it with all its revisions, for good
    #[arg(long)]
    purge: bool,

    /// Do not ask
    #[arg(short, long)]
    yes: bool,

    #[command(flatten)]
    pub(super) store: StoreArgs,
}

/// Bring back a credential that was removed
#[derive(Debug, Args)]
pub(super) struct RestoreArgs {
    /// The credential
    #[arg(value_name = "NAME", value_parser = credential_name)]
    name: CredentialName,

    #[command(flatten)]
    pub(super) store: StoreArgs,
}

#[derive(Serialize)]
struct ChangedJson<'a> {
    format: u8,
    name: &'a str,
    store: String,
    changed: bool,
}

pub(super) fn run(args: &RemoveArgs, session: &mut Session<'_>) -> CommandResult<Outcome> {
    let store = Arc::clone(session.stores.writable()?);
    let name = &args.name;
    let (mode, how) =
        if args.purge { (DeleteMode::Purge, "Remove for good") } else { (DeleteMode::Recoverable, "Remove") };
    if !args.yes {
        if !session.can_ask() {
            return Err(Failure::usage(format!("nobody to ask whether to remove: `{name}`"))
                .with_hint("add `--yes` where no terminal is"));
        }
        let sure =
            confirmed(session.world, session.output, &format!("{how} `{name}` from {}?", store.info()))?;
        if !sure {
            session.output.status("nothing changed");
            return changed(session, name, &*store, false);
        }
    }
    let deleted = session.runtime.block_on(store.delete(name, mode)).map_err(|error| match error.kind() {
        ErrorKind::Unsupported if !args.purge => {
            Failure::from(error).with_hint("this store can only remove for good: `--purge`")
        }
        _ => error.into(),
    })?;
    if !deleted {
        return Err(session.not_found(name));
    }
    session.output.status(&format!("removed `{name}` from {}", store.info()));
    if !args.purge {
        session.output.hint(&format!("bring it back with `linkwright credential restore {name}`"));
    }
    changed(session, name, &*store, true)
}

pub(super) fn restore(args: &RestoreArgs, session: &mut Session<'_>) -> CommandResult<Outcome> {
    let store = Arc::clone(session.stores.writable()?);
    let name = &args.name;
    let restored = session.runtime.block_on(store.restore(name))?;
    if restored {
        session.output.status(&format!("restored `{name}` in {}", store.info()));
    } else {
        session.output.status("nothing changed");
    }
    changed(session, name, &*store, restored)
}

fn changed(
    session: &mut Session<'_>,
    name: &CredentialName,
    store: &dyn CredentialStore,
    changed: bool,
) -> CommandResult<Outcome> {
    if session.output.json {
        let json = ChangedJson { format: 1, name: name.as_str(), store: store.info().to_string(), changed };
        session.output.json_line(&json)?;
    }
    Ok(Outcome::Complete)
}
