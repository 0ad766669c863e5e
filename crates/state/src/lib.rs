//! What several calls and processes share: tokens, verdicts, and the pace of calls.
//!
//! [`State`] is a small set of keys with values that expire. Nothing here knows what a value means, and nothing in it is
//! worth a backup: whoever loses it asks again. [`MemoryState`] is one process' own; [`SqliteState`] is shared by the
//! processes of one user on one machine; [`Bounded`] lets nobody wait for one.

mod bounded;
mod entry;
mod gcra;
mod memory;
mod pace;
mod sqlite;
mod state;

pub use bounded::Bounded;
pub use memory::MemoryState;
pub use pace::{Pace, Slot};
pub use sqlite::SqliteState;
pub use state::{State, StateInfo};
