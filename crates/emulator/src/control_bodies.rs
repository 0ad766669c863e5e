//! The bodies of requests to `/_emulator/`. Unknown members are refused: a slip in a test must not look like success.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Number, Value};

use crate::fault::Malformed;
use crate::offered_files::FileState;
use crate::shelf::ItemState;

/// Why a request cannot be carried out.
pub(crate) struct Complaint(pub(crate) u16, pub(crate) String);

/// What an endpoint answers.
pub(crate) type Answer = Result<Value, Complaint>;

/// `reset`: takes no member.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

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
    pub(crate) accept: Option<Vec<String>>,
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
    // Named here, it must be there: a body without it would mean no limit.
    #[serde(deserialize_with = "rate")]
    pub(crate) rate: Option<f64>,
    #[serde(default)]
    pub(crate) retry_after: bool,
}

/// `quota`: by the revenue, or by the limits themselves; `null` for no limit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuotaRequest {
    #[serde(default, deserialize_with = "revenue")]
    pub(crate) revenue: Option<f64>,
    #[serde(default, deserialize_with = "rate_even_null")]
    pub(crate) calls_per_second: Option<Option<f64>>,
    #[serde(default, deserialize_with = "calls_even_null")]
    pub(crate) calls_per_day: Option<Option<u64>>,
    pub(crate) retry_after: Option<bool>,
}

/// A number that `meaning` accepts, or none.
fn number<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    allowed: &str,
    meaning: impl Fn(&Number) -> Option<T>,
) -> Result<Option<T>, D::Error> {
    let number = Option::<Number>::deserialize(deserializer)?;
    let read = number.map(|number| {
        meaning(&number).ok_or_else(|| D::Error::custom(format!("must be {allowed}: `{number}`")))
    });
    read.transpose()
}

fn rate<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    number(deserializer, "a number above 0, or `null` for no limit", |number| {
        number.as_f64().filter(|rate| *rate > 0.0)
    })
}

fn revenue<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    number(deserializer, "an amount of US dollars, 0 or more", |number| {
        number.as_f64().filter(|dollars| *dollars >= 0.0)
    })
}

/// Tells `null` from a member that is not there.
fn rate_even_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<f64>>, D::Error> {
    rate(deserializer).map(Some)
}

/// Tells `null` from a member that is not there.
fn calls_even_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<u64>>, D::Error> {
    let allowed = "a whole number above 0, or `null` for no limit";
    number(deserializer, allowed, |number| number.as_u64().filter(|calls| *calls > 0)).map(Some)
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
