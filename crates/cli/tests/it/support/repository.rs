//! Where the repository is, and whether its generated parts are to be written again.

use std::path::{Path, PathBuf};

/// Set to write generated texts instead of comparing them.
const BLESS: &str = "LINKWRIGHT_BLESS";

/// The repository's root.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("the crate is two folders down")
        .to_owned()
}

/// Whether expected texts are written rather than compared.
#[allow(clippy::disallowed_methods, reason = "a switch for who runs the tests, not a setting of the program")]
pub(crate) fn blessing() -> bool {
    std::env::var_os(BLESS).is_some_and(|value| value == "1")
}
