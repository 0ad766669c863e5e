//! The Linkwright facade: profiles, and the recommended stack, in one place.
//!
//! A program that only writes links needs no more than `linkwright-zero`. This crate adds what a program with users
//! needs: named settings in a file ([`ProfileFile`]), overridden by the environment and by flags ([`Profile`]), and a
//! [`ProductSource`](linkwright_core::ProductSource) made from them.
//!
//! It never reads the process environment itself and never prints: settings arrive as a [`Variables`] view.

mod atomic_write;
mod config_path;
mod credential_import;
mod profile;
mod stack;
mod stores;
mod verify;

pub use atomic_write::write_atomically;
pub use config_path::{ConfigPath, config_path, data_folder, state_folder};
pub use credential_import::{CredentialImport, ImportField, ImportedCredential, import_credentials};
pub use linkwright_core as core;
pub use linkwright_creators as creators;
pub use linkwright_creators::SystemClock;
pub use linkwright_http as http;
pub use linkwright_layers as layers;
pub use linkwright_state as state;
pub use linkwright_zero as zero;
pub use profile::{
    Endpoint, Geo, GoneLink, NewProfile, Origin, Profile, ProfileFile, ProxyAddress, SETTINGS, ShopTags,
    SourceChoice, TagArgument, Traced, nearest_name,
};
pub use stack::{ApiAccess, ApiSettings, DirectCalls, ProductOptions, products};
pub use stores::{
    AskPassphrase, IdentityFile, OpenStore, SharedVariables, StoreRegistry, StoreSurroundings, StoreUri,
    default_credential_file, default_identity_file, identity_files,
};
pub use verify::{CredentialCheck, CredentialVerdict, Verification};

/// A view of environment variables: a name in, its value out. Tests pass a map; the command line passes the process'
/// own.
pub type Variables<'a> = &'a (dyn Fn(&str) -> Option<String> + Sync);
