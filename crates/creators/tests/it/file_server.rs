//! A file server of this machine, and everything around a download from it.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use linkwright_core::{BoxFuture, Clock, Error, RequestContext, Result, Secret, Timestamp};
use linkwright_creators::{Download, DownloadOptions, Downloaded};
use linkwright_http::{HttpSettings, HttpTransport, user_agent};
use linkwright_testkit::ManualClock;
use md5::{Digest, Md5};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::context;

/// What the server does with one request.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// These bytes, then the connection is closed.
    Raw(Vec<u8>),
    /// These bytes, then nothing more on an open connection.
    Hang(Vec<u8>),
    /// The file, with ranges if they are asked for.
    File(Serving),
}

/// How the file is served.
#[derive(Debug, Clone)]
pub(crate) struct Serving {
    pub(crate) body: Vec<u8>,
    pub(crate) etag: Option<&'static str>,
    /// Closes the connection after so many bytes of the body.
    pub(crate) cut: Option<usize>,
}

impl Reply {
    pub(crate) fn file(body: &[u8]) -> Self {
        Self::File(Serving { body: body.to_vec(), etag: Some(ETAG), cut: None })
    }

    pub(crate) fn cut(body: &[u8], after: usize) -> Self {
        Self::File(Serving { body: body.to_vec(), etag: Some(ETAG), cut: Some(after) })
    }

    pub(crate) fn of_version(body: &[u8], etag: Option<&'static str>, cut: Option<usize>) -> Self {
        Self::File(Serving { body: body.to_vec(), etag, cut })
    }

    /// An answer of this status without a body.
    pub(crate) fn status(status: u16, fields: &str) -> Self {
        Self::Raw(format!("HTTP/1.1 {status} X\r\n{fields}content-length: 0\r\n\r\n").into_bytes())
    }

    /// A good answer with these header fields and this body, whatever is asked for.
    pub(crate) fn body(fields: &str, body: &[u8]) -> Self {
        let mut answer = format!("HTTP/1.1 200 OK\r\n{fields}\r\n").into_bytes();
        answer.extend_from_slice(body);
        Self::Raw(answer)
    }
}

pub(crate) const ETAG: &str = "\"version-1\"";

/// A running server and what it was asked.
pub(crate) struct FileServer {
    pub(crate) port: u16,
    requests: Arc<Mutex<Vec<String>>>,
}

impl FileServer {
    /// Answers the first request with the first reply and so on; the last one is for all that follow.
    pub(crate) async fn new(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests: Arc<Mutex<Vec<String>>> = Arc::default();
        let seen = Arc::clone(&requests);
        tokio::spawn(async move {
            loop {
                let (mut socket, _) = listener.accept().await.unwrap();
                let Some(request) = read_head(&mut socket).await else { continue };
                let reply = {
                    let mut seen = seen.lock().unwrap();
                    seen.push(request.clone());
                    replies[(seen.len() - 1).min(replies.len() - 1)].clone()
                };
                tokio::spawn(async move { answer(socket, &request, reply).await });
            }
        });
        Self { port, requests }
    }

    pub(crate) fn url(&self, path: &str) -> Secret {
        Secret::new(format!("http://127.0.0.1:{}{path}", self.port))
    }

    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// Of each request where it asked to begin, and of which version; empty where it asked for all.
    pub(crate) fn ranges(&self) -> Vec<String> {
        let field = |request: &str, name: &str| {
            request.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned()
        };
        let both =
            |request: &String| format!("{}{}", field(request, "range: "), field(request, "if-range: "));
        self.requests().iter().map(both).collect()
    }
}

async fn read_head(socket: &mut TcpStream) -> Option<String> {
    let mut text = Vec::new();
    loop {
        let mut buffer = [0; 4096];
        let length = socket.read(&mut buffer).await.ok().filter(|length| *length > 0)?;
        text.extend_from_slice(&buffer[..length]);
        if text.ends_with(b"\r\n\r\n") {
            return Some(String::from_utf8(text).unwrap());
        }
    }
}

/// A client that gives up is no failure of the server.
async fn answer(mut socket: TcpStream, request: &str, reply: Reply) {
    let (bytes, hangs) = match reply {
        Reply::Raw(bytes) => (bytes, false),
        Reply::Hang(bytes) => (bytes, true),
        Reply::File(serving) => (serving.answer(request), false),
    };
    if socket.write_all(&bytes).await.is_err() {
        return;
    }
    if hangs {
        std::future::pending::<()>().await;
    }
    drop(socket.shutdown().await);
}

impl Serving {
    fn answer(&self, request: &str) -> Vec<u8> {
        let field = |name: &str| request.lines().find_map(|line| line.strip_prefix(name));
        let offset = field("range: bytes=").and_then(|range| range.strip_suffix('-')?.parse().ok());
        let is_same = field("if-range: ").is_none_or(|asked| Some(asked) == self.etag);
        let size = self.body.len();
        let (status, from, range) = match offset.filter(|_| is_same) {
            Some(from) => (206, from, format!("content-range: bytes {from}-{}/{size}\r\n", size - 1)),
            None => (200, 0, String::new()),
        };
        let etag = self.etag.map(|etag| format!("etag: {etag}\r\n")).unwrap_or_default();
        let body = &self.body[from..];
        let head = format!("HTTP/1.1 {status} X\r\n{range}{etag}content-length: {}\r\n\r\n", body.len());
        let sent = &body[..self.cut.unwrap_or(size).min(body.len())];
        [head.as_bytes(), sent].concat()
    }
}

/// A clock on which every wait is over at once, and is remembered.
#[derive(Debug, Default)]
pub(crate) struct Impatient {
    pub(crate) waits: Mutex<Vec<Duration>>,
}

impl Clock for Impatient {
    fn now(&self) -> Timestamp {
        ManualClock::new().now()
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.waits.lock().unwrap().push(duration);
        Box::pin(std::future::ready(()))
    }
}

/// A folder of its own, with a target in it, and all that a download needs.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
    pub(crate) clock: Impatient,
    pub(crate) context: RequestContext,
    pub(crate) transport: HttpTransport,
    pub(crate) options: DownloadOptions,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            clock: Impatient::default(),
            context: context(),
            transport: HttpTransport::new(HttpSettings::new(user_agent("9.9.9"))).unwrap(),
            options: DownloadOptions::default(),
        }
    }

    /// Where the file is to go.
    pub(crate) fn target(&self) -> PathBuf {
        self.folder.path().join("feed.gz")
    }

    /// The names in the folder.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Fetches a file of these bytes, by the list's word, from the server.
    pub(crate) async fn fetch(&self, listed: &[u8], server: &FileServer) -> Result<Downloaded> {
        self.fetch_url(listed, server.url("/feed.gz?signature=hush")).await
    }

    pub(crate) async fn fetch_url(&self, listed: &[u8], url: Secret) -> Result<Downloaded> {
        let download = download(listed);
        download.fetch(&self.transport, &self.clock, &self.context, &url, &self.target(), &self.options).await
    }

    /// What fetching failed of.
    pub(crate) async fn failure(&self, listed: &[u8], server: &FileServer) -> Error {
        self.fetch(listed, server).await.unwrap_err()
    }
}

/// What the list says of a file of these bytes.
pub(crate) fn download(bytes: &[u8]) -> Download {
    Download::new(&md5_hex(bytes), bytes.len() as u64).unwrap()
}

pub(crate) fn md5_hex(bytes: &[u8]) -> String {
    let sum: [u8; 16] = Md5::digest(bytes).into();
    sum.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes of which no two stretches are alike.
pub(crate) fn bytes(length: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    std::iter::repeat_with(next).take(length).collect()
}
