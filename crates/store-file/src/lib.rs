//! Credentials in one encrypted file.
//!
//! [`FileStore`] keeps any number of credentials, each with its history, in a file encrypted by
//! [age](https://age-encryption.org/v1): to an identity file that is made at the first write, to further age or SSH
//! keys, or by a passphrase. The file can be opened without Linkwright: `age --decrypt --identity KEY FILE`.
//!
//! Several processes may use one file. Writers take turns by a lock file, each replaces the whole file at once, and so
//! readers need no lock and see the old or the new state, also when a writer is killed.
//!
//! This crate asks nobody for a passphrase and chooses no paths; whoever opens the store does.

mod access_rule;
mod contents;
mod disk;
mod encryption;
mod failure;
mod identity;
mod index;
mod options;
mod orphans;
mod platform;
mod store;
mod write_lock;

pub use options::{Access, FileStoreOptions, Protection};
pub use store::FileStore;
