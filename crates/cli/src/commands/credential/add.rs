//! `linkwright credential add`: a credential by questions, or from standard input.

use std::io::Read as _;

use clap::Args;
use linkwright_sdk::core::{ApiVersion, CredentialName, CredentialSet, Secret};
use linkwright_sdk::import_credentials;
use zeroize::Zeroizing;

use super::keep::{KeepArgs, check_free, finish, keep, replaces};
use super::verify::shop_of_flags;
use super::version::{asked_version, known_version, name_for, named_group};
use super::{Session, StoreArgs, api_version, credential_name};
use crate::exit::Outcome;
use crate::failure::{CommandResult, Failure};
use crate::question::{question, secret_question};
use crate::world::World;

/// Add a credential
///
/// Asks for what is missing, in Amazon's order; the secret is not shown as it is typed. Where standard input is not a terminal, it holds the secret
/// alone on one line, or lines such as `id=…`, `secret=…` and `version=…`, or a JSON object with these names. The credential is
/// stored first and checked with Amazon afterwards, so that a secret that is shown once is safe.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  linkwright credential add
  linkwright credential add eu --api-version 3.2 --id amzn1.application-oa2-client.0f1e2d
  linkwright credential add < credential.txt

Without a name it is called after the shops it is for: na, eu or fe. Profiles look for these names.")]
pub(super) struct AddArgs {
    /// Name to keep it under; na, eu or fe if not given
    #[arg(value_name = "NAME", value_parser = credential_name)]
    name: Option<CredentialName>,

    /// Version, as Amazon shows it beside the id: 2.1, 2.2, 2.3, 3.1, 3.2 or 3.3
    #[arg(long, value_name = "VERSION", value_parser = api_version)]
    api_version: Option<ApiVersion>,

    /// Credential ID
    #[arg(long, value_name = "ID")]
    id: Option<String>,

    /// Words of your own for it
    #[arg(long, value_name = "TEXT")]
    label: Option<String>,

    #[command(flatten)]
    keep: KeepArgs,

    #[command(flatten)]
    pub(super) store: StoreArgs,
}

/// What standard input held.
#[derive(Default)]
struct Piped {
    id: Option<String>,
    secret: Option<Secret>,
    version: Option<ApiVersion>,
    label: Option<String>,
}

pub(super) fn run(args: &AddArgs, session: &mut Session<'_>) -> CommandResult<Outcome> {
    session.stores.writable()?;
    shop_of_flags(args.keep.marketplace, args.keep.tag.as_deref())?;
    let piped = if session.can_ask() { Piped::default() } else { piped(session.world, args.id.is_some())? };
    let id = match (args.id.as_deref().map(str::trim), piped.id) {
        (Some(flag), Some(piped)) if flag != piped => {
            return Err(Failure::usage("`--id` and standard input name different ids"));
        }
        (Some(flag), _) => checked_id(flag).map_err(Failure::usage)?,
        (None, Some(piped)) => piped,
        (None, None) if session.can_ask() => {
            question(session.world, session.output, "Credential ID: ", "give it with `--id ID`", checked_id)?
        }
        (None, None) => {
            return Err(
                Failure::usage("the credential's id is not given").with_hint("give it with `--id ID`")
            );
        }
    };
    let given = match (args.api_version, piped.version) {
        (Some(flag), Some(piped)) if flag != piped => {
            return Err(Failure::usage(format!(
                "`--api-version` and standard input name different versions: `{flag}`, `{piped}`"
            )));
        }
        (flag, piped) => flag.or(piped),
    };
    let group = named_group(args.name.as_ref(), args.keep.marketplace);
    let known = known_version(session, &id, given, group)?;
    // As far as the name follows by now: nobody should type a secret in vain.
    let name = match known {
        Some(version) => Some(name_for(args.name.as_ref(), version)?),
        None => args.name.clone(),
    };
    if let Some(name) = &name {
        check_free(session, name, &args.keep)?;
    }
    let secret = match piped.secret {
        Some(secret) => checked_secret(&secret, &id).map_err(Failure::usage)?,
        None => {
            secret_question(session.world, session.output, "Credential Secret (not shown): ", |secret| {
                checked_secret(secret, &id).map(drop)
            })?
        }
    };
    // Last, as Amazon shows it: who pastes one value after the other must not paste the secret where it is shown.
    let version = match known {
        Some(version) => version,
        None => asked_version(session, &id, group, args.name.as_ref())?,
    };
    let mut keep_args = args.keep.clone();
    let name = match name {
        Some(name) => name,
        None => {
            let name = name_for(None, version)?;
            keep_args.replace = replaces(session, &name, &args.keep)?;
            name
        }
    };
    let label = args.label.clone().or(piped.label).filter(|label| !label.is_empty());
    let set = CredentialSet::new(id, secret, version).with_label(label);
    let kept = keep(session, name, set, &keep_args)?;
    finish(session, &kept, &keep_args, None)
}

/// Refuses what is no id, without repeating it: it may be the secret.
fn checked_id(text: &str) -> Result<String, String> {
    CredentialSet::checked_id(text).map(str::to_owned).map_err(|error| error.to_string())
}

/// A secret without the blanks around it, or why it is none.
fn checked_secret(secret: &Secret, id: &str) -> Result<Secret, String> {
    CredentialSet::checked_secret(secret.expose(), id).map(Secret::new).map_err(|error| error.to_string())
}

/// Longer than any credential is written.
const LONGEST_INPUT: usize = 1 << 16;

/// Reads standard input: the secret alone, or names and values. `has_id` says that a flag names the id.
fn piped(world: &mut World, has_id: bool) -> CommandResult<Piped> {
    // Large enough at once, so that growing leaves no copy behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST_INPUT + 1));
    let limit = LONGEST_INPUT as u64 + 1;
    world
        .stdin
        .by_ref()
        .take(limit)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::stream(error, "cannot read standard input"))?;
    if bytes.len() > LONGEST_INPUT {
        return Err(Failure::usage("standard input holds more than a credential"));
    }
    let alone = std::str::from_utf8(&bytes).map(str::trim).unwrap_or_default();
    if alone.is_empty() && bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Failure::usage("standard input is empty, and there is no terminal to ask").with_hint(
            "give the secret on standard input, as in `linkwright credential add --id ID < FILE`",
        ));
    }
    let is_secret =
        |text: &str| !text.is_empty() && !text.contains(['\n', '\r', '\t', ' ', ':', '=', ',', ';', '{']);
    if is_secret(alone) {
        return Ok(Piped { secret: Some(Secret::new(alone)), ..Piped::default() });
    }
    let mut import = import_credentials(&bytes).map_err(|error| match error.context_value("missing") {
        Some(_) if has_id => Failure::usage(
            "standard input is neither the secret alone on one line, nor id and secret by their names",
        )
        .with_hint("with `--id`, give the secret alone on one line"),
        _ => error.into(),
    })?;
    if import.credentials.len() > 1 {
        return Err(Failure::usage(format!(
            "standard input holds more than one credential: {}",
            import.credentials.len()
        ))
        .with_hint("choose one with `linkwright credential import FILE --credential WHICH`"));
    }
    let Some(credential) = import.credentials.pop() else { return Ok(Piped::default()) };
    Ok(Piped {
        id: Some(credential.id),
        secret: Some(credential.secret),
        version: credential.api_version,
        label: credential.label,
    })
}
