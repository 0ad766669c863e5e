//! `linkwright credential remove` and `restore`.

use std::convert::Infallible;
use std::sync::Arc;

use clap::Args;
use linkwright_sdk::core::{CredentialName, CredentialStore, DeleteMode, Error, ErrorKind, Revision};
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

/// Bring back a credential that was removed, or an earlier revision of one
///
/// A credential that was replaced is kept as an earlier revision, ten of them at most. `linkwright credential show NAME
/// --revisions` lists them.
#[derive(Debug, Args)]
pub(super) struct RestoreArgs {
    /// The credential
    #[arg(value_name = "NAME", value_parser = credential_name)]
    name: CredentialName,

    /// Make this revision the current one
    #[arg(long, value_name = "REVISION", value_parser = revision)]
    revision: Option<Revision>,

    #[command(flatten)]
    pub(super) store: StoreArgs,
}

/// Any text: each store has its own names for revisions. For clap.
fn revision(text: &str) -> Result<Revision, Infallible> {
    Ok(Revision::new(text))
}

#[derive(Serialize)]
struct ChangedJson<'a> {
    format: u8,
    name: &'a str,
    store: String,
    changed: bool,
}

pub(super) fn run(args: &RemoveArgs, session: &mut Session<'_>) -> CommandResult<Outcome> {
    let name = &args.name;
    let store = match session.stores.writable() {
        Ok(store) => Arc::clone(store),
        Err(failure) => return Err(from_variables(session, name).unwrap_or(failure)),
    };
    let absent = |session: &Session<'_>| matches!(session.runtime.block_on(store.get(name, None)), Err(error) if error.kind() == ErrorKind::NotFound);
    // What was removed before can still be purged; only trying tells.
    if !args.purge && absent(session) {
        return Err(nothing_to_remove(session, name));
    }
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
        return Err(nothing_to_remove(session, name));
    }
    session.output.status(&format!("removed `{name}` from {}", store.info()));
    if !args.purge {
        let restore = session.again.credential(&format!("restore {name}"));
        session.output.hint(&format!("bring it back with {restore}"));
    }
    let variables = session.variables_of(name);
    if !variables.is_empty() {
        session.output.warning_with_hints(
            &format!("environment variables still give a credential of that name: `{name}`"),
            &[format!("unset them: `unset {}`", variables.join(" "))],
        );
    }
    changed(session, name, &*store, true)
}

fn nothing_to_remove(session: &Session<'_>, name: &CredentialName) -> Failure {
    from_variables(session, name).unwrap_or_else(|| session.not_found(name))
}

/// Variables are not ours to unset.
fn from_variables(session: &Session<'_>, name: &CredentialName) -> Option<Failure> {
    let variables = session.variables_of(name);
    (!variables.is_empty()).then(|| {
        let message = format!("this credential comes from environment variables: `{name}`");
        Failure::from(Error::new(ErrorKind::Unsupported, "store.delete", message))
            .with_hint(format!("unset them: `unset {}`", variables.join(" ")))
    })
}

pub(super) fn restore(args: &RestoreArgs, session: &mut Session<'_>) -> CommandResult<Outcome> {
    let store = Arc::clone(session.stores.writable()?);
    let name = &args.name;
    if let Some(revision) = &args.revision {
        return go_back(session, name, revision, &*store);
    }
    let restored = session.runtime.block_on(store.restore(name))?;
    if restored {
        session.output.status(&format!("restored `{name}` in {}", store.info()));
    } else {
        session.output.status("nothing changed");
        if store.capabilities().revisions {
            let show = session.again.credential(&format!("show {name} --revisions"));
            session.output.hint(&format!("it is not removed; for an earlier one of it, see {show}"));
        }
    }
    changed(session, name, &*store, restored)
}

/// Makes an earlier revision the current one.
fn go_back(
    session: &mut Session<'_>,
    name: &CredentialName,
    revision: &Revision,
    store: &dyn CredentialStore,
) -> CommandResult<Outcome> {
    let failed = |error: Error| {
        let failure = Failure::from(error.clone());
        match error.kind() {
            ErrorKind::NotFound => {
                let show = session.again.credential(&format!("show {name} --revisions"));
                let restore = session.again.credential(&format!("restore {name}"));
                let hint =
                    format!("list its revisions with {show}; if it was removed, {restore} comes first");
                failure.with_hint(hint)
            }
            _ => failure,
        }
    };
    let before = session.runtime.block_on(store.get(name, None)).map_err(failed)?.revision;
    let current = session.runtime.block_on(store.promote(name, revision)).map_err(failed)?;
    if current == before {
        session.output.status("nothing changed");
    } else {
        session.output.status(&format!("`{name}` is at revision {current} in {}", store.info()));
        let verify = session.again.credential(&format!("verify {name}"));
        session.output.hint(&format!("check it with {verify}"));
    }
    changed(session, name, store, current != before)
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
