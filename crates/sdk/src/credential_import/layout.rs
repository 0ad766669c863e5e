//! Tables and lines of names and values: the layouts of a text that is not JSON.

use linkwright_core::Result;
use zeroize::Zeroizing;

use super::header::{are_names, meaning, shown};
use super::{ImportField, Read, Row, not_found, refused};

/// One cell of a table.
type Cell = Zeroizing<String>;

/// One line of a table, and where it begins.
struct Record {
    line: usize,
    cells: Vec<Cell>,
}

/// Reads a table with headers, else lines of names and values.
pub(super) fn read(text: &str) -> Result<Read> {
    let separator = separator(text);
    let records = records(text, separator)?;
    let Some(first) = records.first() else { return Err(refused("the file is empty")) };
    let columns = columns(&first.cells);
    let found = |field| columns.contains(&Some(field));
    if found(ImportField::Id) && found(ImportField::Secret) {
        return Ok(table(&records, &columns));
    }
    if let Some(read) = pairs(text)? {
        return Ok(read);
    }
    let mut missing = vec![ImportField::Id, ImportField::Secret];
    missing.retain(|field| !found(*field));
    let headers: Vec<&str> = first.cells.iter().map(|cell| cell.as_str()).collect();
    Err(not_found(&missing, &headers, "column"))
}

/// The separator of the first line that has anything: the one that stands there most often outside of quotes.
fn separator(text: &str) -> char {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    // What spreadsheets write above a table to name its separator.
    if let Some(named) = line.strip_prefix("sep=").and_then(|rest| rest.chars().next()) {
        return named;
    }
    let mut quoted = false;
    let mut counts = [(',', 0_usize), (';', 0), ('\t', 0)];
    for character in line.chars() {
        quoted ^= character == '"';
        for (separator, count) in &mut counts {
            *count += usize::from(!quoted && character == *separator);
        }
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    most.map_or(',', |(separator, _)| *separator)
}

/// Splits a text into records by the rules of RFC 4180, and lets blanks stand around quotes.
fn records(text: &str, separator: char) -> Result<Vec<Record>> {
    let mut records = Vec::new();
    let mut line = 1;
    let mut rest = text;
    while !rest.is_empty() {
        let begins = line;
        let mut cells = Vec::new();
        loop {
            let (cell, after) = cell(rest, separator).ok_or_else(|| {
                refused(format!("line {begins}: a quote is not closed"))
                    .with_context("line", begins.to_string())
            })?;
            line += rest[..rest.len() - after.len()].matches('\n').count();
            cells.push(cell);
            match after.strip_prefix(separator) {
                Some(next) => rest = next,
                None => {
                    rest = after;
                    break;
                }
            }
        }
        // What is left begins with the line's end, or there is nothing left.
        rest = rest.strip_prefix('\r').unwrap_or(rest);
        if let Some(next) = rest.strip_prefix('\n') {
            rest = next;
        }
        line += 1;
        let names_separator = matches!(cells.as_slice(), [only, ..] if only.starts_with("sep="));
        if !names_separator && cells.iter().any(|cell| !cell.trim().is_empty()) {
            records.push(Record { line: begins, cells });
        }
    }
    Ok(records)
}

/// One cell and what follows it, which begins with the separator or the line's end; `None` for an open quote.
fn cell(text: &str, separator: char) -> Option<(Cell, &str)> {
    let ends = |c: char| c == separator || c == '\n' || c == '\r';
    let begin = text.trim_start_matches(|c: char| c == ' ' || (c == '\t' && separator != '\t'));
    let Some(mut rest) = begin.strip_prefix('"') else {
        let end = text.find(ends).unwrap_or(text.len());
        return Some((Zeroizing::new(text[..end].trim().to_owned()), &text[end..]));
    };
    // Large enough at once: growing would leave copies behind.
    let closing = rest.len();
    let mut cell = Zeroizing::new(String::with_capacity(closing.min(1 << 16)));
    loop {
        let quote = rest.find('"')?;
        if cell.len() + quote + 1 > cell.capacity() {
            let mut larger = Zeroizing::new(String::with_capacity(text.len()));
            larger.push_str(&cell);
            cell = larger;
        }
        cell.push_str(&rest[..quote]);
        rest = &rest[quote + 1..];
        match rest.strip_prefix('"') {
            Some(after) => {
                cell.push('"');
                rest = after;
            }
            None => break,
        }
    }
    // Whatever stands between the quote and the separator is dropped.
    let end = rest.find(ends).unwrap_or(rest.len());
    Some((cell, &rest[end..]))
}

/// What each column stands for; of several for one field the surest, the first of equals.
fn columns(headers: &[Cell]) -> Vec<Option<ImportField>> {
    let meanings: Vec<Option<(ImportField, u8)>> = headers.iter().map(|header| meaning(header)).collect();
    meanings
        .iter()
        .enumerate()
        .map(|(place, meaning)| {
            let (field, sureness) = (*meaning)?;
            let better = |(other, other_meaning): (usize, &Option<(ImportField, u8)>)| {
                other_meaning.is_some_and(|(same, surer)| {
                    same == field && (surer > sureness || (surer == sureness && other < place))
                })
            };
            (!meanings.iter().enumerate().any(better)).then_some(field)
        })
        .collect()
}

fn table(records: &[Record], columns: &[Option<ImportField>]) -> Read {
    let mut read = Read::default();
    let headers = &records[0].cells;
    let names = are_names(headers.iter().map(|header| header.as_str()));
    for (place, (column, header)) in columns.iter().zip(headers).enumerate() {
        let name = shown(header, names).map_or_else(|| format!("column {}", place + 1), str::to_owned);
        match column {
            Some(field) => read.taken.push((*field, name)),
            None => read.not_taken.push(name),
        }
    }
    for record in &records[1..] {
        let mut row = Row::at(record.line);
        for (column, cell) in columns.iter().zip(&record.cells) {
            if let Some(field) = column {
                row.set(*field, cell);
            }
        }
        if !row.is_empty() {
            read.rows.push(row);
        }
    }
    read
}

/// Lines such as `Credential ID: …`, `id=…` or `"Credential ID","…"`. A name that comes again begins the next
/// credential. `None` if there are not an id and a secret among them.
fn pairs(text: &str) -> Result<Option<Read>> {
    let mut read = Read::default();
    let mut row = Row::default();
    let mut sureness = [0_u8; 4];
    let pairs: Vec<(usize, Cell, Cell)> = text
        .lines()
        .zip(1..)
        .filter_map(|(text, line)| pair(text).map(|(name, value)| (line, name, value)))
        .collect();
    let names = are_names(pairs.iter().map(|(_, name, _)| name.as_str()));
    for (line, name, value) in pairs {
        let Some((field, surer)) = meaning(&name) else {
            read.not_taken.extend(shown(&name, names).map(str::to_owned));
            continue;
        };
        if value.trim().is_empty() {
            continue;
        }
        let known = &mut sureness[field as usize];
        let replaced = row.slot(field).is_some() && surer > *known;
        if row.slot(field).is_some() {
            if surer < *known {
                read.not_taken.extend(shown(&name, names).map(str::to_owned));
                continue;
            }
            // Another name for the same, and a surer one, takes its place; the same name again begins the next.
            if surer == *known {
                read.rows.push(std::mem::take(&mut row));
                sureness = [0; 4];
            }
        }
        sureness[field as usize] = surer;
        if row.is_empty() {
            row.line = line;
        }
        row.set(field, &value);
        let name = shown(&name, names).map_or_else(|| format!("line {line}"), str::to_owned);
        match read.taken.iter_mut().find(|(same, _)| *same == field) {
            None => read.taken.push((field, name)),
            Some((_, earlier)) if replaced => read.not_taken.push(std::mem::replace(earlier, name)),
            Some(_) => {}
        }
    }
    if !row.is_empty() {
        read.rows.push(row);
    }
    let found = |wanted| read.taken.iter().any(|(field, _)| *field == wanted);
    Ok((found(ImportField::Id) && found(ImportField::Secret)).then_some(read))
}

/// A line's name and value, without quotes; the first separator parts them.
fn pair(line: &str) -> Option<(Cell, Cell)> {
    let line = line.trim();
    let line = line.strip_prefix("export ").unwrap_or(line);
    let place = match line.strip_prefix('"') {
        Some(rest) => 1 + rest.find('"')? + 1,
        None => line.find([':', '=', ',', ';', '\t'])?,
    };
    let name = unquoted(&line[..place]);
    let value = line[place..].trim_start_matches(' ').strip_prefix([':', '=', ',', ';', '\t'])?;
    Some((name, unquoted(value)))
}

fn unquoted(text: &str) -> Cell {
    let text = text.trim().trim_end_matches([',', ';']).trim();
    let inner = ['"', '\''].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
    Zeroizing::new(inner.unwrap_or(text).to_owned())
}
