//! How a download is done, and who is told how far it is.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How a download is done.
#[derive(Clone)]
#[non_exhaustive]
pub struct DownloadOptions {
    /// Whether the file, which is gzip, is unpacked into the target.
    pub unpack: bool,
    /// Whether only the owner may read the file: for reports, which hold earnings. Counts on Unix alone.
    pub private: bool,
    /// How often a download that breaks off is taken up again, in all.
    pub retries: u32,
    /// How long the file server may take to begin its answer, and between two pieces of it.
    pub idle_timeout: Duration,
    /// The largest file that is unpacked, in bytes; a larger one is an error.
    pub max_unpacked_bytes: u64,
    /// Who is told how far it is.
    pub progress: Option<Arc<dyn DownloadProgress>>,
}

impl DownloadOptions {
    /// With the waits between them, enough for some minutes without network.
    pub const RETRIES: u32 = 8;
    /// A file server that says nothing for so long is gone.
    pub const IDLE_TIMEOUT: Duration = Duration::from_secs(30);
    /// No feed is known to be near it: so that a small file made to unpack to a huge one does not fill the disk.
    pub const MAX_UNPACKED_BYTES: u64 = 64 << 30;
}

impl Default for DownloadOptions {
    /// As it comes, readable as other files are, the usual bounds.
    fn default() -> Self {
        Self {
            unpack: false,
            private: false,
            retries: Self::RETRIES,
            idle_timeout: Self::IDLE_TIMEOUT,
            max_unpacked_bytes: Self::MAX_UNPACKED_BYTES,
            progress: None,
        }
    }
}

impl fmt::Debug for DownloadOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DownloadOptions")
            .field("unpack", &self.unpack)
            .field("private", &self.private)
            .field("retries", &self.retries)
            .field("idle_timeout", &self.idle_timeout)
            .field("max_unpacked_bytes", &self.max_unpacked_bytes)
            .finish_non_exhaustive()
    }
}

/// What is being done with the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DownloadStage {
    /// It is fetched.
    Fetching,
    /// It is unpacked.
    Unpacking,
}

/// Who is told how far a download is. Called often, from any thread; it should return at once.
pub trait DownloadProgress: Send + Sync + 'static {
    /// So many of all bytes are done with, both counted as the file is packed. A download that starts over begins again
    /// at 0.
    fn advanced(&self, stage: DownloadStage, done: u64, total: u64);
}

impl<F: Fn(DownloadStage, u64, u64) + Send + Sync + 'static> DownloadProgress for F {
    fn advanced(&self, stage: DownloadStage, done: u64, total: u64) {
        self(stage, done, total);
    }
}
