//! Secrets in requests and answers are seen by the server alone.

use linkwright_core::ErrorKind;
use linkwright_http::{Body, Headers, HttpTransport, Request, Response, Transport};
use linkwright_testkit::Sentinel;
use zeroize::Zeroizing;

use crate::server::{Server, Then, settings, transport};

#[test]
fn debug_shows_no_secret() {
    let sentinel = Sentinel::new(1);
    let body = sentinel.text().as_bytes().to_vec();
    let request = Request::post("https://api.example/", Body::Secret(Zeroizing::new(body.clone())))
        .with_header("authorization", sentinel.secret());
    sentinel.assert_absent("a request", format!("{request:?} {request:#?}"));
    let core: String = sentinel.text().chars().filter(char::is_ascii_alphanumeric).collect();
    for url in [
        format!("https://api.example:8443/{core}?signature={core}#{core}"),
        format!("https://{core}:{core}@api.example/"),
        format!("{core}?{core}"),
    ] {
        let shown = format!("{:?}", Request::get(url));
        assert!(!shown.to_lowercase().contains(&core.to_lowercase()), "{shown}");
    }
    let shown = format!("{:?}", Request::get("https://api.example:8443/a?b"));
    assert!(shown.contains("url: https://api.example:8443/…,"), "{shown}");
    sentinel.assert_absent("a body", format!("{:?}", Body::Plain(body.clone())));
    sentinel.assert_absent("an answer", format!("{:?}", Response::new(200, Headers::default(), body)));
}

#[test]
fn debug_and_errors_of_settings_show_no_password() {
    let sentinel = Sentinel::new(2);
    let text = sentinel.text();
    for proxy in [
        format!("http://user:{text}@proxy.example:3128"),
        format!("user:{text}@proxy.example:3128"),
        format!("{text}://proxy.example"),
        format!("http://proxy.example/{text}"),
        format!("http://{text}@:99999"),
    ] {
        let mut settings = settings();
        settings.proxy = Some(proxy.into());
        settings.ca_certificates.push(text.as_bytes().to_vec());
        sentinel.assert_absent("the settings", format!("{settings:?} {settings:#?}"));
        sentinel
            .assert_absent("the error", format!("{:?}", HttpTransport::new(settings.clone()).unwrap_err()));
        settings.ca_certificates.clear();
        sentinel.assert_absent("the transport", format!("{:?}", HttpTransport::new(settings)));
    }
}

#[tokio::test]
async fn a_failing_request_shows_none_of_its_parts() {
    let sentinel = Sentinel::new(3);
    let text = sentinel.text();
    let server = Server::answering(format!("HTTP/1.1 200 {text}\r\n{text}"), Then::Close).await;
    let url = server.url(&format!("/{text}?{text}#{text}"));
    let request = Request::post(url, Body::Secret(Zeroizing::new(text.as_bytes().to_vec())))
        .with_header("authorization", sentinel.secret());
    let error = transport().send(request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unavailable);
    sentinel.assert_absent("the error", format!("{error:?} {error:#?}"));
}
