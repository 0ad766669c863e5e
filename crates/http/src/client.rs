//! The one [`Transport`] over sockets.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use linkwright_core::{Error, ErrorKind, Result};
use reqwest::header::{HeaderName, HeaderValue as Value};
use reqwest::{Client, RequestBuilder};
use rustls::ClientConfig;
use tokio::sync::OnceCell;
use zeroize::Zeroizing;

use crate::address::LOCALHOST;
use crate::body::{self, Pieces};
use crate::failure::{Attempt, Phase};
use crate::proxy::CheckedProxy;
use crate::settings::AGENT;
use crate::trust::Trust;
use crate::{
    Address, AddressProblem, Body, HeaderValue, Headers, HttpSettings, Method, Request, Response,
    StreamedResponse, Transport,
};

/// Sends requests over TCP and TLS, HTTP/1.1, by keeping connections for the next request to the same place.
///
/// The client behind it is built by the first request, so that one that is never used costs nothing: with TLS the
/// machine's whole store of certificates is read.
pub struct HttpTransport {
    checked: Checked,
    /// For plain HTTP, which stays on this machine: no proxy, no certificates.
    plain: OnceCell<Client>,
    /// For HTTPS.
    secure: OnceCell<Client>,
}

/// The settings, each known to be usable.
#[derive(Clone)]
struct Checked {
    proxy: Option<CheckedProxy>,
    trust: Trust,
    connect_timeout: Duration,
    timeout: Duration,
    user_agent: Value,
}

/// Less than the 60 s after which Amazon's load balancers close a connection nobody uses, so that a request is not sent
/// into one that is being closed. (Elastic Load Balancing, "connection idle timeout", its default, 2026.)
const IDLE: Duration = Duration::from_secs(50);

/// Header fields that are the transport's own.
const OWN_FIELDS: [&str; 6] =
    ["connection", "content-length", "host", "proxy-authorization", "transfer-encoding", "user-agent"];

impl HttpTransport {
    /// Checks the settings; nothing is connected, and no file is read.
    ///
    /// # Errors
    /// `ConfigInvalid`, with the setting's name as context `setting`. The proxy's address is not shown: it may hold a
    /// password.
    pub fn new(settings: HttpSettings) -> Result<Self> {
        let HttpSettings { proxy, ca_certificates, only_these, connect_timeout, timeout, user_agent } =
            settings;
        let checked = Checked {
            proxy: proxy.as_ref().map(CheckedProxy::parse).transpose()?,
            trust: Trust::parse(&ca_certificates, only_these)?,
            connect_timeout: positive("connect_timeout", connect_timeout)?,
            timeout: positive("timeout", timeout)?,
            user_agent: honest(&user_agent)?,
        };
        Ok(Self { checked, plain: OnceCell::new(), secure: OnceCell::new() })
    }

    /// The request in the client's terms, without its bound in time.
    async fn prepare(&self, request: Request) -> Result<(Attempt, RequestBuilder)> {
        let address = Address::parse(&request.url).map_err(refused)?;
        let through_proxy = self.checked.proxy.as_ref().filter(|_| !address.is_loopback());
        let client = self.client(&address).await?;
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
        };
        let attempt = Attempt {
            proxy: through_proxy.map(|proxy| proxy.shown.clone()),
            connect_timeout: self.checked.connect_timeout,
            timeout: request.timeout.unwrap_or(self.checked.timeout),
            origin: address.origin,
        };
        let mut builder = client.request(method, address.url);
        for (name, value) in &request.headers {
            let (name, value) = header(name, value)?;
            builder = builder.header(name, value);
        }
        let builder = match request.body {
            Body::Empty => builder,
            Body::Plain(bytes) => builder.body(bytes),
            // Not copied: overwritten when the client lets go of it.
            Body::Secret(bytes) => builder.body(Bytes::from_owner(bytes)),
        };
        Ok((attempt, builder))
    }

    async fn client(&self, address: &Address) -> Result<&Client> {
        if address.is_plain() {
            let build = || async { self.checked.client(Trust::nobody()?, None) };
            return self.plain.get_or_try_init(build).await;
        }
        let build = || async {
            let checked = self.checked.clone();
            let built = tokio::task::spawn_blocking(move || {
                checked.client(checked.trust.to_config()?, checked.proxy.as_ref())
            });
            built.await.map_err(|error| internal("the HTTP client could not be built").with_source(error))?
        };
        self.secure.get_or_try_init(build).await
    }
}

impl Checked {
    fn client(&self, tls: ClientConfig, proxy: Option<&CheckedProxy>) -> Result<Client> {
        let loopback = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)]
            .map(|ip| SocketAddr::new(ip, 0));
        let builder = Client::builder()
            .tls_backend_preconfigured(tls)
            .user_agent(self.user_agent.clone())
            .connect_timeout(self.connect_timeout)
            .pool_idle_timeout(IDLE)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            // Plain HTTP is allowed to this name, so it must be this machine.
            .resolve_to_addrs(LOCALHOST, &loopback)
            // Also switches off the environment's proxies; therefore first.
            .no_proxy();
        let builder = match proxy {
            Some(proxy) => builder.proxy(proxy.to_reqwest()),
            None => builder,
        };
        builder
            .build()
            .map_err(|error| internal("the HTTP client could not be built").with_source(error.without_url()))
    }
}

#[async_trait]
impl Transport for HttpTransport {
    async fn send(&self, request: Request) -> Result<Response> {
        let (limit, secret) = (request.max_response_bytes, request.secret_answer);
        let (attempt, builder) = self.prepare(request).await?;
        let sent = builder.timeout(attempt.timeout).send().await;
        let answer = sent.map_err(|error| attempt.failed(&error, false))?;
        let (status, headers) = head(&answer);
        let body = body::whole(answer, &attempt, limit, secret).await?;
        Ok(Response { status, headers, body })
    }

    async fn open(&self, request: Request) -> Result<StreamedResponse> {
        let limit = request.max_response_bytes;
        let (attempt, builder) = self.prepare(request).await?;
        // Not the client's own bound, which would end with the last byte of the body.
        let sent = tokio::time::timeout(attempt.timeout, builder.send()).await;
        let answer = sent
            .map_err(|_| attempt.too_late(Phase::Send))?
            .map_err(|error| attempt.failed(&error, false))?;
        let (status, headers) = head(&answer);
        Ok(StreamedResponse::new(status, headers, Pieces::new(answer, attempt, limit)))
    }
}

fn head(answer: &reqwest::Response) -> (u16, Headers) {
    let fields = answer.headers().iter().map(|(name, value)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    });
    (answer.status().as_u16(), Headers::new(fields))
}

fn header(name: &'static str, value: &HeaderValue) -> Result<(HeaderName, Value)> {
    let invalid = |what: &str| {
        Error::new(ErrorKind::RequestInvalid, "http.send", format!("{what}: `{name}`"))
            .with_context("header", name)
    };
    let field = HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid("no name of a header field"))?;
    if OWN_FIELDS.contains(&field.as_str()) {
        return Err(invalid("a header field that is the transport's own"));
    }
    let sent = match value {
        HeaderValue::Plain(text) => Value::from_str(text),
        HeaderValue::Secret(secret) => {
            Value::from_maybe_shared(Bytes::from_owner(Zeroizing::new(secret.expose().as_bytes().to_vec())))
                .map(|mut value| {
                    value.set_sensitive(true);
                    value
                })
        }
    };
    let sent =
        sent.map_err(|_| invalid("a header field's value may hold no line break or control character"))?;
    Ok((field, sent))
}

/// Nothing is sent to such an address.
fn refused(problem: AddressProblem) -> Error {
    let error = Error::new(ErrorKind::ConfigInvalid, "http.send", problem.to_string());
    match problem {
        AddressProblem::PlainHttp { origin } => error.with_origin(origin).with_hint("write `https://`"),
        AddressProblem::UserOrPassword { origin } => error.with_origin(origin),
        AddressProblem::NotAnAddress { .. } | AddressProblem::Scheme { .. } => error,
    }
}

fn positive(setting: &'static str, duration: Duration) -> Result<Duration> {
    if duration.is_zero() {
        return Err(invalid(setting, "a time to wait cannot be zero"));
    }
    Ok(duration)
}

/// Refuses a user agent that hides what we are.
fn honest(user_agent: &str) -> Result<Value> {
    if !user_agent.split(' ').any(|word| word == AGENT) {
        let message = format!("the user agent must contain `{AGENT}`, but is: `{user_agent}`");
        return Err(invalid("user_agent", message));
    }
    Value::from_str(user_agent)
        .map_err(|_| invalid("user_agent", "the user agent may hold no line break or control character"))
}

fn invalid(setting: &'static str, message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::ConfigInvalid, "http.settings", message).with_context("setting", setting)
}

fn internal(message: &'static str) -> Error {
    Error::new(ErrorKind::Internal, "http.send", message)
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransport")
            .field("proxy", &self.checked.proxy.as_ref().map(|proxy| proxy.shown.as_str()))
            .field("user_agent", &self.checked.user_agent)
            .field("connect_timeout", &self.checked.connect_timeout)
            .field("timeout", &self.checked.timeout)
            .finish_non_exhaustive()
    }
}
