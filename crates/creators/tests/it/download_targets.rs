//! Where a download may go, and who may read it there.

use std::fs;
use std::path::Path;

use linkwright_core::ErrorKind;

use crate::file_server::{Desk, FileServer, Reply, bytes, download};

const SIZE: usize = 3000;

#[tokio::test]
async fn a_target_that_is_no_place_for_a_file_is_refused_before_anything_is_sent() {
    let (file, desk) = (bytes(SIZE), Desk::new());
    let server = FileServer::new(vec![Reply::file(&file)]).await;
    let folder = desk.folder.path();
    fs::create_dir(folder.join("folder")).unwrap();
    for (target, what) in [
        (folder.join("folder"), "the target is there and is no file"),
        (folder.join("none/feed.gz"), "the target's folder is not there"),
        (folder.join("folder/.."), "the target is there and is no file"),
        (folder.join("none/.."), "the target names no file"),
    ] {
        let (fetching, url) = (download(&file), server.url("/"));
        let done = fetching.fetch(&desk.transport, &desk.clock, &desk.context, &url, &target, &desk.options);
        let error = done.await.unwrap_err();
        let message = format!("{what}: `{}`", target.display());
        assert_eq!((error.kind(), error.message()), (ErrorKind::RequestInvalid, message.as_str()));
    }
    assert_eq!((server.requests().len(), desk.names()), (0, vec!["folder".to_owned()]));
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_stays_one_and_a_device_is_not_replaced() {
    use std::os::unix::fs::symlink;
    let (file, desk) = (bytes(SIZE), Desk::new());
    let server = FileServer::new(vec![Reply::file(&file)]).await;
    let real = desk.folder.path().join("real.gz");
    fs::write(&real, "old").unwrap();
    symlink(&real, desk.target()).unwrap();
    desk.fetch(&file, &server).await.unwrap();
    assert_eq!(
        (fs::read(&real).unwrap(), desk.names()),
        (file.clone(), ["feed.gz", "real.gz"].map(str::to_owned).to_vec())
    );
    assert!(fs::symlink_metadata(desk.target()).unwrap().is_symlink());
    // What stands where the part would is not written to either.
    let aside = desk.folder.path().join("aside");
    fs::write(&aside, "mine").unwrap();
    symlink(&aside, desk.folder.path().join("real.gz.part")).unwrap();
    assert_eq!(desk.failure(&file, &server).await.kind(), ErrorKind::Unavailable);
    assert_eq!(fs::read_to_string(&aside).unwrap(), "mine");
    let (fetching, url) = (download(&file), server.url("/"));
    let null = Path::new("/dev/null");
    let done = fetching.fetch(&desk.transport, &desk.clock, &desk.context, &url, null, &desk.options).await;
    assert_eq!(done.unwrap_err().kind(), ErrorKind::RequestInvalid);
}

#[cfg(unix)]
#[tokio::test]
async fn a_private_file_is_so_from_its_first_byte() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (file, mut desk) = (bytes(SIZE), Desk::new());
    desk.options.retries = 0;
    let server =
        FileServer::new(vec![Reply::cut(&file, 1000), Reply::cut(&file, 500), Reply::file(&file)]).await;
    desk.failure(&file, &server).await;
    let part = desk.folder.path().join("feed.gz.part");
    assert_eq!(mode(&part) & 0o400, 0o400);
    // Also where an earlier run was told otherwise.
    desk.options.private = true;
    desk.failure(&file, &server).await;
    assert_eq!(mode(&part), 0o600);
    desk.fetch(&file, &server).await.unwrap();
    assert_eq!(mode(&desk.target()), 0o600);
}
