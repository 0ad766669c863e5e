//! What several tests share.

use std::path::PathBuf;

use linkwright_sdk::ProfileFile;

/// The file's name in messages.
pub(crate) const NAME: &str = "config.toml";

/// A file of profiles with this text.
#[track_caller]
pub(crate) fn file(text: &str) -> ProfileFile {
    ProfileFile::parse(PathBuf::from(NAME), text.to_owned()).expect("a good file")
}

/// A view of variables, from a list.
pub(crate) fn variables<'a>(list: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + Sync + 'a {
    move |wanted| list.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned())
}
