//! Where a request may go: HTTPS anywhere, plain HTTP to this machine only.
//!
//! The one place with this rule. Who checks an address before it is used, as a setting's, asks here and adds which setting
//! it was; what is sent is checked again, each time.

use std::fmt;

use url::{Host, Url};

/// An address a request may go to: `https://…`, or `http://…` to this machine itself, without user and password.
///
/// It is looked at as the client will understand it, after parsing: `http://127.0.0.1@evil.example/` goes to
/// `evil.example`.
///
/// ```
/// use linkwright_http::{Address, AddressProblem};
///
/// assert_eq!(Address::parse("https://api.example/items?x=1").unwrap().origin(), "https://api.example");
/// assert!(Address::parse("http://[::1]:8080").unwrap().is_loopback());
/// let plain = AddressProblem::PlainHttp { origin: "http://api.example".to_owned() };
/// assert_eq!(Address::parse("http://api.example/").unwrap_err(), plain);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    pub(crate) url: Url,
    pub(crate) origin: String,
}

/// Why a text is no address a request may go to. Shows at most the origin: what else was written may be a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AddressProblem {
    /// It is no address at all; why, in the parser's words.
    NotAnAddress {
        /// The parser's words, which repeat nothing of the text.
        why: String,
    },
    /// It is neither `https` nor `http`.
    Scheme {
        /// What it is.
        scheme: String,
    },
    /// It holds a user or a password.
    UserOrPassword {
        /// Scheme, host and port.
        origin: String,
    },
    /// It is plain HTTP to another machine.
    PlainHttp {
        /// Scheme, host and port.
        origin: String,
    },
}

impl Address {
    /// Reads and checks an address; nothing is resolved or asked.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, AddressProblem> {
        let url =
            Url::parse(text).map_err(|error| AddressProblem::NotAnAddress { why: error.to_string() })?;
        let origin = url.origin().ascii_serialization();
        let plain = match url.scheme() {
            "https" => false,
            "http" => true,
            other => return Err(AddressProblem::Scheme { scheme: other.to_owned() }),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressProblem::UserOrPassword { origin });
        }
        if plain && !is_loopback(&url) {
            return Err(AddressProblem::PlainHttp { origin });
        }
        Ok(Self { url, origin })
    }

    /// Scheme, host and port: all of an address that is shown in messages, for a path or a query may hold anything.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether it stays on this machine, and so goes through no proxy: `localhost`, 127.0.0.0/8 or `::1`.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// Whether something comes after its path, `?…` or `#…`, so that no path can be added to it.
    pub fn has_query_or_fragment(&self) -> bool {
        self.url.query().is_some() || self.url.fragment().is_some()
    }

    pub(crate) fn is_plain(&self) -> bool {
        self.url.scheme() == "http"
    }
}

impl fmt::Debug for Address {
    /// Its origin alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({}/…)", self.origin)
    }
}

impl fmt::Display for AddressProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnAddress { why } => write!(f, "the address is none: {why}"),
            Self::Scheme { scheme } => {
                write!(f, "an address is `https://…`, not of this scheme: `{scheme}`")
            }
            Self::UserOrPassword { origin } => {
                write!(f, "an address may not hold a user or a password: `{origin}`")
            }
            Self::PlainHttp { origin } => {
                write!(f, "plain http is only for this machine itself: `{origin}`")
            }
        }
    }
}

impl std::error::Error for AddressProblem {}

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
