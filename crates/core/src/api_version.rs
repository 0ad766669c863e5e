//! The *Version* Amazon shows beside a Creators API credential, and all that follows from it.
//!
//! One table gives region group, token endpoint, scope, body encoding and header form. This file asks for no token and
//! refuses no credential: a client's settings may name another endpoint, and an odd pairing of id and version is for
//! the caller to warn about.

use std::fmt;
use std::str::FromStr;

use crate::{Error, ErrorKind, RegionGroup};

/// A credential's *Version*, as Amazon shows it beside the credential's id and secret.
///
/// A credential serves all shops of its region group in which the account is an approved Associate. The group follows
/// from the version; the version does not follow from the shop, because the same shop is served by an old 2.x and by a
/// new 3.x credential.
///
/// ```
/// use linkwright_core::{ApiVersion, RegionGroup, TokenService};
///
/// let version: ApiVersion = "v3.2".parse()?;
/// assert_eq!(version, ApiVersion::V3_2);
/// assert_eq!(version.region_group(), RegionGroup::Europe);
/// assert_eq!(version.token_service(), TokenService::LoginWithAmazon);
/// assert_eq!(version.authorization_suffix(), "");
/// # Ok::<(), linkwright_core::UnknownApiVersion>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ApiVersion {
    /// 2.1: Cognito, North America.
    V2_1,
    /// 2.2: Cognito, Europe.
    V2_2,
    /// 2.3: Cognito, Far East.
    V2_3,
    /// 3.1: Login with Amazon, North America.
    V3_1,
    /// 3.2: Login with Amazon, Europe.
    V3_2,
    /// 3.3: Login with Amazon, Far East.
    V3_3,
}

/// What follows from a version.
struct Row {
    version: ApiVersion,
    text: &'static str,
    region_group: RegionGroup,
    token_service: TokenService,
    token_endpoint: &'static str,
    authorization_suffix: &'static str,
}

/// In the order of the enum, so that a version is its own index (a test holds them together).
///
/// Sources: group and endpoint of 2.1 to 3.3 from the official SDKs 1.2.0 and 1.3.0 (`auth/oauth2_config.py`) and the
/// documentation's page "Using cURL"; the header's suffix from the SDK's `api_client.py` and the same page.
const TABLE: [Row; 6] = [
    Row {
        version: ApiVersion::V2_1,
        text: "2.1",
        region_group: RegionGroup::NorthAmerica,
        token_service: TokenService::Cognito,
        token_endpoint: "https://creatorsapi.auth.us-east-1.amazoncognito.com/oauth2/token",
        authorization_suffix: ", Version 2.1",
    },
    Row {
        version: ApiVersion::V2_2,
        text: "2.2",
        region_group: RegionGroup::Europe,
        token_service: TokenService::Cognito,
        token_endpoint: "https://creatorsapi.auth.eu-south-2.amazoncognito.com/oauth2/token",
        authorization_suffix: ", Version 2.2",
    },
    Row {
        version: ApiVersion::V2_3,
        text: "2.3",
        region_group: RegionGroup::FarEast,
        token_service: TokenService::Cognito,
        token_endpoint: "https://creatorsapi.auth.us-west-2.amazoncognito.com/oauth2/token",
        authorization_suffix: ", Version 2.3",
    },
    Row {
        version: ApiVersion::V3_1,
        text: "3.1",
        region_group: RegionGroup::NorthAmerica,
        token_service: TokenService::LoginWithAmazon,
        token_endpoint: "https://api.amazon.com/auth/o2/token",
        authorization_suffix: "",
    },
    Row {
        version: ApiVersion::V3_2,
        text: "3.2",
        region_group: RegionGroup::Europe,
        token_service: TokenService::LoginWithAmazon,
        token_endpoint: "https://api.amazon.co.uk/auth/o2/token",
        authorization_suffix: "",
    },
    Row {
        version: ApiVersion::V3_3,
        text: "3.3",
        region_group: RegionGroup::FarEast,
        token_service: TokenService::LoginWithAmazon,
        token_endpoint: "https://api.amazon.co.jp/auth/o2/token",
        authorization_suffix: "",
    },
];

impl ApiVersion {
    /// All versions, ascending.
    pub const ALL: [Self; 6] = [Self::V2_1, Self::V2_2, Self::V2_3, Self::V3_1, Self::V3_2, Self::V3_3];

    const fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// The version of this token service for this group.
    ///
    /// For a hint after a mismatch: the id says Login with Amazon, the shop is German, so it should have been 3.2.
    pub fn of(service: TokenService, group: RegionGroup) -> Self {
        let matching = TABLE.iter().find(|row| row.token_service == service && row.region_group == group);
        // Every pair has its row (a test looks at all six), so the fallback is never taken.
        matching.map_or(Self::V3_1, |row| row.version)
    }

    /// The version as Amazon writes it: `2.1`, without a `v`.
    pub const fn as_str(self) -> &'static str {
        self.row().text
    }

    /// The group of shops a credential of this version serves.
    pub const fn region_group(self) -> RegionGroup {
        self.row().region_group
    }

    /// The service that gives out this version's tokens.
    pub const fn token_service(self) -> TokenService {
        self.row().token_service
    }

    /// The address tokens are asked from, unless settings name another.
    pub const fn token_endpoint(self) -> &'static str {
        self.row().token_endpoint
    }

    /// What follows the token in the `Authorization` header of a catalogue call: `, Version 2.1`, or nothing for 3.x.
    pub const fn authorization_suffix(self) -> &'static str {
        self.row().authorization_suffix
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Who gives out tokens for a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenService {
    /// Amazon Cognito: versions 2.x.
    Cognito,
    /// Login with Amazon: versions 3.x, the only ones given out since about spring 2026 (third-party reports).
    LoginWithAmazon,
}

/// How the body of a token request is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenBodyEncoding {
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `application/json`.
    Json,
}

impl TokenService {
    /// How ids of Login with Amazon begin (third-party documentation and support cases; Amazon does not state it).
    const LOGIN_WITH_AMAZON_ID_PREFIX: &'static str = "amzn1.application-oa2-client.";

    /// Length of a Cognito app-client id, which is of `[a-z0-9]` only. The general Cognito shape, not one Amazon states
    /// for this API.
    const COGNITO_ID_LENGTH: usize = 26;

    /// The scope a token is asked for (SDK and documentation). The services differ in the separator alone.
    pub const fn scope(self) -> &'static str {
        match self {
            Self::Cognito => "creatorsapi/default",
            Self::LoginWithAmazon => "creatorsapi::default",
        }
    }

    /// How the request for a token is written (SDK and documentation).
    pub const fn body_encoding(self) -> TokenBodyEncoding {
        match self {
            Self::Cognito => TokenBodyEncoding::Form,
            Self::LoginWithAmazon => TokenBodyEncoding::Json,
        }
    }

    /// The service a credential's id seems to belong to, by its shape; `None` if the shape tells nothing.
    ///
    /// An id of one service used with a version of the other is a slip in copying and always ends in `invalid_client`,
    /// so it is worth saying before any request. It is a reason to warn, not to refuse: the shapes are observed, not
    /// promised.
    pub fn of_id(id: &str) -> Option<Self> {
        let cognito_shape = id.len() == Self::COGNITO_ID_LENGTH
            && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        if id.starts_with(Self::LOGIN_WITH_AMAZON_ID_PREFIX) {
            Some(Self::LoginWithAmazon)
        } else {
            cognito_shape.then_some(Self::Cognito)
        }
    }
}

impl fmt::Display for TokenService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Cognito => "Cognito",
            Self::LoginWithAmazon => "Login with Amazon",
        })
    }
}

/// The text is none of the six versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownApiVersion {
    shown: Option<String>,
}

impl UnknownApiVersion {
    /// Longer texts are not repeated in the message.
    const LONGEST_SHOWN: usize = 8;

    /// Somebody who pastes a secret where the version belongs must not see it again in an error or a log, so only what
    /// is too short to be one is kept.
    fn new(given: &str) -> Self {
        let harmless = given.chars().count() <= Self::LONGEST_SHOWN && !given.contains(char::is_control);
        Self { shown: harmless.then(|| given.to_owned()) }
    }
}

impl fmt::Display for UnknownApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no API version of that name")?;
        if let Some(shown) = &self.shown {
            write!(f, ": `{shown}`")?;
        }
        f.write_str("; known:")?;
        for (position, version) in ApiVersion::ALL.into_iter().enumerate() {
            write!(f, "{} {version}", if position == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownApiVersion {}

impl From<UnknownApiVersion> for Error {
    fn from(cause: UnknownApiVersion) -> Self {
        Self::new(ErrorKind::RequestInvalid, "api_version.parse", cause.to_string())
            .with_hint("copy the value Amazon shows as Version beside the credential's id")
    }
}

impl FromStr for ApiVersion {
    type Err = UnknownApiVersion;

    /// Accepts `3.1` and, because people write it, `v3.1`; space around it is ignored.
    fn from_str(text: &str) -> Result<Self, UnknownApiVersion> {
        let given = text.trim();
        let number = given.strip_prefix(['v', 'V']).unwrap_or(given);
        let matching = TABLE.iter().find(|row| row.text == number);
        matching.map(|row| row.version).ok_or_else(|| UnknownApiVersion::new(given))
    }
}

impl TryFrom<&str> for ApiVersion {
    type Error = UnknownApiVersion;

    fn try_from(text: &str) -> Result<Self, UnknownApiVersion> {
        text.parse()
    }
}
