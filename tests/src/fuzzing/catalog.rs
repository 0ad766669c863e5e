//! Catalogs: every text is read or refused with a reason, the same each time.

use linkwright_core::ErrorKind;
use linkwright_zero::{Catalog, CatalogFormat};

/// Reads a text as a catalog in each format.
///
/// # Panics
/// If a property is broken.
pub fn catalog(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    for format in [CatalogFormat::Csv, CatalogFormat::Json, CatalogFormat::Toml] {
        let named = Catalog::parse_named(text, format, "items");
        match (Catalog::parse(text, format), named) {
            (Ok(catalog), Ok(again)) => {
                assert_eq!(catalog, again, "{format:?}: {text:?}");
                // A byte order mark, as spreadsheets write it, is no part of the text.
                let marked = format!("\u{feff}{}", text.trim_start_matches('\u{feff}'));
                assert_eq!(Catalog::parse(&marked, format).ok(), Some(catalog), "{format:?}: {text:?}");
            }
            (Err(error), Err(named)) => {
                assert_eq!(error.kind(), ErrorKind::ConfigInvalid);
                assert!(!error.message().trim().is_empty(), "{format:?}: {text:?}");
                assert_eq!(named.message(), format!("items: {}", error.message()));
                assert_eq!(named.hint(), error.hint());
                check_line(error.message(), text);
            }
            (unnamed, named) => panic!("{format:?}: {text:?}: {unnamed:?}, with a name {named:?}"),
        }
    }
}

/// A line that is named is one of the text's.
fn check_line(message: &str, text: &str) {
    let Some(line) =
        message.strip_prefix("line ").and_then(|tail| tail.split(':').next()?.parse::<usize>().ok())
    else {
        return;
    };
    let ends = text.chars().filter(|c| matches!(c, '\n' | '\r')).count();
    assert!((1..=ends + 1).contains(&line), "line {line} of {text:?}");
}
