//! Feeds and reports: from a temporary address to a file on this machine.
//!
//! ```text
//! NAME.part          what has come so far, locked by who fetches it
//! NAME.part.version  of which version it is: md5, size and ETag, so that two are never mixed
//! NAME.part.plain    what is unpacked so far
//! NAME               only ever a whole file whose md5 and size are those of the list
//! ```
//!
//! Not here: where the address comes from; see [`TemporaryUrl`].

mod answer;
mod blocking;
mod fetch;
mod md5_sum;
mod options;
mod part;
mod place;
mod unpack;
mod url;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use linkwright_core::{Clock, Error, ErrorKind, RequestContext, Result};
use linkwright_http::Transport;

use blocking::{Stop, long};
use fetch::Fetch;
use md5_sum::Md5Sum;
pub use options::{DownloadOptions, DownloadProgress, DownloadStage};
use part::Part;
use place::Place;
pub use url::TemporaryUrl;

/// What errors name as the operation.
pub(crate) const OPERATION: &str = "creators.download";

/// A file of Amazon's, as the list of feeds or reports has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Download {
    md5: Md5Sum,
    size: u64,
}

/// What a download came to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Downloaded {
    /// The file; where the target was a symbolic link, what it leads to.
    pub path: PathBuf,
    /// The file's size in bytes.
    pub bytes: u64,
    /// How many bytes came over the network this time, as the file is packed; also those that were of no use where it had
    /// to start over.
    pub fetched: u64,
    /// How many of its bytes were there already, from an earlier call that was broken off. 0 where they turned out to be of
    /// no use.
    pub resumed_at: u64,
}

impl Download {
    /// A file of this sum and size in bytes. The sum may be 32 hexadecimal digits or, as in HTTP's `Content-MD5`, base64.
    ///
    /// # Errors
    /// `Corrupt`, where the sum is none.
    pub fn new(md5: &str, size: u64) -> Result<Self> {
        let sum = Md5Sum::parse(md5).ok_or_else(|| {
            // A short piece of it: the list is the other side's, and may hold anything.
            let shown: String = md5.chars().filter(|char| !char.is_control()).take(40).collect();
            Error::new(
                ErrorKind::Corrupt,
                OPERATION,
                format!("the file's md5 in the list is none: `{shown}`"),
            )
            .with_origin(crate::ORIGIN)
        })?;
        Ok(Self { md5: sum, size })
    }

    /// Fetches the file and puts it to `target`.
    ///
    /// In constant memory, if the transport gives a body in pieces: [`Transport::open`] decides. That of
    /// [`HttpTransport`](linkwright_http::HttpTransport) does; one that has `send` alone gives the whole file at once.
    ///
    /// What comes goes to a file beside the target first. The target is replaced at once, and only by a file that is
    /// verified and flushed to the disk. A download that breaks off is resumed, now or by a later call, where the file
    /// server says that its file is still the same.
    ///
    /// Nothing is sent to the address but what asks for the file: no token and no credential.
    ///
    /// # Errors
    /// - `Corrupt`: the file is not what the list says, in sum or size; or it is no gzip; or a web page came in its place.
    ///   What came is removed, but for the last.
    /// - `PermissionDenied`, `NotFound`: the file server refuses the address, also a new one.
    /// - `Unavailable`, `Timeout`, `RateLimited`: it could not be fetched, though it was tried as often as the options
    ///   allow. What came is kept.
    /// - `Unavailable` with the context `path`: a file could not be written.
    /// - `Conflict`: another process is fetching the same file.
    /// - `RequestInvalid`: the target is no place for a file.
    /// - `Cancelled`; `Timeout` at the context's deadline. What came is kept.
    /// - Those of `url`.
    pub async fn fetch(
        &self,
        transport: &dyn Transport,
        clock: &dyn Clock,
        context: &RequestContext,
        url: &dyn TemporaryUrl,
        target: &Path,
        options: &DownloadOptions,
    ) -> Result<Downloaded> {
        let (wanted, path, private) = (*self, target.to_owned(), options.private);
        let open = move |stop: &Stop| Part::open(Place::check(&path)?, wanted, private, stop);
        let part = long(context, clock, open).await?;
        let resumed_at = part.length();
        let mut fetch = Fetch {
            transport,
            clock,
            context,
            url,
            options,
            wanted,
            part: Arc::new(Mutex::new(part)),
            pending: Vec::new(),
            fetched: 0,
            resumed_at,
        };
        self.fetch_right(&mut fetch).await?;
        let Fetch { fetched, resumed_at, .. } = fetch;
        let (part, options) = (Arc::clone(&fetch.part), options.clone());
        let finish = move |stop: &Stop| part::lock(&part).finish(&options, stop);
        let (path, bytes) = long(context, clock, finish).await?;
        Ok(Downloaded { path, bytes, fetched, resumed_at })
    }

    /// Fetches until sum and size are right. What an earlier run left behind may have been damaged since, for it was not
    /// flushed to the disk; so with such a beginning the file is fetched once more, whole.
    async fn fetch_right(&self, fetch: &mut Fetch<'_>) -> Result<()> {
        fetch.complete().await?;
        let mut actual = part::lock(&fetch.part).md5();
        if actual != self.md5 && fetch.resumed_at > 0 {
            tracing::debug!("what was there of a download is damaged; fetching all of it");
            fetch.start_over().await?;
            fetch.complete().await?;
            actual = part::lock(&fetch.part).md5();
        }
        if actual == self.md5 {
            return Ok(());
        }
        fetch.discard().await?;
        let message = format!("the file's md5 is not that of the list: `{actual}`, not `{}`", self.md5);
        Err(Error::new(ErrorKind::Corrupt, OPERATION, message)
            .with_origin(crate::ORIGIN)
            .with_hint("list again: the file may have been replaced meanwhile"))
    }
}
