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
struct ListJson {
    format: u8,
    marketplace: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    feeds: Option<Vec<EntryJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reports: Option<Vec<EntryJson>>,
}

#[derive(Serialize)]
struct EntryJson {
    name: String,
    size: Option<u64>,
    md5: Option<String>,
    date: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
}

impl From<Entry> for EntryJson {
    fn from(entry: Entry) -> Self {
        let Entry { name, size, md5, date, kind } = entry;
        Self { name, size, md5, date, kind }
    }
}

pub(super) fn run(shelf: &Shelf, world: &World, output: &mut Output) -> CommandResult<Outcome> {
    let entries = Runtime::new()?.block_on(shelf.list()).map_err(|error| shelf.refused(error))?;
    let shop = shelf.context.marketplace;
    if output.json {
        let list: Option<Vec<EntryJson>> = Some(entries.into_iter().map(EntryJson::from).collect());
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
    let unknown = || "–".to_owned();
    let mut rows = vec![["NAME", "SIZE", "DATE", "TYPE"].map(str::to_owned).to_vec()];
    rows.extend(entries.into_iter().map(|entry| {
        let bytes = entry.size.map_or_else(unknown, size);
        vec![entry.name, bytes, entry.date.unwrap_or_else(unknown), entry.kind.unwrap_or_default()]
    }));
    let columns = [Column::Left, Column::Right, Column::Left, Column::Left];
    for line in fitted(&rows, &columns, world.table_width()) {
        output.line(&line)?;
    }
    Ok(Outcome::Complete)
}
