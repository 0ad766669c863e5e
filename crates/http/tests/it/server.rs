//! A server that reads one request a connection and answers with given bytes.

use std::sync::{Arc, Mutex};

use linkwright_http::{HttpSettings, HttpTransport, user_agent};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;

/// What happens after the answer's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Then {
    /// The connection is closed.
    Close,
    /// The connection stays open, and nothing more comes.
    Hang,
}

/// A running server and what it was sent.
pub(crate) struct Server {
    pub(crate) port: u16,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers every request with these bytes.
    pub(crate) async fn answering(answer: impl Into<Vec<u8>>, then: Then) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self { port: listener.local_addr().unwrap().port(), requests: Arc::default() };
        let (requests, answer) = (Arc::clone(&server.requests), answer.into());
        tokio::spawn(async move {
            loop {
                let (mut socket, _) = listener.accept().await.unwrap();
                let (requests, answer) = (Arc::clone(&requests), answer.clone());
                tokio::spawn(async move { serve(&mut socket, &requests, &answer, then).await });
            }
        });
        server
    }

    /// An answer with status 200 and this body.
    pub(crate) async fn ok(body: &str) -> Self {
        Self::answering(ok(body), Then::Close).await
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The requests so far, head and body.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// The bytes of an answer with status 200 and this body.
pub(crate) fn ok(body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// Reads one request, notes it, answers. A client that gives up is no failure of the server.
pub(crate) async fn serve(
    socket: &mut (impl AsyncRead + AsyncWrite + Unpin),
    requests: &Mutex<Vec<String>>,
    answer: &[u8],
    then: Then,
) {
    let Some(request) = read_request(socket).await else { return };
    requests.lock().unwrap().push(request);
    if socket.write_all(answer).await.is_err() {
        return;
    }
    match then {
        Then::Close => drop(socket.shutdown().await),
        Then::Hang => std::future::pending().await,
    }
}

async fn read_request(socket: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut text = String::new();
    loop {
        let mut buffer = [0; 4096];
        let length = socket.read(&mut buffer).await.ok().filter(|length| *length > 0)?;
        text.push_str(std::str::from_utf8(&buffer[..length]).unwrap());
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let announced = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if body.len() >= announced.map_or(0, |length| length.parse().unwrap()) {
            return Some(text);
        }
    }
}

/// Settings for tests: everything at its usual value.
pub(crate) fn settings() -> HttpSettings {
    HttpSettings::new(user_agent("9.9.9"))
}

pub(crate) fn transport() -> HttpTransport {
    HttpTransport::new(settings()).unwrap()
}
