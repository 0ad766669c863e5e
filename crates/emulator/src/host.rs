//! The emulator behind a port: accepts connections, reads requests whole, and carries out what a reply asks for.

use std::fmt::Debug;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use linkwright_core::{BoxFuture, Clock, Timestamp};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant;

use crate::emulator::Emulator;
use crate::host_body::{HostBody, WasCut};
use crate::message::{Cut, Reply, Request};
use crate::ready::Ready;
use crate::refusal::Refusal;
use crate::settings::Settings;
use crate::switches::Switches;

/// Longer bodies are refused; a getItems request has at most a few kilobytes.
const LONGEST_BODY: usize = 1 << 20;

/// How long a cut waits after the first half, so that it has left before the connection ends.
const BEFORE_CUT: Duration = Duration::from_millis(20);

/// Where the emulator's own clock begins: a fixed moment, so that two runs answer alike.
const BEGINNING: Timestamp = Timestamp::from_unix_seconds(1_795_305_600); // 2026-11-22T00:00:00Z

/// An emulator that listens. It stops when it is dropped.
#[derive(Debug)]
pub struct Host {
    emulator: Shared,
    address: SocketAddr,
    clock: Arc<dyn Clock>,
    serving: JoinHandle<()>,
}

type Shared = Arc<Mutex<Emulator>>;

impl Host {
    /// Listens on a free port of the loopback interface, with a clock that begins at a fixed moment.
    ///
    /// # Errors
    /// If there is no free port.
    pub async fn start(settings: Settings) -> std::io::Result<Self> {
        Self::bind(settings, SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), Arc::new(OwnClock::new())).await
    }

    /// Listens on an address, with a clock of the caller's. Must run on a tokio runtime with I/O; and with time, if the
    /// clock needs it.
    ///
    /// # Errors
    /// If the address is taken or cannot be listened on.
    pub async fn bind(
        settings: Settings,
        address: SocketAddr,
        clock: Arc<dyn Clock>,
    ) -> std::io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let emulator = Arc::new(Mutex::new(Emulator::new(settings)));
        let serving = tokio::spawn(serve(listener, Arc::clone(&emulator), Arc::clone(&clock)));
        Ok(Self { emulator, address, clock, serving })
    }

    /// The address before `/catalog/v1/…`: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What a script must know.
    pub fn ready(&self) -> Ready {
        lock(&self.emulator).ready(&self.url())
    }

    /// Looks at the state machine, or changes it, between two requests.
    pub fn with_emulator<T>(&self, look: impl FnOnce(&mut Emulator) -> T) -> T {
        look(&mut lock(&self.emulator))
    }

    /// Carries out `POST /_emulator/NAME` with this JSON without a connection, and gives back the answer.
    ///
    /// # Errors
    /// The emulator's message, if there is no such endpoint or the body is not what it takes.
    pub fn control(&self, name: &str, body: &serde_json::Value) -> Result<serde_json::Value, String> {
        let request = Request::post(format!("/_emulator/{name}"), body.to_string());
        let reply = self.with_emulator(|emulator| emulator.answer(self.clock.now(), &request));
        let answer = reply.json_body();
        if reply.status == 200 {
            return Ok(answer);
        }
        Err(answer["error"].as_str().unwrap_or_default().to_owned())
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn lock(emulator: &Shared) -> MutexGuard<'_, Emulator> {
    // A panic while it was held is a bug; the state is still the best there is.
    emulator.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(listener: TcpListener, emulator: Shared, clock: Arc<dyn Clock>) {
    // Dropped together with this task, and with it every connection.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    lock(&emulator).connection_opened();
                    connections.spawn(connection(stream, Arc::clone(&emulator), Arc::clone(&clock)));
                }
                // Out of file handles, or a peer that is gone already: others may still be served.
                Err(_) => tokio::task::yield_now().await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, emulator: Shared, clock: Arc<dyn Clock>) {
    // Small replies must not wait for a later segment.
    drop(stream.set_nodelay(true));
    let service = service_fn(|request| respond(request, &emulator, &clock));
    let served = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    // Errors are the peer's going away, or a fault that was asked for.
    drop(served.await);
}

async fn respond(
    request: hyper::Request<Incoming>,
    emulator: &Shared,
    clock: &Arc<dyn Clock>,
) -> Result<hyper::Response<HostBody>, WasCut> {
    let is_control = request.uri().path().starts_with("/_emulator/");
    let _in_flight = (!is_control).then(|| InFlight::new(emulator));
    let reply = match read(request).await {
        Some(request) => lock(emulator).answer(clock.now(), &request),
        None => Refusal::CannotParse.reply(&Switches::default()),
    };
    if !reply.behaviour.wait_before.is_zero() {
        clock.sleep(reply.behaviour.wait_before).await;
    }
    response(reply, clock)
}

/// The whole request; `None` if its body is too long or breaks off.
async fn read(request: hyper::Request<Incoming>) -> Option<Request> {
    let (head, body) = request.into_parts();
    let body = Limited::new(body, LONGEST_BODY).collect().await.ok()?.to_bytes();
    let headers = head.headers.iter().map(|(name, value)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    });
    Some(Request {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: headers.collect(),
        body: body.into(),
    })
}

fn response(reply: Reply, clock: &Arc<dyn Clock>) -> Result<hyper::Response<HostBody>, WasCut> {
    let sleep = |time: Duration| -> BoxFuture<'static, ()> {
        let clock = Arc::clone(clock);
        Box::pin(async move { clock.sleep(time).await })
    };
    let body = match (reply.behaviour.cut, reply.behaviour.wait_within) {
        (Some(Cut::Before), _) => return Err(WasCut),
        (Some(Cut::Within), _) => {
            let half = reply.body.len() / 2;
            HostBody::cut(reply.body, half, Box::pin(tokio::time::sleep(BEFORE_CUT)))
        }
        (Some(Cut::At(bytes)), _) if bytes < reply.body.len() => {
            HostBody::cut(reply.body, bytes, Box::pin(tokio::time::sleep(BEFORE_CUT)))
        }
        (Some(Cut::At(_)), _) => HostBody::whole(reply.body),
        (None, Duration::ZERO) => HostBody::whole(reply.body),
        (None, time) => HostBody::with_pause(reply.body, sleep(time)),
    };
    let mut response = hyper::Response::builder().status(reply.status);
    for (name, value) in &reply.headers {
        response = response.header(*name, value);
    }
    // Names and values are ours: nothing in them could be refused.
    response.body(body).map_err(|_| WasCut)
}

/// Counts a request while it is being answered.
struct InFlight<'a>(&'a Shared);

impl<'a> InFlight<'a> {
    fn new(emulator: &'a Shared) -> Self {
        lock(emulator).request_begins();
        Self(emulator)
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        lock(self.0).request_ends();
    }
}

/// A clock that begins at a fixed moment and goes with tokio's, so that a test that pauses tokio's time pauses it.
#[derive(Debug)]
struct OwnClock(Instant);

impl OwnClock {
    fn new() -> Self {
        Self(Instant::now())
    }
}

impl Clock for OwnClock {
    fn now(&self) -> Timestamp {
        BEGINNING.plus(self.monotonic())
    }

    fn monotonic(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}
