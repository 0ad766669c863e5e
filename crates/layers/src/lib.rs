//! Layers: each is a source or a store over another, and does one thing.
//!
//! Over a [`ProductSource`](linkwright_core::ProductSource), from the outermost to the innermost, as they are meant to
//! be stacked:
//!
//! | layer | does |
//! |---|---|
//! | [`Fallback`] | asks a second source for what the first cannot give, and says why |
//! | [`Eligibility`] | remembers that the account was refused, and does not ask again before it is time |
//! | [`Coalesced`] | asks once for what several ask at once, ten products or categories a call |
//! | [`Retried`] | asks again where that can help |
//! | [`Quota`] | keeps the account's pace |
//! | [`Timed`] | bounds one attempt |
//!
//! For calls that are no query, as of an operation that one service alone has, the working part of three layers stands by
//! itself: [`VerdictKeeper::guard`], [`Retrier::run`], [`PaceKeeper::admit`]; and [`within_attempt`] for the fourth.
//!
//! Over a [`CredentialStore`](linkwright_core::CredentialStore): [`StoreChain`], which looks in several stores.
//!
//! No layer starts a task of its own, and none reads a clock but the one it is given. What an answer means to a person is
//! the caller's affair: a [`DegradationListener`] hears of every degradation.

mod answers;
mod coalesced;
mod degradation;
mod eligibility;
mod fallback;
mod flights;
mod jitter;
mod keyed;
mod pace_keeper;
mod quota;
mod retried;
mod retrier;
mod store_chain;
mod timed;
mod verdict;
mod verdict_keeper;
mod wait;

pub use coalesced::Coalesced;
pub use degradation::{Degradation, DegradationListener};
pub use eligibility::Eligibility;
pub use fallback::{Fallback, GonePolicy};
pub use jitter::Jitter;
pub use pace_keeper::PaceKeeper;
pub use quota::Quota;
pub use retried::Retried;
pub use retrier::{Retrier, RetryPolicy};
pub use store_chain::StoreChain;
pub use timed::{Timed, within_attempt};
pub use verdict::Verdict;
pub use verdict_keeper::{AccessIdentity, Probe, VerdictKeeper, clear, verdicts};
pub use wait::within_context;
