//! Files that are gzip, unpacked into the target.

use std::fs;
use std::io::Write;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};

use flate2::Compression;
use flate2::write::GzEncoder;
use linkwright_core::{Cancellation, ErrorKind};
use linkwright_creators::DownloadStage;

use crate::file_server::{Desk, FileServer, Reply, bytes};

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.options.unpack = true;
    desk
}

#[tokio::test]
async fn a_gzip_is_unpacked_also_one_of_several_members() {
    let plain = bytes(1_000_000);
    let members = [gzip(&plain[..10]), gzip(b""), gzip(&plain[10..])].concat();
    for packed in [gzip(&plain), members] {
        let (desk, server) = (desk(), FileServer::new(vec![Reply::file(&packed)]).await);
        fs::write(desk.target(), "old").unwrap();
        let done = desk.fetch(&packed, &server).await.unwrap();
        assert_eq!((done.bytes, done.fetched), (1_000_000, packed.len() as u64));
        assert!(fs::read(desk.target()).unwrap() == plain);
        assert_eq!(desk.names(), ["feed.gz"]);
    }
}

/// Fetches a file that cannot be unpacked: the target stays, and nothing else is left.
async fn check_refused(packed: &[u8], most: u64, message: &str) {
    let (mut desk, server) = (desk(), FileServer::new(vec![Reply::file(packed)]).await);
    desk.options.max_unpacked_bytes = most;
    fs::write(desk.target(), "old").unwrap();
    let error = desk.failure(packed, &server).await;
    assert_eq!((error.kind(), error.message()), (ErrorKind::Corrupt, message));
    assert_eq!(fs::read_to_string(desk.target()).unwrap(), "old");
    assert_eq!(desk.names(), ["feed.gz"]);
}

#[tokio::test]
async fn what_is_no_whole_gzip_is_refused() {
    let packed = gzip(&bytes(5000));
    let mut damaged = packed.clone();
    // In its checksum.
    let at = damaged.len() - 8;
    damaged[at] ^= 1;
    let message = "the file cannot be unpacked: it is no whole gzip";
    for wrong in
        [b"".to_vec(), b"plain".to_vec(), packed[..packed.len() - 1].to_vec(), packed[..20].to_vec(), damaged]
    {
        check_refused(&wrong, u64::MAX, message).await;
    }
    let and_more = [&packed[..], b"and more"].concat();
    check_refused(&and_more, u64::MAX, message).await;
}

#[tokio::test]
async fn a_small_file_does_not_become_a_huge_one() {
    let packed = gzip(&vec![0; 10_000_000]);
    assert!(packed.len() < 20_000);
    check_refused(&packed, 9_999_999, "unpacked, the file is larger than allowed: `9999999` bytes").await;
    let (mut desk, server) = (desk(), FileServer::new(vec![Reply::file(&packed)]).await);
    desk.options.max_unpacked_bytes = 10_000_000;
    assert_eq!(desk.fetch(&packed, &server).await.unwrap().bytes, 10_000_000);
}

#[tokio::test]
async fn unpacking_is_told_in_packed_bytes() {
    let packed = gzip(&bytes(1_000_000));
    let (mut desk, server) = (desk(), FileServer::new(vec![Reply::file(&packed)]).await);
    let told: Arc<Mutex<Vec<(u64, u64)>>> = Arc::default();
    let teller = Arc::clone(&told);
    desk.options.progress = Some(Arc::new(move |stage: DownloadStage, done: u64, total: u64| {
        if stage == DownloadStage::Unpacking {
            teller.lock().unwrap().push((done, total));
        }
    }));
    desk.fetch(&packed, &server).await.unwrap();
    let told = told.lock().unwrap();
    let size = packed.len() as u64;
    assert!(told.len() > 2 && told.is_sorted() && told.iter().all(|(_, total)| *total == size), "{told:?}");
    assert_eq!(told.last().unwrap().0, size);
}

#[tokio::test]
async fn unpacking_can_be_taken_back_and_leaves_what_was_fetched() {
    let plain = bytes(2_000_000);
    let packed = gzip(&plain);
    let (mut desk, server) = (desk(), FileServer::new(vec![Reply::file(&packed)]).await);
    let cancellation = Cancellation::default();
    desk.context.cancellation = cancellation.clone();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    let (may_go_on, canceller) = (Mutex::new(may_go_on), cancellation.clone());
    desk.options.progress = Some(Arc::new(move |stage: DownloadStage, _: u64, _: u64| {
        if stage == DownloadStage::Unpacking && !canceller.is_cancelled() {
            canceller.cancel();
            may_go_on.lock().unwrap().recv().unwrap();
        }
    }));
    let release = async {
        cancellation.cancelled().await;
        // The download, which is polled as often as this, has heard of it by then.
        for _ in 0..3 {
            tokio::task::yield_now().await;
        }
        go_on.send(()).unwrap();
    };
    let (done, ()) = tokio::join!(desk.fetch(&packed, &server), release);
    assert_eq!(done.unwrap_err().kind(), ErrorKind::Cancelled);
    assert_eq!(desk.names(), ["feed.gz.part", "feed.gz.part.version"]);
    desk.context.cancellation = Cancellation::default();
    desk.options.progress = None;
    assert_eq!(desk.fetch(&packed, &server).await.unwrap().fetched, 0);
    assert!(fs::read(desk.target()).unwrap() == plain);
    assert_eq!(server.requests().len(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn an_unpacked_private_file_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let packed = gzip(b"earnings");
    let (mut desk, server) = (desk(), FileServer::new(vec![Reply::file(&packed)]).await);
    desk.options.private = true;
    desk.fetch(&packed, &server).await.unwrap();
    assert_eq!(fs::metadata(desk.target()).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_to_string(desk.target()).unwrap(), "earnings");
}
