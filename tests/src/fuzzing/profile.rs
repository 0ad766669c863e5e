//! Files of profiles: read or refused with a place, and every change to one that was read can be read again.

use std::path::PathBuf;

use linkwright_core::{ErrorKind, Marketplace};
use linkwright_sdk::{NewProfile, Profile, ProfileFile};

const FILE: &str = "profiles.toml";

/// Reads a text as a file of profiles, resolves every profile, and changes each.
///
/// # Panics
/// If a property is broken.
pub fn profile(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let parse = |text: &str| ProfileFile::parse(PathBuf::from(FILE), text.to_owned());
    let file = match parse(text) {
        Ok(file) => file,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::ConfigInvalid, "{text:?}");
            assert!(error.message().starts_with(FILE), "an error without a place: {}", error.message());
            return;
        }
    };
    assert_eq!(file.text(), text, "reading changes the file");
    let names: Vec<String> = file.names().map(str::to_owned).collect();
    assert!(
        names.is_sorted() && file.default_name().is_none_or(|name| names.iter().any(|known| known == name))
    );
    let no_variables = |_: &str| None;
    for name in &names {
        if let Ok(resolved) = Profile::resolve(&file, Some(name), &no_variables) {
            for tag in resolved.tag_book().defaults() {
                assert!(text.contains(tag.as_str()) || text.contains('\\'), "a tag nobody configured: {tag}");
            }
        }
        let mut changed = file.clone();
        if changed.set(name, "marketplace", Marketplace::Jp.code()).is_ok() {
            let reread =
                parse(changed.text()).unwrap_or_else(|error| panic!("{error}: {:?}", changed.text()));
            assert!(reread.names().eq(file.names()), "{:?}", changed.text());
        }
    }
    let mut changed = file.clone();
    let new = NewProfile { marketplace: Some(Marketplace::De), tags: Vec::new() };
    if changed.create("made-up", &new).is_ok() {
        let reread = parse(changed.text()).unwrap_or_else(|error| panic!("{error}: {:?}", changed.text()));
        assert!(reread.names().any(|name| name == "made-up"), "{:?}", changed.text());
        assert_eq!(reread.names().count(), names.len() + 1);
    } else {
        assert_eq!(changed.text(), text, "a change that failed is there");
    }
}
