//! What a test's own thread logged. Other tests log too, on theirs.

use std::cell::RefCell;
use std::io;
use std::sync::Once;

thread_local! {
    static LOG: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Begins to listen, at the most talkative. For the whole process: what decides whether a line is written at all is kept
/// for all threads.
pub(crate) fn listen() {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(|| Log).init();
    });
}

/// What this thread logged so far.
pub(crate) fn logged() -> String {
    LOG.with_borrow(|log| String::from_utf8_lossy(log).into_owned())
}

/// Where logs go.
struct Log;

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.with_borrow_mut(|log| log.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
