//! A host on a thread of its own: for tests and programs without a runtime.

use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use crate::emulator::Emulator;
use crate::host::Host;
use crate::ready::Ready;
use crate::settings::Settings;

/// A [`Host`] on a thread of its own. It stops when it is dropped.
#[derive(Debug)]
pub struct HostThread {
    host: Arc<Host>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl HostThread {
    /// Listens on a free port of the loopback interface; returns once it does.
    ///
    /// # Errors
    /// If there is no free port, or no thread to be had.
    pub fn start(settings: Settings) -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let host = Arc::new(runtime.block_on(Host::start(settings))?);
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new().name("emulator".to_owned()).spawn(move || {
            // An error means that the other end is gone, which is to stop as well.
            drop(runtime.block_on(stopped));
        })?;
        Ok(Self { host, stop: Some(stop), thread: Some(thread) })
    }

    /// The address before `/catalog/v1/…`: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        self.host.url()
    }

    /// What a script must know.
    pub fn ready(&self) -> Ready {
        self.host.ready()
    }

    /// Looks at the state machine, or changes it, between two requests.
    pub fn with_emulator<T>(&self, look: impl FnOnce(&mut Emulator) -> T) -> T {
        self.host.with_emulator(look)
    }

    /// Carries out `POST /_emulator/NAME` with this JSON without a connection, and gives back the answer.
    ///
    /// # Errors
    /// The emulator's message, if there is no such endpoint or the body is not what it takes.
    pub fn control(&self, name: &str, body: &serde_json::Value) -> Result<serde_json::Value, String> {
        self.host.control(name, body)
    }
}

impl Drop for HostThread {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic of that thread was printed already.
            drop(thread.join());
        }
    }
}
