//! Which feeds or reports there are.

use serde::Serialize;

use super::size::size;
use super::{Entry, Kind, Shelf};
use crate::exit::Outcome;
use crate::failure::CommandResult;
use crate::output::Output;
use crate::runtime::Runtime;
use crate::table::{Column, fitted};
use crate::world::World;

#[derive(Serialize)]
struct ListJson<'a> {
    format: u8,
    marketplace: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    feeds: Option<Vec<EntryJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reports: Option<Vec<EntryJson<'a>>>,
}

#[derive(Serialize)]
struct EntryJson<'a> {
    name: &'a str,
    size: Option<u64>,
    md5: Option<&'a str>,
    date: Option<&'a str>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
}

impl<'a> From<&'a Entry> for EntryJson<'a> {
    fn from(entry: &'a Entry) -> Self {
        Self {
            name: entry.name(),
            size: entry.size(),
            md5: entry.md5(),
            date: entry.date(),
            kind: entry.subject(),
        }
    }
}

pub(super) fn run(shelf: &Shelf, world: &World, output: &mut Output) -> CommandResult<Outcome> {
    let entries = Runtime::new()?.block_on(shelf.list()).map_err(|error| shelf.refused(error))?;
    let shop = shelf.context.marketplace;
    if output.json {
        let list = Some(entries.iter().map(EntryJson::from).collect());
        let (feeds, reports) = match shelf.kind {
            Kind::Feeds => (list, None),
            Kind::Reports => (None, list),
        };
        output.json_line(&ListJson { format: 1, marketplace: shop.code(), feeds, reports })?;
        return Ok(Outcome::Complete);
    }
    if entries.is_empty() {
        output.status(&format!("no {} for {}", shelf.kind.many(), shop.host()));
        return Ok(Outcome::Complete);
    }
    const UNKNOWN: &str = "–";
    let mut rows = vec![["NAME", "SIZE", "DATE", "TYPE"].map(str::to_owned).to_vec()];
    rows.extend(entries.iter().map(|entry| {
        let bytes = entry.size().map_or_else(|| UNKNOWN.to_owned(), size);
        let (date, subject) = (entry.date().unwrap_or(UNKNOWN), entry.subject().unwrap_or_default());
        vec![entry.name().to_owned(), bytes, date.to_owned(), subject.to_owned()]
    }));
    let columns = [Column::Left, Column::Right, Column::Left, Column::Left];
    for line in fitted(&rows, &columns, world.table_width()) {
        output.line(&line)?;
    }
    Ok(Outcome::Complete)
}
