//! The whole client over real sockets, with a server that misbehaves: a clear error each time, no hang, no leak.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use linkwright_core::{ApiVersion, Clock, CredentialSet, Error, ErrorKind, Secret, error_chain};
use linkwright_creators::{CreatorsClient, CreatorsSettings, SystemClock};

use crate::support::{asins, context, item, request};

const TOKEN: &str = "Atc|the-token-of-this-test";
const SECRET: &str = "the-secret-of-this-test";

/// A server that grants tokens and answers every call with the same bytes.
struct Server {
    address: String,
    heard: Arc<Mutex<Vec<String>>>,
}

/// What happens after the bytes.
#[derive(Clone, Copy, PartialEq)]
enum Then {
    Close,
    Hang,
}

impl Server {
    fn answering(answer: Vec<u8>, then: Then) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&heard);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (notes, answer) = (Arc::clone(&notes), answer.clone());
                std::thread::spawn(move || serve(stream, &notes, &answer, then));
            }
        });
        Self { address, heard }
    }

    fn client(&self, call_timeout: Duration) -> CreatorsClient {
        let set =
            CredentialSet::new("amzn1.application-oa2-client.0f", Secret::new(SECRET), ApiVersion::V3_1);
        let mut settings = CreatorsSettings::for_credential(set).unwrap();
        settings.endpoints.api.clone_from(&self.address);
        settings.endpoints.token = Some(format!("{}/auth/o2/token", self.address));
        settings.call_timeout = call_timeout;
        CreatorsClient::new(settings).unwrap()
    }
}

fn serve(mut stream: TcpStream, notes: &Mutex<Vec<String>>, answer: &[u8], then: Then) {
    let mut heard = Vec::new();
    let mut piece = [0; 4096];
    while let Ok(length @ 1..) = stream.read(&mut piece) {
        heard.extend_from_slice(&piece[..length]);
        let text = String::from_utf8_lossy(&heard).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let announced = head.to_ascii_lowercase();
        let announced = announced.split_once("content-length: ").map_or("0", |(_, rest)| rest);
        if body.len() < announced.lines().next().unwrap().trim().parse().unwrap() {
            continue;
        }
        notes.lock().unwrap().push(text.clone());
        heard.clear();
        if text.starts_with("POST /auth/") {
            let token = format!(r#"{{"access_token":"{TOKEN}","token_type":"bearer","expires_in":3600}}"#);
            stream.write_all(&ok(token.as_bytes())).unwrap();
            continue;
        }
        // A client that does not want the rest may be gone.
        drop(stream.write_all(answer));
        if then == Then::Close {
            return;
        }
    }
}

fn ok(body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn good_body() -> Vec<u8> {
    format!(r#"{{"itemsResult":{{"items":[{}]}}}}"#, item("B000000000")).into_bytes()
}

/// The error of one call, in which nothing secret is.
async fn refused(server: &Server, call_timeout: Duration) -> Error {
    let error = server.client(call_timeout).get_items(&context(), &request(&asins(1))).await.unwrap_err();
    let told = format!("{error:?} {}", error_chain(&error));
    assert!(!told.contains(TOKEN) && !told.contains(SECRET), "{told}");
    error
}

const LONG: Duration = Duration::from_secs(30);

#[tokio::test]
async fn an_answer_that_is_none() {
    let html = b"<!doctype html><html><body>Please log in</body></html>";
    let of = |text: &str| text.as_bytes().to_vec();
    let table = [
        (ok(html), ErrorKind::Corrupt, "cannot be read: it is no JSON"),
        (ok(b""), ErrorKind::Corrupt, "ends too early"),
        (ok(b"[]"), ErrorKind::Corrupt, "expected an object, found a list"),
        (ok(b"\xff{}"), ErrorKind::Corrupt, "no UTF-8"),
        // Refused for its announcement, before anything of it is kept.
        (of("HTTP/1.1 200 OK\r\ncontent-length: 9000000000000000\r\n\r\n{"), ErrorKind::Corrupt, "larger"),
        (of("HTTP/1.1 200 OK\r\ncontent-length: 9000000\r\n\r\n{"), ErrorKind::Corrupt, "larger"),
        (of("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n"), ErrorKind::Unavailable, "status 502"),
        (of("this is no HTTP\r\n\r\n"), ErrorKind::Unavailable, ""),
    ];
    for (answer, kind, said) in table {
        let error = refused(&Server::answering(answer.clone(), Then::Close), LONG).await;
        let told = error_chain(&error);
        assert_eq!(error.kind(), kind, "{told}");
        assert!(told.contains(said), "{said:?} is not in {told:?}");
    }
}

#[tokio::test]
async fn a_connection_cut_at_any_byte() {
    let whole = ok(&good_body());
    for length in 0..whole.len() {
        let error = refused(&Server::answering(whole[..length].to_vec(), Then::Close), LONG).await;
        assert_eq!(error.kind(), ErrorKind::Unavailable, "cut at {length}: {}", error_chain(&error));
    }
    let server = Server::answering(whole, Then::Close);
    let answer = server.client(LONG).get_items(&context(), &request(&asins(1))).await.unwrap();
    assert_eq!(answer.items.len(), 1, "the whole of it is an answer");
}

#[tokio::test]
async fn a_redirect_never_gets_the_token() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Server::answering(ok(&good_body()), Then::Close);
        let redirect = format!(
            "HTTP/1.1 {status} Moved\r\nlocation: {}/catalog/v1/getItems\r\ncontent-length: 0\r\n\r\n",
            elsewhere.address
        );
        let error = refused(&Server::answering(redirect.into_bytes(), Then::Close), LONG).await;
        assert_eq!(error.kind(), ErrorKind::Unavailable);
        assert!(error.message().contains("redirects"), "{error}");
        assert!(elsewhere.heard.lock().unwrap().is_empty(), "{status}");
    }
}

#[tokio::test]
async fn a_slow_answer_is_bounded() {
    let whole = ok(&good_body());
    // Nothing at all, a part of the head, a part of the body.
    for length in [0, 10, whole.len() - 1] {
        let server = Server::answering(whole[..length].to_vec(), Then::Hang);
        let error = refused(&server, Duration::from_millis(150)).await;
        assert_eq!(error.kind(), ErrorKind::Timeout, "after {length} bytes: {}", error_chain(&error));

        let mut context = context();
        let client = server.client(LONG);
        // The client's own clock began with the client, which was just now.
        context.deadline = Some(SystemClock::new().monotonic() + Duration::from_millis(150));
        let error = client.get_items(&context, &request(&asins(1))).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "after {length} bytes: {}", error_chain(&error));
    }
}

#[tokio::test]
async fn the_token_goes_to_the_api_alone_and_the_secret_to_the_token_service_alone() {
    let server = Server::answering(ok(&good_body()), Then::Close);
    server.client(LONG).get_items(&context(), &request(&asins(1))).await.unwrap();
    let heard = server.heard.lock().unwrap();
    for text in heard.iter() {
        let is_token_request = text.starts_with("POST /auth/o2/token");
        assert_eq!(text.contains(SECRET), is_token_request, "{text}");
        assert_eq!(text.contains(TOKEN), !is_token_request, "{text}");
    }
    assert_eq!(heard.len(), 2);
}
