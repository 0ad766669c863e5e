//! One line on standard error that says how far a long command came, and is gone when there is something to read.
//!
//! For people who look on: without a terminal on standard error there is none, nor with `--quiet`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::args::GlobalArgs;
use crate::printable::printable;
use crate::table::cut;
use crate::world::{SharedWriter, World};

/// One line that says how far a command came. Clones share the line.
#[derive(Debug, Clone)]
pub(crate) struct Progress {
    stderr: SharedWriter,
    /// The width of the line; `None` if nobody looks on.
    width: Option<usize>,
    shown: Arc<AtomicBool>,
}

/// How wide a terminal is that does not tell.
const USUAL_WIDTH: usize = 80;

impl Progress {
    pub(crate) fn new(world: &World, global: &GlobalArgs) -> Self {
        let dumb = (world.variables)("TERM").as_deref() == Some("dumb");
        // The log writes to the same place at its own times.
        let looked_at = world.stderr_is_terminal && !global.quiet && global.verbose == 0 && !dumb;
        let width = looked_at.then(|| (world.terminal_width)().map_or(USUAL_WIDTH, usize::from));
        Self { stderr: world.stderr.clone(), width, shown: Arc::default() }
    }

    /// Whether anybody sees it.
    pub(crate) fn is_seen(&self) -> bool {
        self.width.is_some()
    }

    /// Shows this in the place of what was shown before.
    pub(crate) fn show(&self, text: &str) {
        let Some(width) = self.width else { return };
        self.shown.store(true, Ordering::Relaxed);
        // In the last column some terminals begin a new line.
        let text = printable(text);
        let line = cut(&text, width.saturating_sub(1));
        // It is no loss if it cannot be shown.
        drop(self.stderr.write_text(&format!("\r\x1b[K{line}")));
    }

    /// Takes the line away.
    pub(crate) fn clear(&self) {
        if self.shown.swap(false, Ordering::Relaxed) {
            drop(self.stderr.write_text("\r\x1b[K"));
        }
    }
}
