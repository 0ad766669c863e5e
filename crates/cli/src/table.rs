//! Columns of text, aligned by what a terminal shows rather than by bytes.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr as _;

use crate::printable::printable;

/// Lines of aligned columns, two spaces apart, without trailing blanks.
pub(crate) fn lines(rows: &[Vec<String>]) -> Vec<String> {
    let rows: Vec<Vec<Cow<'_, str>>> =
        rows.iter().map(|row| row.iter().map(|cell| printable(cell)).collect()).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or_default()
        })
        .collect();
    rows.iter()
        .map(|row| {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', width + 2 - cell.width()));
            }
            line.truncate(line.trim_end().len());
            line
        })
        .collect()
}
