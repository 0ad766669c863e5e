//! A credential, its name in a store, and what a store says about it.
//!
//! How a credential becomes bytes is not here but in [`document`](crate::document); how stores behave is in
//! [`CredentialStore`](crate::CredentialStore).

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::{ApiVersion, Error, ErrorKind, Secret, Timestamp, TokenService};

/// The longest name of a credential, in characters. Short enough for every store (Secrets Manager allows 512, file
/// systems 255) with room for a prefix.
const LONGEST_NAME: usize = 64;

/// Under what a store keeps a credential: 1 to 64 of `[a-z0-9._-]`, starting with a letter or digit, without `..`.
///
/// This one rule holds for all stores. It lets no name reach out of its folder, mount or prefix, and no two names mean
/// the same place where upper and lower case are not told apart.
///
/// ```
/// use linkwright_core::CredentialName;
///
/// let name = CredentialName::try_from("shop.eu-1")?;
/// assert_eq!(name.as_str(), "shop.eu-1");
/// assert!(CredentialName::try_from("../etc/passwd").is_err());
/// # Ok::<(), linkwright_core::CredentialNameError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CredentialName(Arc<str>);

impl CredentialName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&str> for CredentialName {
    type Error = CredentialNameError;

    fn try_from(text: &str) -> Result<Self, CredentialNameError> {
        check_name(text)?;
        Ok(Self(text.into()))
    }
}

impl FromStr for CredentialName {
    type Err = CredentialNameError;

    fn from_str(text: &str) -> Result<Self, CredentialNameError> {
        Self::try_from(text)
    }
}

impl AsRef<str> for CredentialName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CredentialName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for CredentialName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CredentialName({})", self.0)
    }
}

fn check_name(text: &str) -> Result<(), CredentialNameError> {
    let allowed = |character: char| {
        character.is_ascii_lowercase() || character.is_ascii_digit() || matches!(character, '.' | '_' | '-')
    };
    let Some(first) = text.chars().next() else { return Err(CredentialNameError::Empty) };
    let length = text.chars().count();
    if length > LONGEST_NAME {
        return Err(CredentialNameError::TooLong { length });
    }
    if let Some((index, character)) = text.chars().enumerate().find(|(_, character)| !allowed(*character)) {
        return Err(CredentialNameError::Character { character, position: index + 1 });
    }
    if !first.is_ascii_alphanumeric() {
        return Err(CredentialNameError::FirstCharacter { character: first });
    }
    if text.contains("..") {
        return Err(CredentialNameError::TwoDots);
    }
    Ok(())
}

/// Why a text is not the name of a credential. Never holds the whole text: it may be a secret in the wrong place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialNameError {
    /// Nothing at all.
    Empty,
    /// More than 64 characters.
    TooLong {
        /// How many there are.
        length: usize,
    },
    /// A character outside `[a-z0-9._-]`.
    Character {
        /// The first such character.
        character: char,
        /// Where it stands, counted from 1.
        position: usize,
    },
    /// Does not start with a letter or digit.
    FirstCharacter {
        /// What it starts with.
        character: char,
    },
    /// Two dots in a row.
    TwoDots,
}

impl fmt::Display for CredentialNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("a credential's name must not be empty"),
            Self::TooLong { length } => {
                write!(f, "a credential's name has at most {LONGEST_NAME} characters, not: `{length}`")
            }
            Self::Character { character, position } => write!(
                f,
                "a credential's name holds only a to z, digits, dots, underscores and hyphens, not, at position \
                 {position}: `{}`",
                character.escape_debug()
            ),
            Self::FirstCharacter { character } => {
                write!(f, "a credential's name starts with a letter or digit, not with: `{character}`")
            }
            Self::TwoDots => f.write_str("a credential's name must not hold two dots in a row"),
        }
    }
}

impl std::error::Error for CredentialNameError {}

impl From<CredentialNameError> for Error {
    fn from(cause: CredentialNameError) -> Self {
        Self::new(ErrorKind::RequestInvalid, "credential_name.check", cause.to_string())
    }
}

/// Which of a credential's states in its store is meant. Opaque: made by the store, compared, never ordered.
///
/// A store never gives the same revision to two different states of one name, also not after the name was purged and
/// created again.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Revision(Arc<str>);

impl Revision {
    /// A revision as its store writes it. For stores, and for a revision a user typed.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The revision as its store writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Revision({})", self.0)
    }
}

/// A Creators API credential: id, secret and version as Amazon gave them, and a label of the user's.
///
/// Members a newer Linkwright added to the stored document ride along unseen, so that an older one which changes the
/// label does not lose them. They count in a comparison.
///
/// Not `Serialize`, and redacted in `Debug`: [`document`](crate::document) is the one way to bytes.
///
/// ```
/// use linkwright_core::{ApiVersion, CredentialSet, Secret};
///
/// let set = CredentialSet::new("5f3k2m1n0pq9r8s7t6u5v4w3x2", Secret::new("hush"), ApiVersion::V2_1);
/// assert!(!format!("{set:?}").contains("hush"));
/// assert_eq!(set.masked_id(), "5f3k…w3x2");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct CredentialSet {
    id: String,
    secret: Secret,
    api_version: ApiVersion,
    label: Option<String>,
    unknown_members: UnknownMembers,
}

/// Members of a document that this version does not know, by name: the raw JSON text of each, which may be secret.
/// Sorted, so that a document has one encoding.
pub(crate) type UnknownMembers = BTreeMap<String, Zeroizing<String>>;

impl CredentialSet {
    /// Ids shorter than this are masked whole; of longer ones at most half is shown.
    const SHORTEST_SHOWN_ID: usize = 16;

    /// A credential without label. Nothing is checked: only Amazon can say whether the three belong together. Values
    /// that people give go through [`checked_id`](Self::checked_id) and [`checked_secret`](Self::checked_secret) first.
    pub fn new(id: impl Into<String>, secret: Secret, api_version: ApiVersion) -> Self {
        Self { id: id.into(), secret, api_version, label: None, unknown_members: UnknownMembers::new() }
    }

    /// The same with another label, or with none.
    #[must_use]
    pub fn with_label(mut self, label: Option<String>) -> Self {
        self.label = label;
        self
    }

    /// The same with another secret, as after a rotation.
    #[must_use]
    pub fn with_secret(mut self, secret: Secret) -> Self {
        self.secret = secret;
        self
    }

    pub(crate) fn with_unknown_members(mut self, unknown_members: UnknownMembers) -> Self {
        self.unknown_members = unknown_members;
        self
    }

    /// The *Credential ID*. Not secret, but an account's: show [`masked_id`](Self::masked_id) where it need not be
    /// whole.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The *Credential Secret*.
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// The *Version*.
    pub fn api_version(&self) -> ApiVersion {
        self.api_version
    }

    /// What the user calls it, in any language.
    pub fn label(&self) -> Option<&str> {
        self.label.as_deref()
    }

    pub(crate) fn unknown_members(&self) -> &UnknownMembers {
        &self.unknown_members
    }

    /// The id's first and last four characters; of an id of fewer than 16 characters, nothing.
    pub fn masked_id(&self) -> String {
        let length = self.id.chars().count();
        if length < Self::SHORTEST_SHOWN_ID {
            return "…".to_owned();
        }
        let shown = |(position, _): &(usize, char)| *position < 4 || *position >= length - 4;
        let mut masked: String =
            self.id.chars().enumerate().filter(shown).map(|(_, character)| character).collect();
        let end_of_first_four = masked.char_indices().nth(4).map_or(masked.len(), |(index, _)| index);
        masked.insert(end_of_first_four, '…');
        masked
    }

    /// The service the id's shape belongs to, if that is not the service of the version; see
    /// [`TokenService::of_id`]. Worth a warning before the first request.
    pub fn service_contradicting_version(&self) -> Option<TokenService> {
        TokenService::of_id(&self.id).filter(|service| *service != self.api_version.token_service())
    }
}

impl fmt::Debug for CredentialSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialSet")
            .field("id", &format_args!("{}", self.masked_id()))
            .field("secret", &self.secret)
            .field("api_version", &self.api_version)
            .field("label", &self.label)
            .field("unknown_members", &self.unknown_members.len())
            .finish()
    }
}

/// What a list of credentials shows of each. Nothing in it comes from inside the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CredentialMeta {
    /// The credential's name.
    pub name: CredentialName,
    /// Its current revision.
    pub revision: Revision,
    /// When that revision was written; `None` where the store does not know.
    pub changed_at: Option<Timestamp>,
}

impl CredentialMeta {
    /// All three, as a store knows them.
    pub fn new(name: CredentialName, revision: Revision, changed_at: Option<Timestamp>) -> Self {
        Self { name, revision, changed_at }
    }
}

/// A credential as read from a store.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stored {
    /// The credential itself.
    pub set: CredentialSet,
    /// The revision that was read: what to name in an update.
    pub revision: Revision,
    /// When that revision was written; `None` where the store does not know.
    pub changed_at: Option<Timestamp>,
}

impl Stored {
    /// All three, as a store read them.
    pub fn new(set: CredentialSet, revision: Revision, changed_at: Option<Timestamp>) -> Self {
        Self { set, revision, changed_at }
    }
}
