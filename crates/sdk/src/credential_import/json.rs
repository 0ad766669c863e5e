//! One flat JSON object with texts, as scripts and the document of a store write it.
//!
//! Read by hand: a general reader would leave copies of the secret in its own buffers.

use linkwright_core::Result;
use zeroize::Zeroizing;

use super::header::{are_names, meaning, shown};
use super::{ImportField, Read, Row, not_found, refused};

pub(super) fn read(text: &str) -> Result<Read> {
    let members = members(text.trim()).ok_or_else(|| {
        refused("not a flat JSON object of texts, such as {\"id\":…,\"secret\":…,\"version\":…}")
    })?;
    let mut read = Read::default();
    let mut row = Row::at(1);
    let names = are_names(members.iter().map(|(name, _)| name.as_str()));
    for (name, value) in &members {
        let Some((field, _)) = meaning(name) else {
            read.not_taken.extend(shown(name, names).map(str::to_owned));
            continue;
        };
        if row.slot(field).is_some() {
            return Err(refused(format!("two members for the {field}")));
        }
        row.set(field, value);
        read.taken.push((field, shown(name, names).unwrap_or("(a member)").to_owned()));
    }
    let missing: Vec<ImportField> = [ImportField::Id, ImportField::Secret]
        .into_iter()
        .filter(|field| !read.taken.iter().any(|(taken, _)| taken == field))
        .collect();
    if !missing.is_empty() {
        let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
        return Err(not_found(&missing, &names, "member"));
    }
    read.rows.push(row);
    Ok(read)
}

type Text = Zeroizing<String>;

/// Names and values; a value that is no text is empty. `None` for anything else than one flat object.
fn members(text: &str) -> Option<Vec<(Text, Text)>> {
    let mut members = Vec::new();
    let mut rest = text.strip_prefix('{')?.trim_start();
    if let Some(after) = rest.strip_prefix('}') {
        return after.trim().is_empty().then_some(members);
    }
    loop {
        let (name, after) = string(rest)?;
        let after = after.trim_start().strip_prefix(':')?.trim_start();
        let (value, after) = if after.starts_with('"') {
            string(after)?
        } else {
            // A number, `true`, `null`; lists and objects are refused.
            let end = after.find([',', '}'])?;
            if after[..end].contains(['{', '[', '"']) {
                return None;
            }
            let plain = after[..end].trim();
            let is_number = plain.starts_with(|c: char| c.is_ascii_digit());
            (Zeroizing::new(if is_number { plain } else { "" }.to_owned()), &after[end..])
        };
        members.push((name, value));
        let after = after.trim_start();
        match after.strip_prefix(',') {
            Some(next) => rest = next.trim_start(),
            None => return after.strip_prefix('}')?.trim().is_empty().then_some(members),
        }
    }
}

/// A JSON string at the beginning, and what follows it. The result is never longer than its JSON, so its buffer never
/// grows.
fn string(text: &str) -> Option<(Text, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut end = 0;
    let bytes = rest.as_bytes();
    while *bytes.get(end)? != b'"' {
        end += if bytes[end] == b'\\' { 2 } else { 1 };
    }
    let after = rest.get(end + 1..)?;
    rest = rest.get(..end)?;
    let mut value = Zeroizing::new(String::with_capacity(rest.len()));
    while let Some(backslash) = rest.find('\\') {
        value.push_str(&rest[..backslash]);
        let escape = rest[backslash + 1..].chars().next()?;
        rest = &rest[backslash + 1 + escape.len_utf8()..];
        value.push(match escape {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let unit = u32::from_str_radix(rest.get(..4)?, 16).ok()?;
                rest = &rest[4..];
                // Halves of pairs stand in no id, secret or version.
                char::from_u32(unit)?
            }
            itself @ ('"' | '\\' | '/') => itself,
            _ => return None,
        });
    }
    value.push_str(rest);
    Some((value, after))
}
