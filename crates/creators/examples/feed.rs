//! The smallest feed there is, fetched, verified and unpacked.
//!
//! `cargo run -p linkwright-creators --example feed -- FOLDER`

#![allow(clippy::print_stdout, reason = "an example shows what it found")]

mod environment;

use std::path::PathBuf;

use linkwright_creators::DownloadOptions;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder to put the feed into")?);
    let (client, context) = (environment::client()?, environment::context()?);

    let mut feeds = client.list_feeds(&context).await?.feeds;
    feeds.sort_by_key(|feed| feed.size.as_ref().and_then(|size| size.to_u64()));
    let feed = feeds.first().ok_or("the account has no feeds")?;
    let name = feed.feed_name.as_deref().unwrap_or("feed");

    let mut options = DownloadOptions::default();
    options.unpack = true;
    let target = folder.join(name.trim_end_matches(".gz"));
    let downloaded = client.download_feed(&context, feed, &target, &options).await?;
    println!("{}: {} bytes, {} fetched", downloaded.path.display(), downloaded.bytes, downloaded.fetched);
    Ok(())
}
