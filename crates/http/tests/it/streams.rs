//! Answers that are read in pieces.

use std::sync::mpsc;
use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::{ErrorKind, Result, Retry, Secret, error_chain};
use linkwright_http::{Headers, Request, Response, StreamedResponse, Transport};
use linkwright_testkit::Sentinel;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::server::{Server, Then, transport};

/// Long enough for loopback under load, short enough to wait for.
const SHORT: Duration = Duration::from_millis(150);

async fn rest(answer: &mut StreamedResponse) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(piece) = answer.body.next().await? {
        assert!(!piece.is_empty());
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

#[tokio::test]
async fn a_body_is_read_in_pieces_as_it_came() {
    let large = "x".repeat(3_000_000);
    let chunked = "HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n";
    for (answer, status, body) in [
        (format!("HTTP/1.1 206 X\r\nEtag: 1\r\ncontent-length: 3000000\r\n\r\n{large}"), 206, large.as_str()),
        (chunked.replace("200 X", "200 X\r\nETag: 1"), 200, "abcdefg"),
        ("HTTP/1.1 404 X\r\netag: 1\r\n\r\nuntil it closes".to_owned(), 404, "until it closes"),
        ("HTTP/1.1 204 X\r\netag: 1\r\n\r\n".to_owned(), 204, ""),
    ] {
        let server = Server::answering(answer, Then::Close).await;
        let mut answer = transport().open(Request::get(server.url("/"))).await.unwrap();
        assert_eq!((answer.status, answer.headers.get("ETAG")), (status, Some("1")));
        assert!(rest(&mut answer).await.unwrap() == body.as_bytes());
        assert!(answer.body.next().await.unwrap().is_none(), "the end stays the end");
    }
}

#[tokio::test]
async fn the_head_does_not_wait_for_the_body() {
    let begun = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc";
    let server = Server::answering(begun, Then::Hang).await;
    let request = Request::get(server.url("/path-hush?query=hush")).with_timeout(SHORT);
    let mut answer = transport().open(request).await.unwrap();
    assert_eq!(&*answer.body.next().await.unwrap().unwrap(), b"abc");
    let error = answer.body.next().await.unwrap_err();
    let message = format!("nothing more of the answer within 150ms: `http://127.0.0.1:{}`", server.port);
    assert_eq!((error.kind(), error.message()), (ErrorKind::Timeout, message.as_str()));
    assert_eq!((error.context_value("phase"), error.retry()), (Some("body"), Retry::Now));
    assert!(!format!("{error:?} {}", error_chain(&error)).contains("hush"), "{error:?}");
}

#[tokio::test]
async fn a_head_that_does_not_come_in_time_is_a_timeout() {
    for begun in ["", "HTTP/1.1 200 OK\r\ncontent-le"] {
        let server = Server::answering(begun, Then::Hang).await;
        let request = Request::get(server.url("/path-hush?query=hush")).with_timeout(SHORT);
        let error = transport().open(request).await.unwrap_err();
        let message = format!("no answer within 150ms: `http://127.0.0.1:{}`", server.port);
        assert_eq!((error.kind(), error.message()), (ErrorKind::Timeout, message.as_str()));
        assert_eq!((error.context_value("phase"), error.retry()), (Some("send"), Retry::Now));
        assert!(!format!("{error:?} {}", error_chain(&error)).contains("hush"), "{error:?}");
    }
}

#[tokio::test]
async fn a_file_may_take_long_as_long_as_something_comes() {
    // While this runs, time passes only as it is told to.
    let (running, stop) = mpsc::channel::<()>();
    let holding = tokio::task::spawn_blocking(move || stop.recv());
    tokio::time::pause();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://127.0.0.1:{}/", listener.local_addr().unwrap().port());
    let (go, mut may_go) = tokio::sync::mpsc::channel::<()>(1);
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        assert!(socket.read(&mut [0; 4096]).await.unwrap() > 0);
        socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n").await.unwrap();
        while let Some(()) = may_go.recv().await {
            socket.write_all(b"x").await.unwrap();
        }
    });
    let request = Request::get(url).with_timeout(Duration::from_secs(10));
    let mut answer = transport().open(request).await.unwrap();
    for _ in 0..4 {
        tokio::time::advance(Duration::from_secs(9)).await;
        go.send(()).await.unwrap();
        assert_eq!(&*answer.body.next().await.unwrap().unwrap(), b"x");
    }
    let mut next = answer.body.next();
    let waits =
        std::future::poll_fn(|task| std::task::Poll::Ready(next.as_mut().poll(task).is_pending())).await;
    assert!(waits);
    tokio::time::advance(Duration::from_secs(11)).await;
    assert_eq!(next.await.unwrap_err().kind(), ErrorKind::Timeout);
    drop(running);
    assert!(holding.await.unwrap().is_err());
}

#[tokio::test]
async fn a_stream_over_the_limit_breaks_off_but_its_status_is_told() {
    let chunked = "HTTP/1.1 403 X\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n";
    let announced = "HTTP/1.1 403 X\r\ncontent-length: 9223372036854775807\r\n\r\nabcdef";
    for answer in [chunked, announced] {
        let server = Server::answering(answer, Then::Close).await;
        let request = Request::get(server.url("/")).with_max_response_bytes(5);
        let mut answer = transport().open(request).await.unwrap();
        assert_eq!(answer.status, 403);
        let error = rest(&mut answer).await.unwrap_err();
        let message = format!("the answer is larger than 5 bytes: `http://127.0.0.1:{}`", server.port);
        assert_eq!((error.kind(), error.message()), (ErrorKind::Corrupt, message.as_str()));
        assert_eq!(error.retry(), Retry::Never);
    }
}

#[tokio::test]
async fn a_stream_is_redirected_no_more_than_an_answer() {
    let elsewhere = Server::ok("elsewhere").await;
    let head = format!("HTTP/1.1 302 X\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n", elsewhere.url("/"));
    let server = Server::answering(head, Then::Close).await;
    let request = Request::get(server.url("/")).with_header("authorization", Secret::new("Bearer hush"));
    assert_eq!(transport().open(request).await.unwrap().status, 302);
    assert_eq!(elsewhere.requests(), [""; 0]);
    let error = transport().open(Request::get("http://files.example/hush")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConfigInvalid);
    assert!(!format!("{error:?}").contains("hush"), "{error:?}");
}

#[tokio::test]
async fn a_stream_shows_nothing_of_its_body() {
    let sentinel = Sentinel::new(5);
    let answer = format!("HTTP/1.1 200 X\r\n\r\n{}", sentinel.text());
    let server = Server::answering(answer, Then::Close).await;
    let mut answer = transport().open(Request::get(server.url("/"))).await.unwrap();
    let piece = answer.body.next().await.unwrap().unwrap();
    sentinel.assert_absent("a stream", format!("{answer:?} {piece:?}"));
}

/// A transport that knows whole answers only.
#[derive(Debug)]
struct Plain;

#[async_trait]
impl Transport for Plain {
    async fn send(&self, request: Request) -> Result<Response> {
        let body = request.url.strip_prefix("https://files.example/").unwrap();
        Ok(Response::new(200, Headers::new([("etag".to_owned(), "1".to_owned())]), body))
    }
}

#[tokio::test]
async fn a_transport_without_streams_answers_with_one_piece() {
    for body in ["", "all of it"] {
        let mut answer = Plain.open(Request::get(format!("https://files.example/{body}"))).await.unwrap();
        assert_eq!((answer.status, answer.headers.get("etag")), (200, Some("1")));
        assert_eq!(rest(&mut answer).await.unwrap(), body.as_bytes());
    }
}
