//! Tests of this crate through its public interface, in one test program.

mod atomic_write;
mod config_path;
mod credential_import;
mod direct_calls;
mod nearest_name;
mod profile_changes;
mod profile_mistakes;
mod resolution;
mod stack;
mod stack_bounds;
mod stack_streams;
mod stores;
mod support;
mod tag_argument;
mod verify;
