//! What several tests share: the real program in a folder of its own, an emulator for it to ask, and readable differences.

mod difference;
mod program;
mod repository;
mod shop;
mod steady;

pub(crate) use difference::difference;
pub(crate) use program::Program;
pub(crate) use repository::{blessing, repository};
pub(crate) use shop::{Said, Shop, Terminal};
