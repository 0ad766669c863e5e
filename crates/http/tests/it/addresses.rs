//! Which addresses a request may go to.

use linkwright_core::ErrorKind;
use linkwright_http::{Request, Transport};

use crate::server::{Server, transport};

const REFUSED: &[(&str, &str)] = &[
    ("", "the address is none: relative URL without a base"),
    ("api.example/", "the address is none: relative URL without a base"),
    ("ftp://api.example/", "an address is `https://…`, not of this scheme: `ftp`"),
    ("file:///etc/passwd", "an address is `https://…`, not of this scheme: `file`"),
    ("http://api.example/", "plain http is only for this machine itself: `http://api.example`"),
    (
        "http://localhost.evil.example/",
        "plain http is only for this machine itself: `http://localhost.evil.example`",
    ),
    ("http://localhost./", "plain http is only for this machine itself: `http://localhost.`"),
    ("http://my.localhost/", "plain http is only for this machine itself: `http://my.localhost`"),
    (
        "http://127.0.0.1.evil.example/",
        "plain http is only for this machine itself: `http://127.0.0.1.evil.example`",
    ),
    ("http://127.0.0.1@evil.example/", "an address may not hold a user or a password: `http://evil.example`"),
    (
        "http://localhost:80@evil.example/",
        "an address may not hold a user or a password: `http://evil.example`",
    ),
    ("http://evil.example\\@127.0.0.1/", "plain http is only for this machine itself: `http://evil.example`"),
    ("http://evil.example#@127.0.0.1/", "plain http is only for this machine itself: `http://evil.example`"),
    ("http://128.0.0.1/", "plain http is only for this machine itself: `http://128.0.0.1`"),
    ("http://0.0.0.0/", "plain http is only for this machine itself: `http://0.0.0.0`"),
    ("http://[::2]/", "plain http is only for this machine itself: `http://[::2]`"),
    ("http://[::ffff:7f00:1]/", "plain http is only for this machine itself: `http://[::ffff:7f00:1]`"),
    (
        "http://ⓛocalhost.evil.example/",
        "plain http is only for this machine itself: `http://localhost.evil.example`",
    ),
    ("https://user:hush@api.example/", "an address may not hold a user or a password: `https://api.example`"),
    ("https://:hush@api.example/", "an address may not hold a user or a password: `https://api.example`"),
];

#[tokio::test]
async fn addresses_that_are_none_or_not_safe_are_refused_before_anything_is_sent() {
    let transport = transport();
    for (url, message) in REFUSED {
        let error = transport.send(Request::get(format!("{url}?secret=hush"))).await.unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::ConfigInvalid, *message), "{url}");
        assert!(!format!("{error:?}").contains("hush"), "{error:?}");
    }
}

#[tokio::test]
async fn plain_http_reaches_this_machine_by_all_its_names() {
    let server = Server::ok("here").await;
    for host in ["127.0.0.1", "localhost", "LOCALHOST", "127.1", "0x7f.0.0.1"] {
        let answer = transport().send(Request::get(format!("http://{host}:{}/", server.port))).await.unwrap();
        assert_eq!(&*answer.body, b"here", "{host}");
    }
    // Loopback as a whole is allowed; whether somebody listens there is another matter.
    for host in ["127.255.255.254", "[::1]"] {
        let refused =
            transport().send(Request::get(format!("http://{host}:{}/", server.port))).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Unavailable, "{host}");
    }
}
