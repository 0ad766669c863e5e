//! What several tests share: the real program in a folder of its own, and readable differences.

mod difference;
mod program;
mod repository;
mod steady;

pub(crate) use difference::difference;
pub(crate) use program::Program;
pub(crate) use repository::{blessing, repository};
