//! What tests of Linkwright need, also tests of stores and sources that others write.
//!
//! The conformance cases are public lists of data: [`store_cases()`] over a [`StoreFixture`], [`source_cases()`] over a
//! [`SourceFixture`], [`state_cases()`] over a [`StateFixture`]. A harness multiplies them by its backends and wrappers,
//! and reports a case that does not apply as ignored, with the reason [`Case::needs`] gives. Beside them: a source that
//! answers from a list, a clock moved by hand, a marker secret and the search for it, and wrappers that record or limit.
//!
//! No runtime, no server, no file: a case is a future, whoever drives it.

mod case;
mod limited;
mod manual_clock;
mod recorder;
mod scripted_source;
mod sentinel;
mod source_cases;
mod source_fixture;
mod state_cases;
mod state_fixture;
mod store_cases;
mod store_fixture;

pub use case::{Case, Failure, Outcome};
pub use limited::Limited;
pub use manual_clock::ManualClock;
pub use recorder::{Call, Recorder};
pub use scripted_source::ScriptedSource;
pub use sentinel::{Leak, Sentinel};
pub use source_cases::{SourceCase, source_cases};
pub use source_fixture::{SourceFixture, ready, scripted};
pub use state_cases::{StateCase, state_cases};
pub use state_fixture::{StateFixture, memory_state};
pub use store_cases::{StoreCase, store_cases};
pub use store_fixture::{MemoryFixture, Seed, StoreFixture, WrappedFixture};
