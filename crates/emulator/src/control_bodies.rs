//! The bodies of requests to `/_emulator/`. Unknown members are refused: a slip in a test must not look like success.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::fault::Malformed;
use crate::offered_files::FileState;
use crate::shelf::ItemState;

/// Why a request cannot be carried out.
pub(crate) struct Complaint(pub(crate) u16, pub(crate) String);

/// What an endpoint answers.
pub(crate) type Answer = Result<Value, Complaint>;

/// Reads a body; none is an empty object.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Complaint> {
    let body = if body.iter().all(u8::is_ascii_whitespace) { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| Complaint(400, error.to_string()))
}

/// Reads a value that is part of a body.
pub(crate) fn parsed<T: DeserializeOwned>(value: Value) -> Result<T, Complaint> {
    serde_json::from_value(value).map_err(|error| Complaint(400, error.to_string()))
}

/// `eligibility`: in one shop, or in all.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Eligibility {
    pub(crate) eligible: bool,
    pub(crate) marketplace: Option<String>,
}

/// `associate`: in one shop, or in all.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Associate {
    pub(crate) linked: bool,
    pub(crate) marketplace: Option<String>,
}

/// `credentials`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Credentials {
    pub(crate) accepted: bool,
}

/// `tags`: further tags, or any tag at all.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tags {
    #[serde(default)]
    pub(crate) accept: Vec<String>,
    pub(crate) any: Option<bool>,
}

/// `tokens`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tokens {
    pub(crate) action: TokenAction,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TokenAction {
    /// They are known, but their time is over.
    Expire,
    /// They were never given out.
    Forget,
}

/// `clock`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Clock {
    pub(crate) advance_seconds: u64,
}

/// `pace`: calls a second, `null` for no limit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PaceRequest {
    pub(crate) rate: Option<f64>,
    #[serde(default)]
    pub(crate) retry_after: bool,
}

/// `quota`: by the revenue, or by the limits themselves; `null` for no limit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuotaRequest {
    pub(crate) revenue: Option<f64>,
    #[serde(default, deserialize_with = "even_null")]
    pub(crate) calls_per_second: Option<Option<f64>>,
    #[serde(default, deserialize_with = "even_null")]
    pub(crate) calls_per_day: Option<Option<u64>>,
    pub(crate) retry_after: Option<bool>,
}

/// Tells `null` from a member that is not there.
fn even_null<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// `item`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ItemRequest {
    pub(crate) asin: String,
    pub(crate) state: ItemState,
}

/// `files`: may the account use feeds, may it use reports.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Files {
    pub(crate) feeds: Option<bool>,
    pub(crate) reports: Option<bool>,
}

/// `file`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileRequest {
    pub(crate) name: String,
    pub(crate) state: FileState,
}

/// `throttle`: seconds for the header `Retry-After`, and for the member `retryAfterSeconds`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Throttle {
    pub(crate) retry_after: Option<u64>,
    pub(crate) retry_after_seconds: Option<u64>,
}

/// `fail`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fail {
    #[serde(default = "internal_server_error")]
    pub(crate) status: u16,
}

fn internal_server_error() -> u16 {
    500
}

/// `unauthorized` and `denied`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Because<R> {
    pub(crate) reason: R,
}

/// `invalid`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Invalid {
    pub(crate) field: String,
}

/// `slow`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slow {
    pub(crate) milliseconds: u64,
    #[serde(default)]
    pub(crate) r#where: Place,
}

/// `cut`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CutAt {
    pub(crate) r#where: Option<Place>,
    pub(crate) at_byte: Option<usize>,
}

/// Where in a reply.
#[derive(Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Place {
    #[default]
    Before,
    Body,
}

/// `malformed`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct How {
    #[serde(default)]
    pub(crate) how: Malformed,
}
