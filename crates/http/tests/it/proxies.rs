//! Through a proxy.

use linkwright_core::{ErrorKind, Retry, Secret, error_chain};
use linkwright_http::{HttpTransport, Request, Transport};

use crate::server::{Server, Then, settings};

fn through(proxy: &str) -> HttpTransport {
    let mut settings = settings();
    settings.proxy = Some(Secret::new(proxy));
    HttpTransport::new(settings).unwrap()
}

#[tokio::test]
async fn https_is_tunnelled_and_the_proxy_learns_no_more_than_the_host() {
    let answer = "HTTP/1.1 502 no\r\ncontent-length: 0\r\n\r\n";
    let proxy = Server::answering(answer, Then::Close).await;
    let transport = through(&format!("http://user:hush@127.0.0.1:{}", proxy.port));
    let request =
        Request::get("https://api.invalid/path?query=1").with_header("authorization", Secret::new("token"));
    let error = transport.send(request).await.unwrap_err();
    let requests = proxy.requests();
    assert_eq!(requests.len(), 1);
    assert!(requests[0].starts_with("CONNECT api.invalid:443 HTTP/1.1\r\n"), "{}", requests[0]);
    // `user:hush` in base64.
    assert!(
        requests[0].to_lowercase().contains("proxy-authorization: basic dxnlcjpodxno"),
        "{}",
        requests[0]
    );
    for kept in ["path", "query", "token"] {
        assert!(!requests[0].contains(kept), "{}", requests[0]);
    }
    assert_eq!(error.message(), "no connection through the proxy: `https://api.invalid`");
    assert_eq!((error.kind(), error.retry()), (ErrorKind::Unavailable, Retry::Now));
    assert_eq!(error.context_value("phase"), Some("connect"));
    let shown = format!("http://127.0.0.1:{}", proxy.port);
    assert_eq!(error.context_value("proxy"), Some(shown.as_str()));
    let all = format!("{error:?} {} {transport:?}", error_chain(&error));
    assert!(!all.contains("hush") && !all.contains("dXNlcjpodXNo"), "{all}");
}

#[tokio::test]
async fn a_proxy_that_wants_a_password_is_a_matter_of_settings() {
    let answer = "HTTP/1.1 407 no\r\ncontent-length: 0\r\n\r\n";
    let proxy = Server::answering(answer, Then::Close).await;
    let transport = through(&format!("http://127.0.0.1:{}", proxy.port));
    let error = transport.send(Request::get("https://api.invalid/")).await.unwrap_err();
    assert_eq!((error.kind(), error.retry()), (ErrorKind::ConfigInvalid, Retry::Never));
    assert_eq!(error.message(), "the proxy asks for a user and a password: `https://api.invalid`");
}

#[tokio::test]
async fn what_stays_on_this_machine_goes_through_no_proxy() {
    let proxy = Server::ok("from the proxy").await;
    let target = Server::ok("from the target").await;
    let transport = through(&format!("http://127.0.0.1:{}", proxy.port));
    for host in ["127.0.0.1", "localhost"] {
        let answer = transport.send(Request::get(format!("http://{host}:{}/", target.port))).await.unwrap();
        assert_eq!(&*answer.body, b"from the target", "{host}");
        // Nobody listens on port 1, which only who goes there directly can say.
        let error = transport.send(Request::get(format!("https://{host}:1/"))).await.unwrap_err();
        assert_eq!(error.message(), format!("no connection: `https://{host}:1`"));
    }
    assert_eq!(proxy.requests(), [""; 0]);
}

/// Tells a process that it is the one of the test below.
const MARK: &str = "LINKWRIGHT_TEST_PROXY_OF_THE_ENVIRONMENT";

#[tokio::test]
async fn a_proxy_of_the_environment_is_not_asked() {
    let proxy = Server::ok("from the proxy").await;
    let address = format!("http://127.0.0.1:{}", proxy.port);
    let mut process = std::process::Command::new(std::env::current_exe().unwrap());
    process
        .args(["--exact", "proxies::process_with_a_proxy_in_its_environment"])
        .env(MARK, "1")
        .env("NO_PROXY", "");
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        process.env(name, &address).env(name.to_lowercase(), &address);
    }
    let output = tokio::task::spawn_blocking(move || process.output()).await.unwrap().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
    assert_eq!(proxy.requests(), [""; 0]);
}

/// Nothing unless started by the test above.
#[tokio::test]
#[allow(clippy::disallowed_methods, reason = "how a process of this test is told what it is")]
async fn process_with_a_proxy_in_its_environment() {
    if std::env::var_os(MARK).is_none() {
        return;
    }
    for url in ["https://127.0.0.1:1/", "http://127.0.0.1:1/"] {
        let error = crate::server::transport().send(Request::get(url)).await.unwrap_err();
        assert!(error.message().starts_with("no connection: "), "{error:?}");
    }
}
