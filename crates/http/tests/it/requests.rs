//! What is sent, and what is answered.

use linkwright_core::{ErrorKind, Secret};
use linkwright_http::{Body, Request, Transport};
use zeroize::Zeroizing;

use crate::server::{Server, Then, ok, transport};

#[tokio::test]
async fn a_request_is_sent_as_it_was_made() {
    let server = Server::ok("").await;
    let post = Request::post(server.url("/items?x=1"), Body::Secret(Zeroizing::new(b"{\"a\":1}".to_vec())))
        .with_header("content-type", "application/json")
        .with_header("authorization", Secret::new("Bearer hush"));
    transport().send(post).await.unwrap();
    transport().send(Request::post(server.url("/plain"), Body::Plain(b"grant".to_vec()))).await.unwrap();
    transport().send(Request::get(server.url("/"))).await.unwrap();
    let requests = server.requests();
    let [post, plain, get] = &requests[..] else { panic!("{requests:?}") };
    assert!(
        post.starts_with("POST /items?x=1 HTTP/1.1\r\n") && post.ends_with("\r\n\r\n{\"a\":1}"),
        "{post}"
    );
    assert!(post.contains("\r\ncontent-type: application/json\r\n"), "{post}");
    assert!(post.contains("\r\nauthorization: Bearer hush\r\n"), "{post}");
    assert!(plain.ends_with("\r\n\r\ngrant"), "{plain}");
    assert!(get.starts_with("GET / HTTP/1.1\r\n") && get.ends_with("\r\n\r\n"), "{get}");
    for request in &requests {
        assert!(request.contains("\r\nuser-agent: Agent/linkwright linkwright/9.9.9\r\n"), "{request}");
        for unasked in ["accept-encoding", "cookie", "referer"] {
            assert!(!request.to_lowercase().contains(unasked), "{request}");
        }
    }
}

#[tokio::test]
async fn every_status_is_an_answer() {
    for status in [200_u16, 204, 301, 304, 400, 401, 403, 404, 429, 500, 503] {
        let head = format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\nRetry-After: 7\r\n\r\n");
        let server = Server::answering(head, Then::Close).await;
        let answer = transport().send(Request::get(server.url("/"))).await.unwrap();
        assert_eq!((answer.status, answer.headers.get("retry-after")), (status, Some("7")));
        // One request: a 503 is not asked again here.
        assert_eq!(server.requests().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_a_cookie_not_kept() {
    let elsewhere = Server::ok("elsewhere").await;
    let head = format!(
        "HTTP/1.1 307 X\r\nlocation: {}\r\nset-cookie: a=b\r\ncontent-length: 0\r\n\r\n",
        elsewhere.url("/")
    );
    let server = Server::answering(head, Then::Close).await;
    let transport = transport();
    for _ in 0..2 {
        let answer = transport.send(Request::get(server.url("/"))).await.unwrap();
        assert_eq!((answer.status, answer.headers.get("Location")), (307, Some(elsewhere.url("/").as_str())));
    }
    assert_eq!(elsewhere.requests(), [""; 0]);
    assert!(!server.requests()[1].contains("cookie"), "{:?}", server.requests());
}

#[tokio::test]
async fn a_body_is_read_as_it_came() {
    let chunked = "HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n";
    let to_the_end = "HTTP/1.1 200 X\r\n\r\nuntil it closes";
    let packed = "HTTP/1.1 200 X\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nzip";
    for (answer, body) in [(chunked, "abcdefg"), (to_the_end, "until it closes"), (packed, "zip")] {
        let server = Server::answering(answer, Then::Close).await;
        let answer = transport().send(Request::get(server.url("/"))).await.unwrap();
        assert_eq!(&*answer.body, body.as_bytes());
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_whether_announced_or_not() {
    let announced = ok("123456");
    let chunked =
        b"HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n".to_vec();
    for answer in [announced, chunked] {
        let server = Server::answering(answer, Then::Close).await;
        let mut request = Request::get(server.url("/"));
        request.max_response_bytes = 6;
        assert_eq!(transport().send(request.clone()).await.unwrap().body.len(), 6);
        request.max_response_bytes = 5;
        let error = transport().send(request).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Corrupt);
        let expected = format!("the answer is larger than 5 bytes: `http://127.0.0.1:{}`", server.port);
        assert_eq!(error.message(), expected);
    }
}

#[tokio::test]
async fn headers_of_the_transport_and_broken_ones_are_refused() {
    let server = Server::ok("").await;
    for name in
        ["User-Agent", "host", "Content-Length", "transfer-encoding", "connection", "proxy-authorization"]
    {
        let error = transport().send(Request::get(server.url("/")).with_header(name, "x")).await.unwrap_err();
        let expected = format!("a header field that is the transport's own: `{name}`");
        assert_eq!((error.kind(), error.message()), (ErrorKind::RequestInvalid, expected.as_str()));
    }
    for request in [
        Request::get(server.url("/")).with_header("x", "a\r\nb: hush"),
        Request::get(server.url("/")).with_header("x", Secret::new("a\nb: hush")),
        Request::get(server.url("/")).with_header("x y", "hush"),
    ] {
        let error = transport().send(request).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RequestInvalid);
        assert!(!format!("{error:?}").contains("hush"), "{error:?}");
    }
    assert_eq!(server.requests(), [""; 0]);
}

#[tokio::test]
async fn one_transport_serves_many_callers() {
    let server = Server::ok("here").await;
    let transport = std::sync::Arc::new(transport());
    let calls = (0..20).map(|number| {
        let (transport, url) = (std::sync::Arc::clone(&transport), server.url(&format!("/{number}")));
        tokio::spawn(async move { transport.send(Request::get(url)).await.unwrap().body.len() })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.unwrap(), 4);
    }
    assert_eq!(server.requests().len(), 20);
}
