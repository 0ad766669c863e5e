//! What is said when there is no answer.

use std::time::Duration;

use linkwright_core::{Error, ErrorKind, Retry, error_chain};
use linkwright_http::{Request, Transport};
use tokio::net::TcpListener;

use crate::server::{Server, Then, transport};

/// Long enough for loopback under load, short enough to wait for.
const SHORT: Duration = Duration::from_millis(150);

/// Asks a server that answers with these bytes for an address with a secret in its path and query.
async fn failure(answer: &str, then: Then) -> (Error, u16) {
    let server = Server::answering(answer, then).await;
    let mut request = Request::get(server.url("/path-hush?query=hush"));
    if then == Then::Hang {
        request = request.with_timeout(SHORT);
    }
    let error = transport().send(request).await.unwrap_err();
    assert_eq!(server.requests().len(), 1, "the request was sent once");
    (error, server.port)
}

fn check(error: &Error, kind: ErrorKind, phase: &str, message: &str) {
    assert_eq!((error.kind(), error.message()), (kind, message));
    assert_eq!(error.context_value("phase"), Some(phase), "{message}");
    assert_eq!(error.retry(), Retry::Now, "{message}");
    assert_eq!(error.operation(), "http.send");
    let all = format!("{error:?} {}", error_chain(error));
    assert!(!all.contains("hush"), "{all}");
}

#[tokio::test]
async fn a_connection_that_breaks_or_makes_no_sense_is_unavailable() {
    let (broken, cut) = ("the connection broke before there was an answer", "the answer broke off");
    for (answer, phase, message) in [
        ("", "send", broken),
        ("HTTP/1.1 200 OK\r\ncontent-le", "send", broken),
        ("SSH-2.0-OpenSSH_9.6\r\n", "send", broken),
        ("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc", "body", cut),
        ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\nabc", "body", cut),
        ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nnonsense\r\n", "body", cut),
    ] {
        let (error, port) = failure(answer, Then::Close).await;
        check(&error, ErrorKind::Unavailable, phase, &format!("{message}: `http://127.0.0.1:{port}`"));
    }
}

#[tokio::test]
async fn an_answer_that_does_not_come_in_time_is_a_timeout() {
    let (error, port) = failure("", Then::Hang).await;
    let message = format!("no answer within 150ms: `http://127.0.0.1:{port}`");
    check(&error, ErrorKind::Timeout, "send", &message);
    let (error, port) = failure("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc", Then::Hang).await;
    let message = format!("no complete answer within 150ms: `http://127.0.0.1:{port}`");
    check(&error, ErrorKind::Timeout, "body", &message);
    assert_eq!(error.hint(), Some("check the network, or allow a longer time"));
}

#[tokio::test]
async fn a_port_nobody_listens_on_is_unavailable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let url = format!("http://127.0.0.1:{port}/path-hush?query=hush");
    let error = transport().send(Request::get(url)).await.unwrap_err();
    let message = format!("no connection: `http://127.0.0.1:{port}`");
    check(&error, ErrorKind::Unavailable, "connect", &message);
    assert_eq!(error.origin(), format!("http://127.0.0.1:{port}"));
    let chain = error_chain(&error);
    assert!(chain.starts_with(&format!("{message}: tcp connect error: Connection refused")), "{chain}");
}
