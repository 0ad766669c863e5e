//! `linkwright credential list`.

use clap::Args;
use linkwright_sdk::core::{CredentialStoreExt as _, ErrorKind};
use serde::Serialize;

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
        entries.extend(credentials.into_iter().map(|meta| EntryJson {
            name: meta.name.to_string(),
            revision: meta.revision.to_string(),
            changed_at: meta.changed_at.map(|at| at.to_string()),
            store: info.clone(),
        }));
    }
    if session.output.json {
        session.output.json_line(&ListJson { format: 1, credentials: entries })?;
        return Ok(Outcome::Complete);
    }
    if entries.is_empty() {
        session.output.status(&format!("no credentials yet in {}", session.stores.names()));
        session.output.hint("add one with `linkwright credential add`");
    }
    let rows: Vec<Vec<String>> = entries
        .into_iter()
        .map(|entry| {
            let changed = entry.changed_at.unwrap_or_else(|| "-".to_owned());
            vec![entry.name, entry.revision, changed, entry.store]
        })
        .collect();
    for line in crate::table::lines(&rows) {
        session.output.line(&line)?;
    }
    Ok(Outcome::Complete)
}
