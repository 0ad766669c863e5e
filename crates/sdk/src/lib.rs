//! The Linkwright facade: profiles, and the recommended stack, in one place.
//!
//! A program that only writes links needs no more than `linkwright-zero`. This crate adds what a program with users
//! needs: named settings in a file ([`ProfileFile`]), overridden by the environment and by flags ([`Profile`]), and a
//! [`ProductSource`](linkwright_core::ProductSource) made from them.
//!
//! It never reads the process environment itself and never prints: settings arrive as a [`Variables`] view.

mod atomic_write;
mod config_path;
mod profile;
mod system_clock;

pub use atomic_write::write_atomically;
pub use config_path::{ConfigPath, config_path};
pub use linkwright_core as core;
pub use linkwright_zero as zero;
pub use profile::{
    Geo, NewProfile, Origin, Profile, ProfileFile, SETTINGS, ShopTags, TagArgument, Traced, nearest_name,
};
pub use system_clock::SystemClock;

/// A view of environment variables: a name in, its value out. Tests pass a map; the command line passes the process'
/// own.
pub type Variables<'a> = &'a (dyn Fn(&str) -> Option<String> + Sync);
