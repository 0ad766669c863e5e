//! How the transport is set up. What the values may be is checked by who uses them.

use std::fmt;
use std::time::Duration;

use linkwright_core::Secret;

/// What every user agent of ours contains. Amazon's Associates policies ask automated agents to name themselves as
/// `Agent/` and a name, and forbid to hide that they are automated.
pub(crate) const AGENT: &str = "Agent/linkwright";

/// The one user agent: a list of products as RFC 9110 §10.1.5 has it, which program it is and of which version.
///
/// ```
/// assert_eq!(linkwright_http::user_agent("0.1.0"), "Agent/linkwright linkwright/0.1.0");
/// ```
pub fn user_agent(version: &str) -> String {
    format!("{AGENT} linkwright/{version}")
}

/// How to reach the world. Read once, by [`HttpTransport::new`](crate::HttpTransport::new).
///
/// Nothing here comes from the environment: who makes the settings decides what counts.
#[derive(Clone)]
#[non_exhaustive]
pub struct HttpSettings {
    /// The proxy for all but this machine itself: `http://`, `https://`, `socks5://` (the name is resolved here) or
    /// `socks5h://` (the proxy resolves it), with a user and a password if it asks for them. `None` for none.
    pub proxy: Option<Secret>,
    /// Own authorities, each a text of one or more certificates in PEM.
    pub ca_certificates: Vec<Vec<u8>>,
    /// Whether only the own authorities are trusted, and none of the machine's.
    pub only_these: bool,
    /// How long one connection may take, TLS included.
    pub connect_timeout: Duration,
    /// How long a request may take in all, unless it says so itself.
    pub timeout: Duration,
    /// What [`user_agent`] makes, or a text that contains its first word.
    pub user_agent: String,
}

impl HttpSettings {
    /// A connection within a continent takes well under a second; five allow for a lost packet or two.
    pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
    /// Longer than a slow answer of ten products with all resources takes.
    pub const TIMEOUT: Duration = Duration::from_secs(20);

    /// The kinds of proxy there are, as their addresses begin. `socks4` is left out: it knows neither names nor passwords
    /// nor IPv6.
    pub const PROXY_SCHEMES: [&str; 4] = ["http", "https", "socks5", "socks5h"];

    /// No proxy, the machine's authorities, the usual bounds.
    pub fn new(user_agent: impl Into<String>) -> Self {
        Self {
            proxy: None,
            ca_certificates: Vec::new(),
            only_these: false,
            connect_timeout: Self::CONNECT_TIMEOUT,
            timeout: Self::TIMEOUT,
            user_agent: user_agent.into(),
        }
    }
}

impl fmt::Debug for HttpSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpSettings")
            .field("proxy", &self.proxy)
            // Files of certificates have been seen with the private key beside them.
            .field("ca_certificates", &format_args!("{} texts", self.ca_certificates.len()))
            .field("only_these", &self.only_these)
            .field("connect_timeout", &self.connect_timeout)
            .field("timeout", &self.timeout)
            .field("user_agent", &self.user_agent)
            .finish()
    }
}
