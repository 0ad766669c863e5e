//! What the crates below log, at their most talkative.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use linkwright_core::Secret;
use linkwright_http::{Body, HttpTransport, Request, Transport};
use linkwright_testkit::Sentinel;
use tracing_subscriber::filter::LevelFilter;
use zeroize::Zeroizing;

use crate::authority::Authority;
use crate::server::{Server, Then, settings};

/// All lines so far, of both ways to log that Rust has.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl log::Log for Lines {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        writeln!(self.0.lock().unwrap(), "{}: {}", record.target(), record.args()).unwrap();
    }

    fn flush(&self) {}
}

#[tokio::test]
async fn no_secret_is_logged_by_any_crate_below() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    log::set_boxed_logger(Box::new(lines.clone())).unwrap();
    log::set_max_level(log::LevelFilter::Trace);

    let sentinel = Sentinel::new(4);
    let text = sentinel.text();
    let proxy = Server::answering("HTTP/1.1 502 no\r\ncontent-length: 0\r\n\r\n", Then::Close).await;
    let plain = Server::ok(text).await;
    let authority = Authority::new("own");
    let tls = authority.serve("localhost", 2999).await;
    let mut settings = settings();
    // Its core has letters and digits only; the signs around it cannot stand in an address as they are.
    let password: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    settings.proxy = Some(Secret::new(format!("http://user:{password}@127.0.0.1:{}", proxy.port)));
    settings.ca_certificates = vec![authority.pem().into_bytes()];
    let transport = HttpTransport::new(settings).unwrap();
    for (url, answered) in [
        (format!("https://api.invalid/?{text}"), false),
        (plain.url(&format!("/?{text}")), true),
        (format!("https://localhost:{tls}/?{text}"), true),
    ] {
        let request = Request::post(url, Body::Secret(Zeroizing::new(text.as_bytes().to_vec())))
            .with_header("authorization", sentinel.secret());
        assert_eq!(transport.send(request).await.is_ok(), answered);
    }
    let lines = lines.0.lock().unwrap();
    assert!(String::from_utf8_lossy(&lines).contains("starting new connection"), "nothing was listened to");
    sentinel.assert_absent("the log", &*lines);
}
