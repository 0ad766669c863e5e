//! The proxy as a setting: what its address may be, and how much of it may be shown.

use linkwright_core::{Error, ErrorKind, Result, Secret};
use url::Url;

use crate::HttpSettings;
use crate::address::LOCALHOST;

/// A proxy that is well written; whether it is there is not known.
#[derive(Clone)]
pub(crate) struct CheckedProxy {
    proxy: reqwest::Proxy,
    /// Scheme, host and port, without user and password.
    pub(crate) shown: String,
}

impl CheckedProxy {
    pub(crate) fn parse(text: &Secret) -> Result<Self> {
        // Never with the text or the parser's words: who forgot a scheme may have written the password first.
        let wrong = |what: &str| {
            Error::new(ErrorKind::ConfigInvalid, "http.settings", format!("the proxy's address {what}"))
                .with_hint(format!(
                    "write it as `http://HOST:PORT` or `http://USER:PASSWORD@HOST:PORT`; known kinds: {}",
                    HttpSettings::PROXY_SCHEMES.join(", ")
                ))
                .with_context("setting", "proxy")
        };
        let url = Url::parse(text.expose()).map_err(|_| wrong("cannot be read"))?;
        if !HttpSettings::PROXY_SCHEMES.contains(&url.scheme()) {
            return Err(wrong("is of no known kind"));
        }
        let Some(host) = url.host_str().filter(|host| !host.is_empty()) else {
            return Err(wrong("names no host"));
        };
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(wrong("has more than a host and a port"));
        }
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        let shown = format!("{}://{host}{port}", url.scheme());
        let proxy = reqwest::Proxy::all(text.expose()).map_err(|_| wrong("cannot be used"))?;
        // A request to this machine must not be handed to another one.
        let no_proxy = reqwest::NoProxy::from_string(&format!("{LOCALHOST},127.0.0.0/8,::1"));
        Ok(Self { proxy: proxy.no_proxy(no_proxy), shown })
    }

    pub(crate) fn to_reqwest(&self) -> reqwest::Proxy {
        self.proxy.clone()
    }
}
