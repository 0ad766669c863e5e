//! From a temporary address to a file, against a file server that has its bad days.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use linkwright_core::{Cancellation, ErrorKind, Retry, error_chain};
use linkwright_creators::wire::{ListFeedsAnswer, ListReportsAnswer};
use linkwright_creators::{Download, DownloadStage};
use linkwright_testkit::ManualClock;

use crate::file_server::{Desk, ETAG, FileServer, Reply, bytes, download, md5_hex};

const SIZE: usize = 3000;

#[tokio::test]
async fn a_file_is_fetched_and_put_to_its_place() {
    // Several times what is written at once.
    let file = bytes(1_500_000);
    let server = FileServer::new(vec![Reply::file(&file)]).await;
    let desk = Desk::new();
    fs::write(desk.target(), "old").unwrap();
    let done = desk.fetch(&file, &server).await.unwrap();
    assert_eq!((done.bytes, done.fetched, done.resumed_at), (1_500_000, 1_500_000, 0));
    assert_eq!(done.path, fs::canonicalize(desk.target()).unwrap());
    assert_eq!(fs::read(desk.target()).unwrap(), file);
    assert_eq!(desk.names(), ["feed.gz"]);
    let requests = server.requests();
    let [request] = &requests[..] else { panic!("{requests:?}") };
    assert!(request.starts_with("GET /feed.gz?signature=hush HTTP/1.1\r\n"), "{request}");
    // Neither a token nor anything else of the API is for the file server.
    let names: Vec<&str> = request.lines().skip(1).filter_map(|line| Some(line.split_once(':')?.0)).collect();
    assert_eq!(names, ["accept", "user-agent", "host"], "{request}");
}

#[tokio::test]
async fn an_empty_file_is_one_too() {
    let server = FileServer::new(vec![Reply::file(b"")]).await;
    let desk = Desk::new();
    assert_eq!(desk.fetch(b"", &server).await.unwrap().bytes, 0);
    assert_eq!((fs::read(desk.target()).unwrap(), desk.names()), (Vec::new(), vec!["feed.gz".to_owned()]));
}

/// A download that gets there after these replies: what it asked for each time, and how long it waited.
async fn check_resumed(replies: Vec<Reply>, ranges: &[&str], waits: &[u64]) {
    let (file, desk) = (bytes(SIZE), Desk::new());
    let server = FileServer::new(replies.clone()).await;
    desk.fetch(&file, &server).await.unwrap_or_else(|error| panic!("{replies:?}: {error:?}"));
    assert!(fs::read(desk.target()).unwrap() == file, "{replies:?}");
    assert_eq!(server.ranges(), ranges, "{replies:?}");
    let waited: Vec<u64> = desk.clock.waits.lock().unwrap().iter().map(Duration::as_secs).collect();
    assert_eq!(waited, waits, "{replies:?}");
    assert_eq!(desk.names(), ["feed.gz"]);
}

#[tokio::test]
async fn a_download_that_breaks_off_is_resumed_within_one_version() {
    let file = bytes(SIZE);
    let (whole, cut) = (Reply::file(&file), Reply::cut(&file, 1000));
    let from_1000 = "bytes=1000-\"version-1\"";
    let range = |text: &str| {
        let head = format!(
            "HTTP/1.1 206 X\r\ncontent-range: {text}\r\netag: {ETAG}\r\ncontent-length: 2000\r\n\r\n"
        );
        Reply::Raw([head.as_bytes(), &file[1000..]].concat())
    };
    let first_of_two = Reply::of_version(&bytes(SIZE + 1)[1..], Some("\"version-0\""), Some(1000));
    let other_part = {
        let head = "HTTP/1.1 206 X\r\ncontent-range: bytes 1000-2999/3000\r\netag: \"version-2\"\r\ncontent-length: 2000\r\n\r\n";
        Reply::Raw([head.as_bytes(), &file[1000..]].concat())
    };
    for (replies, ranges, waits) in [
        (vec![cut.clone(), whole.clone()], vec!["", from_1000], vec![1]),
        // Twice, and it goes on from where it came to.
        (
            vec![cut.clone(), cut.clone(), whole.clone()],
            vec!["", from_1000, "bytes=2000-\"version-1\""],
            vec![1, 2],
        ),
        // Before there was anything.
        (vec![Reply::Raw(Vec::new()), whole.clone()], vec!["", ""], vec![1]),
        // The server has another version now, and says so by answering with all of it.
        (vec![first_of_two, whole.clone()], vec!["", "bytes=1000-\"version-0\""], vec![1]),
        // It cannot do ranges.
        (vec![cut.clone(), Reply::body("content-length: 3000\r\n", &file)], vec!["", from_1000], vec![1]),
        // Or does them wrong.
        (vec![cut.clone(), Reply::status(416, ""), whole.clone()], vec!["", from_1000, ""], vec![1]),
        (vec![cut.clone(), range("bytes 999-2999/3000"), whole.clone()], vec!["", from_1000, ""], vec![1]),
        (vec![cut.clone(), range("bytes 1000-2998/3000"), whole.clone()], vec!["", from_1000, ""], vec![1]),
        (vec![cut.clone(), range("bytes 1000-3000/3001"), whole.clone()], vec!["", from_1000, ""], vec![1]),
        (vec![cut.clone(), range("bytes 1000-2999/*"), whole.clone()], vec!["", from_1000, ""], vec![1]),
        (vec![cut.clone(), other_part, whole.clone()], vec!["", from_1000, ""], vec![1]),
        // No name for the version, or one that does not stand for the same bytes.
        (vec![Reply::of_version(&file, None, Some(1000)), whole.clone()], vec!["", ""], vec![1]),
        (vec![Reply::of_version(&file, Some("W/\"1\""), Some(1000)), whole.clone()], vec!["", ""], vec![1]),
        // Not well, and says for how long.
        (
            vec![
                Reply::status(503, "retry-after: 7\r\n"),
                Reply::status(500, ""),
                Reply::status(429, "retry-after: 60\r\n"),
                Reply::status(408, ""),
                whole.clone(),
            ],
            vec![""; 5],
            vec![7, 2, 60, 8],
        ),
        // Without a length it ends where it ends.
        (vec![Reply::body("", &file[..10]), Reply::body("", &file)], vec!["", ""], vec![1]),
    ] {
        check_resumed(replies, &ranges, &waits).await;
    }
}

#[tokio::test]
async fn a_connection_cut_at_any_byte_costs_one_more_attempt() {
    let file = bytes(40);
    let head = format!("HTTP/1.1 200 X\r\netag: {ETAG}\r\ncontent-length: 40\r\n\r\n");
    let all = [head.as_bytes(), &file].concat();
    for cut in 0..all.len() {
        let server = FileServer::new(vec![Reply::Raw(all[..cut].to_vec()), Reply::file(&file)]).await;
        let desk = Desk::new();
        desk.fetch(&file, &server).await.unwrap();
        assert_eq!((fs::read(desk.target()).unwrap(), server.requests().len()), (file.clone(), 2), "{cut}");
    }
}

#[tokio::test]
async fn a_later_run_goes_on_where_an_earlier_one_broke_off() {
    let (file, mut desk) = (bytes(SIZE), Desk::new());
    desk.options.retries = 0;
    let server = FileServer::new(vec![Reply::cut(&file, 1000), Reply::file(&file)]).await;
    let error = desk.failure(&file, &server).await;
    assert_eq!((error.kind(), error.retry()), (ErrorKind::Unavailable, Retry::Exhausted));
    assert_eq!(desk.names(), ["feed.gz.part", "feed.gz.part.version"]);
    let done = desk.fetch(&file, &server).await.unwrap();
    assert_eq!((done.resumed_at, done.fetched, done.bytes), (1000, 2000, 3000));
    assert_eq!(server.ranges(), ["", "bytes=1000-\"version-1\""]);
    assert_eq!((fs::read(desk.target()).unwrap(), desk.names()), (file, vec!["feed.gz".to_owned()]));
}

#[tokio::test]
async fn what_an_earlier_run_left_does_not_count_where_the_server_gives_all_again() {
    let file = bytes(SIZE);
    let (whole, cut) = (Reply::file(&file), Reply::cut(&file, 1000));
    let all_at_once = Reply::body("content-length: 3000\r\n", &file);
    for (replies, resumed_at, fetched) in [
        (vec![whole.clone()], 1000, 2000),
        // It cannot do ranges, or not this one.
        (vec![all_at_once.clone()], 0, 3000),
        (vec![Reply::status(416, ""), whole.clone()], 0, 3000),
        // Another version, which is taken up in its turn; what this run fetched is of no earlier one.
        (
            vec![
                Reply::of_version(&file, Some("\"version-2\""), Some(500)),
                Reply::of_version(&file, Some("\"version-2\""), None),
            ],
            0,
            3000,
        ),
        // At first it goes on, and then it begins again.
        (vec![cut.clone(), all_at_once], 0, 4000),
    ] {
        let mut desk = Desk::new();
        desk.options.retries = 0;
        let shown = format!("{replies:?}");
        let server = FileServer::new([vec![cut.clone()], replies].concat()).await;
        desk.failure(&file, &server).await;
        desk.options.retries = 1;
        let done = desk.fetch(&file, &server).await.unwrap();
        assert_eq!((done.resumed_at, done.fetched, done.bytes), (resumed_at, fetched, 3000), "{shown}");
        assert!(fs::read(desk.target()).unwrap() == file, "{shown}");
    }
}

/// Breaks off a download of `before` after 1000 bytes, lets `meanwhile` happen, and fetches `after`; answers what was
/// asked for then, and how much of the earlier run is said to have been of use.
async fn later(before: &[u8], meanwhile: impl FnOnce(&Path), after: &[u8]) -> (Vec<String>, u64) {
    let mut desk = Desk::new();
    desk.options.retries = 0;
    let server = FileServer::new(vec![Reply::cut(before, 1000), Reply::file(after)]).await;
    desk.failure(before, &server).await;
    meanwhile(desk.folder.path());
    let done = desk.fetch(after, &server).await.unwrap();
    assert!(fs::read(desk.target()).unwrap() == after);
    assert_eq!(desk.names(), ["feed.gz"]);
    (server.ranges().split_off(1), done.resumed_at)
}

#[tokio::test]
async fn what_an_earlier_run_left_is_used_only_if_it_is_of_the_same_file() {
    let file = bytes(SIZE);
    let from_1000 = "bytes=1000-\"version-1\"".to_owned();
    let all = || (vec![String::new()], 0);
    assert_eq!(later(&file, |_| {}, &file).await, (vec![from_1000.clone()], 1000));
    // The list has another file now: of another size, or of another sum alone.
    assert_eq!(later(&file, |_| {}, &bytes(SIZE + 1)).await, all());
    assert_eq!(later(&file, |_| {}, &bytes(SIZE + 1)[1..]).await, all());
    // Nobody knows what it is of.
    let version = "feed.gz.part.version";
    assert_eq!(later(&file, |folder| fs::remove_file(folder.join(version)).unwrap(), &file).await, all());
    let halve = |folder: &Path| {
        let text = fs::read_to_string(folder.join(version)).unwrap();
        fs::write(folder.join(version), &text[..text.len() - 3]).unwrap();
    };
    assert_eq!(later(&file, halve, &file).await, all());
    // It was damaged on the disk, which shows in the end.
    let damage = |folder: &Path| {
        let mut part = fs::read(folder.join("feed.gz.part")).unwrap();
        part[500] ^= 1;
        fs::write(folder.join("feed.gz.part"), part).unwrap();
    };
    assert_eq!(later(&file, damage, &file).await, (vec![from_1000, String::new()], 0));
    let grow = |folder: &Path| fs::write(folder.join("feed.gz.part"), vec![0; SIZE + 1]).unwrap();
    assert_eq!(later(&file, grow, &file).await, all());
}

#[tokio::test]
async fn what_came_whole_is_not_asked_for_again() {
    let (file, mut desk) = (bytes(SIZE), Desk::new());
    desk.options.retries = 0;
    // All of it came, and then the connection broke before it said so.
    let fields = format!("etag: {ETAG}\r\ntransfer-encoding: chunked\r\n");
    let chunk = [b"bb8\r\n", &file[..], b"\r\n"].concat();
    let server = FileServer::new(vec![Reply::body(&fields, &chunk)]).await;
    assert_eq!(desk.failure(&file, &server).await.kind(), ErrorKind::Unavailable);
    let done = desk.fetch(&file, &server).await.unwrap();
    assert_eq!((done.resumed_at, done.fetched, server.requests().len()), (3000, 0, 1));
    assert_eq!(fs::read(desk.target()).unwrap(), file);
}

/// Fetches a file of 3000 bytes from a server that gives something else, and looks at what is said and left.
async fn check_refused(reply: Reply, kind: ErrorKind, message: &str, left: &[&str]) {
    let (file, desk) = (bytes(SIZE), Desk::new());
    fs::write(desk.target(), "old").unwrap();
    let server = FileServer::new(vec![reply]).await;
    let error = desk.failure(&file, &server).await;
    let message = message.replace("{origin}", &format!("`http://127.0.0.1:{}`", server.port));
    assert_eq!((error.kind(), error.message(), error.retry()), (kind, message.as_str(), Retry::Never));
    let all = format!("{error:?} {}", error_chain(&error));
    assert!(!all.contains("hush"), "{all}");
    assert_eq!(desk.clock.waits.lock().unwrap().len(), 0, "{message}");
    assert_eq!(fs::read_to_string(desk.target()).unwrap(), "old", "{message}");
    assert_eq!(desk.names(), left, "{message}");
}

#[tokio::test]
async fn another_file_than_the_listed_one_is_refused_and_removed() {
    let (file, other) = (bytes(SIZE), bytes(SIZE + 1));
    let sums = format!("`{}`, not `{}`", md5_hex(&other[1..]), md5_hex(&file));
    let sums = format!("the file's md5 is not that of the list: {sums}");
    let size = "the file has another size than in the list: `3001` bytes, not `3000`: {origin}";
    let none_left: &[&str] = &["feed.gz"];
    let kind = ErrorKind::Corrupt;
    check_refused(Reply::file(&other[1..]), kind, &sums, none_left).await;
    check_refused(Reply::file(&other), kind, size, none_left).await;
    check_refused(Reply::body("", &other), kind, size, none_left).await;
    let huge =
        "the file has another size than in the list: `9223372036854775807` bytes, not `3000`: {origin}";
    let reply = Reply::body("content-length: 9223372036854775807\r\n", b"x");
    check_refused(reply, kind, huge, none_left).await;
}

#[tokio::test]
async fn an_answer_that_is_no_file_is_refused() {
    let page =
        Reply::body("content-type: Text/HTML; charset=utf-8\r\ncontent-length: 3000\r\n", &bytes(SIZE));
    let elsewhere = Reply::status(307, "location: http://127.0.0.1:1/hush\r\n");
    for (reply, kind, message) in [
        (page, ErrorKind::Corrupt, "a web page came in place of the file"),
        (
            elsewhere,
            ErrorKind::Unavailable,
            "the file server sends elsewhere, which is not followed (status 307)",
        ),
        (Reply::status(404, ""), ErrorKind::NotFound, "the file is not there (status 404)"),
        (
            Reply::status(204, ""),
            ErrorKind::Unavailable,
            "the file server's answer makes no sense (status 204)",
        ),
        (
            Reply::status(206, ""),
            ErrorKind::Unavailable,
            "the file server's answer makes no sense (status 206)",
        ),
        (
            Reply::status(416, ""),
            ErrorKind::Unavailable,
            "the file server's answer makes no sense (status 416)",
        ),
    ] {
        let left = &["feed.gz", "feed.gz.part"];
        check_refused(reply, kind, &format!("{message}: {{origin}}"), left).await;
    }
}

#[tokio::test]
async fn a_web_page_in_between_costs_nothing_of_what_came() {
    let (file, mut desk) = (bytes(SIZE), Desk::new());
    desk.options.retries = 1;
    let page = Reply::body("content-type: text/html\r\ncontent-length: 2\r\n", b"hi");
    let server = FileServer::new(vec![Reply::cut(&file, 1000), page, Reply::file(&file)]).await;
    assert_eq!(desk.failure(&file, &server).await.kind(), ErrorKind::Corrupt);
    assert_eq!(desk.fetch(&file, &server).await.unwrap().resumed_at, 1000);
}

#[tokio::test]
async fn a_server_that_goes_silent_is_given_up_after_some_attempts() {
    let (file, mut desk) = (bytes(SIZE), Desk::new());
    // Long enough for loopback under load, short enough to wait for.
    desk.options.idle_timeout = Duration::from_millis(100);
    desk.options.retries = 2;
    let head = format!("HTTP/1.1 200 X\r\netag: {ETAG}\r\ncontent-length: 3000\r\n\r\n");
    let begun = Reply::Hang([head.as_bytes(), &file[..1000]].concat());
    let server = FileServer::new(vec![Reply::Hang(Vec::new()), begun, Reply::Hang(Vec::new())]).await;
    let error = desk.failure(&file, &server).await;
    assert_eq!((error.kind(), error.retry()), (ErrorKind::Timeout, Retry::Exhausted));
    assert_eq!(error.message(), format!("no answer within 100ms: `http://127.0.0.1:{}`", server.port));
    assert_eq!(server.ranges(), ["", "", "bytes=1000-\"version-1\""]);
    assert_eq!(fs::read(desk.folder.path().join("feed.gz.part")).unwrap(), file[..1000]);
}

#[tokio::test]
async fn a_server_that_asks_to_wait_for_long_is_left_alone() {
    let (file, desk) = (bytes(SIZE), Desk::new());
    let server = FileServer::new(vec![Reply::status(429, "retry-after: 3600\r\n")]).await;
    let error = desk.failure(&file, &server).await;
    let after = Retry::After(Duration::from_secs(3600));
    assert_eq!((error.kind(), error.retry()), (ErrorKind::RateLimited, after));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn the_caller_can_take_it_back_and_set_a_deadline() {
    let file = bytes(SIZE);
    let head = format!("HTTP/1.1 200 X\r\netag: {ETAG}\r\ncontent-length: 3000\r\n\r\n");
    let begun = Reply::Hang([head.as_bytes(), &file[..1000]].concat());
    for (cancels, kind) in [(true, ErrorKind::Cancelled), (false, ErrorKind::Timeout)] {
        let server = FileServer::new(vec![begun.clone(), Reply::file(&file)]).await;
        let (mut desk, clock, cancellation) = (Desk::new(), ManualClock::new(), Cancellation::default());
        desk.context.cancellation = cancellation.clone();
        desk.context.deadline = Some(Duration::from_secs(60));
        let (target, url) = (desk.target(), server.url("/"));
        let fetching = download(&file);
        let work = fetching.fetch(&desk.transport, &clock, &desk.context, &url, &target, &desk.options);
        let stopping = async {
            while server.requests().is_empty() {
                tokio::task::yield_now().await;
            }
            if cancels { cancellation.cancel() } else { clock.advance(Duration::from_secs(60)) }
        };
        let (done, ()) = tokio::join!(work, stopping);
        assert_eq!(done.unwrap_err().kind(), kind);
        // Neither is the end of it.
        desk.context.cancellation = Cancellation::default();
        desk.context.deadline = None;
        desk.fetch(&file, &server).await.unwrap();
        assert_eq!(fs::read(desk.target()).unwrap(), file);
    }
}

#[tokio::test]
async fn two_downloads_do_not_write_one_file() {
    let (file, mut desk) = (bytes(SIZE), Desk::new());
    let cancellation = Cancellation::default();
    desk.context.cancellation = cancellation.clone();
    let server = FileServer::new(vec![Reply::Hang(Vec::new())]).await;
    let second = async {
        while server.requests().is_empty() {
            tokio::task::yield_now().await;
        }
        let error = desk.failure(&file, &server).await;
        cancellation.cancel();
        error
    };
    let (first, error) = tokio::join!(desk.fetch(&file, &server), second);
    assert_eq!(first.unwrap_err().kind(), ErrorKind::Cancelled);
    let part = desk.folder.path().join("feed.gz.part");
    let message = format!("this file is being fetched already: `{}`", part.display());
    assert_eq!((error.kind(), error.message()), (ErrorKind::Conflict, message.as_str()));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn progress_is_told_to_the_end() {
    let file = bytes(600_000);
    let server = FileServer::new(vec![Reply::cut(&file, 300_000), Reply::file(&file)]).await;
    let mut desk = Desk::new();
    let told: Arc<Mutex<Vec<(DownloadStage, u64, u64)>>> = Arc::default();
    let teller = Arc::clone(&told);
    desk.options.progress = Some(Arc::new(move |stage: DownloadStage, done: u64, total: u64| {
        teller.lock().unwrap().push((stage, done, total));
    }));
    desk.fetch(&file, &server).await.unwrap();
    let told = told.lock().unwrap();
    assert!(told.iter().all(|(stage, _, total)| (*stage, *total) == (DownloadStage::Fetching, 600_000)));
    assert!(told.is_sorted_by_key(|(_, done, _)| *done), "{told:?}");
    assert!(told.iter().any(|(_, done, _)| *done == 300_000), "{told:?}");
    assert_eq!((told.first().unwrap().1, told.last().unwrap().1), (0, 600_000));
}

#[test]
fn a_sum_is_hexadecimal_or_base64() {
    let empty = "d41d8cd98f00b204e9800998ecf8427e";
    for sum in
        [empty, "D41D8CD98F00B204E9800998ECF8427E", "1B2M2Y8AsgTpgAmY7PhCfg==", "1B2M2Y8AsgTpgAmY7PhCfg"]
    {
        assert_eq!(Download::new(sum, 0).unwrap(), Download::new(empty, 0).unwrap(), "{sum}");
    }
    for sum in [
        "",
        "d41d8cd98f00b204e9800998ecf8427",
        "d41d8cd98f00b204e9800998ecf8427eff",
        "g41d8cd98f00b204e9800998ecf8427e",
        "d41d8cd98f00b204e9800998ecf842é",
        "+41d8cd98f00b204e9800998ecf8427e",
        // Bits after the last byte.
        "1B2M2Y8AsgTpgAmY7PhCfh==",
        "1B2M2Y8AsgTpgAmY7PhC-_==",
        "1B2M2Y8AsgTpgAmY7PhCfg=1",
        "1B2M2Y8AsgTpgAmY7PhC====",
    ] {
        let error = Download::new(sum, 0).unwrap_err();
        let message = format!("the file's md5 in the list is none: `{sum}`");
        assert_eq!((error.kind(), error.message()), (ErrorKind::Corrupt, message.as_str()));
    }
}

/// A list of one file with these members: what is wrong with it, if anything.
#[track_caller]
fn check_listed(members: &str, expected: Option<&str>) {
    let list = format!(r#"{{"feeds":[{{{members}}}],"reports":[{{{members}}}]}}"#);
    let feeds = ListFeedsAnswer::decode(list.as_bytes()).unwrap().feeds;
    let reports = ListReportsAnswer::decode(list.as_bytes()).unwrap().reports;
    for made in [Download::of_feed(&feeds[0]), Download::of_report(&reports[0])] {
        match (made, expected) {
            (Ok(made), None) => assert_eq!(made, download(b"abc")),
            (Err(error), Some(expected)) => {
                assert_eq!((error.kind(), error.message()), (ErrorKind::Corrupt, expected));
            }
            (made, _) => panic!("{members}: {made:?}"),
        }
    }
}

#[test]
fn what_the_list_lacks_is_said_with_the_file() {
    let name = r#""feedName":"a.gz","filename":"a.gz""#;
    let md5 = r#""md5":"900150983cd24fb0d6963f7d28e17f72""#;
    let no_size = "Amazon's list does not say the size of the file: `a.gz`";
    let no_md5 = "Amazon's list does not say the md5 of the file: `a.gz`";
    check_listed(&format!(r#"{name},{md5},"size":3"#), None);
    check_listed(&format!(r#"{name},{md5},"size":3.0"#), None);
    check_listed(&format!(r#"{name},{md5}"#), Some(no_size));
    check_listed(&format!(r#"{name},{md5},"size":-1"#), Some(no_size));
    check_listed(&format!(r#"{name},"size":3"#), Some(no_md5));
    check_listed(&format!(r#"{name},"md5":"x","size":3"#), Some("the file's md5 in the list is none: `x`"));
}
