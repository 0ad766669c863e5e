//! Where the passphrase of a store comes from: a variable, a file that a variable names, or a person.

use linkwright_core::{Error, ErrorKind, Result, Secret};
use zeroize::Zeroizing;

use super::surroundings::StoreSurroundings;

const VARIABLE: &str = "LINKWRIGHT_STORE_PASSPHRASE";
const FILE_VARIABLE: &str = "LINKWRIGHT_STORE_PASSPHRASE_FILE";

/// A passphrase is a sentence at most; a limit keeps a wrong file from filling memory.
const LONGEST: u64 = 1 << 12;

/// The passphrase, asked for last. `location` says what it opens, `is_new` that with it something is locked first.
pub(super) fn passphrase(location: &str, is_new: bool, surroundings: &StoreSurroundings) -> Result<Secret> {
    let secret = match (surroundings.set(VARIABLE), surroundings.set(FILE_VARIABLE)) {
        (Some(value), None) => Secret::new(value),
        (Some(_), Some(_)) => {
            return Err(invalid(format!("both are set, one must be: `{VARIABLE}`, `{FILE_VARIABLE}`")));
        }
        (None, Some(path)) => from_file(&path, surroundings)?,
        (None, None) => match &surroundings.ask_passphrase {
            Some(ask) if is_new => {
                let first = ask(&format!("Passphrase for the new store {location}: "))?;
                if !first.is_empty() && ask("The same once more: ")? != first {
                    return Err(invalid("the two passphrases differ; nothing was made".to_owned()));
                }
                first
            }
            Some(ask) => ask(&format!("Passphrase of {location}: "))?,
            None => {
                return Err(invalid(format!("no passphrase for the store: `{location}`"))
                    .with_hint(format!("set {VARIABLE} or {FILE_VARIABLE}, or run it on a terminal")));
            }
        },
    };
    if secret.is_empty() { Err(invalid("the passphrase is empty".to_owned())) } else { Ok(secret) }
}

fn from_file(path: &str, surroundings: &StoreSurroundings) -> Result<Secret> {
    let path = surroundings.path(path);
    let failed = |what: &str| invalid(format!("{what}: `{}`, named by {FILE_VARIABLE}", path.display()));
    let size = std::fs::metadata(&path)
        .map_err(|error| failed("cannot read the file of the passphrase").with_source(error))?
        .len();
    if size > LONGEST {
        return Err(failed("too large for the file of a passphrase"));
    }
    let bytes = std::fs::read(&path)
        .map_err(|error| failed("cannot read the file of the passphrase").with_source(error))?;
    let bytes = Zeroizing::new(bytes);
    let text = std::str::from_utf8(&bytes).map_err(|_| failed("the file of the passphrase is not UTF-8"))?;
    // Editors and `echo` end a file with a line break; one that belongs to a passphrase cannot be typed.
    let text = text.strip_suffix('\n').unwrap_or(text);
    Ok(Secret::new(text.strip_suffix('\r').unwrap_or(text)))
}

fn invalid(message: String) -> Error {
    Error::new(ErrorKind::ConfigInvalid, "store.open", message)
}
