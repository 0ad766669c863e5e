//! Whom TLS trusts, and what is said when it does not.

use std::time::Duration;

use linkwright_core::{Error, ErrorKind, Retry};
use linkwright_http::{HttpTransport, Request, Transport};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::authority::Authority;
use crate::server::settings;

/// A transport that trusts this authority, alone or beside the machine's.
fn trusting(authority: &Authority, only_these: bool) -> HttpTransport {
    let mut settings = settings();
    settings.ca_certificates = vec![authority.pem().into_bytes()];
    settings.only_these = only_these;
    HttpTransport::new(settings).unwrap()
}

fn check(error: &Error, message: &str) {
    assert_eq!((error.kind(), error.message()), (ErrorKind::Unavailable, message));
    assert_eq!(error.context_value("phase"), Some("tls"), "{message}");
    assert_eq!(error.retry(), Retry::Never, "{message}");
}

#[tokio::test]
async fn an_own_authority_is_trusted_alone_or_beside_the_machines() {
    let authority = Authority::new("own");
    let port = authority.serve("localhost", 2999).await;
    for only_these in [true, false] {
        let answer = trusting(&authority, only_these)
            .send(Request::get(format!("https://localhost:{port}/")))
            .await
            .unwrap();
        assert_eq!(&*answer.body, b"secret");
    }
}

#[tokio::test]
async fn an_authority_nobody_named_is_refused_with_the_setting_that_names_it() {
    let port = Authority::new("unknown").serve("localhost", 2999).await;
    let error = trusting(&Authority::new("own"), false)
        .send(Request::get(format!("https://localhost:{port}/")))
        .await
        .unwrap_err();
    let message = format!(
        "the server's certificate is from no authority that is trusted here: `https://localhost:{port}`"
    );
    check(&error, &message);
    let hint = "if the network has an authority of its own, name its certificate by `ca-file`";
    assert_eq!(error.hint(), Some(hint));
}

#[tokio::test]
async fn an_expired_certificate_and_one_for_another_host_say_so() {
    let authority = Authority::new("own");
    for (host, until, what) in [
        ("localhost", 2025, "the server's certificate has expired"),
        ("api.example", 2999, "the server's certificate is for another host"),
    ] {
        let port = authority.serve(host, until).await;
        let error = trusting(&authority, true)
            .send(Request::get(format!("https://localhost:{port}/")))
            .await
            .unwrap_err();
        check(&error, &format!("{what}: `https://localhost:{port}`"));
    }
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_says_so() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let plain = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        socket.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        socket
    });
    let transport = trusting(&Authority::new("own"), true);
    let error = transport.send(Request::get(format!("https://localhost:{port}/"))).await.unwrap_err();
    check(&error, &format!("TLS could not be agreed on: `https://localhost:{port}`"));
    drop(plain.await.unwrap());
}

#[tokio::test]
async fn a_server_that_leaves_in_the_midst_of_it_may_be_asked_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let leaving = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        // The greeting is read whole: what is left unread would make the end a reset.
        assert!(socket.read(&mut [0; 8192]).await.unwrap() > 0);
    });
    let transport = trusting(&Authority::new("own"), true);
    let error = transport.send(Request::get(format!("https://localhost:{port}/"))).await.unwrap_err();
    leaving.await.unwrap();
    let message = format!("the connection broke while TLS was set up: `https://localhost:{port}`");
    assert_eq!((error.kind(), error.message()), (ErrorKind::Unavailable, message.as_str()));
    assert_eq!((error.context_value("phase"), error.retry()), (Some("tls"), Retry::Now));
}

#[tokio::test]
async fn tls_that_is_never_agreed_on_ends_with_the_time_for_connections() {
    // Accepts connections into its backlog and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = silent.local_addr().unwrap().port();
    let mut settings = settings();
    settings.ca_certificates = vec![Authority::new("own").pem().into_bytes()];
    settings.only_these = true;
    settings.connect_timeout = Duration::from_millis(150);
    let transport = HttpTransport::new(settings).unwrap();
    let error = transport.send(Request::get(format!("https://localhost:{port}/"))).await.unwrap_err();
    assert_eq!((error.kind(), error.retry()), (ErrorKind::Timeout, Retry::Now));
    assert_eq!(error.message(), format!("no connection within 150ms: `https://localhost:{port}`"));
    assert_eq!(error.context_value("phase"), Some("connect"));
}
