//! Servers that do what no server should: the answer is an error, in bounded time and memory.

use std::time::Duration;

use linkwright_core::{Error, ErrorKind, Retry};
use linkwright_http::{Request, Transport};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::server::{Server, Then, ok, transport};

/// What asking fails of, both ways; the same but for the words.
async fn failures(request: Request) -> [Error; 2] {
    let sent = transport().send(request.clone()).await.unwrap_err();
    let streamed = match transport().open(request).await {
        Err(error) => error,
        Ok(mut answer) => loop {
            match answer.body.next().await {
                Err(error) => break error,
                Ok(piece) => assert!(piece.is_some(), "it came to its end"),
            }
        },
    };
    [sent, streamed]
}

async fn check(request: Request, kind: ErrorKind, retry: Retry) {
    for error in failures(request).await {
        assert_eq!((error.kind(), error.retry()), (kind, retry), "{error:?}");
        assert!(!format!("{error:?}").contains("hush"), "{error:?}");
    }
}

#[tokio::test]
async fn a_connection_cut_at_any_byte_is_an_error_that_may_be_tried_again() {
    let chunked =
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\n{\"a\r\n5\r\n\":1}\n\r\n0\r\n\r\n"
            .to_vec();
    for whole in [ok("{\"a\":1}\n"), chunked] {
        for cut in 0..whole.len() {
            let server = Server::answering(&whole[..cut], Then::Close).await;
            check(Request::get(server.url("/hush")), ErrorKind::Unavailable, Retry::Now).await;
        }
    }
}

#[tokio::test]
async fn an_announced_length_is_not_believed() {
    // More than there is memory: refused before any is taken.
    for length in ["9223372036854775807", "8388609"] {
        let answer = format!("HTTP/1.1 200 X\r\ncontent-length: {length}\r\n\r\nabc");
        let server = Server::answering(answer, Then::Hang).await;
        check(Request::get(server.url("/hush")), ErrorKind::Corrupt, Retry::Never).await;
    }
    for length in ["18446744073709551615", "99999999999999999999999999", "-1", "3, 4", "0x10", ""] {
        let answer = format!("HTTP/1.1 200 X\r\ncontent-length: {length}\r\n\r\nabc");
        let server = Server::answering(answer, Then::Hang).await;
        check(Request::get(server.url("/hush")), ErrorKind::Unavailable, Retry::Now).await;
    }
    // As much as is allowed, and then less.
    let server = Server::answering("HTTP/1.1 200 X\r\ncontent-length: 8388608\r\n\r\nabc", Then::Close).await;
    check(Request::get(server.url("/hush")), ErrorKind::Unavailable, Retry::Now).await;
}

/// Sends a beginning, and then the same bytes for as long as somebody reads them.
async fn endless(begin: &'static [u8], again: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://127.0.0.1:{}/hush", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                if socket.read(&mut [0; 4096]).await.is_err() || socket.write_all(begin).await.is_err() {
                    return;
                }
                while socket.write_all(again).await.is_ok() {
                    tokio::task::yield_now().await;
                }
            });
        }
    });
    url
}

#[tokio::test]
async fn an_answer_without_end_ends_at_the_limit() {
    const PIECE: &[u8] = &[b'x'; 65536];
    let chunked = b"HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n";
    let mut chunk = b"10000\r\n".to_vec();
    chunk.extend_from_slice(PIECE);
    chunk.extend_from_slice(b"\r\n");
    for url in [endless(b"HTTP/1.1 200 X\r\n\r\n", PIECE).await, endless(chunked, chunk.leak()).await] {
        let request = Request::get(url).with_max_response_bytes(1_000_000);
        check(request, ErrorKind::Corrupt, Retry::Never).await;
    }
    // Nor does a head.
    for again in [&b"x: y\r\n"[..], PIECE] {
        let url = endless(b"HTTP/1.1 200 X\r\n", again).await;
        check(Request::get(url), ErrorKind::Unavailable, Retry::Now).await;
    }
}

#[tokio::test]
async fn an_answer_that_drips_is_given_up_in_time() {
    // A byte at a time, so that there is always something new, and never an end.
    let url = endless(b"HTTP/1.1 200 X\r\n\r\n", b"x").await;
    let request =
        Request::get(url).with_timeout(Duration::from_millis(150)).with_max_response_bytes(usize::MAX);
    let error = transport().send(request).await.unwrap_err();
    assert_eq!((error.kind(), error.context_value("phase")), (ErrorKind::Timeout, Some("body")));
    // A head in the midst of which it stays.
    let url = endless(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n").await;
    let request = Request::get(url).with_timeout(Duration::from_millis(150));
    check(request, ErrorKind::Timeout, Retry::Now).await;
}
