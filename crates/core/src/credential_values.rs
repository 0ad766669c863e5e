//! What an id and a secret may look like, as people copy them: one rule for all ways in which a credential comes.
//!
//! Whether Amazon knows the two is not asked here, nor by [`CredentialSet::new`]: a store gives back what it was given.

use std::fmt;

use crate::{ApiVersion, CredentialSet, TokenService};

/// How secrets of Login with Amazon begin (third-party documentation; Amazon does not state it).
const SECRET_PREFIX: &str = "amzn1.oa2-cs.";

/// Why a text is no id or no secret. Holds nothing of the text: it may be a secret in the wrong place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialValueError {
    /// No id, or blanks alone.
    IdMissing,
    /// A secret in the id's place.
    IdIsSecret,
    /// A key of the Product Advertising API.
    IdOfRetiredApi,
    /// A blank, a line break or a control character inside the id.
    IdBlank,
    /// No secret, or blanks alone.
    SecretMissing,
    /// An id in the secret's place.
    SecretIsId,
    /// A version in the secret's place.
    SecretIsVersion,
    /// Dots or asterisks that stand for a secret.
    SecretMasked,
    /// A blank, a line break or a control character inside the secret.
    SecretBlank,
}

impl fmt::Display for CredentialValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::IdMissing => "the id is missing",
            Self::IdIsSecret => "the secret stands where the id should be",
            Self::IdOfRetiredApi => {
                "a key of the Product Advertising API, which is retired, does not work with the Creators API; make a \
                 credential in Associates Central, under Tools > Creators API"
            }
            Self::IdBlank => "the id holds a blank or a control character",
            Self::SecretMissing => "the secret is missing",
            Self::SecretIsId => "the id stands where the secret should be",
            Self::SecretIsVersion => "the version stands where the secret should be",
            Self::SecretMasked => "the secret is masked",
            Self::SecretBlank => "the secret holds a blank or a control character",
        })
    }
}

impl std::error::Error for CredentialValueError {}

impl CredentialSet {
    /// A text as an id, without the blanks and line breaks around it that copying takes along.
    ///
    /// # Errors
    /// Nothing left, a blank or control character inside, the shape of a secret, or a key of the Product Advertising API.
    pub fn checked_id(text: &str) -> Result<&str, CredentialValueError> {
        let id = text.trim();
        if id.is_empty() {
            Err(CredentialValueError::IdMissing)
        } else if id.starts_with(SECRET_PREFIX) {
            Err(CredentialValueError::IdIsSecret)
        } else if is_access_key(id) {
            Err(CredentialValueError::IdOfRetiredApi)
        } else if has_blank(id) {
            Err(CredentialValueError::IdBlank)
        } else {
            Ok(id)
        }
    }

    /// A text as the secret to this id, without the blanks and line breaks around it that copying takes along.
    ///
    /// The answer is a part of the argument, so that no further copy has to be wiped.
    ///
    /// # Errors
    /// Nothing left, a blank or control character inside, the id itself or the shape of one, a version, or a masked secret.
    ///
    /// ```
    /// use linkwright_core::{CredentialSet, CredentialValueError};
    ///
    /// assert_eq!(CredentialSet::checked_secret(" hush\n", "the-id"), Ok("hush"));
    /// assert_eq!(CredentialSet::checked_secret("****", "the-id"), Err(CredentialValueError::SecretMasked));
    /// ```
    pub fn checked_secret<'a>(text: &'a str, id: &str) -> Result<&'a str, CredentialValueError> {
        let secret = text.trim();
        // The shape of a Cognito id is no sign: it says nothing but lower case and digits, as secrets may be.
        let is_id = secret == id.trim() || TokenService::of_id(secret) == Some(TokenService::LoginWithAmazon);
        if secret.is_empty() {
            Err(CredentialValueError::SecretMissing)
        } else if is_id {
            Err(CredentialValueError::SecretIsId)
        } else if secret.parse::<ApiVersion>().is_ok() {
            Err(CredentialValueError::SecretIsVersion)
        } else if is_masked(secret) {
            Err(CredentialValueError::SecretMasked)
        } else if has_blank(secret) {
            Err(CredentialValueError::SecretBlank)
        } else {
            Ok(secret)
        }
    }

    /// Whether a text begins as secrets do, and so must not be shown where a label or an id would be.
    pub fn looks_like_secret(text: &str) -> bool {
        text.trim_start().starts_with(SECRET_PREFIX)
    }
}

/// The access keys of AWS, which the Product Advertising API took: `AKIA`, or `ASIA` for a while, then capitals and digits,
/// twenty in all (AWS, "IAM identifiers").
fn is_access_key(id: &str) -> bool {
    let begins = id.starts_with("AKIA") || id.starts_with("ASIA");
    begins && id.len() >= 16 && id.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
}

fn has_blank(text: &str) -> bool {
    text.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// As pages and files write a secret that is not shown.
fn is_masked(secret: &str) -> bool {
    secret.chars().all(|c| c == '*') || secret.ends_with("...") || secret.contains(['•', '…', '●'])
}
