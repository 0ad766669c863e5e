//! What the HTTP client's errors mean.
//!
//! The client's own errors do not leave this file: they know the whole address and print every layer's view of one
//! fact. What is kept is the text of the innermost causes.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::time::Duration;

use linkwright_core::{Error, ErrorKind, Retry};
use rustls::CertificateError as Certificate;

/// What was being done when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    Resolve,
    Connect,
    Tls,
    Send,
    Body,
}

impl Phase {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Resolve => "resolve",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Send => "send",
            Self::Body => "body",
        }
    }
}

/// What is known of the request that failed.
#[derive(Debug)]
pub(crate) struct Attempt {
    pub(crate) origin: String,
    /// The proxy it went through, as it may be shown.
    pub(crate) proxy: Option<String>,
    pub(crate) connect_timeout: Duration,
    pub(crate) timeout: Duration,
}

impl Attempt {
    /// An error of this request, in words.
    pub(crate) fn error(&self, kind: ErrorKind, phase: Phase, message: &str) -> Error {
        let error = Error::new(kind, "http.send", format!("{message}: `{}`", self.origin))
            .with_origin(self.origin.clone())
            .with_context("phase", phase.as_str());
        match &self.proxy {
            Some(proxy) => error.with_context("proxy", proxy.clone()),
            None => error,
        }
    }

    /// The client's error in our terms. `reading`: the head of the answer had come already.
    pub(crate) fn failed(&self, error: &reqwest::Error, reading: bool) -> Error {
        let phase = if reading { Phase::Body } else { phase(error) };
        let converted = if error.is_timeout() {
            self.too_late(phase)
        } else if let Some(error) = tls_error(error) {
            self.tls(error)
        } else {
            self.broken(phase, error)
        };
        converted.with_source(Cause::of(error))
    }

    /// The time allowed is over.
    pub(crate) fn too_late(&self, phase: Phase) -> Error {
        let (allowed, what) = match phase {
            // The bound on a connection counts only where the request's own is longer.
            Phase::Resolve | Phase::Connect | Phase::Tls => {
                (self.connect_timeout.min(self.timeout), "no connection")
            }
            Phase::Send => (self.timeout, "no answer"),
            Phase::Body => (self.timeout, "no complete answer"),
        };
        self.timed_out(phase, what, allowed)
    }

    /// An answer that comes in pieces, of which none came in the time allowed.
    pub(crate) fn stalled(&self) -> Error {
        self.timed_out(Phase::Body, "nothing more of the answer", self.timeout)
    }

    fn timed_out(&self, phase: Phase, what: &str, allowed: Duration) -> Error {
        self.error(ErrorKind::Timeout, phase, &format!("{what} within {:?}", in_tenths(allowed)))
            .with_retry(Retry::Now)
            .with_hint("check the network, or allow a longer time")
    }

    fn broken(&self, phase: Phase, error: &reqwest::Error) -> Error {
        let unavailable =
            |message: &str| self.error(ErrorKind::Unavailable, phase, message).with_retry(Retry::Now);
        match phase {
            Phase::Resolve => {
                unavailable("the host was not found").with_hint("check the network and the name of the host")
            }
            Phase::Connect if self.proxy.is_some() && asks_for_password(error) => self
                .error(ErrorKind::ConfigInvalid, phase, "the proxy asks for a user and a password")
                .with_hint("write them into the proxy's address: `http://USER:PASSWORD@HOST:PORT`"),
            Phase::Connect if self.proxy.is_some() => unavailable("no connection through the proxy")
                .with_hint("check that the proxy is there and allows this host"),
            Phase::Connect => unavailable("no connection")
                .with_hint("check the network; if there is a proxy, name it by `proxy`"),
            Phase::Tls => unavailable("the connection broke while TLS was set up"),
            Phase::Send => unavailable("the connection broke before there was an answer"),
            Phase::Body => unavailable("the answer broke off"),
        }
    }

    /// A refused certificate stays refused, so nothing here is retried.
    fn tls(&self, error: &rustls::Error) -> Error {
        let (message, hint) = match error {
            rustls::Error::InvalidCertificate(Certificate::UnknownIssuer) => (
                "the server's certificate is from no authority that is trusted here",
                "if the network has an authority of its own, name its certificate by `ca-file`",
            ),
            rustls::Error::InvalidCertificate(Certificate::Expired | Certificate::ExpiredContext { .. }) => (
                "the server's certificate has expired",
                "check this machine's date, then tell the server's owner",
            ),
            rustls::Error::InvalidCertificate(
                Certificate::NotValidYet | Certificate::NotValidYetContext { .. },
            ) => ("the server's certificate is not valid yet", "check this machine's date"),
            rustls::Error::InvalidCertificate(
                Certificate::NotValidForName | Certificate::NotValidForNameContext { .. },
            ) => (
                "the server's certificate is for another host",
                "check the name of the host; a network that asks for a log-in first answers like this",
            ),
            rustls::Error::InvalidCertificate(_) => (
                "the server's certificate was refused",
                "if the network has an authority of its own, name its certificate by `ca-file`",
            ),
            _ => ("TLS could not be agreed on", "check that the address is one that speaks HTTPS"),
        };
        self.error(ErrorKind::Unavailable, Phase::Tls, message).with_hint(hint)
    }
}

fn phase(error: &reqwest::Error) -> Phase {
    let ended = || find::<io::Error>(error, |io| io.kind() == io::ErrorKind::UnexpectedEof).is_some();
    if error.is_dns() {
        Phase::Resolve
    } else if tls_error(error).is_some() {
        Phase::Tls
    } else if error.is_connect() {
        // While connecting only TLS waits for bytes, whose end it can miss.
        if ended() { Phase::Tls } else { Phase::Connect }
    } else if error.is_body() || error.is_decode() {
        Phase::Body
    } else {
        Phase::Send
    }
}

/// The client has no other sign of it than its words.
fn asks_for_password(error: &reqwest::Error) -> bool {
    Cause::of(error).0.contains("proxy auth")
}

/// The first cause of this type that is meant. An `io::Error` names as its source not what it wraps but that one's source,
/// so what it wraps is looked at too.
fn find<'a, E: StdError + 'static>(
    error: &'a (dyn StdError + 'static),
    meant: fn(&E) -> bool,
) -> Option<&'a E> {
    if let Some(found) = error.downcast_ref::<E>().filter(|found| meant(found)) {
        return Some(found);
    }
    if let Some(wrapped) = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        return find(wrapped, meant);
    }
    find(error.source()?, meant)
}

fn tls_error<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a rustls::Error> {
    find(error, |_| true)
}

/// The text of the innermost causes.
#[derive(Debug)]
struct Cause(String);

impl Cause {
    fn of(error: &reqwest::Error) -> Self {
        // The outermost layer says only "error sending request for url", with the url.
        let mut texts: Vec<String> = Vec::new();
        let mut next = error.source();
        while let Some(cause) = next {
            let text = cause.to_string();
            // One layer says only "client error (Connect)", which the message says better. Some print their cause as well.
            if !text.starts_with("client error (") && !texts.iter().any(|known| known.contains(&text)) {
                texts.push(text);
            }
            next = cause.source();
        }
        Self(texts.join(": "))
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for Cause {}

/// Rounded to what a reader cares for: a deadline leaves odd remainders.
fn in_tenths(duration: Duration) -> Duration {
    let millis = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    Duration::from_millis(if millis < 1000 { millis } else { millis.saturating_add(50) / 100 * 100 })
}
