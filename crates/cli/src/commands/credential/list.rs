//! `linkwright credential list`.

use clap::Args;
use linkwright_sdk::core::{CredentialName, CredentialStoreExt as _, Error, ErrorKind};
use serde::Serialize;

use super::used::ENVIRONMENT;
use super::{Session, StoreArgs};
use crate::exit::Outcome;
use crate::failure::CommandResult;

/// List the credentials by name, without their secrets
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    pub(super) store: StoreArgs,
}

#[derive(Serialize)]
struct ListJson {
    format: u8,
    credentials: Vec<EntryJson>,
}

#[derive(Serialize)]
struct EntryJson {
    name: String,
    revision: String,
    changed_at: Option<String>,
    store: String,
    /// Why it cannot be used, where that is plain without opening a store.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
}

pub(super) fn run(session: &mut Session<'_>) -> CommandResult<Outcome> {
    let mut entries = Vec::new();
    for store in &session.stores.each {
        let info = store.info().to_string();
        let credentials = match session.runtime.block_on(store.list_all()) {
            Ok(credentials) => credentials,
            Err(error) if error.kind() == ErrorKind::Unsupported => {
                session.output.warning(&format!("a store that cannot list what it holds: `{info}`"));
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        // Variables can be set in part. What is in a store of another kind was whole when it was written.
        let names: Vec<CredentialName> = credentials.iter().map(|meta| meta.name.clone()).collect();
        let of_environment = store.info().scheme == ENVIRONMENT;
        let read = if of_environment { session.runtime.block_on(store.get_many(&names)) } else { Vec::new() };
        let states = read.iter().map(|read| read.as_ref().err().map(state)).chain(std::iter::repeat(None));
        entries.extend(credentials.into_iter().zip(states).map(|(meta, state)| EntryJson {
            name: meta.name.to_string(),
            revision: meta.revision.to_string(),
            changed_at: meta.changed_at.map(|at| at.to_string()),
            store: info.clone(),
            state,
        }));
    }
    if session.output.json {
        session.output.json_line(&ListJson { format: 1, credentials: entries })?;
        return Ok(Outcome::Complete);
    }
    if entries.is_empty() {
        session.output.status(&format!("no credentials yet in {}", session.stores.names()));
        let add = session.again.credential("add");
        session.output.hint(&format!("add one with {add}"));
    }
    let unusable = entries.iter().find(|entry| entry.state.is_some()).map(|entry| entry.name.clone());
    let rows: Vec<Vec<String>> = entries
        .into_iter()
        .map(|entry| {
            let changed = entry.changed_at.unwrap_or_else(|| "-".to_owned());
            let mut row = vec![entry.name, entry.revision, changed, entry.store];
            row.extend(entry.state.map(|state| format!("({state})")));
            row
        })
        .collect();
    for line in crate::table::lines(&rows) {
        session.output.line(&line)?;
    }
    if let Some(name) = unusable {
        let show = session.again.credential(&format!("show {name}"));
        session.output.hint(&format!("what is wrong with it: {show}"));
    }
    Ok(Outcome::Complete)
}

/// What a failure to read means for the list.
fn state(error: &Error) -> &'static str {
    match error.context_value(Error::REASON) {
        Some("incomplete") => "incomplete",
        _ => "unusable",
    }
}
