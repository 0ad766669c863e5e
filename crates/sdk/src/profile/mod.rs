//! Profiles: named settings, from a file, the environment and flags, each value with where it came from.
//!
//! No secrets are here: a profile says where credentials are, not what they are.

mod address;
mod choice;
mod document;
mod file;
mod resolved;
mod suggestion;
mod tag_argument;

pub use address::{Endpoint, ProxyAddress};
pub use choice::{Geo, GoneLink, SourceChoice};
pub use document::{SETTINGS, ShopTags};
pub use file::{NewProfile, ProfileFile};
pub use resolved::{Origin, Profile, Traced};
pub use suggestion::nearest_name;
pub use tag_argument::TagArgument;
