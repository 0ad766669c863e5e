//! Stores for credentials by their address, and where they are when nobody said so.

mod environment;
mod file;
mod passphrase;
mod registry;
mod surroundings;
mod uri;

pub use file::{IdentityFile, default_credential_file, default_identity_file, identity_files};
pub use registry::{OpenStore, StoreRegistry};
pub use surroundings::{AskPassphrase, SharedVariables, StoreSurroundings};
pub use uri::StoreUri;
