//! Columns of text, aligned by what a terminal shows rather than by bytes.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::printable::printable;

/// How the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Left,
    Right,
    /// To the left, and cut where the terminal is too narrow for all.
    Cut,
}

/// What a column is not cut below: less says nothing any more.
const NARROWEST: usize = 8;

/// The blanks between two columns.
const GAP: usize = 2;

/// Lines of columns to the left, however wide, two spaces apart, without trailing blanks.
pub(crate) fn lines(rows: &[Vec<String>]) -> Vec<String> {
    fitted(rows, &[], None)
}

/// The same with columns of these kinds, in no more than this width as far as columns may be cut.
pub(crate) fn fitted(rows: &[Vec<String>], columns: &[Column], width: Option<usize>) -> Vec<String> {
    let rows: Vec<Vec<Cow<'_, str>>> =
        rows.iter().map(|row| row.iter().map(|cell| printable(cell)).collect()).collect();
    let column = |position: usize| columns.get(position).copied().unwrap_or(Column::Left);
    let count = rows.iter().map(Vec::len).max().unwrap_or_default();
    let mut widths: Vec<usize> = (0..count)
        .map(|column| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or_default()
        })
        .collect();
    if let Some(width) = width {
        narrow(&mut widths, column, width);
    }
    rows.iter()
        .map(|row| {
            let mut line = String::new();
            for (position, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let cell = cut(cell, *width);
                let blanks = width.saturating_sub(cell.width());
                let (before, after) =
                    if column(position) == Column::Right { (blanks, 0) } else { (0, blanks) };
                line.extend(std::iter::repeat_n(' ', before));
                line.push_str(&cell);
                line.extend(std::iter::repeat_n(' ', after + GAP));
            }
            line.truncate(line.trim_end().len());
            line
        })
        .collect()
}

/// Takes what is too much from the columns that may be cut, the widest first.
fn narrow(widths: &mut [usize], column: impl Fn(usize) -> Column, width: usize) {
    let total = |widths: &[usize]| widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
    for _ in 0..total(widths).saturating_sub(width) {
        let cuttable = widths.iter_mut().enumerate().filter(|(position, _)| column(*position) == Column::Cut);
        match cuttable.map(|(_, width)| width).max() {
            Some(widest) if *widest > NARROWEST => *widest -= 1,
            _ => return,
        }
    }
}

/// The text in no more columns of a terminal than this, with `…` for what is left out.
pub(crate) fn cut(text: &str, width: usize) -> Cow<'_, str> {
    if text.width() <= width {
        return Cow::Borrowed(text);
    }
    let room = width.saturating_sub(1);
    let mut used = 0;
    let end = text.char_indices().find(|(_, c)| {
        used += c.width().unwrap_or_default();
        used > room
    });
    let kept = &text[..end.map_or(text.len(), |(end, _)| end)];
    Cow::Owned(format!("{}…", kept.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn texts_are_cut_by_what_a_terminal_shows() {
        #[track_caller]
        fn check(text: &str, width: usize, shown: &str) {
            assert_eq!(cut(text, width), shown);
            assert!(cut(text, width).width() <= width.max(1));
        }
        check("kettle", 6, "kettle");
        check("kettles", 6, "kettl…");
        check("tea kettle", 5, "tea…");
        // Each of these is two columns wide.
        check("電気ケトル", 10, "電気ケトル");
        check("電気ケトル", 9, "電気ケト…");
        check("電気ケトル", 8, "電気ケ…");
        // The sign above the letter takes no column.
        check("re\u{301}sume\u{301} paper", 7, "re\u{301}sume\u{301}…");
        check("kettle", 0, "…");
    }

    #[test]
    fn columns_fit_and_stand_as_they_should() {
        #[track_caller]
        fn check(width: Option<usize>, shown: &[&str]) {
            let table = rows(&[&["A1", "$9.99", "A kettle made of steel"], &["B22", "$1,299.00", "ケトル"]]);
            let kinds = [Column::Left, Column::Right, Column::Cut];
            assert_eq!(fitted(&table, &kinds, width), shown);
        }
        check(None, &["A1       $9.99  A kettle made of steel", "B22  $1,299.00  ケトル"]);
        check(Some(30), &["A1       $9.99  A kettle made…", "B22  $1,299.00  ケトル"]);
        // No narrower than this, whatever the terminal.
        check(Some(3), &["A1       $9.99  A kettl…", "B22  $1,299.00  ケトル"]);
    }

    #[test]
    fn the_widest_column_is_cut_first() {
        let table = rows(&[&["a rather long attribute", "a title that is longer than that"]]);
        let kinds = [Column::Cut, Column::Cut];
        assert_eq!(fitted(&table, &kinds, Some(48)), ["a rather long attribute  a title that is longer…"]);
        assert_eq!(fitted(&table, &kinds, Some(34)), ["a rather long a…  a title that is…"]);
    }
}
