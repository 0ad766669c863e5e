//! The bodies of requests to `/_emulator/`. Unknown members are refused: a slip in a test must not look like success.

use serde::Deserialize;

use crate::fault::Malformed;
use crate::shelf::ItemState;

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

/// `item`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ItemRequest {
    pub(crate) asin: String,
    pub(crate) state: ItemState,
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
    #[serde(default)]
    pub(crate) r#where: Place,
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
