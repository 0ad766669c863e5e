//! The temporary address of a file: renewed, checked, and seen by nobody.

use std::sync::Mutex;

use linkwright_core::{ErrorKind, Retry, Secret, error_chain};
use linkwright_testkit::Sentinel;

use crate::file_server::{Desk, FileServer, Reply, bytes, download};
use crate::log::{listen, logged};

const SIZE: usize = 3000;

/// Fetches with addresses `/1`, `/2` and so on, one each time one is asked for.
async fn check_addresses(replies: Vec<Reply>, paths: &[&str], refused: bool) {
    let (file, desk) = (bytes(SIZE), Desk::new());
    let server = FileServer::new(replies.clone()).await;
    let given = Mutex::new(0);
    let fresh = || async {
        let mut given = given.lock().unwrap();
        *given += 1;
        Ok(server.url(&format!("/{given}")))
    };
    let (fetching, target) = (download(&file), desk.target());
    let done = fetching.fetch(&desk.transport, &desk.clock, &desk.context, &fresh, &target, &desk.options);
    let done = done.await;
    let asked: Vec<String> =
        server.requests().iter().map(|request| request.split(' ').nth(1).unwrap().to_owned()).collect();
    assert_eq!(asked, paths, "{replies:?}");
    assert_eq!(*given.lock().unwrap(), paths.last().unwrap()[1..].parse::<i32>().unwrap(), "{replies:?}");
    match done {
        Err(error) if refused => {
            assert_eq!((error.kind(), error.retry()), (ErrorKind::PermissionDenied, Retry::Never));
            assert_eq!(error.hint(), Some("check this machine's date, then list again"));
        }
        done => assert_eq!((done.unwrap().bytes, refused), (3000, false)),
    }
}

#[tokio::test]
async fn a_new_address_is_asked_for_once_where_the_last_has_expired() {
    let file = bytes(SIZE);
    let (whole, cut) = (Reply::file(&file), Reply::cut(&file, 1000));
    for status in [400, 401, 403, 410] {
        let expired = Reply::status(status, "");
        check_addresses(vec![expired.clone(), whole.clone()], &["/1", "/2"], false).await;
        check_addresses(vec![expired.clone()], &["/1", "/2"], true).await;
        // In the midst of a long download, and again later on.
        let replies = vec![cut.clone(), expired.clone(), cut.clone(), expired.clone(), whole.clone()];
        check_addresses(replies, &["/1", "/1", "/2", "/2", "/3"], false).await;
    }
}

#[tokio::test]
async fn nothing_is_sent_to_an_address_that_is_not_safe() {
    let (file, desk) = (bytes(SIZE), Desk::new());
    for (url, shown) in [
        ("http://files.example/?hush", "plain http is only for this machine itself: `http://files.example`"),
        (
            "https://hush:hush@files.example/",
            "an address may not hold a user or a password: `https://files.example`",
        ),
        ("ftp://files.example/hush", "an address is `https://…`, not of this scheme: `ftp`"),
        ("hush", "the address is none: relative URL without a base"),
        ("", "the address is none: relative URL without a base"),
    ] {
        let error = desk.fetch_url(&file, Secret::new(url)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Corrupt);
        assert_eq!(error.message(), format!("no file can be fetched there: {shown}"));
        assert!(!format!("{error:?}").contains("hush"), "{error:?}");
    }
}

#[tokio::test]
async fn the_address_is_in_no_error_log_or_debug_output() {
    let sentinel = Sentinel::new(71);
    let core: String = sentinel.text().chars().filter(char::is_ascii_alphanumeric).collect();
    listen();
    let file = bytes(SIZE);
    let path = format!("/{core}?X-Amz-Signature={core}#{core}");
    let location = format!("location: http://127.0.0.1:1/{core}\r\netag: \"{core}\"\r\n");
    let page = format!("content-type: text/html\r\nx: {core}\r\n");
    let mut said = format!("{:?}", download(&file));
    for reply in [
        Reply::cut(&file, 1000),
        Reply::Raw(Vec::new()),
        Reply::file(&bytes(SIZE + 1)),
        Reply::body(&page, core.as_bytes()),
        Reply::status(403, &location),
        Reply::status(307, &location),
        Reply::status(404, &location),
        Reply::status(503, &location),
    ] {
        let (mut desk, server) = (Desk::new(), FileServer::new(vec![reply]).await);
        desk.options.retries = 1;
        let error = desk.fetch_url(&file, server.url(&path)).await.unwrap_err();
        said.push_str(&format!("{error:?} {} {:?}", error_chain(&error), desk.options));
    }
    sentinel.assert_absent("what was said", said);
    let log = logged();
    assert!(log.contains("a download broke off") && log.contains("has expired"), "{log}");
    sentinel.assert_absent("the log", log);
}
