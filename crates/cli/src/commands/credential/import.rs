//! `linkwright credential import`: a credential from the file that Amazon lets its owner download.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::Args;
use linkwright_sdk::core::{ApiVersion, CredentialName, Error, ErrorKind};
use linkwright_sdk::{CredentialImport, ImportedCredential, import_credentials};
use zeroize::Zeroizing;

use super::keep::{KeepArgs, check_free, finish, keep};
use super::verify::shop_of_flags;
use super::version::{asked_version, known_version, name_for, named_group};
use super::{Session, StoreArgs, api_version, credential_name};
use crate::exit::Outcome;
use crate::failure::{CommandResult, Failure};
use crate::question::{confirmed, question};

/// Import a credential from the file Amazon lets you download
///
/// Takes a table (CSV) with any sensible headers in any order, lines such as `Credential ID: …`, or a JSON object, and says what
/// it took. The file holds the secret in plain text: it is deleted with `--delete-source`, once the stored credential was read
/// back. At a terminal you are asked whether to delete it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  linkwright credential import credentials.csv
  linkwright credential import credentials.csv eu --api-version 3.2 --delete-source")]
pub(super) struct ImportArgs {
    /// File to read
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Name to keep it under; na, eu or fe if not given
    #[arg(value_name = "NAME", value_parser = credential_name)]
    name: Option<CredentialName>,

    /// Which credential of the file: its place (1, 2, ...), its id, or its name there
    #[arg(long, value_name = "WHICH")]
    credential: Option<String>,

    /// Version, where the file does not say it
    #[arg(long, value_name = "VERSION", value_parser = api_version)]
    api_version: Option<ApiVersion>,

    /// Delete the file once the credential is stored and was read back
    #[arg(long)]
    delete_source: bool,

    #[command(flatten)]
    keep: KeepArgs,

    #[command(flatten)]
    pub(super) store: StoreArgs,
}

pub(super) fn run(args: &ImportArgs, session: &mut Session<'_>) -> CommandResult<Outcome> {
    session.stores.writable()?;
    shop_of_flags(args.keep.marketplace, args.keep.tag.as_deref())?;
    let path = session.world.path(&args.file);
    let bytes = read(&path)?;
    let import = import_credentials(&bytes).map_err(|error| {
        let message = format!("{}: {}", args.file.display(), error.message());
        let named = Error::new(error.kind(), "credential.import", message);
        Failure::from(match error.hint() {
            Some(hint) => named.with_hint(hint.to_owned()),
            None => named,
        })
    })?;
    let taken: Vec<String> =
        import.taken.iter().map(|(field, name)| format!("{field} from `{name}`")).collect();
    session.output.status(&format!("{}: {}", args.file.display(), taken.join(", ")));
    if !import.not_taken.is_empty() {
        session.output.status(&format!("not used: {}", import.not_taken.join(", ")));
    }
    let others = import.credentials.len() - 1;
    let extra = taken_json(&import);
    let credential = chosen(import.credentials, args.credential.as_deref(), session)?;
    let group = named_group(args.name.as_ref(), args.keep.marketplace);
    let given = match (args.api_version, credential.api_version) {
        (Some(flag), Some(file)) if flag != file => {
            return Err(Failure::usage(format!(
                "`--api-version` and the file name different versions: `{flag}`, `{file}`"
            )));
        }
        (flag, file) => flag.or(file),
    };
    let version = match known_version(session, &credential.id, given, group)? {
        Some(version) => version,
        None => asked_version(session, &credential.id, group, args.name.as_ref())?,
    };
    let name = name_for(args.name.as_ref(), version)?;
    check_free(session, &name, &args.keep)?;
    let kept = keep(session, name, credential.into_set(version), &args.keep)?;
    let deleted = end_of_source(args, &Source { path, bytes }, others, session)?;
    let mut extra = extra;
    extra.insert("source_deleted".to_owned(), deleted.into());
    finish(session, &kept, &args.keep, Some(extra))
}

/// Larger files hold no credentials.
const LARGEST: u64 = 1 << 20;

fn read(path: &Path) -> CommandResult<Zeroizing<Vec<u8>>> {
    let failed = |error: std::io::Error| {
        let kind = match error.kind() {
            std::io::ErrorKind::NotFound => ErrorKind::NotFound,
            _ => ErrorKind::Unavailable,
        };
        Error::new(kind, "credential.import", format!("cannot read the file: `{}`", path.display()))
            .with_source(error)
    };
    let file = std::fs::File::open(path).map_err(failed)?;
    let size = file.metadata().map_err(failed)?.len().min(LARGEST);
    // Large enough at once, so that growing leaves no copy behind.
    let capacity = usize::try_from(size).unwrap_or_default() + 2;
    let mut bytes = Zeroizing::new(Vec::with_capacity(capacity));
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

fn taken_json(import: &CredentialImport) -> serde_json::Map<String, serde_json::Value> {
    let taken: serde_json::Map<String, serde_json::Value> =
        import.taken.iter().map(|(field, name)| (field.to_string(), name.clone().into())).collect();
    let mut extra = serde_json::Map::new();
    extra.insert("taken".to_owned(), taken.into());
    extra
}

/// The credential that is meant: the only one, the one that `--credential` names, or the answer to a question.
fn chosen(
    credentials: Vec<ImportedCredential>,
    which: Option<&str>,
    session: &mut Session<'_>,
) -> CommandResult<ImportedCredential> {
    let lines: Vec<String> = credentials
        .iter()
        .zip(1..)
        .map(|(credential, place)| {
            let version =
                credential.api_version.map_or_else(String::new, |version| format!(", version {version}"));
            let label = credential.label.as_deref().map_or_else(String::new, |label| format!(", `{label}`"));
            format!("{place}: id {}{version}{label}, line {}", masked(credential), credential.line)
        })
        .collect();
    let find = |which: &str| {
        let by_place = which.parse::<usize>().ok().and_then(|place| place.checked_sub(1));
        let by_words = || {
            let mut matching = credentials.iter().enumerate().filter(|(_, credential)| {
                credential.id == which
                    || masked(credential) == which
                    || credential.label.as_deref() == Some(which)
            });
            // A name that two have chooses none.
            matching.next().filter(|_| matching.next().is_none()).map(|(place, _)| place)
        };
        by_place.filter(|place| *place < credentials.len()).or_else(by_words)
    };
    let place = match which {
        Some(which) => find(which).ok_or_else(|| {
            Failure::usage("`--credential` names none, or more than one, of those in the file")
                .with_hint(format!("there are: {}", lines.join("; ")))
        })?,
        None if credentials.len() == 1 => 0,
        None if session.can_ask() => {
            session.output.status(&lines.join("\n"));
            let count = credentials.len();
            question(
                session.world,
                session.output,
                &format!("Which one (1 to {count}): "),
                "choose with `--credential WHICH`",
                |answer| find(answer).ok_or_else(|| format!("a number from 1 to {count}")),
            )?
        }
        None => {
            return Err(Failure::usage(format!("the file holds several credentials: {}", lines.join("; ")))
                .with_hint("choose with `--credential WHICH`, by number, id or name"));
        }
    };
    credentials
        .into_iter()
        .nth(place)
        .ok_or_else(|| Failure::usage("no credential at that place of the file"))
}

fn masked(credential: &ImportedCredential) -> String {
    let version = credential.api_version.unwrap_or(ApiVersion::V3_1);
    credential.clone().into_set(version).masked_id()
}

/// The file as it was read.
struct Source {
    path: PathBuf,
    bytes: Zeroizing<Vec<u8>>,
}

impl Source {
    /// Deletes the file itself, also where the path is a link to it, and then the link; says what was deleted, by the name
    /// it was `shown` by.
    ///
    /// Not if it holds something else by now: what was not read was not stored.
    fn delete(&self, shown: &str) -> std::io::Result<String> {
        let real = self.path.canonicalize()?;
        let present = Zeroizing::new(std::fs::read(&real)?);
        if *present != *self.bytes {
            return Err(std::io::Error::other("it was changed after it was read"));
        }
        std::fs::remove_file(&real)?;
        if self.path.is_symlink() {
            std::fs::remove_file(&self.path)?;
            return Ok(format!("{} and the link to it, {shown}", real.display()));
        }
        Ok(shown.to_owned())
    }
}

/// Deletes the file, or says that it still holds the secret. Whether it was deleted.
fn end_of_source(
    args: &ImportArgs,
    source: &Source,
    others: usize,
    session: &mut Session<'_>,
) -> CommandResult<bool> {
    let shown = args.file.display().to_string();
    if let Some(tree) = git_work_tree(&source.path) {
        session.output.warning(&format!(
            "the file lies in a git work tree, where it is easily committed: `{}`; if it ever was, make a new credential",
            tree.display()
        ));
    }
    if others > 0 && args.delete_source {
        session.output.warning(&format!("not deleted, for it holds other credentials, too: `{shown}`"));
        return Ok(false);
    }
    let delete = args.delete_source
        || (others == 0
            && session.can_ask()
            && confirmed(
                session.world,
                session.output,
                &format!("The file still holds the secret in plain text. Delete {shown}?"),
            )?);
    if !delete {
        session.output.warning_with_hints(
            &format!("the file still holds the secret in plain text: `{shown}`"),
            &["delete the file; with `--delete-source` that is done once the credential is stored"
                .to_owned()],
        );
        return Ok(false);
    }
    match source.delete(&shown) {
        Ok(deleted) => {
            session
                .output
                .status(&format!("deleted {deleted}; copies in backups and synchronised folders are not"));
            Ok(true)
        }
        Err(error) => {
            // The credential is stored: that the command did its work must not look like a failure.
            session
                .output
                .warning(&format!("cannot delete the file, which holds the secret: `{shown}`: {error}"));
            Ok(false)
        }
    }
}

/// The folder of the git work tree that a file lies in.
fn git_work_tree(path: &Path) -> Option<PathBuf> {
    let real = path.canonicalize().ok()?;
    // A file in the place of a folder: work trees beside the first one, and submodules.
    real.ancestors().skip(1).find(|folder| folder.join(".git").exists()).map(Path::to_owned)
}
