//! Over the network into the part: attempts, waits between them, and new addresses.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use linkwright_core::{Clock, Error, ErrorKind, RequestContext, Result, Retry, Secret};
use linkwright_http::{Address, Request, StreamedResponse, Transport};

use super::answer::{Asked, Verdict};
use super::blocking::blocking;
use super::part::{self, Part};
use super::{Download, DownloadOptions, DownloadStage, OPERATION, TemporaryUrl};
use crate::within::within;

/// How much is written at once: disks and threads are asked seldom, and it counts for nothing in memory.
const WRITE: usize = 256 * 1024;

/// The wait before the first further attempt; it doubles with each.
const FIRST_WAIT: Duration = Duration::from_secs(1);

/// The longest wait between two attempts. A server that asks for more is left alone.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// A download under way.
pub(super) struct Fetch<'a> {
    pub(super) transport: &'a dyn Transport,
    pub(super) clock: &'a dyn Clock,
    pub(super) context: &'a RequestContext,
    pub(super) url: &'a dyn TemporaryUrl,
    pub(super) options: &'a DownloadOptions,
    pub(super) wanted: Download,
    pub(super) part: Arc<Mutex<Part>>,
    /// What came and is not written yet.
    pub(super) pending: Vec<u8>,
    /// How many bytes came over the network.
    pub(super) fetched: u64,
    /// How many bytes of the part are of an earlier run.
    pub(super) resumed_at: u64,
}

/// How an attempt ended that was no failure.
enum Ended {
    Complete,
    StartOver,
    Expired(Error),
}

/// An address a file may be fetched from.
struct FileUrl {
    url: Secret,
    origin: String,
}

impl Fetch<'_> {
    /// Fetches until the part has the size it should have.
    pub(super) async fn complete(&mut self) -> Result<()> {
        self.report();
        if self.length() == self.wanted.size {
            return Ok(());
        }
        let mut from = self.fresh().await?;
        // Whether something came from this address, so that it was good once.
        let mut was_good = false;
        let mut is_renewed = false;
        let mut retries = 0;
        loop {
            let before = self.fetched;
            let attempted = self.attempt(&from).await;
            was_good |= self.fetched > before;
            let error = match attempted {
                Ok(Ended::Complete) => return Ok(()),
                Ok(Ended::StartOver) => {
                    self.start_over().await?;
                    continue;
                }
                Ok(Ended::Expired(error)) => {
                    if is_renewed && !was_good {
                        return Err(error);
                    }
                    tracing::debug!("the address of a download has expired; asking for a new one");
                    from = self.fresh().await?;
                    (is_renewed, was_good) = (true, false);
                    continue;
                }
                Err(error) => error,
            };
            let wait = match error.retry() {
                Retry::Now => FIRST_WAIT.saturating_mul(1 << retries.min(16)).min(LONGEST_WAIT),
                Retry::After(wait) if wait <= LONGEST_WAIT => wait,
                _ => return Err(error),
            };
            if retries == self.options.retries {
                return Err(error.with_retry(Retry::Exhausted));
            }
            retries += 1;
            let (have, size) = (self.length(), self.wanted.size);
            let seconds = wait.as_secs();
            if retries == 1 {
                tracing::debug!(kind = %error.kind(), have, size, "a download broke off");
            } else {
                // Waits double, so whoever looks on should know what is waited for.
                tracing::warn!(error = %error, have, size, retries, "the download broke off; trying again in {seconds} s");
            }
            self.bounded(async {
                self.clock.sleep(wait).await;
                Ok(())
            })
            .await?;
        }
    }

    /// Forgets what came.
    pub(super) async fn start_over(&mut self) -> Result<()> {
        self.pending.clear();
        self.start_over_with(None).await
    }

    /// Forgets what came; what comes next is of this version.
    async fn start_over_with(&mut self, etag: Option<String>) -> Result<()> {
        self.on_part(move |part| part.start_over(etag)).await?;
        self.resumed_at = 0;
        self.report();
        Ok(())
    }

    /// Leaves nothing behind.
    pub(super) async fn discard(&mut self) -> Result<()> {
        self.on_part(Part::discard).await
    }

    /// Asks once for what is missing.
    async fn attempt(&mut self, from: &FileUrl) -> Result<Ended> {
        let (etag, length) = {
            let part = part::lock(&self.part);
            (part.etag().map(str::to_owned), part.length())
        };
        let mut request = Request::get(from.url.expose())
            .with_timeout(self.options.idle_timeout)
            // It is bounded here, by the size of the file; a piece is all there is in memory.
            .with_max_response_bytes(usize::MAX);
        let mut offset = 0;
        if let Some(etag) = etag.as_deref().filter(|_| length > 0) {
            offset = length;
            request = request
                .with_header("range", format!("bytes={offset}-").as_str())
                .with_header("if-range", etag);
        }
        let answer = self.bounded(self.transport.open(request)).await?;
        let asked = Asked {
            offset,
            etag: etag.as_deref(),
            size: self.wanted.size,
            origin: &from.origin,
            now: self.clock.now(),
        };
        match asked.verdict(&answer) {
            Verdict::Continues => {}
            Verdict::Whole(etag) => self.start_over_with(etag).await?,
            Verdict::StartOver => return Ok(Ended::StartOver),
            Verdict::Expired(error) => return Ok(Ended::Expired(error)),
            Verdict::OtherFile(error) => {
                self.discard().await?;
                return Err(error);
            }
            Verdict::Refused(error) => return Err(error),
        }
        let received = self.receive(answer, &asked).await;
        // Also what came before it broke off: the next attempt begins there.
        self.write().await?;
        received?;
        Ok(Ended::Complete)
    }

    /// Takes the body as it comes, up to the size the file should have.
    async fn receive(&mut self, mut answer: StreamedResponse, asked: &Asked<'_>) -> Result<()> {
        let mut length = self.length();
        while let Some(piece) = self.bounded(answer.body.next()).await? {
            length += piece.len() as u64;
            if length > asked.size {
                self.pending.clear();
                self.discard().await?;
                return Err(asked.other_size(length));
            }
            self.fetched += piece.len() as u64;
            self.pending.extend_from_slice(&piece);
            if self.pending.len() >= WRITE {
                self.write().await?;
            }
        }
        if length < asked.size { Err(asked.broke_off()) } else { Ok(()) }
    }

    async fn write(&mut self) -> Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let mut bytes = std::mem::take(&mut self.pending);
        let written = self.on_part(move |part| {
            part.append(&bytes)?;
            bytes.clear();
            Ok(bytes)
        });
        self.pending = written.await?;
        self.report();
        Ok(())
    }

    async fn fresh(&self) -> Result<FileUrl> {
        let url = self.bounded(self.url.fresh()).await?;
        let address = Address::parse(url.expose()).map_err(|problem| {
            Error::new(ErrorKind::Corrupt, OPERATION, format!("no file can be fetched there: {problem}"))
                .with_origin(crate::ORIGIN)
        })?;
        Ok(FileUrl { origin: address.origin().to_owned(), url })
    }

    /// Waits for the network, or for time, within the caller's bounds. The disk is always waited for.
    async fn bounded<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        within(self.context, self.clock, OPERATION, work).await
    }

    async fn on_part<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Part) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let part = Arc::clone(&self.part);
        blocking(move || work(&mut part::lock(&part))).await
    }

    fn length(&self) -> u64 {
        part::lock(&self.part).length()
    }

    fn report(&self) {
        if let Some(progress) = &self.options.progress {
            progress.advanced(DownloadStage::Fetching, self.length(), self.wanted.size);
        }
    }
}
