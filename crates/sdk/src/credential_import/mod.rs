//! The file of a credential that Amazon lets its owner download, and what people make of it.
//!
//! Amazon documents no columns, so any sensible naming is taken: a table with headers in any order, lines of names and
//! values, or one JSON object. Which columns were taken is part of the answer.
//!
//! What this is not: the form in which stores keep a credential; that is [`document`](linkwright_core::document).
//!
//! No error shows a value: a file that was not understood may hold the secret anywhere. Of its headers, an error shows those
//! that are well known and the number of the others.

mod header;
mod json;
mod layout;
mod text;

use std::fmt;

use linkwright_core::{
    ApiVersion, CredentialSet, CredentialValueError, Error, ErrorKind, Result, Secret, TokenService,
};
use zeroize::Zeroizing;

use self::header::{is_known, shown};

/// What a column or line of the file stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImportField {
    /// The credential's id.
    Id,
    /// Its secret.
    Secret,
    /// Its version.
    Version,
    /// What its owner calls it.
    Label,
}

impl fmt::Display for ImportField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Id => "id",
            Self::Secret => "secret",
            Self::Version => "version",
            Self::Label => "label",
        })
    }
}

/// A credential as the file has it. Its version may be missing.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ImportedCredential {
    /// The credential's id.
    pub id: String,
    /// Its secret.
    pub secret: Secret,
    /// Its version, if the file has one.
    pub api_version: Option<ApiVersion>,
    /// What its owner calls it, if the file says so.
    pub label: Option<String>,
    /// The line it begins in, counted from 1.
    pub line: usize,
}

impl ImportedCredential {
    /// The service that gives out its tokens: the version's, else the one the id's shape belongs to.
    ///
    /// With the region group it makes the version: [`ApiVersion::of`].
    pub fn token_service(&self) -> Option<TokenService> {
        self.api_version.map(ApiVersion::token_service).or_else(|| TokenService::of_id(&self.id))
    }

    /// The credential with a version, its own or one that was asked for.
    pub fn into_set(self, api_version: ApiVersion) -> CredentialSet {
        CredentialSet::new(self.id, self.secret, api_version).with_label(self.label)
    }
}

/// What was found in a file.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CredentialImport {
    /// At least one, each once, in the order of the file.
    pub credentials: Vec<ImportedCredential>,
    /// Which columns or names were taken for what, in the order of the fields. What does not look like a name stands as
    /// its place, as `column 2`.
    pub taken: Vec<(ImportField, String)>,
    /// Columns or names that were not taken.
    pub not_taken: Vec<String>,
}

/// More than any file of credentials has; a limit keeps a wrong file from filling memory.
const LARGEST_FILE: usize = 1 << 20;

/// Reads a file of credentials: UTF-8 or UTF-16, a table separated by commas, semicolons or tabs, lines such as
/// `Credential ID: …`, or a JSON object.
///
/// ```
/// use linkwright_sdk::{ImportField, import_credentials};
///
/// let import = import_credentials(b"Version;Credential Secret;Credential ID\r\n3.1;hush-hush;the-id\r\n")?;
/// assert_eq!(import.credentials[0].id, "the-id");
/// assert_eq!(import.taken[0], (ImportField::Id, "Credential ID".to_owned()));
/// # Ok::<(), linkwright_sdk::core::Error>(())
/// ```
///
/// # Errors
/// `RequestInvalid` with the known headers that were found, or the line of what is wrong. Never with a value. Where columns
/// are missing, the context `missing` names their fields: `id`, `secret`, or both.
pub fn import_credentials(bytes: &[u8]) -> Result<CredentialImport> {
    if bytes.len() > LARGEST_FILE {
        return Err(refused("too large for a file of credentials"));
    }
    let text = text::decode(bytes)?;
    let read = match text.trim_start().chars().next() {
        None => return Err(refused("the file is empty")),
        Some('{') => json::read(&text)?,
        Some(_) => layout::read(&text)?,
    };
    let mut credentials: Vec<ImportedCredential> = Vec::new();
    for row in read.rows {
        let credential = checked(row)?;
        let known =
            |other: &ImportedCredential| other.id == credential.id && other.secret == credential.secret;
        if !credentials.iter().any(known) {
            credentials.push(credential);
        }
    }
    if credentials.is_empty() {
        return Err(refused("the file has headers and no credential below them"));
    }
    let mut taken = read.taken;
    taken.sort_by_key(|(field, _)| *field);
    Ok(CredentialImport { credentials, taken, not_taken: read.not_taken })
}

/// What a layout found: rows of values that nobody has looked at yet.
#[derive(Default)]
struct Read {
    rows: Vec<Row>,
    taken: Vec<(ImportField, String)>,
    not_taken: Vec<String>,
}

/// The values of one credential.
#[derive(Default)]
struct Row {
    line: usize,
    id: Option<Zeroizing<String>>,
    secret: Option<Zeroizing<String>>,
    version: Option<Zeroizing<String>>,
    label: Option<Zeroizing<String>>,
}

impl Row {
    fn at(line: usize) -> Self {
        Self { line, ..Self::default() }
    }

    fn slot(&mut self, field: ImportField) -> &mut Option<Zeroizing<String>> {
        match field {
            ImportField::Id => &mut self.id,
            ImportField::Secret => &mut self.secret,
            ImportField::Version => &mut self.version,
            ImportField::Label => &mut self.label,
        }
    }

    /// Takes a value, trimmed; an empty one is none.
    fn set(&mut self, field: ImportField, value: &str) {
        let value = value.trim();
        *self.slot(field) = (!value.is_empty()).then(|| Zeroizing::new(value.to_owned()));
    }

    fn is_empty(&self) -> bool {
        [&self.id, &self.secret, &self.version, &self.label].iter().all(|value| value.is_none())
    }
}

/// A row as a credential, if its values can be one.
fn checked(row: Row) -> Result<ImportedCredential> {
    let line = row.line;
    let wrong = |what: &str| refused(format!("line {line}: {what}")).with_context("line", line.to_string());
    let not_sound = |cause: CredentialValueError| {
        let error = wrong(&cause.to_string());
        match cause {
            CredentialValueError::SecretMasked => {
                error.with_hint("Amazon shows a secret once; make a new credential if it was not kept")
            }
            _ => error,
        }
    };
    let (id, secret) = (row.id.unwrap_or_default(), row.secret.unwrap_or_default());
    let id = CredentialSet::checked_id(&id).map_err(not_sound)?;
    let secret = CredentialSet::checked_secret(&secret, id).map_err(not_sound)?;
    let api_version = row.version.map(|text| text.parse::<ApiVersion>()).transpose().map_err(|_| {
        let known = ApiVersion::ALL.map(ApiVersion::as_str).join(", ");
        // Not the value: columns may have been mixed up.
        wrong(&format!("the version is none of: {known}"))
    })?;
    let label = row.label.map(|mut text| std::mem::take(&mut *text)).filter(|text| {
        // A label is shown in lists.
        !CredentialSet::looks_like_secret(text) && !text.contains(char::is_control)
    });
    Ok(ImportedCredential { id: id.to_owned(), secret: Secret::new(secret), api_version, label, line })
}

fn refused(message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::RequestInvalid, "credential.import", message)
}

/// Says what is missing, and which names there are: known ones only, for a file that was not understood may have values in
/// their place.
fn not_found(missing: &[ImportField], names: &[&str], kind: &str) -> Error {
    let missing: Vec<String> = missing.iter().map(ToString::to_string).collect();
    let missing = missing.join(", ");
    let hint = "the names should be such as `Credential ID`, `Credential Secret` and `Version`";
    let found: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(place, name)| {
            shown(name, false).map_or_else(|| format!("({kind} {})", place + 1), |name| format!("`{name}`"))
        })
        .collect();
    let found = match names.len() {
        count if names.iter().any(|name| is_known(name)) && count <= 20 => found.join(", "),
        1 => format!("1 {kind} of another name"),
        count => format!("{count} {kind}s of other names"),
    };
    let wanted = if kind == "column" { "column or line" } else { kind };
    refused(format!("no {wanted} for: {missing}; found: {found}"))
        .with_hint(hint)
        .with_context("missing", missing)
}
