//! The file of a credential that Amazon lets its owner download, and what people make of it.
//!
//! Amazon documents no columns, so any sensible naming is taken: a table with headers in any order, lines of names and
//! values, or one JSON object. Which columns were taken is part of the answer.
//!
//! What this is not: the form in which stores keep a credential; that is [`document`](linkwright_core::document).
//!
//! No error shows a value: a file that was not understood may hold the secret anywhere. Headers are shown, if they look
//! like words.

mod header;
mod json;
mod layout;
mod text;

use std::fmt;

use linkwright_core::{ApiVersion, CredentialSet, Error, ErrorKind, Result, Secret, TokenService};
use zeroize::Zeroizing;

use self::header::shown;

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
    /// Which columns or names were taken for what, in the order of the fields. A name that does not look like words
    /// stands as its place, as `column 2`.
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
/// `RequestInvalid` with the headers that were found, or the line of what is wrong. Never with a value.
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

/// How secrets of Login with Amazon begin (third-party documentation; Amazon does not state it).
const SECRET_PREFIX: &str = "amzn1.oa2-cs.";

/// A row as a credential, if its values can be one.
fn checked(row: Row) -> Result<ImportedCredential> {
    let line = row.line;
    let wrong = |what: &str| refused(format!("line {line}: {what}")).with_context("line", line.to_string());
    let mut id = row.id.ok_or_else(|| wrong("the id is missing"))?;
    let mut secret = row.secret.ok_or_else(|| wrong("the secret is missing"))?;
    if id.starts_with(SECRET_PREFIX) {
        return Err(wrong("the secret stands where the id should be"));
    }
    if TokenService::of_id(&secret) == Some(TokenService::LoginWithAmazon) {
        return Err(wrong("the id stands where the secret should be"));
    }
    let hidden = |c: char| matches!(c, '*' | '•' | '…' | '●');
    if secret.chars().all(hidden) || secret.ends_with("...") || secret.contains(['•', '…', '●']) {
        return Err(wrong("the secret is masked")
            .with_hint("Amazon shows a secret once; make a new credential if it was not kept"));
    }
    for (value, name) in [(&id, "id"), (&secret, "secret")] {
        if value.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(wrong(&format!("the {name} holds a blank or a control character")));
        }
    }
    let api_version = row.version.map(|text| text.parse::<ApiVersion>()).transpose().map_err(|_| {
        let known = ApiVersion::ALL.map(ApiVersion::as_str).join(", ");
        // Not the value: columns may have been mixed up.
        wrong(&format!("the version is none of: {known}"))
    })?;
    let label = row.label.map(|mut text| std::mem::take(&mut *text)).filter(|text| {
        // A label is shown in lists.
        !text.starts_with(SECRET_PREFIX) && !text.contains(char::is_control)
    });
    Ok(ImportedCredential {
        id: std::mem::take(&mut *id),
        secret: Secret::new(std::mem::take(&mut *secret)),
        api_version,
        label,
        line,
    })
}

fn refused(message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::RequestInvalid, "credential.import", message)
}

/// Says what is missing, and which headers there are.
fn not_found(missing: &[ImportField], headers: &[&str]) -> Error {
    let missing: Vec<String> = missing.iter().map(ToString::to_string).collect();
    let message = format!("no column or line for: {}", missing.join(", "));
    let hint = "the names should be such as `Credential ID`, `Credential Secret` and `Version`";
    let shown: Vec<String> = headers
        .iter()
        .enumerate()
        .map(|(place, header)| {
            shown(header).map_or_else(|| format!("(column {})", place + 1), |name| format!("`{name}`"))
        })
        .collect();
    let known = if headers.is_empty() { String::new() } else { format!("; found: {}", shown.join(", ")) };
    refused(message + &known).with_hint(hint)
}
