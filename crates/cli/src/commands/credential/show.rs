//! `linkwright credential show`.

use clap::Args;
use linkwright_sdk::core::{CredentialName, CredentialStore, RevisionState};
use serde::Serialize;

use super::again::quoted;
use super::{Session, StoreArgs, credential_name};
use crate::exit::Outcome;
use crate::failure::CommandResult;

/// Show a credential, masked
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// The credential
    #[arg(value_name = "NAME", value_parser = credential_name)]
    name: CredentialName,

    /// Show the whole id and the secret
    #[arg(long)]
    reveal: bool,

    /// List the revisions that are kept of it, the newest first
    #[arg(long, conflicts_with = "reveal")]
    revisions: bool,

    #[command(flatten)]
    pub(super) store: StoreArgs,
}

#[derive(Serialize)]
struct ShowJson<'a> {
    format: u8,
    name: &'a str,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<&'a str>,
    api_version: &'static str,
    region_group: &'static str,
    label: Option<&'a str>,
    revision: &'a str,
    changed_at: Option<String>,
    store: String,
}

#[derive(Serialize)]
struct RevisionsJson<'a> {
    format: u8,
    name: &'a str,
    store: String,
    revisions: Vec<RevisionJson>,
}

#[derive(Serialize)]
struct RevisionJson {
    revision: String,
    changed_at: Option<String>,
    state: &'static str,
}

/// What is kept of a credential, without its values.
fn revisions(
    name: &CredentialName,
    store: &dyn CredentialStore,
    session: &mut Session<'_>,
) -> CommandResult<Outcome> {
    let history = session.runtime.block_on(store.revisions(name))?;
    let revisions: Vec<RevisionJson> = history
        .into_iter()
        .map(|meta| RevisionJson {
            revision: meta.revision.to_string(),
            changed_at: meta.changed_at.map(|at| at.to_string()),
            state: match meta.state {
                RevisionState::Current => "current",
                RevisionState::Pending => "pending",
                RevisionState::Previous => "previous",
            },
        })
        .collect();
    if session.output.json {
        let json =
            RevisionsJson { format: 1, name: name.as_str(), store: store.info().to_string(), revisions };
        session.output.json_line(&json)?;
        return Ok(Outcome::Complete);
    }
    let previous = revisions.iter().find(|revision| revision.state == "previous");
    let hint = previous.map(|previous| {
        let restore = format!("restore {name} --revision {}", quoted(&previous.revision));
        format!("make an earlier one current with {}", session.again.credential(&restore))
    });
    let rows: Vec<Vec<String>> = revisions
        .into_iter()
        .map(|line| {
            vec![line.revision, line.changed_at.unwrap_or_else(|| "-".to_owned()), line.state.to_owned()]
        })
        .collect();
    for line in crate::table::lines(&rows) {
        session.output.line(&line)?;
    }
    if let Some(hint) = hint {
        session.output.hint(&hint);
    }
    Ok(Outcome::Complete)
}

pub(super) fn run(args: &ShowArgs, session: &mut Session<'_>) -> CommandResult<Outcome> {
    let (store, stored) = session.find(&args.name)?;
    if args.revisions {
        return revisions(&args.name, &*store, session);
    }
    let set = &stored.set;
    if args.reveal && session.world.stdout_is_terminal {
        session.output.warning("the secret is on your screen now, and stays in what the terminal keeps");
    }
    let json = ShowJson {
        format: 1,
        name: args.name.as_str(),
        id: if args.reveal { set.id().to_owned() } else { set.masked_id() },
        secret: args.reveal.then(|| set.secret().expose()),
        api_version: set.api_version().as_str(),
        region_group: set.api_version().region_group().code(),
        label: set.label(),
        revision: stored.revision.as_str(),
        changed_at: stored.changed_at.map(|at| at.to_string()),
        store: store.info().to_string(),
    };
    if session.output.json {
        session.output.json_line(&json)?;
        return Ok(Outcome::Complete);
    }
    let secret = json.secret.unwrap_or("(not shown; `--reveal` does)");
    let version = format!("{} ({})", json.api_version, json.region_group);
    let rows: Vec<Vec<String>> = [
        ("name", Some(json.name)),
        ("id", Some(json.id.as_str())),
        ("secret", Some(secret)),
        ("version", Some(version.as_str())),
        ("label", json.label),
        ("revision", Some(json.revision)),
        ("changed", json.changed_at.as_deref()),
        ("store", Some(json.store.as_str())),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some(vec![name.to_owned(), value?.to_owned()]))
    .collect();
    for line in crate::table::lines(&rows) {
        session.output.line(&line)?;
    }
    Ok(Outcome::Complete)
}
