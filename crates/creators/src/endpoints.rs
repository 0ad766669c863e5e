//! Where the API and the token services are.

use std::collections::BTreeMap;

use linkwright_core::{ApiVersion, Error, ErrorKind, Result};
use linkwright_http::{Address, AddressProblem};
use url::Url;

/// The addresses. Amazon's own, unless a setting says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Endpoints {
    /// The API, without a path: one host for all shops (SDK and documentation).
    pub api: String,
    /// The one token service for all versions; `None` for that of each version.
    pub token: Option<String>,
    /// The token services of single versions. They go before [`token`](Self::token).
    pub token_of: BTreeMap<ApiVersion, String>,
}

impl Endpoints {
    /// The address of Amazon's own API.
    pub const AMAZON: &'static str = "https://creatorsapi.amazon";

    /// The address tokens of this version are asked from.
    pub fn token(&self, version: ApiVersion) -> &str {
        self.token_of.get(&version).or(self.token.as_ref()).map_or(version.token_endpoint(), String::as_str)
    }

    /// Whether tokens of this version are asked from an address of the settings instead of Amazon's own.
    pub fn is_overridden(&self, version: ApiVersion) -> bool {
        self.token.is_some() || self.token_of.contains_key(&version)
    }

    /// Whether the API is Amazon's own, whose rules on pace then hold.
    pub fn is_amazon(&self) -> bool {
        // By the host alone: a port or a blank at the end leads to the same place.
        let host = |address: &str| Url::parse(address).ok()?.host_str().map(str::to_owned);
        host(&self.api).is_some_and(|own| Some(own) == host(Self::AMAZON))
    }

    /// Checks every address: `https`, or `http` to this machine itself.
    pub(crate) fn check(&self) -> Result<()> {
        check("api_endpoint", &self.api)?;
        self.token
            .iter()
            .chain(self.token_of.values())
            .try_for_each(|address| check("token_endpoint", address))
    }

    /// The address of an operation.
    pub(crate) fn operation(&self, path: &str) -> String {
        format!("{}{path}", self.api.trim_end_matches('/'))
    }
}

impl Default for Endpoints {
    fn default() -> Self {
        Self { api: Self::AMAZON.to_owned(), token: None, token_of: BTreeMap::new() }
    }
}

/// The address itself is not shown: it may hold a password.
fn check(setting: &'static str, address: &str) -> Result<()> {
    let refused = |why: &str| {
        Error::new(ErrorKind::ConfigInvalid, "creators.endpoints", format!("{why}: `{setting}`"))
            .with_origin(crate::ORIGIN)
            .with_hint("use an address that begins with `https://`")
            .with_context("setting", setting)
    };
    match Address::parse(address) {
        Ok(address) if address.has_query_or_fragment() => {
            Err(refused("the address may not hold a query or a fragment"))
        }
        Ok(_) => Ok(()),
        Err(AddressProblem::UserOrPassword { .. }) => {
            Err(refused("the address may not hold a user or a password"))
        }
        Err(AddressProblem::Scheme { .. }) => Err(refused("the address is neither https nor http")),
        Err(AddressProblem::PlainHttp { .. }) => {
            Err(refused("a credential is not sent over plain http to another machine")
                .with_context(Error::REASON, "insecure_endpoint"))
        }
        Err(_) => Err(refused("the setting is no address")),
    }
}
