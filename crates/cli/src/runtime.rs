//! The one place that makes runtimes for commands.

use tracing::dispatcher;

use crate::failure::{CommandResult, Failure};

/// What runs a command's requests: on this thread, with more for work that blocks, as on files.
///
/// What is logged on those goes where the command's own log goes. At its end nobody is waited for: a file that somebody
/// keeps locked must not keep a command that has its answer, and whatever is written here survives being cut off.
#[derive(Debug)]
pub(crate) struct Runtime(Option<tokio::runtime::Runtime>);

impl Runtime {
    pub(crate) fn new() -> CommandResult<Self> {
        let log = dispatcher::get_default(Clone::clone);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            // The log is a thread's own, so that several commands in one process keep theirs apart.
            .on_thread_start(move || std::mem::forget(dispatcher::set_default(&log)))
            .build()
            .map_err(|error| Failure::stream(error, "cannot start"))?;
        Ok(Self(Some(runtime)))
    }

    /// Runs this to its end, and what it started meanwhile.
    pub(crate) fn block_on<F: Future>(&self, work: F) -> F::Output {
        self.0.as_ref().expect("it is there until it is dropped").block_on(work)
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
