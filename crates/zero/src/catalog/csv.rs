//! Catalogs as CSV: a header line, commas or semicolons or tabs, quotes where needed.

use linkwright_core::Result;

use super::entry::{CatalogEntry, EntryBuilder, Place, invalid};

pub(super) fn entries(text: &str) -> Result<Vec<(Place<'_>, CatalogEntry)>> {
    if text.trim().is_empty() {
        return Err(invalid("empty; expected a header line with `asin`".to_owned()));
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| broken(text, error))?.clone();
    let header_line = Place::Record { text, start: 0 };
    let names: Vec<String> = headers.iter().map(str::to_ascii_lowercase).collect();
    for (position, name) in names.iter().enumerate() {
        EntryBuilder::check_name(name, &header_line)?;
        if names[..position].contains(name) {
            return Err(invalid(format!("{header_line}: the same column twice: `{name}`")));
        }
    }
    if !names.iter().any(|name| name == "asin") {
        return Err(invalid(format!("{header_line}: no column `asin`; found: {}", names.join(", "))));
    }
    let mut entries = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| broken(text, error))?;
        let start = record.position().map_or(0, csv::Position::byte);
        let place = Place::Record { text, start };
        let mut builder = EntryBuilder::default();
        for (name, value) in names.iter().zip(&record) {
            builder.set(name, value);
        }
        let entry = builder.finish(&place)?;
        entries.push((place, entry));
    }
    // The reader takes the end of the text for the missing quote, and all that follows for one title.
    if text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        let last = entries.last().map_or(&header_line, |(place, _)| place);
        return Err(invalid(format!("{last}: a quote that is not closed")));
    }
    Ok(entries)
}

/// Spreadsheets in many countries write semicolons; the header tells.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    [b';', b'\t'].into_iter().find(|byte| header.as_bytes().contains(byte)).unwrap_or(b',')
}

/// The line of the record that begins at or behind `start`.
///
/// The reader's own line is that of where it stood before: one too low behind `\r\n`, and that of the first blank line
/// before a record.
pub(super) fn line_at(text: &str, start: u64) -> usize {
    let start = usize::try_from(start).unwrap_or(text.len()).min(text.len());
    let blank = text.as_bytes()[start..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let before = &text.as_bytes()[..start + blank];
    let lone_returns = before.windows(2).filter(|pair| pair[0] == b'\r' && pair[1] != b'\n').count();
    let ends_in_return = usize::from(before.last() == Some(&b'\r'));
    before.iter().filter(|byte| **byte == b'\n').count() + lone_returns + ends_in_return + 1
}

fn broken(text: &str, error: csv::Error) -> linkwright_core::Error {
    let line = error
        .position()
        .map_or_else(String::new, |position| format!("line {}: ", line_at(text, position.byte())));
    let what = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} fields where the header has {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => "not UTF-8".to_owned(),
        _ => error.to_string(),
    };
    invalid(format!("{line}{what}"))
}
