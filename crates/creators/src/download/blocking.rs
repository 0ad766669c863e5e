//! Work on files, off the threads that serve the network.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use linkwright_core::{Clock, Error, ErrorKind, RequestContext, Result};

use super::OPERATION;
use crate::within::within;

/// Does work that waits for a disk, to its end: what follows finds the file in a known state. Where the caller is gone by
/// then, it is done all the same.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        Error::new(ErrorKind::Internal, OPERATION, "the work on a file was broken off").with_source(error)
    })?
}

/// Does long work, as reading or unpacking gigabytes. At the context's bounds it is told to stop, and waited for until it
/// has.
pub(super) async fn long<T: Send + 'static>(
    context: &RequestContext,
    clock: &dyn Clock,
    work: impl FnOnce(&Stop) -> Result<T> + Send + 'static,
) -> Result<T> {
    // Before the work is begun.
    within(context, clock, OPERATION, async { Ok(()) }).await?;
    let stop = StopOnDrop::default();
    let flag = stop.0.clone();
    let mut work = pin!(blocking(move || work(&flag)));
    match within(context, clock, OPERATION, async { Ok(work.as_mut().await) }).await {
        Ok(done) => done,
        Err(error) => {
            drop(stop);
            // It may have come to its end all the same.
            work.await.map_err(|_| error)
        }
    }
}

/// Whether work is to stop.
#[derive(Debug, Clone, Default)]
pub(super) struct Stop(Arc<AtomicBool>);

/// Stops work also where the whole download is dropped.
#[derive(Default)]
struct StopOnDrop(Stop);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

impl Stop {
    /// To be asked between two pieces of work. Nobody sees the error.
    pub(super) fn check(&self) -> Result<()> {
        if self.0.load(Ordering::Relaxed) {
            return Err(Error::new(ErrorKind::Cancelled, OPERATION, "cancelled by the caller"));
        }
        Ok(())
    }
}
