//! Addresses as settings: where the API is, and the proxy on the way there.
//!
//! Checked here so that a mistake is named with its line. What may really be asked is the transport's to decide, each
//! time.

use std::fmt;

use linkwright_core::{Error, ErrorKind, Secret};
use linkwright_http::{Address, AddressProblem, HttpSettings};
use url::Url;

/// The address of a service instead of Amazon's own: `https://…`, or plain `http://…` on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint(String);

impl Endpoint {
    /// The address as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl std::str::FromStr for Endpoint {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        // Without the text: it may hold a password, or be one.
        let address = Address::parse(text).map_err(|problem| match problem {
            AddressProblem::NotAnAddress { why } => invalid(format!("not an address: {why}")),
            AddressProblem::UserOrPassword { .. } => invalid("an address may not hold a user or a password"),
            AddressProblem::PlainHttp { .. } => {
                invalid("plain http is only for this machine itself; write `https://`")
            }
            other => invalid(other.to_string()),
        })?;
        if address.has_query_or_fragment() {
            return Err(invalid("an address ends with its path, without `?` and `#`"));
        }
        Ok(Self(text.to_owned()))
    }
}

/// A proxy's address, which may hold a password: `Display` and `Debug` leave user and password out.
#[derive(Clone, PartialEq, Eq)]
pub struct ProxyAddress {
    whole: Secret,
    shown: String,
    has_password: bool,
}

impl ProxyAddress {
    /// The whole address, user and password included, for the transport.
    pub fn secret(&self) -> &Secret {
        &self.whole
    }

    /// Whether the address holds a password, which has no place in a file of profiles.
    pub fn has_password(&self) -> bool {
        self.has_password
    }
}

impl fmt::Display for ProxyAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.shown)
    }
}

impl fmt::Debug for ProxyAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProxyAddress({})", self.shown)
    }
}

impl std::str::FromStr for ProxyAddress {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        // Never with the text or the parser's words: who forgot the scheme may have written the password first.
        let url =
            Url::parse(text).map_err(|_| invalid("not a proxy's address; write it as `http://HOST:PORT`"))?;
        if !HttpSettings::PROXY_SCHEMES.contains(&url.scheme()) {
            let known = HttpSettings::PROXY_SCHEMES.join(", ");
            return Err(invalid(format!("not a proxy of a known kind; known: {known}")));
        }
        let host = url.host_str().filter(|host| !host.is_empty());
        let host =
            host.ok_or_else(|| invalid("a proxy's address names a host; write it as `http://HOST:PORT`"))?;
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(invalid("a proxy's address has no more than a host and a port"));
        }
        let has_password = url.password().is_some();
        let who = if url.username().is_empty() && !has_password { "" } else { "…@" };
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        let shown = format!("{}://{who}{host}{port}", url.scheme());
        Ok(Self { whole: Secret::new(text), shown, has_password })
    }
}

fn invalid(message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::ConfigInvalid, "profile.read", message)
}
