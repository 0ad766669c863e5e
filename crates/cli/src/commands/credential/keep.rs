//! Storing a new credential: first stored, then read back, then checked. A secret that is shown once must not wait in a
//! clipboard for an answer from Amazon.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use linkwright_sdk::core::{
    CredentialName, CredentialSet, CredentialStore, Error, ErrorKind, Marketplace, PutMode, PutState,
    RegionGroup, Revision, Stored,
};
use linkwright_sdk::{CredentialVerdict, IdentityFile, Verification};
use serde::Serialize;

use super::again::quoted;
use super::verify::{self, VerificationJson};
use super::{Session, goes_on};
use crate::args::marketplace;
use crate::exit::Outcome;
use crate::failure::{CommandResult, Failure};
use crate::question::confirmed;

/// Options of the commands that store a credential.
#[derive(Debug, Clone, Args)]
pub(super) struct KeepArgs {
    /// Take the place of the credential that has the name
    #[arg(long)]
    pub(super) replace: bool,

    /// Do not ask Amazon whether it works
    #[arg(long)]
    pub(super) no_verify: bool,

    /// Shop to check it with, as us, uk, co.uk, amazon.de or de_DE
    #[arg(short, long, value_parser = marketplace, value_name = "SHOP")]
    pub(super) marketplace: Option<Marketplace>,

    /// Tag to check it with, or SHOP=TAG
    #[arg(long, value_name = "TAG")]
    pub(super) tag: Option<String>,
}

/// A credential that is stored and was read back.
pub(super) struct Kept {
    pub(super) name: CredentialName,
    store: Arc<dyn CredentialStore>,
    stored: Stored,
    new_identity: Option<PathBuf>,
    /// The revision whose place it took.
    before: Option<Revision>,
}

/// What a command that stored a credential answers with `--json`.
#[derive(Serialize)]
pub(super) struct KeptJson<'a> {
    format: u8,
    name: &'a str,
    store: String,
    revision: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaced_revision: Option<&'a str>,
    id: String,
    api_version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_identity: Option<String>,
    #[serde(flatten)]
    extra: Option<serde_json::Map<String, serde_json::Value>>,
    verification: Option<VerificationJson>,
}

/// Says that a name is taken before anybody types a secret.
pub(super) fn check_free(session: &Session<'_>, name: &CredentialName, args: &KeepArgs) -> CommandResult<()> {
    let store = session.stores.writable()?;
    if args.replace {
        return Ok(());
    }
    match session.runtime.block_on(store.get(name, None)) {
        Ok(_) => Err(taken(store.info().already_exists(name))),
        Err(error) if goes_on(&error) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Whether to take the place of what has the name, where a secret was typed already: asks rather than lose it.
pub(super) fn replaces(
    session: &mut Session<'_>,
    name: &CredentialName,
    args: &KeepArgs,
) -> CommandResult<bool> {
    match check_free(session, name, args) {
        Err(failure) if failure.kind() == ErrorKind::Conflict && session.can_ask() => {
            let text = format!("There is a credential of that name: `{name}`. Replace it?");
            if confirmed(session.world, session.output, &text)? { Ok(true) } else { Err(failure) }
        }
        free => free.map(|()| args.replace),
    }
}

fn taken(error: Error) -> Failure {
    Failure::from(error).with_hint("add `--replace` to take its place, or give another name")
}

/// The key of the store that is written to, as it was before.
struct KeyBefore {
    path: PathBuf,
    was_there: bool,
    file_was_there: bool,
}

impl KeyBefore {
    /// `None` for a store without a key in a file.
    fn of(session: &Session<'_>, store: &dyn CredentialStore) -> Option<Self> {
        let info = store.info();
        let opens_it =
            |key: &&IdentityFile| info.scheme == "file" && key.opens.display().to_string() == info.location;
        let key = session.stores.identities.iter().find(opens_it)?;
        Some(Self {
            path: key.path.clone(),
            was_there: key.path.exists(),
            file_was_there: key.opens.exists(),
        })
    }

    /// The key that its owner has to hear of, and whether it was made just now. Of a new file it always is: the key is
    /// made before the file is written, so a key that was there may be of a run that was killed between the two, and
    /// that said nothing.
    fn new_identity(self) -> Option<(PathBuf, bool)> {
        let made = !self.was_there && self.path.exists();
        (made || !self.file_was_there).then_some((self.path, made))
    }
}

/// Stores a credential and reads it back.
pub(super) fn keep(
    session: &mut Session<'_>,
    name: CredentialName,
    set: CredentialSet,
    args: &KeepArgs,
) -> CommandResult<Kept> {
    let store = Arc::clone(session.stores.writable()?);
    let key = KeyBefore::of(session, &*store);
    let revisions = args.replace && store.capabilities().revisions;
    let before = revisions.then(|| session.runtime.block_on(store.get(&name, None)).ok()).flatten();
    let mode = if args.replace { PutMode::Overwrite } else { PutMode::Create };
    let put = store.put(&name, set.clone(), mode, PutState::Current);
    session.runtime.block_on(put).map_err(|error| match error.kind() {
        ErrorKind::Conflict if !args.replace => taken(error),
        _ => error.into(),
    })?;
    let stored = session.runtime.block_on(store.get(&name, None))?;
    if stored.set != set {
        let message = format!("what was stored reads back as something else: `{name}`");
        let error = store.info().error(ErrorKind::Corrupt, "store.get", message);
        return Err(Failure::from(error).with_hint("keep the secret elsewhere, and look at the store"));
    }
    session.output.status(&format!(
        "stored `{name}` in {} and read it back: id {}, version {}",
        store.info(),
        set.masked_id(),
        set.api_version()
    ));
    let new_identity = key.and_then(KeyBefore::new_identity);
    if let Some((path, made)) = &new_identity {
        session.output.status(&format!(
            "{}: {}\nWithout this key nobody can read the credential, you included. Keep a copy of it in another place \
             than copies of the store.",
            if *made { "made the key to it" } else { "the key to it" },
            path.display()
        ));
    }
    let new_identity = new_identity.map(|(path, _)| path);
    // Who reads the name asks the stores in their order.
    for earlier in session.stores.each.iter().take_while(|earlier| !Arc::ptr_eq(earlier, &store)) {
        if session.runtime.block_on(earlier.get(&name, None)).is_ok() {
            let message = format!("`{name}` is read from another store first: {}", earlier.info());
            session.output.warning(&message);
        }
    }
    Ok(Kept { name, store, stored, new_identity, before: before.map(|before| before.revision) })
}

/// Checks a stored credential, unless nobody wants that, and ends the command: stored is what counts.
pub(super) fn finish(
    session: &mut Session<'_>,
    kept: &Kept,
    args: &KeepArgs,
    extra: Option<serde_json::Map<String, serde_json::Value>>,
) -> CommandResult<Outcome> {
    let name = &kept.name;
    session.warn_if_unused(name, kept.stored.set.api_version().region_group());
    let verify = session.again.credential(&format!("verify {name}"));
    let again = format!("check it with {verify}");
    let verification = if args.no_verify || session.offline {
        session.output.status("not checked with Amazon");
        session.output.hint(&again);
        None
    } else {
        match verify::check(session, &kept.stored, args.marketplace, args.tag.as_deref()) {
            Ok((verification, asked)) => {
                if verification.verdict.error_kind().is_none() {
                    session.output.status(&verify::sentence(&verification, &asked));
                } else {
                    // What is no judgement on the credential must not read like one.
                    let judged = !matches!(
                        verification.verdict,
                        CredentialVerdict::Throttled
                            | CredentialVerdict::NoNetwork
                            | CredentialVerdict::ServiceFailed
                    );
                    let but = if judged { "does not work" } else { "could not be checked" };
                    session.output.warning(&format!("it is stored, but {but}: {}", verification.message));
                }
                if let Some(hint) = &verification.hint {
                    session.output.hint(hint);
                }
                for hint in ways_on(&verification, kept, session) {
                    session.output.hint(&hint);
                }
                Some(VerificationJson::new(&verification, &asked))
            }
            Err(failure) => {
                session
                    .output
                    .warning(&format!("it is stored, but could not be checked: {}", failure.message()));
                failure.hints().iter().for_each(|hint| session.output.hint(hint));
                session.output.hint(&again);
                None
            }
        }
    };
    if session.output.json {
        let json = KeptJson {
            replaced_revision: kept.before.as_ref().map(Revision::as_str),
            format: 1,
            name: name.as_str(),
            store: kept.store.info().to_string(),
            revision: kept.stored.revision.as_str(),
            id: kept.stored.set.masked_id(),
            api_version: kept.stored.set.api_version().as_str(),
            new_identity: kept.new_identity.as_ref().map(|path| path.display().to_string()),
            extra,
            verification,
        };
        session.output.json_line(&json)?;
    }
    Ok(Outcome::Complete)
}

/// What to do after a check that failed.
fn ways_on(verification: &Verification, kept: &Kept, session: &Session<'_>) -> Vec<String> {
    let name = &kept.name;
    let mut hints = Vec::new();
    match verification.verdict {
        verdict if verdict.error_kind().is_none() => return hints,
        CredentialVerdict::WrongCredential => {
            let add = session.again.credential(&format!("add {name} --replace"));
            hints.push(format!("if they are not, put the right ones in its place with {add}"));
        }
        CredentialVerdict::WrongVersion => {
            let version = verification
                .likely_version
                .map_or_else(String::new, |version| format!(" --api-version {version}"));
            let of_group = RegionGroup::ALL.iter().any(|group| group.code() == name.as_str());
            let same_group = verification
                .likely_version
                .is_none_or(|version| version.region_group() == kept.stored.set.api_version().region_group());
            let add = if of_group && !same_group {
                format!("add{version}")
            } else {
                format!("add {name} --replace{version}")
            };
            hints.push(format!("give it again with {}", session.again.credential(&add)));
        }
        _ => {
            let verify = session.again.credential(&format!("verify {name}"));
            hints.push(format!("check it again with {verify}"));
        }
    }
    if let Some(before) = &kept.before {
        let restore = format!("restore {name} --revision {}", quoted(before.as_str()));
        hints.push(format!("go back to the one before with {}", session.again.credential(&restore)));
    }
    hints
}
