//! Reading and writing rows, each with its checksum.

use linkwright_core::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::checksum::checksum;
use super::failure::Failure;
use crate::entry::Lifetime;
use crate::gcra::Kept;

type Entry = (Vec<u8>, Lifetime);

pub(super) fn get(connection: &Connection, key: &str, now: Timestamp) -> Result<Option<Vec<u8>>, Failure> {
    let sql = "SELECT key, value, written_at, expires_at, checksum FROM entry WHERE key = ?1";
    let found = connection.query_row(sql, [key.as_bytes()], |row| Ok(entry(row))).optional()?;
    let Some((value, lifetime)) = found.transpose()? else { return Ok(None) };
    Ok(lifetime.covers(now).then_some(value))
}

/// Writes a row, and removes those that expired by now.
pub(super) fn put(
    connection: &Connection,
    key: &str,
    value: &[u8],
    lifetime: Lifetime,
) -> Result<(), Failure> {
    let (written, expires) = (lifetime.written_at.as_unix_millis(), lifetime.expires_at.as_unix_millis());
    connection.execute("DELETE FROM entry WHERE expires_at <= ?1", [written])?;
    connection.execute(
        "INSERT OR REPLACE INTO entry (key, value, written_at, expires_at, checksum) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![key.as_bytes(), value, written, expires, entry_checksum(key.as_bytes(), value, written, expires)],
    )?;
    Ok(())
}

pub(super) fn remove(connection: &Connection, key: &str) -> Result<(), Failure> {
    connection.execute("DELETE FROM entry WHERE key = ?1", [key.as_bytes()])?;
    Ok(())
}

pub(super) fn pace(connection: &Connection, key: &str) -> Result<Option<Kept>, Failure> {
    let sql = "SELECT key, rests_at, seen_at, checksum FROM pace WHERE key = ?1";
    let found = connection.query_row(sql, [key.as_bytes()], |row| Ok(kept(row))).optional()?;
    found.transpose()
}

/// Writes a row, and removes those of paces that are at rest, which say nothing any more.
pub(super) fn keep_pace(connection: &Connection, key: &str, kept: Kept) -> Result<(), Failure> {
    let Kept { rests_at, seen_at } = kept;
    connection.execute("DELETE FROM pace WHERE rests_at <= ?1", [seen_at])?;
    connection.execute(
        "INSERT OR REPLACE INTO pace (key, rests_at, seen_at, checksum) VALUES (?1, ?2, ?3, ?4)",
        params![key.as_bytes(), rests_at, seen_at, pace_checksum(key.as_bytes(), kept)],
    )?;
    Ok(())
}

/// Reads every row for its checksum.
pub(super) fn verify(connection: &Connection) -> Result<(), Failure> {
    let mut entries = connection.prepare("SELECT key, value, written_at, expires_at, checksum FROM entry")?;
    let mut rows = entries.query([])?;
    while let Some(row) = rows.next()? {
        entry(row)?;
    }
    let mut paces = connection.prepare("SELECT key, rests_at, seen_at, checksum FROM pace")?;
    let mut rows = paces.query([])?;
    while let Some(row) = rows.next()? {
        kept(row)?;
    }
    Ok(())
}

fn entry(row: &Row<'_>) -> Result<Entry, Failure> {
    let (key, value): (Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?);
    let (written, expires): (i64, i64) = (row.get(2)?, row.get(3)?);
    if row.get::<_, i64>(4)? != entry_checksum(&key, &value, written, expires) {
        return Err(Failure::Damaged("a value is not as it was written"));
    }
    let lifetime = Lifetime {
        written_at: Timestamp::from_unix_millis(written),
        expires_at: Timestamp::from_unix_millis(expires),
    };
    Ok((value, lifetime))
}

fn kept(row: &Row<'_>) -> Result<Kept, Failure> {
    let key: Vec<u8> = row.get(0)?;
    let kept = Kept { rests_at: row.get(1)?, seen_at: row.get(2)? };
    if row.get::<_, i64>(3)? != pace_checksum(&key, kept) {
        return Err(Failure::Damaged("a pace is not as it was written"));
    }
    Ok(kept)
}

fn entry_checksum(key: &[u8], value: &[u8], written: i64, expires: i64) -> i64 {
    checksum(&[key, value, &written.to_le_bytes(), &expires.to_le_bytes()])
}

fn pace_checksum(key: &[u8], kept: Kept) -> i64 {
    checksum(&[key, &kept.rests_at.to_le_bytes(), &kept.seen_at.to_le_bytes()])
}
