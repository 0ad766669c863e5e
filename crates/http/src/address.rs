//! Where a request may go: HTTPS anywhere, plain HTTP to this machine only.
//!
//! Looks at the address as the client will understand it, after parsing: `http://127.0.0.1@evil.example/` goes to
//! `evil.example`.

use linkwright_core::{Error, ErrorKind, Result};
use url::{Host, Url};

/// An address a request may go to.
#[derive(Debug)]
pub(crate) struct Address {
    pub(crate) url: Url,
    /// Scheme, host and port: all of the address that is shown in messages, for a path or a query may hold anything.
    pub(crate) origin: String,
}

impl Address {
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let url = Url::parse(text).map_err(|error| invalid(format!("the address is none: {error}")))?;
        let origin = url.origin().ascii_serialization();
        let refused = |why: &str| invalid(format!("{why}: `{origin}`")).with_origin(origin.clone());
        let plain = match url.scheme() {
            "https" => false,
            "http" => true,
            other => {
                return Err(invalid(format!("an address is `https://…`, not of this scheme: `{other}`")));
            }
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused("an address may not hold a user or a password"));
        }
        if plain && !is_loopback(&url) {
            return Err(refused("plain http is only for this machine itself").with_hint("write `https://`"));
        }
        Ok(Self { url, origin })
    }

    pub(crate) fn is_plain(&self) -> bool {
        self.url.scheme() == "http"
    }

    /// Whether it stays on this machine, and so goes through no proxy.
    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        // The one name: the client resolves it itself, whatever the machine's tables say.
        Some(Host::Domain(name)) => name == LOCALHOST,
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// The name of this machine, in the form the parser leaves it in.
pub(crate) const LOCALHOST: &str = "localhost";

fn invalid(message: String) -> Error {
    Error::new(ErrorKind::ConfigInvalid, "http.send", message)
}
